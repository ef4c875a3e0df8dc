"""What a worker does: loads the coder once, codes a few reports at a time, and lets one bad report stop none."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from traceback import extract_tb
from typing import Any, Protocol

from polybius.errors import PolybiusError
from polybius.intake import Report
from polybius.record import Record

BATCH = 10  # reports coded together; a fault in one costs the others of its batch a second reading


class AnyCoder(Protocol):
    """What is needed of a coder; ``polybius.load`` gives one."""

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]: ...

    def versions(self) -> dict[str, Any]: ...


Load = Callable[[], AnyCoder]
"""Loads a coder. It is called in every worker, so it must be picklable."""


@dataclass(frozen=True, slots=True)
class LoadCoder:
    """Loads the coder as ``polybius.load`` does, and only where it is called: the parent needs no models.

    The model runs in one thread, as there is a worker a core.
    """

    pipeline: str | None = None

    def __call__(self) -> AnyCoder:
        from polybius.coder import load
        from polybius.parse import DEFAULT_PIPELINE

        return load(pipeline=self.pipeline or DEFAULT_PIPELINE, threads=1)


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of one report: its record, or the reason why there is none; and where it was read."""

    origin: str
    record: Record | None = None
    reason: str = ""


def code_batch(coder: AnyCoder, reports: Sequence[Report]) -> list[Coded]:
    """Code reports together; when that fails, one by one, so that only the report at fault is lost."""
    try:
        records = list(coder.code_many(reports))
        return [Coded(origin_of(report), record) for report, record in zip(reports, records, strict=True)]
    except Exception:
        return [_code_one(coder, report) for report in reports]


def origin_of(report: Report) -> str:
    """Where a report was read: what a failure is listed under."""
    return report.origin or report.given_id or report.id


def fault(error: BaseException) -> str:
    """The reason why a report could not be coded; for a fault of our own, with the place in the code."""
    if isinstance(error, PolybiusError):
        return f"{error.message}; {error.remedy}" if error.remedy else error.message
    frames = extract_tb(error.__traceback__)
    place = f"; {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"cannot be coded ({type(error).__name__}: {error}{place}); "
        "this is a fault of polybius: please report it"
    )


def _code_one(coder: AnyCoder, report: Report) -> Coded:
    try:
        (record,) = coder.code_many([report])
    except Exception as error:
        return Coded(origin_of(report), reason=fault(error))
    return Coded(origin_of(report), record)


_LOCK = Lock()  # spaCy is not made for two threads at once, and dask may give a worker several


def in_worker(load: bytes, reports: Sequence[Report]) -> list[Coded]:
    """Code a batch with this process's coder; ``load`` is pickled, for equal bytes are the same coder."""
    with _LOCK:
        return code_batch(_coder(load), reports)


def versions_in_worker(load: bytes) -> dict[str, Any]:
    """The versions of this process's coder."""
    with _LOCK:
        return dict(_coder(load).versions())


@lru_cache(maxsize=1)
def _coder(load: bytes) -> AnyCoder:
    coder: AnyCoder = pickle.loads(load)()
    return coder
