"""What leaves this room: a Report, or a Failure that says why there is none.

Offsets are code points of ``Report.text`` and never move afterwards: furniture is marked, not cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from polybius.errors import IntakeError

Span = tuple[int, int]
"""``[start, end)`` in code points of the report's text."""

MAX_BYTES = 500_000
"""Longest text of one report, in bytes of UTF-8; about four times the longest news feature."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready for the next room.

    ``text`` is a plain-text file's text verbatim, or the text taken from a page. ``furniture`` holds what is
    page and not report (sorted, without overlap): no record may rest on it. ``headline``, ``byline``,
    ``dayline`` (a line that only says the day) and ``dateline`` ("MOSCOW, Sept 25 (Reuters) -") are the
    report's own head; a byline pasted from a forum lies inside furniture. ``given_id`` is the sender's own
    key, ``origin`` the file (and row) the report was read from.
    """

    id: str
    text: str
    language: str
    title: str | None = None
    published: date | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    given_id: str | None = None
    origin: str | None = None
    furniture: tuple[Span, ...] = ()
    headline: Span | None = None
    byline: Span | None = None
    dayline: Span | None = None
    dateline: Span | None = None
    dateline_place: Span | None = None
    dateline_day: date | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be taken in: where it was, and the error to show."""

    source: str
    error: IntakeError


@dataclass(frozen=True, slots=True)
class FieldNames:
    """How the columns of a CSV or the keys of a JSON object are named; case does not matter."""

    text: str = "text"
    title: str = "title"
    published: str = "published"
    author: str = "author"
    source: str = "source"
    url: str = "url"
    id: str = "id"


Taken = Iterator[Report | Failure]
"""What every reader gives: one item per report found, in the order found; bad ones do not stop the rest."""


def report_id(text: str, published: date | None) -> str:
    """Give the key of a report: the same text of the same day is the same report."""
    day = published.isoformat() if published else ""
    return sha256(f"{text}\n{day}".encode()).hexdigest()[:16]
