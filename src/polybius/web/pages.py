"""Templates, and the words and signs they use. Everything is escaped; only our own templates hold markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from polybius.cli.words import clean, country_name, days, flag, sector_words
from polybius.record import Actor, Amount, Event
from polybius.store import Filter
from polybius.web.rows import Row, Who

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
QUAD_SIGNS = {1: "○", 2: "●", 3: "△", 4: "▲"}
"""A round sign for cooperation, a pointed one for conflict; filled where it is material: no colour needed."""

AUXILIARIES = {"negation": "✗ not", "future": "↗ future", "hypothetical": "? if", "historical": "↶ past"}
BOUNDS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "about": "≈ ", "vague": "≈ "}
MANY = 5_000  # actors whose links are kept
_TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_TURNING}]")


def page(request: Request, template: str, /, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page from a template; every page also gets the form token and the address asked for."""
    context = {"form_token": request.state.form_token, "path": request.url.path, **shown}
    return HTMLResponse(_environment().get_template(template).render(context), status_code=status)


def shown(text: str) -> str:
    """Text as a page can hold it: signs for characters that are invisible and turn, break or end a line of text."""
    return _UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    character = found[0]
    if character in _TURNING:
        return f"⟦{unicodedata.name(character).lower()}⟧"
    if character == "\r":
        return ""
    return chr(0x2400 + ord(character)) if ord(character) < 32 else "\ufffd"


def web_address(url: str | None) -> str | None:
    """The address when it is one of the web that a browser opens without harm; None for any other."""
    if not url or not url.isprintable():
        return None
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def figure(amount: Amount) -> str:
    """An amount in figures: "≥ 50", "52,000,000 USD"."""
    if amount.value is None:
        return "no figure"
    unit = "" if amount.kind == "count" else amount.unit or ""
    return f"{BOUNDS[amount.bound]}{amount.value:,.10g} {unit}".strip()


def actor_key(actor: Actor | Who) -> str:
    """By what the store finds an actor again: its key where it is known, else its name."""
    return actor.known_as or actor.name


def described(actor: Actor | Who) -> str:
    """Who an actor is, in a few words: "foreign minister, government, Russia"."""
    return _described(actor.role, actor.sector, actor.kind, actor.country)


@lru_cache(MANY)
def _described(role: str | None, sector: str | None, kind: str, country: str | None) -> str:
    state = "state" if kind == "state" else ""
    parts = (role or "", sector_words(sector) or state, country_name(country))
    return ", ".join(clean(part) for part in parts if part)


def actor_links(actors: Collection[Actor | Who], nobody: str = "") -> Markup:
    """Names of actors, each a link to their page; ``nobody`` where there are none."""
    if not actors and nobody:
        return Markup('<span class="dim">{}</span>').format(nobody)
    links = [_link(actor_key(w), w.name, w.role, w.sector, w.kind, w.country) for w in actors]
    return links[0] if len(links) == 1 else Markup(", ".join(links))


@lru_cache(MANY)
def _link(key: str, name: str, *facts: Any) -> Markup:
    """One link; the same few actors stand in most rows of a page."""
    url = "/actor?" + urlencode({"is": key})
    return Markup('<a href="{}" title="{}"><bdi>{}</bdi></a>').format(url, _described(*facts), shown(name))


def month_rows(rows: Iterable[tuple[str, int, int]]) -> Markup:
    """Rows of a table of months; nothing in them comes from a report, so nothing needs to be escaped."""
    kinds = {quad: f'</td><td>{QUAD_SIGNS[quad]} {QUADS[quad]}</td><td class="number">' for quad in QUADS}
    return Markup("".join(f"<tr><td>{month}{kinds[quad]}{n}</td></tr>" for month, quad, n in rows))


def deed(event: Event | Row) -> Markup:
    """What was done, as the macro shows it."""
    return _deed(event.quad, event.type, event.mode, event.auxiliary)


@lru_cache(MANY)
def _deed(quad: int, type_: str, mode: str | None, auxiliary: tuple[str, ...]) -> Markup:
    """One deed; the same few stand in most rows of a page."""
    macros: Any = _environment().get_template("macros.html").module
    return Markup(macros.deed({"quad": quad, "type": type_, "mode": mode, "auxiliary": auxiliary}))


@lru_cache(MANY)
def doubt(share: float) -> Markup:
    """How sure something is, as a bar and in figures."""
    meter = f'<meter min="0" max="1" value="{share}" aria-label="confidence"></meter>'
    return Markup(f'<span class="doubt">{meter} {share:.2f}</span>')


def address(path: str, **asked: Any) -> str:
    """An address with the parameters that are given."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{path}?" + "&".join(f"{name}={_quoted(str(given[name]))}" for name in given) if given else path


@lru_cache(MANY)
def _quoted(value: str) -> str:
    return quote_plus(value)


@cache
def static(name: str) -> str:
    """The address of a file under ``static``, with its hash, so that a browser may keep it for ever."""
    data = (resources.files("polybius.web") / "static" / name).read_bytes()
    return f"/static/{name}?{sha256(data).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("polybius.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        shown=shown, days=days, figure=figure, country=country_name, flag=flag, sector=sector_words,
        web_address=web_address, described=described, actor_links=actor_links, month_rows=month_rows,
        clean=clean, deed=deed, doubt=doubt,
    )  # fmt: skip
    globals_: Mapping[str, Any] = {
        "static": static, "address": address, "QUADS": QUADS, "QUAD_SIGNS": QUAD_SIGNS,
        "AUXILIARIES": AUXILIARIES, "Filter": Filter,
    }  # fmt: skip
    environment.globals.update(globals_)
    return environment
