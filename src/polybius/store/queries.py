"""Events, statements and ties by a filter, each with what a reader needs beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select, tuple_

from polybius.record import Actor, Amount, Event, Place, Statement, Tie
from polybius.record.names import fold
from polybius.store import schema
from polybius.store.filters import Filter
from polybius.store.rows import Row, actor_of, amount_of, event_of, place_of, statement_of, tie_of


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text: ``number`` is its place in the order of arrival."""

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
    """An event with its report, its words, and the actors, place and figures its ids stand for."""

    report: ReportHead
    event: Event
    words: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    said_by: Actor | None
    place: Place | None
    amounts: tuple[Amount, ...]
    figures: tuple[str, ...]
    """The words of the amounts."""


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement with its report, its words, and who said it through whom."""

    report: ReportHead
    statement: Statement
    words: str
    speaker: Actor | None
    via: Actor | None


@dataclass(frozen=True, slots=True)
class FoundTie:
    """A tie with its report, its words, both ends, and who claims it."""

    report: ReportHead
    tie: Tie
    words: str
    from_: Actor
    to: Actor | None
    said_by: Actor | None
