"""The store: records go in whole, and questions are answered from the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, Table, delete, select
from sqlalchemy.exc import DataError, InterfaceError, OperationalError

from polybius.errors import PolybiusError, RecordError
from polybius.record import Document, Record
from polybius.store import schema
from polybius.store.engine import attempt, connect
from polybius.store.filters import Filter
from polybius.store.found import EventWords, FoundEvent, FoundStatement, FoundTie, SaidWords
from polybius.store.lookups import bare_words
from polybius.store.migrations import migrate
from polybius.store.queries import (
    events_at,
    find_events,
    find_statements,
    find_ties,
    said_words_at,
    statements_at,
    ties_at,
    words_at,
)
from polybius.store.reading import read_record
from polybius.store.saving import insert_or_replace, note_appearance, save_records
from polybius.store.search import SearchHit, search
from polybius.store.summary import Summary, summarise

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A report that could not be taken in or coded: its file (and row), why, and when it was last tried."""

    source: str
    reason: str
    failed_at: datetime


class Store:
    """A database of coded reports. Safe to use from several threads and processes at once.

    Other rooms that keep tables of their own here add a numbered SQL file a back end to ``store/data`` and use
    ``read`` and ``write``.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """Open the store at an SQLAlchemy URL and bring it to the newest schema.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql://USER@HOST/DATABASE``.
            create: make the SQLite file when it is not there.

        Raises:
            SettingsError: when the URL is none of these, cannot be reached, or a newer polybius made the store.
        """
        engine = connect(url, create=create)
        migrate(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection in a transaction that sees one state of the store."""
        with self.engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do ``work`` in one transaction, again from the start when another process got in the way.

        Raises:
            PolybiusError: when the database fails: a full disk, a server that is gone.
        """
        try:
            return attempt(self.engine, work)
        except (OperationalError, InterfaceError) as error:
            reason = str(error.orig).strip().splitlines()[0]
            remedy = "mend that and run it again: what is stored stays"
            raise PolybiusError(f"the store cannot be written: {reason}", remedy) from None

    def save(self, record: Record) -> bool:
        """Keep a record, whole or not at all; False when it is there already from the same coder version.

        Raises:
            RecordError: when the text cannot be stored.
        """
        return self.save_many([record]) == 1

    def save_many(self, records: Sequence[Record]) -> int:
        """Keep records in one transaction, all or none; gives how many were not there before.

        Raises:
            RecordError: when the text of one cannot be stored.
        """
        try:
            return self.write(lambda connection: save_records(connection, records))
        except (UnicodeEncodeError, DataError) as error:
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            raise RecordError(f"cannot be stored: {reason}", "mend its characters") from None

    def note_appearances(self, documents: Sequence[Document]) -> None:
        """Keep that texts which are there appeared again, under another id, source or address."""

        def work(connection: Connection) -> None:
            for document in documents:
                note_appearance(connection, document)

        self.write(work)

    def has(self, report_id: str, coder_version: str | None = None) -> bool:
        """Whether the report is there, and coded by this version where one is given."""
        return bool(self.known([report_id], coder_version))

    def known(self, report_ids: Iterable[str], coder_version: str | None = None) -> set[str]:
        """Those of the reports that are there, and coded by this version where one is given."""
        query = select(schema.reports.c.id).where(schema.reports.c.id.in_(list(report_ids)))
        if coder_version is not None:
            query = query.where(schema.reports.c.coder == coder_version)
        with self.read() as connection:
            return set(connection.execute(query).scalars())

    def record(self, report_id: str) -> Record | None:
        """The record of a report by its id, equal to the one saved; None when it is not there."""
        query = select(schema.reports.c.number).where(schema.reports.c.id == report_id)
        with self.read() as connection:
            number = connection.execute(query).scalar()
            return None if number is None else read_record(connection, number)

    def history(self, report_id: str) -> list[Record]:
        """The records of a report that newer coder versions replaced, oldest first."""
        codings = schema.codings.c
        query = (
            select(codings.record)
            .join(schema.reports, schema.reports.c.number == codings.report)
            .where(schema.reports.c.id == report_id, codings.record.is_not(None))
            .order_by(codings.number)
        )
        with self.read() as connection:
            return [Record.model_validate_json(record) for record in connection.execute(query).scalars()]

    def report_ids(self) -> Iterator[str]:
        """The ids of all reports, in the order they came in."""
        query = select(schema.reports.c.id).order_by(schema.reports.c.number)
        with self.read() as connection:
            yield from connection.execution_options(yield_per=1000).execute(query).scalars()

    def records(self) -> Iterator[Record]:
        """All records, in the order their reports came in."""
        with self.read() as connection:
            numbers = connection.execute(select(schema.reports.c.number).order_by(schema.reports.c.number))
            for number in numbers.scalars().all():
                yield read_record(connection, number)

    def appearances(self, report_id: str) -> list[Mapping[str, str | None]]:
        """Where else the very same text appeared: rows of given_id, title, author, source, url."""
        columns = [schema.appearances.c[n] for n in ("given_id", "title", "author", "source", "url")]
        query = (
            select(*columns)
            .join(schema.reports, schema.reports.c.number == schema.appearances.c.report)
            .where(schema.reports.c.id == report_id)
            .order_by(schema.appearances.c.key)
        )
        with self.read() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def events(self, wanted: Filter | None = None) -> Iterator[FoundEvent]:
        """The events asked for, with those who take part, place, figures, words and report; lazily."""
        with self.read() as connection:
            yield from find_events(connection, wanted or Filter())

    def events_at(self, keys: Sequence[tuple[int, str]]) -> list[FoundEvent]:
        """The events with these keys (number of the report, id), in their order; those that are gone left out."""
        with self.read() as connection:
            return events_at(connection, keys)

    def words_at(self, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], EventWords]:
        """The words, figures and reports of the events with these keys, by key; those that are gone left out."""
        with self.read() as connection:
            return words_at(connection, keys)

    def bare_words_at(self, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, str]]:
        """Only the ids of the reports and the words of the events with these keys, as ``words_at``."""
        with self.read() as connection:
            return bare_words(connection, keys)

    def said_words_at(
        self, table: Table, keys: Sequence[tuple[int, str]]
    ) -> dict[tuple[int, str], SaidWords]:
        """The words and reports of the statements, or of the ties, with these keys, as ``words_at``."""
        with self.read() as connection:
            return said_words_at(connection, table, keys)

    def statements_at(self, keys: Sequence[tuple[int, str]]) -> list[FoundStatement]:
        """The statements with these keys, as ``events_at``."""
        with self.read() as connection:
            return statements_at(connection, keys)

    def ties_at(self, keys: Sequence[tuple[int, str]]) -> list[FoundTie]:
        """The ties with these keys, as ``events_at``."""
        with self.read() as connection:
            return ties_at(connection, keys)

    def statements(self, wanted: Filter | None = None) -> Iterator[FoundStatement]:
        """The statements asked for, with speaker, words and report; lazily."""
        with self.read() as connection:
            yield from find_statements(connection, wanted or Filter())

    def ties(self, wanted: Filter | None = None) -> Iterator[FoundTie]:
        """The ties asked for, with both ends, words and report; lazily."""
        with self.read() as connection:
            yield from find_ties(connection, wanted or Filter())

    def search(self, words: str, *, limit: int = 20) -> list[SearchHit]:
        """Reports that hold all the words (or "a phrase"), best first."""
        with self.read() as connection:
            return search(connection, words, limit)

    def summary(self, wanted: Filter | None = None, *, top: int = 10) -> Summary:
        """Counts of the store, and of the events asked for by day, dyad, type and source."""
        with self.read() as connection:
            return summarise(connection, wanted or Filter(), top)

    def failures(self) -> list[StoredFailure]:
        """What could not be taken in, by source."""
        query = select(schema.failures).order_by(schema.failures.c.source)
        with self.read() as connection:
            return [StoredFailure(**row) for row in connection.execute(query).mappings()]

    def note_failures(self, reasons: Mapping[str, str]) -> None:
        """Keep the reason for each source that failed; a later one of the same source takes its place."""
        rows = [{"source": s, "reason": r, "failed_at": datetime.now(UTC)} for s, r in reasons.items()]
        if rows:
            self.write(lambda connection: insert_or_replace(connection, schema.failures, rows))

    def clear_failures(self, sources: Iterable[str]) -> None:
        """Forget the failures of sources that have gone in since."""
        gone = delete(schema.failures).where(schema.failures.c.source.in_(list(sources)))
        self.write(lambda connection: connection.execute(gone))
