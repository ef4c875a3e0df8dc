"""Headlines that name who says it beside a colon or behind a dash: "We will win: Khamenei", "Market bombed - UN"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Words

from polybius.parse import Parsed
from polybius.statements.saying import Speech

_LONGEST_NAME = 5  # tokens of who says it
_DASHES = {"-", "–", "—", "--"}
_MARKS = " \t\"“”'‘’"


def in_headline(parsed: Parsed) -> Iterator[Speech]:
    """The saying of the headline, if a single colon or its last dash parts a name from what it says."""
    span = parsed.report.headline
    words = parsed.doc.char_span(*span, alignment_mode="expand") if span else None
    if words is None:
        return
    colons = [t.i for t in words if t.text == ":"]
    if len(colons) == 1:
        before, after = parsed.doc[words.start : colons[0]], parsed.doc[colons[0] + 1 : words.end]
        if _is_name(after, parsed) and _tells(before, parsed):
            yield _speech(before, after, parsed)
        elif _is_name(before, parsed) and _tells(after, parsed):
            yield _speech(after, before, parsed, may_be_topic=True)
    elif dashes := [t.i for t in words if t.text in _DASHES]:
        before, after = parsed.doc[words.start : dashes[-1]], parsed.doc[dashes[-1] + 1 : words.end]
        if _is_name(after, parsed) and _tells(before, parsed):
            yield _speech(before, after, parsed, may_be_site=True)


def _speech(
    content: Words, name: Words, parsed: Parsed, may_be_topic: bool = False, may_be_site: bool = False
) -> Speech:
    quoted = _quoted(content, parsed)
    text = content.text
    start = content.start_char + len(text) - len(text.lstrip(_MARKS))
    end = content.end_char - len(text) + len(text.rstrip(_MARKS + "\n"))
    source = (name.root,)
    return Speech(
        (start, end),
        source=source,
        quoted=quoted,
        needs_actor=True,
        may_be_topic=may_be_topic,
        may_be_site=may_be_site,
    )


def _is_name(words: Words, parsed: Parsed) -> bool:
    if not 0 < len(words) <= _LONGEST_NAME or any(parsed.clause_at(t) for t in words):
        return False
    return words.root.pos_ in {"PROPN", "NOUN"} and not any(t.is_punct or t.like_num for t in words)


def _quoted(words: Words, parsed: Parsed) -> bool:
    return any(words.start_char <= start < words.end_char for start, _ in parsed.quotes)


def _tells(words: Words, parsed: Parsed) -> bool:
    return _quoted(words, parsed) or any(parsed.clause_at(t) and t.tag_ != "VBG" for t in words)
