"""A file as it lies there, before any reader: where it is, and what the user said about reading it."""

import gzip
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from polybius.errors import IntakeError
from polybius.intake.report import MAX_BYTES, FieldNames

HEAD = 65_536
"""Bytes from which the kind of a file and its encoding are told."""

_LONGEST_PAGE = 10  # times max_bytes: a page's markup weighs many times its text


@dataclass(frozen=True, slots=True)
class Raw:
    """A file, or bytes with a name; names that end in .gz are unpacked on the way."""

    name: str
    path: Path | None = None
    data: bytes = b""
    published: date | str | None = None
    fields: FieldNames | None = None
    max_bytes: int = MAX_BYTES

    @property
    def columns(self) -> FieldNames:
        """How the file's columns are named."""
        return self.fields or FieldNames()

    @property
    def extension(self) -> str:
        """The file's extension in small letters, without a .gz after it."""
        name = Path(self.name.removesuffix(".gz"))
        return name.suffix.lower()

    def open(self) -> BinaryIO:
        """Open the file for its bytes."""
        if self.path is None:
            return io.BytesIO(self.data)
        if self.path.suffix == ".gz":
            return cast(BinaryIO, gzip.open(self.path, "rb"))
        return self.path.open("rb")

    def head(self) -> bytes:
        """Give the first bytes."""
        with self.open() as file:
            return file.read(HEAD)

    def read(self) -> bytes:
        """Give all bytes of a file that is one report; raises IntakeError when it is far too large."""
        longest = self.max_bytes * _LONGEST_PAGE
        with self.open() as file:
            data = file.read(longest + 1)
        if len(data) > longest:
            raise IntakeError(
                f"more than {longest:,} bytes for one report", "split it into reports, one JSON object a line"
            )
        return data
