"""Happenings by a filter, page by page: which of them, by the digest, and then only those of the page told whole."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from threading import Lock
from time import sleep
from typing import Any

import numpy as np
from sqlalchemy import Select, select

from polybius.corroboration import Happening
from polybius.corroboration.stored import StoredHappenings
from polybius.corroboration.tables import happenings
from polybius.store import Filter
from polybius.web.asking import Asking
from polybius.web.digest import Array, Digest

WARM = 500  # happenings told before anybody asks
KEPT = 2000  # happenings held on to, the last asked for
_ORDER = (
    happenings.c.voices.desc(),
    happenings.c.reports.desc(),
    happenings.c.date_start.is_(None),
    happenings.c.date_start,
    happenings.c.id,
)
"""Most voices first, then by day; an index holds them so."""


class Told:
    """Happenings that were told, each until it changes."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, str], Happening] = {}
        self._lock = Lock()

    def several(self, stored: StoredHappenings, keys: Sequence[tuple[int, str]]) -> list[Happening]:
        """The happenings of some keys: the number of the last change, and the id."""
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
    stored = StoredHappenings(asking.store)
    if wanted == Filter():
        with asking.store.read() as connection:
            rows = connection.execute(_ranked(voices).limit(limit).offset(start)).all()
        keys = [(row.changed, row.id) for row in rows]
    elif (happened := asking.happenings.current()) is not None:
        events = _events(asking, happened.digest, replace(wanted, type=None, since=None, until=None))
        keys = happened.ranked(events, wanted, voices, start + limit)[start:]
    else:
        return list(islice(stored.find(wanted, min_voices=voices, limit=start + limit), start, None))
    return kept.several(stored, keys)


def warm(asking: Asking, kept: Told) -> None:
    """Tell what most reports tell of before anybody asks: it is long to read, and first in most lists."""
    asking.digests.current(wait=True)
    asking.happenings.current()
    for start in range(0, WARM, 20):
        find(asking, kept, Filter(), voices=2, start=start, limit=20)
        sleep(0.1)  # pages go first
    gc.collect()
    gc.freeze()  # or else the collector walks all of it again and again, a quarter of a second each time


def _events(asking: Asking, digest: Digest, of_claims: Filter) -> Array:
    """The events that a filter asks for; who takes part may do it or have it done: reports differ in who received."""
    events = asking.rows(digest, of_claims)
    if of_claims.actor and not of_claims.recipient:
        other = asking.rows(digest, replace(of_claims, actor=None, recipient=of_claims.actor))
        return np.union1d(events, other)
    return events


def _ranked(voices: int) -> Select[Any]:
    """All happenings that so many voices tell of, in their order."""
    columns = happenings.c
    return select(columns.id, columns.changed).where(columns.voices >= voices).order_by(*_ORDER)
