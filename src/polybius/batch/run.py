"""Codes many reports into a store: safe to stop at any point and to run again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy.exc import IntegrityError

from polybius.batch.coding import Coded, Load, LoadCoder, fault, origin_of
from polybius.batch.outcome import Outcome
from polybius.batch.taking import Sources, in_batches
from polybius.errors import RecordError
from polybius.intake import MAX_BYTES, Failure, FieldNames, Report
from polybius.record import Document
from polybius.store import Store, coder_version

LOOK_UP = 100  # reports looked up in the store together before any is coded

EngineName = Literal["local", "dask"]


class Engine(Protocol):
    """Where reports are coded: on this machine, or on many."""

    def versions(self) -> dict[str, Any]: ...

    def code(self, reports: Iterator[Report]) -> Iterator[list[Coded]]: ...


def add(
    paths: Sequence[str | Path],
    store: Store,
    *,
    fields: FieldNames | None = None,
    published: date | str | None = None,
    max_bytes: int = MAX_BYTES,
    load: Load | None = None,
    workers: int | None = None,
    engine: EngineName = "local",
    scheduler: str | None = None,
    shards: str | Path | None = None,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> Outcome:
    """Read files, folders, patterns and standard input ("-"), code what the store lacks, and keep it.

    A report that is there from the same coder version is not coded again. What fails is kept in the store
    with its reason, and the rest goes on.

    Args:
        fields: how the columns of tables are named.
        published: the day of reports; it wins over a text's own and stands in where a table's row has none.
        max_bytes: longest text of one report.
        load: loads the coder in each worker (picklable); by default ``polybius.load``.
        workers: worker processes; by default one a core.
        engine: ``local``, worker processes of this machine, or ``dask``.
        scheduler: for dask, the address of the scheduler; without it a cluster is started on this machine.
        shards: for dask, a folder that all machines see.
        progress: called each time something was done.

    Raises:
        SettingsError: when the pipeline or dask is not installed, or the scheduler cannot be reached.
        PolybiusError: when the store fails on the way.
    """
    sources = Sources(tuple(map(str, paths)), fields, published, max_bytes)
    run = _Run(store, Outcome(sources.expected()), progress)
    with _engine(engine, load or LoadCoder(), workers or os.cpu_count() or 1, scheduler, shards) as coding:
        run.version = coder_version(coding.versions())
        run.outcome.start()
        for coded in coding.code(run.lacking(sources.take())):
            run.keep(coded)
    return run.outcome


class _Run:
    """One run: skips what is there, writes what comes in, counts everything."""

    def __init__(self, store: Store, outcome: Outcome, progress: Callable[[Outcome], None]) -> None:
        self.store = store
        self.outcome = outcome
        self.progress = progress
        self.version = ""

    def lacking(self, taken: Iterator[Report | Failure]) -> Iterator[Report]:
        """The reports that the store lacks; failures are kept, and those that are there counted."""
        for batch in in_batches(self._good(taken), LOOK_UP):
            known = self.store.known([report.id for report in batch], self.version)
            there = [report for report in batch if report.id in known]
            if there:
                self.store.note_appearances([document_of(report) for report in there])
                self.store.clear_failures(map(origin_of, there))
                self.outcome.already += len(there)
                self.progress(self.outcome)
            yield from (report for report in batch if report.id not in known)

    def keep(self, coded: Sequence[Coded]) -> None:
        """Write a batch; when one of its records cannot be stored, the others are."""
        good = [item for item in coded if item.record is not None]
        failed = {item.origin: item.reason for item in coded if item.record is None}
        self.outcome.failed += len(coded) - len(good)
        try:
            self._save(good)
        except (RecordError, IntegrityError):
            for item in good:
                try:
                    self._save([item])
                except (RecordError, IntegrityError) as error:
                    failed[item.origin] = fault(error)
                    self.outcome.failed += 1
        self.store.note_failures(failed)
        self.store.clear_failures(item.origin for item in good if item.origin not in failed)
        self.progress(self.outcome)

    def _save(self, good: Sequence[Coded]) -> None:
        added = self.store.save_many([item.record for item in good if item.record is not None])
        self.outcome.added += added
        self.outcome.already += len(good) - added

    def _good(self, taken: Iterator[Report | Failure]) -> Iterator[Report]:
        for item in taken:
            if isinstance(item, Report):
                yield item
            else:
                self.outcome.failed += 1
                self.store.note_failures({item.error.source or item.source: fault(item.error)})
                self.progress(self.outcome)


def document_of(report: Report) -> Document:
    """What a record would say of the report itself."""
    facts = {name: getattr(report, name) for name in Document.model_fields}
    return Document(**facts)


def _engine(
    name: EngineName, load: Load, workers: int, scheduler: str | None, shards: str | Path | None
) -> AbstractContextManager[Engine]:
    if name == "dask":
        from polybius.batch.cluster import ClusterEngine

        return ClusterEngine(load, workers, scheduler, Path(shards or "polybius-shards"))
    from polybius.batch.local import LocalEngine

    return LocalEngine(load, workers)
