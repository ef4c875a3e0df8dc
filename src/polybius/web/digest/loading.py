"""Reads a store's reports into columns, and later those that came in or were coded anew since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from threading import Lock, Thread
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table, Text, cast, select

from polybius.store import Store
from polybius.store.schema import (
    actors,
    codings,
    events,
    participants,
    places,
    reports,
    statements,
    ties,
)
from polybius.web.digest.columns import Codes, Digest, Growing, People, first_bytes, ordinal
from polybius.web.digest.index import Index

BATCH = 500  # reports read at once
AT_ONCE = 1000  # reports a reader waits for; where more are missing, they are read behind the reader's back
LATE = 500  # codings that are looked at again: on PostgreSQL one may be committed after a later one

_KINDS: dict[str, dict[str, Any]] = {
    "reports": {
        "number": np.int64, "published": np.int32, "source": np.int32, "high": np.uint64, "low": np.uint64,
    },
    "events": {
        "report": np.int32, "position": np.int32, "id": np.int32, "start": np.int32, "end": np.int32,
        "type": np.int16, "mode": np.int16, "auxiliary": np.int16, "quad": np.int8, "confidence": np.float64,
        "place": np.int32, "said_by": np.int32,
    },
    "parties": {"event": np.int32, "role": np.int8, "who": np.int32},
    "pairs": {"event": np.int32, "actor": np.int32, "recipient": np.int32},
    "actors": {"report": np.int32, "who": np.int32},
    "statements": {
        "report": np.int32, "position": np.int32, "id": np.int32, "start": np.int32, "end": np.int32,
        "speaker": np.int32, "via": np.int32,
    },
    "ties": {
        "report": np.int32, "position": np.int32, "id": np.int32, "since": np.int32, "until": np.int32,
        "kind": np.int16, "from_actor": np.int32, "to_actor": np.int32, "said_by": np.int32,
    },
}  # fmt: skip
_INDEXED = (("parties", "who"), ("parties", "event"), ("pairs", "event"), ("actors", "who"))
_LAST = "SELECT max(number) FROM codings"  # asked for each page, so it is not built anew each time
NOBODY = -1  # in place of a number: no place, nobody who says so


class Digests:
    """Keeps the digest of a store up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._columns = {
            table: {name: Growing(kind) for name, kind in kinds.items()} for table, kinds in _KINDS.items()
        }
        self._live = Growing(bool)
        self._codes = {
            name: Codes() for name in ("source", "id", "type", "mode", "auxiliary", "place", "kind")
        }
        self._people = People()
        self._indexes = {column: Index() for column in _INDEXED}
        self._days: dict[str, int] = {}
        self._rows: dict[int, int] = {}
        self._known: set[int] = set()
        self._last = 0
        self._anew = 0
        self._digest = self._shown()
        self._lock = Lock()
        self._reading = False

    def current(self, *, wait: bool = False) -> Digest | None:
        """The digest of the store as it is now; None while so much is missing that nobody should wait for it.

        Args:
            wait: take in all there is, however long it takes.
        """
        with self._store.read() as connection:
            last: int = connection.exec_driver_sql(_LAST).scalar() or 0
        if last == self._last:
            return self._digest
        if not wait and self._reading:
            return None
        if wait or last - self._last <= AT_ONCE:
            self._take_in()
            return self._digest
        self._reading = True
        Thread(target=self._read_all, daemon=True).start()
        return None

    def _read_all(self) -> None:
        try:
            self._take_in()
        finally:
            self._reading = False

    def _take_in(self) -> None:
        """Read what is missing; codings are numbered as they come, so their numbers tell what is."""
        with self._lock, self._store.read() as connection:
            query = select(codings.c.number, codings.c.report).where(codings.c.number > self._last - LATE)
            missing = [row for row in connection.execute(query) if row[0] not in self._known]
            numbers = sorted({row[1] for row in missing})
            for start in range(0, len(numbers), BATCH):
                self._read(connection, numbers[start : start + BATCH])
            self._known.update(row[0] for row in missing)
            self._digest = self._shown()
            self._last = max([self._last, *(row[0] for row in missing)])

    def _shown(self) -> Digest:
        tables = {
            table: {name: column.shown() for name, column in columns.items()}
            for table, columns in self._columns.items()
        }
        return Digest(
            **tables, who={name: column.shown() for name, column in self._people.columns.items()},
            live=self._live.shown(), anew=self._anew, codes=self._codes, people=self._people,
            indexes=self._indexes,
        )  # fmt: skip

    def _read(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Add the rows of some reports; those that are there already are dead from now on."""
        again = [self._rows[number] for number in numbers if number in self._rows]
        if again:
            live = Growing(bool)  # a copy: who reads the digest of before sees the reports of before
            live.extend(self._live.shown())
            live.shown()[again] = False
            self._live = live
            self._anew += 1
        query = select(reports.c.number, reports.c.id, reports.c.source, cast(reports.c.published, Text))
        rows = connection.execute(query.where(reports.c.number.in_(numbers)).order_by(reports.c.number)).all()
        first = len(self._live.shown())
        self._rows |= {row[0]: first + place for place, row in enumerate(rows)}
        self._live.extend([True] * len(rows))
        ends = [first_bytes(row[1]) for row in rows]
        self._add(
            "reports", number=[row[0] for row in rows], high=[end[0] for end in ends],
            low=[end[1] for end in ends], source=[self._codes["source"].of(row[2]) for row in rows],
            published=[ordinal(row[3], self._days) for row in rows],
        )  # fmt: skip
        who = self._read_actors(connection, numbers)
        self._read_events(connection, numbers, who)
        self._read_said(connection, numbers, who)

    def _read_actors(self, connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, str], int]:
        columns = [actors.c[name] for name in ("name", "kind", "country", "sector", "role", "known_as")]
        found = _rows(connection, actors, numbers, [actors.c.id, *columns, cast(actors.c.aliases, Text)])
        who: dict[tuple[int, str], int] = {}
        for report, id_, *facts in found:
            aliases = facts[-1]
            who[report, id_] = self._people.of(
                tuple(facts), () if aliases == "[]" else json.loads(aliases)
            )  # fmt: skip
        self._add("actors", report=[self._rows[report] for report, _ in who], who=list(who.values()))
        return who

    def _read_events(
        self, connection: Connection, numbers: Sequence[int], who: dict[tuple[int, str], int]
    ) -> None:
        codes = self._codes
        where = {(row[0], row[1]): codes["place"].of(tuple(row[2:])) for row in _places(connection, numbers)}
        names = ("id", "position", "type", "mode", "auxiliary", "quad", "confidence", "place", "said_by")
        days = [cast(events.c.date_start, Text), cast(events.c.date_end, Text)]
        found = _rows(connection, events, numbers, [*(events.c[name] for name in names), *days])
        first = len(self._columns["events"]["report"].shown())
        rows: dict[tuple[int, str], int] = {}
        columns: dict[str, list[Any]] = {name: [] for name in _KINDS["events"]}
        for (
            report,
            id_,
            position,
            type_,
            mode,
            auxiliary,
            quad,
            confidence,
            place,
            said_by,
            start,
            end,
        ) in found:
            rows[report, id_] = first + len(rows)
            values = (
                self._rows[report], position, codes["id"].of(id_), ordinal(start, self._days),
                ordinal(end, self._days), codes["type"].of(type_), codes["mode"].of(mode),
                codes["auxiliary"].of(auxiliary), quad, confidence, where.get((report, place), NOBODY),
                who.get((report, said_by), NOBODY),
            )  # fmt: skip
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
        self._add("events", **columns)
        self._read_parties(connection, numbers, who, rows)

    def _read_parties(
        self, connection: Connection, numbers: Sequence[int],
        who: dict[tuple[int, str], int], rows: dict[tuple[int, str], int],
    ) -> None:  # fmt: skip
        columns = [participants.c.event, participants.c.role, participants.c.actor]
        sides: dict[int, tuple[list[int], list[int]]] = {}
        party = []
        for report, event, role, actor in _rows(connection, participants, numbers, columns):
            row, number = rows[report, event], int(role == "recipient")
            party.append((row, number, who[report, actor]))
            sides.setdefault(row, ([], []))[number].append(who[report, actor])
        pairs = [(row, *pair) for row, (doing, done) in sides.items() for pair in product(doing, done)]
        self._add_rows("parties", party)
        self._add_rows("pairs", pairs)

    def _read_said(
        self, connection: Connection, numbers: Sequence[int], who: dict[tuple[int, str], int]
    ) -> None:
        """Statements and ties."""
        codes, days = self._codes, self._days
        ends = [cast(statements.c[name], Text) for name in ("date_start", "date_end")]
        columns = [statements.c[name] for name in ("position", "id", "speaker", "via")]
        found = [
            (
                self._rows[report], position, codes["id"].of(id_), ordinal(start, days), ordinal(end, days),
                who.get((report, speaker), NOBODY), who.get((report, via), NOBODY),
            )
            for report, position, id_, speaker, via, start, end
            in _rows(connection, statements, numbers, [*columns, *ends])
        ]  # fmt: skip
        self._add_rows("statements", found)
        ends = [cast(ties.c[name], Text) for name in ("since", "until")]
        columns = [ties.c[name] for name in ("position", "id", "kind", "from_actor", "to_actor", "said_by")]
        found_ties = [
            (
                self._rows[report], position, codes["id"].of(id_), ordinal(since, days), ordinal(until, days),
                codes["kind"].of(kind), *(who.get((report, actor), NOBODY) for actor in parties),
            )
            for report, position, id_, kind, *parties, since, until
            in _rows(connection, ties, numbers, [*columns, *ends])
        ]  # fmt: skip
        self._add_rows("ties", found_ties)

    def _add_rows(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        names = _KINDS[table]
        self._add(table, **{name: [row[place] for row in rows] for place, name in enumerate(names)})

    def _add(self, table: str, **columns: list[Any]) -> None:
        for name, values in columns.items():
            self._columns[table][name].extend(values)


def _rows(
    connection: Connection, table: Table, numbers: Sequence[int], columns: Iterable[Any]
) -> Iterator[Any]:
    query = select(table.c.report, *columns).where(table.c.report.in_(numbers))
    yield from connection.execute(query.order_by(*table.primary_key.columns))


def _places(connection: Connection, numbers: Sequence[int]) -> Iterator[Any]:
    names = ("id", "name", "folded", "country", "latitude", "longitude", "known_as")
    return _rows(connection, places, numbers, [places.c[name] for name in names])
