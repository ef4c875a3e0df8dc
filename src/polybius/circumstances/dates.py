"""Dates, months, years and longer: what their expressions mean. See context.py for what a reading is."""

from __future__ import annotations

from datetime import date

from polybius.circumstances import calendar
from polybius.circumstances.calendar import Days
from polybius.circumstances.context import (
    Context,
    Parts,
    count_of,
    day_number,
    nearest,
    number_of,
    reading,
    value,
)

# -- dates ---------------------------------------------------------------------------------------------


@reading
def iso_day(parts: Parts, context: Context) -> Days | None:
    return calendar.one(date(int(parts["year"]), int(parts["mm"]), int(parts["dd"])))


@reading
def day(parts: Parts, context: Context) -> Days | None:
    number = day_number(parts["day"]) if "day" in parts else 1
    month = number_of(parts, "month")
    if "year" in parts:
        return calendar.one(date(int(parts["year"]), month, number))
    return nearest(month, context, lambda year: calendar.one(date(year, month, number)))


@reading
def day_of_month(parts: Parts, context: Context) -> Days | None:
    """ "On the 17th": of the month of the report, or of the one before or after it."""
    today, number = context.today, day_number(parts["nth"])
    if today is None:
        return None
    months = [
        (today.year + (today.month + step - 1) // 12, (today.month + step - 1) % 12 + 1)
        for step in (0, -1, 1)
    ]
    found = [date(y, m, number) for y, m in months if number <= calendar.month(y, m).end.day]
    if context.direction == "future":
        return calendar.one(min((day for day in found if day >= today), default=found[0]))
    return calendar.one(max((day for day in found if day <= today), default=found[0]))


@reading
def day_of_that_month(parts: Parts, context: Context) -> Days | None:
    """ "The 21st of this month" counts from publication, that "of that month" from the month told of last."""
    told = context.before.start if context.before and ("told" in parts or "own" in parts) else None
    origin = told or context.today
    if origin is None:
        return None
    month = calendar.month(origin.year, origin.month, number_of(parts, "shift") if "shift" in parts else 0)
    return calendar.one(month.start.replace(day=day_number(parts["day"])))


@reading
def days(parts: Parts, context: Context) -> Days | None:
    month, first, last = number_of(parts, "month"), day_number(parts["day"]), day_number(parts["day2"])
    if first >= last:
        return None
    if "year" in parts:
        return Days(date(int(parts["year"]), month, first), date(int(parts["year"]), month, last))
    return nearest(month, context, lambda year: Days(date(year, month, first), date(year, month, last)))


@reading
def days_months(parts: Parts, context: Context) -> Days | None:
    months = number_of(parts, "month"), number_of(parts, "month", "month2")
    days = day_number(parts["day"]), day_number(parts["day2"])

    def in_year(year: int) -> Days:
        return Days(date(year, months[0], days[0]), date(year + (months[1] < months[0]), months[1], days[1]))

    if "year" in parts:
        return in_year(int(parts["year"]) - (months[1] < months[0]))
    return nearest(months[0], context, in_year)


@reading
def day_of_shifted(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    year = context.today.year + number_of(parts, "shift")
    return calendar.one(date(year, number_of(parts, "month"), day_number(parts.get("day", "1"))))


# -- months --------------------------------------------------------------------------------------------


@reading
def month(parts: Parts, context: Context) -> Days | None:
    number = number_of(parts, "month")
    if "year" in parts:
        return calendar.month(int(parts["year"]), number)
    return nearest(number, context, lambda year: calendar.month(year, number))


@reading
def month_told(parts: Parts, context: Context) -> Days | None:
    """ "That May": of the year told of last."""
    told = context.before.start if context.before else None
    return calendar.month(told.year, number_of(parts, "month")) if told else None


@reading
def months(parts: Parts, context: Context) -> Days | None:
    first, last = number_of(parts, "month"), number_of(parts, "month", "month2")
    if "year" in parts:
        return calendar.months(int(parts["year"]) - (last < first), first, last)
    return nearest(first, context, lambda year: calendar.months(year, first, last))


@reading
def months_years(parts: Parts, context: Context) -> Days | None:
    first = calendar.month(int(parts["year"]), number_of(parts, "month"))
    last = calendar.month(int(parts["year2"]), number_of(parts, "month", "month2"))
    return Days(first.start, last.end) if first.start < last.end else None


@reading
def part_month(parts: Parts, context: Context) -> Days | None:
    number, part = number_of(parts, "month"), value("part", parts["part"])
    if "year" in parts:
        return calendar.part_of_month(calendar.month(int(parts["year"]), number), part)
    if "shift" in parts:
        if context.today is None:
            return None
        whole = calendar.month(context.today.year + number_of(parts, "shift"), number)
        return calendar.part_of_month(whole, part)
    return nearest(number, context, lambda year: calendar.part_of_month(calendar.month(year, number), part))


@reading
def piece_month(parts: Parts, context: Context) -> Days | None:
    number, nth = number_of(parts, "month"), number_of(parts, "ordinal")

    def in_year(year: int) -> Days:
        return calendar.piece_of_month(calendar.month(year, number), parts["piece"], nth)

    return in_year(int(parts["year"])) if "year" in parts else nearest(number, context, in_year)


@reading
def shifted_month(parts: Parts, context: Context) -> Days | None:
    """Last and next are the nearest such month before and after the current one."""
    if context.today is None:
        return None
    number, shift, today = number_of(parts, "month"), number_of(parts, "shift"), context.today
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
    return calendar.month(context.today.year + number_of(parts, "shift"), number_of(parts, "month"))


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
        whole = context.today.year + (number_of(parts, "shift") if "shift" in parts else 0)
    else:
        return None
    size = 6 if parts.get("piece") in {"half", "semester"} else 3
    nth = int(parts["q"]) if "q" in parts else number_of(parts, "ordinal")
    nth = min(nth, 12 // size)
    return calendar.months(whole, size * (nth - 1) + 1, size * nth)


@reading
def first_months(parts: Parts, context: Context) -> Days | None:
    """ "The first eight months of the year"."""
    if "year" not in parts and context.today is None:
        return None
    today = context.today or date.min
    whole = int(parts.get("year", today.year + (number_of(parts, "shift") if "shift" in parts else 0)))
    length = count_of(parts["count"]) * (3 if parts["units"] == "quarters" else 1)
    if not 0 < length <= 12:
        return None
    first = 1 if parts["end"] == "first" else 13 - length
    return calendar.months(whole, first, first + length - 1)


@reading
def season_year(parts: Parts, context: Context) -> Days | None:
    """Spring is March–May, summer June–August, autumn September–November, winter December–February."""
    if "year" not in parts and context.today is None:
        return None
    today = context.today or date.min
    whole = int(parts["year"]) if "year" in parts else today.year + number_of(parts, "shift")
    return _season(whole, number_of(parts, "season"), parts)


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
    first, shift, today = number_of(parts, "season"), number_of(parts, "shift"), context.today
    current = _season(today.year, first, {})
    year = today.year
    if shift < 0 and current.end >= today:
        year -= 1
    elif shift > 0 and current.start <= today:
        year += 1
    return _season(year, first, parts)


@reading
def season(parts: Parts, context: Context) -> Days | None:
    first = number_of(parts, "season")
    return nearest(first, context, lambda year: _season(year, first, {}))


@reading
def decade(parts: Parts, context: Context) -> Days | None:
    first = int(parts["century"]) * 100 + int(parts["tens"]) * 10
    return calendar.years(first, first + 9)


@reading
def part_decade(parts: Parts, context: Context) -> Days | None:
    if "century" in parts:
        whole = decade(parts, context)
    else:
        first = 1900 + number_of(parts, "decade")
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
    whole = calendar.period(context.today, unit, number_of(parts, "shift") if "shift" in parts else 0)
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
