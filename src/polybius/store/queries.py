"""Events, statements and ties by a filter, each with what a reader needs beside it; lazily, in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func

from polybius.store.filters import Condition, Filter, event_conditions, statement_conditions, tie_conditions
from polybius.store.found import EventWords, FoundEvent, FoundStatement, FoundTie, SaidWords
from polybius.store.lookups import (
    Key,
    actors_at,
    amount_words,
    amounts_at,
    head_of,
    key_of,
    parties_of,
    places_at,
    row_words,
    rows_at,
    with_heads,
)
from polybius.store.rows import Row, event_of, split, statement_of, tie_of
from polybius.store.schema import events, reports, statements, ties

PAGE = 300  # rows whose actors, places and figures are looked up together


def find_events(connection: Connection, wanted: Filter) -> Iterator[FoundEvent]:
    """The events a filter asks for, in its order."""
    for rows in _pages(connection, events, wanted, event_conditions(wanted)):
        yield from _spelled_out(connection, rows)


def events_at(connection: Connection, keys: Sequence[Key]) -> list[FoundEvent]:
    """The events with these keys (number of the report, id), in their order; those that are gone left out."""
    return list(_spelled_out(connection, rows_at(connection, events, keys)))


def words_at(connection: Connection, keys: Sequence[Key]) -> dict[Key, EventWords]:
    """The words and reports of the events with these keys, of those that are there."""
    rows = row_words(connection, events, keys)
    counted = amount_words(connection, _figures(rows.values()))
    return {
        key: EventWords(
            head_of(row), row["words"], tuple(counted[key[0], id_] for id_ in split(row["amounts"]))
        )
        for key, row in rows.items()
    }


def said_words_at(connection: Connection, table: Table, keys: Sequence[Key]) -> dict[Key, SaidWords]:
    """The words and reports of the statements, or of the ties, with these keys, of those that are there."""
    rows = row_words(connection, table, keys)
    return {key: SaidWords(head_of(row), row["words"], row.get("rank")) for key, row in rows.items()}


def _spelled_out(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundEvent]:
    """Events of their rows, with what their ids stand for."""
    parties, known = parties_of(connection, [key_of(row) for row in rows])
    known |= actors_at(connection, [key for key in _refs(rows, "said_by") if key not in known])
    where = places_at(connection, _refs(rows, "place"))
    counted = amounts_at(connection, _figures(rows))
    for row in rows:
        event = event_of(row, parties.get(key_of(row), ()))
        number = row["report"]
        amounts_here = [counted[number, id_] for id_ in event.amounts]
        yield FoundEvent(
            report=head_of(row),
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


def statements_at(connection: Connection, keys: Sequence[Key]) -> list[FoundStatement]:
    """The statements with these keys, in their order; those that are gone left out."""
    return list(_with_speakers(connection, rows_at(connection, statements, keys)))


def _with_speakers(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundStatement]:
    known = actors_at(connection, [*_refs(rows, "speaker"), *_refs(rows, "via")])
    for row in rows:
        statement = statement_of(row)
        yield FoundStatement(
            report=head_of(row),
            statement=statement,
            words=row["words"],
            speaker=known.get((row["report"], statement.speaker or "")),
            via=known.get((row["report"], statement.via or "")),
        )


def find_ties(connection: Connection, wanted: Filter) -> Iterator[FoundTie]:
    """The ties a filter asks for, in its order."""
    for rows in _pages(connection, ties, wanted, tie_conditions(wanted)):
        yield from _with_ends(connection, rows)


def ties_at(connection: Connection, keys: Sequence[Key]) -> list[FoundTie]:
    """The ties with these keys, in their order; those that are gone left out."""
    return list(_with_ends(connection, rows_at(connection, ties, keys)))


def _with_ends(connection: Connection, rows: Sequence[Row]) -> Iterator[FoundTie]:
    ends = (*_refs(rows, "from_actor"), *_refs(rows, "to_actor"), *_refs(rows, "said_by"))
    known = actors_at(connection, ends)
    for row in rows:
        tie = tie_of(row)
        yield FoundTie(
            report=head_of(row),
            tie=tie,
            words=row["words"],
            from_=known[row["report"], tie.from_],
            to=known.get((row["report"], tie.to or "")),
            said_by=known.get((row["report"], tie.said_by or "")),
        )


def _pages(
    connection: Connection, table: Table, wanted: Filter, conditions: Iterable[Condition]
) -> Iterator[list[Row]]:
    """The rows found, in pages."""
    query = (
        with_heads(table)
        .where(*conditions)
        .order_by(*_order(table, wanted))
        .limit(wanted.limit)
        .offset(wanted.offset or None)
    )
    found = connection.execution_options(yield_per=PAGE).execute(query).mappings()
    while page := list(islice(found, PAGE)):
        yield page


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


def _figures(rows: Iterable[Row]) -> list[Key]:
    return [(row["report"], id_) for row in rows for id_ in split(row["amounts"])]


def _refs(rows: Iterable[Row], column: str) -> list[Key]:
    return [(row["report"], row[column]) for row in rows if row[column] is not None]
