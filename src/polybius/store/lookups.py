"""Rows by their keys, the number of the report and the id. Queries are made once: that takes longer than to ask one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, and_, bindparam, func, select, tuple_

from polybius.record import Actor, Amount, Place
from polybius.store.found import ReportHead
from polybius.store.rows import Row, actor_of, amount_of, place_of
from polybius.store.schema import actors, amounts, events, participants, places, reports

AT_ONCE = 300  # keys of one query

_HEAD = ("number", "id", "given_id", "title", "published", "author", "source", "url", "language")
Key = tuple[int, str]


def with_heads(table: Table) -> Select[Any]:
    """All rows of a table, each with its words and, under ``report_…``, its report."""
    return _with_heads(table, *table.columns)


def rows_at(connection: Connection, table: Table, keys: Sequence[Key]) -> list[Row]:
    """The rows with these keys, as ``with_heads`` gives them, in their order; those that are gone left out."""
    rows = _by_key(connection, _rows_at(table), keys)
    return [rows[key] for key in keys if key in rows]


def row_words(connection: Connection, table: Table, keys: Sequence[Key]) -> dict[Key, Row]:
    """Of the rows with these keys only their words and reports, the ids of an event's amounts, the rank of a tie."""
    return _by_key(connection, _row_words(table), keys)


def bare_words(connection: Connection, keys: Sequence[Key]) -> dict[Key, tuple[str, str]]:
    """Of the events with these keys only the ids of their reports, and their words."""
    found: dict[Key, tuple[str, str]] = {}
    for result in _results(connection, _bare_words(), keys):
        found |= {(number, id_): (report, words) for number, id_, report, words in result}
    return found


def parties_of(connection: Connection, keys: Sequence[Key]) -> tuple[dict[Key, list[Row]], dict[Key, Actor]]:
    """Who takes part in events, in their order, and those actors by their keys."""
    parties: dict[Key, list[Row]] = {}
    known: dict[Key, Actor] = {}
    for row in _asked(connection, _parties(), keys):
        parties.setdefault((row["report"], row["event"]), []).append(row)
        if (key := (row["report"], row["actor"])) not in known:
            known[key] = Actor(**{name: row[f"actor_{name}"] for name in Actor.model_fields})
    return parties, known


def actors_at(connection: Connection, keys: Iterable[Key]) -> dict[Key, Actor]:
    """The actors with these keys."""
    rows = _by_key(connection, _plain(actors), sorted(set(keys)))
    return {key: actor_of(row) for key, row in rows.items()}


def places_at(connection: Connection, keys: Iterable[Key]) -> dict[Key, Place]:
    """The places with these keys."""
    rows = _by_key(connection, _plain(places), sorted(set(keys)))
    return {key: place_of(row) for key, row in rows.items()}


def amounts_at(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[Amount, str]]:
    """The amounts with these keys, and their words."""
    rows = _by_key(connection, _amounts(), sorted(set(keys)))
    return {key: (amount_of(row), row["words"]) for key, row in rows.items()}


def amount_words(connection: Connection, keys: Iterable[Key]) -> dict[Key, str]:
    """Only the words of amounts."""
    rows = _by_key(connection, _amounts(), sorted(set(keys)))
    return {key: row["words"] for key, row in rows.items()}


def key_of(row: Row) -> Key:
    """The key of a row."""
    return row["report"], row["id"]


def head_of(row: Row) -> ReportHead:
    """The report of a row that has one beside it."""
    return ReportHead(*(row[name] for name in _HEADS))


_HEADS = tuple(f"report_{name}" for name in _HEAD)


def _by_key(connection: Connection, query: Select[Any], keys: Sequence[Key]) -> dict[Key, Row]:
    return {key_of(row): row for row in _asked(connection, query, keys)}


def _asked(connection: Connection, query: Select[Any], keys: Sequence[Key]) -> Iterable[Row]:
    for result in _results(connection, query, keys):
        yield from result.mappings().all()


def _results(connection: Connection, query: Select[Any], keys: Sequence[Key]) -> Iterable[Any]:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        given = {"numbers": sorted({number for number, _ in some}), "keys": some}
        yield connection.execute(query, given)


@cache
def _rows_at(table: Table) -> Select[Any]:
    return _among(with_heads(table), table)


@cache
def _row_words(table: Table) -> Select[Any]:
    beside = [table.c[name] for name in ("amounts", "rank") if name in table.c]
    return _among(_with_heads(table, table.c.report, table.c.id, *beside), table)


@cache
def _bare_words() -> Select[Any]:
    columns = (events.c.report, events.c.id, reports.c.id.label("report_id"), _words(events))
    return _among(select(*columns).join(reports, reports.c.number == events.c.report), events)


@cache
def _plain(table: Table) -> Select[Any]:
    return _among(select(table), table)


@cache
def _amounts() -> Select[Any]:
    here = reports.c.number == amounts.c.report
    return _among(select(amounts, _words(amounts)).join(reports, here), amounts)


@cache
def _parties() -> Select[Any]:
    party = participants.c
    whole = [actors.c[name].label(f"actor_{name}") for name in Actor.model_fields]
    query = select(party.report, party.event, party.role, party.actor, *whole)
    here = and_(actors.c.report == party.report, actors.c.id == party.actor)
    return _among(query.join(actors, here), participants, "event").order_by(party.position)


def _among(query: Select[Any], table: Table, column: str = "id") -> Select[Any]:
    """Of these keys; the reports are named apart, since SQLite would walk the whole table for pairs alone."""
    numbers: BindParameter[Any] = bindparam("numbers", expanding=True)
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    return query.where(table.c.report.in_(numbers), tuple_(table.c.report, table.c[column]).in_(keys))


def _with_heads(table: Table, *columns: Any) -> Select[Any]:
    heads = [reports.c[name].label(f"report_{name}") for name in _HEAD]
    here = reports.c.number == table.c.report
    return select(*columns, _words(table), *heads).join(reports, here)


def _words(table: Table) -> Any:
    """The words of a row's span; SQL counts characters, as spans do, and from one."""
    words = func.substr(reports.c.text, table.c.span_start + 1, table.c.span_end - table.c.span_start)
    return words.label("words")
