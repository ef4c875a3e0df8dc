"""Words for a country's own: adjectives ("South African"), and nouns for its people ("North Koreans")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Span, Token

from polybius.knowledge import Entry, Knowledge


def adjective_at(
    knowledge: Knowledge, words: Sequence[str], start: int, day: date | None
) -> tuple[int, Entry] | None:
    """The state whose adjective begins here, and how many words it has.

    A state that was gone by the day is not meant: "East German" is German in 2015.
    """
    found = knowledge.adjective_at(words, start) if words[start][0].isupper() else None
    if found is None:
        return None
    length, code = found
    state = knowledge.state(code, day)
    if state.until and day and state.until < day:
        code = knowledge.country_of_adjective(words[start + length - 1]) or code
        state = knowledge.state(code, day)
    return length, state


def stands_for_people(words: Span, knowledge: Knowledge) -> bool:
    """ "the Venezuelan said": an adjective that is a noun phrase of its own."""
    if knowledge.country_of_people(words.text) is None:
        return False
    token = words[-1]
    alone = token.dep_ not in {"amod", "compound", "nmod", "poss"}
    if token.text.endswith("s"):
        return (alone and token.pos_ != "ADJ") or token.tag_ in {"NNPS", "NNS"}
    return alone and token.pos_ != "ADJ" and any(c.dep_ == "det" for c in token.children)


def is_people(entity: Span, knowledge: Knowledge) -> bool:
    """ "The Greeks", "three Danes", which spaCy may take for a person or an organization."""
    last = people_at(entity[-1], knowledge) if entity[-1].text.endswith("s") else None
    return last is not None and all(token.lower_ == "the" for token in entity.doc[entity.start : last[0]])


def people_at(token: Token, knowledge: Knowledge) -> tuple[int, str] | None:
    """The country whose people a noun is the last word for, and where the words begin."""
    words = [t.text for t in token.doc[max(token.i - 2, 0) : token.i + 1]]
    found = knowledge.people_up_to(words, len(words))
    return (token.i - found[0] + 1, found[1]) if found else None
