"""Brings a store to the newest schema: one SQL file a step and back end, each in a transaction of its own.

Steps are ``data/NNNN-name.BACKEND.sql``, statements apart by blank lines. A step and the note that it is done
are one transaction, so a step killed half way has not happened. Plain files rather than alembic: the full-text
tables are DDL of each back end, which alembic would only pass through, and a store is never taken back a step.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from sqlalchemy import Connection, Engine, inspect, text

from polybius.errors import SettingsError
from polybius.store.engine import attempt

_LOCK = 7_065_798  # any number, the same in every process: who holds it on PostgreSQL migrates


def migrate(engine: Engine) -> int:
    """Take every step the store lacks; gives the number of the newest.

    Raises:
        SettingsError: when a newer polybius made the store.
    """
    steps = steps_for(engine.dialect.name)
    newest = max(steps)
    with engine.connect() as connection:
        done = _done(connection)
    if done > newest:
        raise SettingsError("a newer polybius made this store", "update polybius", source=str(engine.url))
    for number in range(done + 1, newest + 1):
        attempt(engine, lambda connection, number=number: _take(connection, number, steps[number]))  # type: ignore[misc]
    return newest


@cache
def steps_for(backend: str) -> dict[int, tuple[str, ...]]:
    """The statements of each step on a back end, by the step's number."""
    steps: dict[int, tuple[str, ...]] = {}
    for file in resources.files("polybius.store").joinpath("data").iterdir():
        if match := re.fullmatch(rf"(\d{{4}})-[\w-]+\.{backend}\.sql", file.name):
            steps[int(match[1])] = _statements(file.read_text(encoding="utf8"))
    return steps


def _statements(sql: str) -> tuple[str, ...]:
    code = "\n".join(line for line in sql.splitlines() if not line.startswith("--"))
    return tuple(part.strip() for part in re.split(r"\n\s*\n", code) if part.strip())


def _done(connection: Connection) -> int:
    if not inspect(connection).has_table("migrations"):
        return 0
    return int(connection.execute(text("SELECT coalesce(max(number), 0) FROM migrations")).scalar_one())


def _take(connection: Connection, number: int, statements: tuple[str, ...]) -> None:
    """Take a step, unless another process did while this one waited for its turn."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if number == 1:
        connection.execute(text("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)"))
    if _done(connection) >= number:
        return
    for statement in statements:
        connection.exec_driver_sql(statement)
    connection.execute(text("INSERT INTO migrations VALUES (:number)"), {"number": number})
