"""What a noun's own clause says that it does, or that is done to it."""

from __future__ import annotations

from spacy.tokens import Token

from polybius.tables import read_table

# For each verb, whether a minister who tells of it has not suffered it himself (``suffered.en.tsv``).
SUFFERED = {row["word"]: bool(row["of_state"]) for row in read_table("polybius.actors", "suffered.en.tsv")}


def acts(head: Token) -> bool:
    """Whether a noun is the subject of a verb that takes an object or a content, or the agent of a passive."""
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        head = head.head
    if head.dep_ == "nsubj":
        return any(c.dep_ in {"dobj", "ccomp", "xcomp", "dative"} for c in head.head.children)
    return head.dep_ == "pobj" and head.head.dep_ == "agent"


def suffers(head: Token) -> bool:
    """Whether the law or violence is done to whom a noun means: "her brother was arrested", "killed his wife"."""
    return head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_ in SUFFERED
