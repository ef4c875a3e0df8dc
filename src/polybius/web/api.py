"""The desk as JSON, under /api: what the pages show, for programs. /api describes it, /api/openapi.json as OpenAPI."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from polybius.corroboration.stored import StoredHappenings
from polybius.store import Filter
from polybius.web.answers import event_object, head_object, statement_object, tie_object
from polybius.web.asked import LONGEST, ORDERS, READ, asked
from polybius.web.corrections import history
from polybius.web.desk import Desk, Here
from polybius.web.front_pages import snippet
from polybius.web.pages import page
from polybius.web.questions import latest_reports
from polybius.web.spot import pasted
from polybius.web.told import find

ABOUT = "What the store holds: reports, events, statements, ties, and who deals with whom."
MOST = 500  # rows of one answer

router = APIRouter(
    prefix="/api", tags=["polybius"], responses={422: {"description": "a parameter cannot be used"}}
)
Json = dict[str, Any]

Word = Annotated[str | None, Query(max_length=LONGEST)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class Text(BaseModel):
    """A text to be coded."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    published: str = ""


@router.get("", response_class=HTMLResponse, include_in_schema=False)
def described(request: Request) -> HTMLResponse:
    """The page that describes these addresses."""
    paths: dict[str, Any] = request.app.openapi()["paths"]
    listed = [(verb.upper(), path, what) for path, verbs in paths.items() for verb, what in verbs.items()]
    return page(request, "api.html", listed=listed)


async def wanted(
    request: Request,
    actor: Word = None, recipient: Word = None, country: Word = None, sector: Word = None, type: Word = None,
    mode: Word = None, quad: Annotated[int | None, Query(ge=1, le=4)] = None, since: Word = None,
    until: Word = None, place: Word = None, source: Word = None, said_by: Word = None, auxiliary: Word = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None, report: Word = None,
) -> Filter:  # fmt: skip
    """The filter of a request; its parameters are listed here so that OpenAPI shows them."""
    query = asked({name: value for name, value in request.query_params.items() if name in READ})
    if query.problems:
        why = "; ".join(f"{name}: {problem}" for name, problem in query.problems.items())
        raise HTTPException(422, why)
    return query.filter


Wanted = Annotated[Filter, Depends(wanted)]


@router.get("/summary", response_model=Json)
def summary(desk: Here) -> Response:
    """How much the store holds; counts by day, type, dyad and source. Up to half a minute old."""
    return Response(desk.kept.get("summary as JSON", lambda: _summary(desk)), media_type="application/json")


def _summary(desk: Desk) -> str:
    return json.dumps(jsonable_encoder(asdict(desk.kept.get("summary", desk.asking.summary))))


@router.get("/reports")
def reports(
    desk: Here, limit: Limit = 50, before: Annotated[int | None, Query(ge=0, le=2**31)] = None
) -> Json:
    """The reports that came in last; ``next`` is the ``before`` of the following page."""
    found = latest_reports(desk.store, limit=limit, before=before)
    following = found[-1].number if len(found) == limit else None
    return {"reports": [head_object(head) for head in found], "next": following}


@router.get("/reports/{report_id}", responses={404: {"description": "no such report"}})
def report(desk: Here, report_id: Annotated[str, Path(max_length=LONGEST)]) -> Json:
    """The record of one report, as `polybius code --format json` gives it."""
    record = desk.store.record(report_id) if "\x00" not in report_id else None
    if record is None:
        raise HTTPException(404, "no such report")
    return record.model_dump(mode="json")


@router.get("/events", response_model=Json)
def events(
    desk: Here,
    wanted: Wanted,
    order: Annotated[str, Query(pattern=f"^({'|'.join(ORDERS)})$")] = "newest",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    limit: Limit = 50,
) -> Response:
    """The events a filter finds, page by page."""
    query = replace(asked({}), filter=wanted, order=order, page=page)
    found = desk.asking.listing(query, limit)
    return _written({
        "found": found.found, "page": found.page, "pages": found.pages,
        "events": [event_object(event) for event in found.events],
    })  # fmt: skip


@router.get("/statements", response_model=Json)
def statements(desk: Here, wanted: Wanted, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Who said what; ``actor`` is the speaker, ``recipient`` through whom."""
    found = desk.asking.statements(replace(wanted, limit=limit, offset=offset))
    return _written({"statements": [statement_object(statement) for statement in found]})


@router.get("/ties", response_model=Json)
def ties(desk: Here, wanted: Wanted, limit: Limit = 50, offset: Offset = 0) -> Response:
    """How actors stand to each other; ``actor`` is either end, ``type`` the kind of tie."""
    found = desk.asking.ties(replace(wanted, limit=limit, offset=offset))
    return _written({"ties": [tie_object(tie) for tie in found]})


def _written(answer: Json) -> Response:
    """An answer as FastAPI would write it, which would first check it, in a thread that it has to wait for."""
    return Response(to_json(answer), media_type="application/json")


@router.get("/happenings", response_model=Json)
def happenings(
    desk: Here, wanted: Wanted, voices: Annotated[int, Query(ge=1, le=1000)] = 1, limit: Limit = 20
) -> Response:
    """What happened, once each, with its claims; what most independent voices tell first."""
    found = find(desk.asking, desk.told, wanted, voices=voices, start=0, limit=limit)
    told = ",".join(one.model_dump_json() for one in found)
    return Response(f'{{"happenings":[{told}]}}', media_type="application/json")


@router.get("/happenings/{key}", responses={404: {"description": "no such happening"}})
def happening(desk: Here, key: Annotated[str, Path(max_length=LONGEST)]) -> Json:
    """One happening with its claims."""
    found = StoredHappenings(desk.store).happening(key) if "\x00" not in key else None
    if found is None:
        raise HTTPException(404, "no such happening")
    return found.model_dump(mode="json")


@router.get("/corrections")
def corrections(desk: Here, limit: Limit = 200) -> Json:
    """What readers decided on events, the latest first."""
    found = history(desk.store, limit=limit)
    return {"corrections": [{**asdict(one), "made_at": one.made_at.isoformat()} for one in found]}


@router.get("/search")
def search(desk: Here, q: Annotated[str, Query(max_length=500)], limit: Limit = 20) -> Json:
    """Reports that hold all the words, best first; a snippet comes in parts, each with whether it was found."""
    hits = desk.store.search(q.replace("\x00", " "), limit=limit)
    return {"hits": [{"report": head_object(hit.report), "snippet": snippet(hit.snippet)} for hit in hits]}


@router.get("/actors")
def actors(desk: Here, name: Annotated[str, Query(min_length=1, max_length=LONGEST)]) -> Json:
    """What the reports hold the actors to be that a name or key stands for."""
    return {"actors": [asdict(known) for known in desk.asking.who(name.replace("\x00", " "))]}


@router.get("/months")
def by_month(desk: Here, wanted: Wanted) -> Json:
    """Events by month and quad class."""
    return {"months": [{"month": m, "quad": q, "events": n} for m, q, n in desk.asking.months(wanted)]}


@router.get("/points")
def on_map(desk: Here, wanted: Wanted) -> Json:
    """Events by place and quad class, where the place has coordinates."""
    return {"points": [asdict(point) for point in desk.asking.points(wanted)]}


@router.get("/links")
def network(desk: Here, wanted: Wanted) -> Json:
    """Who does what to whom: the most frequent pairs, by quad class."""
    names = ("actor", "recipient", "actor_name", "recipient_name", "quad", "events")
    return {"links": [dict(zip(names, row, strict=True)) for row in desk.asking.links(wanted)]}


@router.post("/code")
def code(desk: Here, given: Text) -> Json:
    """The record of a text, coded on the spot and not stored."""
    key = desk.spot.code(pasted(given.text, given.published, desk.spot.max_bytes))
    record = desk.spot.record(key)
    assert record is not None
    return record.model_dump(mode="json")
