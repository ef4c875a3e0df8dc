"""The engine for one machine: worker processes that each load the coder once, and never too much in memory."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait as wait_for
from threading import Thread
from typing import Any

from polybius.batch.coding import BATCH, Coded, Load, in_worker, origin_of, versions_in_worker
from polybius.batch.taking import in_batches
from polybius.intake import Report

AHEAD = 3  # batches a worker has before it, so that none waits and none piles up
LEG = 2_000  # batches a worker codes before a fresh one takes its place: spaCy keeps every new word it sees

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_DIED = "the worker process died over it (out of memory?); try it alone with `polybius code`"


class LocalEngine:
    """Codes in ``workers`` processes of this machine; use it in a ``with`` block."""

    def __init__(self, load: Load, workers: int) -> None:
        self.load = pickle.dumps(load)
        self.workers = workers
        self._pool = self._new_pool(workers)

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def versions(self) -> dict[str, Any]:
        """The versions of the coder, as a worker has it; raises what loading it raised."""
        return self._pool.submit(versions_in_worker, self.load).result()

    def code(self, reports: Iterator[Report]) -> Iterator[list[Coded]]:
        """What became of the reports, in batches, in the order they are done."""
        batches = in_batches(reports, BATCH)
        while True:
            leg = islice(batches, LEG * self.workers)
            first = next(leg, None)
            if first is None:
                return
            yield from self._leg(first, leg)
            self._pool.shutdown()
            self._pool = self._new_pool(self.workers)

    def _leg(self, first: list[Report], others: Iterator[list[Report]]) -> Iterator[list[Coded]]:
        doing: dict[Future[list[Coded]], list[Report]] = {self._submit(first): first}
        while doing:
            for batch in islice(others, AHEAD * self.workers - len(doing)):
                doing[self._submit(batch)] = batch
            done, _ = wait(doing, return_when=FIRST_COMPLETED)
            broken: list[list[Report]] = []
            for future in done:
                batch = doing.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    broken.append(batch)
            if broken:  # every batch that was out is lost with the pool
                broken += doing.values()
                doing.clear()
                self._pool = self._new_pool(self.workers)
                yield from self._one_by_one([report for batch in broken for report in batch])

    def _submit(self, batch: list[Report]) -> Future[list[Coded]]:
        try:
            return self._pool.submit(in_worker, self.load, batch)
        except BrokenProcessPool as error:  # found out only now: answered like one that broke over the batch
            failed: Future[list[Coded]] = Future()
            failed.set_exception(error)
            return failed

    def _one_by_one(self, reports: list[Report]) -> Iterator[list[Coded]]:
        """Find the report that a worker died over: it dies again, and alone."""
        pool = self._new_pool(1)
        for report in reports:
            try:
                yield pool.submit(in_worker, self.load, [report]).result()
            except BrokenProcessPool:
                pool = self._new_pool(1)
                yield [Coded(origin_of(report), reason=_DIED)]
        pool.shutdown()

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork of a process with threads (numpy's, SQLAlchemy's) may hang.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_work)


def _begin_work() -> None:
    """One thread a worker, as there is a worker a core; Ctrl-C is for the parent; no parent, no work."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        Thread(target=lambda: (wait_for([sentinel]), os._exit(1)), daemon=True).start()
