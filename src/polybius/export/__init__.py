"""Records in the formats that other tools load; what a format cannot hold is told in docs/exports.md.

A format is one line in ``EXPORTERS``: a name, a function from records and a path, and what the file is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from polybius.export.flat import write_csv, write_parquet
from polybius.export.gdelt import write_gdelt
from polybius.export.lines import Written
from polybius.export.plover import write_plover
from polybius.export.polecat import write_polecat
from polybius.record import Record

__all__ = ["EXPORTERS", "Exporter", "Written"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """Writes records, read lazily and once, to a file that appears when it is whole."""

    write: Callable[[Iterable[Record], Path], Written]
    about: str


EXPORTERS: Mapping[str, Exporter] = {
    "plover": Exporter(write_plover, "PLOVER JSON Lines, an object for each event"),
    "polecat": Exporter(write_polecat, "POLECAT's 40 columns, tab-separated with a header"),
    "gdelt": Exporter(write_gdelt, "GDELT 2.0 events (61 columns), and mentions (16) in a file beside"),
    "csv": Exporter(write_csv, "CSV with a header, a row for each event"),
    "parquet": Exporter(write_parquet, "Parquet with types and lists, a row for each event"),
}
