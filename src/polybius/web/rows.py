"""The rows of a table of events: what a page shows of each, from the digest, with its words from the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from polybius.record import Actor, Interval
from polybius.store import FoundEvent, ReportHead, Store
from polybius.store.found import EventWords
from polybius.store.rows import split
from polybius.web.digest import NEVER, Array, Digest


class Who(NamedTuple):
    """An actor, without its aliases."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    known_as: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One event; ``id`` is its id in the report, ``figures`` are the words of its amounts."""

    report: ReportHead
    id: str
    date: Interval | None
    type: str
    mode: str | None
    auxiliary: tuple[str, ...]
    quad: int
    confidence: float
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    said_by: Who | None
    place: str | None
    words: str
    figures: tuple[str, ...]


_Sides = tuple[list[Who], list[Who]]
_FACTS = ("start", "end", "type", "mode", "auxiliary", "quad", "confidence", "said_by", "place")


def rows_of(found: Iterable[FoundEvent]) -> tuple[Row, ...]:
    """The rows of events that were read whole."""
    return tuple(
        Row(
            one.report, one.event.id, one.event.date, one.event.type, one.event.mode, one.event.auxiliary,
            one.event.quad, one.event.confidence, tuple(map(_who, one.actors)),
            tuple(map(_who, one.recipients)), _who(one.said_by) if one.said_by else None,
            one.place.name if one.place else None, one.words, one.figures,
        )
        for one in found
    )  # fmt: skip


def rows_at(store: Store, digest: Digest, events: Array) -> tuple[Row, ...]:
    """The rows of events of the digest; those that are gone from the store left out."""
    keys = digest.keys(digest.events, events)
    words = store.words_at(keys)
    facts = zip(*(digest.events[name][events].tolist() for name in _FACTS), strict=True)
    sides = _sides(digest, events)
    return tuple(
        _row(digest, key[1], words[key], sides[event], *of_event)
        for event, key, of_event in zip(events.tolist(), keys, facts, strict=True)
        if key in words
    )


def _row(
    digest: Digest, id_: str, told: EventWords, sides: _Sides,
    start: int, end: int, type_: int, mode: int, auxiliary: int, quad: int, sure: float, said_by: int, place: int,
) -> Row:  # fmt: skip
    """One row, from the numbers of ``_FACTS``."""
    codes, people = digest.codes, digest.people.codes.values
    return Row(
        told.report, id_, _interval(start, end), codes["type"].values[type_], codes["mode"].values[mode],
        split(codes["auxiliary"].values[auxiliary]), quad, sure, tuple(sides[0]), tuple(sides[1]),
        Who(*people[said_by][:6]) if said_by >= 0 else None,
        codes["place"].values[place][0] if place >= 0 else None, told.words, told.figures,
    )  # fmt: skip


def _sides(digest: Digest, events: Array) -> dict[int, _Sides]:
    """Who does each event, and to whom it is done."""
    sides: dict[int, _Sides] = {event: ([], []) for event in events.tolist()}
    people = digest.people.codes.values
    here = digest.where("parties", "event", events)
    columns = (digest.parties[name][here].tolist() for name in ("event", "role", "who"))
    for event, role, who in zip(*columns, strict=True):
        sides[event][role].append(Who(*people[who][:6]))
    return sides


def _who(actor: Actor) -> Who:
    return Who(actor.name, actor.kind, actor.country, actor.sector, actor.role, actor.known_as)


@lru_cache(10_000)
def _interval(start: int, end: int) -> Interval | None:
    if start == NEVER:
        return None
    return Interval(start=date.fromordinal(start), end=date.fromordinal(end))
