"""A desk over a small store, and a browser that is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_sample import Fake, records
from fastapi.testclient import TestClient

from databases import new_url, postgresql
from polybius.store import Store
from polybius.web import create_app

__all__ = ["new_url", "postgresql"]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store with the sample reports."""
    address = f"sqlite:///{tmp_path}/desk.db"
    with Store.open(address) as store:
        store.save_many(records())
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """The store with the sample reports."""
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """The desk, asked as a browser on this machine asks."""
    app = create_app(store, load=Fake, hosts=frozenset({"localhost"}), max_bytes=2_000_000)
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened
