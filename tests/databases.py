"""A fresh store on each back end; PostgreSQL where Debian's server is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from polybius.store import Store

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_DATABASES = count(1)


def _user() -> str | None:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), "nobody")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A throw-away server on a socket in a temporary folder; gives its URL without the database."""
    if not _BINARIES:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql: install Debian's postgresql to test on it")
    binaries, user = _BINARIES[-1].parent, _user()
    home = Path(tempfile.mkdtemp(prefix="pg"))  # pytest's folder is the tester's alone, and its path too long
    if user:
        shutil.chown(home, user)
    data = home / "data"
    settings = f"-k {home} -c listen_addresses='' -c fsync=off -c shared_buffers=16MB"

    def run(*command: str) -> None:
        subprocess.run(command, user=user, check=True, cwd=home, stdout=subprocess.DEVNULL, timeout=60)

    run(
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "tester",
        "-A",
        "trust",
        "-N",
        "-E",
        "UTF8",
        "--no-locale",
    )
    run(str(binaries / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-o", settings, "-w", "start")
    try:
        yield f"postgresql://tester@/{{database}}?host={home}"
    finally:
        run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Gives the URL of an empty database each time it is called."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("stores")
        return lambda: f"sqlite:///{folder}/{next(_DATABASES)}.db"
    server: str = request.getfixturevalue("postgresql")

    def create() -> str:
        import psycopg

        name = f"test{next(_DATABASES)}"
        with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return server.format(database=name)

    return create


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """The URL of an empty database."""
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(url) as opened:
        yield opened
