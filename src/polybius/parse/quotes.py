"""Finds what stands between quotation marks, over sentences and, where news print it so, paragraphs."""

from __future__ import annotations

import re

from polybius.record import Span

# Double marks of any kind; a single one only where it can open or close, so that apostrophes stay out.
_MARKS = re.compile(r"''|``|[\"“”]|(?<!\w)['‘](?=\w)(?!\d\ds\b)|(?<=[\w.,!?…)])['’](?!\w)")
_SINGLE = {"'", "‘", "’"}
_LONGEST = 3000  # code points; beyond this an opening mark was left unclosed


def quotations(text: str) -> tuple[Span, ...]:
    """The spans between quotation marks, marks and outer blanks excluded, in order; nested ones are left out.

    A quotation that the next paragraph takes up with an opening mark of its own runs on as a second span.
    An unclosed mark spoils only its own quotation: it ends at its paragraph's end.

    Args:
        text: the mended text of a report.
    """
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for match in _MARKS.finditer(text):
        if opened is not None and "\n" in text[opened.end() : match.start()]:
            spans.extend(_unclosed(text, opened))
            opened = None
        if opened is None:
            opened = match if _opens(text, match) else None
        elif _closes(text, opened, match) and match.start() - opened.end() <= _LONGEST:
            spans.append((opened.end(), match.start()))
            opened = None
        elif _begins_anew(text, opened, match):
            opened = match
    if opened is not None:
        spans.extend(_unclosed(text, opened))
    return tuple(_trimmed(text, span) for span in spans if text[span[0] : span[1]].strip())


def _unclosed(text: str, opened: re.Match[str]) -> list[Span]:
    """A quotation without a closing mark, to its paragraph's end; a lone single mark is an apostrophe."""
    end = text.find("\n", opened.end())
    end = len(text) if end < 0 else end
    goes_on = text[end:].lstrip().startswith(opened.group())
    return [(opened.end(), end)] if opened.group() not in _SINGLE or goes_on else []


def _trimmed(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _opens(text: str, match: re.Match[str]) -> bool:
    """Opening marks open; any other does where a word follows it and none goes before it."""
    mark = match.group()
    return mark in {"“", "‘", "``"} or (mark != "’" and _before_a_word(text, match))


def _before_a_word(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    return not after.isspace() and not before.isalnum() and before not in ".,!?…"


def _closes(text: str, opened: re.Match[str], match: re.Match[str]) -> bool:
    opening, mark = opened.group(), match.group()
    if opening in _SINGLE:
        return mark in {"'", "’"} and not _possessive(text, match)
    if mark == "“":  # „as Germans print it“
        return opening == "“" and not _before_a_word(text, match)
    return mark in {'"', "”", "''"} and not _begins_anew(text, opened, match)


def _possessive(text: str, match: re.Match[str]) -> bool:
    """ "the officers' houses" inside single marks: the mark that closes comes later in the paragraph."""
    if text[match.start() - 1] != "s" or not re.match(r" [a-z]", text[match.end() : match.end() + 2]):
        return False
    later = next((m for m in _MARKS.finditer(text, match.end()) if m.group() in _SINGLE), None)
    return (
        later is not None
        and "\n" not in text[match.end() : later.start()]
        and text[later.start() - 1] in ".,!?…"
    )


def _begins_anew(text: str, opened: re.Match[str], match: re.Match[str]) -> bool:
    """Whether the mark opens though one is open: the former was left unclosed, as the paragraph's count tells."""
    mark = match.group()
    if mark == "“" == opened.group():
        return _before_a_word(text, match)
    if mark != '"' or opened.group() != mark or not _before_a_word(text, match):
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    paragraph = text[start : end if end >= 0 else len(text)]
    return paragraph.count('"') % 2 == 1 and text.count('"', match.end(), start + len(paragraph)) % 2 == 1
