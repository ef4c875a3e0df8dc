"""What happened, once each, with what every report claims of it; joined and parted by hand, undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select

from polybius.corroboration import AccountKey, Change, Claim, Happening
from polybius.corroboration.stored import StoredHappenings
from polybius.corroboration.tables import claims
from polybius.store import Store
from polybius.store.schema import reports
from polybius.web.asked import asked
from polybius.web.desk import Here
from polybius.web.pages import page
from polybius.web.safety import form_token
from polybius.web.told import find

router = APIRouter()
SIZE = 20  # happenings on a page
LAST_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Told:
    """One claim on the page: with the id of its report in the store, and the account it belongs to."""

    claim: Claim
    report: str
    account: str
    denies: bool


@router.get("/happenings", response_class=HTMLResponse)
def happenings(
    request: Request, desk: Here, voices: Annotated[int, Query(ge=1, le=1000)] = 1
) -> HTMLResponse:
    """What happened, what most independent voices tell first."""
    wanted = asked(request.query_params)
    waiting = desk.comparing.compare(desk.store)
    number = min(wanted.page, LAST_PAGE)
    start = (number - 1) * SIZE
    found: list[Happening] = []
    if not wanted.problems:
        found = find(desk.asking, desk.told, wanted.filter, voices=voices, start=start, limit=SIZE + 1)
    return page(
        request, "happenings.html", 422 if wanted.problems else 200, asked=wanted, voices=voices,
        found=found[:SIZE], more=len(found) > SIZE and number < LAST_PAGE, page=number, waiting=waiting,
    )  # fmt: skip


@router.get("/happenings/{key}", response_class=HTMLResponse)
def happening(request: Request, desk: Here, key: str) -> HTMLResponse:
    """One happening: who claims what, side by side."""
    found = _found(desk.store, key)
    told = _told(desk.store, found)
    speakers = {one.claim.said_by or one.claim.source or "the report" for one in told}
    return page(
        request, "happening.html", happening=found, voices=_by_voice(told), speakers=speakers,
        accounts=_accounts(told),
    )  # fmt: skip


@router.post("/happenings/{key}/part", dependencies=[Depends(form_token)])
def part(desk: Here, key: str, one: Annotated[str, Form()], other: Annotated[str, Form()]) -> Response:
    """Take an account out into a happening of its own."""
    desk.told.forget()
    return _decide(StoredHappenings(desk.store).part, one, other, key)


@router.post("/happenings/{key}/join", dependencies=[Depends(form_token)])
def join(desk: Here, key: str, one: Annotated[str, Form()], other: Annotated[str, Form()]) -> Response:
    """Make this happening and that of another account, or of a happening's id, one."""
    if "/" in other or ":" not in other:
        told = _told(desk.store, _found(desk.store, other.strip().rsplit("/", 1)[-1]))
        other = f"{told[0].report}:{told[0].account}"
    desk.told.forget()
    return _decide(StoredHappenings(desk.store).join, one, other, key)


def _decide(
    decide: Callable[[AccountKey, AccountKey], list[Change]], one: str, other: str, key: str
) -> Response:
    first, second = (
        AccountKey(report, event) for report, _, event in (one.partition(":"), other.partition(":"))
    )
    try:
        changes = decide(first, second)
    except KeyError:
        raise HTTPException(422, "no such claim: it may have been coded anew") from None
    gone = {change.before for change in changes if change.what == "merged"}
    kept = next((change.happening for change in changes if change.what == "merged"), key)
    return RedirectResponse(f"/happenings/{kept if key in gone else key}", status_code=303)


def _found(store: Store, key: str) -> Happening:
    found = StoredHappenings(store).happening(key) if "\x00" not in key else None
    if found is None:
        raise HTTPException(404, "no such happening: it may have been joined with another")
    return found


def _told(store: Store, happening: Happening) -> list[Told]:
    """The claims with their reports and accounts."""
    query = (
        select(reports.c.id, reports.c.given_id, claims.c.event, claims.c.account)
        .join(reports, reports.c.number == claims.c.report)
        .where(claims.c.happening == happening.id)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    known = {(name, row.event): row for row in rows for name in (row.given_id, row.id) if name}
    told = []
    for claim in happening.claims:
        row = known.get((claim.report, claim.event))
        if row is not None:
            told.append(Told(claim, row.id, row.account, "negation" in claim.auxiliary))
    return told


def _by_voice(told: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """The claims by the voice whose words they are: the original first, its copies after it."""

    def order(one: Told) -> tuple[str, bool, str]:
        return one.claim.voice, one.claim.layer in {"copy", "rewrite"}, str(one.claim.published or "")

    voices = [
        (voice, list(group)) for voice, group in groupby(sorted(told, key=order), lambda t: t.claim.voice)
    ]
    return sorted(voices, key=lambda pair: str(pair[1][0].claim.published or "9"))


def _accounts(told: Sequence[Told]) -> list[Told]:
    """The first claim of each account: what can be parted from the others."""
    once: dict[tuple[str, str], Told] = {}
    for one in told:
        once.setdefault((one.report, one.account), one)
    return list(once.values())
