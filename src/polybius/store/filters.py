"""What a query asks for, and the conditions that say it in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, tuple_

from polybius.errors import SettingsError
from polybius.record.names import fold
from polybius.store.schema import actor_names, actors, events, participants, places, reports, statements, ties

Order = Literal["date", "confidence", "published", "added", "latest"]
Condition = ColumnElement[bool]


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
        since, until: days that the event overlaps; one without a day is not found. A statement or tie
            without a day counts on the day its report was published.
        source: the report's source.
        said_by: who claims it, when it is not the report's own voice.
        auxiliary: negation, future, hypothetical, historical; or "none" for plain facts.
        report: id of one report, or its given id.
        order: by day, confidence (highest first), day of publication, as they came in, or the latest in first.
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


ONLY_EVENTS = frozenset({"mode", "quad", "place", "min_confidence", "auxiliary"})


def event_conditions(wanted: Filter) -> Iterator[Condition]:
    """The conditions on ``events``, joined to ``reports``."""
    columns = events.c
    yield from _report_conditions(wanted)
    for role in ("actor", "recipient"):
        if name := getattr(wanted, role):
            yield _takes_part(_named(name), role)
    if wanted.country:
        yield _takes_part(_actors_with(country=wanted.country.upper()))
    if wanted.sector:
        yield _takes_part(_actors_with(sector=wanted.sector.upper()))
    if wanted.type:
        yield columns.type.in_(sorted({wanted.type, wanted.type.upper()}))
    if wanted.mode:
        yield columns.mode == wanted.mode
    if wanted.quad is not None:
        yield columns.quad == wanted.quad
    if wanted.place:
        yield tuple_(columns.report, columns.place).in_(_places(wanted.place))
    if wanted.since:
        yield columns.date_end >= wanted.since
    if wanted.until:
        yield columns.date_start <= wanted.until
    if wanted.said_by:
        yield tuple_(columns.report, columns.said_by).in_(_named(wanted.said_by))
    if wanted.min_confidence is not None:
        yield columns.confidence >= wanted.min_confidence
    if wanted.auxiliary == "none":
        yield columns.auxiliary == ""
    elif wanted.auxiliary:
        yield ("|" + columns.auxiliary + "|").contains(f"|{wanted.auxiliary}|", autoescape=True)


def statement_conditions(wanted: Filter) -> Iterator[Condition]:
    """The conditions on ``statements``, joined to ``reports``.

    Raises:
        SettingsError: when the filter asks for what statements do not have.
    """
    _refuse(wanted, "statements", ONLY_EVENTS | {"type"})
    columns = statements.c
    yield from _report_conditions(wanted)
    for name, column in ((wanted.actor, "speaker"), (wanted.said_by, "speaker"), (wanted.recipient, "via")):
        if name:
            yield tuple_(columns.report, columns[column]).in_(_named(name))
    for facts in _codes(wanted):
        yield _any_of(statements, ("speaker", "via"), _actors_with(**facts))
    if wanted.since:
        yield func.coalesce(columns.date_end, reports.c.published) >= wanted.since
    if wanted.until:
        yield func.coalesce(columns.date_start, reports.c.published) <= wanted.until


def tie_conditions(wanted: Filter) -> Iterator[Condition]:
    """The conditions on ``ties``, joined to ``reports``.

    Raises:
        SettingsError: when the filter asks for what ties do not have.
    """
    _refuse(wanted, "ties", ONLY_EVENTS)
    columns = ties.c
    yield from _report_conditions(wanted)
    if wanted.actor:
        yield _any_of(ties, ("from_actor", "to_actor"), _named(wanted.actor))
    if wanted.recipient:
        yield tuple_(columns.report, columns.to_actor).in_(_named(wanted.recipient))
    for facts in _codes(wanted):
        yield _any_of(ties, ("from_actor", "to_actor"), _actors_with(**facts))
    if wanted.type:
        yield columns.kind == wanted.type
    if wanted.said_by:
        yield tuple_(columns.report, columns.said_by).in_(_named(wanted.said_by))
    if wanted.since:
        yield func.coalesce(columns.until, reports.c.published) >= wanted.since
    if wanted.until:
        yield func.coalesce(columns.since, reports.c.published) <= wanted.until


def _report_conditions(wanted: Filter) -> Iterator[Condition]:
    if wanted.source:
        yield func.lower(reports.c.source) == wanted.source.lower()
    if wanted.report:
        yield or_(reports.c.id == wanted.report, reports.c.given_id == wanted.report)


def _refuse(wanted: Filter, what: str, without: Iterable[str]) -> None:
    """Say so rather than silently find all: a filter that does not apply is a mistake."""
    for field in fields(wanted):
        if field.name in without and getattr(wanted, field.name) is not None:
            raise SettingsError(f"{what} have no {field.name.replace('_', ' ')}", "leave it out")


def _codes(wanted: Filter) -> Iterator[dict[str, str]]:
    if wanted.country:
        yield {"country": wanted.country.upper()}
    if wanted.sector:
        yield {"sector": wanted.sector.upper()}


def _named(name: str) -> Select[Any]:
    """(report, actor) of all actors that a name or key stands for."""
    names = sorted({fold(name), name.lower()})
    return select(actor_names.c.report, actor_names.c.actor).where(actor_names.c.name.in_(names))


def _actors_with(**facts: str) -> Select[Any]:
    """(report, actor) of all actors with a code."""
    conditions = [actors.c[column] == value for column, value in facts.items()]
    return select(actors.c.report, actors.c.id.label("actor")).where(*conditions)


def _takes_part(who: Select[Any], role: str | None = None) -> Condition:
    """The event is one of those the actors take part in, by a list the index gives, not event by event."""
    found = who.subquery()
    here = (participants.c.report == found.c.report) & (participants.c.actor == found.c.actor)
    taken = select(participants.c.report, participants.c.event).join(found, here)
    if role is not None:
        taken = taken.where(participants.c.role == role)
    return tuple_(events.c.report, events.c.id).in_(taken)


def _any_of(table: Table, columns: tuple[str, ...], who: Select[Any]) -> Condition:
    return or_(*(tuple_(table.c.report, table.c[column]).in_(who) for column in columns))


def _places(place: str) -> Select[Any]:
    """(report, place) of all places with a name, key or country."""
    columns = places.c
    if len(place) == 3 and place.isupper():
        return select(columns.report, columns.id).where(columns.country == place)
    found = or_(columns.folded == fold(place), columns.known_as == place)
    return select(columns.report, columns.id).where(found)
