"""The same as JSON: one shape of error, everything described, nothing that falls over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from desk_sample import ambush
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polybius.record import Record

READS = [
    "/api/summary", "/api/reports", "/api/events", "/api/statements", "/api/ties", "/api/months", "/api/points",
    "/api/links", "/api/happenings",
]  # fmt: skip
ODD = [
    "",
    "\x00",
    "\ud800",
    "'",
    '"',
    "%",
    "a" * 300,
    "-1",
    "1e400",
    "nan",
    "None",
    "2021-02-30",
    "🙂",
    "0",
    "9" * 30,
]


def test_a_report_is_given_as_it_was_coded(client: TestClient) -> None:
    record = ambush("Coast", "12")
    given_back = client.get(f"/api/reports/{record.document.id}").json()
    assert Record.model_validate(given_back) == record


def test_events_are_spelled_out(client: TestClient) -> None:
    answer = client.get("/api/events", params={"type": "ASSAULT", "order": "oldest"}).json()
    assert (answer["found"], answer["pages"]) == (2, 1)
    event = answer["events"][0]
    assert (event["actors"][0]["name"], event["recipients"][0]["name"]) == ("rebels", "soldiers")
    assert event["words"] == "killed"
    assert event["amounts"][0]["words"] == "12"
    assert event["report"]["source"] == "Coast"


@pytest.mark.parametrize("path", READS)
def test_every_reading_address_answers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert isinstance(answer.json(), dict)


def test_what_is_found_can_be_narrowed(client: TestClient) -> None:
    assert len(client.get("/api/ties", params={"type": "ally", "actor": "France"}).json()["ties"]) == 2
    assert client.get("/api/ties", params={"type": "foe"}).json()["ties"] == []
    assert len(client.get("/api/statements", params={"actor": "Keita", "limit": 1}).json()["statements"]) == 1
    points = client.get("/api/points").json()["points"]
    assert [(p["name"], p["count"]) for p in points] == [("Gao", 2)]
    links = client.get("/api/links").json()["links"]
    first = links[0]
    assert (first["actor"], first["recipient"], first["events"]) == ("rebels", "soldiers", 2)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/reports/none", 404), ("/api/nowhere", 404), ("/api/events?quad=9", 422), ("/api/events?limit=0", 422),
        ("/api/events?since=never", 422), ("/api/ties?quad=1", 422), ("/api/search", 422),
        ("/api/statements?type=X", 422), ("/api/happenings/none", 404),
    ],
)  # fmt: skip
def test_errors_have_one_shape(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert isinstance(answer.json()["error"], str)


def test_a_text_is_coded_and_not_stored(client: TestClient) -> None:
    body = {"text": "President Ruto met President Hassan in Mombasa.", "published": "2024-05-14"}
    record = client.post("/api/code", json=body).json()
    assert record["events"][0]["type"] == "CONSULT"
    assert client.get("/api/summary").json()["reports"] == 3
    assert client.post("/api/code", json={"text": "x", "published": "never"}).status_code == 422
    assert client.post("/api/code", json={"text": "x", "extra": 1}).status_code == 422


def test_openapi_describes_every_address(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    assert set(READS) | {"/api/code", "/api/search", "/api/actors"} <= set(schema["paths"])
    for path, verbs in schema["paths"].items():
        assert path.startswith("/api/")
        for verb in verbs.values():
            assert verb["description"]
    page = client.get("/api").text
    assert all(path in page for path in schema["paths"])


@pytest.mark.parametrize("odd", ODD)
def test_no_parameter_makes_it_fall_over(client: TestClient, odd: str) -> None:
    schema = client.get("/api/openapi.json").json()
    for path, verbs in schema["paths"].items():
        for parameter in verbs.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query":
                answer = client.get(
                    path.format(report_id="x", key="x"), params={parameter["name"]: _sendable(odd)}
                )
                assert answer.status_code in {200, 404, 422}, (path, parameter["name"], answer.text[:200])


@given(st.text(max_size=40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_makes_the_pages_fall_over(client: TestClient, word: str) -> None:
    word = _sendable(word)
    for path, name in (
        ("/search", "q"),
        ("/events", "actor"),
        ("/actor", "is"),
        ("/api/search", "q"),
        ("/actors", "q"),
    ):
        assert client.get(path, params={name: word}).status_code in {200, 404, 422}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_makes_it_fall_over(client: TestClient, body: Any) -> None:
    for sent in (body, {"text": body}, {"text": "met", "published": body}):
        content = json.dumps(sent)
        headers = {"content-type": "application/json"}
        assert client.post("/api/code", content=content, headers=headers).status_code in {200, 422}


def _sendable(text: str) -> str:
    """The text without lone surrogates, which no client can send."""
    return text.encode("utf-8", "replace").decode()
