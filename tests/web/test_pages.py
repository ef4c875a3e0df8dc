"""Every page shows what the store holds, as text."""

from __future__ import annotations

import json
import time

import pytest
from desk_sample import HOSTILE, ambush, form_token, hostile, records
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from polybius.record import Record
from polybius.store import Store
from polybius.web.marks import marks_of
from polybius.web.pages import shown, web_address

HOSTILE_PAGES = [
    f"/reports/{hostile().document.id}", "/", "/reports", "/events", "/actors", "/search?q=pope", "/happenings",
    "/actor?is=Pope", "/dyad?a=President&b=Pope", "/map", "/timeline", "/network", "/review",
]  # fmt: skip


def _page(client: TestClient, path: str, status: int = 200) -> LexborHTMLParser:
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:500]
    return LexborHTMLParser(answer.text)


def _text(page: LexborHTMLParser) -> LexborNode:
    found = page.css_first("#text")
    assert found is not None
    return found


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_nothing_in_a_report_becomes_markup(client: TestClient, path: str) -> None:
    page = _page(client, path)
    assert not [s for s in page.css("script") if "alert" in (s.text() or "") or not s.attributes.get("src")]
    assert not page.css("img, [onerror], iframe, object, embed")
    for link in page.css("[href], [action]"):
        where = link.attributes.get("href") or link.attributes.get("action") or ""
        assert where.startswith(("/", "#", "https://", "http://")), where


def test_a_hostile_report_shows_as_its_text(client: TestClient) -> None:
    page = _page(client, f"/reports/{hostile().document.id}")
    assert _text(page).text() == shown(HOSTILE)
    assert "<script>" in _text(page).text()
    assert "\u202e" not in page.html  # type: ignore[operator]
    assert "right-to-left override" in _text(page).text()
    assert page.css_first("h1").text().startswith("<img")  # type: ignore[union-attr]


def test_a_word_of_a_megabyte_is_shown(client: TestClient, store: Store) -> None:
    record = ambush("Coast", "1" * 1_000_000)
    store.save(record)
    begun = time.monotonic()
    page = _page(client, f"/reports/{record.document.id}")
    assert len(_text(page).text()) == len(record.document.text)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("record", records(), ids=lambda record: record.document.id)
def test_marks_stand_on_the_right_words(client: TestClient, record: Record) -> None:
    page = _page(client, f"/reports/{record.document.id}")
    drawn = [(node, node.attributes) for node in _text(page).css("span[data-r]")]
    for mark in marks_of(record):
        inside = range(*mark.span)
        words = "".join(
            node.text()
            for node, facts in drawn
            if mark.record in (facts["data-r"] or "").split() and int(facts["data-at"] or 0) in inside
        )
        assert words == shown(record.words(mark.span)), mark


def test_every_record_has_a_row_and_a_place_in_the_text(client: TestClient) -> None:
    record = ambush("Coast", "12")
    page = _page(client, f"/reports/{record.document.id}")
    for key in {mark.record for mark in marks_of(record)}:
        assert len(page.css(f"tr#{key}")) == 1, key
        assert len(_text(page).css(f"i#at-{key}")) == 1, key


def test_furniture_is_marked(client: TestClient) -> None:
    page = _page(client, f"/reports/{ambush('Coast', '12').document.id}")
    grey = "".join(node.text() for node in _text(page).css(".furniture"))
    assert grey == "Share this page"


def test_what_was_not_coded_is_told_with_its_reason(client: TestClient) -> None:
    page = _page(client, f"/reports/{ambush('Coast', '12').document.id}")
    assert "stands in furniture" in page.css_first("tr#omission-1").text()  # type: ignore[union-attr]


def test_a_pasted_text_is_coded_and_not_stored_until_asked(client: TestClient, store: Store) -> None:
    text = "President Ruto met President Hassan in Mombasa on Tuesday.\nThey talked for an hour."
    form = {"form_token": form_token(client), "text": text.replace("\n", "\r\n"), "published": "2024-05-14"}
    answer = client.post("/code", data=form)
    assert answer.status_code == 200
    page = LexborHTMLParser(answer.text)
    assert _text(page).text() == text
    assert [node.text() for node in _text(page).css(".event")] == ["met"]
    assert "nothing happens here" in page.css_first("tr#omission-1").text()  # type: ignore[union-attr]
    assert len(list(store.report_ids())) == 3
    spot = str(answer.url.path)
    kept = client.post(f"{spot}/keep", data={"form_token": form_token(client)})
    assert kept.status_code == 200
    assert kept.url.path.startswith("/reports/")
    assert len(list(store.report_ids())) == 4
    assert "is in the store" in client.get(spot).text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"text": ""}, "text"),
        ({"text": "Ruto met Hassan in the town.", "published": "neverday"}, "neverday"),
        ({"text": "All will fail here, the coder says, though it is a report in English."}, "leave it"),
    ],
)
def test_a_text_that_cannot_be_coded_gets_a_reason(
    client: TestClient, form: dict[str, str], why: str
) -> None:
    answer = client.post("/code", data={"form_token": form_token(client), **form})
    assert answer.status_code == 422
    assert why in LexborHTMLParser(answer.text).css_first(".problem").text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("report.txt", b"President Ruto met President Hassan in Mombasa on Tuesday, and they talked.", 200),
        ("report.exe", b"MZ", 422),
        ("report.pdf", b"%PDF-1.7", 422),
        ("report.txt", b"%PDF-1.7", 422),
        ("report.txt", b"\x00\x01\x02\x03", 422),
        ("../../etc/passwd", b"root", 422),
        ("crawl.warc.gz", b"\x1f\x8b", 422),
        ("", b"", 422),
    ],
)
def test_uploads_are_limited_in_kind(client: TestClient, name: str, data: bytes, status: int) -> None:
    files = {"file": (name, data)}
    answer = client.post("/code/file", data={"form_token": form_token(client)}, files=files)
    assert answer.status_code == status


def test_search_shows_the_words_found(client: TestClient) -> None:
    page = _page(client, "/search?q=rebels+gao")
    assert len(page.css(".hits li")) == 2
    assert {node.text().lower() for node in page.css(".hits mark")} >= {"rebels", "gao"}
    assert "No report" in _page(client, "/search?q=zzzz").text()


@pytest.mark.parametrize("q", ['"', "a*", "NEAR(", "\x00", "x" * 5000, "AND OR NOT", "-", "🙂"])
def test_search_takes_any_question(client: TestClient, q: str) -> None:
    assert client.get("/search", params={"q": q}).status_code == 200


def test_the_front_page_counts(client: TestClient) -> None:
    page = _page(client, "/")
    assert [node.text() for node in page.css(".counts b")][:2] == ["3", "5"]
    figure = page.css_first('[data-chart="months"]')
    assert figure is not None
    assert json.loads(figure.attributes["data-rows"] or "") == [
        ["2021-03", 3, 2], ["2021-03", 4, 2], ["2021-04", 1, 1],
    ]  # fmt: skip


def test_an_actor_is_told_with_deeds_ties_and_words(client: TestClient) -> None:
    page = _page(client, "/actor?is=Keita")
    assert "general" in page.text()
    assert "We will answer" in page.text()
    mali = _page(client, "/actor?is=state/MLI").text()
    assert "ally" in mali
    assert "THREATEN" in mali


def test_an_actor_nobody_speaks_of_is_not_found(client: TestClient) -> None:
    _page(client, "/actor?is=Nobody", 404)
    _page(client, "/actor", 422)


def test_a_dyad_shows_both_directions(client: TestClient) -> None:
    page = _page(client, "/dyad?a=rebels&b=soldiers")
    assert [h.text().split()[-2] for h in page.css("h2")][:2] == ["2", "0"]


def test_an_unknown_report_is_not_found(client: TestClient) -> None:
    _page(client, "/reports/none", 404)
    _page(client, "/nowhere", 404)


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://example.org/a", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False), ("//example.org", False), ("", False),
        ("java\nscript:alert(1)", False), (None, False), ("http://[", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None, opened: bool) -> None:
    assert (web_address(url) is not None) == opened
