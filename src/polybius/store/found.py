"""What queries give: an event, statement or tie with its report, its words, and what its ids stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from polybius.record import Actor, Amount, Event, Place, Statement, Tie


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text; ``number`` is its place in the order of arrival."""

    number: int
    id: str
    given_id: str | None
    title: str | None
    published: date | None
    author: str | None
    source: str | None
    url: str | None
    language: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event; ``figures`` are the words of its amounts."""

    report: ReportHead
    event: Event
    words: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    said_by: Actor | None
    place: Place | None
    amounts: tuple[Amount, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventWords:
    """The words of an event and of its figures, and its report: what is not held elsewhere by who knows the rest."""

    report: ReportHead
    words: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidWords:
    """The same of a statement or a tie; ``rank`` is that of a tie."""

    report: ReportHead
    words: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement, who said it, and through whom."""

    report: ReportHead
    statement: Statement
    words: str
    speaker: Actor | None
    via: Actor | None


@dataclass(frozen=True, slots=True)
class FoundTie:
    """A tie, its two ends, and who claims it."""

    report: ReportHead
    tie: Tie
    words: str
    from_: Actor
    to: Actor | None
    said_by: Actor | None
