"""Which files a user means, the reports in them, and about how many those are."""

from __future__ import annotations

import glob
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from polybius.batch.coding import fault
from polybius.errors import IntakeError
from polybius.intake import MAX_BYTES, Failure, FieldNames, Report, files_in, read

_LINES = {".jsonl", ".ndjson", ".csv", ".tsv"}
_TEXTS = {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".json"}
_QUICK = 200_000_000  # bytes: longer files are not read just to tell how long the run will take


@dataclass(frozen=True, slots=True)
class Sources:
    """Paths, folders, patterns and "-", and what is known about reading them; see ``intake.read``."""

    paths: tuple[str, ...]
    fields: FieldNames | None = None
    published: date | str | None = None
    max_bytes: int = MAX_BYTES

    def take(self) -> Iterator[Report | Failure]:
        """The reports of all files, in order; whatever goes wrong with a file, the next ones are read."""
        for path in self._files():
            try:
                yield from read(path, published=self.published, fields=self.fields, max_bytes=self.max_bytes)
            except Exception as error:
                yield Failure(path, IntakeError(fault(error), source=path))

    def expected(self) -> int | None:
        """About how many reports there are; None when only reading would tell."""
        counts = [None if path == "-" else _count(Path(path)) for path in self._files()]
        return None if None in counts else sum(filter(None, counts))

    def _files(self) -> Iterator[str]:
        for path in self.paths:
            if path == "-" or Path(path).is_file():
                yield path
            elif Path(path).is_dir():
                yield from map(str, files_in(path))
            else:  # one that is not there is named like a file that cannot be read
                yield from sorted(p for p in glob.iglob(path, recursive=True) if Path(p).is_file()) or [path]


def in_batches(reports: Iterable[Report], size: int) -> Iterator[list[Report]]:
    """The reports in lists of ``size``, the last one shorter."""
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _count(path: Path) -> int | None:
    kind = Path(path.name.removesuffix(".gz")).suffix.lower()
    try:
        if kind in _TEXTS or not path.exists():
            return 1
        if kind == ".parquet":
            from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

            return int(ParquetFile(path).metadata.num_rows)
        if kind in _LINES and path.stat().st_size <= _QUICK:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
            return max(lines - (kind in {".csv", ".tsv"}), 1)
    except Exception:  # the reader will say what is wrong with it
        return 1
    return None
