"""Asks the model what each proposal says: every sentence is read once, however many proposals it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.events.triggers import Proposal
from polybius.record import Span
from polybius.relations import Judgement, Model, Pair

NONE = "none"
# Chosen on tests/gate (benchmarks/thresholds.py): what the model must say to overrule or replace the word lists.
DENIED_BELOW = 0.03  # the word lists' type is given up when the model holds it less likely than this …
DENIED_ABOVE = 0.85  # … and holds "none" at least this likely
OPEN_ABOVE = 0.6  # a verb no word list knows is an event when the model holds its type at least this likely
TORN_ABOVE = 0.4  # … or this likely, where somebody does it and the model is only torn between types …
TORN_NONE_BELOW = 0.2  # … and hardly thinks that nothing happened
OVERRULED_ABOVE = (
    0.8  # another type than the word lists' is coded when the model holds it at least this likely …
)
OVERRULED_BELOW = 0.06  # … and theirs at most this likely


@dataclass(frozen=True, slots=True)
class Verdict:
    """The model's answer about one proposal."""

    judgement: Judgement

    def likelihood(self, type_: str) -> float:
        """How likely the model holds a type."""
        return self.judgement.types.get(type_, 0.0)

    def denies(self, type_: str) -> bool:
        """Whether the model is sure that nothing of this type happened."""
        return self.likelihood(type_) < DENIED_BELOW and self.likelihood(NONE) > DENIED_ABOVE

    def overrules(self, type_: str) -> str | None:
        """The type that the model is sure of where it does not believe this one; None otherwise."""
        best = self.judgement.type
        sure = self.likelihood(best) >= OVERRULED_ABOVE and self.likelihood(type_) <= OVERRULED_BELOW
        return best if best not in {NONE, type_} and sure else None

    def opened(self, *, someone: bool) -> str | None:
        """The type of a proposal that only the model knows; None where it is not sure enough.

        ``someone`` says whether an actor is known to do it.
        """
        best = self.judgement.type
        likely = self.likelihood(best)
        torn = someone and likely >= TORN_ABOVE and self.likelihood(NONE) <= TORN_NONE_BELOW
        return best if best != NONE and (likely >= OPEN_ABOVE or torn) else None


def judge(proposals: Sequence[Proposal], cast: Cast, model: Model) -> dict[int, Verdict]:
    """The model's verdicts by the proposal's ``id()``."""
    pairs = [_pair(proposal, cast) for proposal in proposals]
    return {id(p): Verdict(j) for p, j in zip(proposals, model.judge(pairs), strict=True)}


def _pair(proposal: Proposal, cast: Cast) -> Pair:
    sentence = proposal.trigger.sent
    start, end = sentence.start_char, sentence.end_char

    def inside(token: Token | None) -> Span | None:
        if token is None or not start <= token.idx < end:
            return None
        span = cast.span_of(token)
        return max(span[0], start) - start, min(span[1], end) - start

    trigger = proposal.trigger
    return Pair(
        sentence.text,
        inside(proposal.actors[0][1] if proposal.actors else None),
        inside(proposal.recipients[0][1] if proposal.recipients else None),
        (trigger.idx - start, trigger.idx + len(trigger) - start),
    )


def confidence_of(proposal: Proposal, auxiliary: tuple[str, ...], likelihood: float) -> float:
    """How sure the reading is: the mean of the model's (calibrated) likelihood and of the word lists' reading.

    The latter counts for more with both participants and with conditions that held; its figures only order
    readings. What the word lists do not know rests on the model alone.
    """
    if proposal.open:
        return round(0.8 * likelihood, 2)
    confidence = 0.5
    confidence += 0.15 * bool(proposal.actors) + 0.15 * bool(proposal.recipients)
    confidence += min(0.1, 0.05 * len(proposal.frame.when))
    confidence -= 0.1 * proposal.frame.weak + 0.1 * bool(set(auxiliary) & {"hypothetical", "negation"})
    confidence -= 0.1 * (proposal.nominal and not proposal.effect)
    return round((max(0.05, min(0.95, confidence)) + likelihood) / 2, 2)
