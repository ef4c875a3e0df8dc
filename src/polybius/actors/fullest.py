"""The fullest form of one without a name: "men" become "men in track suits", "officer" "officer of the guard"."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from polybius.actors.candidates import BEFORE, Candidate

_BEHIND = {"prep", "acl", "amod"}  # "in track suits", "seeking asylum", "familiar with the operation"
_ANYBODY = {"man", "woman", "youth", "official", "group", "member", "supporter", "employee", "business group"}
_LONG = 7  # words; more behind a noun is a story, no name
_STOPS = {",", ";", ":", "(", ")", "[", "]", "-", "--", "–", "—", '"', "“", "”"}
_CLAUSES = {"relcl", "ccomp", "advcl"}


def widen(candidate: Candidate, doc: Doc, taken: Container[int]) -> None:
    """Note an indefinite phrase in full, and take the short complement of a noun that says little into its name.

    Args:
        candidate: a description that is hung on no name.
        doc: the text.
        taken: the tokens of names and places, which are no part of another's name.
    """
    head = candidate.head
    body = candidate.kinds == {"organization"} and not candidate.plural
    if candidate.definite or body or not candidate.role or head.i + 1 != candidate.end:
        return
    end = _end(head, candidate.end)
    little = candidate.weak or candidate.role in _ANYBODY  # "spokesman" says enough without whose he is
    wider = end > candidate.end and little and not any(i in taken for i in range(candidate.end, end))
    candidate.phrase = doc[_first(candidate) : candidate.end if wider else end].text
    if wider:
        candidate.name = f"{candidate.name} {doc[candidate.end : end].text}"
        candidate.end = end


def _end(head: Token, end: int) -> int:
    for child in head.children:
        if child.i < end:
            continue
        words = list(child.subtree)
        close = child.left_edge.i == end and child.dep_ in _BEHIND and words[-1].i - head.i <= _LONG
        plain = not any(
            t.text in _STOPS or t.is_space or t.dep_ in _CLAUSES or t.tag_ == "PRP" for t in words
        )
        if not close or not plain:
            break
        end = words[-1].i + 1
    return end


def _first(candidate: Candidate) -> int:
    """Where the phrase begins with its article and numeral: "some 600 people"."""
    before = [
        t.i for c in candidate.head.children if c.dep_ in BEFORE and c.i < candidate.head.i for t in c.subtree
    ]
    return min([candidate.start, *(i for i in before if candidate.start - i <= 4)])
