"""Reads the two sides of a comparison and shows its figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
import yaml

from polybius.cli.words import clean
from polybius.errors import RecordError
from polybius.scoring import Score

HEADINGS = {"records_on_furniture": "on furniture", "found_f1": "found F1", "full_f1": "full F1"}


def read_record(source: str) -> Mapping[str, Any]:
    """A record from a JSON file or from standard input ("-").

    Raises:
        RecordError: naming the file, when it cannot be read or holds no record.
    """
    name = "standard input" if source == "-" else source
    text = _text(source)
    remedy = "give what `polybius code REPORT --format json` prints for one report"
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        several = error.msg == "Extra data"
        message = "holds more than one record" if several else f"not JSON: {error}"
        raise RecordError(message, remedy, source=name) from None
    return _mapping(record, remedy, name)


def read_gold(path: Path) -> Mapping[str, Any]:
    """A gold table from a YAML file.

    Raises:
        RecordError: naming the file, when it cannot be read or holds no table.
    """
    try:
        gold = yaml.safe_load(_text(str(path)))
    except (yaml.YAMLError, ValueError) as error:
        raise RecordError(f"not YAML: {error}", "see tests/gate for gold tables", source=str(path)) from None
    return _mapping(gold, "see tests/gate for gold tables", str(path))


def show(score: Score, *, misses: bool, as_json: bool) -> None:
    """Print the figures, table by table, and what was missed when asked for."""
    if as_json:
        listed = {
            name: [[miss.kind, miss.what, miss.why] for miss in row.misses]
            for name, row in score.rows().items()
        }
        figures = score.figures() | ({"misses": listed} if misses else {})
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, row in score.rows().items():
        line = "  ".join(f"{HEADINGS.get(key, key)} {value:g}" for key, value in row.figures().items())
        typer.echo(f"{name:11} {line}")
        for miss in row.misses if misses else ():
            typer.echo(f"    {miss.kind:9} {clean(miss.what)}" + (f"  ← {miss.why}" if miss.why else ""))
    typer.echo(f"{'overall':11} {score.overall:g}")


def _text(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        name = "standard input" if source == "-" else source
        raise RecordError(f"cannot be read: {reason}", "check the path", source=name) from None


def _mapping(value: Any, remedy: str, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RecordError(f"holds a {type(value).__name__}, not an object", remedy, source=name)
    return value
