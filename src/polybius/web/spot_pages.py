"""Paste a text or send a file: coded on the spot, shown like any report, stored only when asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from polybius.errors import PolybiusError
from polybius.intake import Report
from polybius.web.desk import Desk, Here
from polybius.web.pages import page
from polybius.web.report_pages import show
from polybius.web.safety import form_token
from polybius.web.spot import pasted, uploaded

router = APIRouter()
OurForm = Depends(form_token)


@router.get("/code", response_class=HTMLResponse)
def ask(request: Request) -> HTMLResponse:
    """The form for a text or a file."""
    return _form(request)


@router.post("/code", dependencies=[OurForm])
def code_text(
    request: Request,
    desk: Here,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
) -> Response:
    """Code a text that was pasted."""
    text = text.replace("\r\n", "\n")  # a form sends every line break as two characters
    try:
        return _code(desk, pasted(text, published, desk.spot.max_bytes))
    except PolybiusError as error:
        return _form(request, str(error), text=text, published=published)


@router.post("/code/file", dependencies=[OurForm])
async def code_file(
    request: Request, desk: Here, file: UploadFile, published: Annotated[str, Form()] = ""
) -> Response:
    """Code a file that was sent."""
    data = await file.read(2 * desk.spot.max_bytes + 1)
    try:
        report = await run_in_threadpool(uploaded, file.filename or "", data, published, desk.spot.max_bytes)
        return await run_in_threadpool(_code, desk, report)
    except PolybiusError as error:
        return _form(request, str(error), published=published)


@router.get("/spot/{key}", response_class=HTMLResponse)
def spot(request: Request, desk: Here, key: str) -> HTMLResponse:
    """A report coded on the spot."""
    record = desk.spot.record(key)
    if record is None:
        raise HTTPException(404, "this text was not stored and is no longer in memory: paste it again")
    return show(request, record, spot=key, kept=desk.store.has(record.document.id))


@router.post("/spot/{key}/keep", dependencies=[OurForm])
def keep(desk: Here, key: str) -> Response:
    """Put a report coded on the spot into the store."""
    record = desk.spot.record(key)
    if record is None:
        raise HTTPException(404, "this text is no longer in memory: paste it again")
    desk.store.save(record)
    desk.kept.forget()
    return RedirectResponse(f"/reports/{record.document.id}", status_code=303)


def _code(desk: Desk, report: Report) -> Response:
    return RedirectResponse(f"/spot/{desk.spot.code(report)}", status_code=303)


def _form(request: Request, problem: str = "", *, text: str = "", published: str = "") -> HTMLResponse:
    status = 422 if problem else 200
    return page(request, "code.html", status, problem=problem, text=text, published=published)
