"""GDELT 2.0: the events table (61 columns) and, beside it, the mentions table (16); tab-separated, no header.

Columns and their order are those of PLOVER.md 2, 5.2; countries of places are FIPS 10-4 codes, those of actors
alpha-3. GDELT has two actors an event, so an event of several is a row for each pair.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from polybius.export.lines import (
    UNFULFILLED,
    Dyad,
    Line,
    Outgoing,
    Written,
    dyads,
    fips_codes,
    harmless,
    lines,
)
from polybius.record import Actor, Place, Record, Span
from polybius.tables import read_table

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

EVENTS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

_WEB, _OTHER = 1, 2  # kinds of MentionIdentifier: an address, a citation


def write_gdelt(records: Iterable[Record], path: Path) -> Written:
    """Events to ``path``, mentions to the file beside it that ``mentions_path`` names."""
    written = Written()
    with Outgoing(path) as events, Outgoing(mentions_path(path)) as mentions:
        for record in records:
            for line in lines(record):
                if UNFULFILLED.intersection(line.event.auxiliary):
                    written.leave_out("negated, future or hypothetical")
                elif line.day is None:
                    written.leave_out("without any day")
                elif line.event.cameo is None:
                    written.leave_out("without a CAMEO code")
                else:
                    for dyad in dyads(line):
                        events.write(_text(event_row(line, dyad, line.day), EVENTS))
                        mentions.write(_text(mention_row(line, dyad, line.day), MENTIONS))
                        written.rows += 1
    return written


def mentions_path(path: Path) -> Path:
    """``x.export.CSV`` gives ``x.mentions.CSV``, any other ``x.tsv`` ``x.mentions.tsv``."""
    stem = path.stem.removesuffix(".export")
    return path.with_name(f"{stem}.mentions{path.suffix}")


def event_row(line: Line, dyad: Dyad, day: date) -> dict[str, Any]:
    """The values of one pair by column of the events table; GDELT's geography of the actors is left empty."""
    event, document = line.event, line.document
    cameo = event.cameo or ""
    return {
        "GLOBALEVENTID": _number(line, dyad),
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        **_party("Actor1", line.actors, dyad.actor),
        **_party("Actor2", line.recipients, dyad.recipient),
        "IsRootEvent": int("\n\n" not in document.text[: event.span[0]].strip()),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": event.quad,
        "GoldsteinScale": event.intensity,
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        **_place(line.place),
        "DATEADDED": f"{document.published or day:%Y%m%d}000000",
        "SOURCEURL": document.url or document.given_id or document.id,
    }


def mention_row(line: Line, dyad: Dyad, day: date) -> dict[str, Any]:
    """The values of one pair by column of the mentions table; offsets are -1 where the report names nobody."""
    event, document = line.event, line.document
    return {
        "GLOBALEVENTID": _number(line, dyad),
        "EventTimeDate": f"{day:%Y%m%d}000000",
        "MentionTimeDate": f"{document.published or day:%Y%m%d}000000",
        "MentionType": _WEB if document.url else _OTHER,
        "MentionSourceName": document.source,
        "MentionIdentifier": document.url or document.given_id or document.id,
        "SentenceID": _sentence(line),
        "Actor1CharOffset": _offset(event.evidence.actors, dyad.actor),
        "Actor2CharOffset": _offset(event.evidence.recipients, dyad.recipient),
        "ActionCharOffset": event.span[0],
        "InRawText": 1,
        "Confidence": round(event.confidence * 10) * 10,
        "MentionDocLen": len(document.text),
    }


def _party(role: str, actors: tuple[Actor, ...], at: int | None) -> dict[str, Any]:
    if at is None:
        return {}
    actor = actors[at]
    type_ = cameo_types().get(actor.sector or "", "")
    return {
        f"{role}Code": (actor.country or "") + type_,
        f"{role}Name": actor.name.upper(),
        f"{role}CountryCode": actor.country,
        f"{role}Type1Code": type_,
    }


def _place(place: Place | None) -> dict[str, Any]:
    """Where it happened: 1 a country, 3 a town of the United States, 4 any other, 5 an area elsewhere, 2 in the US."""
    if place is None:
        return {"ActionGeo_Type": 0}
    table = (place.known_as or "").partition("/")[0]
    american = place.country == "USA"
    kind = (
        1 if table == "state" else (3 if american else 4) if table == "geonames" else (2 if american else 5)
    )
    fips = fips_codes().get(place.country or "")
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": place.name,
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": fips,
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
    }


def _number(line: Line, dyad: Dyad) -> int:
    """A number for the pair that is the same each time: 52 bits, which every tool reads without loss."""
    name = f"{line.document.id} {line.event.id} {dyad.actor} {dyad.recipient}"
    return int.from_bytes(blake2b(name.encode(), digest_size=7).digest()) >> 4


def _offset(spans: tuple[Span, ...], at: int | None) -> int:
    return spans[at][0] if at is not None and at < len(spans) else -1


def _sentence(line: Line) -> int:
    """The number of the sentence, from one, by full stops and paragraphs, as GDELT counts roughly too."""
    text = line.document.text
    ends = [at for at, sign in enumerate(text[:-1]) if sign in ".!?" and text[at + 1].isspace()]
    return bisect_right(ends, line.event.span[0]) + 1


@cache
def cameo_types() -> dict[str, str]:
    """CAMEO's actor types by PLOVER sector."""
    return {row["sector"]: row["cameo"] for row in read_table("polybius.export", "cameo_sectors.tsv")}


def _text(row: dict[str, Any], columns: tuple[str, ...]) -> str:
    """A line of the file: GDELT knows no quoting, so quotation marks become single ones."""
    return "\t".join(_cell(row.get(column)) for column in columns) + "\n"


def _cell(value: Any) -> str:
    return "" if value is None else str(harmless(value)).replace('"', "'")
