"""Writes records, whole or not at all, and keeps what a newer coder's records replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from polybius.errors import RecordError
from polybius.record import Document, Record
from polybius.store import schema
from polybius.store.reading import read_record
from polybius.store.rows import Rows, coder_json, document_row, rows_of

_WHERE_FROM = ("given_id", "source", "url")


def coder_version(versions: Mapping[str, Any]) -> str:
    """The key of a coder's version: a hash of ``record.coder`` or of ``Coder.versions()``."""
    return sha256(coder_json(versions).encode()).hexdigest()[:16]


def save_records(connection: Connection, records: Iterable[Record]) -> int:
    """Write the records that the store lacks; gives how many were written.

    A report that is there from the same coder version stays as it is; another version's records are replaced.
    """
    rows: Rows = {}
    saved = 0
    for record in records:
        number = _place_for(connection, record)
        if number is not None:
            saved += 1
            for table, added in rows_of(record, number).items():
                rows.setdefault(table, []).extend(added)
    for table, added in rows.items():
        if added:
            connection.execute(insert(table), added)
    return saved


def note_appearance(connection: Connection, document: Document) -> None:
    """Keep where a text that is already there appeared once more; nothing when that is known."""
    known = connection.execute(_by_id(document.id)).one()
    if _same_place(known, document):
        return
    others = select(schema.appearances).where(schema.appearances.c.report == known.number)
    if any(_same_place(other, document) for other in connection.execute(others)):
        return
    row = {name: getattr(document, name) for name in ("given_id", "title", "author", "source", "url")}
    key = sha256(repr([row[name] for name in _WHERE_FROM]).encode()).hexdigest()[:16]
    values = {"report": known.number, "key": key, **row}
    connection.execute(_insert(connection)(schema.appearances).values(values).on_conflict_do_nothing())


def _place_for(connection: Connection, record: Record) -> int | None:
    """The number under which the record's rows go in; None when the same coding is there already."""
    if "\x00" in record.document.text:  # SQLite would keep it and cut words at it, PostgreSQL refuses it
        raise RecordError("cannot be stored: its text holds a NUL", "take it out")
    version = coder_version(record.coder)
    row = document_row(record.document) | {"omissions": _omissions(record), "coder": version}
    add = _insert(connection)(schema.reports).values(row).on_conflict_do_nothing(index_elements=["id"])
    number: int | None = connection.execute(add.returning(schema.reports.c.number)).scalar()
    if number is None:
        known = connection.execute(_by_id(record.document.id).with_for_update()).one()
        note_appearance(connection, record.document)
        if known.coder == version:
            return None
        number = int(known.number)
        _retire(connection, number)
        if not _same_place(known, record.document):
            row = {name: row[name] for name in ("furniture", "omissions", "coder")}
        connection.execute(update(schema.reports).where(schema.reports.c.number == number).values(row))
    coding = {"report": number, "coder": version, "versions": record.coder, "coded_at": datetime.now(UTC)}
    connection.execute(insert(schema.codings).values(coding))
    return number


def _retire(connection: Connection, number: int) -> None:
    """Move a report's record from the tables into the history, as JSON."""
    old = read_record(connection, number)
    current = (schema.codings.c.report == number) & schema.codings.c.replaced_at.is_(None)
    values = {"replaced_at": datetime.now(UTC), "record": old.model_dump_json()}
    connection.execute(update(schema.codings).where(current).values(values))
    for table in schema.OF_A_RECORD:
        connection.execute(delete(table).where(table.c.report == number))


def _by_id(report_id: str) -> Any:
    columns = ("number", "coder", *_WHERE_FROM)
    return select(*(schema.reports.c[name] for name in columns)).where(schema.reports.c.id == report_id)


def _same_place(known: Row[Any], document: Document) -> bool:
    """Whether nothing says that the two are from different places; what is not given says nothing."""
    pairs: Sequence[tuple[Any, Any]] = [(getattr(known, n), getattr(document, n)) for n in _WHERE_FROM]
    return all(one == other or one is None or other is None for one, other in pairs)


def _omissions(record: Record) -> list[dict[str, Any]] | None:
    return None if record.omissions is None else [o.model_dump() for o in record.omissions]


def _insert(connection: Connection) -> Any:
    """The INSERT that knows ON CONFLICT, which each back end has of its own."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def insert_or_replace(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write rows; one with a primary key that is there takes that row's place."""
    statement = _insert(connection)(table)
    keys = [column.name for column in table.primary_key]
    others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), rows)
