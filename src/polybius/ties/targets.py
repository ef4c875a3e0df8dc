"""Whom a role is held towards: the words under "of", the name before the role, or the body spoken of before."""

from __future__ import annotations

import re
from functools import cached_property

from spacy.tokens import Doc, Token

from polybius.actors import Cast
from polybius.record import Actor
from polybius.ties.phrases import Phrase
from polybius.ties.words import rank_among, role_of, words

Target = tuple[str, Token]

_RANKED = {"creditor", "supplier", "partner", "debtor", "supporter"}
_WORLD = {"IGO", "UNO", "EUR"}
_ARMED = {"MIL", "COP"}  # bodies whose officers speak for them
_BODIES = {"organization", "group"}
_NEAR = 60  # words before a title in which the body that it is of is still spoken of


class Targets:
    """Finds the other end of the ties that the role words of one report tell."""

    def __init__(self, doc: Doc, cast: Cast, named: set[str]) -> None:
        self.doc, self.cast, self.named = doc, cast, named

    @cached_property
    def _main_states(self) -> list[str]:
        """States by how often they are named, the most frequent first."""
        counts: dict[str, int] = {}
        for mention in self.cast.mentions:
            if self.cast.actors[mention.actor].kind == "state":
                counts[mention.actor] = counts.get(mention.actor, 0) + 1
        return sorted(counts, key=lambda a: -counts[a])

    def of(self, phrase: Phrase, kind: str) -> list[Target]:
        """Whom the role is held towards: what stands under "of" or "for", else the nearest name before it."""
        found: dict[str, Token] = {}
        said, nearest = role_of(phrase.noun), phrase.before[-1].lower_ if phrase.before else " "
        envoy = phrase.noun.lemma_.lower() in words("envoy")
        place = phrase.after[0].lower_ if phrase.after else ""
        posted = kind == "head" and place == "for"  # "the IMF's mission chief for Ghana"
        of_state = [t.lower_ for t in phrase.after[:2]] == ["of", "state"]  # a rank: "minister of state"
        towards = place in {"of", "for", "to", "with"} and not (posted or of_state)
        towards = towards and not (envoy and place == "to")
        seated = place == "at" and kind == "member"  # "an analyst at the institute"
        if towards or (place in {"in", "at", "on", "from"} and kind in {"head", "spokesperson"}):
            self._first_actor(first_noun_phrase(phrase.after[1:], self.cast), phrase, found)
        for token in reversed(phrase.before[: -1 if " " in said and said.startswith(nearest) else None]):
            if found:
                break
            if self._only_says_whence(token, phrase):
                continue
            self._first_actor((token,), phrase, found)
            if not found and token.dep_ == "poss" and token.lower_ in words("land"):
                self._own_land(found)
        if not found and seated:
            self._first_actor(first_noun_phrase(phrase.after[1:], self.cast), phrase, found)
        if not found and posted:
            self._first_actor(first_noun_phrase(phrase.after[1:], self.cast), phrase, found)
            found = {a: t for a, t in found.items() if self.cast.actors[a].kind != "state"}
        if not found and kind in _RANKED and rank_of(phrase, kind) is not None:
            self._own_land(found)
        return list(found.items())

    def _only_says_whence(self, token: Token, phrase: Phrase) -> bool:
        """ "Its Dutch head", "the union's French president": the body that possesses the office is meant."""
        actor = self.cast.actors.get(self.cast.by_token.get(token.i, ""))
        if token.pos_ != "ADJ" or actor is None or actor.kind != "state":
            return False
        owners = (t for t in phrase.before if t.dep_ == "poss" and t.i < token.i)
        held = (self.cast.actors.get(self.cast.by_token.get(t.i, "")) for t in owners)
        return any(body is not None and body.kind == "organization" for body in held)

    def _first_actor(self, tokens: tuple[Token, ...], phrase: Phrase, found: dict[str, Token]) -> None:
        """Note the actor these words name: a named one before others, the head noun's before a possessor's."""
        own = self.cast.by_token.get(phrase.noun.i)
        candidates = []
        for token in tokens:
            for one in self.cast.several.get(token.i, ()):  # "a partner of both"
                found.setdefault(one, token)
            actor = self.cast.by_token.get(_antecedent(token).i)
            if actor is not None and actor != own:
                candidates.append(
                    (actor not in self.named, token.dep_ not in {"pobj", "conj"}, token.i, actor, token)
                )
        if candidates:
            unnamed, _, _, actor, token = min(candidates, key=lambda c: c[:3])
            if not unnamed or not self._note_body(token, found):
                found.setdefault(actor, token)
        elif tokens:
            self._note_body(tokens[-1], found)

    def _own_land(self, found: dict[str, Token]) -> None:
        """ "the island's biggest creditor": the state the report is most about, or the next one."""
        for state in self._main_states[:2]:
            found.setdefault(state, self.doc[0])

    def _note_body(self, word: Token, found: dict[str, Token]) -> bool:
        body = self.body_called(word)
        if body is not None:
            found.setdefault(body, word)
        return body is not None

    def body_called(self, word: Token) -> str | None:
        """ "ministry spokesman X", "chairman of the Front", "rebel commander": the body of that name before."""
        if word.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return None
        kind = {c.lower_ for c in word.children if c.dep_ in {"amod", "compound"} and c.i == word.i - 1}
        if word.i and word.nbor(-1).dep_ in {"amod", "compound"} and word.dep_ == "compound":
            kind.add(word.nbor(-1).lower_)  # "foreign ministry spokesman X": no other ministry's
        forms = {word.lower_, f"{word.lower_}s", word.lemma_.lower()}
        if word.lower_ in words("panel"):
            forms |= words("panel").keys()
        nearest: str | None = None
        for mention in reversed(self.cast.mentions):
            actor = self.cast.actors[mention.actor]
            if mention.span[1] > word.idx or actor.kind not in _BODIES:
                continue
            names = [name.lower() for name in (actor.name, *actor.aliases)]
            if not kind and actor.name.lower() in forms:
                return actor.id  # "police spokesman X": not the riot police's, where just police are told of
            if kind and not any(kind & set(name.split()) for name in names):
                continue
            if nearest is None and any(_head_word(name) in forms for name in names):
                nearest = actor.id
        return nearest

    def speaks_for_state(self, phrase: Phrase, kind: str) -> bool:
        """ "Government spokesman X", no matter whose government the cast makes of it."""
        nearest = phrase.before[-1].lower_ if phrase.before else ""
        bare = len(phrase.before) <= 2 and not phrase.after
        return kind == "spokesperson" and bare and nearest in {"government", "presidential", "cabinet"}

    def untold(self, actor: Actor, phrase: Phrase, kind: str, official: bool) -> list[Target]:
        """ "President Hamid Karzai": holders of a high office head their own state; spokesmen speak for it."""
        body = self.cast.actors.get(self.cast.by_token.get(phrase.noun.i, ""))
        if kind == "head" and body is not None and body.kind == "organization":
            return [
                (body.id, phrase.noun)
            ]  # "UN High Commissioner for Refugees X": the office is the body's name
        state = self.cast.states.get(actor.country or "")
        lemma = phrase.noun.lemma_.lower()
        nearest = phrase.before[-1].lower_ if phrase.before else ""
        sent = not phrase.after and (  # "Ambassador X", "Pakistan's High Commissioner, X"
            (kind == "representative" and lemma in words("envoy")) or role_of(phrase.noun) in words("envoy")
        )
        high = lemma in words("office") or role_of(phrase.noun) in words("office")
        office = kind in {"head", "member"} and high  # ministers and their deputies
        official = official or (
            kind == "spokesperson" and nearest in words("public")
        )  # "ministry spokesman X"
        if state is not None and (official or sent or office):
            return [(state, phrase.noun)]
        if kind == "spokesperson" and not phrase.before and not phrase.after:
            return self._speaker_before(phrase, actor)
        if official or kind != "head":
            return []
        if actor.id in self.cast.led:
            return [(self.cast.led[actor.id], phrase.noun)]
        return self._world_body(phrase) or self._body_before(phrase, actor)

    def _world_body(self, phrase: Phrase) -> list[Target]:
        """ "European Commissioner X": the body between states whose name begins like this."""
        said = phrase.before[-1] if phrase.before else phrase.noun
        bodies = (a for a in self.cast.actors.values() if a.sector in _WORLD and a.kind == "organization")
        for body in bodies if said.is_title else ():
            if any(name.startswith(f"{said.text} ") for name in (body.name, *body.aliases)):
                return [(body.id, said)]
        return []

    def _body_before(self, phrase: Phrase, holder: Actor) -> list[Target]:
        """ "NATO's members agreed; Secretary General X", "chief executive X": the body of his sector named last."""
        for token in reversed(self.doc[max(0, phrase.start - _NEAR) : phrase.start]):
            actor = self.cast.by_token.get(token.i)
            body = self.cast.actors[actor] if actor in self.named else None
            here = token.i >= phrase.noun.sent.start and body is not None and body.sector in _WORLD
            apt = here or (body is not None and body.sector in {*_WORLD, "BUS", "NGO"} & {holder.sector})
            if body is not None and body.kind == "organization" and apt:
                return [(body.id, phrase.noun)]
        return []

    def _speaker_before(self, phrase: Phrase, holder: Actor) -> list[Target]:
        """ "the army moved in. …, spokesman Colonel X said": the body spoken of last, an officer's his own."""
        for token in reversed(self.doc[max(0, phrase.start - _NEAR) : phrase.start]):
            body = self.cast.actors.get(self.cast.by_token.get(token.i, ""))
            if body is None or body.kind != "organization" or token.dep_ == "poss":
                continue
            if holder.sector == body.sector or holder.sector not in _ARMED:
                return [(body.id, phrase.noun)]
        state = self.cast.states.get(holder.country or "")
        return [(state, phrase.noun)] if state is not None and holder.sector in _ARMED else []


def rank_of(phrase: Phrase, kind: str) -> int | None:
    """The place among lenders, suppliers and the like that the words before a role give."""
    if kind not in _RANKED or any(t.lower_ in {"one", "among"} for t in phrase.before):
        return None
    return rank_among(list(phrase.before))


def _antecedent(token: Token) -> Token:
    """The noun that "whose" stands for."""
    if token.lower_ != "whose":
        return token
    clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    return clause.head if clause is not None else token


def _head_word(name: str) -> str:
    """What a body is by its name: "front" for "Islamic Front", "ministry" for "Ministry of Trade"."""
    return re.split(r" (?:of|for|in) ", name.lower())[0].rsplit(" ", 1)[-1]


def first_noun_phrase(tokens: tuple[Token, ...], cast: Cast) -> tuple[Token, ...]:
    """The words up to a further preposition, unless that stands inside a name."""
    for number, token in enumerate(tokens):
        if token.pos_ == "ADP" and number:
            actor = cast.by_token.get(token.i)
            if actor is None or actor != cast.by_token.get(tokens[number - 1].i):
                return tokens[:number]
    return tokens
