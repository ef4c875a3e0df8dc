"""What only the desk asks the store: what is new, months, actors, points on the map, who deals with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select

from polybius.record.names import fold
from polybius.store import Filter, FoundTie, ReportHead, Store
from polybius.store.filters import event_conditions
from polybius.store.schema import actor_names, actors, events, participants, places, reports

_HEAD = ("number", "id", "given_id", "title", "published", "author", "source", "url", "language")


@dataclass(frozen=True, slots=True)
class Known:
    """What one or more reports hold an actor to be, and from when to when they say so."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    known_as: str | None
    first: date | None
    last: date | None
    reports: int


@dataclass(frozen=True, slots=True)
class Point:
    """Events at one place, or in one country where ``name`` is None."""

    name: str | None
    country: str | None
    latitude: float
    longitude: float
    quad: int
    count: int


def latest_reports(store: Store, *, limit: int = 10, before: int | None = None) -> list[ReportHead]:
    """The reports that came in last, the latest first; with ``before``, those that came before that number."""
    query = select(*(reports.c[name] for name in _HEAD)).order_by(reports.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(reports.c.number < before)
    with store.read() as connection:
        return [ReportHead(**row) for row in connection.execute(query).mappings()]


def months(store: Store, wanted: Filter) -> list[tuple[str, int, int]]:
    """Events by month and quad class: ("2019-09", 4, 12), in order."""
    month = func.substr(cast(events.c.date_start, Text), 1, 7).label("month")
    query = (
        select(month, events.c.quad, func.count())
        .select_from(_events_of_reports())
        .where(events.c.date_start.is_not(None), *event_conditions(wanted))
        .group_by(month, events.c.quad)
        .order_by(month, events.c.quad)
    )
    with store.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def who(store: Store, name: str) -> list[Known]:
    """What the reports hold the actors to be that a name or key stands for; the most frequent first."""
    columns = [actors.c[c] for c in ("name", "kind", "country", "sector", "role", "known_as")]
    here = (actors.c.report == actor_names.c.report) & (actors.c.id == actor_names.c.actor)
    seen = func.count(func.distinct(actors.c.report)).label("reports")
    query = (
        select(*columns, func.min(reports.c.published), func.max(reports.c.published), seen)
        .select_from(actor_names.join(actors, here).join(reports, reports.c.number == actors.c.report))
        .where(actor_names.c.name.in_(sorted({fold(name), name.lower()})))
        .group_by(*columns)
        .order_by(seen.desc(), *columns)
        .limit(50)
    )
    with store.read() as connection:
        return [Known(*tuple(row)) for row in connection.execute(query)]


def counterparts(store: Store, wanted: Filter, role: str, top: int = 15) -> list[tuple[str, str, int, int]]:
    """Who stands on the other side of the events asked for: key, name, events of cooperation, of conflict.

    Args:
        role: ``recipient`` for those to whom it was done, ``actor`` for those who did it.
    """
    here = (participants.c.report == events.c.report) & (participants.c.event == events.c.id)
    of = (actors.c.report == participants.c.report) & (actors.c.id == participants.c.actor)
    key = func.coalesce(actors.c.known_as, actors.c.name).label("key")
    worse = func.sum(events.c.quad // 3)  # 0 for quads 1 and 2, 1 for 3 and 4
    total = func.count()
    query = (
        select(key, func.min(actors.c.name), total - worse, worse)
        .select_from(_events_of_reports().join(participants, here).join(actors, of))
        .where(participants.c.role == role, *event_conditions(wanted))
        .group_by(key)
        .order_by(total.desc(), key)
        .limit(top)
    )
    with store.read() as connection:
        return [(row[0], row[1], int(row[2]), int(row[3])) for row in connection.execute(query)]


def busiest_actors(store: Store, top: int = 100) -> list[tuple[str, str, int]]:
    """Actors by how many events they take part in: key, name, events."""
    of = (actors.c.report == participants.c.report) & (actors.c.id == participants.c.actor)
    key = func.coalesce(actors.c.known_as, actors.c.name).label("key")
    query = (
        select(key, func.min(actors.c.name), func.count().label("events"))
        .select_from(participants.join(actors, of))
        .group_by(key)
        .order_by(func.count().desc(), key)
        .limit(top)
    )
    with store.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def points(store: Store, wanted: Filter) -> list[Point]:
    """Events by place and quad class, where the place has coordinates."""
    here = (places.c.report == events.c.report) & (places.c.id == events.c.place)
    columns: Sequence[ColumnElement[Any]] = (
        func.min(places.c.name), places.c.country, places.c.latitude, places.c.longitude, events.c.quad,
    )  # fmt: skip
    query = (
        select(*columns, func.count())
        .select_from(_events_of_reports().join(places, here))
        .where(places.c.latitude.is_not(None), *event_conditions(wanted))
        .group_by(*columns[1:])
        .order_by(func.count().desc())
        .limit(2000)
    )
    with store.read() as connection:
        return [Point(*tuple(row)) for row in connection.execute(query)]


def links(store: Store, wanted: Filter, top: int = 150) -> list[tuple[str, str, str, str, int, int]]:
    """Who does what to whom: keys and names of actor and recipient, quad class, events; the most frequent."""
    doer, done_to = participants.alias(), participants.alias()
    actor, recipient = actors.alias(), actors.alias()
    joined = _events_of_reports()
    for party, one, role in ((doer, actor, "actor"), (done_to, recipient, "recipient")):
        here = (party.c.report == events.c.report) & (party.c.event == events.c.id) & (party.c.role == role)
        joined = joined.join(party, here)
        joined = joined.join(one, (one.c.report == party.c.report) & (one.c.id == party.c.actor))
    keys = [func.coalesce(one.c.known_as, one.c.name) for one in (actor, recipient)]
    query = (
        select(*keys, func.min(actor.c.name), func.min(recipient.c.name), events.c.quad, func.count())
        .select_from(joined)
        .where(*event_conditions(wanted))
        .group_by(*keys, events.c.quad)
        .order_by(func.count().desc(), *keys)
        .limit(top)
    )
    with store.read() as connection:
        return [(r[0], r[1], r[2], r[3], r[4], r[5]) for r in connection.execute(query)]


def counted_ties(store: Store, wanted: Filter) -> dict[tuple[str, str, str, str, str], int]:
    """How often each of the ties asked for is told: keys and names of both ends, kind."""
    told: dict[tuple[str, str, str, str, str], int] = {}
    for one in store.ties(wanted):
        if one.to is not None:
            keys = (one.from_.known_as or one.from_.name, one.to.known_as or one.to.name)
            tie = (*keys, one.from_.name, one.to.name, one.tie.kind)
            told[tie] = told.get(tie, 0) + 1
    return told


def sources(store: Store, top: int = 200) -> list[str]:
    """The names of sources, the most frequent first."""
    query = (
        select(reports.c.source)
        .where(reports.c.source.is_not(None))
        .group_by(reports.c.source)
        .order_by(func.count().desc(), reports.c.source)
        .limit(top)
    )
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def _events_of_reports() -> Any:
    return events.join(reports, reports.c.number == events.c.report)


def ties_once(found: Iterable[FoundTie]) -> list[FoundTie]:
    """By kind, and each tie once for every day it is said to hold from; the first report stands for the others."""
    once: dict[Any, FoundTie] = {}
    for tie in found:
        ends = (tie.from_.known_as or tie.from_.name, tie.to and (tie.to.known_as or tie.to.name))
        once.setdefault((tie.tie.kind, ends, tie.tie.since, tie.tie.until), tie)
    return sorted(once.values(), key=lambda tie: (tie.tie.kind, str(tie.tie.since or "")))
