"""The forms filled in on the way of a report: what one coded report holds.

Every span is ``(start, end)``, half open, in code points of ``document.text``. Identifiers (``a1``,
``e3``) hold within one record. All forms are frozen: a room adds records and changes none.
The format is RECORD.md's; fields may be added, none is taken away.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = tuple[int, int]

ActorKind = Literal["person", "state", "organization", "group"]
MentionKind = Literal["name", "title", "pronoun", "description", "metonym"]
Bound = Literal["exact", "at_least", "at_most", "about", "vague"]
AmountKind = Literal["count", "money", "mass", "distance", "percent", "other"]
Auxiliary = Literal["negation", "future", "hypothetical", "historical"]
Form = Literal["direct", "indirect", "mixed"]


class Model(BaseModel):
    """Frozen, closed to unknown fields, and written out under the names RECORD.md gives."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Document(Model):
    """The report itself: its text verbatim, and what is known about where it comes from."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    given_id: str | None = None
    language: str = "en"
    furniture: tuple[Span, ...] = ()


class Actor(Model):
    """Someone or something that acts, under the fullest name the report or the knowledge gives."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    known_as: str | None = None


class Mention(Model):
    """The words that stand for an actor at one place."""

    span: Span
    actor: str
    kind: MentionKind


class Place(Model):
    """A place that is a place here, not a government. Latitude and longitude in degrees, WGS 84."""

    id: str
    span: Span
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    known_as: str | None = None


class Time(Model):
    """A time expression, resolved against the day of publication; both ends inclusive."""

    span: Span
    start: date
    end: date


class Amount(Model):
    """A figure. ``value`` is in ``unit`` (ISO 4217 for money, t, km, percent); ``of`` is what is counted."""

    id: str
    span: Span
    value: float | None = None
    bound: Bound = "exact"
    kind: AmountKind = "count"
    unit: str | None = None
    of: str | None = None
    previous: float | None = None


class Interval(Model):
    """A stretch of days, both ends inclusive."""

    start: date
    end: date


class EventEvidence(Model):
    """Where an event's fields rest. Null: inferred, not said."""

    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    date: Span | None = None
    place: Span | None = None
    auxiliary: Span | None = None
    said_by: Span | None = None


class Event(Model):
    """Who did what to whom, in PLOVER's codes. ``confidence`` runs from 0 to 1."""

    id: str
    span: Span
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: Interval | None = None
    place: str | None = None
    auxiliary: tuple[Auxiliary, ...] = ()
    amounts: tuple[str, ...] = ()
    said_by: str | None = None
    statement: str | None = None
    quad: int
    intensity: float
    cameo: str | None = None
    confidence: float = Field(ge=0, le=1)
    evidence: EventEvidence = EventEvidence()


class StatementEvidence(Model):
    """Where a statement's fields rest. Null: inferred, not said."""

    speaker: Span | None = None
    via: Span | None = None
    date: Span | None = None


class Statement(Model):
    """Words somebody answers for. ``span`` is the content, ``cue`` the word of saying."""

    id: str
    span: Span
    cue: Span | None = None
    speaker: str | None = None
    via: str | None = None
    form: Form
    date: Interval | None = None
    evidence: StatementEvidence = StatementEvidence()


class TieEvidence(Model):
    """Where a tie's fields rest. Null: inferred, not said."""

    from_: Span | None = Field(default=None, alias="from")
    to: Span | None = None
    since: Span | None = None
    until: Span | None = None


class Tie(Model):
    """How one actor stands to another: a standing relation, not a happening."""

    id: str
    span: Span
    kind: str
    from_: str = Field(alias="from")
    to: str | None = None
    rank: int | None = None
    since: date | None = None
    until: date | None = None
    said_by: str | None = None
    evidence: TieEvidence = TieEvidence()


class Omission(Model):
    """What was seen and not coded, and why; given out only when asked for (``--explain``)."""

    span: Span
    room: str
    reason: str


class Record(Model):
    """One coded report. ``coder`` says which versions of code, models and knowledge made it."""

    document: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    ties: tuple[Tie, ...] = ()
    omissions: tuple[Omission, ...] | None = Field(default=None, exclude_if=lambda value: value is None)
    coder: dict[str, Any] = Field(default_factory=dict)

    def words(self, span: Span) -> str:
        """The words of the report that a span covers."""
        return self.document.text[span[0] : span[1]]
