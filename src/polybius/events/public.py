"""Tells events of public life from what happens among private persons, firms and clubs, which is not PLOVER's."""

from __future__ import annotations

from polybius.actors import Cast
from polybius.events.triggers import Proposal
from polybius.ontology import Ontology
from polybius.parse import Parsed
from polybius.record import Actor

_SHORT = 6  # sentences; shorter texts name few actors whatever they are about
_POLITICAL_ACTORS = (
    3  # a longer report with fewer of them is hardly of politics (ours have 5 to 22, quiet ones 0 to 2)
)
_CABINET = ("minister", "president", "premier")  # a report that names one is of politics, known or not
_FIRST = {"i", "me", "we", "us"}
_ARMED = {"MIL", "REB", "UAF", "PRM", "COP", "SPY"}


class PublicLife:
    """Knows of one report whether it is ``political`` or hardly so (``quiet``), and who in it acts publicly.

    A short one that names few public actors may be either.
    """

    def __init__(self, parsed: Parsed, cast: Cast, ontology: Ontology) -> None:
        self.cast = cast
        self.ontology = ontology
        known = sum(map(self._of_politics, cast.actors.values()))
        self.political = known >= _POLITICAL_ACTORS
        self.quiet = not self.political and sum(1 for _ in parsed.doc.sents) > _SHORT

    def against(self, proposal: Proposal, speaker: str | None) -> str | None:
        """Why a proposal is not of public life; None where it is.

        Args:
            proposal: the event proposed.
            speaker: who is said to tell of it, if anybody.
        """
        if self.political:  # what private persons and firms do there is told as part of politics
            return None
        if not self._public(proposal, speaker):
            return "among private persons or firms"
        if self.quiet and self._private_talk(proposal):
            return "told of persons by pronouns alone, in a report hardly of politics"
        return None

    def _public(self, proposal: Proposal, speaker: str | None) -> bool:
        """Whether a state, a public body or its people take part, or a crowd protests."""
        actors = [a for a, _ in (*proposal.actors, *proposal.recipients)]
        if not actors and proposal.open:
            actors = [speaker] if speaker else []
        elif not proposal.actors:
            return not self.quiet  # "twelve people were arrested": only the authorities can have done it
        kinds = {self.cast.actors[a].kind for a in actors}
        crowd = proposal.frame.type in {"PROTEST", "CONCEDE", ""} and "group" in kinds
        crowd = crowd or proposal.frame.mode in {"strike", "hunger"}
        crowd = crowd or (proposal.frame.type == "ASSAULT" and "group" in kinds and not self.quiet)
        return crowd or any(self._is_public(a) for a in actors)

    def _is_public(self, actor: str) -> bool:
        """A state or public body or its people; in a report of politics, any crowd that is not said to be other."""
        known = self.cast.actors[actor]
        crowd = known.kind == "group" and known.sector is None and not self.quiet
        return crowd or known.kind == "state" or known.sector in self.ontology.public_sectors

    def _private_talk(self, proposal: Proposal) -> bool:
        """ "I begged them", "we keep beating them off": a player, a neighbour or a cook talks in pictures.

        Whoever bears arms is no such person: "They burned our houses".
        """
        if any(self.cast.actors[a].sector in _ARMED for a, _ in proposal.actors):
            return False
        doers = proposal.actors or proposal.recipients
        first = [t for _, t in (*proposal.actors, *proposal.recipients) if t.lower_ in _FIRST]
        return bool(first) or (bool(doers) and all(t.pos_ == "PRON" for _, t in doers))

    def _of_politics(self, actor: Actor) -> bool:
        """Whether an actor shows that the report is of politics: a known public one, or a state that acts."""
        if actor.kind == "state":
            return actor.id in self.cast.acting
        minister = actor.kind == "person" and (actor.role or "").split(" of ")[0].endswith(_CABINET)
        return (actor.known_as is not None or minister) and actor.sector in self.ontology.public_sectors
