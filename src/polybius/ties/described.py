"""Ties told by describing nouns: titles, appositions, possessives, and what a copula ascribes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.parse import Clause, Parsed
from polybius.record import Actor, Tie, TieEvidence
from polybius.ties.phrases import Phrase, phrase_of
from polybius.ties.targets import Targets, first_noun_phrase, rank_of
from polybius.ties.words import kind_of, role_of, words

_OF_PERSONS = {"relative", "predecessor", "successor"}  # kinds that hold between two persons
_PERSONS = {"head", "member", "spokesperson", "representative", *_OF_PERSONS}
_NAMELESS = {"member", "supporter", "spokesperson", "representative", "relative"}  # told of who has no name
_COPULAS = {"be", "become", "remain"}
_BODIES = {"organization", "group"}
_PUBLIC = {"GOV", "MIL", "COP", "SPY", "JUD", "LEG"}  # bodies whose officials are of their country


class Descriptions:
    """Reads the role words of one report."""

    def __init__(self, parsed: Parsed, cast: Cast) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.cast = cast
        self.named = {m.actor for m in cast.mentions if m.kind in {"name", "metonym"}}
        self.towards = Targets(self.doc, cast, self.named)
        self.by_title: list[Tie] = []  # told where a title alone stands for one named elsewhere

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

    def ties(self) -> Iterator[Tie]:
        """All ties told by role words, in the order of the words."""
        previous: tuple[Phrase, str, Token, list[tuple[str, Token]]] | None = None
        for noun in self.doc:
            if noun.pos_ not in {"NOUN", "PROPN"} or (kind := kind_of(noun)) is None or _modifies(noun):
                continue
            phrase = phrase_of(noun)
            owner = self._owner(phrase, kind)
            targets = self.towards.of(phrase, kind)
            if previous is not None and _joined(previous[0], phrase):  # "his ally and main lender, X"
                owner = owner or (previous[1], previous[2])
                targets = [t for t in targets if t[0] != owner[0]] or previous[3]  # "and its main lender"
            if owner is None:
                owner = self._owner_behind(phrase, kind)
            if phrase.has_ended:
                continue
            if owner is None:
                yield from self._unnamed(phrase, kind, targets)
                continue
            previous = (phrase, *owner, targets)
            yield from self._told(phrase, kind, owner, targets)

    def _unnamed(self, phrase: Phrase, kind: str, targets: list[tuple[str, Token]]) -> Iterator[Tie]:
        """ "supporters of the Radical Party", "a PPP senator", "X's wife": who has no name, of what has one."""
        actor = self.cast.by_token.get(phrase.noun.i)
        if actor in self.named and self.cast.actors[actor].kind == "person" and kind in _PERSONS:
            said = [t for t in targets if t[1].pos_ != "PRON"]  # "the UN secretary-general", named elsewhere
            self.by_title.extend(self._told(phrase, kind, (actor, phrase.noun), said) if said else ())
            return
        if actor is None or actor in self.named or kind not in _NAMELESS:
            return
        for target, token in targets[:1]:
            whose = self.cast.actors[target]
            apt = whose.kind == "person" if kind == "relative" else whose.kind in _BODIES
            apt = apt or kind == "supporter" or (kind == "spokesperson" and whose.kind == "person")
            known = target in self.named or (kind == "spokesperson" and whose.kind == "organization")
            if apt and known and target != actor:
                yield self.tie(kind, actor, target, phrase.noun, token, phrase.noun)

    def held(self, noun: Token, owner: tuple[str, Token]) -> Iterator[Tie]:
        """The ties of a role word whose holder is known: "took the oath as prime minister of Y"."""
        kind = kind_of(noun)
        if kind is not None and self._fits(kind, owner[0]):
            phrase = phrase_of(noun)
            if not phrase.has_ended:
                yield from self._told(phrase, kind, owner, self.towards.of(phrase, kind))

    def _told(
        self, phrase: Phrase, kind: str, owner: tuple[str, Token], targets: list[tuple[str, Token]]
    ) -> Iterator[Tie]:
        actor = self.cast.actors[owner[0]]
        if kind == "head" and any(t.lower_ in words("deputy") for t in phrase.before[-3:]):
            kind = "member"
        official = self.towards.speaks_for_state(phrase, kind)
        if (
            kind in {"head", "member"} and owner[0] in self.named
        ):  # "his foreign minister, X": not the premier's, but the state's
            targets = [t for t in targets if self.cast.actors[t[0]].kind != "person"]
        shared = phrase.noun.tag_ == "NNS" and phrase.noun.lemma_.lower() in words("office")
        if shared and actor.kind == "person":  # "their foreign ministers, X and Y": each his own state's
            targets = []
            yield from self._shared(phrase, kind, owner[1])
        told = [] if official else targets
        untold = self.towards.untold(actor, phrase, kind, official)
        ways = (told, untold, targets)  # the cabinet itself, if no government is known that it belongs to
        for target, token in next(filter(None, (self._fitting(w, kind, owner, phrase) for w in ways)), []):
            if (
                kind == "head"
                and role_of(phrase.noun) in words("envoy")
                and self.cast.actors[target].kind == "state"
            ):
                kind = "representative"  # "the Australian high commissioner"
            tie = self.tie(kind, owner[0], target, owner[1], token, phrase.noun)
            yield tie.model_copy(update={"rank": rank_of(phrase, kind)})
            yield from self._ranked_before(phrase, kind, target, token)
            break
        else:
            yield from self._of_others(phrase, kind, owner)
        yield from self._party(phrase, owner, targets)

    def _fitting(
        self, targets: list[tuple[str, Token]], kind: str, owner: tuple[str, Token], phrase: Phrase
    ) -> list[tuple[str, Token]]:
        actors = self.cast.actors
        return [
            t
            for t in targets
            if t[0] != owner[0] and self._can_be(kind, actors[owner[0]], actors[t[0]], phrase)
        ]

    def _of_others(self, phrase: Phrase, kind: str, owner: tuple[str, Token]) -> Iterator[Tie]:
        """ "Gaziantep Mayor X", "Opposition leader X", "the chief of staff, X": of what is told, is no actor here."""
        if kind not in {"head", "spokesperson", "representative"} or owner[0] not in self.named:
            return
        bodies = words("faction").keys() | words("public").keys()
        before = [t for t in phrase.before[-1:] if t.lower_ in bodies or _is_named(t)]
        behind = first_noun_phrase(phrase.after[1:], self.cast)
        part = [t for t in behind if t.lower_ in words("faction")]  # "the leader of Syria's opposition, X"
        for said in [*before, *part, *filter(_is_named, behind)][:1]:
            held = self.cast.actors.get(self.cast.by_token.get(said.i, ""))
            if held is None or held.kind == "person":
                yield self.tie(kind, owner[0], None, owner[1], said, phrase.noun)
                return
        if {role_of(phrase.noun), phrase.noun.lemma_.lower()} & (
            words("office").keys() | words("seat").keys()
        ):
            yield self.tie(kind, owner[0], None, owner[1], phrase.noun, phrase.noun)

    def _shared(self, phrase: Phrase, kind: str, first: Token) -> Iterator[Tie]:
        """The ties of the second of two that one plural title is of."""
        if self.doc[first.i + 1 : first.i + 2].text == "and":
            second = self._named_at(first.i + 2)
            if second is not None and self.cast.actors[second[0]].kind == "person":
                for target, token in self.towards.untold(self.cast.actors[second[0]], phrase, kind, False):
                    yield self.tie(kind, second[0], target, second[1], token, phrase.noun)

    def _owner(self, phrase: Phrase, kind: str) -> tuple[str, Token] | None:
        """Who is described: the name right behind the phrase, the subject of a copula, or the name before."""
        found = self._named_at(phrase.noun.i) if phrase.noun.pos_ == "PROPN" else None  # "King Abdullah II"
        found = found or self._named_at(self._after_titles(phrase.noun.i + 1))
        if found is None and self.doc[phrase.end : phrase.end + 1].text == "," and not _is_under_role(phrase):
            first = phrase.start == phrase.noun.sent.start or self.doc[phrase.start - 1].is_punct
            found = self._named_at(self._after_titles(phrase.end + 1), closed=bool(phrase.after) or not first)
        if found is None and not phrase.after:
            found = self._named_at(self._after_titles(phrase.end))
        found = found or self._named_within(phrase)
        found = found or self._subject(phrase) or self.named_before(phrase)
        return found if found is not None and self._fits(kind, found[0]) else None

    def _named_within(self, phrase: Phrase) -> tuple[str, Token] | None:
        """ "Secretary of State X", "Minister for Foreign Affairs X": no comma parts the office from the name."""
        for token in phrase.after[2:]:
            actor = self._starts.get(token.i, ("", 0))[0]
            before = token.nbor(-1)
            if actor and self.cast.actors[actor].kind == "person":
                titled = before.lower_ in words("title") or kind_of(before) is not None
                apart = before.pos_ in {"NOUN", "PROPN"} and self.cast.by_token.get(before.i) != actor
                return self._named_at(token.i) if apart and not titled else None
        return None

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
        """The token index behind titles of rank and describing words: "Colonel", "the Venezuelan", "the blogger"."""
        for _ in range(6):
            token = self.doc[index] if index < len(self.doc) else None
            found = self._starts.get(index)
            if token is None or (found is not None and self.cast.actors[found[0]].kind != "state"):
                break
            demonym = token.pos_ in {"ADJ", "PROPN"} and self.doc[index - 1].lower_ == "the"
            calling = (
                token.pos_ in {"ADJ", "NOUN"}
                and token.is_lower
                and self.doc[index - 1].pos_ in {"DET", "ADJ"}
            )
            cut = token.text == "." and self.doc[index - 1].lower_ in words("title")  # "Maj. Gen. X"
            if not (token.lower_ in words("title") or token.lower_ == "the" or demonym or calling or cut):
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

    def named_behind(self, phrase: Phrase) -> tuple[str, Token] | None:
        """ "her party, [the] X": the name behind the comma behind the phrase."""
        comma = self.doc[phrase.end : phrase.end + 1].text == ","
        return self._named_at(self._after_titles(phrase.end + 1)) if comma else None

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

    def _can_be(self, kind: str, owner: Actor, target: Actor, phrase: Phrase) -> bool:
        """Whether the tie can hold: one heads states and bodies, and of states only one's own."""
        if owner.kind == "state" and kind == "member":
            return target.kind == "organization"
        if kind in {"head", "member"} and target.kind not in {"state", *_BODIES}:
            return False
        if kind in _OF_PERSONS:
            return target.kind == "person"
        if (
            kind == "head"
            and target.kind == "state"
            and any(t.lower_ in words("faction") for t in (*phrase.before, *phrase.after))
        ):
            return False
        if kind in {"head", "member", "spokesperson", "representative"}:
            own = owner.country in {None, target.country}
            guessed = owner.known_as is None or target.country is None  # his country may be a guess
            sovereign = target.kind == "state" and target.sector is None  # not a republic that nobody knows
            return own or (not sovereign and (guessed or target.sector not in _PUBLIC))
        return True

    def _ranked_before(self, phrase: Phrase, kind: str, target: str, token: Token) -> Iterator[Tie]:
        """ "the second creditor after China": China is the first."""
        rank = rank_of(phrase, kind)
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

    def tie(self, kind: str, owner: str, target: str | None, name: Token, token: Token, word: Token) -> Tie:
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


def _is_under_role(phrase: Phrase) -> bool:
    """ "a spokesman for the president, X": the name behind is the spokesman's."""
    doc, start = phrase.noun.doc, phrase.start
    return start >= 2 and doc[start - 1].lower_ in {"of", "for", "to"} and kind_of(doc[start - 2]) is not None


def _is_named(word: Token) -> bool:
    """Whether a word is a name's: "Gaziantep", "Tatar", but not "Local" at the beginning of a sentence."""
    if word.lower_ in words("title") or not word.is_title:
        return False
    return word.pos_ == "PROPN" or (word.pos_ == "ADJ" and not word.is_sent_start)


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
