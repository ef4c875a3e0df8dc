"""Reads the measuring tables: sentences of our own with what a reader would find in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from polybius.record import Amount

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


def amount_line(amount: Amount) -> str:
    """An amount as the tables write it."""
    parts = (
        _number(amount.value, "-"),
        amount.bound,
        amount.kind,
        amount.unit or "",
        (amount.of or "").lower(),
        _number(amount.previous, ""),
    )
    return ";".join(parts).rstrip(";")


def _number(value: float | None, none: str) -> str:
    if value is None:
        return none
    return str(int(value)) if value == int(value) else f"{value:g}"


def bare(entry: str) -> str:
    """An entry without a leading article, which a span may or may not hold."""
    return entry[4:] if entry.lower().startswith("the ") else entry


def hold(floor: float, misses: list[str], total: int) -> None:
    """Fail with a list of what is missed when the share right falls below the floor."""
    share = 1 - len(misses) / total
    assert share >= floor, f"{share:.3f} right, below {floor}:\n" + "\n".join(misses)
