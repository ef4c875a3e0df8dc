"""Organisations, armed groups, media (`organisations-*.tsv`) and seats of power (`seats.tsv`)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Entry
from polybius.knowledge.names import slug
from polybius.knowledge.offices import organisation_key


def organisations(folder: Path) -> dict[str, list[Entry]]:
    """Entries by key; a key has several, oldest first, when the body changed sector or country on a date."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in tables.all_rows(folder, "organisations-*.tsv"):
        key = organisation_key(row.get("key", ""))
        if key and row["name"]:
            found[key].append(_organisation(key, row))
    for row in tables.rows(folder / "seats.tsv"):
        key = f"seat/{slug(row['name'])}"
        found[key].append(_organisation(key, {**row, "type": "seat"}))
    for versions in found.values():
        versions.sort(key=lambda entry: (entry.since or date.min, entry.until or date.max))
    return found


def _organisation(key: str, row: tables.Row) -> Entry:
    return Entry(
        key=key,
        name=row["name"],
        aliases=tables.values(row["aliases"]),
        kind=row.get("kind") or "organization",
        country=row["country"] or None,
        sector=row["sector"] or None,
        type=row["type"] or None,
        since=tables.since(row),
        until=tables.until(row),
        parent=row.get("parent") or None,
    )
