"""Our own reader of each format, back to the fields of an event that the format holds."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from polybius.export.gdelt import EVENTS, MENTIONS
from polybius.export.lines import fips_codes
from polybius.export.polecat import AND, NONE, QUADS

Fields = dict[str, Any]


def read_plover(path: Path) -> list[Fields]:
    objects = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    return [
        {
            "type": o["event"],
            "mode": (o["mode"] or [None])[0],
            "contexts": tuple(o["context"]),
            "auxiliary": tuple(o["auxiliary"]),
            "start": o["date"],
            "end": o["enddate"] or o["date"],
            "actors": tuple(
                (e["identifier_text"], e["country"], (e["sector"] or [None])[0]) for e in o["actor"]
            ),
            "recipients": tuple(
                (e["identifier_text"], e["country"], (e["sector"] or [None])[0]) for e in o["recipient"]
            ),
            "place": o["event_loc"] and o["event_loc"]["resolved_place"],
            "words": o["event_text"],
            "quad": o["quad_code"],
            "intensity": o["event_scale"],
            "span": (o["text_info"]["start"], o["text_info"]["end"]),
            "said_by": o["said_by"] and o["said_by"]["identifier_text"],
            "values": tuple(a["value"] for a in o["amounts"]),
        }
        for o in objects
    ]


def read_flat_csv(path: Path) -> list[Fields]:
    with path.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def read_parquet(path: Path) -> list[Fields]:
    rows: list[Fields] = pq.read_table(path).to_pylist()
    return rows


def read_polecat(path: Path) -> list[Fields]:
    quads = {words: number for number, words in QUADS.items()}
    with path.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return [
        {
            "type": row["Event Type"],
            "mode": _or_none(row["Event Mode"]),
            "contexts": tuple((_or_none(row["Contexts"]) or "").split(AND))
            if row["Contexts"] != NONE
            else (),
            "start": row["Event Date"],
            "actor": tuple(_or_none(row[c]) for c in ("Actor Name", "Actor Country", "Primary Actor Sector")),
            "recipient": tuple(
                _or_none(row[c]) for c in ("Recipient Name", "Recipient Country", "Primary Recipient Sector")
            ),
            "place": _or_none(row["Placename"]),
            "quad": quads[row["Quad Code"]],
            "intensity": float(row["Intensity"]),
            "source": _or_none(row["Source"]),
        }
        for row in rows
    ]


def read_gdelt(path: Path) -> list[Fields]:
    alpha3 = {fips: code for code, fips in fips_codes().items()}
    rows = [dict(zip(EVENTS, line.split("\t"), strict=True)) for line in path.read_text("utf8").splitlines()]
    return [
        {
            "id": int(row["GLOBALEVENTID"]),
            "start": f"{row['SQLDATE'][:4]}-{row['SQLDATE'][4:6]}-{row['SQLDATE'][6:]}",
            "cameo": row["EventCode"],
            "actor": (row["Actor1Name"] or None, row["Actor1CountryCode"] or None),
            "recipient": (row["Actor2Name"] or None, row["Actor2CountryCode"] or None),
            "place": row["ActionGeo_FullName"] or None,
            "place_country": alpha3.get(row["ActionGeo_CountryCode"]),
            "quad": int(row["QuadClass"]),
            "intensity": float(row["GoldsteinScale"]),
        }
        for row in rows
    ]


def read_mentions(path: Path) -> list[dict[str, str]]:
    return [
        dict(zip(MENTIONS, line.split("\t"), strict=True)) for line in path.read_text("utf8").splitlines()
    ]


def _plain(value: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it."""
    return value[1:] if len(value) > 1 and value[0] == "'" and value[1] in "=+-@" else value


def _or_none(value: str) -> str | None:
    return None if value == NONE else _plain(value)
