"""What happened, with who claims what; parted and joined by hand."""

from __future__ import annotations

import re

import pytest
from desk_sample import form_token
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser


@pytest.fixture
def ambush_page(client: TestClient) -> str:
    """The address of the happening that two reports tell of."""
    page = LexborHTMLParser(client.get("/happenings?voices=2&type=ASSAULT").text)
    links = [link.attributes["href"] or "" for link in page.css("td a[href^='/happenings/']")]
    assert len(links) == 1
    return links[0]


def test_claims_stand_side_by_side_and_figures_that_disagree_are_told(
    client: TestClient, ambush_page: str
) -> None:
    page = LexborHTMLParser(client.get(ambush_page).text)
    claims = [" ".join(node.text().split()) for node in page.css(".claim")]
    assert len(claims) == 2
    assert {source for source in ("Coast", "Hill") if any(source in claim for claim in claims)} == {
        "Coast",
        "Hill",
    }
    assert "Keita" in claims[0]
    assert page.css_first("table tbody .problem").text() == "no"  # type: ignore[union-attr]


def test_the_words_of_a_claim_lead_to_its_report(client: TestClient, ambush_page: str) -> None:
    page = LexborHTMLParser(client.get(ambush_page).text)
    links = [link.attributes["href"] or "" for link in page.css(".claim a")]
    assert links
    for link in links:
        path, _, row = link.partition("#")
        assert f'id="{row}"' in client.get(path).text


def test_a_claim_is_taken_out_and_put_back(client: TestClient, ambush_page: str) -> None:
    form = _form(client, ambush_page, "part")
    assert client.post(f"{ambush_page}/part", data=form).status_code == 200
    assert "None found" in client.get("/happenings?voices=2&type=ASSAULT").text
    back = {**form, "form_token": form_token(client, ambush_page)}
    assert client.post(f"{ambush_page}/join", data=back).status_code == 200
    assert "None found" not in client.get("/happenings?voices=2&type=ASSAULT").text


def test_a_happening_is_joined_by_its_address(client: TestClient, ambush_page: str) -> None:
    client.post(f"{ambush_page}/part", data=_form(client, ambush_page, "part"))
    page = client.get("/happenings?type=ASSAULT").text
    other = next(link for link in re.findall(r'href="(/happenings/[^"?]+)"', page) if link != ambush_page)
    form = _form(client, ambush_page, "join") | {"other": f"http://localhost{other}"}
    answer = client.post(f"{ambush_page}/join", data=form)
    assert answer.status_code == 200
    assert len(LexborHTMLParser(answer.text).css(".claim")) == 2


def test_what_is_not_there_is_told(client: TestClient, ambush_page: str) -> None:
    assert client.get("/happenings/none").status_code == 404
    form = {"form_token": form_token(client, ambush_page), "one": "x:e1", "other": "y:e1"}
    assert client.post(f"{ambush_page}/part", data=form).status_code == 422


def _form(client: TestClient, path: str, what: str) -> dict[str, str]:
    page = LexborHTMLParser(client.get(path).text)
    form = page.css_first(f'form[action$="/{what}"]')
    assert form is not None
    fields = {i.attributes["name"] or "": i.attributes.get("value") or "" for i in form.css("input[name]")}
    choices = form.css("option")
    return fields | ({"other": choices[0].attributes["value"] or ""} if choices else {})
