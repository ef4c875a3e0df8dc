"""How actors stand to each other: standing relations told by copula, apposition, possessive and title."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.parse import Clause, Parsed, conjuncts, read_nominal
from polybius.record import Span, Statement, Tie, TieEvidence
from polybius.tables import read_table

__all__ = ["find_ties"]

_ORDINALS = {
    "first": 1,
    "largest": 1,
    "biggest": 1,
    "main": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}
_TO = ("of", "to", "for", "in", "with")
_ENDED = {"former", "ex", "then", "late", "ousted", "deposed"}
_BODIES = {"organization", "group"}
_OFFICES = {"president", "minister", "premier", "chancellor", "king", "queen"}
_STATE_OWNED = {"state", "state-owned", "state-run", "government", "national", "public"}
_OFFICIAL = {"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PRM"}
_OWNERS = {"state", "organization"}


@cache
def _kinds(pos: str) -> dict[str, str]:
    kinds = {r["word"]: r["kind"] for r in read_table("polybius.ties", "ties.en.tsv") if r["pos"] == pos}
    if pos == "n":
        kinds.update({r["word"]: "head" for r in read_table("polybius.ties", "heads.en.tsv")})
    return kinds


def find_ties(parsed: Parsed, cast: Cast, statements: tuple[Statement, ...]) -> tuple[Tie, ...]:
    """The ties of a report, in the order of its text, each once."""
    reader = _Reader(parsed, cast)
    found = [*reader.of_clauses(), *reader.of_descriptions(), *reader.of_bodies()]
    ties: dict[tuple[str, str, str | None], Tie] = {}
    for tie in sorted(found, key=lambda t: (t.span, t.kind)):
        if tie.to is not None and tie.to != tie.from_:
            ties.setdefault((tie.kind, tie.from_, tie.to), tie)
    return tuple(
        tie.model_copy(update={"id": f"t{n}", "said_by": _said_by(tie.span, statements)})
        for n, tie in enumerate(ties.values(), 1)
    )


def _said_by(span: Span, statements: tuple[Statement, ...]) -> str | None:
    covering = [s for s in statements if s.span[0] <= span[0] and span[1] <= s.span[1] and s.speaker]
    return min(covering, key=lambda s: s.span[1] - s.span[0]).speaker if covering else None


class _Reader:
    def __init__(self, parsed: Parsed, cast: Cast) -> None:
        self.parsed = parsed
        self.cast = cast

    def of_clauses(self) -> Iterator[Tie]:
        """ "X is the main ally of Y", "X, which supports Y"."""
        for clause in self.parsed.clauses:
            if clause.negation is not None or clause.modal is not None or clause.tense == "future":
                continue
            for subject in clause.args("subj"):
                owner = self.cast.at(subject)
                if owner is None:
                    continue
                if clause.lemma in {"be", "become", "remain"}:
                    for attribute in clause.arguments.get("attr", ()):
                        yield from self._described(owner, subject, attribute, clause)
                elif clause.tense == "present" or clause.link in {"relcl", "acl"}:
                    yield from self._verb(owner, subject, clause)

    def _verb(self, owner: str, subject: Token, clause: Clause) -> Iterator[Tie]:
        kind = _kinds("v").get(clause.lemma)
        if kind is None or (clause.tense == "past" and not clause.passive):
            return
        for target in clause.args("obj"):
            actor = self.cast.at(target)
            if actor is not None and (kind != "head" or self.cast.actors[owner].kind == "person"):
                yield self._tie(kind, owner, actor, subject, target, clause.predicate)

    def of_descriptions(self) -> Iterator[Tie]:
        """ "Russian President X", "X, spokesman for Y", "the president of Y, X": words hung on a name."""
        for token in self.parsed.doc:
            owner = self.cast.gloss.get(token.i)
            if owner is not None and token.pos_ in {"NOUN", "PROPN"}:
                yield from self._described(owner, self._name_beside(token), token, None)

    def _name_beside(self, token: Token) -> Token:
        for near in (token.head, *token.children, token.head.head):
            if self.cast.by_token.get(near.i) == self.cast.gloss.get(token.i):
                return near
        return token

    def _described(self, owner: str, name: Token, word: Token, clause: Clause | None) -> Iterator[Tie]:
        """The ties a describing noun states, and those of the nouns joined to it."""
        for noun in conjuncts(word):
            kind = self._kind(noun)
            if kind is None or any(c.lower_ in _ENDED for c in noun.children):
                continue
            if kind == "head" and self.cast.actors[owner].kind != "person":
                continue
            targets = self._targets(noun, clause) or self._own_state(owner, noun, kind)
            for target, token in targets:
                if kind == "head" and not self._heads(owner, noun, target):
                    continue
                yield self._tie(kind, owner, target, name, token, noun)
            yield from self._ranked_before(noun, kind, targets)

    def _own_state(self, owner: str, noun: Token, kind: str) -> list[tuple[str, Token]]:
        """ "President Hamid Karzai": a holder known to the knowledge heads his own state."""
        actor = self.cast.actors[owner]
        state = self.cast.states.get(actor.country or "")
        if kind != "head" or actor.known_as is None or state is None or noun.lemma_.lower() not in _OFFICES:
            return []
        return [(state, noun)]

    def _kind(self, noun: Token) -> str | None:
        kinds = _kinds("n")
        before = noun.nbor(-1) if noun.i else None
        compound = f"{before.lemma_.lower()} {noun.lemma_.lower()}" if before is not None else ""
        return kinds.get(compound) or kinds.get(noun.lemma_.lower())

    def _heads(self, owner: str, noun: Token, target: str) -> bool:
        """Whether one can head that; what the knowledge says of the person that day must not deny it."""
        actor = self.cast.actors[owner]
        known = actor.known_as is not None and actor.role is not None
        if known and self.cast.actors[target].kind == "state" and noun.lemma_.lower() in _OFFICES:
            return noun.lemma_.lower() in (actor.role or "").split()
        return self.cast.actors[target].kind in {"state", *_BODIES}

    def _targets(self, noun: Token, clause: Clause | None) -> list[tuple[str, Token]]:
        """Whom the noun relates to: the possessor, or what stands after "of", "for", "to"."""
        heads: list[Token] = []
        first = next(iter(n for n in [noun.head] if noun.dep_ == "conj"), noun)
        owners = [noun] if first is noun else [noun, first]
        for owner in owners:
            nominal = read_nominal(owner, None)
            for place in ("poss", *_TO):
                heads.extend(nominal.arguments.get(place, ()))
        if clause is not None:
            heads.extend(t for place in ("of", "for", "to") for t in clause.arguments.get(place, ()))
        found: dict[str, Token] = {}
        for head in heads:
            for token in (head, *(c for c in head.children if c.dep_ in {"poss", "amod", "compound"})):
                if actor := self.cast.at(token):
                    found.setdefault(actor, token)
                    break
        return list(found.items())

    def _ranked_before(self, noun: Token, kind: str, targets: list[tuple[str, Token]]) -> Iterator[Tie]:
        """ "the second creditor after China": China is the first."""
        rank = _rank(noun)
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"after", "behind"} and rank and rank > 1:
                for other in child.children:
                    actor = self.cast.at(other)
                    if other.dep_ == "pobj" and actor:
                        for target, token in targets:
                            tie = self._tie(kind, actor, target, other, token, noun)
                            yield tie.model_copy(update={"rank": rank - 1})

    def of_bodies(self) -> Iterator[Tie]:
        """ "the Venezuelan state oil company, PDVSA", "its Agency (USAID)": a body belongs to its owner."""
        for mention in self.cast.mentions:
            actor = self.cast.actors[mention.actor]
            span = self.parsed.doc.char_span(*mention.span, alignment_mode="expand")
            if actor.kind != "organization" or span is None or mention.kind != "name":
                continue
            described = [
                t
                for t in self.parsed.doc
                if self.cast.gloss.get(t.i) == actor.id and abs(t.i - span.start) < 12
            ]
            for token in (*span.root.children, *(c for d in described for c in (d, *d.children))):
                owner = self.cast.by_token.get(token.i)
                before = token.dep_ in {"poss", "amod", "compound", "nmod"}
                owned = token.dep_ == "poss" or actor.sector in _OFFICIAL
                if not owned and not any(d.lower_ in _STATE_OWNED for d in described):
                    continue
                if before and owner and owner != actor.id and self.cast.actors[owner].kind in _OWNERS:
                    yield self._tie("part_of", actor.id, owner, span.root, token, span.root)

    def _tie(self, kind: str, owner: str, target: str, name: Token, token: Token, word: Token) -> Tie:
        spans = [self.cast.span_of(name), self.cast.span_of(token), (word.idx, word.idx + len(word))]
        rank = _rank(word) if kind in {"creditor", "supplier", "partner", "debtor"} else None
        near = [s for s in spans if abs(s[0] - word.idx) < 300]
        return Tie(
            id="t0",
            span=(min(s[0] for s in near), max(s[1] for s in near)),
            kind=kind,
            from_=owner,
            to=target,
            rank=rank,
            evidence=TieEvidence(from_=spans[0], to=spans[1]),
        )


def _rank(noun: Token) -> int | None:
    return next(
        (_ORDINALS[c.lower_] for c in noun.children if c.lower_ in _ORDINALS and c.lower_ != "main"), None
    )
