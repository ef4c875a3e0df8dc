"""A desk over a small store, and a browser that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sample import CODER, records

from polybius.errors import IntakeError
from polybius.intake import Report
from polybius.record import Document, Event, Omission, Record
from polybius.store import Store
from polybius.web import create_app


class Fake:
    """Codes a text without a model: every "met" is an event."""

    def code_report(self, report: Report) -> Record:
        """A record with an event for the first "met"."""
        if "fail" in report.text:
            raise IntakeError("cannot be coded", "leave it")
        at = report.text.find("met")
        event = Event(id="e1", span=(at, at + 3), type="CONSULT", quad=1, intensity=1, confidence=0.5)
        return Record(
            document=Document(id=report.id, text=report.text, title=report.title, published=report.published),
            events=(event,) if at >= 0 else (),
            omissions=(Omission(span=(0, 3), room="events", reason="nothing happens here"),),
            coder=CODER,
        )


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


def form_token(client: TestClient, path: str = "/code") -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]
