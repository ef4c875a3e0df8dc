"""Whom an event reaches where its words name nobody: the state a report is about, or whose deed is spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cache

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.events.triggers import Proposal
from polybius.parse import Parsed
from polybius.tables import read_table, values

_SHARE = 0.3  # of the mentions that have a country: a report that spreads them further is about no one state
_REACHING = {("AID", None), ("SANCTION", "discontinue"), ("THREATEN", "relations")}
_JUDGING = {"ACCUSE", "SUPPORT", "REJECT"}
_LEAD = 2  # the number of the sentence the lead ends with, the title being the first
_POINTING = {"the", "this", "that", "these", "those"}
_SPOKEN_OF = ("obj", "to", "at", "over", "about")


class Implied:
    """What a report has told so far, and which state's affairs it tells."""

    def __init__(self, cast: Cast, parsed: Parsed) -> None:
        self.cast = cast
        self._lead_end = next((s.end for n, s in enumerate(parsed.doc.sents) if n == _LEAD), 0)
        countries = Counter(c for m in cast.mentions if (c := cast.actors[m.actor].country))
        country, most = next(iter(countries.most_common(1)), (None, 0))
        about = country is not None and most >= _SHARE * countries.total()
        self._home = country if about else None
        self._told: list[tuple[int, str, tuple[str, ...]]] = []

    def tell(self, proposal: Proposal, type_: str, actors: Collection[str]) -> None:
        """Remember who did something, in the order of the text."""
        if actors:
            self._told.append((proposal.trigger.i, type_, tuple(actors)))

    def recipients(
        self, proposal: Proposal, type_: str, mode: str | None, actors: Collection[str]
    ) -> tuple[str, ...]:
        """The actors that an event reaches without saying so; empty where that is not plain."""
        if (type_, mode) in _REACHING:
            return self._reached(actors)
        return self._judged(proposal, actors) if type_ in _JUDGING else ()

    def _reached(self, actors: Collection[str]) -> tuple[str, ...]:
        """ "Japan sent two planes", says a report on an earthquake in Nepal."""
        from_abroad = bool(actors) and all(self.cast.actors[a].country != self._home for a in actors)
        state = self.cast.states.get(self._home) if self._home and from_abroad else None
        return (state,) if state else ()

    def _judged(self, proposal: Proposal, actors: Collection[str]) -> tuple[str, ...]:
        """ "China welcomed the offer": made by whom the words or the sentence before tell of, or the lead."""
        heads = [t for slot in _SPOKEN_OF for t in proposal.view.slot(slot) if _pointed_at(t)]
        types = next((_deeds()[w] for t in heads if (w := t.lemma_.lower()) in _deeds()), None)
        if types is None:
            return ()
        sentence = proposal.trigger.sent
        since = sentence.doc[sentence.start - 1].sent.start if sentence.start else 0
        before = [(at, others) for at, told, others in self._told if not types or told in types]
        lead = [others for at, others in before if at < self._lead_end]
        near = [others for at, others in before if since <= at < proposal.trigger.i]
        # "the decision" is what the report is about, "the offer" the one just made
        meant = near[-1] if types and near else next(iter(lead), ())
        own = {*actors, *(self.cast.states.get(self.cast.actors[a].country or "") for a in actors)}
        return () if set(meant) & own else meant


@cache
def _deeds() -> dict[str, frozenset[str]]:
    table = read_table("polybius.events", "deeds.en.tsv")
    return {row["noun"]: frozenset(values(row["types"])) for row in table}


def _pointed_at(noun: Token) -> bool:
    """Whether a noun means what was just told of: "the offer", not "an offer" or "the offer of 3 May"."""
    determined = any(c.dep_ == "det" and c.lower_ in _POINTING for c in noun.children)
    return determined and not any(c.dep_ in {"prep", "acl", "relcl"} for c in noun.children)
