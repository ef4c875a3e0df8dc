"""The rows of a table of events: what a page shows of each, from the digest, with its words from the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from polybius.record import Actor, Interval
from polybius.store import FoundEvent, FoundStatement, FoundTie, ReportHead, Store
from polybius.store.found import EventWords
from polybius.store.rows import split
from polybius.store.schema import statements, ties
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


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line of time shows of an event; ``report`` is the id of its report."""

    report: str
    id: str
    date: Interval | None
    who: str | None
    type: str
    mode: str | None
    auxiliary: tuple[str, ...]
    quad: int
    words: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One statement, of a speaker who is known to the reader."""

    report: ReportHead
    id: str
    date: Interval | None
    via: Who | None
    words: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie."""

    report: ReportHead
    id: str
    kind: str
    rank: int | None
    since: date | None
    until: date | None
    from_: Who
    to: Who | None
    said_by: Who | None
    words: str


def rows_of(found: Iterable[FoundEvent]) -> tuple[Row, ...]:
    """The rows of events that were read whole."""
    return tuple(
        Row(
            one.report, one.event.id, one.event.date, one.event.type, one.event.mode, one.event.auxiliary,
            one.event.quad, one.event.confidence, tuple(map(_who, one.actors)),
            tuple(map(_who, one.recipients)), _who_if(one.said_by),
            one.place.name if one.place else None, one.words, one.figures,
        )
        for one in found
    )  # fmt: skip


def rows_at(store: Store, digest: Digest, *tables: Array) -> list[tuple[Row, ...]]:
    """The rows of some tables of events of the digest, read together; those gone from the store left out."""
    events = np.unique(np.concatenate(tables))
    keys = digest.keys(digest.events, events)
    words = store.words_at(keys)
    facts = zip(*(digest.events[name][events].tolist() for name in _FACTS), strict=True)
    sides = _sides(digest, events)
    rows = {
        event: _row(digest, key[1], words[key], sides[event], *of_event)
        for event, key, of_event in zip(events.tolist(), keys, facts, strict=True)
        if key in words
    }
    return [tuple(rows[event] for event in table.tolist() if event in rows) for table in tables]


def marks_of(rows: Iterable[Row]) -> list[Mark]:
    """The marks of events whose rows are read."""
    return [
        Mark(
            one.report.id, one.id, one.date, one.actors[0].name if one.actors else None, one.type, one.mode,
            one.auxiliary, one.quad, one.words,
        )
        for one in rows
    ]  # fmt: skip


def marks_at(store: Store, digest: Digest, events: Array) -> list[Mark]:
    """The same of events of the digest, with less to read than for rows."""
    keys, doers, codes = digest.keys(digest.events, events), _doers(digest, events), digest.codes
    told = store.bare_words_at(keys)
    facts = zip(*(digest.events[name][events].tolist() for name in _FACTS[:6]), strict=True)
    marks = []
    for event, key, (start, end, type_, mode, auxiliary, quad) in zip(
        events.tolist(), keys, facts, strict=True
    ):
        if key in told:
            report, words = told[key]
            marks.append(Mark(
                report, key[1], _interval(start, end), doers.get(event),
                codes["type"].values[type_], codes["mode"].values[mode],
                split(codes["auxiliary"].values[auxiliary]), quad, words,
            ))  # fmt: skip
    return marks


def said_rows_of(found: Iterable[FoundStatement]) -> list[SaidRow]:
    """The rows of statements that were read whole."""
    return [SaidRow(s.report, s.statement.id, s.statement.date, _who_if(s.via), s.words) for s in found]


def said_rows_at(store: Store, digest: Digest, found: Array) -> list[SaidRow]:
    """The rows of statements of the digest; those that are gone from the store left out."""
    keys = digest.keys(digest.statements, found)
    words = store.said_words_at(statements, keys)
    facts = zip(*(digest.statements[name][found].tolist() for name in ("start", "end", "via")), strict=True)
    return [
        SaidRow(words[key].report, key[1], _interval(start, end), _known(digest, via), words[key].words)
        for key, (start, end, via) in zip(keys, facts, strict=True)
        if key in words
    ]


def tie_rows_of(found: Iterable[FoundTie]) -> list[TieRow]:
    """The rows of ties that were read whole."""
    return [
        TieRow(
            one.report, one.tie.id, one.tie.kind, one.tie.rank, one.tie.since, one.tie.until, _who(one.from_),
            _who_if(one.to), _who_if(one.said_by), one.words,
        )
        for one in found
    ]  # fmt: skip


def tie_rows_at(store: Store, digest: Digest, found: Array) -> list[TieRow]:
    """The rows of ties of the digest; those that are gone from the store left out."""
    keys, kinds = digest.keys(digest.ties, found), digest.codes["kind"].values
    words = store.said_words_at(ties, keys)
    names = ("kind", "since", "until", "from_actor", "to_actor", "said_by")
    facts = zip(*(digest.ties[name][found].tolist() for name in names), strict=True)
    return [
        TieRow(
            words[key].report, key[1], kinds[kind], words[key].rank, _day(since), _day(until),
            _somebody(digest, one), _known(digest, other), _known(digest, said_by), words[key].words,
        )
        for key, (kind, since, until, one, other, said_by) in zip(keys, facts, strict=True)
        if key in words
    ]  # fmt: skip


def _row(
    digest: Digest, id_: str, told: EventWords, sides: _Sides,
    start: int, end: int, type_: int, mode: int, auxiliary: int, quad: int, sure: float, said_by: int, place: int,
) -> Row:  # fmt: skip
    """One row, from the numbers of ``_FACTS``."""
    codes = digest.codes
    return Row(
        told.report, id_, _interval(start, end), codes["type"].values[type_], codes["mode"].values[mode],
        split(codes["auxiliary"].values[auxiliary]), quad, sure, tuple(sides[0]), tuple(sides[1]),
        _known(digest, said_by),
        codes["place"].values[place][0] if place >= 0 else None, told.words, told.figures,
    )  # fmt: skip


def _doers(digest: Digest, events: Array) -> dict[int, str]:
    """The name of who is first of those who do each event."""
    here = digest.where("parties", "event", events)
    here = here[digest.parties["role"][here] == 0]
    people = digest.people.codes.values
    doers: dict[int, str] = {}
    for event, who in zip(*(digest.parties[name][here].tolist() for name in ("event", "who")), strict=True):
        doers.setdefault(event, people[who][0])
    return doers


def _sides(digest: Digest, events: Array) -> dict[int, _Sides]:
    """Who does each event, and to whom it is done."""
    sides: dict[int, _Sides] = {event: ([], []) for event in events.tolist()}
    here = digest.where("parties", "event", events)
    columns = (digest.parties[name][here].tolist() for name in ("event", "role", "who"))
    for event, role, who in zip(*columns, strict=True):
        sides[event][role].append(_somebody(digest, who))
    return sides


def _somebody(digest: Digest, who: int) -> Who:
    return Who(*digest.people.codes.values[who][:6])


def _known(digest: Digest, who: int) -> Who | None:
    return _somebody(digest, who) if who >= 0 else None


def _who(actor: Actor) -> Who:
    return Who(actor.name, actor.kind, actor.country, actor.sector, actor.role, actor.known_as)


def _who_if(actor: Actor | None) -> Who | None:
    return _who(actor) if actor else None


@lru_cache(10_000)
def _interval(start: int, end: int) -> Interval | None:
    if start == NEVER:
        return None
    return Interval(start=date.fromordinal(start), end=date.fromordinal(end))


def _day(day: int) -> date | None:
    return date.fromordinal(day) if day != NEVER else None
