"""What all formats have in common: an event with what its ids stand for, and cells that nothing runs or splits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from os import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from polybius.errors import SettingsError
from polybius.knowledge import tables
from polybius.record import Actor, Amount, Document, Event, Place, Record, Span

FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet run a cell as a formula when it stands first."""

UNFULFILLED = frozenset({"negation", "future", "hypothetical"})
"""What did not happen, or not yet: a format without a column for it would tell it as a fact."""


@dataclass
class Written:
    """How much went out: rows written, and events left out with the reason and how often."""

    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str) -> None:
        """Count an event that the format cannot hold."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a record with all it refers to."""

    record: Record
    event: Event
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    said_by: Actor | None
    amounts: tuple[Amount, ...]

    @property
    def document(self) -> Document:
        """The report."""
        return self.record.document

    @property
    def words(self) -> str:
        """The words that say the event, on one line."""
        return self.quote(self.event.span) or ""

    @property
    def day(self) -> date | None:
        """The first day of the event; without one, the day its report came out, as PLOVER requires a day."""
        return self.event.date.start if self.event.date else self.document.published

    def quote(self, span: Span | None) -> str | None:
        """The words of a span on one line; None for none."""
        return " ".join(self.record.words(span).split()) if span else None

    def raw_names(self, role: str) -> list[str | None]:
        """How the report names its actors or recipients here, in their order; None where it does not."""
        spans = getattr(self.event.evidence, f"{role}s")
        ids = getattr(self.event, f"{role}s")
        return [self.quote(spans[at]) if at < len(spans) else None for at in range(len(ids))]


class Dyad(NamedTuple):
    """One actor and one recipient of an event, by their places in its lists; None where there are none."""

    actor: int | None
    recipient: int | None


def dyads(line: Line) -> Iterator[Dyad]:
    """Every pair of actor and recipient; of several actors without recipient, each actor alone."""
    actors: Iterable[int | None] = range(len(line.actors)) if line.actors else [None]
    recipients: Iterable[int | None] = range(len(line.recipients)) if line.recipients else [None]
    return (Dyad(*pair) for pair in product(actors, recipients))


def lines(record: Record) -> Iterator[Line]:
    """The events of a record, in order."""
    actors = {actor.id: actor for actor in record.actors}
    places = {place.id: place for place in record.places}
    amounts = {amount.id: amount for amount in record.amounts}
    for event in record.events:
        yield Line(
            record=record,
            event=event,
            actors=tuple(actors[id_] for id_ in event.actors),
            recipients=tuple(actors[id_] for id_ in event.recipients),
            place=places.get(event.place or ""),
            said_by=actors.get(event.said_by or ""),
            amounts=tuple(amounts[id_] for id_ in event.amounts),
        )


def harmless(cell: Any) -> Any:
    """A cell on one line that no spreadsheet takes for a formula: text that looks like one gets a ' before it."""
    if not isinstance(cell, str):
        return cell
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(FORMULA) else flat


def geonames_id(place: Place) -> str | None:
    """The number GeoNames has for a place; None when it is known otherwise or not at all."""
    table, _, number = (place.known_as or "").partition("/")
    return number if table == "geonames" else None


@cache
def country_names() -> dict[str, str]:
    """Names of countries by alpha-3 code."""
    return {row["code"]: row["name"] for row in tables.rows(tables.DATA / "countries.tsv")}


@cache
def fips_codes() -> dict[str, str]:
    """FIPS 10-4 codes by alpha-3 code, as GDELT has countries of places."""
    return {row["code"]: row["fips"] for row in tables.rows(tables.DATA / "countries.tsv") if row["fips"]}


class Outgoing:
    """A file that appears under its name only when it is whole.

    Raises:
        SettingsError: when it cannot be written there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")

    def __enter__(self) -> IO[str]:
        try:
            self.stream = open(self.part, "w", encoding="utf-8", newline="")
        except OSError as error:
            raise SettingsError(
                f"cannot be written: {error.strerror}", "choose another OUT", source=str(self.path)
            ) from None
        return self.stream

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.stream.close()
        if failed:
            self.part.unlink(missing_ok=True)
        else:
            replace(self.part, self.path)
