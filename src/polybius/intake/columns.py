"""Parquet files: a report for each row, with a named column for each fact, as in CSV."""

from __future__ import annotations

import io
from dataclasses import fields as fields_of

from polybius.errors import IntakeError
from polybius.intake.raw import Raw
from polybius.intake.report import FieldNames, Taken
from polybius.intake.tables import read_row, require_column

_ROWS = 500  # read at once


def is_parquet(head: bytes) -> bool:
    """Whether a file that begins so is Parquet."""
    return head.startswith(b"PAR1")


def read_parquet(raw: Raw) -> Taken:
    """Give a report for each row of a Parquet file; only the named columns are read."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

    named = {getattr(raw.columns, column.name).lower() for column in fields_of(FieldNames)}
    number = 0
    try:
        with ParquetFile(raw.path or io.BytesIO(raw.data)) as file:
            require_column(file.schema_arrow.names, raw)
            wanted = [name for name in file.schema_arrow.names if name.lower() in named]
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield read_row(row, raw, f"{raw.name}:{number}")
    except pa.ArrowException as error:
        what = str(error).splitlines()[0]
        raise IntakeError(f"not Parquet all through: {what}", "write the file anew") from None
