"""Whether one field of a record's entry is as the gold entry has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST = 31
"""Days between the ends of an event's date: a wider interval says too little to be right."""


def entries(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The entries of a table of a record or gold table; none when it is absent."""
    return list(tables.get(name) or ())


def touch(one: Collection[int], other: Collection[int]) -> bool:
    """Whether two spans share a character."""
    (start, end), (other_start, other_end) = one, other
    return bool(start < other_end and other_start < end)


def any_of(wanted: Any, got: Any) -> bool:
    """Whether one of the values allowed is among those given."""
    return any(value in _listed(got) for value in _listed(wanted))


@dataclass(frozen=True, slots=True)
class Aligned:
    """``gold_id`` by the record's actor id, ``record_actor`` by gold id; ``optional`` are gold ids."""

    gold_id: Mapping[str, str]
    record_actor: Mapping[str, Mapping[str, Any]]
    optional: frozenset[str]

    def ids(self, actors: Any) -> list[str]:
        """The gold ids of a field that holds one actor, several or none; "?a3" for one the table lacks."""
        return [self.gold_id.get(actor, f"?{actor}") for actor in _listed(actors) if actor is not None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A record with its actors aligned."""

    record: Mapping[str, Any]
    aligned: Aligned

    @property
    def text(self) -> str:
        """The report's text."""
        return str(self.record["document"]["text"])

    def words(self, entry: Mapping[str, Any]) -> str:
        """The words an entry rests on."""
        start, end = entry["span"]
        return self.text[start:end]

    def agrees(self, field: str, wanted: Any, entry: Mapping[str, Any]) -> bool:
        """Whether the field of a record's entry holds what the gold entry wants."""
        got = entry.get(field)
        match field:
            case "actors" | "recipients":
                return self._same_seats(wanted, got or ())
            case "said_by" | "speaker" | "via" | "from" | "to" | "actor":
                ids = self.aligned.ids(got)
                return any_of(wanted, ids) if ids else wanted is None
            case "auxiliary" | "contexts":
                return set(_listed(wanted)) <= set(got or ())
            case "date":
                return _covers(got or {}, wanted)
            case "start" | "end":
                return got is not None and _day(got) in map(_day, _listed(wanted))
            case "amounts":
                values = {a["id"]: a.get("value") for a in entries(self.record, "amounts")}
                return set(_listed(wanted)) <= {values[id_] for id_ in got or () if id_ in values}
            case "place":
                return self._same_place(wanted, entry)
            case "value" | "previous":
                return got is not None and float(got) in map(float, _listed(wanted))
            case _:
                return any_of(wanted, got)

    def _same_seats(self, wanted: list[Any], got: Any) -> bool:
        """Every seat is taken by one of those allowed in it, and nobody else sits there but optional actors."""
        taken = set(self.aligned.ids(got))
        seats = [set(_listed(seat)) for seat in wanted]
        allowed = self.aligned.optional.union(*seats)
        return taken <= allowed and all(seat & taken for seat in seats if not seat <= self.aligned.optional)

    def _same_place(self, wanted: Any, entry: Mapping[str, Any]) -> bool:
        if isinstance(wanted, str) and len(wanted) == 3 and wanted.isupper():
            return bool(entry.get("country") == wanted)
        names = {place["id"]: place["name"] for place in entries(self.record, "places")}
        place = entry.get("place")
        return folded(names.get(place, place)) in map(folded, _listed(wanted))


def folded(name: str | None) -> str:
    """A name as names are compared here: no accents, no case, no outer marks, no leading "the"."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return plain.strip(" .,'\"").removeprefix("the ")


def _covers(interval: Mapping[str, Any], wanted: Any) -> bool:
    if not interval.get("start"):
        return False
    start, end = _day(interval["start"]), _day(interval.get("end") or interval["start"])
    return (end - start).days <= LONGEST and any(start <= _day(day) <= end for day in _listed(wanted))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]
