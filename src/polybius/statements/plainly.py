"""What somebody makes plain without a verb of saying: "made it clear that …", "let it be known that …"."""

from __future__ import annotations

from spacy.tokens import Token

from polybius.parse import Clause
from polybius.record import Span
from polybius.statements.extent import extent
from polybius.statements.words import words

_MAKES = {"make", "let"}
_OPENINGS = {"that", "how", "what", "why"}  # not "whether" or "to whom"
_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def made_plain(clause: Clause) -> Span | None:
    """The clause that stands under the adjective; the parser hangs it on that or on the verb."""
    verb = clause.predicate
    if clause.lemma not in _MAKES or clause.passive:
        return None
    for plain in verb.children:
        if plain.i < verb.i or plain.lower_ not in words("plain"):
            plain = next((c for c in plain.children if c.lower_ in words("plain")), plain)
        if plain.i > verb.i and plain.lower_ in words("plain"):
            return next((extent(_first(root, plain), verb, root) for root in _clauses(plain, verb)), None)
    return None


def _clauses(plain: Token, verb: Token) -> list[Token]:
    """The roots of finite clauses behind the adjective."""
    behind = [c for head in (plain, verb) for c in head.children if c.i > plain.i]
    return [
        c for c in behind if _is_finite(c) and (_first(c, plain).lower_ in _OPENINGS or _is_bare(c, plain))
    ]


def _first(root: Token, plain: Token) -> Token:
    return root.left_edge if root.left_edge.i > plain.i else plain.nbor(1)


def _is_finite(root: Token) -> bool:
    helped = any(c.tag_ in _FINITE for c in root.children if c.dep_ in {"aux", "auxpass"})
    return root.tag_ in _FINITE or helped


def _is_bare(root: Token, plain: Token) -> bool:
    """ "Made clear the boats would be turned away": its subject stands right behind the adjective."""
    subjects = (c for c in root.children if c.dep_ in {"nsubj", "nsubjpass", "expl"})
    return any(c.left_edge.i == plain.i + 1 for c in subjects)
