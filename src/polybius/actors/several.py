"""What stands for several told of already: "the two", "both", "the three", "the two leaders", "both sides"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from polybius.actors.candidates import Candidate
from polybius.actors.people import Figure
from polybius.actors.scene import ANY, BODIES, Scene
from polybius.circumstances.numbers import figures
from polybius.tables import read_table

_SIDES = {row["word"]: row for row in read_table("polybius.actors", "sides.en.tsv")}
_SO_MANY = {"duo": 2.0, "pair": 2.0, "trio": 3.0}
_AGAINST, _HOLDERS = {"REB", "OPP", "UAF", "PRM"}, ("GOV", "MIL")
_PLACES = {"nsubj", "nsubjpass", "dobj", "pobj", "dative"}
_ANYBODY = {"people", "person", "man", "woman"}
_REACH = 2  # sentences back
_FOES_REACH = 4
_BYSTANDERS = {"IGO", "UNO", "EUR", "NGO", "JRN", "BUS", "REL", None}  # bodies that are no side of a conflict
_MANY = 1000  # a larger number is a year
_PERSON, _STATE = frozenset({"person"}), frozenset({"state"})


def count_of(head: Token) -> float | None:
    """How many a noun's numeral says there are: 3 for "three journalists", 2 for "both men"."""
    for child in head.children:
        if child.lower_ == "both" and child.i < head.i:
            return 2
        if child.dep_ == "nummod" and child.i < head.i:
            return next((figure.value for figure in figures(child.text)), None)
    return None


def find_counts(doc: Doc) -> Iterator[Candidate]:
    """Numerals that are noun phrases of their own: "the two", "the eight", "both"."""
    for token in doc:
        alone = token.lower_ == "latter" and token.dep_ in _PLACES | {"appos"}
        if alone and token.i and token.nbor(-1).lower_ == "the":
            yield Candidate(token.i, token.i + 1, token, "description", ANY, token.text, role="latter")
        both = token.lower_ == "both"
        the = (
            (token.tag_ == "CD" or token.lower_ in _SO_MANY)
            and token.i > 0
            and token.nbor(-1).lower_ == "the"
        )
        following = token.nbor(1) if token.i + 1 < len(doc) else token
        if not (both or the) or token.dep_ not in _PLACES or following.pos_ in {"NOUN", "PROPN", "ADJ"}:
            continue
        so_many = 2.0 if both else _SO_MANY.get(token.lower_)
        value = so_many or next((figure.value for figure in figures(token.text)), None)
        if value is not None and 2 <= value < _MANY and following.text not in {"of", "%", "-", "percent"}:
            candidate = Candidate(
                token.i, token.i + 1, token, "description", frozenset({"group"}), token.text
            )
            candidate.count, candidate.plural, candidate.definite, candidate.weak = value, True, True, True
            yield candidate


class CountResolver:
    """Resolves descriptions with a numeral to the group of so many, or to the two actors just told of."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.company = scene, scene.company
        self._last: tuple[int, list[Figure]] = (-_REACH - 1, [])

    def again(self, candidate: Candidate) -> Figure | None:
        """ "The three" after "three journalists": the last group of so many; with a noun, only of that role."""
        sentence = self.scene.sentence(candidate)
        for figure in self.company.recent(sentence, BODIES) if self._known(candidate) else ():
            people = figure.role in _ANYBODY and (candidate.count or 0) > 2  # "14 people … the 14 detainees"
            if figure.count == candidate.count and (people or candidate.role in {None, figure.role}):
                return figure
        return None

    def latter(self, candidate: Candidate) -> Figure | None:
        """ "The latter": who was named last before it, in its sentence or the one before; else told of last."""
        barred, sentence = self.scene.beside(candidate), self.scene.sentence(candidate)
        verb = candidate.head.head
        single = any(t.tag_ == "VBZ" for t in (verb, *verb.children))  # "the latter is on trial"
        for i in range(candidate.head.i - 1, -1, -1):
            if self.scene.sentence_of[i] < sentence - 1:
                break
            named = self.scene.at_head.get(i)
            if named is not None and named.form in {"name", "description"} and not named.adjective:
                figure = self.scene.figure_of(named) if not (named.plural and single) else None
                if figure is not None and figure not in barred:
                    return figure
        said = [f for f in self.company.figures if f.last is not None and not f.last.adjective]
        return max(said, key=lambda f: f.last.head.i if f.last else -1, default=None)

    def two(self, candidate: Candidate) -> list[Figure]:
        """The two (or three) persons, states or bodies last named, where just so many fit; else none."""
        many = int(candidate.count or 0)
        if many not in {2, 3} or not self._known(candidate):
            return []
        side = _side(candidate)
        if candidate.role is None:
            wanted = [_PERSON, _STATE, _STATE | BODIES]
        elif side:
            wanted = [_STATE, _STATE | BODIES]
        elif candidate.kinds == {"group"}:
            wanted = [_PERSON]
        else:
            return []
        sentence = self.scene.sentence(candidate)
        again = sentence - self._last[0] <= _REACH and len(self._last[1]) == many
        kinds = frozenset().union(*wanted)
        last = self._last[1] if again and all(figure.kind in kinds for figure in self._last[1]) else []
        foes = self._foes(candidate) if many == 2 and side and side["foes"] else []
        if side and side["foes"] and last:
            pair = last  # once more "the two sides"
        else:
            pair = self._near(sentence, wanted, candidate, many)
            sided = any(f.country == foes[0].country for f in pair) if foes else True
            one = side and len({f.country for f in pair}) == 1 and not any(f.sector in _AGAINST for f in pair)
            pair = [] if one or not sided else pair  # a state and its own army, or two who only look on
            pair = pair or foes or self._listed(candidate, kinds, many) or last
        if pair:
            self._last = sentence, pair
        return pair

    def implied(self, candidate: Candidate) -> bool:
        """Whether a plural means two without a numeral: "the rivals", "the warring parties"."""
        side = (
            _side(candidate)
            if candidate.plural and candidate.definite and candidate.possessor is None
            else {}
        )
        own = candidate.bare or candidate.role == candidate.name.lower()
        return own and bool(side.get("two"))

    def _foes(self, candidate: Candidate) -> list[Figure]:
        """Rebels or an opposition, and the army, government or state of their country, both told of not long before."""
        near = self.company.recent(self.scene.sentence(candidate), _STATE | BODIES, reach=_FOES_REACH)
        for rebels in near:
            if rebels.kind not in BODIES or rebels.sector not in _AGAINST or rebels.country is None:
                continue
            own = [f for f in near if f.country == rebels.country and f is not rebels]
            holders = [f for f in own if f.sector in _HOLDERS and f.kind in BODIES]
            holders += [f for f in own if f.kind == "state"]
            if holders:
                return sorted((rebels, holders[0]), key=lambda figure: figure.number)
        return []

    def _listed(self, candidate: Candidate, kinds: frozenset[str], many: int) -> list[Figure]:
        """ "France, Germany and Britain condemned Iran. The trio …": so many as stand in one list."""
        sentence = self.scene.sentence(candidate)
        for i in range(candidate.head.i - 1, -1, -1):
            if self.scene.sentence_of[i] < sentence - _REACH:
                break
            first = self.scene.at_head.get(i)
            if first is None or first.head.dep_ == "conj" or len(first.head.conjuncts) != many - 1:
                continue
            others = [self.scene.at_head.get(t.i) for t in first.head.conjuncts]
            listed = [self.scene.figure_of(c) for c in (first, *others)]
            found = [f for f in listed if f is not None and f.kind in kinds and self._can_be(f, candidate)]
            if len({f.number for f in found}) == many and self.scene.sentence_of[i] < sentence:
                return found
        return []

    def they(self, candidate: Candidate) -> list[Figure]:
        """ "X met Y. They signed": the two persons or states of the sentence before, where no group is spoken of."""
        sentence = self.scene.sentence(candidate)
        for kinds in (_PERSON, _STATE):
            near = self.company.recent(sentence, kinds, reach=1, quoted=False)
            told = [f for f in near if f.told[0] == sentence - 1]
            if len(told) == len(near) == 2 and all(f.named for f in told):
                return sorted(told, key=lambda figure: figure.number)
        return []

    def speakers(self, candidate: Candidate) -> list[Figure]:
        """ "X and Y announced that they would": those who say together the clause that "they" is the subject of."""
        verb = candidate.head.head
        while verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            verb = verb.head
        if verb.dep_ != "ccomp":
            return []
        saying = verb.head
        while saying.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in saying.children):
            saying = saying.head
        subject = next((c for c in saying.children if c.dep_ == "nsubj" and c.i < candidate.head.i), None)
        joined = [subject, *subject.conjuncts] if subject is not None else []
        named = [self.scene.at_head.get(token.i) for token in joined]
        found = [f for c in named if c is not None and (f := self.scene.figure_of(c)) is not None]
        alone = all(f.kind in {"person", "state", "organization"} and f.named for f in found)
        known = zip(joined, named, strict=True)
        several = len(joined) > 1 and all(c is not None or token.pos_ == "PROPN" for token, c in known)
        whole = several and (len(found) == len(joined) or all(f.kind == "person" for f in found))
        return sorted(found, key=lambda figure: figure.number) if alone and whole else []

    def _near(
        self, sentence: int, wanted: list[frozenset[str]], candidate: Candidate, many: int
    ) -> list[Figure]:
        barred = {figure.number for figure in self.scene.beside(candidate)}
        barred |= {figure.number for figure in self._urging(candidate)}
        for back in range(_REACH + 1):
            for kinds in wanted:
                near = self.company.recent(sentence, kinds, reach=back)
                named = [f for f in near if f.number not in barred and (f.named or f.kind in _PERSON)]
                named = [f for f in named if f.kind in {"person", "state"} or f.sector not in _BYSTANDERS]
                if len(named) == many and all(self._can_be(f, candidate) for f in named):
                    return sorted(named, key=lambda figure: figure.number)
        return []

    def _urging(self, candidate: Candidate) -> list[Figure]:
        """ "X and Y urged both sides": who does something to those described, with whoever does it besides."""
        subjects = [c for a in candidate.head.ancestors for c in a.children if c.dep_ == "nsubj"]
        done = (
            self.scene.at_head.get(t.i) for c in subjects if c.i < candidate.head.i for t in (c, *c.conjuncts)
        )
        return [f for c in done if c is not None and (f := self.scene.figure_of(c)) is not None]

    def _can_be(self, figure: Figure, candidate: Candidate) -> bool:
        """Whether one of two persons may be what they are called: "the two ministers", "both men"."""
        return figure.kind != "person" or candidate.sector in {None, "CVL", figure.sector}

    def _known(self, candidate: Candidate) -> bool:
        """Whether the words say that those are meant who were told of: by "the" or "both"."""
        before = {child.lower_ for child in candidate.head.children if child.dep_ in {"det", "preconj"}}
        return candidate.role is None or bool(before & {"the", "both"})


def _side(candidate: Candidate) -> dict[str, str]:
    """The row of the table of sides for a description; none where it is no such noun."""
    return _SIDES.get(candidate.role or "", {}) or _SIDES.get(candidate.head.lemma_.lower(), {})
