"""Happenings by a filter, page by page: which of them, by the digest, and then only those of the page told whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from threading import Lock
from time import sleep
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, select

from polybius.corroboration import Happening
from polybius.corroboration.stored import StoredHappenings
from polybius.corroboration.tables import claims, happenings
from polybius.store import Filter
from polybius.web.asking import Asking
from polybius.web.digest import Array, Digest

WARM = 500  # happenings told before anybody asks
KEPT = 2000  # happenings held on to, the last asked for
FEW = 4000  # events whose happenings are looked up; for more, happenings are gone through from the top
STEP = 400  # happenings gone through at once
_ORDER = (
    happenings.c.voices.desc(),
    happenings.c.reports.desc(),
    happenings.c.date_start.is_(None),
    happenings.c.date_start,
    happenings.c.id,
)
"""Most voices first, then by day; an index holds them so."""


class Told:
    """Happenings that were told, each until a claim of it comes or goes, or a report is coded anew."""

    def __init__(self) -> None:
        self._told: dict[tuple[Any, ...], Happening] = {}
        self._lock = Lock()

    def several(self, stored: StoredHappenings, keys: Sequence[tuple[Any, ...]]) -> list[Happening]:
        """The happenings of some keys; what is second in a key is the id, what else there is changes with it."""
        with self._lock:
            known = {key: self._told[key] for key in keys if key in self._told}
        missing = [key for key in keys if key not in known]
        found = stored.several([key[1] for key in missing])
        known |= {key: found[key[1]] for key in missing if key[1] in found}
        with self._lock:
            for key, happening in known.items():
                self._told.pop(key, None)
                self._told[key] = happening
            while len(self._told) > KEPT:
                self._told.pop(next(iter(self._told)))
        return [known[key] for key in keys if key in known]

    def forget(self) -> None:
        """Forget all: some were joined or parted by hand."""
        with self._lock:
            self._told.clear()


def find(
    asking: Asking, kept: Told, wanted: Filter, *, voices: int, start: int, limit: int
) -> list[Happening]:
    """The happenings that a filter asks for, as ``StoredHappenings.find`` gives them, from ``start`` on."""
    stored, digest = StoredHappenings(asking.store), asking.digests.current()
    of_claims = replace(wanted, type=None, since=None, until=None)
    query = _ranked(wanted, voices)
    if of_claims == Filter():
        with asking.store.read() as connection:
            rows = connection.execute(query.limit(limit).offset(start)).all()
    elif digest is not None:
        events = _events(asking, digest, of_claims)
        with asking.store.read() as connection:
            rows = _told_by(connection, query, digest, events, start, limit)
    else:
        found = stored.find(wanted, min_voices=voices, limit=start + limit)
        return list(islice(found, start, None))
    return kept.several(stored, [(digest.anew if digest else 0, *row) for row in rows])


def warm(asking: Asking, kept: Told) -> None:
    """Tell what most reports tell of before anybody asks: it is long to read, and first in most lists."""
    asking.digests.current(wait=True)
    for start in range(0, WARM, 20):
        find(asking, kept, Filter(), voices=2, start=start, limit=20)
        sleep(0.1)  # pages go first


def _events(asking: Asking, digest: Digest, of_claims: Filter) -> Array:
    """The events that a filter asks for; who takes part may do it or have it done: reports differ in who received."""
    events = asking.rows(digest, of_claims)
    if of_claims.actor and not of_claims.recipient:
        other = asking.rows(digest, replace(of_claims, actor=None, recipient=of_claims.actor))
        return np.union1d(events, other)
    return events


def _told_by(
    connection: Connection, query: Select[Any], digest: Digest, events: Array, start: int, limit: int
) -> Sequence[Any]:
    """The rows of happenings in their order, those alone that one of the events tells of."""
    if len(events) > FEW:
        return list(islice(_from_the_top(connection, query, digest, events), start, start + limit))
    ids = sorted(_of_events(connection, digest.keys(digest.events, events)))
    found: list[Any] = []
    for at in range(0, len(ids), FEW):
        found += connection.execute(query.where(happenings.c.id.in_(ids[at : at + FEW])))
    return sorted(found, key=_rank)[start : start + limit]


def _ranked(wanted: Filter, voices: int) -> Select[Any]:
    """What type, days and voices leave of the happenings, in their order; the rest is asked of their claims."""
    columns = happenings.c
    query = select(columns.id, columns.voices, columns.reports, columns.date_start).where(
        columns.voices >= voices
    )
    if wanted.type:
        query = query.where(columns.type.in_(sorted({wanted.type, wanted.type.upper()})))
    if wanted.since:
        query = query.where(columns.date_end >= wanted.since)
    if wanted.until:
        query = query.where(columns.date_start <= wanted.until)
    return query.order_by(*_ORDER)


def _rank(row: Any) -> tuple[Any, ...]:
    return -row.voices, -row.reports, row.date_start is None, str(row.date_start), row.id


def _of_events(connection: Connection, keys: Sequence[tuple[int, str]]) -> set[str]:
    """The happenings that events tell of."""
    ids: set[str] = set()
    events: dict[int, set[str]] = {}
    for number, event in keys:
        events.setdefault(number, set()).add(event)
    numbers = list(events)
    for at in range(0, len(numbers), FEW):
        query = select(claims.c.report, claims.c.event, claims.c.happening)
        for row in connection.execute(query.where(claims.c.report.in_(numbers[at : at + FEW]))):
            if row[1] in events[row[0]]:
                ids.add(row[2])
    return ids


def _from_the_top(connection: Connection, query: Select[Any], digest: Digest, events: Array) -> Iterator[Any]:
    """Happenings in order, those alone that one of the events tells of."""
    asked = np.sort(
        _packed(digest.reports["number"][digest.events["report"][events]], digest.events["id"][events])
    )
    after: list[Any] = []
    while True:
        rows = connection.execute(query.where(*after).limit(STEP)).all()
        told = select(claims.c.happening, claims.c.report, claims.c.event)
        found = connection.execute(told.where(claims.c.happening.in_([row.id for row in rows]))).all()
        ids = digest.codes["id"]
        keys = _packed(
            np.array([row[1] for row in found], np.int64),
            np.array([ids.known(row[2]) for row in found], np.int64),
        )
        at = np.minimum(np.searchsorted(asked, keys), len(asked) - 1)
        hit = {found[place][0] for place in np.flatnonzero(asked[at] == keys).tolist()}
        yield from (row for row in rows if row.id in hit)
        if len(rows) < STEP:
            return
        after = [_behind(rows[-1])]


def _behind(row: Any) -> ColumnElement[bool]:
    """What comes after a row in the order of happenings: pages follow each other without counting from the top."""
    columns = happenings.c
    later = columns.id > row.id
    if row.date_start is None:
        later = columns.date_start.is_(None) & later
    else:
        same = (columns.date_start == row.date_start) & later
        later = columns.date_start.is_(None) | (columns.date_start > row.date_start) | same
    fewer = (columns.reports < row.reports) | ((columns.reports == row.reports) & later)
    behind: ColumnElement[bool] = (columns.voices < row.voices) | ((columns.voices == row.voices) & fewer)
    return behind


def _packed(number: Array, event: Array) -> Array:
    return np.asarray(number.astype(np.int64) << 24 | event)
