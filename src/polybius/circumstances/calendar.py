"""Calendar arithmetic: intervals of days, both ends inclusive. Knows no language."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends inclusive."""

    start: date
    end: date

    def shifted(self, days: int) -> Days:
        """The same stretch, so many days later."""
        return Days(add(self.start, days), add(self.end, days))


def add(day: date, days: int) -> date:
    """The day so many days later. Raises OverflowError outside the years 1–9999."""
    return day + timedelta(days=days)


def one(day: date) -> Days:
    """That day alone."""
    return Days(day, day)


def week(day: date, shift: int = 0) -> Days:
    """The week, Monday to Sunday, that lies `shift` weeks from the one of that day."""
    monday = add(day, 7 * shift - day.weekday())
    return Days(monday, add(monday, 6))


def month(year: int, number: int, shift: int = 0) -> Days:
    """The month `shift` months from that one. Raises ValueError outside the years 1–9999."""
    year, number = divmod(year * 12 + number - 1 + shift, 12)
    return Days(date(year, number + 1, 1), date(year, number + 1, monthrange(year, number + 1)[1]))


def months(year: int, first: int, last: int) -> Days:
    """From the first month to the last, which lies in the next year when its number is lower."""
    return Days(month(year, first).start, month(year + (last < first), last).end)


def years(first: int, last: int | None = None) -> Days:
    """From the first year to the last, or that year alone."""
    return Days(date(first, 1, 1), date(first if last is None else last, 12, 31))


def period(day: date, unit: str, shift: int = 0) -> Days:
    """The day, week, month, year, decade or century that lies `shift` of them from the one of that day."""
    if unit == "day":
        return one(add(day, shift))
    if unit == "week":
        return week(day, shift)
    if unit == "month":
        return month(day.year, day.month, shift)
    if unit == "year":
        return years(day.year + shift)
    size = 10 if unit == "decade" else 100
    # The 20th century is taken as 1901–2000, a decade as 1990–1999.
    offset = 0 if size == 10 else 1
    first = (day.year - offset) // size * size + offset + size * shift
    return years(first, first + size - 1)


def move(day: date, unit: str, count: int) -> date:
    """The day so many units later; a day that a month lacks becomes its last one."""
    if unit in {"day", "week"}:
        return add(day, count * (7 if unit == "week" else 1))
    size = {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
    target = month(day.year, day.month, count * size)
    return target.start.replace(day=min(day.day, target.end.day))


def part_of_month(days: Days, part: str) -> Days:
    """Early is 1–10, mid 11–20, late 21–end (RECORD.md)."""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, days.end.day)}[part]
    return Days(days.start.replace(day=first), days.start.replace(day=last))


def piece_of_month(days: Days, unit: str, number: int) -> Days:
    """A half of a month, before or from the 16th, or its first, second, third or last seven days."""
    if unit == "half":
        middle = days.start.replace(day=15)
        return Days(days.start, middle) if number == 1 else Days(add(middle, 1), days.end)
    if number == 4:
        return Days(add(days.end, -6), days.end)
    return Days(add(days.start, 7 * number - 7), add(days.start, 7 * number - 1))


def part_of_year(year: int, part: str) -> Days:
    """Early is January–April, mid May–August, late September–December."""
    first = {"early": 1, "mid": 5, "late": 9}[part]
    return months(year, first, first + 3)


def part_of(days: Days, part: str) -> Days:
    """Early, mid or late stretch of anything longer than a year, by thirds of whole years; or of a week by days."""
    if days.end.year == days.start.year:
        cuts = {"early": (0, 1), "mid": (2, 4), "late": (5, 6)}[part]
        return Days(add(days.start, cuts[0]), min(add(days.start, cuts[1]), days.end))
    size = days.end.year - days.start.year + 1
    first = {"early": 0, "mid": size * 4 // 10, "late": size * 7 // 10}[part]
    last = {"early": size * 4 // 10, "mid": size * 7 // 10, "late": size}[part]
    return years(days.start.year + first, days.start.year + last - 1)
