"""What the desk asks of a store: answered from the digest in memory, by the store's own queries until that is read."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import or_, select

from polybius.store import Filter, FoundEvent, FoundStatement, FoundTie, Store, Summary
from polybius.store.filters import statement_conditions, tie_conditions
from polybius.store.schema import reports
from polybius.web import listing as paging
from polybius.web import questions
from polybius.web.asked import PAGE, Asked
from polybius.web.digest import (
    Array,
    Digest,
    Digests,
    chosen,
    chosen_said,
    counting,
    ordered,
    ordered_said,
)
from polybius.web.digest.happened import Happenings
from polybius.web.listing import Listing
from polybius.web.questions import Known, Point
from polybius.web.rows import (
    Mark,
    Row,
    SaidRow,
    TieRow,
    marks_at,
    marks_of,
    rows_at,
    rows_of,
    said_rows_at,
    said_rows_of,
    tie_rows_at,
    tie_rows_of,
)

REMEMBERED = 32  # filters whose events are kept: a page mostly asks several things of one filter


class Asking:
    """The questions of the desk's pages about one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.digests = Digests(store)
        self.happenings = Happenings(store, self.digests)
        self._digest: Callable[[], Digest | None] = self.digests.current
        self._found: dict[tuple[int, Filter], tuple[Digest, Array]] = {}
        self._lock = Lock()

    def for_one_page(self) -> Asking:
        """The same questions, all of them answered from one state of the store, which is asked for only once."""
        page = copy(self)
        page._digest = cache(self.digests.current)
        return page

    def listing(self, wanted: Asked, size: int = PAGE) -> Listing[FoundEvent]:
        """The page of events that an address asks for; the last one where it asks for more than there are."""
        if (digest := self._digest()) is None:
            return paging.listing(self.store, wanted, size)
        events, found = self._listed(digest, wanted, size)
        whole = self.store.events_at(digest.keys(digest.events, events))
        return replace(found, events=tuple(whole))

    def table(self, wanted: Asked, size: int = PAGE) -> Listing[Row]:
        """The same page as rows of a table, which take less time to read."""
        if (digest := self._digest()) is None:
            listed = paging.listing(self.store, wanted, size)
            return Listing(rows_of(listed.events), listed.found, listed.page, listed.pages)
        events, found = self._listed(digest, wanted, size)
        return replace(found, events=rows_at(self.store, digest, events)[0])

    def tables(self, *wanted: Filter, size: int) -> list[Listing[Row]]:
        """The first pages of several tables; their words are read together."""
        if (digest := self._digest()) is None:
            return [self.table(Asked(one), size) for one in wanted]
        listed = [self._listed(digest, Asked(one), size) for one in wanted]
        tables = rows_at(self.store, digest, *(events for events, _ in listed))
        return [replace(found, events=rows) for (_, found), rows in zip(listed, tables, strict=True)]

    def on_a_line(self, wanted: Filter, size: int, whole: int) -> tuple[Listing[Row], list[Mark]]:
        """The first events of a filter: some ``whole``, as rows of a table, and all of them as marks."""
        if (digest := self._digest()) is None:
            found = self.table(Asked(wanted), size)
            return replace(found, events=found.events[:whole]), marks_of(found.events)
        events, found = self._listed(digest, Asked(wanted), size)
        (rows,) = rows_at(self.store, digest, events[:whole])
        marks = marks_of(rows) + marks_at(self.store, digest, events[whole:])
        return replace(found, events=rows), marks

    def _listed(self, digest: Digest, wanted: Asked, size: int) -> tuple[Array, Listing[Any]]:
        """The events of a page, and the page without them."""
        found = self.rows(digest, wanted.filter)
        pages = max(1, -(-len(found) // size))
        page = min(wanted.page, pages)
        events = ordered(digest, found, wanted.order, (page - 1) * size, page * size)
        return events, Listing((), len(found), page, pages)

    def count(self, wanted: Filter) -> int:
        """How many events a filter finds."""
        if (digest := self._digest()) is None:
            return paging.count(self.store, wanted)[1]
        return len(self.rows(digest, wanted))

    def months(self, wanted: Filter) -> list[tuple[str, int, int]]:
        """Events by month and quad class: ("2019-09", 4, 12), in order."""
        if (digest := self._digest()) is None:
            return questions.months(self.store, wanted)
        return counting.months(digest, self.rows(digest, wanted))

    def counterparts(self, wanted: Filter, role: str, top: int = 15) -> list[tuple[str, str, int, int]]:
        """Who stands on the other side of the events asked for: key, name, events of cooperation, of conflict."""
        if (digest := self._digest()) is None:
            return questions.counterparts(self.store, wanted, role, top)
        return counting.counterparts(digest, self.rows(digest, wanted), int(role == "recipient"), top)

    def points(self, wanted: Filter, top: int = 2000) -> list[Point]:
        """Events by place and quad class, where the place has coordinates."""
        if (digest := self._digest()) is None:
            return questions.points(self.store, wanted)
        return [Point(*row) for row in counting.points(digest, self.rows(digest, wanted), top)]

    def links(self, wanted: Filter, top: int = 150) -> list[tuple[str, str, str, str, int, int]]:
        """Who does what to whom: keys and names of actor and recipient, quad class, events; the most frequent."""
        if (digest := self._digest()) is None:
            return questions.links(self.store, wanted, top)
        return counting.links(digest, self.rows(digest, wanted), top)

    def who(self, name: str, top: int = 50) -> list[Known]:
        """What the reports hold the actors to be that a name or key stands for; the most frequent first."""
        if (digest := self._digest()) is None:
            return questions.who(self.store, name)
        return [Known(*row) for row in counting.who(digest, name, top)]

    def busiest(self, top: int = 100) -> list[tuple[str, str, int]]:
        """Actors by how many events they take part in: key, name, events."""
        if (digest := self._digest()) is None:
            return questions.busiest_actors(self.store, top)
        return counting.busiest(digest, top)

    def sources(self, top: int = 200) -> list[str]:
        """The names of sources, the most frequent first."""
        if (digest := self._digest()) is None:
            return questions.sources(self.store, top)
        codes = digest.codes["source"]
        named = counting.by_value(codes, digest.reports["source"][digest.live])
        return [source for source, _ in named if source is not None][:top]

    def summary(self, top: int = 12) -> Summary:
        """Counts of the store, and of its events by day, dyad, type and source."""
        if (digest := self._digest()) is None:
            return self.store.summary(top=top)
        events = digest.events
        found = self.rows(digest, Filter())
        source = digest.reports["source"][events["report"][found]]
        return Summary(
            reports=int(digest.live.sum()), events=len(found), found=len(found),
            statements=int(digest.everything(digest.statements).sum()),
            ties=int(digest.everything(digest.ties).sum()), failures=len(self.store.failures()),
            days=counting.days(digest, found), dyads=counting.dyads(digest, found, top),
            types=tuple(counting.by_value(digest.codes["type"], events["type"][found])[:top]),
            sources=tuple(counting.by_value(digest.codes["source"], source, "unknown")[:top]),
        )  # fmt: skip

    def statements(self, wanted: Filter) -> list[FoundStatement]:
        """The statements a filter asks for, in its order."""
        list(statement_conditions(wanted))  # refuses what statements do not have, as the store does
        if (digest := self._digest()) is None:
            return list(self.store.statements(wanted))
        return self.store.statements_at(self._said(digest, wanted, digest.statements))

    def said(self, wanted: Filter) -> list[SaidRow]:
        """The same as rows of a list, which take less time to read."""
        if (digest := self._digest()) is None:
            return said_rows_of(self.store.statements(wanted))
        return said_rows_at(self.store, digest, self._said_rows(digest, wanted, digest.statements))

    def ties(self, wanted: Filter) -> list[FoundTie]:
        """The ties a filter asks for, in its order."""
        list(tie_conditions(wanted))
        if (digest := self._digest()) is None:
            return list(self.store.ties(wanted))
        return self.store.ties_at(self._said(digest, wanted, digest.ties))

    def ties_once(self, *wanted: Filter, most: int) -> list[TieRow]:
        """The ties of some filters by kind, each once for every day it is said to hold from; the first of all alike."""
        if (digest := self._digest()) is None:
            all_ties = [tie for one in wanted for tie in self.store.ties(one)]
            return tie_rows_of(questions.ties_once(all_ties)[:most])
        found = np.concatenate([self._said_rows(digest, one, digest.ties) for one in wanted])
        return tie_rows_at(self.store, digest, counting.ties_once(digest, found)[:most])

    def counted_ties(self, wanted: Filter) -> dict[tuple[str, str, str, str, str], int]:
        """How often each of the ties asked for is told: keys and names of both ends, kind."""
        if (digest := self._digest()) is None:
            return questions.counted_ties(self.store, wanted)
        return counting.ties(digest, self._said_rows(digest, wanted, digest.ties))

    def _said(self, digest: Digest, wanted: Filter, table: dict[str, Array]) -> list[tuple[int, str]]:
        return digest.keys(table, self._said_rows(digest, wanted, table))

    def _said_rows(self, digest: Digest, wanted: Filter, table: dict[str, Array]) -> Array:
        found = chosen_said(digest, wanted, table, self._reports(wanted))
        stop = len(found) if wanted.limit is None else wanted.offset + wanted.limit
        return ordered_said(digest, table, found, wanted.order, stop)[wanted.offset :]

    def rows(self, digest: Digest, wanted: Filter) -> Array:
        """The events of a filter, found once for one state of the store."""
        key = (id(digest), wanted)
        with self._lock:
            if key in self._found:
                return self._found[key][1]
        rows = chosen(digest, wanted, self._reports(wanted))
        with self._lock:
            while len(self._found) >= REMEMBERED:
                self._found.pop(next(iter(self._found)))
            self._found[key] = (digest, rows)  # the digest is held on to, so that its id stays its own
        return rows

    def _reports(self, wanted: Filter) -> list[int]:
        """The numbers of the reports that a filter names."""
        if not wanted.report:
            return []
        named = or_(reports.c.id == wanted.report, reports.c.given_id == wanted.report)
        with self.store.read() as connection:
            return list(connection.execute(select(reports.c.number).where(named)).scalars())
