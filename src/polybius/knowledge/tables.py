"""Reads the tables in `data/`: tab separated, a header row, `|` between values, `#` before a comment.

Reading never fails on a half-written table: a row too short is filled up with empty cells, a malformed date
reads as unknown. `check.problems` reports what was passed over here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"

Row = dict[str, str]

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def rows(path: Path) -> Iterator[Row]:
    """The rows of one table as dicts by column; no rows when the file is missing or has no header."""
    header: list[str] = []
    for cells in lines(path):
        if not header:
            header = cells
            continue
        if len(cells) < len(header):
            cells += [""] * (len(header) - len(cells))
        yield dict(zip(header, cells, strict=False))


def lines(path: Path) -> Iterator[list[str]]:
    """The cells of each line that is neither empty nor a comment, header included."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield list(map(str.strip, line.split("\t")))


def all_rows(folder: Path, pattern: str) -> Iterator[Row]:
    """The rows of every table in the folder whose file name matches, in order of the names."""
    for path in sorted(folder.glob(pattern)):
        yield from rows(path)


def values(cell: str | None) -> tuple[str, ...]:
    """The values of a cell with several of them."""
    return tuple(filter(None, map(str.strip, cell.split("|")))) if cell else ()


def span(text: str) -> tuple[date, date] | None:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD; None when empty or malformed."""
    if not _DATE.fullmatch(text):
        return None
    try:
        if len(text) == len("YYYY"):
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if len(text) == len("YYYY-MM"):
            first = date.fromisoformat(f"{text}-01")
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day, day


def since(row: Row) -> date | None:
    """First day of the row's validity, None for an open start."""
    found = span(row.get("since", ""))
    return found[0] if found else None


def until(row: Row) -> date | None:
    """Last day of the row's validity, None for an open end."""
    found = span(row.get("until", ""))
    return found[1] if found else None
