"""Actors and pairs of actors: who they are on which day, what they do to whom over time, how they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from polybius.cli.words import sector_words
from polybius.knowledge import Knowledge
from polybius.store import Filter
from polybius.web.asked import LONGEST
from polybius.web.asking import Asking
from polybius.web.desk import Here
from polybius.web.pages import address, page

router = APIRouter()
TIES = 40  # ties on a page
SHOWN = 20  # events, statements and ties on a page; the rest is a click away
Name = Annotated[str, Query(min_length=1, max_length=LONGEST)]
Key = Annotated[str, Query(alias="is", min_length=1, max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class Term:
    """What somebody is, from when to when; ``said`` is False for what the knowledge tables hold."""

    what: str
    since: date | None
    until: date | None
    source: str


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, desk: Here, q: str = "") -> HTMLResponse:
    """The actors that take part in most events, or those of a name."""
    name = q.strip()[:LONGEST]
    found = desk.asking.who(name) if name else []
    busiest = [] if name else desk.kept.get("actors", desk.asking.busiest)
    return page(request, "actors.html", q=name, found=found, busiest=busiest)


@router.get("/actor", response_class=HTMLResponse)
def actor(request: Request, desk: Here, is_: Key) -> HTMLResponse:
    """One actor, by key or name."""
    asking, key = desk.asking, is_
    known = asking.who(key)
    terms = _terms(key)
    if not known and not terms:
        raise HTTPException(404, "no report in the store speaks of this actor")
    name = known[0].name if known else key
    does, suffers = Filter(actor=key), Filter(recipient=key)
    shown = desk.kept.get(("actor", key), lambda: _dealings(asking, does, suffers))
    latest, done_to = asking.tables(does, suffers, size=SHOWN)
    return page(
        request, "actor.html", key=key, name=name, known=known, terms=terms, **shown,
        latest=latest, done_to=done_to, ties=asking.ties_once(Filter(actor=key, limit=SHOWN * 5), most=TIES),
        most=SHOWN, said=asking.said(Filter(actor=key, order="latest", limit=SHOWN)),
        events_url=address("/events", actor=key), suffered_url=address("/events", recipient=key),
    )  # fmt: skip


@router.get("/dyad", response_class=HTMLResponse)
def dyad(request: Request, desk: Here, a: Name, b: Name) -> HTMLResponse:
    """Two actors: what each does to the other, over time, and the ties between them."""
    asking = desk.asking
    there, back = Filter(actor=a, recipient=b), Filter(actor=b, recipient=a)
    known_a, known_b = asking.who(a), asking.who(b)
    rows, back_rows = asking.tables(there, back, size=SHOWN)
    pairs = (replace(pair, limit=500) for pair in (there, back))
    return page(
        request, "dyad.html", a=a, b=b,
        name_a=known_a[0].name if known_a else a, name_b=known_b[0].name if known_b else b,
        there=rows, back=back_rows,
        months_there=asking.months(there), months_back=asking.months(back),
        ties=asking.ties_once(*pairs, most=TIES), events_url=address("/events", actor=a, recipient=b),
        back_url=address("/events", actor=b, recipient=a),
    )  # fmt: skip


def _dealings(asking: Asking, does: Filter, suffers: Filter) -> dict[str, Any]:
    """What takes a walk over all of an actor's events."""
    return {
        "months": asking.months(does),
        "months_suffered": asking.months(suffers),
        "targets": asking.counterparts(does, "recipient"),
        "doers": asking.counterparts(suffers, "actor"),
        "done": asking.count(does),
        "suffered": asking.count(suffers),
    }


def _terms(key: str) -> list[Term]:
    """What the knowledge tables hold of somebody with a key: offices with their terms, or what a body is."""
    table, _, _ = key.partition("/")
    knowledge = Knowledge.load()
    try:
        entry = knowledge.entry(key)
    except (KeyError, ValueError):
        return []
    if table != "person":
        what = ", ".join(filter(None, (entry.type, sector_words(entry.sector)))) or entry.kind
        return [Term(what, entry.since, entry.until, "knowledge")]
    offices = knowledge.offices_of(key)
    return [
        Term(office.title or office.office, office.since, office.until, "knowledge") for office in offices
    ]
