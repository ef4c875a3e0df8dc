"""Organisations, armed groups, media (`organisations-*.tsv`) and seats of power (`seats.tsv`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Entry
from polybius.knowledge.names import slug
from polybius.knowledge.offices import organisation_key


class Organisations:
    """A key has several rows, its versions, when the body changed sector or country on a date."""

    def __init__(self, folder: Path) -> None:
        self._rows: dict[str, list[tables.Row]] = defaultdict(list)
        self._versions: dict[str, list[Entry]] = {}
        for row in tables.all_rows(folder, "organisations-*.tsv"):
            key = organisation_key(row.get("key", ""))
            if key and row["name"]:
                self._rows[key].append(row)
        for row in tables.rows(folder / "seats.tsv"):
            self._rows[f"seat/{slug(row['name'])}"].append({**row, "type": "seat"})

    def __iter__(self) -> Iterator[str]:
        """The organisations' keys."""
        return iter(self._rows)

    def names(self) -> Iterator[tuple[str, str]]:
        """Each name and alias with the organisation's key."""
        for key, rows in self._rows.items():
            for row in rows:
                yield row["name"], key
                yield from ((alias, key) for alias in tables.values(row["aliases"]))

    def entry(self, key: str, day: date | None = None) -> Entry:
        """The version of that day, else the last one. Raises KeyError when there is no such organisation."""
        versions = self._versions.get(key)
        if versions is None:
            if key not in self._rows:
                raise KeyError(key)
            versions = sorted(
                (_organisation(key, row) for row in self._rows[key]),
                key=lambda entry: (entry.since or date.min, entry.until or date.max),
            )
            self._versions[key] = versions
        if day is not None:
            for version in reversed(versions):
                if (version.since or day) <= day <= (version.until or day):
                    return version
        return versions[-1]


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
