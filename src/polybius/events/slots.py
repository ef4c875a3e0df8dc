"""Where a frame finds its participants: one view of a verb's clause or a noun's phrase, slot by slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.events.attitudes import answering, directs
from polybius.events.frames import Frames
from polybius.parse import Clause, Nominal, Parsed, read_nominal
from polybius.tables import read_table

_OWN = {"subj", "obj", "iobj", "comp", "attr", "poss"}
_HOLDING = ("obj", "attr", "by")  # whose phrases may hold what belongs to the verb
SPEAKING = {"i", "we"}
_OFFICIAL = {"GOV", "MIL", "LEG", "OPP", "PTY", "IGO", "UNO", "EUR", "REB", "ELI"}
_SEEN_THROUGH = {"of", "in", "from", "by"}
_THROUGH: dict[str, set[str]] = {"apart": set(), "event": {"by"}}
_MODIFIERS = {"amod", "compound", "nmod", "nummod"}


@dataclass(slots=True)
class View:
    """The slots of one trigger. ``place_countries`` gives the country of every token that is a place's."""

    parsed: Parsed
    cast: Cast
    trigger: Token
    clause: Clause | None
    place_countries: Mapping[int, str | None]
    nominal: Nominal | None = None
    _cache: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    def slot(self, name: str) -> tuple[Token, ...]:
        """The heads in a slot; empty when it is not filled."""
        if name not in self._cache:
            self._cache[name] = self._find(name)
        return self._cache[name]

    def _find(self, name: str) -> tuple[Token, ...]:
        if name.endswith(".mod"):
            return tuple(c for head in self.slot(name[:-4]) for c in head.children if c.dep_ in _MODIFIERS)
        if "." in name and not name.startswith(
            "comp."
        ):  # "with.to": whom the money in "with money to X" is for
            outer, preposition = name.split(".", 1)
            phrases = [read_nominal(head, self.clause).arguments for head in self.slot(outer)]
            return tuple(t for arguments in phrases for t in arguments.get(preposition, ()))
        if name.startswith("comp."):
            complement = self.complement()
            return complement_view.slot(name[5:]) if (complement_view := self._view(complement)) else ()
        if self.nominal is not None:
            return self._nominal_slot(self.nominal, name)
        assert self.clause is not None
        found = self.clause.arguments.get(name, ())
        if not found and name == "obj" and directs(self.clause.lemma):
            found = self._directed()
        if found or name in _OWN - {"poss"}:
            return found
        # "held talks with", "spoke by telephone with"
        for noun in (t for place in _HOLDING for t in self.clause.arguments.get(place, ())):
            own = self._holds_own(noun, name)
            if own and name != "with":
                continue
            inner = self._under(noun, name)
            if own:  # "dispersed the protesters with tear gas" all the same
                inner = tuple(t for t in inner if self.cast.at(t) is None)
            if inner:
                return inner
        return ()

    def _under(self, noun: Token, name: str) -> tuple[Token, ...]:
        """What a preposition names under a noun, or under what the noun is a quantity of: "a round of talks with"."""
        arguments = read_nominal(noun, self.clause).arguments
        if name not in arguments and name != "of" and _reads_as(noun) == "quantity":
            return tuple(t for inner in arguments.get("of", ()) for t in self._under(inner, name))
        return arguments.get(name, ())

    def _holds_own(self, noun: Token, name: str) -> bool:
        """Whether what stands under a noun is its own: "met ministers from Chile"."""
        if name in {"from", "to", "in"} and any(c.tag_ == "PRP$" for c in noun.children):
            return False  # "recalled its ambassador from Montevideo"
        return self.cast.at(noun) is not None or noun.i in self.place_countries or _reads_as(noun) == "apart"

    def _directed(self) -> tuple[Token, ...]:
        """ "ordered Kizza Besigye to report": whom the parser takes for the subject of what is ordered."""
        assert self.clause is not None
        below = [c for c in self.trigger.children if c.dep_ == "ccomp" and c.tag_ == "VB"]
        marked = any(c.dep_ == "mark" for verb in below for c in verb.children)
        return self.clause.arguments.get("comp", ()) if below and not marked else ()

    def _nominal_slot(self, nominal: Nominal, name: str) -> tuple[Token, ...]:
        clause = self.clause
        governed = clause is not None and (
            nominal.place == "obj"  # or "answered with the expulsion of 20 diplomats"
            or (nominal.place == "with" and clause.lemma in answering())
        )
        if name in {"subj", "iobj"}:
            does = clause is not None and governed and _brings_about(clause)
            return clause.arguments.get(name, ()) if clause is not None and does else ()
        if found := nominal.arguments.get(name):
            return found
        for between in ("by", "of"):  # "the annexation by Russia of …", "the expulsion of diplomats by …"
            for noun in nominal.arguments.get(between, ()) if between != name else ():
                if name in {"by", "of"} and (inner := read_nominal(noun, clause).arguments.get(name)):
                    return inner
        if clause is not None and governed and name not in _OWN:
            return clause.arguments.get(name, ())
        return ()

    def complement(self) -> Clause | None:
        """The clause that says what is asked, promised, planned … under this trigger."""
        anchors = [self.trigger, *self.slot("attr"), *self.slot("obj")]
        for anchor in anchors:
            for child in anchor.children:
                own = anchor == self.trigger and child.dep_ in {"ccomp", "acl"}
                if child.tag_ == "VBG" and is_issued(anchor):  # "an order freezing": it does so
                    own = False
                if (own or child.dep_ == "xcomp") and (clause := self.parsed.clause_at(child)):
                    return clause
                to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
                if (
                    child.dep_ in {"advcl", "acl", "relcl"}
                    and to
                    and (clause := self.parsed.clause_at(child))
                ):
                    return clause
                if child.dep_ == "prep":
                    for inner in child.children:
                        if inner.dep_ == "pcomp" and (clause := self.parsed.clause_at(inner)):
                            return clause
        return None

    def ascribed(self) -> set[str]:
        """The adjectives a verb gives somebody or something: "called the vote illegal"."""
        given = [c for c in self.trigger.children if c.dep_ in {"ccomp", "xcomp", "oprd"} and c.pos_ == "ADJ"]
        bare = [c for c in given if not any(g.dep_ in {"aux", "cop", "mark"} for g in c.children)]
        return {word for c in bare for word in (c.lower_, c.lemma_.lower())}

    def owners(self, names: tuple[str, ...], *, through: bool = False) -> tuple[tuple[str, Token], ...]:
        """Whose words or deeds fill the slots, where a pronoun says so: "found his tactics unacceptable".

        ``through``: look through "one of", too.
        """
        heads = [head for name in names for head in self.slot(name) if through or self.cast.at(head) is None]
        if through:
            heads += [t for head in heads for t in read_nominal(head, None).arguments.get("of", ())]
        whose = [c for head in heads for c in head.children if c.dep_ == "poss" and c.pos_ == "PRON"]
        return self.participants(tuple(whose))

    def _view(self, clause: Clause | None) -> View | None:
        if clause is None:
            return None
        return View(self.parsed, self.cast, clause.predicate, clause, self.place_countries)

    def above(self, clause: Clause) -> View | None:
        """The view of the clause that another hangs on."""
        return self._view(self.parsed.clause_at(clause.parent) if clause.parent is not None else None)

    def participants(self, heads: tuple[Token, ...]) -> tuple[tuple[str, Token], ...]:
        """The actors that heads stand for, each with the token it rests on."""
        found: dict[str, Token] = {}
        for head in heads:
            for actor, token in self._meant(head):
                found.setdefault(actor, token)
        return tuple(found.items())

    def _meant(self, head: Token) -> list[tuple[str, Token]]:
        """The actor of a noun, or of what it belongs to: "Iran's plants", "bodies of authority in Iran"."""
        if several := self.cast.several.get(head.i):
            return [(actor, head) for actor in several]
        if actor := self.cast.at(head):
            return self._named_apart(head) or [(actor, head)]
        if head.i in self.place_countries:
            state = self.cast.states.get(self.place_countries[head.i] or "")
            return [(state, head)] if state else []
        beside = [c for c in head.children if c.dep_ == "appos"]
        beside += [head.head] if head.dep_ == "appos" else []  # "Jan Novak, a teacher who was freed"
        before = [c for c in head.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
        owned = _reads_as(head) == "arms"  # "its jets bombed"
        for child in (*beside, *(c for c in before if c.pos_ != "PRON" or owned)):
            if actor := self.cast.at(child):
                return [(actor, child)]
        for child in head.children:
            if child.dep_ == "acl" and (below := self.parsed.clause_at(child)) is not None and below.passive:
                agents = [(a, t) for t in below.args("subj") if (a := self.cast.at(t))]
                if agents:
                    return agents  # "shells fired by the rebels"
            through = _THROUGH.get(_reads_as(head) or "", _SEEN_THROUGH)
            if child.dep_ == "prep" and child.lower_ in through:
                for noun in child.children:
                    if noun.dep_ == "pobj" and (inner := self._meant(noun)):
                        return inner
        return self._issuer(head) if _reads_as(head) == "issued" else []

    def _issuer(self, act: Token) -> list[tuple[str, Token]]:
        """Who signs or passes an act does what it says: "signed an order freezing the assets"."""
        clause = self.parsed.clause_around(act)
        if clause is None or act not in clause.args("obj") or clause.predicate == self.trigger:
            return []
        if Frames.load().support.get(clause.lemma) != "does":
            return []
        return [(actor, token) for token in clause.args("subj") for actor, token in self._meant(token)]

    def _named_apart(self, head: Token) -> list[tuple[str, Token]]:
        """ "the leaders of China and Japan": the states, each by its name."""
        if head.tag_ not in {"NNS", "NNPS"}:
            return []
        owners = [t for t in read_nominal(head, None).arguments.get("of", ()) if self.cast.at(t)]
        states = [(a, t) for t in owners if (a := self.cast.at(t)) and self.cast.actors[a].kind == "state"]
        return states if len(states) > 1 else []

    def names_actor(self, name: str) -> bool:
        """Whether a slot holds an actor, or "we" and "I": whoever speaks."""
        return any(self.cast.at(t) or t.lower_ in SPEAKING or self._meant(t) for t in self.slot(name))

    def names_person(self, name: str) -> bool:
        """Whether a slot holds a person or group, not only something of theirs."""
        return any(
            (actor := self.cast.at(t)) and self.cast.actors[actor].kind in {"person", "group"}
            for t in self.slot(name)
        )

    def names_official(self, name: str) -> bool:
        """Whether a slot holds a state, or somebody of a government, army or other public body."""
        actors = [self.cast.actors[a] for a, _ in self.participants(self.slot(name))]
        return any(a.kind == "state" or a.sector in _OFFICIAL for a in actors)

    def names_place(self, name: str) -> bool:
        """Whether a slot holds a place, or a state as a place."""
        for token in self.slot(name):
            inner = read_nominal(token, None).arguments.get("of", ())  # "the province of Hatay"
            if any(t.i in self.place_countries for t in (token, *inner)):
                return True
            if (actor := self.cast.at(token)) and self.cast.actors[actor].kind == "state":
                return True
        return False


@cache
def _heads() -> dict[str, str]:
    return {row["noun"]: row["reads"] for row in read_table("polybius.events", "heads.en.tsv")}


def _reads_as(head: Token) -> str | None:
    """Whether "X of Y" is a quantity of Y, or somebody who is not Y (``heads.en.tsv``)."""
    return _heads().get(head.lemma_.lower())


def _brings_about(clause: Clause) -> bool:
    """Whether whoever does the verb does what its object names: not who "called the protest a mistake"."""
    support = Frames.load().support
    return bool({clause.lemma, clause.lemma.split()[0], f"{clause.lemma} with"} & support.keys())


def quantity_of(noun: Token) -> Token | None:
    """The noun that says how much of this one there is: "round" in "a round of talks"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if above is not None and _reads_as(above) == "quantity" else None


def meant_by(head: Token) -> tuple[Token, ...]:
    """A noun, with what it says how much of: "hours" and "talks" in "hours of talks"."""
    if _reads_as(head) != "quantity":
        return (head,)
    return head, *read_nominal(head, None).arguments.get("of", ())


def is_issued(head: Token) -> bool:
    """Whether it is an act that says what is done, as a law does."""
    return _reads_as(head) == "issued"


def is_sufferer(head: Token) -> bool:
    """Whether "X of Y" is who suffers Y: the victim of an attack."""
    return _reads_as(head) == "sufferer"


def head_words(token: Token) -> set[str]:
    """The words a condition may ask of a head: its lemma, its form, and what a quantity is a quantity of."""
    words = {token.lemma_.lower(), token.lower_}
    words |= {c.text for c in token.children if c.tag_ == "$"}
    if token.pos_ == "PROPN":
        # "recalled Ambassador Ferrer", "its High Commissioner, Jan Novak, who was summoned"
        words |= {c.lower_ for c in token.children if c.dep_ == "compound"}
        beside = [c for c in token.children if c.dep_ == "appos"]
        beside += [token.head] if token.dep_ == "appos" else []
        words |= {word for c in beside for word in (c.lemma_.lower(), c.lower_)}
    if _reads_as(token) == "quantity" or token.pos_ in {"NUM", "SYM"}:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for noun in child.children:
                    words |= {noun.lemma_.lower(), noun.lower_}
    return words
