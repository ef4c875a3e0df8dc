"""How much the store holds, and what: counts by day, dyad, type and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from polybius.store.filters import Filter, event_conditions
from polybius.store.schema import actors, events, failures, participants, reports, statements, ties


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the store's tables; ``found`` and the lists count the events that the filter asks for.

    ``days`` are in order and complete; the other lists give the most frequent first. A dyad is actor and
    recipient, each by country code where it has one, else by name.
    """

    reports: int
    events: int
    statements: int
    ties: int
    failures: int
    found: int
    days: tuple[tuple[date, int], ...]
    types: tuple[tuple[str, int], ...]
    dyads: tuple[tuple[str, str, int], ...]
    sources: tuple[tuple[str, int], ...]


def summarise(connection: Connection, wanted: Filter, top: int) -> Summary:
    """Count what the filter asks for, with the ``top`` most frequent of each list."""
    tables = {table.name: table for table in (reports, events, statements, ties, failures)}
    sizes = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }
    days = _counts(connection, wanted, events.c.date_start, order=events.c.date_start)
    types = _counts(connection, wanted, events.c.type)
    sources = _counts(connection, wanted, func.coalesce(reports.c.source, "unknown"))
    return Summary(
        **sizes,
        found=sum(count for _, count in types),
        days=tuple((day, count) for day, count in days if day is not None),
        types=types[:top],
        dyads=_dyads(connection, wanted, top),
        sources=sources[:top],
    )


def _counts(
    connection: Connection, wanted: Filter, by: ColumnElement[Any], order: ColumnElement[Any] | None = None
) -> tuple[tuple[Any, int], ...]:
    value, count = by.label("value"), func.count().label("count")
    query = (
        select(value, count)
        .select_from(events.join(reports, reports.c.number == events.c.report))
        .where(*event_conditions(wanted))
        .group_by(value)
        .order_by(*([order] if order is not None else [count.desc(), value]))
    )
    return tuple((row.value, row[1]) for row in connection.execute(query))


def _dyads(connection: Connection, wanted: Filter, top: int) -> tuple[tuple[str, str, int], ...]:
    sides = []
    joined = events.join(reports, reports.c.number == events.c.report)
    for role in ("actor", "recipient"):
        party, who = participants.alias(), actors.alias()
        here = (party.c.report == events.c.report) & (party.c.event == events.c.id) & (party.c.role == role)
        joined = joined.join(party, here)
        joined = joined.join(who, (who.c.report == party.c.report) & (who.c.id == party.c.actor))
        sides.append(func.coalesce(who.c.country, who.c.name).label(role))
    once = (  # two ministers of one country in one event are one dyad
        select(events.c.report, events.c.id, *sides)
        .select_from(joined)
        .where(*event_conditions(wanted))
        .distinct()
        .subquery()
    )
    count = func.count().label("count")
    query = (
        select(once.c.actor, once.c.recipient, count)
        .group_by(once.c.actor, once.c.recipient)
        .order_by(count.desc(), once.c.actor, once.c.recipient)
        .limit(top)
    )
    return tuple((row.actor, row.recipient, row[2]) for row in connection.execute(query))
