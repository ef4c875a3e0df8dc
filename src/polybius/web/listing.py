"""Events page by page, from either end of the store's order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from sqlalchemy import func, select

from polybius.store import Filter, FoundEvent, Store
from polybius.store.filters import event_conditions
from polybius.store.schema import events, reports
from polybius.web.asked import PAGE, Asked, ordered

BACKWARDS = frozenset({"newest", "doubtful", "added"})
_Event = TypeVar("_Event")


@dataclass(frozen=True, slots=True)
class Listing(Generic[_Event]):
    """One page of events, whole or as rows of a table, and how many there are in all."""

    events: tuple[_Event, ...]
    found: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first event of the page, from 1."""
        return (self.page - 1) * PAGE + 1


def listing(store: Store, wanted: Asked, size: int = PAGE) -> Listing[FoundEvent]:
    """The page of events that an address asks for; the last one where it asks for more than there are."""
    dated, found = count(store, wanted.filter)
    pages = max(1, -(-found // size))
    page = min(wanted.page, pages)
    start, stop = (page - 1) * size, min(page * size, found)
    forwards = ordered(wanted.filter, wanted.order)
    if wanted.order not in BACKWARDS:
        return Listing(_slice(store, forwards, start, stop), found, page, pages)
    turned = dated if wanted.order == "newest" else found  # events without a day stay at the end
    latest = _slice(store, forwards, turned - min(stop, turned), turned - min(start, turned))[::-1]
    undated = _slice(store, forwards, max(start, turned), max(stop, turned))
    return Listing((*latest, *undated), found, page, pages)


def count(store: Store, wanted: Filter) -> tuple[int, int]:
    """How many events with a day a filter finds, and how many in all."""
    query = select(func.count(events.c.date_start), func.count())
    conditions = list(event_conditions(wanted))
    joined = events.join(reports, reports.c.number == events.c.report) if conditions else events
    with store.read() as connection:
        dated, found = connection.execute(query.select_from(joined).where(*conditions)).one()
    return dated, found


def _slice(store: Store, wanted: Filter, start: int, stop: int) -> tuple[FoundEvent, ...]:
    if stop <= start:
        return ()
    return tuple(store.events(replace(wanted, offset=start, limit=stop - start)))
