"""The lines of a text with their spans, whatever kind of line break it was written with."""

import re
from dataclasses import dataclass

from polybius.intake.report import Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it; ``gap``: a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def span(self) -> Span:
        return self.start, self.end


def lines_of(text: str) -> list[Line]:
    """Give the lines of ``text`` that are not blank, in order."""
    lines: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if not bare:
            continue
        start = match.start() + match[0].index(bare)
        end = start + len(bare)
        lines.append(Line(start, end, bare, gap=len(_BREAK.findall(text, previous, start)) > 1))
        previous = end
    return lines


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Give the spans sorted, with those that overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return tuple(result)
