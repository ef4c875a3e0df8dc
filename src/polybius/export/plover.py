"""PLOVER JSON Lines: one object an event, with the names of the manual's chapter on records (draft 2.0, 2024).

What the manual has no field for keeps our name: ``auxiliary``, ``said_by``, ``amounts``, ``confidence``, ``cameo``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from polybius.export.lines import Line, Outgoing, Written, country_names, geonames_id, lines
from polybius.record import Actor, Place, Record

CODEBOOK = "plover-2.0"
NONSTATE = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""Sectors that stand in the place of a country's code (PLOVER, chapter on actors)."""


def write_plover(records: Iterable[Record], path: Path) -> Written:
    """One JSON object a line; an event without a day takes that of publication, one without either is left out."""
    written = Written()
    coded = datetime.now(UTC)
    with Outgoing(path) as stream:
        for record in records:
            for number, line in enumerate(lines(record)):
                if line.day is None:
                    written.leave_out("without any day")
                    continue
                stream.write(json.dumps(plover_object(line, number, coded), ensure_ascii=False) + "\n")
                written.rows += 1
    return written


def plover_object(line: Line, number: int, coded: datetime) -> dict[str, Any]:
    """The object of one event; ``number`` is its place in the report."""
    event, document = line.event, line.document
    day = line.day
    return {
        "id": f"{document.id}-{event.id}",
        "has_event": True,
        "date": day.isoformat() if day else None,
        "enddate": event.date.end.isoformat() if event.date and event.date.end != event.date.start else None,
        "date_from_publication": event.date is None,
        "actor": [_entity(a, raw) for a, raw in zip(line.actors, line.raw_names("actor"), strict=True)],
        "recipient": [
            _entity(a, raw) for a, raw in zip(line.recipients, line.raw_names("recipient"), strict=True)
        ],
        "event": event.type,
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "event_loc": _location(line.place, line) if line.place else None,
        "event_text": line.words,
        "quad_code": event.quad,
        "event_scale": event.intensity,
        "said_by": _entity(line.said_by, line.quote(event.evidence.said_by)) if line.said_by else None,
        "amounts": [_amount(line, at) for at in range(len(line.amounts))],
        "confidence": event.confidence,
        "cameo": event.cameo,
        "text": line.words,
        "text_info": {"sequence": number, "start": event.span[0], "end": event.span[1]},
        "cite_info": {
            "citation": document.given_id or document.id,
            "url": document.url,
            "title": document.title,
            "language": document.language,
            "publication": document.source,
            "published": document.published.isoformat() if document.published else None,
            "coder": f"polybius {line.record.coder.get('polybius', '')}".strip(),
            "codebook": CODEBOOK,
        },
        "coder": "polybius",
        "coded_date": coded.date().isoformat(),
        "coded_time": coded.time().isoformat(timespec="seconds"),
    }


def _entity(actor: Actor, raw: str | None) -> dict[str, Any]:
    nonstate = actor.sector if actor.sector in NONSTATE else None
    return {
        "code": nonstate or actor.country,
        "country": actor.country,
        "sector": [actor.sector] if actor.sector else [],
        "entity_text": raw or " ".join(actor.name.split()),
        "identifier_id": actor.known_as,
        "identifier_text": " ".join(actor.name.split()),
        "office": actor.role,
    }


def _location(place: Place, line: Line) -> dict[str, Any]:
    """The place in the fields of GeoNames; a town has resolution 4, a country 1, what lies between 2."""
    town = geonames_id(place)
    is_country = (place.known_as or "").startswith("state/")
    return {
        "extracted_place": line.quote(place.span),
        "resolved_place": place.name,
        "geonameid": town,
        "lat": place.latitude,
        "lon": place.longitude,
        "city": place.name if town else None,
        "country": country_names().get(place.country or ""),
        "country_code": place.country,
        "resolution": 4 if town else 1 if is_country else 2,
    }


def _amount(line: Line, at: int) -> dict[str, Any]:
    amount = line.amounts[at]
    return {"text": line.quote(amount.span), **amount.model_dump(exclude={"id", "span"})}
