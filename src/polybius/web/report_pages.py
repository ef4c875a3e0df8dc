"""A report as it was written, with everything that rests on it marked, and the tables beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from polybius.record import Record
from polybius.web.desk import Here
from polybius.web.marks import pieces
from polybius.web.pages import page
from polybius.web.questions import latest_reports

router = APIRouter()
QUOTED = 160  # characters of a statement shown in the table


@dataclass(frozen=True, slots=True)
class Reading:
    """A record with what its ids stand for, as the templates read it."""

    record: Record

    def names(self, ids: Iterable[str | None]) -> list[Any]:
        """The actors that ids stand for."""
        actors = {actor.id: actor for actor in self.record.actors}
        return [actors[id_] for id_ in ids if id_ in actors]

    def place(self, id_: str | None) -> Any:
        """The place that an id stands for."""
        return next((place for place in self.record.places if place.id == id_), None)

    def amounts(self, ids: Iterable[str]) -> list[Any]:
        """The amounts that ids stand for."""
        return [amount for amount in self.record.amounts if amount.id in set(ids)]

    def words(self, span: tuple[int, int]) -> str:
        """The words of a span, shortened at a word where they are many."""
        words = " ".join(self.record.words(span).split())
        return words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + " …"


@router.get("/reports/{report_id}", response_class=HTMLResponse)
def report(request: Request, desk: Here, report_id: str) -> HTMLResponse:
    """A report of the store."""
    record = desk.store.record(report_id)
    if record is None:
        raise HTTPException(404, "no such report")
    return show(request, record, appearances=desk.store.appearances(report_id))


@router.get("/reports", response_class=HTMLResponse)
def reports(request: Request, desk: Here, before: int | None = None) -> HTMLResponse:
    """The reports of the store, the latest that came in first."""
    found = latest_reports(desk.store, limit=51, before=before)
    return page(
        request, "reports.html", reports=found[:50], more=found[49].number if len(found) > 50 else None
    )


def show(
    request: Request, record: Record, *, appearances: Any = (), spot: str | None = None, kept: bool = False
) -> HTMLResponse:
    """The page of a record; ``spot`` is its key when it was coded on the spot, ``kept`` whether it is stored."""
    return page(
        request, "report.html", record=record, pieces=pieces(record), reading=Reading(record),
        appearances=appearances, spot=spot, kept=kept,
    )  # fmt: skip
