"""What a reading of a time expression gets and gives, and the register of readings by name.

A reading gets the named parts of an expression and the context it stands in, and returns an interval; None when
the words are no time after all, or need a day of reference that the report does not have. Impossible dates
raise ValueError. times.en.tsv names a reading for each pattern; importing dates.py and relative.py files them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from polybius.circumstances.calendar import Days
from polybius.circumstances.grammar import time_words

Direction = Literal["past", "future", "open"]


@dataclass(frozen=True)
class Context:
    """What a time expression is read against.

    Attributes:
        today: the day of publication, or None when it is unknown.
        direction: where the clause puts what happens; open when it does not say.
        before: the interval of the nearest earlier time expression, if any.
        frame: the year that the paragraph tells of, when it is one of the past.
        follows: the text right after the expression, a few words of it.
    """

    today: date | None
    direction: Direction
    before: Days | None
    frame: date | None
    follows: str


Parts = dict[str, str]
Reading = Callable[[Parts, Context], Days | None]
READINGS: dict[str, Reading] = {}


def reading(function: Reading) -> Reading:
    """File a function under its own name."""
    READINGS[getattr(function, "__name__", "")] = function
    return function


def value(kind: str, word: str) -> str:
    """What a word of a class stands for; a short name may have a dot."""
    classes = time_words()
    word = " ".join(word.split())
    found = classes[kind].get(word) or classes.get(f"{kind}_short", {}).get(word.rstrip("."))
    return found or "0"


def number_of(parts: Parts, kind: str, name: str | None = None) -> int:
    """The number that a part stands for; ``name`` when it is not its class's own ("month2")."""
    return int(value(kind, parts[name or kind]))


def day_number(words: str) -> int:
    """The day of the month in "16th"."""
    return int("".join(filter(str.isdigit, words)))


def count_of(words: str) -> int:
    """A count in digits or words."""
    return int(words) if words.isdigit() else int(value("number", words))


def nearest(month: int, context: Context, in_year: Callable[[int], Days]) -> Days | None:
    """A date without a year: the last one up to today, the next one from today, or the nearer of both."""
    today, frame = context.today, context.frame
    if today is None:
        return None
    if frame is not None and context.direction != "future":
        return in_year(frame.year + (month < frame.month))
    years = [year for year in range(today.year - 4, today.year + 5) if _exists(in_year, year)]
    past = max((days for year in years if (days := in_year(year)).start <= today), key=lambda d: d.start)
    ahead = min((days for year in years if (days := in_year(year)).end >= today), key=lambda d: d.start)
    if context.direction == "open" and past.start.day == past.end.day:
        return min(past, ahead, key=lambda d: abs((d.start - today).days))
    return ahead if context.direction == "future" else past


def _exists(in_year: Callable[[int], Days], year: int) -> bool:
    """Whether that year has the day: 29 February."""
    try:
        in_year(year)
    except ValueError:
        return False
    return True
