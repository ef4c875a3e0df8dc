"""Finds newspapers and broadcasters that nothing but their place tells for such: "told Polsat", "Skai radio"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from polybius.actors.candidates import Candidate
from polybius.actors.roles import Roles
from polybius.knowledge import Knowledge

_NO_OUTLETS = {"PERSON", "GPE", "DATE", "LOC", "FAC"}
_MEDIA = {"television", "tv", "radio", "newspaper", "daily", "weekly", "magazine", "tabloid", "broadsheet"}
_MEDIA |= {"channel", "news agency", "network", "station", "broadcaster", "website", "news website"}


def told(token: Token) -> bool:
    """Whether somebody told it something, or gave it an interview."""
    if token.dep_ in {"dobj", "dative"}:
        return token.head.lemma_ == "tell" and token.i > token.head.i
    return (
        token.dep_ == "pobj" and token.head.lower_ in {"with", "to"} and token.head.head.lemma_ == "interview"
    )


def outlets(
    doc: Doc, knowledge: Knowledge, roles: Roles, at: Mapping[int, Candidate], places: set[int]
) -> Iterator[Candidate]:
    """The outlets that no table has: capitalised words before a word for one, or those that were told something.

    What spaCy takes for a body or a person, and nothing knows, is made one where somebody told it something.
    """
    for token in doc:
        medium = token.pos_ in {"NOUN", "PROPN"} and token.is_lower and _medium(token, roles)
        spoken_to = told(token) and _content(token)
        if not (medium or spoken_to):
            continue
        known = at.get(token.i)
        if known is not None:
            if spoken_to and _may_be_outlet(known, knowledge):
                known.kinds, known.sector, known.unsure = frozenset({"organization"}), "JRN", False
            continue
        end = start = token.i if medium else token.i + 1
        while start and _name_like(doc[start - 1], at, places):
            start -= 1
        whole = start > 0 and (medium or doc[start - 1].i == token.head.i)
        if start < end and whole:
            words = doc[start:end]
            candidate = Candidate(start, end, words.root, "name", frozenset({"organization"}), words.text)
            candidate.sector = "JRN"
            yield candidate


def _may_be_outlet(known: Candidate, knowledge: Knowledge) -> bool:
    """Whether spaCy's name right behind "told" is of nobody the tables or the report know: an outlet, as a rule."""
    doc, name = known.head.doc, known.name
    before = doc[known.start - 1]
    behind = before.lemma_ == "tell" or before.lemma_.lower() in _MEDIA
    acts_too = any(token.text == name and not told(token) for token in doc)
    if known.entries or not known.unsure or known.sector is not None or not behind or acts_too:
        return False
    one = " " not in name and known.head.tag_ == "NNP" and not knowledge.surnames(name)
    return one or known.kinds == {"organization"}


def _medium(token: Token, roles: Roles) -> bool:
    role = roles.ending_at(token)
    return role is not None and role[0].word in _MEDIA and token.dep_ not in {"compound", "amod"}


def _content(token: Token) -> bool:
    """Whether the telling has a content, or a quotation before it: "told Boeing to halt" is an order."""
    told_of = {c.dep_ for c in token.head.children}
    return bool(told_of & {"ccomp", "parataxis"}) or token.dep_ == "pobj"


def _name_like(token: Token, at: Mapping[int, Candidate], places: set[int]) -> bool:
    free = token.i not in at and token.i not in places and token.ent_type_ not in _NO_OUTLETS
    return free and token.tag_ == "NNP" and token.text[0].isupper()
