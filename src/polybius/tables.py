"""Reads the project's data tables: TSV, one header row, ``#`` comments, ``|`` between several values."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from polybius.errors import KnowledgeError


def read_table(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/NAME`` in a package, each a dict by column; an empty or missing cell is "".

    Raises:
        KnowledgeError: when the file is missing, has no header, or a row has more cells than the header.
    """
    source = resources.files(package) / "data" / name
    try:
        lines = source.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise KnowledgeError("the table is missing", "install polybius again", source=str(source)) from error
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) > len(header):
            raise KnowledgeError(f"line {number} has more cells than the header", source=str(source))
        else:
            yield dict(
                zip(header, [c.strip() for c in cells] + [""] * (len(header) - len(cells)), strict=True)
            )
    if header is None:
        raise KnowledgeError("the table has no header", source=str(source))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())
