"""Review: the most doubtful events first, statements and ties; accept, fix, reject or add; history and agreement."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote, unquote

import fastapi
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record import Record
from polybius.record.model import Auxiliary, Form
from polybius.store import Store
from polybius.web.corrections import (
    KINDS,
    Correction,
    Judged,
    Kind,
    agreement,
    all_standing,
    count_decisions,
    decide,
    history,
    judged_of,
    kind_of,
    queue,
    standing,
    standing_all,
)
from polybius.web.desk import Desk, Here
from polybius.web.gold import gold_archive, gold_table, training_lines
from polybius.web.judging import as_coded, given, made
from polybius.web.marks import Piece, pieces
from polybius.web.pages import address, page
from polybius.web.report_pages import Reading
from polybius.web.safety import form_token

router = APIRouter()
ACTIONS = frozenset({"accept", "fix", "reject", "add", "withdraw"})
READER = "desk-reader"
AROUND = 500  # characters of the report shown on either side of an event
_NAME = re.compile(r"[\w .@'-]{1,60}")


async def _form(request: Request) -> FormData:
    return await request.form()


Filled = Annotated[FormData, Depends(_form)]
OurForm = Depends(form_token)


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, desk: Here, second: bool = False, kind: Kind = "event") -> Response:
    """The queue; what comes first in it is open."""
    reader = _reader(request)
    if not reader:
        return page(request, "reader.html", problem="")
    waiting = queue(desk.store, reader, kind=kind, second=second)
    shown = Shown(kind, reader)
    if not waiting:
        return _shown(request, desk, shown, second=second)
    report, target, _ = waiting[0]
    record = desk.store.record(report)
    if record is None:
        raise HTTPException(404, "this report is being coded anew: load the page again")
    return _shown(
        request, desk, replace(shown, record=record, target=target), second=second, waiting=waiting[1:]
    )


@router.get("/review/history", response_class=HTMLResponse)
def past(request: Request, desk: Here) -> HTMLResponse:
    """All decisions, the latest first."""
    return page(request, "history.html", decisions=history(desk.store), reader=_reader(request))


@router.get("/review/training.tsv", response_class=PlainTextResponse)
def training(desk: Here) -> Response:
    """The decisions as lines of the training corpus."""
    body = "".join(training_lines(_judged(desk.store)))
    headers = {"content-disposition": 'attachment; filename="training.tsv"'}
    return Response(body.encode("utf-8", "replace"), media_type="text/tab-separated-values", headers=headers)


@router.get("/review/gold.zip")
def gold(desk: Here) -> Response:
    """The decisions as a gold table for each report, with its text."""
    headers = {"content-disposition": 'attachment; filename="gold.zip"'}
    return Response(gold_archive(_judged(desk.store)), media_type="application/zip", headers=headers)


@router.get("/review/{report}/gold.yaml")
def gold_of(desk: Here, report: str) -> Response:
    """The gold table of one report."""
    record = _record(desk.store, report)
    return Response(
        gold_table(record, standing_all(desk.store, report)).encode(), media_type="application/yaml"
    )


@router.get("/review/{report}/{target}", response_class=HTMLResponse)
def one(request: Request, desk: Here, report: str, target: str, kind: Kind = "event") -> Response:
    """One event, statement or tie of a report, or a form for one that the coder missed (``new``)."""
    reader = _reader(request)
    if not reader:
        return page(request, "reader.html", problem="")
    record = _record(desk.store, report)
    if target != "new" and target not in {known.id for known in judged_of(record, kind)}:
        raise HTTPException(404, f"no such {kind} in this report")
    return _shown(request, desk, Shown(kind, reader, record, target))


@router.post("/review/reader", dependencies=[OurForm])
def reader(request: Request, name: Annotated[str, fastapi.Form()] = "") -> Response:
    """Remember who judges."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        return page(
            request, "reader.html", 422, problem="A name has 1 to 60 letters, digits, spaces or . @ ' -"
        )
    response = RedirectResponse("/review", status_code=303)
    response.set_cookie(READER, quote(name), httponly=True, samesite="strict", max_age=31_536_000)
    return response


@router.post("/review/{report}/{target}", dependencies=[OurForm])
def judge(
    request: Request, desk: Here, report: str, target: str, form: Filled, kind: Kind = "event"
) -> Response:
    """Keep a decision, and go on to what comes next."""
    reader = _reader(request)
    record = _record(desk.store, report)
    action = str(form.get("action", ""))
    if not reader or action not in ACTIONS:
        raise HTTPException(422, "say who you are, and what is to be done")
    known = next((each for each in judged_of(record, kind) if each.id == target), None)
    note = str(form.get("note", ""))[:500]
    try:
        becomes = made(kind, record, given(kind, form), known) if action in {"fix", "add"} else None
        key = None if action == "add" else target
        decide(desk.store, record, action, reader, kind=kind, target=key, becomes=becomes, note=note)  # type: ignore[arg-type]
    except RecordError as error:
        shown = Shown(kind, reader, record, target)
        return _shown(request, desk, shown, problem=str(error), form=given(kind, form), status=422)
    of_kind = None if kind == "event" else kind
    back = (
        "/review/history"
        if action == "withdraw"
        else address("/review", kind=of_kind, second=form.get("second"))
    )
    return RedirectResponse(f"/reports/{report}" if action == "add" else back, status_code=303)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page has open: one of its kind in a record, none, or (``new``) a form for one that is missing."""

    kind: Kind
    reader: str
    record: Record | None = None
    target: str | None = None

    @property
    def judged(self) -> Judged | None:
        """What is judged."""
        known = judged_of(self.record, self.kind) if self.record else ()
        return next((one for one in known if one.id == self.target), None)


def _shown(request: Request, desk: Desk, open_: Shown, *, status: int = 200, **more: Any) -> HTMLResponse:
    """The page of the queue with one of its kind open."""
    record, judged, kind = open_.record, open_.judged, open_.kind
    shown: dict[str, Any] = {
        "problem": "", "waiting": [], "second": False,
        "form": as_coded(kind, record, judged) if record else {}, **more,
    }  # fmt: skip
    ontology = Ontology.load()
    decisions: list[Correction] = []
    if record is not None and judged is not None:
        decisions = standing(desk.store, record.document.id, kind).get(judged.id, [])
    return page(
        request, "review.html", status, kind=kind, kinds=KINDS, record=record, judged=judged,
        adding=open_.target == "new", reader=open_.reader, reading=Reading(record) if record else None,
        pieces=_around(record, judged) if record else [], decisions=decisions, agreement=agreement(desk.store),
        count=count_decisions(desk.store), types=list(ontology.types), contexts=sorted(ontology.contexts),
        ties=sorted(ontology.ties), forms=Form.__args__, auxiliaries=Auxiliary.__args__,  # type: ignore[attr-defined]
        modes={name: list(type_.modes) for name, type_ in ontology.types.items()}, **shown,
    )  # fmt: skip


def _around(record: Record, judged: Judged | None) -> list[Piece]:
    """The text around what is judged with only that and its actors marked; all of it where one is added."""
    if judged is None:
        return pieces(record.model_copy(update={"omissions": None}))
    text = record.document.text
    start = max(0, text.rfind("\n", 0, max(0, judged.span[0] - AROUND)) + 1, judged.span[0] - 3 * AROUND)
    end = text.find("\n", judged.span[1] + AROUND)
    end = min(len(text) if end < 0 else end, judged.span[1] + 3 * AROUND)
    alone = {f"{kind}s": (judged,) if kind == kind_of(judged) else () for kind in KINDS}
    marked = pieces(record.model_copy(update={**alone, "omissions": None}))
    return [piece for piece in marked if start <= piece.start < end]


def _record(store: Store, report: str) -> Record:
    record = store.record(report) if "\x00" not in report else None
    if record is None:
        raise HTTPException(404, "no such report")
    return record


def _judged(store: Store) -> list[tuple[Record, list[Correction]]]:
    pairs = ((store.record(report), decisions) for report, decisions in all_standing(store).items())
    return [(record, decisions) for record, decisions in pairs if record is not None]


def _reader(request: Request) -> str:
    name = unquote(request.cookies.get(READER, ""))
    return name if _NAME.fullmatch(name) else ""
