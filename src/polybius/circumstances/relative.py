"""Days, weeks and what is counted from a day: what their expressions mean. context.py says what a reading is."""

from __future__ import annotations

from datetime import date

from polybius.circumstances import calendar
from polybius.circumstances.calendar import Days
from polybius.circumstances.context import (
    Context,
    Direction,
    Parts,
    count_of,
    nearest,
    number_of,
    reading,
    value,
)

# -- weeks and days ------------------------------------------------------------------------------------


@reading
def weekday(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    return calendar.one(_weekday(number_of(parts, "weekday"), context.today, context.direction))


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
    number, shift, today = number_of(parts, "weekday"), number_of(parts, "shift"), context.today
    if shift < 0:
        return calendar.one(_weekday(number, calendar.add(today, -1), "past"))
    if shift > 0:
        return calendar.one(_weekday(number, calendar.add(today, 1), "future"))
    return calendar.one(_weekday(number, today, context.direction))


@reading
def weekday_of_week(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    monday = calendar.week(context.today, number_of(parts, "shift")).start
    return calendar.one(calendar.add(monday, number_of(parts, "weekday")))


@reading
def weekday_span(parts: Parts, context: Context) -> Days | None:
    if context.today is None:
        return None
    first = number_of(parts, "weekday")
    length = (number_of(parts, "weekday", "weekday2") - first) % 7
    if context.direction == "future":
        start = _weekday(first, context.today, "future")
        return Days(start, calendar.add(start, length))
    end = _weekday(number_of(parts, "weekday", "weekday2"), context.today, "past")
    return Days(calendar.add(end, -length), end)


@reading
def weekend(parts: Parts, context: Context) -> Days | None:
    """Saturday and Sunday: the last ones that have begun, or the next."""
    if context.today is None:
        return None
    shift = number_of(parts, "shift") if "shift" in parts else 0
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
def overnight(parts: Parts, context: Context) -> Days | None:
    """The night to the day of publication; "overnight on Friday" is told by the weekday."""
    return Days(calendar.add(context.today, -1), context.today) if context.today else None


@reading
def this_part(parts: Parts, context: Context) -> Days | None:
    return calendar.one(context.today) if context.today else None


@reading
def feast(parts: Parts, context: Context) -> Days | None:
    month, number = (int(piece) for piece in value("feast", parts["feast"]).split("-"))
    if "year" in parts:
        return calendar.one(date(int(parts["year"]), month, number))
    return nearest(month, context, lambda year: calendar.one(date(year, month, number)))


# -- counted from a day --------------------------------------------------------------------------------


@reading
def shifted(parts: Parts, context: Context) -> Days | None:
    """ "The following week" counts from the time told of, "next week" from the day of publication."""
    told = parts["shift"] in {"following", "previous", "preceding"}
    day = context.before.start if told and context.before else context.today
    return calendar.period(day, parts["period"], number_of(parts, "shift")) if day else None


@reading
def span_units(parts: Parts, context: Context) -> Days | None:
    """The last three days end today, the next three begin today."""
    shift, today = number_of(parts, "shift"), context.today
    if today is None or shift == 0:
        return None
    unit, count = value("unit", parts["unit"]), count_of(parts["count"])
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
    if context.before is not None and origin == context.before.end and value("unit", parts["unit"]) == "week":
        return calendar.one(calendar.move(origin, "week", sign * count_of(parts["count"])))
    return _counted(parts, origin, sign)


def _counted(parts: Parts, origin: date | None, sign: int) -> Days | None:
    unit = value("unit", parts["unit"])
    if origin is None or unit == "century":
        return None
    target = calendar.move(origin, unit, sign * count_of(parts["count"]))
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
