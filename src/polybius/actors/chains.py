"""Decides who is meant: walks a report's candidates in order and gives each to a figure, old or new.

Names resolve to the knowledge entry valid on the report's day; descriptions ("the Russian president") to
the figure, or the holder of the office on that day, that they fit; pronouns to the most prominent figure of
their kind nearby.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from spacy.tokens import Token

from polybius.actors.candidates import Candidate
from polybius.actors.people import Company, Figure
from polybius.knowledge import Entry, Knowledge
from polybius.record.names import fold

_STILL_SPOKEN_OF = timedelta(days=60)
_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_HEADS = ("head_of_state", "head_of_government")
_LEADING = {"leader", "strongman", "ruler", "incumbent", "statesman"}


class Chains:
    """Resolves one report. ``day`` is its day of publication, or None where that is unknown."""

    def __init__(self, knowledge: Knowledge, day: date | None, *, translated: bool = False) -> None:
        self.knowledge = knowledge
        self.day = day
        self.translated = translated
        self.company = Company()

    def resolve(self, candidates: Iterable[Candidate], sentence_of: dict[int, int]) -> Company:
        """Give every candidate its figure (``candidate.actor``), or none.

        Args:
            candidates: in the order of the text.
            sentence_of: the number of the sentence of each token.
        """
        previous: Candidate | None = None
        for candidate in candidates:
            sentence = sentence_of[candidate.head.i]
            if candidate.form == "pronoun":
                figure = self._pronoun(candidate, sentence)
            elif candidate.form == "description":
                figure = self._description(candidate, sentence)
            else:
                figure = self._abbreviation(candidate, previous) or self._name(candidate, sentence)
                previous = candidate
            if figure is not None:
                figure.absorb(candidate)
                candidate.actor = f"a{figure.number}"
                self.company.mention(figure, candidate, sentence)
        return self.company

    # names

    def _abbreviation(self, candidate: Candidate, previous: Candidate | None) -> Figure | None:
        """ "the Agency for International Development (USAID)": one body, twice named."""
        doc = candidate.head.doc
        if previous is None or previous.actor is None or not candidate.name.isupper():
            return None
        if candidate.start - previous.end != 1 or doc[candidate.start - 1].text != "(":
            return None
        figure = self.company.figures[int(previous.actor[1:]) - 1]
        if figure.kind not in {"organization", "group"}:
            return None
        if figure.entry is None and candidate.entries:
            figure.entry = self._valid(candidate.entries)[0]
            self._take_entry(figure, candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _name(self, candidate: Candidate, sentence: int) -> Figure | None:
        if candidate.entries:
            return self._known(candidate, sentence)
        known = self.company.by_name(candidate.name)
        if known is not None and known.kind in candidate.kinds:
            return known
        kind = min(candidate.kinds)
        if kind == "person":
            return self._person(candidate, sentence)
        if " " not in candidate.name and (person := self._same_surname(candidate.name, sentence, None)):
            return person  # spaCy takes many a surname for a body
        if known is not None and known.kind in {"organization", "group"}:
            return known
        if kind == "organization" and (figure := self._acronym(candidate.name)):
            return figure
        figure = self.company.new(kind, candidate)
        self.company.learn(figure, candidate.name)
        return figure

    def _known(self, candidate: Candidate, sentence: int) -> Figure:
        entries = self._valid(candidate.entries)
        entry = next((e for e in entries if self.company.by_key(e.key)), None)
        if entry is None and len(entries) > 1:
            entry = self._by_country(entries, candidate, sentence)
        entry = entry or entries[0]
        figure = self.company.by_key(entry.key)
        if figure is None and entry.kind == "person":
            figure = self._same_surname(entry.name, sentence, entry) or self._named_later(candidate, entry)
        if figure is None:
            figure = self.company.new(entry.kind, candidate, entry)
        self._take_entry(figure, candidate)
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

    def _take_entry(self, figure: Figure, candidate: Candidate) -> None:
        entry = figure.entry
        if entry is None:
            return
        figure.kind = entry.kind
        figure.country = entry.country
        figure.sector = self._sector(entry) or candidate.sector or figure.sector
        figure.gender = entry.gender
        self.company.learn(figure, entry.name)
        if entry.kind == "person":
            offices = self.knowledge.offices_of(entry.key, self.day)
            if offices:
                figure.role, figure.country = offices[0].title, offices[0].country or entry.country
                figure.office = offices[0].office

    def _sector(self, entry: Entry) -> str | None:
        """The sector on the report's day; who lost his office within two months is still spoken of by it."""
        if self.day is None:
            return entry.sector
        sector = self.knowledge.sector_on(entry.key, self.day)
        if sector == "ELI":
            return self.knowledge.sector_on(entry.key, self.day - _STILL_SPOKEN_OF) or sector
        return sector

    def _valid(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The entries that existed on the report's day; all of them when none did."""
        if self.day is None:
            return entries
        day = self.day
        valid = tuple(
            e for e in entries if (not e.since or e.since <= day) and (not e.until or day <= e.until)
        )
        return valid or entries

    def _by_country(self, entries: tuple[Entry, ...], candidate: Candidate, sentence: int) -> Entry | None:
        """Of several bodies of one name ("National Assembly"), the one of the country spoken of."""
        countries = [*self._countries_nearby(candidate, sentence)]
        for country in countries:
            for entry in entries:
                if entry.country == country:
                    return entry
        in_office = [e for e in entries if e.kind == "person" and self._in_office(e)]
        return in_office[0] if in_office else None

    def _in_office(self, entry: Entry) -> bool:
        return self.day is not None and bool(self.knowledge.offices_of(entry.key, self.day))

    def _countries_nearby(self, candidate: Candidate, sentence: int) -> list[str]:
        """Countries by nearness: the candidate's own words, its sentence, then the report as a whole."""
        own = [candidate.country] if candidate.country else []
        near = [
            f.country for f in self.company.recent(sentence, _ANY) if f.country and f.sentence == sentence
        ]
        home = self.company.home()
        counts = self.company.countries
        near.sort(key=lambda c: -counts[c])
        return [*own, *near, *([home] if home else [])]

    def _person(self, candidate: Candidate, sentence: int) -> Figure:
        figure = self._same_surname(candidate.name, sentence, None)
        if figure is None and len(candidate.name.split()) == 1:
            figure = self._famous(candidate, sentence)
        figure = figure or self._named_later(candidate, None) or self.company.new("person", candidate)
        if candidate.country is None and (candidate.role or candidate.body):
            candidate.country = next(iter(self._countries_nearby(candidate, sentence)), None)
        self.company.learn(figure, candidate.name)
        return figure

    def _same_surname(self, name: str, sentence: int, entry: Entry | None) -> Figure | None:
        """A person already there under the full name or the surname: "Putin" after "Vladimir Putin"."""
        words = fold(name).split()
        for figure in self.company.recent(sentence + 0, frozenset({"person"})) + self.company.figures:
            if figure.kind != "person" or (entry and figure.entry and figure.entry.key != entry.key):
                continue
            for known in map(
                str.split, map(fold, [*figure.names, *([figure.entry.name] if figure.entry else [])])
            ):
                shorter, longer = sorted((words, known), key=len)
                same = shorter == longer[-len(shorter) :] or (len(shorter) == 1 and shorter[0] == longer[0])
                if same and (len(shorter) == 1 or shorter == longer):
                    if entry and figure.entry is None:
                        figure.entry = entry
                    return figure
        return None

    def _famous(self, candidate: Candidate, sentence: int) -> Figure | None:
        """A surname alone, not introduced: someone in office that day, of a country spoken of or a great one."""
        holders = [e for e in self.knowledge.surnames(candidate.name) if self._in_office(e)]
        if not holders:
            return None
        spoken_of = set(self._countries_nearby(candidate, sentence)) | set(self.company.countries)
        best = [e for e in holders if e.country in spoken_of] or (holders if len(holders) == 1 else [])
        if not best:
            return None
        entry = min(best, key=lambda e: (self._rank(e), e.key))
        figure = self.company.by_key(entry.key) or self.company.new("person", candidate, entry)
        self._take_entry(figure, candidate)
        return figure

    def _rank(self, entry: Entry) -> int:
        offices = [o.office for o in self.knowledge.offices_of(entry.key, self.day)]
        ranks = [_OFFICE_RANK.get(office, len(_OFFICE_RANK)) for office in offices]
        return min(ranks, default=len(_OFFICE_RANK) + 1)

    def _acronym(self, name: str) -> Figure | None:
        """ "ECU" after "Electoral Commission of Utopia"."""
        letters = name.replace(".", "")
        if not (letters.isupper() and 2 <= len(letters) <= 6):
            return None
        for figure in self.company.figures:
            if figure.kind in {"organization", "group"}:
                for known in figure.names:
                    if "".join(w[0] for w in known.split() if w[:1].isupper()) == letters:
                        return figure
        return None

    # descriptions

    def _description(self, candidate: Candidate, sentence: int) -> Figure | None:
        if "state" in candidate.kinds:
            return self._state(candidate, sentence) if candidate.definite else None
        if "person" in candidate.kinds:
            return self._described_person(candidate, sentence)
        if (body := self._membership(candidate)) is not None:
            return body
        if candidate.weak and candidate.bare:
            return self._taken_up(candidate, sentence) if candidate.definite else None
        return self._described_body(candidate, sentence)

    def _membership(self, candidate: Candidate) -> Figure | None:
        """ "Taliban fighters", "whose members": the body itself, where its members act for it."""
        body = candidate.body
        if body is None or body.actor is None or not candidate.plural:
            return None
        figure = self.company.figures[int(body.actor[1:]) - 1]
        armed = figure.sector in _ARMED and candidate.sector in _ARMED | {None}
        return figure if armed or candidate.weak else None

    def _state(self, candidate: Candidate, sentence: int) -> Figure | None:
        """ "the Latin American country": the nearest state that is one; "the country": the nearest at all."""
        for figure in self.company.recent(sentence, frozenset({"state"})):
            fits = not candidate.regions or figure.country in candidate.regions
            if fits and (not candidate.country or figure.country == candidate.country):
                return figure
        return None

    def _described_person(self, candidate: Candidate, sentence: int) -> Figure | None:
        owner = self._owner(candidate)
        if owner is not None and owner.kind == "person" and candidate.role in (owner.role or "").split():
            return owner  # "Dmitri Peskov's spokesman" in translated copy: the spokesman himself
        if not candidate.definite and candidate.country is None:
            return self.company.new("person", candidate) if candidate.role and not candidate.weak else None
        figure = self._fitting_person(candidate, sentence)
        if figure is not None:
            return figure
        if candidate.country is None and candidate.office and candidate.body is None:
            candidate.country = next(iter(self._countries_nearby(candidate, sentence)), None)
        if (entry := self._holder(candidate, sentence)) is not None:
            figure = self.company.by_key(entry.key) or self.company.new("person", candidate, entry)
            self._take_entry(figure, candidate)
            return figure
        if candidate.weak or candidate.role is None:
            return None
        figure = self.company.new("person", candidate)
        if candidate.former and candidate.sector == "GOV":
            figure.sector = "ELI"
        return figure

    def _owner(self, candidate: Candidate) -> Figure | None:
        possessor = candidate.possessor
        if possessor is None or possessor.actor is None:
            return None
        return self.company.figures[int(possessor.actor[1:]) - 1]

    def _fitting_person(self, candidate: Candidate, sentence: int) -> Figure | None:
        """The nearest person that everything the description says is true of."""
        for figure in self.company.recent(sentence, frozenset({"person"})):
            if candidate.country and figure.country != candidate.country:
                continue
            if candidate.regions and figure.country not in candidate.regions:
                continue
            if candidate.gender and figure.gender and candidate.gender != figure.gender:
                continue
            if candidate.role is None or self._plays(figure, candidate):
                return figure
        return None

    def _plays(self, figure: Figure, candidate: Candidate) -> bool:
        if candidate.former:
            return figure.sector == "ELI"
        if candidate.role in _LEADING:
            return figure.office in _HEADS or figure.role in {candidate.role, "president", "prime minister"}
        if candidate.office and figure.office:
            return candidate.office == figure.office or candidate.role == figure.role
        if candidate.body and figure.entry is None and figure.role is None:
            return False
        said = {*figure.roles, *([figure.role] if figure.role else [])}
        return candidate.role in said or candidate.role in {role.split()[-1] for role in said}

    def _holder(self, candidate: Candidate, sentence: int) -> Entry | None:
        """Who held the office on the report's day: "the Russian president", "the French leader"."""
        if self.day is None or candidate.former:
            return None
        offices = [candidate.office] if candidate.office else []
        if candidate.role in _LEADING:
            offices = list(_HEADS)
        country = candidate.country
        if (
            country is None
            or not offices
            or (candidate.body is not None and candidate.body.kinds != {"state"})
        ):
            return None
        titled: list[Entry] = []
        for office in offices:
            for holder in self.knowledge.holders(office, country, self.day):
                titles = {o.title for o in self.knowledge.offices_of(holder.key, self.day)}
                if candidate.role in titles or candidate.role in _LEADING:
                    titled.append(holder)
        return titled[0] if titled else None

    def _taken_up(self, candidate: Candidate, sentence: int) -> Figure | None:
        kinds = frozenset({"group"} if candidate.plural or "group" in candidate.kinds else candidate.kinds)
        return next(iter(self.company.recent(sentence, kinds)), None)

    def _described_body(self, candidate: Candidate, sentence: int) -> Figure | None:
        """Unnamed groups and bodies: one figure for the same words about the same country."""
        lemma = candidate.head.lemma_.lower()
        if named := self._named_body(candidate, sentence):
            return named
        indefinite = any(c.lower_ in {"a", "an", "another"} for c in candidate.head.children)
        if candidate.country is None and candidate.sector in _NATIONAL and not indefinite:
            candidate.country = next(iter(self._countries_nearby(candidate, sentence)), None)
        for figure in reversed(self.company.figures):
            if figure.last is None or figure.kind not in candidate.kinds:
                continue
            said = figure.role or ""
            same_head = (
                candidate.role in {said, *said.split()[-1:]} or figure.last.head.lemma_.lower() == lemma
            )
            same_country = not candidate.country or not figure.country or candidate.country == figure.country
            if figure.named and not (candidate.definite and candidate.role == figure.role):
                continue
            if same_head and same_country:
                return figure
        return self.company.new(min(candidate.kinds), candidate)

    def _named_body(self, candidate: Candidate, sentence: int) -> Figure | None:
        """ "the group", "the party", "the insurgents" after its name."""
        if not (candidate.definite and candidate.bare):
            return None
        for figure in self.company.recent(sentence, frozenset({"organization", "group"})):
            words = {w for name in figure.names for w in fold(name).split()}
            type_ = figure.entry.type if figure.entry else None
            by_name = candidate.head.lemma_.lower() in words or candidate.role in _TYPE_WORDS.get(
                type_ or "", ()
            )
            by_arms = candidate.plural and figure.sector in _REBELS and candidate.sector in _REBELS
            if figure.named and (by_name or by_arms):
                return figure
        return None

    # pronouns

    def _pronoun(self, candidate: Candidate, sentence: int) -> Figure | None:
        if candidate.role == "1":
            return None  # the speaker's: the statements say who that is
        head = candidate.head
        if head.lower_ in _REFLEXIVE and (subject := self._subject_above(head)):
            return subject
        partners = self._partners(candidate)
        for figure in self.company.recent(sentence, self._pronoun_kinds(candidate)):
            limit = 2 if "person" not in candidate.kinds else 5
            if sentence - figure.sentence > limit:
                continue
            if candidate.gender and figure.gender and candidate.gender != figure.gender:
                continue
            if figure.number in partners and head.lower_ not in _REFLEXIVE and head.dep_ != "poss":
                continue
            return self._mistranslated(candidate, sentence, figure)
        return self._mistranslated(candidate, sentence, None)

    def _subject_above(self, token: Token) -> Figure | None:
        """The figure that is the subject of the verb a reflexive pronoun stands under."""
        for ancestor in token.ancestors:
            if ancestor.pos_ in {"VERB", "AUX"}:
                subjects = [c for c in ancestor.children if c.dep_ in {"nsubj", "nsubjpass"}]
                for figure in self.company.figures:
                    last = figure.last
                    if last and any(last.head == s or last.head in s.children for s in subjects):
                        return figure
        return None

    def _pronoun_kinds(self, candidate: Candidate) -> frozenset[str]:
        if candidate.plural:
            return frozenset({"group", "organization"})
        return candidate.kinds

    def _partners(self, candidate: Candidate) -> set[int]:
        """Figures in the same clause as the pronoun: "he met him" names two."""
        verb = candidate.head.head
        numbers = set()
        for figure in self.company.figures:
            last = figure.last
            if last is not None and last.head.head == verb and last.head.dep_ != candidate.head.dep_:
                numbers.add(figure.number)
        return numbers

    def _mistranslated(self, candidate: Candidate, sentence: int, figure: Figure | None) -> Figure | None:
        """In translated copy "he" may be a state: the subject of the sentence before, if that had no person."""
        if not self.translated or "person" not in candidate.kinds or candidate.head.dep_ != "nsubj":
            return figure
        if figure is not None and figure.sentence >= sentence - 1 and figure.weight > 0:
            return figure
        for state in self.company.recent(sentence, frozenset({"state", "organization"})):
            last = state.last
            if last is not None and last.head.dep_ == "nsubj" and sentence - state.sentence <= 1:
                return state
        return figure


_ANY = frozenset({"person", "state", "organization", "group"})
# Bodies that every country has its own of: without a word to the contrary, that of the country spoken of.
_NATIONAL = {"GOV", "OPP", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "CVL", "PRM", "PTY", "MED", "JRN"}
_REBELS = {"REB", "UAF", "PRM", "IMG"}
_ARMED = {*_REBELS, "MIL", "COP"}
_OFFICE_RANK = {
    "head_of_state": 0,
    "head_of_government": 1,
    "organisation_head": 2,
    "foreign_minister": 3,
    "defence_minister": 4,
    "opposition_leader": 5,
}
_TYPE_WORDS = {
    "armed_group": ("group", "movement", "militia", "organisation", "organization", "rebels", "militants"),
    "party": ("party", "movement"),
    "media": ("agency", "newspaper", "daily", "broadcaster", "channel", "news agency", "paper"),
    "igo": ("organisation", "organization", "bloc", "alliance", "body", "union"),
    "ngo": ("group", "organisation", "organization", "rights group", "charity"),
    "company": ("company", "firm", "group", "giant"),
}
