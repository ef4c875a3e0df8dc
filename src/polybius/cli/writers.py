"""Writes records as a page, JSON, JSON Lines or CSV: each writer takes records as they come and a stream."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from polybius.cli.page import write_pages
from polybius.record import Actor, Document, Event, Place, Record

if TYPE_CHECKING:
    from polybius.store import ReportHead

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell as a formula when it stands first."""

COLUMNS = (
    "report", "given_id", "title", "source", "published", "url", "event", "start", "end", "words", "type",
    "mode", "contexts", "auxiliary", "actors", "actor_countries", "actor_sectors", "recipients",
    "recipient_countries", "recipient_sectors", "date_start", "date_end", "place", "place_country",
    "latitude", "longitude", "amounts", "said_by", "quad", "intensity", "cameo", "confidence",
)  # fmt: skip
"""CSV columns; several values in a cell are joined by "|". ``start`` and ``end`` are the words' offsets."""


def write_json(records: Iterable[Record], out: TextIO) -> None:
    """One record as one indented object; several as JSON Lines."""
    waiting = iter(records)
    first = next(waiting, None)
    if first is None:
        return
    second = next(waiting, None)
    if second is None:
        out.write(first.model_dump_json(indent=2) + "\n")
    else:
        write_json_lines(chain((first, second), waiting), out)


def write_json_lines(records: Iterable[Record], out: TextIO) -> None:
    """One object a line, one line a report."""
    for record in records:
        out.write(record.model_dump_json() + "\n")
        out.flush()


def write_csv(records: Iterable[Record], out: TextIO) -> None:
    """A header, then a row for each event of each record."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for record in records:
        for event in record.events:
            row = _row(record, event)
            rows.writerow([harmless(row[column]) for column in COLUMNS])
        out.flush()


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that looks like one gets a ' before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _row(record: Record, event: Event) -> Mapping[str, Any]:
    actors = {actor.id: actor for actor in record.actors}
    figures = {amount.id: record.words(amount.span) for amount in record.amounts}
    return event_row(
        record.document,
        event,
        words=record.words(event.span),
        actors=[actors[id_] for id_ in event.actors],
        recipients=[actors[id_] for id_ in event.recipients],
        said_by=actors[event.said_by] if event.said_by else None,
        place=next((p for p in record.places if p.id == event.place), None),
        figures=[figures[id_] for id_ in event.amounts],
    )


def event_row(
    report: Document | ReportHead,
    event: Event,
    *,
    words: str,
    actors: Sequence[Actor],
    recipients: Sequence[Actor],
    said_by: Actor | None,
    place: Place | None,
    figures: Sequence[str],
) -> Mapping[str, Any]:
    """A row under ``COLUMNS``; ``figures`` are the words of the event's amounts."""
    return {
        **about(report),
        "event": event.id,
        "start": event.span[0],
        "end": event.span[1],
        "words": words,
        "type": event.type,
        "mode": event.mode,
        "contexts": "|".join(event.contexts),
        "auxiliary": "|".join(event.auxiliary),
        **_party("actor", actors),
        **_party("recipient", recipients),
        "date_start": event.date and event.date.start,
        "date_end": event.date and event.date.end,
        "place": place and place.name,
        "place_country": place and place.country,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "amounts": "|".join(figures),
        "said_by": said_by and said_by.name,
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "confidence": event.confidence,
    }


def about(report: Document | ReportHead) -> Mapping[str, Any]:
    """The columns that say which report a row is from."""
    return {
        "report": report.id,
        "given_id": report.given_id,
        "title": report.title,
        "source": report.source,
        "published": report.published,
        "url": report.url,
    }


def _party(role: str, actors: Sequence[Actor]) -> Mapping[str, str]:
    """The names, countries and sectors of the actors or recipients, each list in the same order."""
    return {
        f"{role}s": "|".join(actor.name for actor in actors),
        f"{role}_countries": "|".join(actor.country or "" for actor in actors),
        f"{role}_sectors": "|".join(actor.sector or "" for actor in actors),
    }


WRITERS: Mapping[str, Callable[[Iterable[Record], TextIO], None]] = {
    "table": write_pages,
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_csv,
}
"""By the name of the format, as ``polybius.cli.Format`` lists them."""
