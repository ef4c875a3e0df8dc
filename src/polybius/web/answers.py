"""What is found in the store as objects and as rows, for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from polybius.cli.writers import COLUMNS, harmless
from polybius.record import Actor
from polybius.store import FoundEvent, FoundStatement, FoundTie, ReportHead


def head_object(head: ReportHead) -> dict[str, Any]:
    """A report without its text."""
    names = ("id", "given_id", "title", "author", "source", "url", "language")
    return {
        **{name: getattr(head, name) for name in names},
        "published": head.published.isoformat() if head.published else None,
    }


def event_object(found: FoundEvent) -> dict[str, Any]:
    """An event as RECORD.md has it, with who takes part, its place, figures, words and report spelled out."""
    return {
        **found.event.model_dump(mode="json"),
        "words": found.words,
        "actors": _actors(found.actors),
        "recipients": _actors(found.recipients),
        "said_by": found.said_by.model_dump(mode="json") if found.said_by else None,
        "place": found.place.model_dump(mode="json") if found.place else None,
        "amounts": [
            {**amount.model_dump(mode="json"), "words": words}
            for amount, words in zip(found.amounts, found.figures, strict=True)
        ],
        "report": head_object(found.report),
    }


def statement_object(found: FoundStatement) -> dict[str, Any]:
    """A statement with its speaker, words and report spelled out."""
    return {
        **found.statement.model_dump(mode="json"),
        "words": found.words,
        "speaker": found.speaker.model_dump(mode="json") if found.speaker else None,
        "via": found.via.model_dump(mode="json") if found.via else None,
        "report": head_object(found.report),
    }


def tie_object(found: FoundTie) -> dict[str, Any]:
    """A tie with both ends, words and report spelled out."""
    return {
        **found.tie.model_dump(mode="json"),
        "words": found.words,
        "from": found.from_.model_dump(mode="json"),
        "to": found.to.model_dump(mode="json") if found.to else None,
        "said_by": found.said_by.model_dump(mode="json") if found.said_by else None,
        "report": head_object(found.report),
    }


def json_lines(events: Iterable[FoundEvent]) -> Iterator[str]:
    """One object a line."""
    for found in events:
        yield json.dumps(event_object(found), ensure_ascii=False) + "\n"


def csv_lines(events: Iterable[FoundEvent]) -> Iterator[str]:
    """A header and a row for each event, in the columns of ``polybius code --format csv``."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(COLUMNS)
    for found in events:
        row = _row(found)
        rows.writerow([harmless(row[column]) for column in COLUMNS])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _actors(found: Iterable[Actor]) -> list[dict[str, Any]]:
    return [actor.model_dump(mode="json") for actor in found]


def _row(found: FoundEvent) -> dict[str, Any]:
    event, head, place = found.event, found.report, found.place
    parties = {"actor": found.actors, "recipient": found.recipients}
    return {
        "report": head.id, "given_id": head.given_id, "title": head.title, "source": head.source,
        "published": head.published, "url": head.url, "event": event.id, "start": event.span[0],
        "end": event.span[1], "words": found.words, "type": event.type, "mode": event.mode,
        "contexts": "|".join(event.contexts), "auxiliary": "|".join(event.auxiliary),
        **{f"{role}s": "|".join(a.name for a in party) for role, party in parties.items()},
        **{f"{role}_countries": "|".join(a.country or "" for a in party) for role, party in parties.items()},
        **{f"{role}_sectors": "|".join(a.sector or "" for a in party) for role, party in parties.items()},
        "date_start": event.date and event.date.start, "date_end": event.date and event.date.end,
        "place": place and place.name, "place_country": place and place.country,
        "latitude": place and place.latitude, "longitude": place and place.longitude,
        "amounts": "|".join(found.figures), "said_by": found.said_by and found.said_by.name,
        "quad": event.quad, "intensity": event.intensity, "cameo": event.cameo, "confidence": event.confidence,
    }  # fmt: skip
