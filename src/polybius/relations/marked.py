"""Reads sentences with a marked actor and recipient: ``<s>the actor</s> … <t>the recipient</t>``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from polybius.errors import IntakeError
from polybius.record import Span
from polybius.relations.model import Pair

_TAG = re.compile(r"</?[st]>")
COLUMN = "marked_sentence"


def read_marked(path: Path) -> Iterator[Pair]:
    """The pairs of a tab-separated file with a column ``marked_sentence``, in its order.

    Raises:
        IntakeError: naming the file, when it cannot be read, lacks the column, or a mark is not closed.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if COLUMN not in (rows.fieldnames or ()):
                raise IntakeError(
                    f"has no column {COLUMN}", "name the column so in its first line", source=str(path)
                )
            for number, row in enumerate(rows, 2):
                try:
                    yield unmark(row[COLUMN] or "")
                except ValueError as error:
                    raise IntakeError(
                        f"line {number}: {error}", "close every mark", source=str(path)
                    ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"cannot be read: {error}", "check the path", source=str(path)) from None


def unmark(marked: str) -> Pair:
    """The plain text with the spans of its first ``<s>`` (actor) and first ``<t>`` (recipient).

    Raises:
        ValueError: for a mark that is opened and not closed, or closed and not opened.
    """
    text, last = "", 0
    spans: dict[str, Span] = {}
    opened: dict[str, int] = {}
    for match in _TAG.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        name = match.group().strip("</>")
        if not match.group().startswith("</"):
            opened[name] = len(text)
        elif name in opened:
            spans.setdefault(name, (opened.pop(name), len(text)))
        else:
            raise ValueError(f"</{name}> closes nothing")
    if opened:
        raise ValueError(f"<{next(iter(opened))}> is not closed")
    return Pair(text + marked[last:], spans.get("s"), spans.get("t"))
