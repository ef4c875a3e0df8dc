"""Looks over all knowledge tables and says what does not hold together. Run by tests/knowledge/test_check.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import TypeVar

from polybius.knowledge import tables
from polybius.knowledge.gazetteer import area_key, place_key
from polybius.knowledge.names import pieces, slug
from polybius.knowledge.offices import organisation_key

T = TypeVar("T")

_MONTH = r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)"
_DAY = re.compile(rf"{_MONTH}(?: \d{{1,2}})?|\d{{1,2}} {_MONTH}")

# fmt: off
SECTORS = {
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC",
}
OFFICES = {
    "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "opposition_leader",
    "organisation_head", "legislature_head", "central_banker", "other",
}
TYPES = {
    "igo", "ngo", "media", "armed_group", "party", "ministry", "military", "police", "court", "legislature",
    "intelligence", "union", "company", "other",
}
# Islands and outposts that GeoNames has towns in, and that news do not name as actors.
UNLISTED = {
    "ALA", "BES", "CCK", "CXR", "MAF", "NFK", "SPM", "SJM", "WLF", "TKL", "ATF", "UMI", "IOT", "PCN", "SGS",
}
SINGLE = {"head_of_state", "head_of_government", "organisation_head"}
# fmt: on


def problems(folder: Path = tables.DATA) -> list[str]:
    """One line for each fault found in the tables; an empty list when they hold together."""
    codes = {row["code"] for row in tables.rows(folder / "countries.tsv")}
    organisations = {
        organisation_key(row["key"]) or "" for row in tables.all_rows(folder, "organisations-*.tsv")
    }
    organisations |= {f"state/{code}" for code in codes}  # a breakaway entity has a head too
    return [
        *_shapes(folder),
        *_dates(folder),
        *_codes(folder, codes, organisations),
        *_duplicates(folder),
        *_order(folder),
        *_overlaps(folder),
        *_spellings(folder),
        *_misleading(folder),
    ]


def _dated(folder: Path) -> Iterator[tuple[str, tables.Row]]:
    """Rows of all tables that have dates, each with a label to name it by."""
    for pattern in ("countries.tsv", "leaders-*.tsv", "organisations-*.tsv"):
        for path in sorted(folder.glob(pattern)):
            for row in tables.rows(path):
                yield f"{path.name}: {row.get('name') or row.get('key') or '?'}", row


def _shapes(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.tsv")):
        header: list[str] = []
        for cells in tables.lines(path):
            header = header or cells
            if len(cells) > len(header):
                yield f"{path.name}: {cells[0]}: {len(cells)} cells under {len(header)} columns"


def _dates(folder: Path) -> Iterator[str]:
    for label, row in _dated(folder):
        for column in ("since", "until"):
            if row.get(column) and tables.span(row[column]) is None:
                yield f"{label}: {column} {row[column]!r} is no date"
        since, until = tables.since(row), tables.until(row)
        if since and until and until < since:
            yield f"{label}: until {row['until']} is before since {row['since']}"


def _codes(folder: Path, codes: set[str], organisations: set[str]) -> Iterator[str]:
    for label, row in _dated(folder):
        if row.get("country") and row["country"] not in codes:
            yield f"{label}: country {row['country']!r} is not in countries.tsv"
        if row.get("sector") and row["sector"] not in SECTORS:
            yield f"{label}: sector {row['sector']!r} is not PLOVER's"
        if "office" in row and row["office"] not in OFFICES:
            yield f"{label}: unknown office {row['office']!r}"
        if "type" in row and row["type"] not in TYPES:
            yield f"{label}: unknown type {row['type']!r}"
        organisation = organisation_key(row.get("organisation", ""))
        if organisation and organisations and organisation not in organisations:
            yield f"{label}: {organisation} is in no table of organisations"
    for name in ("seats.tsv", "areas.tsv", "places.tsv"):
        unknown = {row["country"] for row in tables.rows(folder / name)} - codes - {""} - UNLISTED
        yield from (f"{name}: country {code!r} is not in countries.tsv" for code in sorted(unknown))


def _duplicates(folder: Path) -> Iterator[str]:
    keys: dict[str, list[str]] = {
        "countries.tsv": [row["code"] for row in tables.rows(folder / "countries.tsv")],
        "seats.tsv": [slug(row["name"]) for row in tables.rows(folder / "seats.tsv")],
        "areas.tsv": [area_key(row) for row in tables.rows(folder / "areas.tsv")],
        "places.tsv": [f"{row['key']} {row['geonameid']}" for row in tables.rows(folder / "places.tsv")],
    }
    for name, found in keys.items():
        yield from (f"{name}: {key} twice" for key in _twice(found))
    versions: dict[str, list[tables.Row]] = defaultdict(list)
    for row in tables.all_rows(folder, "organisations-*.tsv"):
        versions[organisation_key(row["key"]) or ""].append(row)
    for key, rows in versions.items():
        if any(_overlap(one, other) for one, other in combinations(rows, 2)):
            yield f"organisations: {key} twice at one time"
    terms: list[tuple[str, ...]] = [
        (row["name"], row["office"], row["country"], row.get("organisation", ""), row["since"], row["title"])
        for row in tables.all_rows(folder, "leaders-*.tsv")
    ]
    yield from (f"leaders: {' '.join(filter(None, term))} twice" for term in _twice(terms))


def _order(folder: Path) -> Iterator[str]:
    """Cities are looked up by halving the table, which finds nothing in one that is not sorted."""
    keys = [row["key"] for row in tables.rows(folder / "places.tsv")]
    yield from (f"places.tsv: {two} stands after {one}" for one, two in pairwise(keys) if two < one)
    yield from (f"places.tsv: {key} is no key" for key in keys if place_key(key) != key)


def _overlaps(folder: Path) -> Iterator[str]:
    """Two holders of an office that has one at a time; a shared day is a handover."""
    joint = {(row["office"], row["holder"]) for row in tables.rows(folder / "joint.tsv")}
    held: dict[tuple[str, str], list[tables.Row]] = defaultdict(list)
    for row in tables.all_rows(folder, "leaders-*.tsv"):
        holder = row.get("organisation", "") if row["office"] == "organisation_head" else row["country"]
        if row["office"] in SINGLE and holder and (row["office"], holder) not in joint:
            held[row["office"], holder].append(row)
    for (office, holder), rows in held.items():
        for one, other in combinations(rows, 2):
            if one["name"] != other["name"] and _overlap(one, other) and not _rivals(one, other):
                yield (
                    f"leaders: {office} {holder}: {one['name']} {one['since']}–{one['until']}"
                    f" and {other['name']} {other['since']}–{other['until']}"
                )


def _rivals(one: tables.Row, other: tables.Row) -> bool:
    """Whether the titles differ: Iran's supreme leader and president, a king and a regent, rival governments."""
    return one["title"] != other["title"]


def _overlap(one: tables.Row, other: tables.Row) -> bool:
    """Whether both rows hold for more than a day, or more than the year or month that both dates name."""
    first, last = sorted((one, other), key=lambda row: (row["since"], row["until"] or "9999"))
    if not first["until"] or not last["since"]:
        return True
    end, start = tables.span(first["until"]), tables.span(last["since"])
    return bool(end and start and end[0] > start[1] + timedelta(days=1))


def _spellings(folder: Path) -> Iterator[str]:
    """Persons under two names: spelled in two ways, or one row's name an alias in another of the same country."""
    rows = list(tables.all_rows(folder, "leaders-*.tsv"))
    names: dict[str, str] = {}
    for row in rows:
        if names.setdefault(slug(row["name"]), row["name"]) != row["name"]:
            yield f"leaders: {names[slug(row['name'])]} and {row['name']} are one name"
    namesakes = {row["name"] for row in tables.rows(folder / "namesakes.tsv")}
    owners = {
        (row["country"], _folded(row["name"])): row["name"] for row in rows if row["name"] not in namesakes
    }
    for row in rows:
        for alias in tables.values(row["aliases"]):
            owner = owners.get((row["country"], _folded(alias)), row["name"])
            if owner != row["name"]:
                yield f"leaders: {owner} has rows of the name and is an alias of {row['name']}"


def _misleading(folder: Path) -> Iterator[str]:
    """Names of organisations that mean something else in most texts, or that a state or a seat has as its own."""
    taken = {
        _folded(row["name"]): f"{name}: {row['name']}"
        for name in ("countries.tsv", "seats.tsv")
        for row in tables.rows(folder / name)
    }
    for row in tables.all_rows(folder, "organisations-*.tsv"):
        for name in (row["name"], *tables.values(row["aliases"])):
            if _DAY.fullmatch(name):
                yield f"organisations: {row['key']}: the name {name} is a date"
            elif _folded(name) in taken and len(_folded(name)) > 3:
                yield f"organisations: {row['key']}: {name} is in {taken[_folded(name)]} too"


def _folded(name: str) -> str:
    return " ".join(pieces(name)).casefold()


def _twice(items: Iterable[T]) -> list[T]:
    seen: set[T] = set()
    return [item for item in items if item in seen or seen.add(item)]  # type: ignore[func-returns-value]
