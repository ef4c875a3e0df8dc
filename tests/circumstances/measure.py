"""Reads the measuring tables: sentences of our own with what a reader would find in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table as dicts; an empty cell is ""."""
    lines = [
        line
        for line in (FOLDER / name).read_text(encoding="utf8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def expected(cell: str) -> list[str]:
    """The entries of an ``expected`` cell, sorted."""
    return sorted(entry.strip() for entry in cell.split("|") if entry.strip())


def day_span(start: date, end: date) -> str:
    """An interval as the tables write it."""
    return start.isoformat() if start == end else f"{start}..{end}"


def amount_line(value: float | None, bound: str, kind: str, unit: str | None, of: str | None, previous: float | None) -> str:
    """An amount as the tables write it."""
    number = "-" if value is None else f"{value:g}" if value != int(value) else str(int(value))
    before = "" if previous is None else f"{previous:g}" if previous != int(previous) else str(int(previous))
    return ";".join([number, bound, kind, unit or "", (of or "").lower(), before]).rstrip(";")
