"""Decides who a name stands for: a figure that is there, a knowledge entry of the report's day, or a new figure."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from polybius.actors.candidates import Candidate, sector_of_name
from polybius.actors.people import Figure
from polybius.actors.scene import BODIES, Scene
from polybius.knowledge import Entry
from polybius.record.names import fold
from polybius.tables import read_table

_OFFICE_RANK = {
    "head_of_state": 0,
    "head_of_government": 1,
    "organisation_head": 2,
    "foreign_minister": 3,
    "defence_minister": 4,
    "opposition_leader": 5,
}
_LEADING = 4  # ranks of those who lead a state or body, or speak for it abroad
_COMMON = {"PTY", "LEG", "JUD", "GOV", "MIL", "COP", "SPY", "OPP", "JRN", "LAB"}
_COMMON_WORDS = frozenset(row["word"] for row in read_table("polybius.actors", "common_names.en.tsv"))
_ONE_HAS = frozenset(row["name"] for row in read_table("polybius.actors", "one_country_has.en.tsv"))
_WITHIN = {"in", "for", "of", "the", "and", "on", "to"}  # words inside the name of a body
_FAR = 7  # words from where a name is cut to its letters in brackets
_WORLDWIDE = {"NGO", "BUS"}  # an unknown body of these need not be of the country spoken of
# Roles that are of the sector of the body they belong to ("president of the football association").
_OF_ITS_BODY = {None, "GOV", "OPP", "SOC", "CVL", "PTY"}


class NameResolver:
    """Resolves names, in the order of the text; ``previous`` is the name read last."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.company, self.knowledge = scene, scene.company, scene.knowledge
        self.previous: Candidate | None = None

    def resolve(self, candidate: Candidate) -> Figure | None:
        """The figure that a name stands for."""
        figure = self._abbreviation(candidate) or self._name(candidate)
        self._belong(figure, candidate)
        self.previous = candidate
        return figure

    def _abbreviation(self, candidate: Candidate) -> Figure | None:
        """ "the Agency for International Development (USAID)": one body, twice named."""
        doc, previous = candidate.head.doc, self.previous
        if previous is None or previous.actor is None or " " in candidate.name:
            return None
        if not (candidate.name.isupper() or candidate.kinds <= BODIES):  # "(Conaie)"
            return None
        if _letters_behind(doc, previous.end) != candidate.start:
            return None
        figure = self.scene.figure_of(previous)
        if figure is None or figure.kind not in BODIES:
            return None
        if figure.entry is None and candidate.entries:
            entry = self._valid(candidate.entries)[0]
            here = entry.country is None or entry.country in {figure.country, *self.scene.countries}
            if here and _alike(figure.names, entry):
                self.company.know(figure, entry)  # else another body that goes by the same letters
                self.scene.take_entry(figure, candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _belong(self, figure: Figure, candidate: Candidate) -> None:
        """Let a person have the body, and a body's sector and country, that the words beside the name give."""
        if candidate.body is None and candidate.possessor is None:
            return
        body = self.scene.body_of(candidate)
        if body is None or body is figure:
            return
        if figure.kind != "person":
            if figure.entry is None and body.sector in {"IGO", "UNO", "EUR"}:
                figure.sector = figure.sector or body.sector  # "its Peace and Security Council"
            return
        figure.body = figure.body or body
        if figure.entry is not None:
            figure.sector = figure.sector or body.sector
            return
        if candidate.sector in _OF_ITS_BODY and (body.sector or candidate.office == "head_of_state"):
            candidate.sector = body.sector
            candidate.office = None

    def _name(self, candidate: Candidate) -> Figure:
        if candidate.entries:
            return self._known(candidate)
        doc, letters = candidate.head.doc, _letters_behind(candidate.head.doc, candidate.end)
        known = self.company.by_name(candidate.name)
        if known is None and letters and "organization" in candidate.kinds:
            known = self.company.by_name(doc[letters].text)  # told of by its letters before
        if known is not None and (known.kind in candidate.kinds or candidate.unsure):
            return known
        if "person" in candidate.kinds:
            return self._person(candidate)
        if " " not in candidate.name and (person := self._same_surname(candidate.name, None)):
            return person  # spaCy takes many a surname for a body
        if figure := self._acronym(candidate.name) or self._longer(candidate):
            return figure
        candidate.sector = candidate.sector or sector_of_name(candidate.name)
        figure = self.company.new(min(candidate.kinds), candidate)
        if (candidate.sector and candidate.sector not in _WORLDWIDE) or candidate.role:
            self.scene.guess_country(candidate)
        self.company.learn(figure, candidate.name)
        return figure

    # known ones

    def _known(self, candidate: Candidate) -> Figure:
        entries = self._valid(candidate.entries)
        entry = next((e for e in entries if self.company.by_key(e.key)), None)
        if entry is None and len(entries) > 1:
            entry = self._by_country(entries, candidate)
        if (union := self._seat_of_union(candidate)) is not None:
            entry, candidate.country = union, None
        entry = entry or entries[0]
        if self._of_another_country(entry, candidate):
            return self._namesake(entry, candidate)
        figure = self.company.by_key(entry.key)
        if figure is None and entry.kind == "person":
            figure = self._same_surname(entry.name, entry) or self._named_later(candidate, entry)
        if figure is None:
            figure = self.company.new(entry.kind, candidate, entry)
        self.scene.take_entry(figure, candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _seat_of_union(self, candidate: Candidate) -> Entry | None:
        """ "Brussels" in a report that has named the European Union and not Belgium."""
        if candidate.form != "metonym" or candidate.country != "BEL":
            return None
        belgium = self.company.by_key("state/BEL")
        unions = [f for f in self.company.figures if f.sector == "EUR" and f.entry is not None]
        return unions[0].entry if unions and (belgium is None or not belgium.mentions) else None

    def _of_another_country(self, entry: Entry, candidate: Candidate) -> bool:
        """A party, a paper or an organ of state whose name many countries use, of one the report does not speak of."""
        if entry.kind == "person" or entry.sector not in _COMMON or fold(candidate.name) in _ONE_HAS:
            return False
        items = self.company.begun > 0  # on a page of several, the country of this one
        spoken_of = set(self.company.countries) | (set() if items else self.scene.countries)
        owner = self.scene.figure_of(candidate.possessor)
        owned = {owner.country} - {None} if owner is not None else set()  # "Somoza's National Guard"
        if entry.country in (owned or spoken_of):
            return False
        plain = all(word in _COMMON_WORDS for word in fold(candidate.name).split())
        return plain and bool(self.scene.countries) and self.company.by_key(entry.key) is None

    def _namesake(self, entry: Entry, candidate: Candidate) -> Figure:
        """A body of the country spoken of that only shares its name with the known one."""
        figure = self.company.by_name(candidate.name)
        if figure is None or figure.entry is not None:
            figure = self.company.new(entry.kind, candidate)
            candidate.country, candidate.sector = None, entry.sector
            self.scene.guess_country(candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _named_later(self, candidate: Candidate, entry: Entry | None) -> Figure | None:
        """ "Niger's president" in the headline, "President Tandja" below it."""
        country = entry.country if entry else candidate.country
        for figure in self.company.figures:
            unnamed = figure.kind == "person" and not figure.names and figure.entry is None
            if unnamed and figure.office and figure.office == candidate.office and figure.country == country:
                self.company.know(figure, entry)
                return figure
        return None

    def _valid(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The entries that existed on the report's day, as they were then; all of them when none did."""
        day = self.scene.day
        if day is None:
            return entries
        entries = tuple(self.knowledge.entry(e.key, day) for e in entries)
        valid = tuple(
            e for e in entries if (not e.since or e.since <= day) and (not e.until or day <= e.until)
        )
        return valid or entries

    def _by_country(self, entries: tuple[Entry, ...], candidate: Candidate) -> Entry | None:
        """Of several bodies of one name ("National Assembly"), the one of the country spoken of."""
        owner = self.scene.figure_of(candidate.possessor)
        first = [owner.country] if owner is not None and owner.country else []
        for country in (*first, *self.scene.countries_nearby(candidate)):
            for entry in entries:
                if entry.country == country:
                    return entry
        in_office = [e for e in entries if e.kind == "person" and self.scene.in_office(e)]
        return in_office[0] if in_office else None

    # persons

    def _person(self, candidate: Candidate) -> Figure:
        figure = self._same_surname(candidate.name, None)
        anybody = candidate.sector == "CVL" and candidate.role is not None  # "a man named Park"
        if figure is None and " " not in candidate.name and not anybody:
            figure = self._famous(candidate)
        figure = figure or self._named_later(candidate, None) or self.company.new("person", candidate)
        if figure.country is None and (candidate.role or candidate.body):
            self.scene.guess_country(candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _same_surname(self, name: str, entry: Entry | None) -> Figure | None:
        """A person already there under the full name or the surname: "Putin" after "Vladimir Putin"."""
        words = fold(name).split()
        figures = sorted(self.company.figures, key=lambda f: (-f.sentence, f.number))
        for figure in figures:
            if figure.kind != "person" or (entry and figure.entry and figure.entry.key != entry.key):
                continue
            own = [*figure.names, *([figure.entry.name] if figure.entry else [])]
            if any(_same_person(words, fold(known).split()) for known in own):
                if entry and figure.entry is None:
                    self.company.know(figure, entry)
                return figure
        return None

    def _famous(self, candidate: Candidate) -> Figure | None:
        """A surname alone, not introduced: someone in office that day, of a country spoken of or a great one."""
        if candidate.start and candidate.head.doc[candidate.start - 1].lower_ == "the":
            return None  # "the Moon"
        holders = [e for e in self.knowledge.surnames(candidate.name) if self.scene.in_office(e)]
        spoken_of, day = set(self.company.countries), self.scene.day
        head = self.knowledge.head_called(candidate.name, day) if day else None
        best = [e for e in holders if e.country in spoken_of] or ([head] if head else [])
        leading = any(self._rank(e) < _LEADING for e in best)
        past = None if leading or day is None else self._of_the_past(candidate, day)
        best = ([past] if past else []) or best or (holders if len(holders) == 1 else [])
        if not best:
            return None
        entry = min(best, key=lambda e: (self._rank(e), e.key))
        figure = self.company.by_key(entry.key) or self.company.new("person", candidate, entry)
        self.scene.take_entry(figure, candidate)
        return figure

    def _of_the_past(self, candidate: Candidate, day: date) -> Entry | None:
        """ "Nasser banned it in 1954": once the leader of a country spoken of, or known so anywhere."""
        return self.knowledge.head_of_the_past(candidate.name, day, self.scene.countries)

    def _rank(self, entry: Entry) -> int:
        offices = [o.office for o in self.knowledge.offices_of(entry.key, self.scene.day)]
        return min((_OFFICE_RANK.get(o, len(_OFFICE_RANK)) for o in offices), default=len(_OFFICE_RANK) + 1)

    # bodies

    def _acronym(self, name: str) -> Figure | None:
        """ "ECU" after "Electoral Commission of Utopia"."""
        letters = name.replace(".", "")
        if not (letters.isupper() and 2 <= len(letters) <= 6):
            return None
        for figure in self.company.figures:
            if figure.kind in BODIES and any(_initials(known) == letters for known in figure.names):
                return figure
        return None

    def _longer(self, candidate: Candidate) -> Figure | None:
        """ "the Council" after "the Supreme Council for the Restoration of Democracy", "the Tigers" after theirs."""
        words = candidate.name.split()
        the = candidate.start > 0 and candidate.head.doc[candidate.start - 1].lower_ == "the"
        for figure in reversed(self.company.figures):
            known = figure.entry is None or the
            if figure.kind in BODIES and known and figure.named:
                for name in figure.names:
                    longer = name.split()
                    ends = longer[: len(words)] == words or longer[-len(words) :] == words
                    within = the and len(words) == 1 and words[0] in longer
                    if len(longer) > len(words) and (ends or within):
                        return figure
        return None


def _letters_behind(doc: Doc, end: int) -> int | None:
    """The token of the letters in brackets that a name is given behind it.

    "Popular Front for the Renaissance of Central Africa (FPRC)": part of the name may stand between.
    """
    at = end
    while at < len(doc) and at - end < _FAR and (doc[at].lower_ in _WITHIN or doc[at].pos_ == "PROPN"):
        at += 1
    closed = at + 2 < len(doc) and doc[at].text == "(" and doc[at + 2].text == ")"
    letters = doc[at + 1].text if closed else ""
    short = letters.isupper() or (at == end and letters.istitle())  # "(BBC)", "(Unesco)"
    return at + 1 if short and letters.isalpha() and len(letters) > 1 else None


def _alike(names: list[str], entry: Entry) -> bool:
    """Whether a name in the report has half its words in common with one of the entry, by their beginnings."""
    known = {fold(word)[:5] for name in (entry.name, *entry.aliases) for word in name.split()}
    words = [[fold(w)[:5] for w in name.split() if w[:1].isupper()] for name in names]
    return any(len(own) <= 2 * len(known & set(own)) for own in words)


def _same_person(one: list[str], other: list[str]) -> bool:
    """One name is the other's end ("Fernández de Kirchner"), or its first or last word alone."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return shorter[0] in {longer[0], longer[-1]}
    return shorter == longer or (shorter[-1] == longer[-1] and shorter[0] == longer[0])


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())
