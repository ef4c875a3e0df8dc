"""Days as reports and files write them, where they are certain: "05/06/2015", May or June, is no day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from polybius.errors import IntakeError
from polybius.intake.report import Span
from polybius.intake.words import alternation, words


@dataclass(frozen=True, slots=True)
class Stamp:
    """A piece of text that only says a day: the day, and whether it is that of a later edit."""

    day: date
    changed: bool


@cache
def month_pattern() -> str:
    """Give the expression for an English month name, short or long."""
    return alternation([name for names in words("dates.en.yaml")["months"].values() for name in names])


@cache
def day_pattern() -> str:
    """Give the expression for a full day: day, month and year, in words or digits."""
    month, ordinal = month_pattern(), r"\d{1,2}(?:st|nd|rd|th)?"
    year = rf"\d{{4}}(?:\b|(?=\d{{1,2}}(?::\d| {month})))"
    return (
        # A page pasted without its markup runs on behind the year: "June 29, 20191:12 AM", "3 May 20223 May 2022".
        rf"(?:\b|(?<=\d\d\d\d))(?:{month}\b\.?\s{{1,3}}{ordinal}\b,?\s{{0,3}}{year}"
        rf"|{ordinal}\.?(?:\s{{1,3}}of)?[\s-]{{1,3}}{month}\b\.?,?[\s-]{{1,3}}{year}"
        r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{8}(?=T|\b)"
        r"|\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\. ?\d{1,2}\. ?)\d{4}\b)"
    )


@cache
def weekday_pattern() -> str:
    """Give the expression for an English weekday, long or short."""
    return alternation(words("dates.en.yaml")["weekdays"])


@cache
def time_pattern() -> str:
    """Give the expression for a time of day with its zone."""
    lists = words("dates.en.yaml")
    return rf"{alternation(lists['times'])}(?:\s*{alternation(lists['zones'])}\b)?"


@cache
def _day() -> re.Pattern[str]:
    return re.compile(day_pattern(), re.IGNORECASE)


@cache
def _passed_over() -> re.Pattern[str]:
    """What may stand beside a day without saying anything more."""
    lists = words("dates.en.yaml")
    named = [*lists["weekdays"], *lists["labels"]["issued"], *lists["labels"]["changed"], *lists["small"]]
    named += [zone for zone in lists["zones"] if zone.isalpha()]
    signed = [zone for zone in lists["zones"] if not zone.isalpha()]
    return re.compile(
        rf"(?<![^\W\d]){alternation(lists['times'] + signed)}|\b{alternation(named)}\b"
        r"|#\d{1,5}\b|[\s|,;:.·•–—/()\[\]-]+",
        re.IGNORECASE,
    )


def find_days(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, date]]:
    """Give each full day written in ``text[start:end]``, with its span."""
    for match in _day().finditer(text, start, len(text) if end is None else end):
        day = _read(match[0])
        if day is not None:
            yield match.span(), day


def stamp(text: str) -> Stamp | None:
    """Read a piece of text that says a day and nothing else: "Published: 3 June 2014, 10:15 GMT".

    Gives None for any other text. Of several days the first that is not labelled as an edit counts.
    """
    found = list(find_days(text))
    if not found:
        return None
    rest = text
    for (start, end), _ in found:
        rest = rest[:start] + "|" * (end - start) + rest[end:]
    if _passed_over().sub("", rest):
        return None
    changed = re.compile(rf"\b{alternation(words('dates.en.yaml')['labels']['changed'])}\b", re.IGNORECASE)
    previous = 0
    for (start, end), day in found:
        if not changed.search(text, previous, start):
            return Stamp(day, changed=False)
        previous = end
    return Stamp(found[0][1], changed=True)


def day_of(value: object) -> date | None:
    """Read the day a user or a file gives for ``published``: a date, a datetime or text; empty gives None.

    Raises IntakeError when the text is no day, or one that could be two.
    """
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = str(value).strip()
    if not text:
        return None
    if re.fullmatch(r"\d{14}", text):  # YYYYMMDDHHMMSS, as GDELT writes it
        text = text[:8]
    read = stamp(text)
    if read is None:
        raise IntakeError(f"unknown date {text[:40]!r}", "write it as YYYY-MM-DD")
    return read.day


def day_in_year(month: int, day: int, near: date | None) -> date | None:
    """Give the last such day up to one day after ``near``, as a dateline without a year means it."""
    if near is None:
        return None
    for year in (near.year + 1, near.year, near.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if (candidate - near).days <= 1:
            return candidate
    return None


def month_number(name: str) -> int:
    """Give 1–12 for an English month name, with or without its full stop."""
    bare = name.strip(". ").lower()
    for number, names in words("dates.en.yaml")["months"].items():
        if bare in (known.lower() for known in names):
            return int(number)
    raise ValueError(name)


def _read(text: str) -> date | None:
    """Turn a match of the day pattern into a day, or None when it is none (30 February) or could be two."""
    try:
        year, month, day = _in_words(text) if re.search(r"[A-Za-z]{3}", text) else _in_digits(text)
        return date(year, month, day) if 1800 <= year <= 2100 else None
    except ValueError:
        return None


def _in_words(text: str) -> tuple[int, int, int]:
    name = re.search(month_pattern(), text, re.IGNORECASE)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if name is None or len(numbers) != 2:
        raise ValueError(text)
    return numbers[1], month_number(name[0]), numbers[0]


def _in_digits(text: str) -> tuple[int, int, int]:
    if re.fullmatch(r"\d{8}", text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    parts = re.split(r"[-/.]", text)
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return first, second, third
    # Day and month are told apart by full stops (always day first), by size, or by being the same number.
    if "." in text or first > 12 or first == second:
        return third, second, first
    if second > 12:
        return third, first, second
    raise ValueError(text)
