"""What the text shows of places, where names are looked for: datelines within it, towns named as such."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from polybius.record import Place
from polybius.tables import read_table, values

_SETTLEMENTS = next(
    frozenset(values(row["words"]))
    for row in read_table("polybius.circumstances", "places.en.tsv")
    if row["class"] == "settlements"
)


def begins_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether these tokens are the town of a dateline: at a line's start, before a dash that stands free."""
    begins = start == 0 or "\n" in doc[start - 1].text_with_ws
    dash = end < len(doc) and doc[end].text in {"-", "–", "—"}
    return begins and dash and bool(doc[end - 1].whitespace_ and doc[end].whitespace_)


def is_settlement(name: Token) -> bool:
    """ "Thatta, a town of 300,000": a name that the report itself says is a place's."""
    return any(c.dep_ == "appos" and c.lemma_.lower() in _SETTLEMENTS for c in name.children)


def tokens_of(doc: Doc, places: Iterable[Place]) -> set[int]:
    """The tokens of all these places."""
    tokens: set[int] = set()
    for place in places:
        span = doc.char_span(*place.span, alignment_mode="expand")
        if span is not None:
            tokens.update(range(span.start, span.end))
    return tokens
