"""Codes and dates in words for a reader, and news text made safe for a terminal."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from polybius.knowledge import tables
from polybius.record import Interval
from polybius.tables import read_table

_JOINERS = "\u200c\u200d"  # format characters that some scripts and emoji cannot be written without


def clean(text: str) -> str:
    """Text on one line, without characters that move the cursor, colour the terminal or turn its direction."""
    kept = (" " if _is_control(c) else c for c in text if c in _JOINERS or unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def country_name(code: str | None) -> str:
    """The name of a country by its alpha-3 code; the code itself where it is unknown, "" for None."""
    return _countries().get(code, ("", code))[1] if code else ""


def flag(code: str | None) -> str:
    """The flag of a country by its alpha-3 code, as an emoji; "" where it has none."""
    iso2 = _countries().get(code or "", ("", ""))[0]
    return "".join(chr(ord("🇦") + ord(letter) - ord("A")) for letter in iso2)


def sector_words(code: str | None) -> str:
    """A PLOVER sector spelled out ("government"); a user's own sector as it is."""
    return _sectors().get(code, code) if code else ""


def days(interval: Interval | None) -> str:
    """A stretch of days, short: 2019-09-25, 2019-09-16 – 09-22, 2019-09 for a month, 2019 for a year."""
    if interval is None:
        return ""
    start, end = interval.start, interval.end
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} – {end.year}"
    if start.day == 1 and _last_of_month(end) and (start.year, start.month) == (end.year, end.month):
        return start.strftime("%Y-%m")
    return f"{start} – {end:%m-%d}" if start.year == end.year else f"{start} – {end}"


def _last_of_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"}


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Flag letters (ISO alpha-2) and name by alpha-3 code."""
    return {row["code"]: (row["iso2"], row["name"]) for row in tables.rows(tables.DATA / "countries.tsv")}


@cache
def _sectors() -> dict[str, str]:
    return {row["code"]: row["words"] for row in read_table("polybius.cli", "sectors.tsv")}
