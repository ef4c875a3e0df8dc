"""POLECAT's 40 columns: tab-separated, with a header, "None" for what is missing, "; " between several values.

The order is that of two independent loaders of the published files (PLOVER.md 2, 5.1). POLECAT has one actor and
one recipient a row, so an event of several is a row for each pair.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from polybius.export.lines import (
    UNFULFILLED,
    Dyad,
    Line,
    Outgoing,
    Written,
    country_names,
    dyads,
    geonames_id,
    harmless,
    lines,
)
from polybius.record import Actor, Record

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE, AND = "None", "; "


def write_polecat(records: Iterable[Record], path: Path) -> Written:
    """A row for each pair of actor and recipient; what did not happen (yet) is left out, as no column says so."""
    written = Written()
    with Outgoing(path) as stream:
        rows = csv.writer(stream, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        for record in records:
            for line in lines(record):
                if UNFULFILLED.intersection(line.event.auxiliary):
                    written.leave_out("negated, future or hypothetical")
                elif line.day is None:
                    written.leave_out("without any day")
                else:
                    for number, dyad in enumerate(dyads(line), 1):
                        row = polecat_row(line, dyad, number)
                        rows.writerow([_cell(row.get(column)) for column in COLUMNS])
                        written.rows += 1
    return written


def polecat_row(line: Line, dyad: Dyad, number: int) -> dict[str, Any]:
    """The values of one pair by column; those POLECAT has and we do not (COW codes, Wikipedia) are missing."""
    event, document, place = line.event, line.document, line.place
    actors = line.record.actors
    town = geonames_id(place) if place else None
    return {
        "Event ID": f"{document.id}-{event.id}-{number}",
        "Event Date": line.day,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.intensity,
        "Quad Code": QUADS[event.quad],
        "Contexts": AND.join(event.contexts),
        **_party("Actor", line.actors, line.raw_names("actor"), dyad.actor),
        **_party("Recipient", line.recipients, line.raw_names("recipient"), dyad.recipient),
        "Placename": place and place.name,
        "City": place.name if place and town else None,
        "Country": place and country_names().get(place.country or ""),
        "Latitude": place and place.latitude,
        "Longitude": place and place.longitude,
        "GeoNames ID": town,
        "Raw Placename": line.quote(place.span) if place else None,
        "Source": document.source,
        "Publication Date": document.published,
        "Story People": _names(actor.name for actor in actors if actor.kind == "person"),
        "Story Organizations": _names(actor.name for actor in actors if actor.kind == "organization"),
        "Story Locations": _names(p.name for p in line.record.places),
        "Language": document.language,
        "Version": f"polybius-{line.record.coder.get('polybius', '0')}",
    }


def _party(role: str, actors: tuple[Actor, ...], raw: list[str | None], at: int | None) -> dict[str, Any]:
    if at is None:
        return {}
    actor = actors[at]
    return {
        f"{role} Name": actor.name,
        f"{role} Country": actor.country,
        f"Primary {role} Sector": actor.sector,
        f"{role} Sectors": actor.sector,
        f"{role} Title": actor.role,
        f"{role} Name Raw": raw[at] or actor.name,
    }


def _names(names: Iterable[str]) -> str:
    """Several names in one cell, each once; a ";" in a name would part it."""
    return AND.join(dict.fromkeys(" ".join(name.replace(";", ",").split()) for name in names))


def _cell(value: Any) -> Any:
    return NONE if value is None or value == "" else harmless(value)
