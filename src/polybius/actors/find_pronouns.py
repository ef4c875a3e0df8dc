"""Finds personal and possessive pronouns that may stand for an actor."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from polybius.actors.candidates import Candidate
from polybius.tables import read_table

_PRONOUNS = {row["word"]: row for row in read_table("polybius.actors", "pronouns.en.tsv")}
_KINDS = {
    "person": frozenset({"person"}),
    "body": frozenset({"state", "organization", "group"}),
    "group": frozenset({"group"}),
}
_FACTS = {row["word"]: bool(row["passive"]) for row in read_table("polybius.actors", "facts.en.tsv")}
_EMPTY_VERBS = {"be", "seem", "appear"}


def find_pronouns(doc: Doc) -> Iterator[Candidate]:
    """Personal and possessive pronouns; not "it" as in "it rains" or "it is clear that"."""
    for token in doc:
        row = _PRONOUNS.get(token.lower_)
        if row is None or token.pos_ not in {"PRON", "DET"} or token.text == "US":
            continue
        if token.lower_ == "it" and _stands_for_nothing(token):
            continue
        candidate = Candidate(token.i, token.i + 1, token, "pronoun", _KINDS[row["kind"]])
        candidate.plural, candidate.gender = bool(row["plural"]), row["gender"] or None
        candidate.role = row["person"]
        yield candidate


def _stands_for_nothing(it: Token) -> bool:
    """Whether "it" is no actor: "it rains", "it is clear that", "they denied it"."""
    told = _FACTS.get(it.head.lemma_)
    if it.dep_ == "expl" or (it.dep_ == "dobj" and told is not None) or (it.dep_ == "nsubjpass" and told):
        return True
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} for c in it.head.children)
    if it.dep_ == "nsubjpass" and any(c.dep_ == "ccomp" for c in it.head.children):
        return True  # "it was gathered that"
    return it.dep_ in {"nsubj", "nsubjpass"} and clause and it.head.lemma_ in _EMPTY_VERBS
