"""Decides who a pronoun stands for, by grammar first and nearness and prominence second."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from polybius.actors.candidates import Candidate
from polybius.actors.deeds import SUFFERED
from polybius.actors.people import SAYING, Figure
from polybius.actors.scene import Scene
from polybius.tables import read_table

_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_RELATIVE = {"who", "whom", "which", "whose"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_RELATIVES = {"WP", "WDT"}
_PARTS = {"NUM", "PRON", "DET", "ADJ"}  # "five of them"
_OWN_DOING = {"promise", "threaten", "vow", "pledge"}  # "promised her to leave": who promises leaves
_ASKED = {"dobj", "dative", "iobj"}
_FAR = {True: 5, False: 2}  # sentences that a pronoun reaches back: for persons, for others
_GROUPS = frozenset({"group", "organization", "state"})
_LAW = {"COP", "JUD", "MIL", "SPY"}
_AGENTS = frozenset(row["word"] for row in read_table("polybius.actors", "agents.en.tsv"))
_SOURCES = frozenset(row["word"] for row in read_table("polybius.actors", "sources.en.tsv"))
_OWN_SUBJECT = {"before", "after", "by", "while", "without", "since"}  # "before freeing him"


class PronounResolver:
    """Resolves third-person pronouns; the first person is the speaker's, whom room 5 finds.

    ``translated``: in machine-translated copy "he" may be a state.
    """

    def __init__(self, scene: Scene, *, translated: bool) -> None:
        self.scene, self.company, self.translated = scene, scene.company, translated

    def resolve(self, candidate: Candidate) -> Figure | None:
        """The figure that a pronoun stands for; None for the first person and where nothing fits."""
        if candidate.role == "1":
            return None
        if candidate.head.lower_ in _RELATIVE:
            clause = next((a for a in candidate.head.ancestors if a.dep_ == "relcl"), None)
            return self._at(clause.head) if clause is not None else None
        barred = self._barred(candidate)
        for figure in self._bound(candidate):
            if figure.number not in barred and self._agrees(figure, candidate):
                return figure
        sentence = self.scene.sentence(candidate)
        quoted = self.scene.in_quote(candidate.head)
        recent = self.company.recent(sentence, self._kinds(candidate), quoted=quoted)
        if candidate.plural:  # "them" are people, where there are any, before they are a body
            people = [f.sentence for f in recent if f.kind == "group"]
            near_by = bool(people) and max(people) >= max(f.sentence for f in recent)
            recent.sort(key=lambda figure: near_by and figure.kind != "group" and not _people_of(figure))
        recent = sorted(recent, key=lambda figure: self._only_told(figure, candidate, recent))
        for figure in recent:
            last = figure.sentence if quoted else figure.told[0]
            near = sentence - last <= _FAR["person" in candidate.kinds]
            if near and figure.number not in barred and self._agrees(figure, candidate):
                figure = self._first_of_list(figure) if candidate.plural else figure
                return self._mistranslated(candidate, sentence, figure)
        return self._mistranslated(candidate, sentence, None)

    def _only_told(self, figure: Figure, candidate: Candidate, recent: list[Figure]) -> bool:
        """ "The rebels fired, officials said. They want": who only said it, where others there may be meant."""
        head, last = candidate.head, figure.last
        if head.dep_ not in _SUBJECTS or head.head.lemma_ in SAYING or last is None or figure.named:
            return False
        source = last.form == "description" and (last.role or "").split(" ")[-1] in _SOURCES
        if not source or last.head.dep_ != "nsubj" or last.head.head.lemma_ not in SAYING | {"tell"}:
            return False
        others = (f for f in recent if f is not figure and f.told[0] == figure.told[0])
        return any(self._agrees(other, candidate) for other in others)

    def _first_of_list(self, figure: Figure) -> Figure:
        """ "Doctors and nurses … they": a list goes by the first in it."""
        head = figure.last.head if figure.last is not None else None
        while head is not None and head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
            other = self._at(head)
            if other is not None and other.kind == "group" and other.plural:
                figure = other
        return figure

    def _kinds(self, candidate: Candidate) -> frozenset[str]:
        return _GROUPS if candidate.plural else candidate.kinds

    def _agrees(self, figure: Figure, candidate: Candidate) -> bool:
        if figure.kind == "state" and candidate.plural:  # "the Americans hesitate; their ambassador"
            return figure.last is not None and figure.last.plural
        if figure.kind not in self._kinds(candidate):
            return False
        if not candidate.plural and figure.plural and figure.kind == "group":
            return False
        if (
            candidate.plural
            and figure.kind == "organization"
            and figure.named
            and figure.sector in {"IGO", "BUS"}
        ):
            return False
        return not (candidate.gender and figure.gender and candidate.gender != figure.gender)

    # grammar

    def _bound(self, candidate: Candidate) -> Iterator[Figure]:
        """Whom the sentence's own build makes the likeliest: reflexives, matrix subjects, fronted phrases."""
        head = candidate.head
        if head.lower_ in _REFLEXIVE:
            yield from self._subjects_above(head, through_content=False)
            return
        yield from self._spoken_of(head)
        yield from self._spoken_for(head)
        if head.dep_ in _SUBJECTS and not self.scene.in_quote(head):
            yield from self._subjects_above(head.head, through_content=True)
        yield from self._topic(head)
        yield from self._objects_before(head)
        if head.dep_ == "poss":
            yield from self._asked_to(head)
            owners = self._subjects_above(head, through_content=False, before=head.i)
            # "nurses returned after the ministry agreed to pay their overtime": "their" is rather several
            yield from sorted(owners, key=lambda owner: candidate.plural and not owner.plural)
        if (ahead := self._subject_ahead(head)) is not None:
            yield ahead

    def _spoken_of(self, head: Token) -> Iterator[Figure]:
        """ "'He wants more,' she said of X": whom a quotation is said to be about."""
        saying = (a for a in head.ancestors if a.lemma_ in SAYING and not self.scene.in_quote(a))
        verb = next(saying, None) if self.scene.in_quote(head) else None
        for child in verb.children if verb is not None else ():
            for noun in (c for c in child.children if c.dep_ == "pobj" and child.lower_ in {"of", "about"}):
                if (figure := self._at(noun)) is not None:
                    yield figure

    def _spoken_for(self, head: Token) -> Iterator[Figure]:
        """ "An aide to X said they had kept him out": for whom the speaker speaks; if named, not where "he" acts."""
        for ancestor in head.ancestors:
            for child in ancestor.children if ancestor.lemma_ in SAYING else ():
                speaker = self.scene.at_head.get(child.i) if child.dep_ == "nsubj" else None
                if speaker is None or child.i == head.i or not _AGENTS & {*speaker.roles, speaker.role}:
                    continue
                whose = self.scene.figure_of(speaker.possessor)
                by_name = speaker.form != "description"
                if whose is not None and whose.kind == "person" and not (by_name and head.dep_ == "nsubj"):
                    yield whose

    def _topic(self, head: Token) -> Iterator[Figure]:
        """ "As for X, it has closed its consulate": whom a sentence says that it is about."""
        sent = head.sent
        fronted = sent[0].lower_ == "as" and len(sent) > 2 and sent[1].lower_ in {"for", "to"}
        for token in sent[2:] if fronted and not self.scene.in_quote(head) else ():
            if token.i >= head.i or (token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBN"):
                return
            candidate = self.scene.at_head.get(token.i)
            named = (
                candidate is not None and candidate.form in {"name", "metonym"} and not candidate.adjective
            )
            figure = self.scene.figure_of(candidate) if named else None
            if figure is not None:
                yield figure

    def _subjects_above(
        self, token: Token, *, through_content: bool, before: int | None = None
    ) -> Iterator[Figure]:
        """The subjects of the verbs that govern a token, the nearest first.

        For a personal pronoun only while its clause is what the verb says or thinks ("X said that he").
        """
        while token.head.i != token.i:
            if through_content and token.dep_ not in {"ccomp", "xcomp", "conj", "advcl"}:
                return
            token = token.head
            if token.pos_ in {"VERB", "AUX"}:
                for child in token.children:
                    if child.dep_ not in _SUBJECTS or (before is not None and child.right_edge.i >= before):
                        continue
                    if (figure := self._at(child)) is not None:
                        yield figure

    def _objects_before(self, head: Token) -> Iterator[Figure]:
        """ "Told the assembly … and accused it", "banned the North's exports and capped its imports"."""
        owned = head.dep_ == "poss"
        place = head.head if owned else head
        verb = place.head
        if place.dep_ not in _ASKED or verb.dep_ != "conj" or any(c.dep_ in _SUBJECTS for c in verb.children):
            return
        for child in verb.head.children:
            if child.dep_ in _ASKED and child.i < verb.i:
                for token in (c for c in child.children if c.dep_ == "poss") if owned else (child,):
                    if (figure := self._at(token)) is not None:
                        yield figure

    def _asked_to(self, head: Token) -> Iterator[Figure]:
        """ "Urged the king to free his brother": the one asked to do something, whose doing the clause tells."""
        token = head
        while token.head.i != token.i:
            verb = token.head
            to = token.dep_ == "xcomp" and verb.lemma_ not in _OWN_DOING
            for child in verb.children if to else ():
                if child.dep_ in _ASKED and child.i < token.i and (figure := self._at(child)) is not None:
                    yield figure
            token = verb

    def _at(self, token: Token) -> Figure | None:
        """The figure at a noun, or at the one that a relative pronoun takes up."""
        if token.tag_ in _RELATIVES and token.head.dep_ == "relcl":
            token = token.head.head
        candidate = self.scene.at_head.get(token.i)
        if candidate is None:
            return None
        if candidate.form == "pronoun" and candidate.actor is None:
            return None
        return self.scene.figure_of(candidate)

    def _subject_ahead(self, head: Token) -> Figure | None:
        """ "In his speech, X said": the subject that a phrase in front of it speaks of."""
        below = head
        while below.head.i != below.i:
            verb = below.head
            if below.dep_ in {"prep", "advcl"} and verb.pos_ in {"VERB", "AUX"} and below.i < verb.i:
                subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i > head.i]
                for subject in subjects:
                    candidate = self.scene.at_head.get(subject.i)
                    if candidate is not None and candidate.form == "name":
                        return self.scene.settle(candidate)
                return None
            below = verb
        return None

    def _barred(self, candidate: Candidate) -> set[int]:
        """Figures it cannot be: the others in its own clause ("he met him"), and who speaks the quotation."""
        head = candidate.head
        barred: set[int] = set()
        if head.dep_ == "poss" and (said := _said_to_be(head.head)) is not None:
            subjects = (c for c in said.head.children if c.dep_ in _SUBJECTS)
            barred.update(f.number for c in subjects if (f := self._at(c)) is not None)
        if head.dep_ == "nsubjpass" and (of_state := SUFFERED.get(head.head.lemma_)) is not None:
            law = _LAW | {"GOV"} if of_state else _LAW
            barred.update(f.number for f in self.scene.speakers_above(head) if f.sector in law)
        if head.dep_ not in {"poss"} and head.lower_ not in _REFLEXIVE:
            for child in _clause_mates(head):
                if (figure := self._at(child)) is not None:
                    barred.add(figure.number)
        if (told := _subject_told(head)) is not None and (figure := self._at(told)) is not None:
            barred.add(figure.number)
        if self.scene.in_quote(head) and (speaker := self._speaker(head)) is not None:
            barred.add(speaker.number)
        return barred

    def _last_speaker(self, sentence: int) -> Figure | None:
        """Who was spoken of last outside quotations, in the sentence before one that is a quotation whole."""
        told = self.company.recent(sentence, frozenset({"person"}), quoted=False)
        return told[0] if told and told[0].told[0] >= sentence - 1 else None

    def _speaker(self, token: Token) -> Figure | None:
        """Who says the quotation that a token stands in: the subject of the verb above it, outside the marks."""
        for ancestor in token.ancestors:
            if not self.scene.in_quote(ancestor):
                for child in ancestor.children:
                    if child.dep_ in _SUBJECTS and not self.scene.in_quote(child):
                        candidate = self.scene.at_head.get(child.i)
                        if candidate is not None and candidate.form != "pronoun":
                            return self.scene.settle(candidate)
                return None
        return self._last_speaker(self.scene.sentence_of[token.i])

    # copy that a machine translated

    def _mistranslated(self, candidate: Candidate, sentence: int, figure: Figure | None) -> Figure | None:
        """ "He" may be a state there: the subject of the sentence before, if that had no person."""
        if not self.translated or "person" not in candidate.kinds or candidate.head.dep_ != "nsubj":
            return figure
        if figure is not None and figure.sentence >= sentence - 1 and figure.weight > 0:
            return figure
        for state in self.company.recent(sentence, frozenset({"state", "organization"})):
            last = state.last
            if last is not None and last.head.dep_ == "nsubj" and sentence - state.sentence <= 1:
                return state
        return figure


def _people_of(figure: Figure) -> bool:
    """A state that its people stand for: "the Israelis … they"."""
    return figure.kind == "state" and figure.last is not None and figure.last.plural


def _said_to_be(noun: Token) -> Token | None:
    """What a clause says that its subject is: "Beijing is its main creditor", "X is one of his aides"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return noun if noun.dep_ == "attr" else None


def _clause_mates(head: Token) -> Iterator[Token]:
    """The subject and the objects of the verb that a personal pronoun hangs on, also as part ("five of them")."""
    verb = head.head
    part = head.dep_ not in _SUBJECTS  # "said she was troubled" has a clause of its own
    while part and verb.head.i != verb.i and (verb.pos_ == "ADP" or verb.pos_ in _PARTS):
        verb = verb.head
    for child in verb.children:
        if child.i != head.i and child.dep_ in {*_SUBJECTS, "dobj", "dative"}:
            yield child
    while not any(c.dep_ in _SUBJECTS for c in verb.children) and (above := _same_doer(verb)) is not None:
        verb = above  # "police fired and arrested five of them"
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                yield from (t for t in child.subtree if t.i == child.i or t.dep_ in {"conj", "appos"})


def _same_doer(verb: Token) -> Token | None:
    """The verb whose subject is also that of another without one: "severed ties, accusing it", "before freeing him"."""
    if verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        return verb.head
    if verb.dep_ == "xcomp" and not any(c.dep_ in _ASKED for c in verb.head.children):
        return verb.head  # "threatened to arrest him"
    return verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ in _OWN_SUBJECT else None


def _subject_told(head: Token) -> Token | None:
    """ "Pretoria, it said, would not wait": the subject of what is told, which does not speak there itself."""
    verb = head.head
    if (
        head.dep_ != "nsubj"
        or verb.lemma_ not in SAYING
        or verb.head.lemma_ in SAYING
        or verb.head.i < head.i
    ):
        return None
    if verb.dep_ not in {"parataxis", "ccomp"}:
        return None
    return next((c for c in verb.head.children if c.dep_ in _SUBJECTS and c.pos_ == "PROPN"), None)
