"""Which reader takes which file, and the doors of this room for files, folders and standard input.

The doors never raise for a bad report: each yields ``Report | Failure``, one item per report found, so that
one bad file does not stop a thousand good ones. ``from_text`` and ``from_html``, for one text in hand, raise.

A new kind of file is one more ``Reader`` given to ``register``; it gets a ``Raw`` and
yields reports.
"""

import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from polybius.errors import IntakeError
from polybius.intake.archives import is_archive, read_archive
from polybius.intake.columns import is_parquet, read_parquet
from polybius.intake.decode import decode
from polybius.intake.feeds import is_feed, read_feed
from polybius.intake.pages import from_html
from polybius.intake.plain import from_text
from polybius.intake.raw import Raw
from polybius.intake.report import Failure, FieldNames, Taken
from polybius.intake.tables import read_csv, read_json, read_json_lines


class Options(TypedDict, total=False):
    """What every door takes: the day of reports without one, a table's columns, the size allowed."""

    published: date | str | None
    fields: FieldNames | None
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file: its extensions, how its first bytes look (where that tells), and how it is read."""

    name: str
    extensions: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    read: Callable[[Raw], Taken]


def _read_text(raw: Raw) -> Taken:
    yield from_text(decode(raw.read()), published=raw.published, origin=raw.name, max_bytes=raw.max_bytes)


def _read_page(raw: Raw) -> Taken:
    yield from_html(decode(raw.read()), published=raw.published, origin=raw.name, max_bytes=raw.max_bytes)


_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_OBJECT = re.compile(rb'\s*\{\s*"[^"]+"\s*:')


def _is_page(head: bytes) -> bool:
    return bool(_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")))


def _is_json_lines(head: bytes) -> bool:
    return bool(_OBJECT.match(head.removeprefix(b"\xef\xbb\xbf")))


def _never(head: bytes) -> bool:
    return False


READERS: list[Reader] = [
    Reader("page", (".html", ".htm", ".xhtml"), _is_page, _read_page),
    Reader("json-lines", (".jsonl", ".ndjson"), _is_json_lines, read_json_lines),
    Reader("json", (".json",), _never, read_json),
    Reader("csv", (".csv", ".tsv"), _never, read_csv),
    Reader("parquet", (".parquet",), is_parquet, read_parquet),
    Reader("feed", (".rss", ".atom", ".xml"), is_feed, read_feed),
    Reader("archive", (".warc",), is_archive, read_archive),
    Reader("text", (".txt", ".text", ".md"), _never, _read_text),
]
"""Tried in order by extension; for .txt and unknown extensions by how the content looks; else it is text."""


def register(reader: Reader) -> None:
    """Add a kind of file; it comes before those that are there."""
    READERS.insert(0, reader)


def reader_for(raw: Raw) -> Reader:
    """Give the reader for a file by its extension, and by its content where the extension leaves it open."""
    text = next(reader for reader in READERS if reader.name == "text")
    named = next((reader for reader in READERS if raw.extension in reader.extensions), text)
    if named is not text:
        return named
    head = raw.head()
    return next((reader for reader in READERS if reader.looks_like(head)), text)


def read_file(path: Path | str, **options: Unpack[Options]) -> Taken:
    """Give the reports in a file of any kind known here.

    ``published`` wins over what a text or page says of itself, and stands in where a table's row is empty.
    """
    path = Path(path)
    if path.is_fifo():  # the shell's <(…) gives up its bytes once, and a first look would take them
        yield from read_bytes(path.read_bytes(), name=str(path), **options)
    else:
        yield from _read(Raw(str(path), path, **options))


def read_bytes(data: bytes, *, name: str = "input", **options: Unpack[Options]) -> Taken:
    """Give the reports in the bytes of a file; ``name`` stands for its path, extension and all."""
    yield from _read(Raw(name, data=data, **options))


def read_folder(path: Path | str, **options: Unpack[Options]) -> Taken:
    """Give the reports in all files under a folder, by name, but for hidden files and unknown kinds."""
    for file in files_in(path):
        yield from read_file(file, **options)


def files_in(path: Path | str) -> Iterator[Path]:
    """Give the files under a folder that there is a reader for, by name, but for hidden ones."""
    known = {extension for reader in READERS for extension in reader.extensions}
    folder = Path(path)
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and Path(file.name.removesuffix(".gz")).suffix.lower() in known:
            yield file


def read_stdin(**options: Unpack[Options]) -> Taken:
    """Give the reports on standard input: a text, a page, or JSON lines, told by how it begins."""
    yield from read_bytes(sys.stdin.buffer.read(), name="standard input", **options)


def read(source: Path | str | bytes, **options: Unpack[Options]) -> Taken:
    """Give the reports of a path, a folder, the bytes of a file, or standard input ("-")."""
    if isinstance(source, bytes):
        yield from read_bytes(source, **options)
    elif str(source) == "-":
        yield from read_stdin(**options)
    elif Path(source).is_dir():
        yield from read_folder(source, **options)
    else:
        yield from read_file(source, **options)


def _read(raw: Raw) -> Taken:
    try:
        yield from reader_for(raw).read(raw)
    except IntakeError as error:
        yield Failure(raw.name, IntakeError(error.message, error.remedy, source=error.source or raw.name))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(raw.name, IntakeError(f"cannot be read: {reason}", "check the path", source=raw.name))
