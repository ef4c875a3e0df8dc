"""Words of saying that tell nothing where they stand."""

from __future__ import annotations

from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.statements.words import cues, words

_TO_COME = {"will", "would", "'ll", "’ll"}  # "would ask him to leave": nobody has asked yet
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}


def is_unsaid(clause: Clause, parsed: Parsed) -> bool:
    """ "Did not say whether", "declined to confirm", "could argue", "if he says", "asked him to confirm"."""
    if clause.negation is not None:
        return True
    if clause.modal is not None and clause.modal.lower_ in words("possible"):
        return True
    if clause.mark is not None and clause.mark.lower_ in words("doubt"):
        return True
    if (
        clause.modal is not None
        and clause.modal.lower_ in _TO_COME
        and "request" in cues().get(clause.lemma, ())
    ):
        return True
    above = parsed.clause_at(clause.parent) if clause.parent is not None else None
    if above is None or clause.link not in {"xcomp", "ccomp", "advcl"}:
        return False
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.predicate.children)
    asked = "request" in cues().get(above.lemma, ()) and above.predicate.i < clause.predicate.i
    return infinitive and (above.lemma in words("unsaid") or asked or above.negation is not None)


def recalls(clause: Clause, takes: frozenset[str]) -> bool:
    """ "They have left, Canada recalled its envoy, …": a verb with an object of its own says nothing before it."""
    objects = (c for c in clause.predicate.children if c.dep_ == "dobj" and c.i > clause.predicate.i)
    return "somebody" not in takes and any(c.dep_ == "poss" for noun in objects for c in noun.children)


def skips(verb: Token, content: Token) -> bool:
    """ "Assets thought to be worth $5m were frozen": what stands behind the infinitive is of the assets."""
    if content.i < verb.i or any(c.dep_ in _SUBJECTS for c in content.children):
        return False
    infinitive = any(
        c.dep_ == "xcomp" and verb.i < c.i < content.i and any(t.lower_ == "to" for t in c.children)
        for c in verb.children
    )
    inserted = any(
        c.dep_ == "nsubj" and (c.i > verb.i or (c.left_edge.i and c.left_edge.nbor(-1).text == ","))
        for c in verb.children
    )
    return infinitive and not inserted
