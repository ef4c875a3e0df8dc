"""The head that forum software puts above a post, on a line of its own or pasted onto the post's first line:

    KEPY Posted September 26, 2019 Posted September 26, 2019 The president flew to ...

It says who posted and when; none of it is text of the report.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from polybius.intake.dates import day_pattern, find_days, time_pattern, weekday_pattern
from polybius.intake.lines import Line
from polybius.intake.report import Span
from polybius.intake.words import alternation, words

# Up to four words, as user names are; a full stop may stand inside one, not at its end.
_NAME = r"[^\s!?,;:|«»()]{1,25}(?<![a-z]{4}[.])(?:[ ][^\s!?,;:|«»()]{1,25}(?<![a-z]{4}[.])){0,3}?"


@dataclass(frozen=True, slots=True)
class PostHead:
    """Where a post's head stands, who posted and on which day; ``rest`` is what follows on the line."""

    span: Span
    author: Span | None
    day: date | None
    rest: Line | None


def split_posts(lines: list[Line]) -> tuple[list[PostHead], list[Line]]:
    """Take the heads of posts off the lines: the heads, and the lines that remain."""
    heads: list[PostHead] = []
    remaining: list[Line] = []
    for line in lines:
        head = _head_of(line)
        if head is None:
            remaining.append(line)
            continue
        heads.append(head)
        if head.rest is not None:
            remaining.append(head.rest)
    return heads, remaining


@cache
def _forms() -> list[re.Pattern[str]]:
    lists = words("heading.en.yaml")
    between, after = alternation(lists["between"]), alternation(lists["after"])
    parts = {
        "<name>": _NAME,
        "<day>": rf"(?:(?i:{weekday_pattern()}),? )?(?i:{day_pattern()})",
        "<time>": f"(?i:{time_pattern()})",
        "<ago>": rf"(?:{alternation(lists['ago'])})",
        "<between>": rf"\s+(?:{between}\s+)*",
        "<after>": rf"(?:\s+{after})*",
    }
    forms = []
    for form in lists["posts"]:
        for part, pattern in parts.items():
            form = form.replace(part, pattern)
        forms.append(re.compile(form))
    return forms


def _head_of(line: Line) -> PostHead | None:
    for form in _forms():
        match = form.match(line.text)
        if match and _post_may_begin(line.text, match.end()):
            groups = match.groupdict()
            author = next((name for name in ("author", "by") if groups.get(name)), None)
            at = None
            if author:
                at = (line.start + match.start(author), line.start + match.end(author))
            day = next((day for _, day in find_days(line.text, 0, match.end())), None)
            return PostHead((line.start, line.start + match.end()), at, day, _rest(line, match.end()))
    return None


def _post_may_begin(text: str, at: int) -> bool:
    """A head is followed by nothing or by a beginning: "Posted May 3, 2019, it says" is prose."""
    rest = text[at:]
    return not rest or bool(re.match(r"\s+[^\s,;a-z]", rest))


def _rest(line: Line, at: int) -> Line | None:
    rest = line.text[at:].lstrip()
    return replace(line, start=line.end - len(rest), text=rest, gap=False) if rest else None
