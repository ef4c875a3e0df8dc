"""Which events a filter asks for, and which of them stand on a page: the same as ``store.filters`` and its orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from polybius.record.names import fold
from polybius.store import Filter
from polybius.web.digest.columns import NEVER, Array, Digest

_ALL = slice(None)
_ROLES = {"actor": 0, "recipient": 1}


def chosen(digest: Digest, wanted: Filter, reports: Sequence[int] = ()) -> Array:
    """The rows of the events that a filter asks for, in the order in which they were read.

    Args:
        reports: numbers of the reports that ``wanted.report`` names; nothing is found where it names none.
    """
    found = digest.everything(digest.events)
    for condition in _conditions(digest, wanted, reports):
        found &= condition
    return np.flatnonzero(found)


def chosen_said(
    digest: Digest, wanted: Filter, table: dict[str, Array], reports: Sequence[int] = ()
) -> Array:
    """The rows of the statements, or of the ties, that a filter asks for; what they do not have is not asked."""
    found = digest.everything(table)
    for condition in (*_in_reports(digest, wanted, reports, table), *_said(digest, wanted, table)):
        found &= condition
    return np.flatnonzero(found)


def _said(digest: Digest, wanted: Filter, table: dict[str, Array]) -> Iterator[Array]:
    """Conditions on statements, or on ties; days that are not given are those of the report."""
    tie = table is digest.ties
    sides = ("from_actor", "to_actor") if tie else ("speaker", "via")
    for name, columns in (
        (wanted.actor, sides if tie else sides[:1]), (wanted.recipient, sides[1:]),
        (wanted.said_by, ("said_by",) if tie else sides[:1]),
    ):  # fmt: skip
        if name:
            yield _any(table, columns, _named(digest, name))
    people = digest.people
    if wanted.country:
        yield _any(table, sides, people.countries.chosen([wanted.country.upper()])[digest.who["country"]])
    if wanted.sector:
        yield _any(table, sides, people.sectors.chosen([wanted.sector.upper()])[digest.who["sector"]])
    if wanted.type and tie:
        yield digest.codes["kind"].chosen([wanted.type])[table["kind"]]
    if wanted.since:
        yield _dated(digest, table, "until" if tie else "end") >= wanted.since.toordinal()
    if wanted.until:
        first = _dated(digest, table, "since" if tie else "start")
        yield (first <= wanted.until.toordinal()) & (first != NEVER)


def _any(table: dict[str, Array], columns: Sequence[str], chosen: Array) -> Array:
    return np.asarray(np.logical_or.reduce([_is(table[column], chosen) for column in columns]))


def _dated(digest: Digest, table: dict[str, Array], column: str, rows: Array | slice = _ALL) -> Array:
    """The days of a column, where there is none those on which the reports were published."""
    days = table[column][rows]
    return np.where(days == NEVER, digest.reports["published"][table["report"][rows]], days)


def ordered_said(digest: Digest, table: dict[str, Array], found: Array, order: str, stop: int) -> Array:
    """The first of the statements or ties found, by day, or the latest that came in first (``latest``)."""
    if order == "latest":
        key = digest.reports["number"][table["report"][found]]
        return _turned(digest, table, found, key, 0, stop, added=True)
    if order == "added":
        key = digest.reports["number"][table["report"][found]]
        return _part(digest, table, found, key, 0, stop, added=True)
    day = _dated(digest, table, "since" if table is digest.ties else "start", found).astype(np.int64)
    return _part(digest, table, found, np.where(day == NEVER, np.iinfo(np.int64).max, day), 0, stop)


def _conditions(digest: Digest, wanted: Filter, reports: Sequence[int]) -> Iterator[Array]:
    events, codes = digest.events, digest.codes
    yield from _in_reports(digest, wanted, reports, events)
    yield from _taking_part(digest, wanted)
    if wanted.type:
        yield codes["type"].chosen({wanted.type, wanted.type.upper()})[events["type"]]
    if wanted.mode:
        yield codes["mode"].chosen([wanted.mode])[events["mode"]]
    if wanted.quad is not None:
        yield events["quad"] == wanted.quad
    if wanted.place:
        yield _at(digest, wanted.place)
    if wanted.since:
        yield events["end"] >= wanted.since.toordinal()
    if wanted.until:
        yield (events["start"] <= wanted.until.toordinal()) & (events["start"] != NEVER)
    if wanted.said_by:
        yield _is(events["said_by"], _named(digest, wanted.said_by))
    if wanted.min_confidence is not None:
        yield events["confidence"] >= wanted.min_confidence
    if wanted.auxiliary:
        plain = wanted.auxiliary == "none"
        texts = [
            t for t in codes["auxiliary"].values if (not t if plain else wanted.auxiliary in t.split("|"))
        ]
        yield codes["auxiliary"].chosen(texts)[events["auxiliary"]]


def _in_reports(
    digest: Digest, wanted: Filter, reports: Sequence[int], table: dict[str, Array]
) -> Iterator[Array]:
    """Conditions on the report that a row is of."""
    if wanted.report:
        yield np.isin(digest.reports["number"], np.array(reports, np.int64))[table["report"]]
    if wanted.source:
        source, sources = wanted.source.lower(), digest.codes["source"]
        same = [value for value in list(sources.values) if value is not None and value.lower() == source]
        yield sources.chosen(same)[digest.reports["source"]][table["report"]]


def _taking_part(digest: Digest, wanted: Filter) -> Iterator[Array]:
    """Conditions on those who take part, each by a list of the parties it holds for."""
    people = digest.people
    for field, role in _ROLES.items():
        if name := getattr(wanted, field):
            yield _with(digest, _named(digest, name), role)
    for field, all_codes, value in (
        ("country", people.countries, wanted.country), ("sector", people.sectors, wanted.sector),
    ):  # fmt: skip
        if value:
            yield _with(digest, all_codes.chosen([value.upper()])[digest.who[field]])


def _with(digest: Digest, people: Array, role: int | None = None) -> Array:
    """For each event, whether one of these people takes part in it, in a role if one is given."""
    found: Array = np.zeros(len(digest.events["report"]), bool)
    parties = digest.where("parties", "who", np.flatnonzero(people))
    if role is not None:
        parties = parties[digest.parties["role"][parties] == role]
    found[digest.parties["event"][parties]] = True
    return found


def _named(digest: Digest, name: str) -> Array:
    """For everybody, whether a name or key stands for them."""
    return digest.people.named({fold(name), name.lower()}, len(digest.who["key"]))


def _at(digest: Digest, place: str) -> Array:
    """For each event, whether it happened at a place: its name, key or country."""
    codes, country = digest.codes["place"], len(place) == 3 and place.isupper()
    folded = fold(place)
    values = [
        value
        for value in list(codes.values)
        if (value[2] == place if country else value[1] == folded or value[5] == place)
    ]
    return _is(digest.events["place"], codes.chosen(values))


def _is(column: Array, chosen: Array) -> Array:
    """For each row, whether somebody stands there who is chosen: -1 stands for nobody."""
    return np.asarray((column >= 0) & chosen[column])


def ordered(digest: Digest, found: Array, order: str, start: int, stop: int) -> Array:
    """Those of the events found that stand from ``start`` to before ``stop`` in an order of the desk.

    Only what may stand there is sorted whole: by day or confidence, then by the report's id and the position; where
    the order is the store's backwards, all of it is turned, and events without a day stay at the end.
    """
    events = digest.events
    if order == "added":
        key = digest.reports["number"][events["report"][found]]
        return _turned(digest, events, found, key, start, stop, added=True)
    if order in {"confident", "doubtful"}:
        key = -events["confidence"][found]
        if order == "confident":
            return _part(digest, events, found, key, start, stop)
        return _turned(digest, events, found, key, start, stop)
    key = events["start"][found]
    dated, undated = key != NEVER, found[key == NEVER]
    days = int(dated.sum())
    some = _turned if order == "newest" else _part
    first = some(digest, events, found[dated], key[dated], min(start, days), min(stop, days))
    then = _part(digest, events, undated, np.zeros(len(undated)), max(start - days, 0), max(stop - days, 0))
    return np.concatenate([first, then])


def _turned(
    digest: Digest,
    table: dict[str, Array],
    found: Array,
    key: Array,
    start: int,
    stop: int,
    *,
    added: bool = False,
) -> Array:
    size = len(found)
    start, stop = min(start, size), min(stop, size)
    return _part(digest, table, found, key, size - stop, size - start, added=added)[::-1]


def _part(
    digest: Digest,
    table: dict[str, Array],
    found: Array,
    key: Array,
    start: int,
    stop: int,
    *,
    added: bool = False,
) -> Array:
    stop = min(stop, len(found))
    if stop <= start:
        return found[:0]
    ends = _at_places(key, [start, stop - 1])
    near = np.flatnonzero((key >= ends[0]) & (key <= ends[1]))
    before = int((key < ends[0]).sum())
    some, key = found[near], key[near]
    report, position = table["report"][some], table["position"][some]
    ids = () if added else (digest.reports["low"][report], digest.reports["high"][report])
    return np.asarray(some[np.lexsort((position, *ids, key))][start - before : stop - before])


def _at_places(key: Array, places: list[int]) -> Array:
    """What would stand at some places if the keys were in order; days and reports are counted, which is quicker."""
    low = key.min()
    if key.dtype.kind == "i" and int(key.max()) - int(low) <= len(key):
        return np.asarray(low + np.searchsorted(np.cumsum(np.bincount(key - low)), places, "right"))
    return np.partition(key, places)[places]
