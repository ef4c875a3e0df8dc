"""Whose a named person or body is, by the words behind and before the name."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from polybius.actors.candidates import TITLE_ROLES, Candidate
from polybius.actors.roles import Roles

_LEAD = {"head", "lead", "run", "chair", "direct", "command"}


class Belonging:
    """Reads the surroundings of names.

    Args:
        doc: the parsed text.
        at: all candidates by their tokens; ``named``: the names among them.
        located: the country of each token that names a place.
    """

    def __init__(
        self,
        doc: Doc,
        at: Mapping[int, Candidate],
        named: Mapping[int, Candidate],
        located: Mapping[int, str],
    ) -> None:
        self.doc, self.at, self.named, self.located = doc, at, named, located

    def read(self, named: Candidate) -> None:
        """ "Anura Kumara Dissanayake of the leftist JVP": the body that a person's name is followed by."""
        if "person" not in named.kinds:
            self._whole_behind(named)
        elif named.role is None and named.start:
            self._titled(named)
        if "person" not in named.kinds or named.body is not None:
            return
        self._home_behind(named)
        self._led(named)
        for child in named.head.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for noun in (c for c in child.children if c.dep_ == "pobj"):
                    body = self.at.get(noun.i)
                    if body is not None and body.kinds & {"organization", "group"}:
                        named.body = body
            elif child.dep_ == "poss" and child.i in self.named:  # "Labour's Anna Kowal"
                owner = self.named[child.i]
                if owner.kinds == {"state"}:  # "Moscow's Premier X"
                    named.country = named.country or owner.country
                named.body = owner if owner.sector == "PTY" and named.body is None else named.body

    def _titled(self, named: Candidate) -> None:
        """ "Sen. X", "Lt. Col. X": what the title says, where no words beside the name say more."""
        role = Roles.load().named(TITLE_ROLES.get(self.doc[named.start - 1].text, ""))
        if role is not None:
            named.role, named.sector = role.word, named.sector or role.sector
            named.roles.append(role.word)

    def _whole_behind(self, named: Candidate) -> None:
        """ "the Western Command of the Chinese army": an unknown body is of the one that it is part of."""
        for owner in (c for c in named.head.children if c.dep_ == "poss"):
            whose = self.at.get(owner.i)
            if whose is not None and whose.kinds == {"state"} and not named.entries:  # "South Korea's Daewoo"
                named.country = named.country or whose.country
            named.possessor = named.possessor or whose
        for of in (c for c in named.head.children if c.lower_ == "of" and not named.entries):
            for noun in (c for c in of.children if c.dep_ == "pobj" and c.i >= named.end):
                whole = self.at.get(noun.i)
                if whole is not None and whole.kinds & {"organization", "group", "state"}:
                    named.country = named.country or whole.country
                    named.sector = named.sector or (None if whole.kinds == {"state"} else whole.sector)

    def _led(self, named: Candidate) -> None:
        """ "X, who heads the UNHCR's office in Karachi": the body that a person is said to lead."""
        for clause in named.head.children:
            if clause.dep_ != "relcl" or clause.lemma_ not in _LEAD or clause.tag_ == "VBD":
                continue
            for noun in (c for c in clause.children if c.dep_ == "dobj"):
                near = [noun, *(c for c in noun.children if c.dep_ in {"poss", "compound"})]
                bodies = [self.named[t.i] for t in near if t.i in self.named]
                named.body = next((b for b in bodies if b.kinds & {"organization", "group"}), named.body)

    def _home_behind(self, named: Candidate) -> None:
        """ "Jacinda Ardern of New Zealand", "Youssef Amin, also from Lebanon": a person's country."""
        words = [token.lower_ for token in self.doc[named.end : named.end + 5]]
        skipped = 1 if words[:1] == [","] else 0
        skipped += words[skipped : skipped + 1] == ["also"]
        if words[skipped : skipped + 1] != ["of"] and (
            words[skipped : skipped + 1] != ["from"] or not skipped
        ):
            return
        i = named.end + skipped + 1
        i += words[skipped + 1 : skipped + 2] == ["the"]
        state = self.at.get(i)
        if state is not None and state.kinds == {"state"} and not state.adjective:
            named.country = named.country or state.country
        named.country = named.country or self.located.get(i)
