"""Finds what stands between quotation marks, over sentences and, where news print it so, paragraphs."""

from __future__ import annotations

import re

from polybius.record import Span

_MARKS = re.compile(r"[\"“”]|(?<![\w])['‘](?=\w)|(?<=[\w.,!?…])['’](?![\w])|``|''")
_OPENING = {"“", "‘", "``"}
_CLOSING = {"”", "’", "''"}
_LONGEST = 3000  # code points; beyond this an opening mark was left unclosed


def quotations(text: str) -> tuple[Span, ...]:
    """The spans between quotation marks, marks excluded, in order; nested ones are left to the outer.

    A quotation that the next paragraph takes up with an opening mark of its own runs on as a second span.
    An unclosed mark spoils only its own quotation: it ends at its paragraph's end.

    Args:
        text: the mended text of a report.
    """
    spans: list[Span] = []
    opened: int | None = None
    mark = ""
    for match in _MARKS.finditer(text):
        found = match.group()
        if opened is not None and "\n" in text[opened : match.start()]:
            spans.append((opened, _paragraph_end(text, opened)))
            opened = None
        if opened is None:
            if _opens(text, match):
                opened, mark = match.end(), found
        elif _closes(mark, found) and match.start() - opened <= _LONGEST:
            if match.start() > opened:
                spans.append((opened, match.start()))
            opened = None
    if opened is not None and mark in {'"', "“", "``"}:
        spans.append((opened, _paragraph_end(text, opened)))
    return tuple((start, end) for start, end in spans if text[start:end].strip())


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _opens(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    return not after.isspace() and (not before.isalnum())


def _closes(opening: str, mark: str) -> bool:
    pairs = {"“": '”"', '"': '"”', "‘": "’'", "'": "'’", "``": "''"}
    return mark in pairs.get(opening, "") if mark != "''" else opening == "``"
