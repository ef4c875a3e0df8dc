"""The engine for many machines, by dask.distributed: one shard of reports in, one Parquet file out.

Shards lie in a folder that all machines see. A shard that is done is not coded again when the command runs
again; once its records are in the store its files go. Clusters on SLURM or Kubernetes are started by the user
(dask-jobqueue, dask-kubernetes) and named by the address of their scheduler.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from polybius.batch.coding import BATCH, Coded, Load, in_worker, origin_of, versions_in_worker
from polybius.batch.taking import in_batches
from polybius.errors import SettingsError
from polybius.intake import Report
from polybius.record import Record
from polybius.store import coder_version

SHARD = 200  # reports: a minute of work or so, which is what a lost worker costs
AHEAD = 2  # shards a worker has before it
ATTEMPTS = 3  # workers a shard may cost before it is taken for the cause
PATIENCE = 30.0  # seconds for the scheduler to answer
WRITTEN = 50  # records that go into the store together

_REPORT = TypeAdapter(Report)
_DIED = "every worker that took it died over it (out of memory?); try it alone with `polybius code`"


class ClusterEngine:
    """Codes on a dask cluster: that of a scheduler's address, else one of ``workers`` processes started here."""

    def __init__(self, load: Load, workers: int, scheduler: str | None, folder: Path) -> None:
        """Connect to the cluster.

        Raises:
            SettingsError: when dask is not installed, or the scheduler cannot be reached.
        """
        self.load = pickle.dumps(load)
        self.version = ""
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._open = ExitStack()
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise SettingsError(
                "dask is not installed", "pip install 'polybius[dask]', or leave --engine out"
            ) from None
        settings = import_module("dask.config")
        self._open.enter_context(settings.set({"distributed.scheduler.allowed-failures": ATTEMPTS - 1}))
        try:
            if scheduler is None:
                cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                    silence_logs=logging.ERROR,
                )  # fmt: skip
                self._open.enter_context(cluster)
            self.client: Any = self._open.enter_context(
                distributed.Client(scheduler or cluster, timeout=PATIENCE)
            )
        except (OSError, ValueError) as error:
            self._open.close()
            raise SettingsError(
                f"the scheduler cannot be reached: {error}", "check --scheduler", source=scheduler
            ) from None

    def __enter__(self) -> ClusterEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def versions(self) -> dict[str, Any]:
        """The versions of the coder, as a worker has it; raises what loading it raised."""
        versions: dict[str, Any] = self.client.submit(versions_in_worker, self.load, pure=False).result()
        self.version = coder_version(versions)
        return versions

    def code(self, reports: Iterator[Report]) -> Iterator[list[Coded]]:
        """What became of the reports, in batches, in the order their shards are done."""
        distributed: Any = import_module("distributed")
        shards = in_batches(reports, SHARD)
        ahead = AHEAD * max(len(self.client.scheduler_info()["workers"]), 1)
        waiting: dict[Any, list[Report]] = {}
        done = distributed.as_completed()
        suspects: list[Report] = []
        while True:
            for shard in islice(shards, max(ahead - len(waiting), 0)):
                future = self._submit(shard)
                waiting[future] = shard
                done.add(future)
            if not waiting:
                break
            future = next(done)
            shard = waiting.pop(future)
            try:
                yield from self._result(future, shard)
            except distributed.KilledWorker:
                suspects += shard
                self._forget(shard)
        # A worker that dies takes the blame for all it had before it; alone, only the guilty one dies again.
        for report in suspects:
            try:
                yield from self._result(self._submit([report]), [report])
            except distributed.KilledWorker:
                self._forget([report])
                yield [Coded(origin_of(report), reason=_DIED)]

    def _submit(self, shard: list[Report]) -> Any:
        """Write the shard's file, whole, and have it coded."""
        into, out = self._files(shard)
        part = into.with_suffix(".part")
        part.write_bytes(written(shard))
        part.replace(into)
        return self.client.submit(code_shard, self.load, str(into), str(out), pure=False)

    def _result(self, future: Any, shard: list[Report]) -> Iterator[list[Coded]]:
        """What became of a shard that is done; its files go, but not before its last record is in the store."""
        yield from read_coded(Path(future.result()))
        self._forget(shard)

    def _forget(self, shard: list[Report]) -> None:
        """Remove the shard's files, and what workers that were killed left half written."""
        into, _ = self._files(shard)
        for file in self.folder.glob(f"{into.stem}.*"):
            file.unlink(missing_ok=True)

    def _files(self, shard: list[Report]) -> tuple[Path, Path]:
        """Named by coder and reports, so that the same work is known again."""
        name = sha256(" ".join([self.version, *(report.id for report in shard)]).encode()).hexdigest()[:20]
        return self.folder / f"{name}.jsonl", self.folder / f"{name}.parquet"


def written(shard: list[Report]) -> bytes:
    """A shard as JSON Lines."""
    return b"\n".join(_REPORT.dump_json(report) for report in shard)


def code_shard(load: bytes, into: str, out: str) -> str:
    """Code a shard of reports, in a worker: a JSON Lines file in, a Parquet file out, unless that is there."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]

    if Path(out).exists():
        return out
    schema = pa.schema([(name, pa.string()) for name in ("origin", "report", "record", "reason")])
    reports = [_REPORT.validate_json(line) for line in Path(into).read_bytes().splitlines()]
    part = f"{out}.{uuid4().hex}.part"
    with ParquetWriter(part, schema, compression="zstd") as writer:
        for batch in in_batches(reports, BATCH):
            rows = [_row(coded) for coded in in_worker(load, batch)]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    os.replace(part, out)  # whole or not at all, whoever is killed
    return out


def read_coded(file: Path) -> Iterator[list[Coded]]:
    """What became of a shard's reports, in batches."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(file) as shard:
        for rows in shard.iter_batches(batch_size=WRITTEN, columns=["origin", "record", "reason"]):
            yield [
                Coded(
                    row["origin"],
                    None if row["record"] is None else Record.model_validate_json(row["record"]),
                    row["reason"],
                )
                for row in rows.to_pylist()
            ]


def _row(coded: Coded) -> dict[str, str | None]:
    record = coded.record
    return {
        "origin": coded.origin,
        "report": None if record is None else record.document.id,
        "record": None if record is None else record.model_dump_json(),
        "reason": coded.reason,
    }
