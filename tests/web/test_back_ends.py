"""A page is the same on PostgreSQL as on SQLite, whatever it asks the store, and what is decided on it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_sample import Fake, ambush, form_token, records
from fastapi.testclient import TestClient

from polybius.store import Store
from polybius.web import create_app

COAST = ambush("Coast", "12").document.id
FILTERS = [
    "actor=rebels", "recipient=soldiers", "country=MLI&sector=MIL", "type=ASSAULT&mode=firearms", "quad=3",
    "place=Gao", "since=2021-03-01&until=2021-03-02", "source=hill", "said_by=Keita", "auxiliary=none",
    "min_confidence=0.7", f"report={COAST}", "actor=nobody",
]  # fmt: skip
PAGES = [
    "/", "/reports", f"/reports/{COAST}", "/actors", "/actors?q=Mali", "/actor?is=state/MLI",
    "/dyad?a=rebels&b=soldiers",
    "/events?order=confident", "/events?order=doubtful", "/events?order=added", "/events.csv", "/events.jsonl",
    "/happenings", "/happenings?voices=2", "/map", "/timeline", "/network", "/review", "/review?second=true",
    "/api/summary", "/api/reports", "/api/statements?actor=Keita", "/api/ties?type=ally", "/api/months", "/api/points",
    "/api/links", "/api/happenings", "/api/actors?name=France", f"/api/reports/{COAST}",
    *(f"{path}?{query}" for path in ("/events", "/happenings", "/network") for query in FILTERS),
]  # fmt: skip


@pytest.fixture(scope="module")
def desks(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[TestClient]]:
    """A desk on each back end over the same reports."""
    import psycopg

    with psycopg.connect(postgresql.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE desk")
    folder: Path = tmp_path_factory.mktemp("desk")
    urls = (f"sqlite:///{folder}/desk.db", postgresql.format(database="desk"))
    clients = []
    stores = [Store.open(url) for url in urls]
    for store in stores:
        store.save_many(records())
        app = create_app(store, load=Fake, hosts=frozenset({"localhost"}))
        clients.append(TestClient(app, base_url="http://localhost", cookies={"desk-reader": "Ada"}))
    yield clients
    for store in stores:
        store.close()


def _page(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r'(name="form_token" value=")[^"]*', r"\1", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_the_same(desks: list[TestClient], path: str) -> None:
    one, other = (_page(client, path) for client in desks)
    assert one == other


def test_the_search_finds_the_same_reports(desks: list[TestClient]) -> None:
    found = [
        [hit["report"]["source"] for hit in client.get("/api/search?q=rebels").json()["hits"]]
        for client in desks
    ]
    assert sorted(found[0]) == sorted(found[1]) == ["Coast", "Hill"]


def test_decisions_are_kept(desks: list[TestClient]) -> None:
    for client in desks:
        form = {"form_token": form_token(client, "/code"), "action": "reject", "note": "only words"}
        assert client.post(f"/review/{COAST}/e2", data=form).status_code == 200
    one, other = (_page(client, f"/review/{COAST}/gold.yaml") for client in desks)
    assert one == other
    histories = [client.get("/api/corrections").json()["corrections"] for client in desks]
    assert [[(h["reader"], h["action"], h["note"]) for h in history] for history in histories] == [
        [("Ada", "reject", "only words")]
    ] * 2


def test_claims_are_parted_and_joined(desks: list[TestClient]) -> None:
    for client in desks:
        page = _page(client, "/happenings?voices=2&type=ASSAULT")
        path = re.findall(r'href="(/happenings/[^"?]+)"', page)[0]
        options = re.findall(r'<option value="([^"]+)"', client.get(path).text)
        one = re.findall(r'name="one" value="([^"]+)"', client.get(path).text)[0]
        form = {"form_token": form_token(client, path), "one": one, "other": options[0]}
        assert client.post(f"{path}/part", data=form).status_code == 200
        assert "None found" in client.get("/happenings?voices=2&type=ASSAULT").text
        assert client.post(f"{path}/join", data=form).status_code == 200
        assert "None found" not in client.get("/happenings?voices=2&type=ASSAULT").text
