"""The desk as one application: routes, their guard, and errors as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import resources
from importlib.metadata import version
from threading import Thread
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from polybius.errors import PolybiusError
from polybius.intake.report import MAX_BYTES
from polybius.store import Store
from polybius.web import (
    actor_pages,
    api,
    event_pages,
    front_pages,
    happening_pages,
    report_pages,
    review_pages,
    spot_pages,
    view_pages,
)
from polybius.web.asking import Asking
from polybius.web.desk import Desk
from polybius.web.pages import page
from polybius.web.safety import Guard, Rules
from polybius.web.spot import Codes, Spot
from polybius.web.told import warm

SLACK = 4  # a text takes up to three bytes for one in a form, and a page more than its text

AT_ONCE = 3  # pages computed side by side: more only take each other's turn at the interpreter's lock


def create_app(
    store: Store,
    *,
    token: str | None = None,
    hosts: frozenset[str] | None = None,
    load: Callable[[], Codes] | None = None,
    max_bytes: int = MAX_BYTES,
) -> FastAPI:
    """The desk over a store.

    Args:
        store: an open store; the caller closes it.
        token: what a reader must give; None asks for none, which is for loopback only.
        hosts: the only names under which the desk answers; None for any.
        load: gives the coder for texts pasted here; by default ``polybius.load(explain=True)``.
        max_bytes: longest text of one report, in bytes.
    """
    rules = Rules(token, hosts, SLACK * max_bytes)
    spot = Spot(load or _load, max_bytes)

    asking = Asking(store)
    desk = Desk(store, spot, rules, asking)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        if asking.digests.current() is None:  # a large store is read from now on, behind the readers' backs
            Thread(target=warm, args=(asking, desk.told), daemon=True).start()
        yield
        spot.close()

    app = FastAPI(
        title="polybius", version=version("polybius"), description=api.ABOUT, lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.state.desk = desk
    rooms = (
        front_pages, report_pages, spot_pages, event_pages, actor_pages, happening_pages, view_pages, review_pages,
    )  # fmt: skip
    for room in rooms:
        app.include_router(room.router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", _Static(directory=str(resources.files("polybius.web") / "static")))
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(PolybiusError, _cannot)
    app.add_middleware(
        GZipMiddleware, minimum_size=2000, compresslevel=3
    )  # half the time of 5 for a tenth more
    app.add_middleware(Guard, rules=rules)
    return app


class _Static(StaticFiles):
    """Our own files; their addresses hold their hash, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _load() -> Codes:
    from polybius.coder import load

    return load(explain=True)


def _problem(request: Request, status: int, why: str) -> Response:
    """One shape of error for every route: a page for readers, an object for programs."""
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": why}, status_code=status)
    return page(request, "problem.html", status, title=HTTPStatus(status).phrase, why=why)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _problem(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems: list[Any] = list(error.errors())
    first = problems[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return _problem(request, 422, f"{where}: {first['msg']}" if where else str(first["msg"]))


async def _cannot(request: Request, error: Exception) -> Response:
    return _problem(request, 422, str(error))
