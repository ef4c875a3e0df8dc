"""When, where and how much: times as intervals, amounts with unit and bound, places."""

from __future__ import annotations

from dataclasses import dataclass

from polybius.circumstances.amounts import find_amounts
from polybius.circumstances.places import find_places
from polybius.circumstances.times import find_times
from polybius.knowledge import Knowledge
from polybius.parse import Parsed
from polybius.record import Amount, Place, Time

__all__ = ["Circumstances", "find_circumstances"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The times, amounts and places of a report, each in the order of the text."""

    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    places: tuple[Place, ...] = ()


def find_circumstances(parsed: Parsed, knowledge: Knowledge) -> Circumstances:
    """The times, amounts and places of a report."""
    times = find_times(parsed)
    taken = [time.span for time in times]
    return Circumstances(times, find_amounts(parsed, taken), find_places(parsed, knowledge, taken))
