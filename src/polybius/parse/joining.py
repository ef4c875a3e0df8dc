"""Which clause a verb hangs on or is joined to, where the parser may err."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Token

from polybius.parse.arguments import verbs

if TYPE_CHECKING:
    from polybius.parse.clauses import Clause

_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def clause_above(verb: Token, above: Mapping[int, Clause]) -> Clause | None:
    """The clause a verb hangs on, or is joined to.

    "asked Syria to expel him and advised Ankara to wait": the parser joins "advised" to "expel", but a finite verb
    is joined to a finite one.
    """
    clauses = [above[ancestor.i] for ancestor in verb.ancestors if ancestor.i in above]
    # "to leave and recalled its envoy": the tagger may take it for a participle
    finite = verb.tag_ in {"VBD", "VBZ"} or (
        verb.tag_ == "VBN" and any(c.dep_ == "dobj" for c in verb.children)
    )
    if (
        verb.dep_ != "conj"
        or not finite
        or any(c.dep_.startswith("aux") for c in verb.children)
        or not clauses
    ):
        return clauses[0] if clauses else None
    return next((c for c in clauses if _takes(c, verb)), clauses[0])


def _takes(clause: Clause, joined: Token) -> bool:
    """Whether a finite verb can be joined to this clause: not to an infinitive or bare participle, and a word of
    saying not to what somebody denied or called so ("said it was false and accused the agency").
    """
    first = clause.predicate
    finite = first.tag_ in _FINITE or any(
        c.tag_ in _FINITE for c in first.children if c.dep_.startswith("aux")
    )
    told = first.dep_ == "ccomp" and (first.tag_ == "VBN" or first.lemma_ == "be")
    auxiliaries = {c.lemma_ for c in first.children if c.dep_.startswith("aux")}
    # "said it would wait and ruled out": what is to come is not joined to what is past.
    apart = first.dep_ == "ccomp" and first.tag_ in {"VB", "VBG"} and "do" not in auxiliaries
    return finite and not (told and joined.lemma_ in verbs("spoken")) and not (apart and joined.tag_ == "VBD")


def shares_auxiliary(verb: Token, parent: Clause) -> bool:
    """ "were found guilty and sentenced": the second participle has the first one's auxiliary and subject.

    The tagger takes many for a past form ("was convicted and freed").
    """
    own = any(c.dep_ in {"aux", "auxpass", "nsubj", "dobj"} for c in verb.children)
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lemma_ in verbs("suffered"))
    return verb.dep_ == "conj" and participle and verb.head == parent.predicate and not own
