"""Events, statements and ties by a filter, each with what a reader needs beside it; lazily, in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select, tuple_

from polybius.record import Actor, Amount, Place
from polybius.store.filters import Condition, Filter, event_conditions, statement_conditions, tie_conditions
from polybius.store.found import FoundEvent, FoundStatement, FoundTie, ReportHead
from polybius.store.rows import Row, actor_of, amount_of, event_of, place_of, statement_of, tie_of
from polybius.store.schema import actors, amounts, events, participants, places, reports, statements, ties

PAGE = 300  # rows whose actors, places and figures are looked up together

_HEAD = ("number", "id", "given_id", "title", "published", "author", "source", "url", "language")
_Key = tuple[int, str]


def find_events(connection: Connection, wanted: Filter) -> Iterator[FoundEvent]:
    """The events a filter asks for, in its order."""
    for rows in _pages(connection, events, wanted, event_conditions(wanted)):
        yield from _spelled_out(connection, rows)


def events_at(connection: Connection, keys: Sequence[_Key]) -> list[FoundEvent]:
    """The events with these keys (number of the report, id), in their order; those that are gone left out."""
    return list(_spelled_out(connection, _at(connection, events, keys)))


def _spelled_out(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundEvent]:
    """Events of their rows, with what their ids stand for."""
    parties = _parties(connection, rows) if rows else {}
    acting = [(row["report"], p["actor"]) for row in rows for p in parties.get(_key(row), ())]
    known = _actors(connection, [*acting, *_refs(rows, "said_by")])
    where = _places(connection, _refs(rows, "place"))
    figures = [(row["report"], id_) for row in rows for id_ in row["amounts"].split("|") if id_]
    counted = _amounts(connection, figures)
    for row in rows:
        event = event_of(row, parties.get(_key(row), ()))
        number = row["report"]
        amounts_here = [counted[number, id_] for id_ in event.amounts]
        yield FoundEvent(
            report=_head(row),
            event=event,
            words=row["words"],
            actors=tuple(known[number, id_] for id_ in event.actors),
            recipients=tuple(known[number, id_] for id_ in event.recipients),
            said_by=known.get((number, event.said_by or "")),
            place=where.get((number, event.place or "")),
            amounts=tuple(amount for amount, _ in amounts_here),
            figures=tuple(words for _, words in amounts_here),
        )


def find_statements(connection: Connection, wanted: Filter) -> Iterator[FoundStatement]:
    """The statements a filter asks for, in its order."""
    for rows in _pages(connection, statements, wanted, statement_conditions(wanted)):
        yield from _with_speakers(connection, rows)


def statements_at(connection: Connection, keys: Sequence[_Key]) -> list[FoundStatement]:
    """The statements with these keys, in their order; those that are gone left out."""
    return list(_with_speakers(connection, _at(connection, statements, keys)))


def _with_speakers(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundStatement]:
    known = _actors(connection, [*_refs(rows, "speaker"), *_refs(rows, "via")])
    for row in rows:
        statement = statement_of(row)
        yield FoundStatement(
            report=_head(row),
            statement=statement,
            words=row["words"],
            speaker=known.get((row["report"], statement.speaker or "")),
            via=known.get((row["report"], statement.via or "")),
        )


def find_ties(connection: Connection, wanted: Filter) -> Iterator[FoundTie]:
    """The ties a filter asks for, in its order."""
    for rows in _pages(connection, ties, wanted, tie_conditions(wanted)):
        yield from _with_ends(connection, rows)


def ties_at(connection: Connection, keys: Sequence[_Key]) -> list[FoundTie]:
    """The ties with these keys, in their order; those that are gone left out."""
    return list(_with_ends(connection, _at(connection, ties, keys)))


def _with_ends(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundTie]:
    ends = (*_refs(rows, "from_actor"), *_refs(rows, "to_actor"), *_refs(rows, "said_by"))
    known = _actors(connection, ends)
    for row in rows:
        tie = tie_of(row)
        yield FoundTie(
            report=_head(row),
            tie=tie,
            words=row["words"],
            from_=known[row["report"], tie.from_],
            to=known.get((row["report"], tie.to or "")),
            said_by=known.get((row["report"], tie.said_by or "")),
        )


def _at(connection: Connection, table: Table, keys: Sequence[_Key]) -> list[Row]:
    """The rows with these keys (number of the report, id), in their order."""
    rows: dict[_Key, Row] = {}
    for start in range(0, len(keys), PAGE):
        query = _with_heads(table).where(*_among(table, "id", keys[start : start + PAGE]))
        rows |= {_key(row): row for row in connection.execute(query).mappings().all()}
    return [rows[key] for key in keys if key in rows]


def _pages(
    connection: Connection, table: Table, wanted: Filter, conditions: Iterable[Condition]
) -> Iterator[list[Row]]:
    """The rows found, in pages."""
    query = (
        _with_heads(table)
        .where(*conditions)
        .order_by(*_order(table, wanted))
        .limit(wanted.limit)
        .offset(wanted.offset or None)
    )
    found = connection.execution_options(yield_per=PAGE).execute(query).mappings()
    while page := list(islice(found, PAGE)):
        yield page


def _with_heads(table: Table) -> Select[Any]:
    """All rows of a table, each with its words and, under ``report_…``, its report."""
    heads = [reports.c[name].label(f"report_{name}") for name in _HEAD]
    here = reports.c.number == table.c.report
    return select(table, _words(table).label("words"), *heads).join(reports, here)


def _words(table: Table) -> Any:
    """The words of a row's span; SQL counts characters, as spans do, and from one."""
    return func.substr(reports.c.text, table.c.span_start + 1, table.c.span_end - table.c.span_start)


def _order(table: Table, wanted: Filter) -> Sequence[Any]:
    """The columns to sort by; the report's id and the position make the order the same in every store."""
    within = (reports.c.id, table.c.position)
    if wanted.order == "added":
        return table.c.report, table.c.position
    if wanted.order == "latest":
        return table.c.report.desc(), table.c.position.desc()
    if wanted.order == "published":
        return reports.c.published.nulls_last(), *within
    if wanted.order == "confidence" and table is events:
        return table.c.confidence.desc(), *within
    if table is events:
        return table.c.date_start.nulls_last(), *within
    day = table.c.since if table is ties else table.c.date_start
    return func.coalesce(day, reports.c.published).nulls_last(), *within


def _parties(connection: Connection, rows: Sequence[Row]) -> dict[_Key, list[Row]]:
    keys = [_key(row) for row in rows]
    query = select(participants).where(*_among(participants, "event", keys))
    parties: dict[_Key, list[Row]] = {}
    for row in connection.execute(query.order_by(participants.c.position)).mappings().all():
        parties.setdefault((row["report"], row["event"]), []).append(row)
    return parties


def _actors(connection: Connection, keys: Iterable[_Key]) -> dict[_Key, Actor]:
    return {_key(row): actor_of(row) for row in _by_key(connection, select(actors), actors, keys)}


def _places(connection: Connection, keys: Iterable[_Key]) -> dict[_Key, Place]:
    return {_key(row): place_of(row) for row in _by_key(connection, select(places), places, keys)}


def _amounts(connection: Connection, keys: Iterable[_Key]) -> dict[_Key, tuple[Amount, str]]:
    """Amounts with their words."""
    query = select(amounts, _words(amounts).label("words")).join(
        reports, reports.c.number == amounts.c.report
    )
    rows = _by_key(connection, query, amounts, keys)
    return {_key(row): (amount_of(row), row["words"]) for row in rows}


def _by_key(connection: Connection, query: Select[Any], table: Table, keys: Iterable[_Key]) -> Iterable[Row]:
    wanted = sorted(set(keys))
    if not wanted:
        return ()
    return connection.execute(query.where(*_among(table, "id", wanted))).mappings().all()


def _among(table: Table, column: str, keys: Sequence[_Key]) -> tuple[Condition, Condition]:
    """Of these keys; the reports are named apart, since SQLite would walk the whole table for pairs alone."""
    numbers = table.c.report.in_(sorted({number for number, _ in keys}))
    return numbers, tuple_(table.c.report, table.c[column]).in_(keys)


def _refs(rows: Iterable[Row], column: str) -> list[_Key]:
    return [(row["report"], row[column]) for row in rows if row[column] is not None]


def _key(row: Row) -> _Key:
    return row["report"], row["id"]


def _head(row: Row) -> ReportHead:
    return ReportHead(**{name: row[f"report_{name}"] for name in _HEAD})
