"""Who did what to whom: from verbs and nouns to coded events, with what was seen and not coded."""

from __future__ import annotations

from polybius.actors import Cast
from polybius.circumstances import Circumstances
from polybius.events.coding import Coding
from polybius.events.frames import Frames
from polybius.events.judging import judge
from polybius.events.linking import place_countries
from polybius.events.settling import settle
from polybius.events.triggers import Proposer
from polybius.ontology import Ontology
from polybius.parse import Parsed
from polybius.record import Event, Omission, Statement
from polybius.relations import Model

__all__ = ["Frames", "find_events"]


def find_events(
    parsed: Parsed,
    cast: Cast,
    circumstances: Circumstances,
    statements: tuple[Statement, ...],
    ontology: Ontology,
    model: Model,
) -> tuple[tuple[Event, ...], tuple[Omission, ...]]:
    """The events of a report, in the order of its text, and what was seen and not coded.

    The clause reading and the word lists propose who and whom; the model says what happened, or that nothing
    did. Where they disagree, confidence falls.
    """
    proposer = Proposer(parsed, cast, Frames.load(), place_countries(circumstances.places, parsed.doc))
    coding = Coding(parsed, cast, circumstances, statements, ontology, proposer.omissions)
    proposals = coding.of_public_life(proposer.propose())
    verdicts = judge(proposals, cast, model)
    kept = settle(proposals, verdicts)
    events = [event for p in kept if (event := coding.event(p, verdicts[id(p)])) is not None]
    numbered = tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(events, 1))
    return numbered, tuple(proposer.omissions)
