"""Ties told by describing nouns: titles, appositions, possessives, and what a copula ascribes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.parse import Clause, Parsed
from polybius.record import Actor, Tie, TieEvidence
from polybius.ties.phrases import Phrase, phrase_of
from polybius.ties.words import kind_of, rank_among, words

_PERSONS = {"head", "member", "spokesperson", "relative"}
_RANKED = {"creditor", "supplier", "partner", "debtor", "supporter"}
_COPULAS = {"be", "become", "remain"}
_BODIES = {"organization", "group"}
_WORLD = {"IGO", "UNO", "EUR"}
_NEAR = 60  # words before a title in which the body that it is of is still spoken of
_PUBLIC = {"GOV", "MIL", "COP", "SPY", "JUD", "LEG"}  # bodies whose officials are of their country


class Descriptions:
    """Reads the role words of one report."""

    def __init__(self, parsed: Parsed, cast: Cast) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.cast = cast
        self.named = {m.actor for m in cast.mentions if m.kind in {"name", "metonym"}}

    @cached_property
    def _starts(self) -> dict[int, tuple[str, int]]:
        """Actor and end (a token index) of every named mention, by its first token; the longest counts."""
        found: dict[int, tuple[str, int]] = {}
        for mention in self.cast.mentions:
            if mention.kind not in {"name", "metonym"}:
                continue
            words = self.doc.char_span(*mention.span, alignment_mode="expand")
            if words is not None and words.end > found.get(words.start, ("", 0))[1]:
                found[words.start] = (mention.actor, words.end)
        return found

    @cached_property
    def _ends(self) -> dict[int, tuple[str, int]]:
        """Actor and first token of every named mention, by the token behind it."""
        found: dict[int, tuple[str, int]] = {}
        for start, (actor, end) in self._starts.items():
            if end not in found or start < found[end][1]:
                found[end] = (actor, start)
        return found

    @cached_property
    def _main_states(self) -> list[str]:
        """States by how often they are named, the most frequent first."""
        counts: dict[str, int] = {}
        for mention in self.cast.mentions:
            if self.cast.actors[mention.actor].kind == "state":
                counts[mention.actor] = counts.get(mention.actor, 0) + 1
        return sorted(counts, key=lambda a: -counts[a])

    def ties(self) -> Iterator[Tie]:
        """All ties told by role words, in the order of the words."""
        previous: tuple[Phrase, str, Token, list[tuple[str, Token]]] | None = None
        for noun in self.doc:
            if noun.pos_ not in {"NOUN", "PROPN"} or (kind := kind_of(noun)) is None or _modifies(noun):
                continue
            phrase = phrase_of(noun)
            owner = self._owner(phrase, kind)
            targets = self.targets(phrase, kind)
            if previous is not None and _joined(previous[0], phrase):  # "his ally and main lender, X"
                owner = owner or (previous[1], previous[2])
                targets = [t for t in targets if t[0] != owner[0]] or previous[3]  # "and its main lender"
            if owner is None:
                owner = self._owner_behind(phrase, kind)
            if owner is None or phrase.has_ended:
                continue
            previous = (phrase, *owner, targets)
            yield from self._told(phrase, kind, owner, targets)

    def held(self, noun: Token, owner: tuple[str, Token]) -> Iterator[Tie]:
        """The ties of a role word whose holder is known: "took the oath as prime minister of Y"."""
        kind = kind_of(noun)
        if kind is not None and self._fits(kind, owner[0]):
            phrase = phrase_of(noun)
            if not phrase.has_ended:
                yield from self._told(phrase, kind, owner, self.targets(phrase, kind))

    def _told(
        self, phrase: Phrase, kind: str, owner: tuple[str, Token], targets: list[tuple[str, Token]]
    ) -> Iterator[Tie]:
        actor = self.cast.actors[owner[0]]
        if kind == "head" and any(t.lower_ in words("deputy") for t in phrase.before[-3:]):
            kind = "member"
        official = self._speaks_for_state(phrase, kind)
        if (
            kind in {"head", "member"} and owner[0] in self.named
        ):  # "his foreign minister, X": not the premier's, but the state's
            targets = [t for t in targets if self.cast.actors[t[0]].kind != "person"]
        shared = phrase.noun.tag_ == "NNS" and phrase.noun.lemma_.lower() in words("office")
        if shared and actor.kind == "person":  # "their foreign ministers, X and Y": each his own state's
            targets = []
            yield from self._shared(phrase, kind, owner[1])
        for target, token in (() if official else targets) or self._own_state(actor, phrase, kind, official):
            if target != owner[0] and self._can_be(kind, actor, self.cast.actors[target], phrase):
                tie = self.tie(kind, owner[0], target, owner[1], token, phrase.noun)
                yield tie.model_copy(update={"rank": _rank(phrase, kind)})
                yield from self._ranked_before(phrase, kind, target, token)
                break
        yield from self._party(phrase, owner, targets)

    def _shared(self, phrase: Phrase, kind: str, first: Token) -> Iterator[Tie]:
        """The ties of the second of two that one plural title is of."""
        if self.doc[first.i + 1 : first.i + 2].text == "and":
            second = self._named_at(first.i + 2)
            if second is not None and self.cast.actors[second[0]].kind == "person":
                for target, token in self._own_state(self.cast.actors[second[0]], phrase, kind, False):
                    yield self.tie(kind, second[0], target, second[1], token, phrase.noun)

    def _owner(self, phrase: Phrase, kind: str) -> tuple[str, Token] | None:
        """Who is described: the name right behind the phrase, the subject of a copula, or the name before."""
        found = self._named_at(phrase.noun.i) if phrase.noun.pos_ == "PROPN" else None  # "King Abdullah II"
        found = found or self._named_at(self._after_titles(phrase.noun.i + 1))
        if found is None and self.doc[phrase.end : phrase.end + 1].text == ",":
            first = phrase.start == phrase.noun.sent.start or self.doc[phrase.start - 1].is_punct
            found = self._named_at(self._after_titles(phrase.end + 1), closed=bool(phrase.after) or not first)
        if found is None and not phrase.after:
            found = self._named_at(self._after_titles(phrase.end))
        if found is None and phrase.noun.pos_ == "PROPN" and len(phrase.after) > 2:
            found = self._named_at(phrase.noun.i + 3)  # "Secretary of State X"
        found = found or self._subject(phrase) or self.named_before(phrase)
        return found if found is not None and self._fits(kind, found[0]) else None

    def _owner_behind(self, phrase: Phrase, kind: str) -> tuple[str, Token] | None:
        """ "his ally and main lender, the Venezuelan X": the name behind the next role word of a joined pair."""
        after = self.doc[phrase.end : phrase.end + 1].text
        if after not in {"and", ","}:
            return None
        for noun in self.doc[phrase.end + 1 : phrase.end + 6]:
            if noun.pos_ == "NOUN" and kind_of(noun) is not None:
                following = phrase_of(noun)
                found = self._owner(following, kind)
                return found if following.start <= phrase.end + 1 else None
        return None

    def _fits(self, kind: str, actor: str) -> bool:
        who = self.cast.actors[actor].kind
        return kind not in _PERSONS or who == "person" or (kind == "member" and who == "state")

    def _after_titles(self, index: int) -> int:
        """The token index behind titles of rank and describing words: "Colonel", "the Venezuelan"."""
        for _ in range(4):
            token = self.doc[index] if index < len(self.doc) else None
            found = self._starts.get(index)
            if token is None or (found is not None and self.cast.actors[found[0]].kind == "person"):
                break
            demonym = token.pos_ in {"ADJ", "PROPN"} and self.doc[index - 1].lower_ == "the"
            if not (token.lower_ in words("title") or token.lower_ == "the" or demonym):
                break
            index += 1
        return index

    def _named_at(self, index: int, *, closed: bool = False) -> tuple[str, Token] | None:
        """The actor named from this token on; ``closed``: only if a comma or the sentence's end follows."""
        found = self._starts.get(index)
        if found is None:
            return None
        actor, end = found
        following = self.doc[end] if end < len(self.doc) else None
        if closed and following is not None and not following.is_punct and not following.is_space:
            return None
        possessive = following is not None and following.lower_ in {"'s", "’s"}
        return None if possessive else (actor, self.doc[end - 1])

    def named_before(self, phrase: Phrase) -> tuple[str, Token] | None:
        """ "X, [39,] a spokesman for Y": the name before the comma before the phrase."""
        comma = phrase.start - 1
        if comma >= 2 and self.doc[comma].text == "," and self.doc[comma - 1].like_num:
            comma -= 2  # an age
        if comma < 1 or self.doc[comma].text not in {",", "–", "—", "("}:
            return None
        end = comma
        if self.doc[end - 1].text == ")":  # "the Rapid Support Forces (RSF), …"
            end = next((i for i in range(end - 1, max(0, end - 6), -1) if self.doc[i].text == "("), end)
        found = self._ends.get(end)
        if found is None:
            return None
        actor, start = found
        apart = (
            self.cast.actors[actor].kind != "person" and self.doc[start - 1].pos_ == "ADP" if start else False
        )
        return None if apart else (actor, self.doc[end - 1])

    def _subject(self, phrase: Phrase) -> tuple[str, Token] | None:
        """ "X is the second creditor of Y, and its ally": the subject of a copula before the phrase."""
        clause = self._copula(phrase.noun)
        if (
            clause is None
            or clause.negation is not None
            or clause.modal is not None
            or clause.tense == "future"
        ):
            return None
        past = clause.tense == "past" and not clause.perfect
        if past and kind_of(phrase.noun) != "relative" and clause.link not in {"ccomp", "conj"}:
            return None
        return next(((a, t) for t in clause.args("subj") if (a := self.cast.at(t))), None)

    def _copula(self, noun: Token) -> Clause | None:
        head = noun
        while head.dep_ in {"conj", "appos"} and head.head.i < head.i and head.head.pos_ in {"NOUN", "PROPN"}:
            head = head.head
        clause = self.parsed.clause_at(head.head) if head.dep_ == "attr" else None
        return clause if clause is not None and clause.lemma in _COPULAS else None

    def targets(self, phrase: Phrase, kind: str) -> list[tuple[str, Token]]:
        """Whom the role is held towards: what stands under "of" or "for", else the nearest name before it."""
        found: dict[str, Token] = {}
        envoy = phrase.noun.lemma_.lower() in words("envoy")
        place = phrase.after[0].lower_ if phrase.after else ""
        towards = place in {"of", "for", "to", "with"} and not (envoy and place == "to")
        if towards or (place in {"in", "at", "on", "from"} and kind in {"head", "spokesperson"}):
            self._first_actor(_first_noun_phrase(phrase.after[1:], self.cast), phrase, found)
        for token in reversed(phrase.before):
            if found:
                break
            self._first_actor((token,), phrase, found)
            if not found and token.dep_ == "poss" and token.lower_ in words("land"):
                self._own_land(found)
        if not found and kind in _RANKED and _rank(phrase, kind) is not None:
            self._own_land(found)
        return list(found.items())

    def _first_actor(self, tokens: tuple[Token, ...], phrase: Phrase, found: dict[str, Token]) -> None:
        """Note the actor these words name: a named one before others, the head noun's before a possessor's."""
        own = self.cast.by_token.get(phrase.noun.i)
        candidates = []
        for token in tokens:
            for one in self.cast.several.get(token.i, ()):  # "a partner of both"
                found.setdefault(one, token)
            actor = self.cast.by_token.get(self._antecedent(token).i)
            if actor is not None and actor != own:
                candidates.append(
                    (actor not in self.named, token.dep_ not in {"pobj", "conj"}, token.i, actor, token)
                )
        if candidates:
            unnamed, _, _, actor, token = min(candidates, key=lambda c: c[:3])
            if not unnamed or not self._body_called(token, found):
                found.setdefault(actor, token)
        elif tokens:
            self._body_called(tokens[-1], found)

    def _antecedent(self, token: Token) -> Token:
        """The noun that "whose" stands for."""
        if token.lower_ != "whose":
            return token
        clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
        return clause.head if clause is not None else token

    def _own_land(self, found: dict[str, Token]) -> None:
        """ "the island's biggest creditor": the state the report is most about, or the next one."""
        for state in self._main_states[:2]:
            found.setdefault(state, self.doc[0])

    def _body_called(self, word: Token, found: dict[str, Token]) -> bool:
        """ "ministry spokesman X", "chairman of the Front": note the body of that name spoken of before."""
        if word.pos_ not in {"NOUN", "PROPN"}:
            return False
        for mention in reversed(self.cast.mentions):
            actor = self.cast.actors[mention.actor]
            if mention.span[1] > word.idx or actor.kind != "organization" or actor.id not in self.named:
                continue
            if any(word.lower_ == _head_word(name) for name in (actor.name, *actor.aliases)):
                found.setdefault(actor.id, word)
                return True
        return False

    def _speaks_for_state(self, phrase: Phrase, kind: str) -> bool:
        """ "Government spokesman X", no matter whose government the cast makes of it."""
        nearest = phrase.before[-1].lower_ if phrase.before else ""
        bare = len(phrase.before) <= 2 and not phrase.after
        return kind == "spokesperson" and bare and nearest in {"government", "presidential", "cabinet"}

    def _own_state(self, actor: Actor, phrase: Phrase, kind: str, official: bool) -> list[tuple[str, Token]]:
        """ "President Hamid Karzai": holders of a high office head their own state; spokesmen speak for it."""
        state = self.cast.states.get(actor.country or "")
        lemma = phrase.noun.lemma_.lower()
        sent = kind == "member" and lemma in words("envoy") and not phrase.after  # "Ambassador X"
        office = kind in {"head", "member"} and lemma in words("office")  # ministers and their deputies
        if state is not None and (official or sent or office):
            return [(state, phrase.noun)]
        return [] if official or kind != "head" else self._body_before(phrase, actor)

    def _body_before(self, phrase: Phrase, holder: Actor) -> list[tuple[str, Token]]:
        """ "NATO's members agreed; Secretary General X", "chief executive X": the body of his sector named last."""
        for token in reversed(self.doc[max(0, phrase.start - _NEAR) : phrase.start]):
            actor = self.cast.by_token.get(token.i)
            body = self.cast.actors[actor] if actor in self.named else None
            here = token.i >= phrase.noun.sent.start and body is not None and body.sector in _WORLD
            apt = here or (body is not None and body.sector in {*_WORLD, "BUS", "NGO"} & {holder.sector})
            if body is not None and body.kind == "organization" and apt:
                return [(body.id, phrase.noun)]
        return []

    def _can_be(self, kind: str, owner: Actor, target: Actor, phrase: Phrase) -> bool:
        """Whether the tie can hold: one heads states and bodies, and of states only one's own."""
        if owner.kind == "state" and kind == "member":
            return target.kind == "organization"
        if kind in {"head", "member"} and target.kind not in {"state", *_BODIES}:
            return False
        if kind == "relative":
            return target.kind == "person"
        if (
            kind == "head"
            and target.kind == "state"
            and any(t.lower_ in words("faction") for t in phrase.before)
        ):
            return False
        if kind in {"head", "member", "spokesperson"}:
            own = owner.country in {None, target.country}
            guessed = owner.known_as is None or target.country is None  # his country may be a guess
            return own or (target.kind != "state" and (guessed or target.sector not in _PUBLIC))
        return True

    def _ranked_before(self, phrase: Phrase, kind: str, target: str, token: Token) -> Iterator[Tie]:
        """ "the second creditor after China": China is the first."""
        rank = _rank(phrase, kind)
        following = self.doc[phrase.end : phrase.end + 4]
        if rank is None or rank < 2 or not following or following[0].lower_ not in {"after", "behind"}:
            return
        for other in following[1:]:
            if (actor := self.cast.at(other)) is not None and actor != target:
                tie = self.tie(kind, actor, target, other, token, phrase.noun)
                yield tie.model_copy(update={"rank": rank - 1})
                return

    def _party(
        self, phrase: Phrase, owner: tuple[str, Token], targets: list[tuple[str, Token]]
    ) -> Iterator[Tie]:
        """ "the Conservative chairman of the committee": a party before the role is the holder's own."""
        if self.cast.actors[owner[0]].kind != "person":
            return
        for token in phrase.before:
            party = self.cast.at(token)
            if party is not None and party not in dict(targets) and self.cast.actors[party].sector == "PTY":
                yield self.tie("member", owner[0], party, owner[1], token, phrase.noun)
                return

    def tie(self, kind: str, owner: str, target: str, name: Token, token: Token, word: Token) -> Tie:
        """A tie whose span covers the word that tells it and the names near it."""
        spans = [self.cast.span_of(name), self.cast.span_of(token), (word.idx, word.idx + len(word))]
        near = [s for s in spans if abs(s[0] - word.idx) < 300]
        return Tie(
            id="t0",
            span=(min(s[0] for s in near), max(s[1] for s in near)),
            kind=kind,
            from_=owner,
            to=target,
            evidence=TieEvidence(from_=spans[0], to=spans[1] if self.cast.at(token) == target else None),
        )


def _head_word(name: str) -> str:
    """What a body is by its name: "front" for "Islamic Front", "ministry" for "Ministry of Trade"."""
    return re.split(r" (?:of|for|in) ", name.lower())[0].rsplit(" ", 1)[-1]


def _modifies(noun: Token) -> bool:
    """Whether the word only describes the next one ("chief negotiator", "minister level")."""
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    if following is None or following.pos_ != "NOUN" or following.lower_ in {"general"}:
        return False
    return noun.dep_ in {"compound", "amod", "nmod"} and following.is_lower


def _joined(previous: Phrase, phrase: Phrase) -> bool:
    """Whether two role words are one list: "an ally and main lender", "a partner, a supplier and …"."""
    between = [t.lower_ for t in phrase.noun.doc[previous.end : phrase.start]]
    return len(between) <= 2 and bool(between) and set(between) <= {",", "and", "as", "well"}


def _rank(phrase: Phrase, kind: str) -> int | None:
    if kind not in _RANKED or any(t.lower_ in {"one", "among"} for t in phrase.before):
        return None
    return rank_among(list(phrase.before))


def _first_noun_phrase(tokens: tuple[Token, ...], cast: Cast) -> tuple[Token, ...]:
    """The words up to a further preposition, unless that stands inside a name."""
    for number, token in enumerate(tokens):
        if token.pos_ == "ADP" and number:
            actor = cast.by_token.get(token.i)
            if actor is None or actor != cast.by_token.get(tokens[number - 1].i):
                return tokens[:number]
    return tokens
