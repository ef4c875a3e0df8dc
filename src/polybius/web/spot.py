"""A text coded on the spot: in a thread of its own, one at a time, and kept in memory until newer ones push it out."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from threading import Lock
from typing import Protocol

from polybius.errors import IntakeError, PolybiusError
from polybius.intake import Report, from_html, from_text
from polybius.intake.decode import decode
from polybius.record import Record

KEPT = 30  # records coded on the spot
WAITING = 8  # texts that may wait for their turn
PATIENCE = 120.0  # seconds until a reader is told that it takes too long
KINDS = {".txt": "text", ".text": "text", ".md": "text", ".html": "page", ".htm": "page", ".xhtml": "page"}
"""What may be uploaded, by the end of its name."""


class Codes(Protocol):
    """What codes a report: ``polybius.Coder``."""

    def code_report(self, report: Report) -> Record:
        """The record of a report."""


class Spot:
    """Codes a text at once. The coder is loaded when the first text comes.

    Args:
        load: gives the coder.
        max_bytes: longest text of one report.
    """

    def __init__(self, load: Callable[[], Codes], max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._load = load
        self._coder: Codes | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="coder")
        self._lock = Lock()
        self._waiting = 0
        self._records: OrderedDict[str, Record] = OrderedDict()

    def code(self, report: Report) -> str:
        """Code a report and keep its record; gives the key to ask for it.

        Raises:
            PolybiusError: when too many wait, it takes too long, or the report cannot be coded.
        """
        with self._lock:
            if self._waiting >= WAITING:
                raise PolybiusError("too many texts wait to be coded", "try again in a minute")
            self._waiting += 1
        coding = self._thread.submit(self._code, report)
        coding.add_done_callback(self._done)
        try:
            record = coding.result(PATIENCE)
        except TookTooLong:
            coding.cancel()
            raise PolybiusError("it takes too long", "code it with `polybius code`") from None
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._records[key] = record
            while len(self._records) > KEPT:
                self._records.popitem(last=False)
        return key

    def record(self, key: str) -> Record | None:
        """The record under a key; None when it is gone."""
        with self._lock:
            return self._records.get(key)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _code(self, report: Report) -> Record:
        if self._coder is None:
            self._coder = self._load()
        return self._coder.code_report(report)

    def _done(self, _: Future[Record]) -> None:
        with self._lock:
            self._waiting -= 1


def pasted(text: str, published: str, max_bytes: int) -> Report:
    """A report from a text that was pasted.

    Raises:
        IntakeError: when there is no report in it, or the day cannot be read.
    """
    return from_text(text, published=published or None, max_bytes=max_bytes)


def uploaded(name: str, data: bytes, published: str, max_bytes: int) -> Report:
    """A report from a file that was sent; only its bytes are looked at, its name only for what kind it is.

    Raises:
        IntakeError: when the file is of no kind taken here, too large, or holds no report.
    """
    kind = next((kind for end, kind in KINDS.items() if name.lower().endswith(end)), None)
    if kind is None:
        raise IntakeError("not a kind of file taken here", "send a text (.txt) or a page (.html)")
    if len(data) > 2 * max_bytes:
        raise IntakeError(f"larger than {2 * max_bytes} bytes", "send one report at a time")
    read = from_html if kind == "page" else from_text
    return read(decode(data), published=published or None, max_bytes=max_bytes)
