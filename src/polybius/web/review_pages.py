"""Review: the most doubtful events first; accept, fix, reject or add; history, agreement, and what it is good for."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record import Event, Record
from polybius.record.model import Auxiliary
from polybius.store import Store
from polybius.web.corrections import (
    Correction,
    agreement,
    all_standing,
    count_decisions,
    decide,
    history,
    queue,
    standing,
)
from polybius.web.desk import Desk, Here
from polybius.web.gold import gold_archive, gold_table, training_lines
from polybius.web.marks import Piece, pieces
from polybius.web.mended import mended
from polybius.web.pages import address, page
from polybius.web.report_pages import Reading
from polybius.web.safety import form_token

router = APIRouter()
READER = "desk-reader"
AROUND = 500  # characters of the report shown on either side of an event
_NAME = re.compile(r"[\w .@'-]{1,60}")
_LISTS = ("actors", "recipients", "auxiliary", "contexts")


async def _form(request: Request) -> FormData:
    return await request.form()


Filled = Annotated[FormData, Depends(_form)]
OurForm = Depends(form_token)


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, desk: Here, second: bool = False) -> Response:
    """The queue; the first event of it is open."""
    reader = _reader(request)
    if not reader:
        return page(request, "reader.html", problem="")
    waiting = queue(desk.store, reader, second=second)
    if not waiting:
        return _shown(request, desk, None, None, reader, second=second)
    report, event, _ = waiting[0]
    record = desk.store.record(report)
    if record is None:
        raise HTTPException(404, "this report is being coded anew: load the page again")
    return _shown(request, desk, record, event, reader, second=second, waiting=waiting[1:])


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
    decisions = [one for by in standing(desk.store, report).values() for one in by]
    body = gold_table(record, sorted(decisions, key=lambda one: one.number))
    return Response(body.encode(), media_type="application/yaml")


@router.get("/review/{report}/{event}", response_class=HTMLResponse)
def one(request: Request, desk: Here, report: str, event: str) -> Response:
    """One event to be judged; with "new" for its id, one to be added."""
    reader = _reader(request)
    if not reader:
        return page(request, "reader.html", problem="")
    record = _record(desk.store, report)
    if event != "new" and event not in {one.id for one in record.events}:
        raise HTTPException(404, "no such event in this report")
    return _shown(request, desk, record, event, reader)


@router.post("/review/reader", dependencies=[OurForm])
def reader(request: Request, name: Annotated[str, Form()] = "") -> Response:
    """Remember who judges."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        return page(
            request, "reader.html", 422, problem="A name has 1 to 60 letters, digits, spaces or . @ ' -"
        )
    response = RedirectResponse("/review", status_code=303)
    response.set_cookie(READER, quote(name), httponly=True, samesite="strict", max_age=31_536_000)
    return response


@router.post("/review/{report}/{event}", dependencies=[OurForm])
def judge(request: Request, desk: Here, report: str, event: str, form: Filled) -> Response:
    """Keep a decision, and go on to the next event."""
    reader = _reader(request)
    record = _record(desk.store, report)
    action = str(form.get("action", ""))
    if not reader or action not in {"accept", "fix", "reject", "add", "withdraw"}:
        raise HTTPException(422, "say who you are, and what is to be done")
    known = next((one for one in record.events if one.id == event), None)
    becomes = None
    note = str(form.get("note", ""))[:500]
    try:
        if action in {"fix", "add"}:
            becomes = mended(record, _given(form), known, Ontology.load())
        target = None if action == "add" else event
        decide(desk.store, record, action, reader, target=target, becomes=becomes, note=note)  # type: ignore[arg-type]
    except RecordError as error:
        return _shown(request, desk, record, event, reader, problem=str(error), form=_given(form), status=422)
    back = "/review/history" if action == "withdraw" else address("/review", second=form.get("second"))
    return RedirectResponse(f"/reports/{report}" if action == "add" else back, status_code=303)


def _shown(
    request: Request,
    desk: Desk,
    record: Record | None,
    event_id: str | None,
    reader: str,
    *,
    status: int = 200,
    **more: Any,
) -> HTMLResponse:
    """The page of the queue with one event open."""
    event = next((one for one in record.events if one.id == event_id), None) if record else None
    shown: dict[str, Any] = {
        "problem": "", "waiting": [], "second": False, "form": _fields(record, event) if record else {}, **more,
    }  # fmt: skip
    ontology = Ontology.load()
    decisions: list[Correction] = []
    if record is not None and event is not None:
        decisions = standing(desk.store, record.document.id).get(event.id, [])
    return page(
        request, "review.html", status, record=record, event=event, adding=event_id == "new", reader=reader,
        reading=Reading(record) if record else None, pieces=_around(record, event) if record else [],
        decisions=decisions, agreement=agreement(desk.store), count=count_decisions(desk.store),
        types=list(ontology.types), contexts=sorted(ontology.contexts), auxiliaries=Auxiliary.__args__,  # type: ignore[attr-defined]
        modes={name: list(type_.modes) for name, type_ in ontology.types.items()}, **shown,
    )  # fmt: skip


def _around(record: Record, event: Event | None) -> list[Piece]:
    """The text around an event with only that event and its actors marked; all of it where one is added."""
    if event is None:
        return pieces(record.model_copy(update={"omissions": None}))
    text = record.document.text
    start = max(0, text.rfind("\n", 0, max(0, event.span[0] - AROUND)) + 1, event.span[0] - 3 * AROUND)
    end = text.find("\n", event.span[1] + AROUND)
    end = min(len(text) if end < 0 else end, event.span[1] + 3 * AROUND)
    alone = record.model_copy(update={"events": (event,), "ties": (), "omissions": None})
    return [piece for piece in pieces(alone) if start <= piece.start < end]


def _fields(record: Record, event: Event | None) -> dict[str, Any]:
    """What the form holds for an event as it was coded."""
    if event is None:
        return {name: [] if name in _LISTS else "" for name in _NAMES}
    date = event.date
    return {
        "words": record.words(event.span), "type": event.type, "mode": event.mode or "",
        "start": date.start.isoformat() if date else "", "end": date.end.isoformat() if date else "",
        "place": event.place or "", "said_by": event.said_by or "",
        **{name: list(getattr(event, name)) for name in _LISTS},
    }  # fmt: skip


_NAMES = ("words", "type", "mode", "start", "end", "place", "said_by", *_LISTS)


def _given(form: FormData) -> dict[str, Any]:
    return {
        name: [str(value) for value in form.getlist(name)] if name in _LISTS else str(form.get(name, ""))
        for name in _NAMES
    }


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
