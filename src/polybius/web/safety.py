"""Who may ask, and what a page may do. One wrapper round the whole application, so that no route can forget it.

A page of another site cannot post here (``Origin``, ``Sec-Fetch-Site``, a token in every form), cannot read
here under a name of its own (``Host``), and cannot frame a page; nothing in a report can run (no inline script
or style is allowed at all). Bodies are counted as they come in, whatever their header says.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Form, HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM_COOKIE = "desk-form"
SESSION_COOKIE = "desk-session"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/static/", "/enter")
"""What is shown without a token: how to give one."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard holds to.

    Attributes:
        token: what a reader must give; None where none is asked, on loopback only.
        hosts: names under which the desk answers; None for any, where a token protects it.
        max_body: bytes of a request's body.
    """

    token: str | None
    hosts: frozenset[str] | None
    max_body: int

    def session(self) -> str:
        """What the browser keeps instead of the token."""
        return hmac.new((self.token or "").encode(), b"desk session", sha256).hexdigest()

    def knows(self, given: str) -> bool:
        """Whether this is the token."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())


class Guard:
    """The application behind its rules."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = _cookies(headers)
        kept = cookies.get(FORM_COOKIE, "")
        token = kept if len(kept) >= 32 and kept.isascii() else secrets.token_urlsafe(32)
        scope.setdefault("state", {})["form_token"] = token
        send = _with_headers(send, None if token == kept else token)
        refusal = self._refusal(scope, headers, cookies)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        counted = _Counted(receive, self.rules.max_body)
        try:
            await self.app(scope, counted, send)
        except _TooLarge:
            await _answer(scope, 413, "too large")(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        """Why this request is not answered, as an answer; None when it is."""
        path: str = scope["path"]
        if self.rules.hosts is not None and _host(headers.get("host", "")) not in self.rules.hosts:
            return _answer(scope, 421, "the desk does not answer under this name")
        if scope["method"] not in SAFE_METHODS and _from_elsewhere(headers):
            return _answer(scope, 403, "posted from another site")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.rules.max_body:
            return _answer(scope, 413, f"too large: at most {self.rules.max_body} bytes")
        if self.rules.token is None or path.startswith(OPEN_PATHS) or self._admitted(headers, cookies):
            return None
        if path.startswith("/api") or scope["method"] not in SAFE_METHODS:
            return _answer(scope, 401, "give the token: Authorization: Bearer TOKEN")
        return RedirectResponse("/enter", status_code=303)

    def _admitted(self, headers: Headers, cookies: dict[str, str]) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.rules.knows(given):
            return True
        return hmac.compare_digest(cookies.get(SESSION_COOKIE, "").encode(), self.rules.session().encode())


def form_token(request: Request, form_token: Annotated[str, Form()] = "") -> None:
    """A dependency of every route that takes a form: the form must be one of ours.

    Raises:
        HTTPException: 403 where it is not.
    """
    if not hmac.compare_digest(form_token.encode(), request.state.form_token.encode()):
        raise HTTPException(403, "the form is not one of this page, or too old: load the page again")


class _TooLarge(HTTPException):
    """More bytes came than are taken."""

    def __init__(self) -> None:
        super().__init__(413, "too large")


class _Counted:
    """A request's body, counted as it comes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.left = most

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise _TooLarge
        return message


def _with_headers(send: Send, form_cookie: str | None) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "private, no-cache")
            if form_cookie:
                headers.append(
                    "set-cookie", f"{FORM_COOKIE}={form_cookie}; Path=/; HttpOnly; SameSite=Strict"
                )
        await send(message)

    return sending


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that the request comes from a page of another origin."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for header in headers.getlist("cookie"):
        try:
            jar.load(header)
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in jar.items()}


def _answer(scope: Scope, status: int, why: str) -> Response:
    if scope["path"].startswith("/api"):
        return JSONResponse({"error": why}, status_code=status)
    return PlainTextResponse(f"polybius: {why}\n", status_code=status)
