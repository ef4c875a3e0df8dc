"""The front page, the search, the way in with a token, and how the desk is read."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from polybius.store import Filter
from polybius.store.search import CLOSE, OPEN
from polybius.web.desk import Here
from polybius.web.pages import page
from polybius.web.questions import latest_reports
from polybius.web.safety import SESSION_COOKIE, form_token

router = APIRouter()
HITS = 30
LONGEST = 500  # characters of a question
FOUND_DAYS = 120  # more days than that are shown by month


@router.get("/", response_class=HTMLResponse)
def front(request: Request, desk: Here) -> HTMLResponse:
    """What is new, and how much there is."""
    summary = desk.kept.get("summary", desk.asking.summary)
    by_month = desk.kept.get("months", lambda: desk.asking.months(Filter()))
    recent = summary.days[-FOUND_DAYS:]
    return page(
        request, "front.html", summary=summary, reports=latest_reports(desk.store), months=by_month,
        days=[(day.isoformat(), count) for day, count in recent],
    )  # fmt: skip


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, desk: Here, q: str = "") -> HTMLResponse:
    """Reports that hold all the words."""
    words = " ".join(q[:LONGEST].replace("\x00", " ").split())
    hits = [(hit.report, snippet(hit.snippet)) for hit in desk.store.search(words, limit=HITS)]
    return page(request, "search.html", q=words, hits=hits, most=HITS)


def snippet(text: str) -> list[tuple[str, bool]]:
    """A snippet in parts, each with whether it is what was looked for."""
    parts: list[tuple[str, bool]] = []
    for number, part in enumerate(text.split(OPEN)):
        found, close, rest = part.partition(CLOSE)
        if number and close:
            parts += [(found, True), (rest, False)]
        else:
            parts.append((part, False))
    return [(part, found) for part, found in parts if part]


@router.get("/enter", response_class=HTMLResponse)
def enter(request: Request) -> HTMLResponse:
    """Ask for the token."""
    return page(request, "enter.html", problem="")


@router.post("/enter", dependencies=[Depends(form_token)])
def entered(request: Request, desk: Here, token: Annotated[str, Form()] = "") -> Response:
    """Let a reader in who gives the token."""
    if not desk.rules.knows(token):
        time.sleep(0.5)  # a guesser waits; the token is long, so this is enough
        return page(request, "enter.html", 403, problem="That is not the token.")
    response: Any = RedirectResponse("/", status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        desk.rules.session(),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response  # type: ignore[no-any-return]


@router.get("/help", response_class=HTMLResponse)
def help_(request: Request) -> HTMLResponse:
    """How the marks are read, and which keys do what."""
    return page(request, "help.html")
