"""Events by any filter, each view with an address of its own; the same as CSV or JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from polybius.ontology import Ontology
from polybius.store import Filter
from polybius.web.answers import csv_lines, json_lines
from polybius.web.asked import Asked, asked, ordered
from polybius.web.desk import Here
from polybius.web.listing import Listing
from polybius.web.pages import page
from polybius.web.rows import Row

router = APIRouter()
NOTHING: Listing[Row] = Listing((), 0, 1, 1)


@router.get("/events", response_class=HTMLResponse)
def events(request: Request, desk: Here) -> Response:
    """Events by the filter in the address."""
    wanted = asked(request.query_params)
    tidy = f"/events?{wanted.query()}".removesuffix("?")
    if any(value == "" for value in request.query_params.values()) and "hx-request" not in request.headers:
        return RedirectResponse(tidy, status_code=303)
    ontology = Ontology.load()
    found = NOTHING if wanted.problems else desk.asking.table(wanted)
    response = page(
        request, "events.html", 422 if wanted.problems else 200, asked=wanted, found=found,
        types=list(ontology.types), sectors=sorted(ontology.sectors),
        modes=sorted({mode for type_ in ontology.types.values() for mode in type_.modes}),
        sources=desk.kept.get("sources", desk.asking.sources),
    )  # fmt: skip
    response.headers["HX-Push-Url"] = tidy
    return response


@router.get("/events.csv")
def events_csv(request: Request, desk: Here) -> Response:
    """The events of an address as CSV."""
    return _download(csv_lines(desk.store.events(_all(asked(request.query_params)))), "text/csv", "csv")


@router.get("/events.jsonl")
def events_jsonl(request: Request, desk: Here) -> Response:
    """The events of an address, one JSON object a line."""
    lines = json_lines(desk.store.events(_all(asked(request.query_params))))
    return _download(lines, "application/x-ndjson", "jsonl")


def _all(wanted: Asked) -> Filter:
    if wanted.problems:
        raise HTTPException(422, "; ".join(f"{name}: {why}" for name, why in wanted.problems.items()))
    return replace(ordered(wanted.filter, wanted.order), limit=None, offset=0)


def _download(lines: Iterable[str], kind: str, end: str) -> StreamingResponse:
    def encoded() -> Iterator[bytes]:
        for line in lines:
            yield line.encode("utf-8", "replace")

    headers = {"content-disposition": f'attachment; filename="events.{end}"'}
    return StreamingResponse(encoded(), media_type=f"{kind}; charset=utf-8", headers=headers)
