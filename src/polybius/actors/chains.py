"""Walks a report's candidates in order and gives each to a figure, old or new.

Names resolve to the knowledge entry valid on the report's day; descriptions ("the Russian president") to the
figure, or the holder of the office on that day, that they fit; pronouns to whom grammar, nearness and
prominence make the likeliest. A candidate that an earlier one depends on is settled ahead of its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from polybius.actors.candidates import Candidate
from polybius.actors.people import Company, Figure
from polybius.actors.resolve_descriptions import DescriptionResolver
from polybius.actors.resolve_names import NameResolver
from polybius.actors.resolve_pronouns import PronounResolver
from polybius.actors.scene import Scene
from polybius.actors.several import CountResolver
from polybius.knowledge import Knowledge
from polybius.record import Span

_HOME_MENTIONS = 3  # so many mentions is a dateline worth, as to which country the report is about


class Chains:
    """Resolves one report; use it once.

    Args:
        knowledge: who and what is known, by day.
        day: the report's day of publication, None where unknown.
        sentence_of: the number of the sentence of each token.
        quotes: the spans of quotations.
        places: the sentence and the country of each place.
        home: the country the report is written from, where it says so.
        translated: whether the report is machine-translated copy.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        day: date | None,
        sentence_of: dict[int, int],
        quotes: tuple[Span, ...] = (),
        places: Iterable[tuple[int, str]] = (),
        home: str | None = None,
        begins: Iterable[int] = (),
        *,
        translated: bool = False,
    ) -> None:
        self.scene = Scene(knowledge, day, sentence_of, quotes, self._settle)
        self.names = NameResolver(self.scene)
        self.descriptions = DescriptionResolver(self.scene)
        self.counts = CountResolver(self.scene)
        self.pronouns = PronounResolver(self.scene, translated=translated)
        for sentence, country in places:
            self.scene.places[sentence].append(country)
            self.scene.countries.add(country)
        if home is not None:
            self.scene.company.countries[home] += _HOME_MENTIONS
        self.scene.begins = set(begins)
        self.homes: dict[int, str] = {}  # by sentence, where a new item begins
        self._settling: set[int] = set()
        self._settled: dict[int, Figure | None] = {}

    def resolve(self, candidates: Sequence[Candidate]) -> Company:
        """Give every candidate its figure (``candidate.actor``), or none; in the order of the text."""
        self.scene.countries |= {c.country for c in candidates if c.country and _shows_country(c)}
        for candidate in candidates:
            for token in candidate.described:
                self.scene.at_head.setdefault(token.i, candidate)
        for candidate in candidates:
            self.scene.at_head[candidate.head.i] = candidate
        for candidate in candidates:
            self._come_home(self.scene.sentence(candidate))
            settled = self._settle(candidate)
            for figure in candidate.several or ([settled] if settled is not None else []):
                quoted = self.scene.in_quote(candidate.head)
                self.scene.company.mention(figure, candidate, self.scene.sentence(candidate), quoted=quoted)
        return self.scene.company

    def _come_home(self, sentence: int) -> None:
        """Let the report be about another country from a sentence on, if one with a dateline of its own."""
        for begun in [number for number in self.homes if number <= sentence]:
            country = self.homes.pop(begun)
            self.scene.company.earlier.update(self.scene.company.countries)
            self.scene.company.countries.clear()
            self.scene.company.countries[country] += _HOME_MENTIONS
            self.scene.places[begun].append(country)
            self.scene.company.begun = begun

    def _settle(self, candidate: Candidate) -> Figure | None:
        key = id(candidate)
        if key in self._settled or key in self._settling:
            return self._settled.get(key)
        self._settling.add(key)
        figure = self._figure(candidate)
        self._settled[key] = figure
        if figure is not None:
            figure.absorb(candidate)
            candidate.actor = f"a{figure.number}"
        return figure

    def _figure(self, candidate: Candidate) -> Figure | None:
        if candidate.form == "pronoun":
            return self._pronoun(candidate)
        if candidate.role == "latter":
            return self.counts.latter(candidate)
        if candidate.form == "description":
            return self._counted(candidate) if candidate.count else self._described(candidate)
        return self.names.resolve(candidate)

    def _pronoun(self, candidate: Candidate) -> Figure | None:
        sentence, head = self.scene.sentence(candidate), candidate.head
        apart = candidate.role != "3" or not candidate.plural or self.scene.in_quote(head)
        if not apart and head.dep_ in {"nsubj", "nsubjpass"}:
            candidate.several = self.counts.speakers(candidate)
            if candidate.several:
                return None
        figure = self.pronouns.resolve(candidate)
        if apart or head.dep_ != "nsubj":
            return figure
        if figure is None or figure.told[0] < sentence - 1:
            candidate.several = self.counts.they(candidate)
        return None if candidate.several else figure

    def _described(self, candidate: Candidate) -> Figure | None:
        if self.counts.implied(candidate):
            candidate.count = 2
            candidate.several = self.counts.two(candidate)
            candidate.count = None
        return None if candidate.several else self.descriptions.resolve(candidate)

    def _counted(self, candidate: Candidate) -> Figure | None:
        """ "The two leaders" are two figures, which the candidate keeps; "the three" are a group of so many."""
        if (figure := self.counts.again(candidate)) is not None:
            return figure
        candidate.several = self.counts.two(candidate)
        if candidate.several or candidate.role is None:
            return None
        return self.descriptions.resolve(candidate)


def _shows_country(candidate: Candidate) -> bool:
    """Whether a candidate says for certain that the report speaks of its country: a state, an adjective, a person."""
    return candidate.form == "description" or not candidate.kinds & {"organization", "group"}
