"""Our own columns, one row an event: as CSV for spreadsheets, as Parquet with types and lists."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from os import replace
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from polybius.errors import SettingsError
from polybius.export.lines import Line, Outgoing, Written, harmless, lines
from polybius.record import Actor, Record

ROWS = 20_000  # rows of a row group: some ten megabytes in memory

_TEXTS = pa.list_(pa.string())

SCHEMA = pa.schema(
    [
        ("report", pa.string()),
        ("given_id", pa.string()),
        ("title", pa.string()),
        ("source", pa.string()),
        ("published", pa.date32()),
        ("url", pa.string()),
        ("language", pa.string()),
        ("event", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("words", pa.string()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("contexts", _TEXTS),
        ("auxiliary", _TEXTS),
        ("actors", _TEXTS),
        ("actor_countries", _TEXTS),
        ("actor_sectors", _TEXTS),
        ("actor_keys", _TEXTS),
        ("recipients", _TEXTS),
        ("recipient_countries", _TEXTS),
        ("recipient_sectors", _TEXTS),
        ("recipient_keys", _TEXTS),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("place", pa.string()),
        ("place_country", pa.string()),
        ("place_key", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("amounts", _TEXTS),
        ("said_by", pa.string()),
        ("said_by_country", pa.string()),
        ("quad", pa.int8()),
        ("intensity", pa.float64()),
        ("cameo", pa.string()),
        ("confidence", pa.float64()),
    ]
)
"""``start`` and ``end`` are offsets of the words in code points; lists of one role are in the same order."""

COLUMNS: tuple[str, ...] = tuple(SCHEMA.names)


def write_csv(records: Iterable[Record], path: Path) -> Written:
    """CSV in UTF-8 with a header; several values in a cell are joined by "|"."""
    written = Written()
    with Outgoing(path) as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for record in records:
            for line in lines(record):
                row = flat_row(line)
                rows.writerow([harmless(_joined(row[column])) for column in COLUMNS])
                written.rows += 1
    return written


def write_parquet(records: Iterable[Record], path: Path) -> Written:
    """Parquet with a row group for every 20,000 events, so that memory stays bounded."""
    written = Written()
    part = path.with_name(path.name + ".part")
    rows = (flat_row(line) for record in records for line in lines(record))
    try:
        with pq.ParquetWriter(part, SCHEMA, compression="zstd") as parquet:
            for batch in _batches(rows):
                parquet.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
                written.rows += len(batch)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SettingsError(f"cannot be written: {error}", "choose another OUT", source=str(path)) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    replace(part, path)
    return written


def flat_row(line: Line) -> Mapping[str, Any]:
    """The values of an event by column."""
    document, event, place, said_by = line.document, line.event, line.place, line.said_by
    return {
        "report": document.id,
        "given_id": document.given_id,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "url": document.url,
        "language": document.language,
        "event": event.id,
        "start": event.span[0],
        "end": event.span[1],
        "words": line.words,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        **_party("actor", line.actors),
        **_party("recipient", line.recipients),
        "date_start": event.date and event.date.start,
        "date_end": event.date and event.date.end,
        "place": place and place.name,
        "place_country": place and place.country,
        "place_key": place and place.known_as,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "amounts": [line.quote(amount.span) for amount in line.amounts],
        "said_by": said_by and said_by.name,
        "said_by_country": said_by and said_by.country,
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "confidence": event.confidence,
    }


def _party(role: str, actors: Iterable[Actor]) -> dict[str, list[str | None]]:
    actors = list(actors)
    return {
        f"{role}s": [" ".join(actor.name.split()) for actor in actors],
        f"{role}_countries": [actor.country for actor in actors],
        f"{role}_sectors": [actor.sector for actor in actors],
        f"{role}_keys": [actor.known_as for actor in actors],
    }


def _joined(value: Any) -> Any:
    """A list as one cell; a "|" inside a value becomes "/" so that the cell can be parted again."""
    if isinstance(value, list):
        return "|".join((part or "").replace("|", "/") for part in value)
    return value


def _batches(rows: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    while batch := list(islice(rows, ROWS)):
        yield batch
