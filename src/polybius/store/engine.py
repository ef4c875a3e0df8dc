"""Opens a database by its URL: SQLite for one user without set-up, PostgreSQL where users share."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from polybius.errors import SettingsError

DEFAULT_URL = "sqlite:///polybius.db"
BUSY = 30  # seconds that SQLite waits for another process's write
ATTEMPTS = 8  # tries of a transaction that another process's got in the way of

_REMEDY = f"write it as {DEFAULT_URL} or postgresql://user@host/database"
_AGAIN = {"40001", "40P01", "55P03"}  # PostgreSQL: serialization failure, deadlock, lock not available
_Result = TypeVar("_Result")


def connect(url: str, *, create: bool = True) -> Engine:
    """An engine whose transactions on SQLite begin where SQLAlchemy's do, so that DDL is undone with them.

    Raises:
        SettingsError: for a URL that names no SQLite file or PostgreSQL database, one that cannot be
            opened or reached, or, unless ``create``, a SQLite file that is not there.
    """
    parsed = _parsed(url)
    shown = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite":
        if not create and not Path(str(parsed.database)).exists():
            raise SettingsError("no store is there", "`polybius add` makes one", source=shown)
        engine = create_engine(parsed, connect_args={"timeout": BUSY})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, connect_args={"connect_timeout": 10}, pool_pre_ping=True)
    try:
        with engine.connect():
            return engine
    except DBAPIError as error:
        engine.dispose()
        first_line = str(error.orig).strip().splitlines()[0]
        raise SettingsError(
            f"the store cannot be opened: {first_line}", "check --store", source=shown
        ) from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that means to write; on SQLite it takes its turn at once instead of failing half way."""
    with engine.connect() as connection, connection.execution_options(writes=True).begin():
        yield connection


def attempt(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
    """Do ``work`` in a transaction of its own, again from the start when another process got in the way."""
    for tried in range(1, ATTEMPTS + 1):
        try:
            with writing(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if tried == ATTEMPTS or not _got_in_the_way(error):
                raise
            time.sleep(random.uniform(0, 0.05 * 2**tried))
    raise AssertionError("not reached")


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError("not a database URL", _REMEDY, source=url) from None
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise SettingsError(f"polybius keeps no store in {parsed.drivername}", _REMEDY, source=url)
    if parsed.drivername == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise SettingsError("a store needs a file", _REMEDY, source=url)
    return parsed


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Leave BEGIN to us; let readers read while one writes; a power cut loses the last reports, harms none."""
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Turn on WAL, which needs the file for itself once; SQLite does not wait for that as it does for a write."""
    until = time.monotonic() + BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.005, 0.05))


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _got_in_the_way(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _AGAIN:
        return True
    return isinstance(error, OperationalError) and "locked" in str(error.orig)
