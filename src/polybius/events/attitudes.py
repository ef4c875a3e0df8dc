"""What a verb says of the act that stands under it: "failed to", "plans to", "asked him to" (``attitudes.en.tsv``)."""

from __future__ import annotations

from functools import cache

from polybius.parse import Clause
from polybius.tables import read_table

_MODALS = {"should", "must", "ought"}
_DIRECTING = {"order", "allow", "permit", "enable"}  # in the table for what becomes of the act


@cache
def effects() -> dict[str, str]:
    """The effect of each verb or adjective on what stands under it."""
    return {row["verb"]: row["effect"] for row in _rows()}


def attitude(verb: str) -> str | None:
    """What a verb makes of the act in the infinitive under it; None where it says nothing."""
    return effects().get(verb) or effects().get(verb.split()[0])


@cache
def supposing() -> frozenset[str]:
    """Verbs that only wish, try or begin what stands under them ("wants to"): they say no event of their own."""
    return frozenset(row["verb"] for row in _rows() if row["effect"] in {"hypothetical", "actual"})


@cache
def wanting() -> frozenset[str]:
    """Verbs under which a clause in the bare form says what is wanted: "demanded that the army leave"."""
    return frozenset(row["verb"] for row in _rows() if row["that"] == "wanted")


def bidden(complement: Clause) -> bool:
    """Whether a clause says what is to be done: "to leave", "that it leave", "must leave"."""
    verb = complement.predicate
    to = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    return to or is_bare(complement) or (complement.modal is not None and complement.modal.lower_ in _MODALS)


def is_bare(clause: Clause) -> bool:
    """Whether a clause behind a conjunction has its verb in the bare form: "that the army leave"."""
    return clause.predicate.tag_ in {"VB", "VBP"} and clause.modal is None and clause.mark is not None


def to_come(complement: Clause) -> bool:
    """Whether a clause tells of what is to come: "that every hostage will die", "that it would close"."""
    modal = complement.modal.lower_ if complement.modal is not None else ""
    return complement.tense == "future" or modal in {"will", "would", "shall", "'ll", "’ll", "'d", "’d"}


def directs(verb: str) -> bool:
    """Whether the verb has somebody do what stands under it: "ordered her to leave", "helped them flee"."""
    return attitude(verb) in {"asked", "actual"} or verb in _DIRECTING


@cache
def answering() -> frozenset[str]:
    """Verbs that do what stands behind their "with": "responded with sanctions"."""
    table = read_table("polybius.events", "support-verbs.en.tsv")
    named = (row["verb"].split(" ") for row in table if row["effect"] == "does")
    return frozenset(words[0] for words in named if words[1:] == ["with"])


def _rows() -> list[dict[str, str]]:
    return list(read_table("polybius.events", "attitudes.en.tsv"))
