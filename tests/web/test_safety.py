"""Who may ask, and what a page may do."""

from __future__ import annotations

import pytest
from desk_sample import Fake, form_token
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from polybius.store import Store
from polybius.web import create_app
from polybius.web.safety import form_token as required

TOKEN = "a token of some length"
PAGES = ["/", "/events", "/actors", "/reports", "/search?q=gao", "/code", "/help", "/api", "/actor?is=Mali"]


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/desk.css", "/api/events"])
def test_every_answer_says_what_it_may_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_script_or_style(client: TestClient, path: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(client.get(path).text)
    assert not [s for s in page.css("script") if not s.attributes.get("src")]
    assert not page.css("style, [style]")
    handlers = [name for node in page.css("*") for name in node.attributes if name.startswith("on")]
    assert not handlers


def test_another_name_of_this_machine_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8001"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_posts_from_other_sites_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    form = {"form_token": form_token(client), "text": "Ruto met Hassan."}
    assert client.post("/code", data=form, headers=headers).status_code == 403


def test_a_form_needs_the_pages_token(client: TestClient) -> None:
    form_token(client)
    for given in ({}, {"form_token": "guessed"}, {"form_token": ""}):
        assert client.post("/code", data={"text": "Ruto met Hassan.", **given}).status_code == 403


def test_every_route_that_takes_a_form_asks_for_its_token(client: TestClient) -> None:
    app = client.app
    posts = [
        route
        for route in _routes(app)
        if "POST" in (route.methods or ()) and not route.path.startswith("/api")
    ]
    assert len(posts) >= 4
    for route in posts:
        assert any(needed.call is required for needed in route.dependant.dependencies), route.path


def test_an_api_post_must_be_json_which_no_form_can_send(client: TestClient) -> None:
    body = '{"text": "Ruto met Hassan."}'
    assert client.post("/api/code", content=body, headers={"content-type": "text/plain"}).status_code == 422
    assert (
        client.post("/api/code", content=body, headers={"content-type": "application/json"}).status_code
        == 200
    )


def test_a_body_is_counted_whatever_its_header_says(store: Store) -> None:
    app = create_app(store, load=Fake, max_bytes=1000)
    with TestClient(app) as client:
        token = form_token(client)
        large = {"form_token": token, "text": "met " * 2000}
        assert client.post("/code", data=large).status_code == 413

        def chunks():  # type: ignore[no-untyped-def]
            for _ in range(50):
                yield b"a" * 1000

        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/code", content=chunks(), headers=headers).status_code == 413


def test_a_token_is_asked_for_where_one_is_set(store: Store) -> None:
    with TestClient(create_app(store, token=TOKEN), follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/enter"
        assert client.get("/api/events").status_code == 401
        assert client.get("/api/events", headers={"authorization": f"Bearer {TOKEN}x"}).status_code == 401
        assert client.get("/api/events", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/events", headers={"cookie": "desk-session=guess"}).status_code == 303
        assert client.get("/static/desk.css").status_code == 200


def test_the_token_lets_a_reader_in_and_a_wrong_one_does_not(store: Store) -> None:
    with TestClient(create_app(store, token=TOKEN), follow_redirects=False) as client:
        token = form_token(client, "/enter")
        assert client.post("/enter", data={"form_token": token, "token": "wrong"}).status_code == 403
        assert client.get("/events").status_code == 303
        answer = client.post("/enter", data={"form_token": token, "token": TOKEN})
        assert answer.status_code == 303
        kept = answer.headers["set-cookie"]
        assert "HttpOnly" in kept
        assert "samesite=strict" in kept.lower()
        assert TOKEN not in kept
        assert client.get("/events").status_code == 200


def test_static_files_stay_inside_their_folder(client: TestClient) -> None:
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def _routes(app) -> list[APIRoute]:  # type: ignore[no-untyped-def]
    """All routes, those of routers too."""
    found: list[APIRoute] = []
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute):
            found.append(route)
        for name in ("routes", "original_router"):
            inner = getattr(route, name, None)
            waiting.extend(inner if isinstance(inner, list) else getattr(inner, "routes", []))
    return found
