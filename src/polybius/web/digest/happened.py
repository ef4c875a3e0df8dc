"""Which happening each event tells of, and what happenings are found and ranked by, beside the digest in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import Text, cast, func, select

from polybius.corroboration.tables import claims, happenings
from polybius.store import Filter, Store
from polybius.web.digest.columns import NEVER, Array, Codes, Digest, ordinal
from polybius.web.digest.loading import Digests

BATCH = 20_000  # rows read at once
NONE = -1  # the happening of an event that was not compared yet
_KINDS = {
    "type": np.int16, "voices": np.int32, "reports": np.int32, "start": np.int32, "end": np.int32,
    "changed": np.int64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """The happenings at one moment: columns by their number, and the number of each event of the digest."""

    digest: Digest
    ids: list[str]
    types: Codes
    columns: dict[str, Array]
    of_event: Array

    def ranked(self, events: Array, wanted: Filter, voices: int, stop: int) -> list[tuple[int, str]]:
        """The first that any of the events tells of: most voices first, then by day; (last change, id)."""
        columns = self.columns
        told = np.zeros(len(self.ids) + 1, bool)  # the last stands for none
        told[self.of_event[events]] = True
        found = np.flatnonzero(told[:-1])
        found = found[self._asked(wanted, voices, found)]
        start = columns["start"][found].astype(np.int64)
        rank = (-columns["voices"][found].astype(np.int64) << 20) - columns["reports"][found]
        rank = (rank << 24) + np.where(start == NEVER, (1 << 24) - 1, start)
        if stop < len(found):
            first = rank <= np.partition(rank, stop)[stop]  # the ids part those that are equal
            found, rank = found[first], rank[first]
        ids = [self.ids[one] for one in found.tolist()]
        order = sorted(zip(rank.tolist(), ids, columns["changed"][found].tolist(), strict=True))
        return [(changed, id_) for _, id_, changed in order[:stop]]

    def _asked(self, wanted: Filter, voices: int, found: Array) -> Array:
        """Which of some happenings have the type, days and voices asked for."""
        columns = self.columns
        asked = columns["voices"][found] >= voices
        if wanted.type:
            types = self.types.chosen({wanted.type, wanted.type.upper()})
            asked &= types[columns["type"][found]]
        if wanted.since:
            asked &= columns["end"][found] >= wanted.since.toordinal()
        if wanted.until:
            start = columns["start"][found]
            asked &= (start <= wanted.until.toordinal()) & (start != NEVER)
        return np.asarray(asked)


class Happenings:
    """Keeps them up to date: happenings are numbered by their last change, so that only what is new is read."""

    def __init__(self, store: Store, digests: Digests) -> None:
        self._store, self._digests = store, digests
        self._lock = Lock()
        self._codes, self._types, self._days = Codes(), Codes(), dict[str, int]()
        self._columns: dict[str, Array] = {name: np.empty(0, kind) for name, kind in _KINDS.items()}
        self._of_event: Array = np.empty(0, np.int32)
        self._last = -1

    def current(self) -> Happened | None:
        """The happenings of the store as it is now; None while all of them, or the digest, are being read."""
        if not self._lock.acquire(blocking=self._last >= 0):
            return None
        try:
            changed = self._read_changed()
            digest = self._digests.current()  # after them, so that all they tell of is there
            if digest is None:
                return None
            missing = len(digest.events["report"]) - len(self._of_event)
            if missing:
                self._of_event = np.append(self._of_event, np.full(missing, NONE, np.int32))
            if changed:
                self._take_in(digest, changed)
            return Happened(digest, self._codes.values, self._types, self._columns, self._of_event)
        finally:
            self._lock.release()

    def _read_changed(self) -> list[Any]:
        columns = happenings.c
        days = (cast(columns.date_start, Text), cast(columns.date_end, Text))
        query = select(columns.id, columns.type, columns.voices, columns.reports, *days, columns.changed)
        with self._store.read() as connection:
            last = connection.execute(select(func.max(columns.changed))).scalar()
            if last is None or last <= self._last:
                return []
            return list(connection.execute(query.where(columns.changed > self._last)))

    def _take_in(self, digest: Digest, changed: list[Any]) -> None:
        """Set the columns of happenings that are new or changed, and the events that tell of them."""
        codes = np.array([self._codes.of(row[0]) for row in changed])
        values = {
            "type": [self._types.of(row[1]) for row in changed], "voices": [row[2] for row in changed],
            "reports": [row[3] for row in changed], "start": [ordinal(row[4], self._days) for row in changed],
            "end": [ordinal(row[5], self._days) for row in changed], "changed": [row[6] for row in changed],
        }  # fmt: skip
        columns = {}
        for name, kind in _KINDS.items():
            columns[name] = np.zeros(len(self._codes.values), kind)  # a copy: others read what was
            columns[name][: len(self._columns[name])] = self._columns[name]
            columns[name][codes] = values[name]
        of_event = self._of_event.copy()
        missed = self._place(digest, of_event)
        self._columns, self._of_event = columns, of_event
        newest = int(columns["changed"][codes].max())
        self._last = min([newest, *(int(columns["changed"][code]) - 1 for code in missed)])

    def _place(self, digest: Digest, of_event: Array) -> set[int]:
        """Note what the events of the changed happenings tell of; gives those told by events not there (any more)."""
        places = _Places(digest)
        missed: set[int] = set()
        here = happenings.c.id == claims.c.happening
        query = select(claims.c.report, claims.c.event, claims.c.happening).join(happenings, here)
        with self._store.read() as connection:
            found = connection.execution_options(yield_per=BATCH).execute(
                query.where(happenings.c.changed > self._last)
            )
            for rows in found.partitions():
                told = [row for row in rows if self._codes.known(row[2]) >= 0]
                codes = np.array([self._codes.known(row[2]) for row in told], np.int32)
                events = places.rows([row[0] for row in told], [row[1] for row in told])
                of_event[events[events >= 0]] = codes[events >= 0]
                missed.update(codes[events < 0].tolist())
        return missed


class _Places:
    """Finds the rows of events by the number of their report, as it is coded now, and their id."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        number = digest.reports["number"]
        self._order = np.argsort(number, kind="stable")
        self._numbers = number[self._order]

    def rows(self, numbers: Iterable[int], ids: Iterable[str]) -> Array:
        """The rows of some events; -1 for one that is not there."""
        asked = np.array(list(numbers), np.int64)
        at = np.searchsorted(self._numbers, asked, "right") - 1
        there = (at >= 0) & (self._numbers[at] == asked)
        report = np.where(there, self._order[at], -1)
        known = self._digest.codes["id"].known
        wanted = _packed(report, np.array([known(id_) for id_ in ids], np.int64))
        events = self._digest.events
        some = np.isin(events["report"], report).nonzero()[0]
        if not len(some):
            return np.full(len(asked), -1)
        keys = _packed(events["report"][some], events["id"][some])
        order = np.argsort(keys)
        place = np.minimum(np.searchsorted(keys[order], wanted), len(some) - 1)
        return np.where(keys[order][place] == wanted, some[order][place], -1)


def _packed(report: Array, event: Array) -> Array:
    return np.asarray(report.astype(np.int64) << 24 | event)
