"""Reads one report's record out of the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select

from polybius.record import Record
from polybius.store import schema
from polybius.store.rows import Row, record_of

_TABLES = tuple(table for table in schema.OF_A_RECORD if table is not schema.actor_names)


def read_record(connection: Connection, number: int) -> Record:
    """The record of the report with this number, which must be there."""
    report = connection.execute(select(schema.reports).where(schema.reports.c.number == number))
    current = (schema.codings.c.report == number) & schema.codings.c.replaced_at.is_(None)
    versions: Any = connection.execute(select(schema.codings.c.versions).where(current)).scalar_one()
    return record_of(
        report.mappings().one(), {table: _rows(connection, table, number) for table in _TABLES}, versions
    )


def _rows(connection: Connection, table: Table, number: int) -> list[Row]:
    found = select(table).where(table.c.report == number).order_by(table.c.position)
    return list(connection.execute(found).mappings())
