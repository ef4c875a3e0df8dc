"""Datelines within a report: those of the items of a roundup, and one that stands below the heading's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polybius.intake.dateline import dateline_of
from polybius.knowledge import Knowledge
from polybius.parse import Parsed
from polybius.record import Span

_LINE = re.compile(r"(?m)^[ \t]*(?=[^\W\d_])")
_DASHES = "-–—"


def inner_datelines(parsed: Parsed, knowledge: Knowledge) -> Iterator[Span]:
    """The places that later lines begin with, before a dash ("LIMA — Peru would"), if the knowledge has them."""
    text, own = parsed.report.text, parsed.report.dateline or parsed.report.dateline_place
    for line in _LINE.finditer(text):
        first = line.end()
        if own is not None and own[0] <= first < own[1]:
            continue
        found = dateline_of(text[first:].partition("\n")[0])
        if found is None or found.place is None:
            continue
        start, end = found.place
        ended = text[first : first + found.span[1]][-1] in _DASHES
        if ended and knowledge.place(_town(text[first + start : first + end])) is not None:
            yield first + start, first + end


def _town(place: str) -> str:
    return re.split(r", |\s?/\s?", place)[0]
