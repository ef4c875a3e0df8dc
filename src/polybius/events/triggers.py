"""Proposes events: every verb, noun and adjective that a frame knows, with the participants the frame finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.events import openings
from polybius.events.attitudes import to_come
from polybius.events.frames import Condition, Frame, Frames
from polybius.events.seats import Seat, first, recipients_of
from polybius.events.slots import View, head_words, is_sufferer, meant_by, quantity_of
from polybius.events.words import words
from polybius.parse import Clause, Parsed, read_nominal
from polybius.parse.arguments import verbs
from polybius.record import Omission

_MODIFIERS = {"amod", "compound", "nmod", "poss", "nummod", "advmod"}
# "killed in clashes": the noun is read as well, and merged where it says the same.
_NOT_CONSUMED = {"comp", "support", "mod", "subj", "in"}
_ASSEMBLIES = {"IGO", "UNO", "EUR", "LEG"}
_PROMISING = {"AGREE", "THREATEN", "REQUEST", "REJECT", "CONCEDE"}


@dataclass(slots=True, eq=False)
class Proposal:
    """An event before its circumstances are known.

    ``effect`` is what the verb above a noun does to it: does, undergoes, plans, ends, talks, or "". ``open``
    says that no word list knows the verb: only the model can say what it means. ``modes``: what the word's frames
    would call it, by type.
    """

    trigger: Token
    frame: Frame
    view: View
    clause: Clause | None
    actors: tuple[tuple[str, Token], ...]
    recipients: tuple[tuple[str, Token], ...]
    effect: str = ""
    open: bool = False
    modes: Mapping[str, str | None] = field(default_factory=dict)
    contexts: set[str] = field(default_factory=set)

    @property
    def nominal(self) -> bool:
        """Whether a noun names the event."""
        return self.frame.pos == "n"

    @property
    def means(self) -> set[str]:
        """What it was done with."""
        return {word for head in self.view.slot("with") for word in head_words(head)}


class Proposer:
    """Reads the triggers of one report. What it sees and does not propose is kept in ``omissions``."""

    def __init__(self, parsed: Parsed, cast: Cast, frames: Frames, places: Mapping[int, str | None]) -> None:
        self.parsed = parsed
        self.cast = cast
        self.frames = frames
        self.places = places
        self.consumed: dict[int, str] = {}
        self.omissions: list[Omission] = []

    def propose(self) -> list[Proposal]:
        """All proposals, in the order of the text: verbs before the nouns they govern."""
        proposals = [p for clause in self.parsed.clauses for p in self._from_clause(clause)]
        for token in self.parsed.doc:
            if (token.pos_ in {"NOUN", "PROPN"} or _named_doing(token)) and token.i not in self.consumed:
                proposals.extend(self._from_noun(token))
        return sorted(proposals, key=lambda p: p.trigger.i)

    # verbs

    def _from_clause(self, clause: Clause) -> Iterator[Proposal]:
        if clause.predicate.i in self.consumed:
            self._omit(clause.predicate, f"part of {self.consumed[clause.predicate.i]!r}")
            return
        view = View(self.parsed, self.cast, clause.predicate, clause, self.places)
        if self._unnamed_source(clause, view):
            self._omit(clause.predicate, "somebody who does not want to be named")
            return
        if openings.called_so(clause) or _as_planned(clause):
            self.consumed.update(dict.fromkeys((t.i for t in clause.predicate.subtree), clause.lemma))
            self._omit(clause.predicate, "a name given in passing")
            return
        for frame in self.frames.of("v", first_word(clause)):
            if self._verb_fits(frame, clause) and self._holds(frame, view):
                proposal = self._accept(frame, view, clause, clause.predicate)
                if proposal is not None:
                    yield proposal
                    return
        for attribute in clause.arguments.get("attr", ()):
            if attribute.pos_ in {"ADJ", "VERB"}:
                yield from self._from_adjective(attribute, clause)
        yield from self._open(clause.predicate, "v", view, clause, openings.of_verb(clause, view))

    def _unnamed_source(self, clause: Clause, view: View) -> bool:
        """Customs of the press: "asked not to be named", "declined to give details", "reached by phone"."""
        if clause.lemma in words("reach") and clause.passive and clause.link in {"advcl", "acl"}:
            return True
        if clause.lemma == "give" and any(t.lower_ == "name" for t in clause.args("obj")):
            return True
        complement = view.complement()
        if complement is None or clause.lemma not in words("press"):
            return False
        told = {t.lemma_.lower() for t in complement.args("obj")}
        named = complement.lemma in {"name", "identify", "quote"} and complement.passive
        named = named and complement.link != "ccomp"  # "insisted that all sides be named"
        return named or bool(told & words("detail"))

    def _open(
        self,
        trigger: Token,
        pos: str,
        view: View,
        clause: Clause | None,
        seats: tuple[tuple[Seat, ...], tuple[Seat, ...]] | None,
        effect: str = "",
    ) -> Iterator[Proposal]:
        """What no frame fits: the model may know what it says."""
        if seats is not None and trigger.i not in self.consumed:
            frame = openings.open_frame(
                clause.lemma if clause and pos == "v" else trigger.lemma_.lower(), pos
            )
            yield Proposal(trigger, frame, view, clause, *seats, effect, open=True)

    def _from_adjective(self, adjective: Token, clause: Clause) -> Iterator[Proposal]:
        nominal = read_nominal(adjective, clause)
        arguments = {**nominal.arguments, **clause.arguments}
        merged = Clause(clause.predicate, clause.lemma, arguments, tense=clause.tense)
        view = View(self.parsed, self.cast, adjective, merged, self.places)
        for frame in self.frames.of("a", adjective.lemma_.lower()):
            if self._holds(frame, view) and (proposal := self._accept(frame, view, clause, adjective)):
                yield proposal
                return
        yield from self._open(adjective, "a", view, clause, openings.of_adjective(adjective, view))

    def _verb_fits(self, frame: Frame, clause: Clause) -> bool:
        """A particle, preposition or adverb of the trigger must stand at the verb."""
        words = clause.lemma.split()
        rest = [w for w in frame.trigger[1:] if w not in words[1:]]
        if len(words) > 1 and (len(frame.trigger) == 1 or words[1] not in frame.trigger):
            return False
        if not rest:
            return True
        around = {
            c.lower_
            for c in clause.predicate.children
            if c.dep_ in {"prt", "prep", "advmod", "dobj", "acomp", "oprd", "neg"}
        }
        return all(word in around or word in clause.arguments for word in rest)

    # nouns

    def _from_noun(self, noun: Token) -> Iterator[Proposal]:
        if noun.dep_ in {"compound", "amod", "nmod"} or self.cast.by_token.get(noun.i) is not None:
            return
        if noun.text == "War" and not noun.is_sent_start:
            return  # "the Korean War" is a name
        word = noun.lower_ if noun.tag_ == "VBG" else noun.lemma_.lower()
        candidates = [f for f in self.frames.of("n", word) if _noun_fits(f, noun)]
        if not candidates:
            return
        clause = self._support(noun)
        nominal = read_nominal(noun, clause)
        whole = quantity_of(noun) if nominal.place is None else None
        if whole is not None:  # "called off a round of talks"
            place = read_nominal(whole, clause).place
            nominal = replace(nominal, place=place if place == "obj" else None)
        effect = self._effect(clause, nominal.place)
        # "criticised the talks": who judges an event takes no part in it
        view = View(self.parsed, self.cast, noun, clause if effect != "tells" else None, self.places, nominal)
        if effect in {"ends", "talks"}:
            self._omit(noun, f"only {'ended' if effect == 'ends' else 'spoken of'} here")
            return
        sufferers = self._sufferers(view, effect)
        governed = effect if effect in {"does", "undergoes", "plans"} else "undergoes" if sufferers else ""
        for frame in candidates:
            accepted = self._holds(frame, view)
            if accepted and (proposal := self._accept(frame, view, clause, noun, governed, sufferers)):
                yield proposal
                return
        types = {frame.type for frame in candidates}
        modes = {t: m.pop() for t in types if len(m := {f.mode for f in candidates if f.type == t}) == 1}
        for proposal in self._open(
            noun, "n", view, clause, openings.of_noun(view, types, sufferers), governed
        ):
            proposal.modes = modes
            yield proposal

    def _support(self, noun: Token) -> Clause | None:
        """The clause whose verb says what becomes of the noun: "the ban that Beijing imposed" comes first."""
        for child in noun.children:
            if child.dep_ in {"relcl", "acl"} and (below := self.parsed.clause_at(child)) is not None:
                does = self.frames.support.get(below.lemma) in {"does", "plans"}
                if does and noun in below.args("obj"):
                    return below
        return self.parsed.clause_around(noun)

    def _effect(self, clause: Clause | None, place: str | None) -> str:
        if clause is None or place is None:
            return ""
        """What the verb around a noun does to it; a subject is only begun, ended or planned, not talked of."""
        if place == "subj" and clause.passive:
            return self.frames.support.get(f"{clause.lemma} by", "")  # "was hit by a strike"
        if place not in {"obj", "subj"}:
            return self.frames.support.get(f"{clause.lemma} {place}", "")
        effect = self.frames.support.get(clause.lemma) or self.frames.support.get(clause.lemma.split()[0], "")
        if place == "subj" and effect == "ends" and clause.args("obj") and not clause.passive:
            return ""  # "the deployment has not stopped the raids"
        return "" if place == "subj" and effect in {"talks", "does", "undergoes"} else effect

    def _sufferers(self, view: View, effect: str) -> tuple[Seat, ...]:
        """Whom it was done to: who "came under attack", "was hit by a strike", was "the target of a raid"."""
        noun, clause = view.trigger, view.clause
        if effect == "undergoes" and clause is not None:
            agent = view.nominal is not None and view.nominal.place == "subj" and clause.passive
            return view.participants(clause.args("obj" if agent else "subj"))
        what = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        if what == noun or not is_sufferer(what):
            return ()
        if what.dep_ == "appos":
            return view.participants((what.head,))
        above = self.parsed.clause_at(what.head) if what.dep_ == "attr" else None
        return view.participants(above.args("subj")) if above is not None else ()

    # both

    def _holds(self, frame: Frame, view: View) -> bool:
        return all(self._true(condition, view) != condition.denied for condition in frame.when)

    def _true(self, condition: Condition, view: View) -> bool:
        if condition.slots == ("comp",) and not condition.kind:
            complement = view.complement()
            if not condition.words:
                return complement is not None
            said = complement is not None and complement.lemma in condition.words
            return said or bool(view.ascribed() & condition.words)
        if condition.slots == ("support",):
            clause = view.clause
            return clause is not None and bool({clause.lemma, clause.lemma.split()[0]} & condition.words)
        if condition.slots == ("tense",):  # "would retaliate": to come
            clause = view.clause
            return clause is not None and ("future" if to_come(clause) else clause.tense) in condition.words
        if condition.slots == ("mod",):
            words = {
                w for c in view.trigger.children if c.dep_ in _MODIFIERS for w in (c.lower_, c.lemma_.lower())
            }
            return bool(words & condition.words)
        if condition.kind == "actor":
            return any(view.names_actor(slot) for slot in condition.slots)
        if condition.kind == "official":
            return any(view.names_official(slot) for slot in condition.slots)
        if condition.kind == "person":
            return any(view.names_person(slot) for slot in condition.slots)
        if condition.kind == "place":
            return any(view.names_place(slot) for slot in condition.slots)
        heads = [t for slot in condition.slots for t in view.slot(slot)]
        if not condition.words:
            return bool(heads)
        return any(head_words(head) & condition.words for head in heads)

    def _accept(
        self,
        frame: Frame,
        view: View,
        clause: Clause | None,
        trigger: Token,
        effect: str = "",
        sufferers: tuple[Seat, ...] = (),
    ) -> Proposal | None:
        """The proposal of a frame whose conditions hold; None, with the reason kept, when someone is missing."""
        actors = first(view, frame.actor)
        if frame.type == "PROTEST" and not actors and clause is not None and clause.link == "acl":
            actors = view.participants(view.slot("obj"))  # "workers marched through the town": no passive
        recipients = recipients_of(frame, view, clause, {actor for actor, _ in actors})
        if sufferers:
            actors = tuple(a for a in actors if a not in sufferers)
            recipients = recipients or sufferers
        recipients = tuple(r for r in recipients if r[0] not in {a for a, _ in actors})
        several = any(self._has_members(a) for a, _ in actors)
        mutual = not frame.recipient and any(len(slots) > 1 for slots in frame.actor) and not several
        if frame.weak and not (len(actors) > mutual and (recipients or not frame.recipient)):
            self._omit(trigger, f"{frame.type} only between actors, and one is missing")
            return None
        if not actors and not recipients and self._names_event(frame, view):
            return None  # "the visit was scheduled": the noun says whose it is
        governed = frame.pos == "v" or effect in {"does", "plans", "undergoes"}
        if not actors and not recipients and not (governed and self._agentless(frame, clause, view)):
            self._omit(trigger, f"{frame.type} without anyone who does it or suffers it")
            return None
        self._consume(frame, view, trigger)
        proposal = Proposal(trigger, frame, view, clause, actors, recipients, effect)
        proposal.contexts.update(frame.contexts)
        return proposal

    def _has_members(self, actor: str) -> bool:
        """Whether one actor can meet or agree alone: a group, an assembly, a body of states."""
        known = self.cast.actors[actor]
        return known.kind == "group" or (known.kind == "organization" and known.sector in _ASSEMBLIES)

    def _names_event(self, frame: Frame, view: View) -> bool:
        """Whether the object a verb asks for is an event noun of its own."""
        asked = view.slot("obj") if "obj" in frame.consumes else ()
        nouns = [n for n in asked if self.frames.of("n", n.lemma_.lower())]
        said = [t for n in nouns for heads in read_nominal(n, None).arguments.values() for t in heads]
        return any(self.cast.at(t) or t.i in self.places for t in said)

    def _agentless(self, frame: Frame, clause: Clause | None, view: View) -> bool:
        """A passive whose agent is left unsaid, but whose object is an event noun, a number of people or
        what the frame asked for by its words.
        """
        if clause is None or not clause.passive:
            return False
        if frame.pos == "n":
            return view.nominal is not None and view.nominal.place == "obj" and not frame.weak
        return "obj" in frame.consumes or any(t.pos_ == "NUM" for t in view.slot("obj"))

    def _consume(self, frame: Frame, view: View, trigger: Token) -> None:
        """Take the words a frame rests on out of the running for events of their own."""
        for slot in frame.consumes:
            for head in view.slot(slot) if slot not in _NOT_CONSUMED else ():
                self.consumed.update(dict.fromkeys((t.i for t in meant_by(head)), trigger.text))
        purpose = frame.type in _PROMISING | {"CONSULT"}  # "agreed to sign", "will meet to choose a leader"
        complement = view.complement() if "comp" in frame.consumes or purpose else None
        asks = complement is not None and frame.type == "CONSULT" and complement.lemma in verbs("spoken")
        complement = None if asks else complement  # "wrote to the council to ask for a session"
        if complement is not None and complement.predicate.i != trigger.i:
            self.consumed[complement.predicate.i] = trigger.text
            if "comp.obj" in frame.consumes or "comp" in frame.consumes:
                self.consumed.update({t.i: trigger.text for t in complement.args("obj")})

    def _omit(self, token: Token, reason: str) -> None:
        self.omissions.append(
            Omission(span=(token.idx, token.idx + len(token)), room="events", reason=reason)
        )


def first_word(clause: Clause) -> str:
    """The verb of a clause without its particle."""
    return clause.lemma.split()[0]


def _as_planned(clause: Clause) -> bool:
    """ "will meet on Friday as planned": a clause without a subject of its own, said in passing."""
    as_ = any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in clause.predicate.children)
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.predicate.children)
    return as_ and not own and clause.link == "advcl" and clause.lemma in words("aside")


def _named_doing(token: Token) -> bool:
    """ "Fighting between the army and the rebels": a verb's form that is a noun."""
    between = any(c.dep_ == "prep" and c.lower_ in {"between", "of"} for c in token.children)
    return token.tag_ == "VBG" and token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "ROOT"} and between


def _noun_fits(frame: Frame, noun: Token) -> bool:
    """A trigger of several words must stand there word for word around the noun."""
    words = frame.trigger
    if len(words) == 1:
        return True
    at = 0 if "of" in words else len(words) - 1
    start = noun.i - at
    if start < 0 or start + len(words) > len(noun.doc):
        return False
    return all(
        w in {noun.doc[start + n].lower_, noun.doc[start + n].lemma_.lower()} for n, w in enumerate(words)
    )
