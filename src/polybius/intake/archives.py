"""WARC archives, as crawlers write them, packed or not: a report for each page that was fetched well."""

from __future__ import annotations

import gzip
import zlib
from typing import Any, BinaryIO, cast

from polybius.errors import IntakeError
from polybius.intake.decode import decode
from polybius.intake.pages import from_html
from polybius.intake.raw import Raw
from polybius.intake.report import Failure, Report, Taken

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_PAGE = 10  # times max_bytes, as for a page in a file of its own


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is a WARC archive."""
    return head.startswith(b"WARC/")


def read_archive(raw: Raw) -> Taken:
    """Give a report for each HTML response with status 200; the archive's address is the report's.

    The day of the crawl is not the day of publication, so only the page's own day or a given one counts.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # fastwarc could unpack a .gz by itself, but would not tell of one that is cut short.
    with raw.open() as file:
        stream = _Stream(file)
        found = 0
        records = ArchiveIterator(
            cast(BinaryIO, stream), record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
        )
        for number, record in enumerate(records, start=1):
            found += 1
            http = record.http_headers
            page = (record.http_content_type or "").lower() in _PAGES
            if http is not None and http.status_code == 200 and page:
                yield _taken(record, raw, f"{raw.name}:{number}")
        if stream.error is not None:
            raise stream.error
        if not found:
            raise IntakeError("no page in the archive", "give a WARC file with the servers' responses")


class _Stream:
    """A file that ends where it can no longer be read, and keeps the error: what came before is whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self.error: Exception | None = None

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, b"" at the end."""
        try:
            data = self._file.read1(size) if isinstance(self._file, gzip.GzipFile) else self._file.read(size)
        except (OSError, EOFError, zlib.error) as error:
            self.error = error
            return b""
        self._at += len(data)
        return data


def _taken(record: Any, raw: Raw, origin: str) -> Report | Failure:
    longest = raw.max_bytes * _LONGEST_PAGE
    try:
        expected = record.content_length
        data = record.reader.read(longest + 1)
        packed = {"content-encoding", "transfer-encoding"} & {
            name.lower() for name in record.http_headers.asdict()
        }
        if len(data) < min(expected, longest) and not packed:
            raise IntakeError("the page is cut short", "fetch the archive anew")
        if len(data) > longest:
            raise IntakeError(f"a page of more than {longest:,} bytes", "raise max_bytes")
        return from_html(
            _decoded(data, record.http_charset),
            url=record.headers.get("WARC-Target-URI"),
            published=raw.published,
            origin=origin,
            max_bytes=raw.max_bytes,
        )
    except IntakeError as error:
        return Failure(origin, IntakeError(error.message, error.remedy, source=origin))


def _decoded(data: bytes, charset: str | None) -> str:
    """The page's text by the server's word for its encoding, where that holds."""
    try:
        return data.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decode(data)
