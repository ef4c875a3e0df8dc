"""What a query asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Order = Literal["date", "confidence", "published", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a query asks for; None asks for nothing. Codes as in RECORD.md; days inclusive.

    Names are compared folded (case, accents, "the"). An actor is found by its name, an alias, its key
    (``person/…``) or, where it is a state, its country code.

    Attributes:
        actor: who did it; the speaker of a statement; either end of a tie.
        recipient: to whom it was done; through whom it was said; the far end of a tie.
        country: alpha-3 code of anyone taking part.
        sector: PLOVER sector of anyone taking part.
        type: event type, or kind of tie.
        place: name, key or alpha-3 country code of the place.
        since, until: events, statements and ties whose days overlap them; what has no day is not found.
        source: the report's source.
        said_by: who claims it, when it is not the report's own voice.
        auxiliary: negation, future, hypothetical, historical; or "none" for plain facts.
        report: id of one report, or its given id.
        order: by day, confidence (highest first), day of publication, or as they came in.
    """

    actor: str | None = None
    recipient: str | None = None
    country: str | None = None
    sector: str | None = None
    type: str | None = None
    mode: str | None = None
    quad: int | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    source: str | None = None
    said_by: str | None = None
    min_confidence: float | None = None
    auxiliary: str | None = None
    report: str | None = None
    limit: int | None = None
    offset: int = 0
    order: Order = "date"
