"""Columns that grow: a few numbers for each event, report and actor of a store, held in memory.

A ``Digest`` is what they hold at one moment. Columns only ever grow behind it, so one thread may read a digest while
another takes in new reports; a report that was coded anew goes in again, and its older rows are marked as dead.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polybius.record import Actor
from polybius.store.rows import names_of
from polybius.web.digest.index import Index

Array = NDArray[Any]
NEVER = -1  # the day of what has none


class Growing:
    """An array that is added to at its end; what was given out before stays as it was."""

    def __init__(self, kind: Any) -> None:
        self._room: Array = np.empty(1024, kind)
        self._size = 0

    def extend(self, values: Sequence[Any] | Array) -> None:
        """Add values."""
        size = self._size + len(values)
        if size > len(self._room):
            room: Array = np.empty(max(size, 2 * len(self._room)), self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : size] = values
        self._size = size

    def shown(self) -> Array:
        """All values there are now."""
        return self._room[: self._size]


class Codes:
    """A number for every different value, in the order in which they were met."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._codes: dict[Hashable, int] = {}

    def of(self, value: Hashable) -> int:
        """The number of a value, a new one where it was never met."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def known(self, value: Hashable) -> int:
        """The number of a value; -1 where it was never met."""
        return self._codes.get(value, -1)

    def chosen(self, values: Iterable[Hashable]) -> Array:
        """For each number, whether it stands for one of the values."""
        chosen: Array = np.zeros(max(1, len(self.values)), bool)
        for value in values:
            if (code := self._codes.get(value)) is not None and code < len(chosen):
                chosen[code] = True
        return chosen


Facts = tuple[str, str, str | None, str | None, str | None, str | None, str]
"""Of an actor: name, kind, country, sector, role, key, and the aliases as JSON."""


class People:
    """Everybody the reports speak of: one number for all actors that are alike in all that is held of them."""

    def __init__(self) -> None:
        self.codes = Codes()
        self.columns = {name: Growing(np.int32) for name in ("country", "sector", "key", "alike", "side")}
        self.countries, self.sectors, self.keys, self.alike, self.sides = (Codes() for _ in range(5))
        self._by_name: dict[str, list[int]] = {}

    def of(self, facts: Facts, aliases: Iterable[str]) -> int:
        """The number of an actor."""
        before = len(self.codes.values)
        code = self.codes.of(facts)
        if code == before:
            name, kind, country, sector, role, key, _ = facts
            self.columns["country"].extend([self.countries.of(country)])
            self.columns["sector"].extend([self.sectors.of(sector)])
            self.columns["key"].extend([self.keys.of(key or name)])
            self.columns["alike"].extend([self.alike.of((name, kind, country, sector, role, key))])
            self.columns["side"].extend([self.sides.of(country or name)])
            held: dict[str, Any] = {"kind": kind, "country": country, "known_as": key}
            actor = Actor.model_construct(id="", name=name, aliases=tuple(aliases), **held)
            for known in names_of(actor):
                self._by_name.setdefault(known, []).append(code)
        return code

    def named(self, names: Iterable[str], size: int) -> Array:
        """For each of the first ``size`` numbers, whether that actor goes by one of the names."""
        found: Array = np.zeros(max(1, size), bool)
        for name in names:
            codes = np.array(self._by_name.get(name, ()), np.int64)
            found[codes[codes < size]] = True
        return found


@dataclass(frozen=True, slots=True)
class Digest:
    """What the columns hold at one moment: tables of columns, and what their numbers stand for.

    ``events``, ``parties`` (who takes part; role 0 does it, 1 has it done to), ``pairs`` (who does it to whom),
    ``actors`` (each actor of each report), ``statements``, ``ties`` and ``reports``. ``event`` and ``report`` are row
    numbers of theirs, ``who`` holds what is known of each number that stands for somebody; -1 stands for nobody.
    ``anew`` counts how often reports were coded anew since; ``indexes`` find the rows of the largest tables.
    """

    reports: dict[str, Array]
    events: dict[str, Array]
    parties: dict[str, Array]
    pairs: dict[str, Array]
    actors: dict[str, Array]
    statements: dict[str, Array]
    ties: dict[str, Array]
    who: dict[str, Array]
    live: Array
    anew: int
    codes: dict[str, Codes]
    people: People
    indexes: dict[tuple[str, str], Index]

    def everything(self, table: dict[str, Array]) -> Array:
        """For each row of a table, whether it is of a report as it is coded now."""
        if not self.anew:
            return np.ones(len(table["report"]), bool)
        return np.asarray(self.live[table["report"]])

    def where(self, table: str, column: str, numbers: Array) -> Array:
        """The rows of a table in whose column one of some different numbers stands."""
        return self.indexes[table, column].rows(getattr(self, table)[column], numbers)

    def keys(self, table: dict[str, Array], rows: Array) -> list[tuple[int, str]]:
        """The keys of rows in the store: number of the report, and id."""
        numbers = self.reports["number"][table["report"][rows]].tolist()
        ids = self.codes["id"].values
        return [(number, ids[code]) for number, code in zip(numbers, table["id"][rows].tolist(), strict=True)]


def ordinal(day: str | None, known: dict[str, int]) -> int:
    """The number of a day, by which days are in order."""
    if day is None:
        return NEVER
    number = known.get(day)
    if number is None:
        number = known[day] = date.fromisoformat(day).toordinal()
    return number


def first_bytes(report_id: str) -> tuple[int, int]:
    """The first 16 bytes of an id as two numbers that are in the order of the texts."""
    data = report_id.encode("utf-8", "replace")[:16].ljust(16, b"\0")
    return int.from_bytes(data[:8], "big"), int.from_bytes(data[8:], "big")
