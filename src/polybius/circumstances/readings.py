"""What each kind of time expression means: named parts and a context in, an interval out.

A reading is looked up by the name that times.en.tsv gives it. It returns None when the words are no time
after all, or need a day of reference that the report does not have; impossible dates raise ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from polybius.circumstances import calendar
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


def _number(parts: Parts, kind: str, name: str | None = None) -> int:
    return int(value(kind, parts[name or kind]))


def _day(words: str) -> int:
    return int("".join(filter(str.isdigit, words)))


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(value("number", words))


# -- dates ---------------------------------------------------------------------------------------------


@reading
def iso_day(parts: Parts, context: Context) -> Days | None:
    return calendar.one(date(int(parts["year"]), int(parts["mm"]), int(parts["dd"])))


@reading
def day(parts: Parts, context: Context) -> Days | None:
    number = _day(parts["day"]) if "day" in parts else 1
    month = _number(parts, "month")
    if "year" in parts:
        return calendar.one(date(int(parts["year"]), month, number))
    return _nearest(month, context, lambda year: calendar.one(date(year, month, number)))


@reading
def days(parts: Parts, context: Context) -> Days | None:
    month, first, last = _number(parts, "month"), _day(parts["day"]), _day(parts["day2"])
    if first >= last:
        return None
    if "year" in parts:
        return Days(date(int(parts["year"]), month, first), date(int(parts["year"]), month, last))
    return _nearest(month, context, lambda year: Days(date(year, month, first), date(year, month, last)))


@reading
def days_months(parts: Parts, context: Context) -> Days | None:
    months = _number(parts, "month"), _number(parts, "month", "month2")
    days = _day(parts["day"]), _day(parts["day2"])

    def in_year(year: int) -> Days:
        return Days(date(year, months[0], days[0]), date(year + (months[1] < months[0]), months[1], days[1]))

    if "year" in parts:
        return in_year(int(parts["year"]) - (months[1] < months[0]))
    return _nearest(months[0], context, in_year)


@reading
def day_of_shifted(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    year = context.today.year + _number(parts, "shift")
    return calendar.one(date(year, _number(parts, "month"), _day(parts.get("day", "1"))))


# -- months --------------------------------------------------------------------------------------------


@reading
def month(parts: Parts, context: Context) -> Days | None:
    number = _number(parts, "month")
    if "year" in parts:
        return calendar.month(int(parts["year"]), number)
    return _nearest(number, context, lambda year: calendar.month(year, number))


@reading
def months(parts: Parts, context: Context) -> Days | None:
    first, last = _number(parts, "month"), _number(parts, "month", "month2")
    if "year" in parts:
        return calendar.months(int(parts["year"]) - (last < first), first, last)
    return _nearest(first, context, lambda year: calendar.months(year, first, last))


@reading
def months_years(parts: Parts, context: Context) -> Days | None:
    first = calendar.month(int(parts["year"]), _number(parts, "month"))
    last = calendar.month(int(parts["year2"]), _number(parts, "month", "month2"))
    return Days(first.start, last.end) if first.start < last.end else None


@reading
def part_month(parts: Parts, context: Context) -> Days | None:
    number, part = _number(parts, "month"), value("part", parts["part"])
    if "year" in parts:
        return calendar.part_of_month(calendar.month(int(parts["year"]), number), part)
    if "shift" in parts:
        if context.today is None:
            return None
        whole = calendar.month(context.today.year + _number(parts, "shift"), number)
        return calendar.part_of_month(whole, part)
    return _nearest(number, context, lambda year: calendar.part_of_month(calendar.month(year, number), part))


@reading
def shifted_month(parts: Parts, context: Context) -> Days | None:
    """Last and next are the nearest such month before and after the current one."""
    if context.today is None:
        return None
    number, shift, today = _number(parts, "month"), _number(parts, "shift"), context.today
    year = today.year
    if shift < 0:
        year -= number >= today.month
    elif shift > 0:
        year += number <= today.month
    return calendar.month(year, number)


@reading
def month_shifted(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    return calendar.month(context.today.year + _number(parts, "shift"), _number(parts, "month"))


def _nearest(month: int, context: Context, in_year: Callable[[int], Days]) -> Days | None:
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


# -- years and longer ----------------------------------------------------------------------------------


@reading
def year(parts: Parts, context: Context) -> Days | None:
    return calendar.years(int(parts["year"]))


@reading
def years(parts: Parts, context: Context) -> Days | None:
    first = int(parts["year"])
    last = int(parts["year2"]) if "year2" in parts else first // 100 * 100 + int(parts["short"])
    return calendar.years(first, last) if first < last else None


@reading
def part_year(parts: Parts, context: Context) -> Days | None:
    return calendar.part_of_year(int(parts["year"]), value("part", parts["part"]))


@reading
def fraction(parts: Parts, context: Context) -> Days | None:
    """Halves and quarters of a year."""
    if "year" in parts:
        whole = int(parts["year"])
    elif context.today is not None:
        whole = context.today.year + (_number(parts, "shift") if "shift" in parts else 0)
    else:
        return None
    size = 6 if parts.get("piece") in {"half", "semester"} else 3
    nth = int(parts["q"]) if "q" in parts else _number(parts, "ordinal")
    nth = min(nth, 12 // size)
    return calendar.months(whole, size * (nth - 1) + 1, size * nth)


@reading
def season_year(parts: Parts, context: Context) -> Days | None:
    """Spring is March–May, summer June–August, autumn September–November, winter December–February."""
    if "year" not in parts and context.today is None:
        return None
    today = context.today or date.min
    whole = int(parts["year"]) if "year" in parts else today.year + _number(parts, "shift")
    return _season(whole, _number(parts, "season"), parts)


def _season(year: int, first: int, parts: Parts) -> Days:
    whole = calendar.months(year, first, (first + 1) % 12 + 1)
    if "part" not in parts:
        return whole
    number = first + {"early": 0, "mid": 1, "late": 2}[value("part", parts["part"])]
    return calendar.month(year, 1, number - 1)


@reading
def shifted_season(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    first, shift, today = _number(parts, "season"), _number(parts, "shift"), context.today
    current = _season(today.year, first, {})
    year = today.year
    if shift < 0 and current.end >= today:
        year -= 1
    elif shift > 0 and current.start <= today:
        year += 1
    return _season(year, first, parts)


@reading
def season(parts: Parts, context: Context) -> Days | None:
    first = _number(parts, "season")
    return _nearest(first, context, lambda year: _season(year, first, {}))


@reading
def decade(parts: Parts, context: Context) -> Days | None:
    first = int(parts["century"]) * 100 + int(parts["tens"]) * 10
    return calendar.years(first, first + 9)


@reading
def part_decade(parts: Parts, context: Context) -> Days | None:
    if "century" in parts:
        whole = decade(parts, context)
    else:
        first = 1900 + _number(parts, "decade")
        whole = calendar.years(first, first + 9)
    if whole is None or "part" not in parts:
        return whole
    return calendar.part_of(whole, value("part", parts["part"]))


@reading
def part_century(parts: Parts, context: Context) -> Days | None:
    first = (int(parts["nth"]) - 1) * 100 + 1
    if first < 1:
        return None
    whole = calendar.years(first, first + 99)
    return calendar.part_of(whole, value("part", parts["part"])) if "part" in parts else whole


@reading
def part_period(parts: Parts, context: Context) -> Days | None:
    """Early and late in a year or shorter; the end and the start of a year are its last and first month."""
    if context.today is None:
        return None
    unit = parts.get("period") or parts.get("period2") or "year"
    whole = calendar.period(context.today, unit, _number(parts, "shift") if "shift" in parts else 0)
    part = value("part", parts["part"])
    if unit == "year":
        if "end" in parts["part"]:
            return calendar.month(whole.start.year, 12)
        if "start" in parts["part"] or "beginning" in parts["part"]:
            return calendar.month(whole.start.year, 1)
        return calendar.part_of_year(whole.start.year, part)
    return calendar.part_of_month(whole, part) if unit == "month" else calendar.part_of(whole, part)


@reading
def within(parts: Parts, context: Context) -> Days | None:
    """ "Earlier this month" runs up to the day of publication, "later this month" from it on."""
    if context.today is None:
        return None
    whole = calendar.period(context.today, value("unit", parts["unit"]))
    if parts["side"].startswith("earlier"):
        return Days(whole.start, context.today)
    return Days(context.today, whole.end)


# -- weeks and days ------------------------------------------------------------------------------------


@reading
def weekday(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    return calendar.one(_weekday(_number(parts, "weekday"), context.today, context.direction))


def _weekday(number: int, today: date, direction: Direction) -> date:
    """The last such day up to today, or the first from today on."""
    if direction == "future":
        return calendar.add(today, (number - today.weekday()) % 7)
    return calendar.add(today, -((today.weekday() - number) % 7))


@reading
def weekday_shifted(parts: Parts, context: Context) -> Days | None:
    """Last and next are the nearest such day before and after the day of publication, which is neither."""
    if context.today is None:
        return None
    number, shift, today = _number(parts, "weekday"), _number(parts, "shift"), context.today
    if shift < 0:
        return calendar.one(_weekday(number, calendar.add(today, -1), "past"))
    if shift > 0:
        return calendar.one(_weekday(number, calendar.add(today, 1), "future"))
    return calendar.one(_weekday(number, today, context.direction))


@reading
def weekday_of_week(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    monday = calendar.week(context.today, _number(parts, "shift")).start
    return calendar.one(calendar.add(monday, _number(parts, "weekday")))


@reading
def weekday_span(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    first = _number(parts, "weekday")
    length = (_number(parts, "weekday", "weekday2") - first) % 7
    if context.direction == "future":
        start = _weekday(first, context.today, "future")
        return Days(start, calendar.add(start, length))
    end = _weekday(_number(parts, "weekday", "weekday2"), context.today, "past")
    return Days(calendar.add(end, -length), end)


@reading
def weekend(parts: Parts, context: Context) -> Days | None:
    """Saturday and Sunday: the last ones that have begun, or the next."""
    if context.today is None:
        return None
    shift = _number(parts, "shift") if "shift" in parts else 0
    future = shift > 0 or (shift == 0 and context.direction == "future")
    this_week = calendar.week(context.today)
    saturday = calendar.add(this_week.end, -1)
    if not future and (saturday > context.today or shift < 0):
        saturday = calendar.add(saturday, -7)
    return Days(saturday, calendar.add(saturday, 1))


@reading
def deictic(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    if "skip" in parts:
        return calendar.one(calendar.add(context.today, -2 if parts["skip"].startswith("before") else 2))
    return calendar.one(calendar.add(context.today, int(value("deictic", parts["deictic"]))))


@reading
def last_night(parts: Parts, context: Context) -> Days | None:
    return calendar.one(calendar.add(context.today, -1)) if context.today else None


@reading
def this_part(parts: Parts, context: Context) -> Days | None:
    return calendar.one(context.today) if context.today else None


@reading
def feast(parts: Parts, context: Context) -> Days | None:
    month, number = (int(piece) for piece in value("feast", parts["feast"]).split("-"))
    if "year" in parts:
        return calendar.one(date(int(parts["year"]), month, number))
    return _nearest(month, context, lambda year: calendar.one(date(year, month, number)))


# -- counted from a day --------------------------------------------------------------------------------


@reading
def shifted(parts: Parts, context: Context) -> Days | None:
    """ "The following week" counts from the time told of, "next week" from the day of publication."""
    told = parts["shift"] in {"following", "previous", "preceding"}
    day = context.before.start if told and context.before else context.today
    return calendar.period(day, parts["period"], _number(parts, "shift")) if day else None


@reading
def span_units(parts: Parts, context: Context) -> Days | None:
    """The last three days end today, the next three begin today."""
    shift, today = _number(parts, "shift"), context.today
    if today is None or shift == 0:
        return None
    unit, count = value("unit", parts["unit"]), _count(parts["count"])
    other = calendar.move(today, unit, shift * count)
    return Days(min(today, other), max(today, other))


@reading
def rolling(parts: Parts, context: Context) -> Days | None:
    """ "The past year" ends today; "last year" is the calendar's."""
    today = context.today
    return Days(calendar.move(today, parts["period"], -1), today) if today else None


@reading
def ahead(parts: Parts, context: Context) -> Days | None:
    """ "Will leave in two days"; in other tenses "in two days" is a duration."""
    return _counted(parts, context.today, 1) if context.direction == "future" else None


_VAGUE = {"days": 7, "weeks": 42, "months": 183, "years": 5 * 365, "decades": 30 * 365}


@reading
def recent(parts: Parts, context: Context) -> Days | None:
    """ "Recent days" are a week, weeks six, months half a year, years five, decades three; to or from today."""
    if context.today is None:
        return None
    length = _VAGUE[parts["units"]]
    if parts["side"].startswith(("coming", "next")):
        return Days(context.today, calendar.add(context.today, length))
    return Days(calendar.add(context.today, -length), context.today)


@reading
def ago(parts: Parts, context: Context) -> Days | None:
    """Years ago are that whole year, months that month, weeks that week (Monday to Sunday)."""
    return _counted(parts, context.today, -1)


@reading
def later(parts: Parts, context: Context) -> Days | None:
    """ "Three days later" counts from the time told of before.

    "Three days after the attack" dates the attack: it goes back from the time of what the sentence tells.
    """
    looks_back = parts["side"] in {"earlier", "before", "previously"} or context.follows[:1].isalpha()
    origin = context.before.start if context.before else context.today if looks_back else None
    side, sign = parts["side"], 1 if parts["side"] in {"later", "after", "afterwards", "afterward"} else -1
    if side in {"after", "before"} and context.follows[:1] not in {"", ".", ",", ";", ")"}:
        if value("unit", parts["unit"]) != "day":
            return None
        sign = -sign
    return _counted(parts, origin, sign)


def _counted(parts: Parts, origin: date | None, sign: int) -> Days | None:
    unit = value("unit", parts["unit"])
    if origin is None or unit == "century":
        return None
    target = calendar.move(origin, unit, sign * _count(parts["count"]))
    return calendar.period(target, "year" if unit == "decade" else unit)


@reading
def same(parts: Parts, context: Context) -> Days | None:
    if context.before is None:
        return None
    unit = parts["period"] if parts["period"] in {"day", "week", "month", "year"} else "day"
    if unit == "day" and context.before.start != context.before.end:
        return None
    return calendar.period(context.before.start, unit)


@reading
def neighbour(parts: Parts, context: Context) -> Days | None:
    """The following day, month …: one on from the time told of; "next week" alone counts from publication."""
    unit = parts["period"] if parts["period"] in {"week", "month", "year"} else "day"
    sign = 1 if parts["side"] in {"following", "next", "after"} else -1
    origin = context.before.start if context.before else context.today if sign < 0 else None
    return calendar.period(origin, unit, sign) if origin else None
