"""A query string as a filter of the store, and back: every view of the desk has an address that can be shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from polybius.record.model import Auxiliary
from polybius.store import Filter

PAGE = 50  # events on a page
LAST_PAGE = 100_000
LONGEST = 200  # characters of an answer to a field
ORDERS = ("newest", "oldest", "confident", "doubtful", "added")
AUXILIARIES = ("none", *Auxiliary.__args__)  # type: ignore[attr-defined]


def _quad(value: str) -> int:
    if value not in {"1", "2", "3", "4"}:
        raise ValueError("1, 2, 3 or 4")
    return int(value)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        raise ValueError("a number from 0 to 1") from None
    if not 0 <= share <= 1:
        raise ValueError("a number from 0 to 1")
    return share


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day, as YYYY-MM-DD") from None


def _auxiliary(value: str) -> str:
    if value not in AUXILIARIES:
        raise ValueError(" or ".join(AUXILIARIES))
    return value


def _word(value: str) -> str:
    if len(value) > LONGEST or not value.isprintable():
        raise ValueError(f"at most {LONGEST} printable characters")
    return value


READ: Mapping[str, Callable[[str], Any]] = {
    "actor": _word, "recipient": _word, "country": _word, "sector": _word, "type": _word, "mode": _word,
    "quad": _quad, "since": _day, "until": _day, "place": _word, "source": _word, "said_by": _word,
    "auxiliary": _auxiliary, "min_confidence": _share, "report": _word,
}  # fmt: skip
"""How each parameter is read; the names are the filter's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for.

    Attributes:
        filter: for the store; without paging.
        values: the parameters as they were given, those that are empty left out.
        problems: what cannot be used, by parameter; with any, nothing should be looked up.
        order: newest, oldest, confident, doubtful or added.
        page: from 1.
    """

    filter: Filter
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    order: str = "newest"
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The query string, with some parameters changed (None takes one away)."""
        values: dict[str, Any] = {**self.values, **changes}
        if changes and "page" not in changes:
            values.pop("page", None)
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query string; what is unknown to events (a form's own fields) is passed over."""
    values = {name: text for name in (*READ, "order", "page") if (text := query.get(name, "").strip())}
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, read in READ.items():
        if name in values:
            try:
                found[name] = read(values[name])
            except ValueError as error:
                problems[name] = str(error)
    order, page = values.get("order", "newest"), values.get("page", "1")
    if order not in ORDERS:
        problems["order"] = " or ".join(ORDERS)
    if not (page.isascii() and page.isdigit() and 0 < int(page[:9]) <= LAST_PAGE):
        problems["page"] = f"a number from 1 to {LAST_PAGE}"
        page = "1"
    if not problems and values.get("page") == "1":
        del values["page"]
    return Asked(Filter(**found), values, problems, order, int(page[:9]))


def ordered(wanted: Filter, order: str) -> Filter:
    """The filter in the store's own order that holds the same events; ``newest`` and ``doubtful`` read it backwards."""
    if order in {"confident", "doubtful"}:
        return replace(wanted, order="confidence")
    return replace(wanted, order="added" if order == "added" else "date")
