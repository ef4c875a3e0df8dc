"""Events on a map, along a line of time, and as a network; each by the same filter as the table of events."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from polybius.cli.words import country_name
from polybius.knowledge import tables
from polybius.store import Filter
from polybius.web.asked import Asked, asked
from polybius.web.asking import Asking
from polybius.web.desk import Here
from polybius.web.pages import address, page
from polybius.web.questions import Point

router = APIRouter()
ON_A_LINE = 250  # events of a timeline: the latest
IN_TABLE = 50  # of these also in a table
ROWS = 18  # actors of a timeline; the others share a row
TIES = 400  # ties a network is drawn from


@router.get("/map", response_class=HTMLResponse)
def world(request: Request, desk: Here, by: str = "place") -> HTMLResponse:
    """Events where they happened: at their places, or by country."""
    wanted = asked(request.query_params)
    query = wanted.query(page=None, order=None)
    if wanted.problems:
        return _view(request, "map.html", wanted, rows=[], by=by, found=0)
    found = desk.kept.get(("points", wanted.filter), lambda: desk.asking.points(wanted.filter))
    placed = _by_country(found) if by == "country" else found
    rows = [_dot(point, query) for point in placed]
    total = desk.kept.get(("count", wanted.filter), lambda: desk.asking.count(wanted.filter))
    return _view(request, "map.html", wanted, rows=rows, by=by, found=total)


@router.get("/timeline", response_class=HTMLResponse)
def timeline(request: Request, desk: Here) -> HTMLResponse:
    """The latest events that a filter finds, by day, a row for each who does something."""
    wanted = asked(request.query_params)
    if wanted.problems:
        return _view(request, "timeline.html", wanted, rows=[], found=0, events=())
    found, marks = desk.asking.on_a_line(wanted.filter, ON_A_LINE, whole=IN_TABLE)
    rows = [
        {
            "day": one.date.start.isoformat(),
            "who": one.who or "nobody named",
            "quad": one.quad,
            "what": " ".join(filter(None, (one.type, one.mode, *one.auxiliary))),
            "words": one.words[:80],
            "url": f"/reports/{one.report}#event-{one.id}",
        }
        for one in marks
        if one.date
    ]
    return _view(
        request, "timeline.html", wanted, rows=_few_rows(rows), found=found.found, events=found.events
    )


@router.get("/network", response_class=HTMLResponse)
def network(request: Request, desk: Here) -> HTMLResponse:
    """Who deals with whom, and who stands how to whom."""
    wanted = asked(request.query_params)
    if wanted.problems:
        return _view(request, "network.html", wanted, graph={"nodes": [], "edges": []}, pairs=[])
    pairs = desk.kept.get(("links", wanted.filter), lambda: desk.asking.links(wanted.filter))
    ties = desk.kept.get(("ties", wanted.filter), lambda: _ties(desk.asking, wanted.filter))
    return _view(request, "network.html", wanted, graph=_graph(pairs, ties), pairs=pairs[:60])


def _view(request: Request, template: str, wanted: Asked, **shown: Any) -> HTMLResponse:
    return page(request, template, 422 if wanted.problems else 200, asked=wanted, **shown)


def _dot(point: Point, query: str) -> dict[str, Any]:
    name = point.name or country_name(point.country)
    place = {"place": point.name or point.country, "quad": point.quad}
    url = address("/events", **place) + (f"&{query}" if query else "")
    return {
        "name": name, "country": country_name(point.country), "latitude": point.latitude,
        "longitude": point.longitude, "quad": point.quad, "count": point.count, "url": url,
    }  # fmt: skip


def _by_country(found: Iterable[Point]) -> list[Point]:
    """The events of a country's places together, in its middle."""
    counts: dict[tuple[str, int], int] = {}
    for point in found:
        if point.country in _middles():
            counts[point.country, point.quad] = counts.get((point.country, point.quad), 0) + point.count
    return [Point(None, code, *_middles()[code], quad, number) for (code, quad), number in counts.items()]


@cache
def _middles() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each country, as the knowledge tables have it."""
    rows = tables.rows(tables.DATA / "countries.tsv")
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in rows
        if row["latitude"] and row["longitude"]
    }


def _few_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those who do little share a row, so that the chart stays readable."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["who"]] = counts.get(row["who"], 0) + 1
    shown = set(sorted(counts, key=lambda who: -counts[who])[:ROWS])
    return [row if row["who"] in shown else {**row, "who": "others"} for row in rows]


def _ties(asking: Asking, wanted: Filter) -> dict[tuple[str, str, str, str, str], int]:
    """How often each tie is told: ends by key, names, kind. What only events have is left out of the filter."""
    query = Filter(
        actor=wanted.actor, recipient=wanted.recipient, country=wanted.country, since=wanted.since,
        until=wanted.until, source=wanted.source, order="added", limit=TIES,
    )  # fmt: skip
    return asking.counted_ties(query)


def _graph(
    pairs: list[tuple[str, str, str, str, int, int]], ties: dict[tuple[str, str, str, str, str], int]
) -> dict[str, list[dict[str, Any]]]:
    """Nodes and edges; a node for each key, weighted by what it takes part in."""
    names: dict[str, str] = {}
    weights: dict[str, int] = {}
    edges: list[dict[str, Any]] = []

    def edge(one: str, other: str, name: str, other_name: str, number: int, **facts: Any) -> None:
        names.setdefault(one, name)
        names.setdefault(other, other_name)
        for key in (one, other):
            weights[key] = weights.get(key, 0) + number
        edges.append({"id": f"e{len(edges)}", "source": one, "target": other, "count": number, **facts})

    for one, other, name, other_name, quad, number in pairs:
        edge(one, other, name, other_name, number, quad=quad, label="")
    for (one, other, name, other_name, kind), number in ties.items():
        edge(one, other, name, other_name, number, quad=0, label=kind.replace("_", " "))
    nodes = [
        {"id": key, "label": name, "weight": weights[key], "url": address("/actor", **{"is": key})}
        for key, name in names.items()
    ]
    return {"nodes": nodes, "edges": edges}
