"""Events by filter: what the address says, the page shows, and the download holds."""

from __future__ import annotations

import csv
import io
import json

import pytest
from desk_sample import ambush, hostile
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from polybius.store import Filter, Store
from polybius.web.asked import asked
from polybius.web.listing import listing


def _rows(client: TestClient, query: str) -> list[str]:
    answer = client.get(f"/events?{query}")
    assert answer.status_code == 200
    return [row.text() for row in LexborHTMLParser(answer.text).css("table.events tbody tr")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 5), ("actor=rebels", 2), ("recipient=soldiers", 2), ("actor=Mali", 2), ("country=MLI", 4),
        ("type=ASSAULT", 2), ("mode=firearms", 2), ("quad=1", 1), ("since=2021-03-03", 2), ("until=2021-03-01", 2),
        ("since=2021-03-01&until=2021-03-01", 2), ("place=Gao", 2), ("source=Hill", 2), ("said_by=Keita", 2),
        ("auxiliary=none", 5), ("auxiliary=future", 0), ("min_confidence=0.7", 2), ("sector=REL", 1),
        ("type=ASSAULT&source=Coast", 1), ("actor=nobody", 0),
    ],
)  # fmt: skip
def test_filters_find_what_they_say(client: TestClient, query: str, found: int) -> None:
    assert len(_rows(client, query)) == found


def test_the_newest_day_comes_first_unless_told_otherwise(client: TestClient) -> None:
    days = [row.split()[0] for row in _rows(client, "")]
    assert days == sorted(days, reverse=True)
    assert [row.split()[0] for row in _rows(client, "order=oldest")] == sorted(days)
    assert "0.30" in _rows(client, "order=doubtful")[0]
    assert "0.90" in _rows(client, "order=confident")[0]


def test_a_view_keeps_its_filter_in_its_address(client: TestClient) -> None:
    page = LexborHTMLParser(client.get("/events?type=ASSAULT&since=2021-01-01").text)
    assert page.css_first('[name="since"]').attributes["value"] == "2021-01-01"  # type: ignore[union-attr]
    assert page.css_first('[name="type"] option[selected]').text() == "ASSAULT"  # type: ignore[union-attr]
    links = [link.attributes["href"] for link in page.css(".tally a")]
    assert all("type=ASSAULT&since=2021-01-01" in (link or "") for link in links)


def test_empty_fields_are_taken_out_of_the_address(client: TestClient) -> None:
    answer = client.get("/events?actor=&type=ASSAULT&place=&order=oldest")
    assert str(answer.url).endswith("/events?type=ASSAULT&order=oldest")


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday", "quad=5", "min_confidence=2", "order=best", "page=0", "page=x", "auxiliary=maybe",
        "min_confidence=nan",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_and_finds_nothing(client: TestClient, query: str) -> None:
    for path in ("/events", "/map", "/timeline", "/network", "/happenings"):
        answer = client.get(f"{path}?{query}")
        if path == "/events" or not query.startswith(("order", "page")):
            assert answer.status_code == 422, path
            assert query.split("=")[0].replace("_", " ") in answer.text
    assert client.get(f"/events.csv?{query}").status_code == 422


def test_pages_follow_each_other_without_gap(store: Store) -> None:
    for order in ("newest", "oldest", "confident", "doubtful", "added"):
        parts = [listing(store, asked({"order": order, "page": str(n)}), 2) for n in (1, 2, 3)]
        keys = [(one.report.id, one.event.id) for part in parts for one in part.events]
        assert len(set(keys)) == 5, order
        assert {part.pages for part in parts} == {3}


def test_events_without_a_day_come_last_in_either_direction(store: Store) -> None:
    record = ambush("Lake", "9")
    undated = record.events[1].model_copy(update={"date": None})
    store.save(record.model_copy(update={"events": (record.events[0], undated)}))
    for order in ("newest", "oldest"):
        pages = [listing(store, asked({"order": order, "page": str(n)}), 3).events for n in (1, 2, 3)]
        events = [one.event for part in pages for one in part]
        assert len(events) == 7
        assert [event.date is None for event in events] == [False] * 6 + [True]


def test_a_page_past_the_end_is_the_last(store: Store) -> None:
    assert listing(store, asked({"page": "99"}), 2).page == 3


def test_csv_holds_all_events_found_and_no_formulas(client: TestClient) -> None:
    answer = client.get("/events.csv?type=ASSAULT")
    assert answer.headers["content-disposition"] == 'attachment; filename="events.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["amounts"] for row in rows] == ["12", "15"]
    assert rows[0]["said_by"] == "Keita"


def test_a_cell_that_looks_like_a_formula_is_disarmed(client: TestClient, store: Store) -> None:
    record = ambush("=1+1", "14")
    store.save(record)
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv?report=" + record.document.id).text)))
    assert {row["source"] for row in rows} == {"'=1+1"}


def test_json_lines_hold_all_events_found(client: TestClient) -> None:
    lines = client.get("/events.jsonl?country=VAT").text.splitlines()
    assert [json.loads(line)["report"]["id"] for line in lines] == [hostile().document.id]


def test_an_address_read_and_written_again_is_the_same() -> None:
    query = {"actor": "A & B", "since": "2021-01-01", "order": "oldest", "page": "3"}
    wanted = asked(query)
    assert wanted.filter == Filter(actor="A & B", since=wanted.filter.since)
    assert wanted.query() == "actor=A+%26+B&since=2021-01-01&order=oldest&page=3"
    assert wanted.query(actor="C", since=None) == "actor=C&order=oldest"
