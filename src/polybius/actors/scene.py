"""What the resolvers share: the report's day, its figures so far, and who stands at which token."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Token

from polybius.actors.candidates import Candidate
from polybius.actors.people import AT_LARGE, Company, Figure
from polybius.knowledge import Entry, Knowledge
from polybius.knowledge.entries import Office
from polybius.record import Span
from polybius.record.names import fold
from polybius.tables import read_table, values

_STILL_SPOKEN_OF = timedelta(days=60)
ANY = frozenset({"person", "state", "organization", "group"})
BODIES = frozenset({"organization", "group"})
# Bodies that every country has its own of: without a word to the contrary, that of the country spoken of.
NATIONAL = frozenset(
    {
        *("GOV", "OPP", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "PRM", "PTY"),
        *("CVL", "MED", "JRN", "LAB", "EDU", "REL", "AGR", "CRM", "SOC"),
    }
)
_OBJECTS = {"dobj", "dative"}
_CLOSENESS = 1.5  # what an actor of a country in the same sentence weighs, or a place there
_OFFICE_WEIGHT = 3.0  # "the president" is rather that of the country the report is about
_REBELS = {"REB", "UAF"}
SENT = frozenset(row["word"] for row in read_table("polybius.actors", "sent.en.tsv"))
_EMBASSIES = {"embassy", "consulate"}
_AMBASSADORS = {"ambassador", "consul", "consul general", "chargé d'affaires", "charge d'affaires"}
_INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "MNC", "ISM", "IMG"}
_ONE_HOLDS = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister"}
_UNKNOWN_OFFICES = {
    row["word"]: frozenset(values(row["countries"]))
    for row in read_table("polybius.actors", "unknown_offices.en.tsv")
}


@cache
def same_roles() -> dict[str, frozenset[str]]:
    """For each role word the words that the news may use in its stead (``same_roles.en.tsv``)."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table("polybius.actors", "same_roles.en.tsv"):
        words = values(row["words"])
        for word in words:
            found[word].update(words)
    return {word: frozenset(others) for word, others in found.items()}


class Scene:
    """One report while it is resolved.

    Attributes:
        day: its day of publication, None where unknown.
        company: the figures so far.
        places: the countries of the places in each sentence.
        countries: every country the report names or has a place of.
        sentence_of: the number of the sentence of each token.
        quotes: where others speak.
        settle: resolves a candidate ahead of its turn, and gives its figure.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        day: date | None,
        sentence_of: dict[int, int],
        quotes: tuple[Span, ...],
        settle: Callable[[Candidate], Figure | None],
    ) -> None:
        self.knowledge, self.day, self.sentence_of, self.settle = knowledge, day, sentence_of, settle
        self.quotes = quotes
        self.company = Company()
        self.places: dict[int, list[str]] = defaultdict(list)
        self.countries: set[str] = set()
        self.begins: set[int] = set()
        self.at_head: dict[int, Candidate] = {}

    def sentence(self, candidate: Candidate) -> int:
        """The number of the candidate's sentence."""
        return self.sentence_of[candidate.head.i]

    def in_quote(self, token: Token) -> bool:
        """Whether others speak where the token stands."""
        return any(start <= token.idx < end for start, end in self.quotes)

    def figure_of(self, candidate: Candidate | None) -> Figure | None:
        """The figure of another candidate, resolved now if it comes later in the text."""
        return self.settle(candidate) if candidate is not None else None

    def speakers_above(self, token: Token) -> list[Figure]:
        """Who says or thinks the clause that a token stands in: he is not described in it."""
        speakers = []
        while token.head.i != token.i:
            content = token.dep_ == "ccomp"
            token = token.head
            for child in token.children if content else ():
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    heads = [child, *(c for c in child.children if c.dep_ == "appos")]
                    candidate = next((self.at_head[h.i] for h in heads if h.i in self.at_head), None)
                    if candidate is None:
                        continue
                    done = candidate.actor is not None or candidate.form == "name"
                    if done and (figure := self.settle(candidate)) is not None:
                        speakers.append(figure)
        return speakers

    def doers(self, candidate: Candidate) -> list[Figure]:
        """Who does something to the one described: "he told the witness"."""
        head = candidate.head
        while head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
        verb = head.head
        if head.dep_ == "pobj" and verb.lower_ in {"with", "to"}:  # "spoke with the ambassador"
            while verb.dep_ == "conj":
                verb = verb.head
            verb = verb.head
        does = verb.pos_ == "VERB" and (head.dep_ in _OBJECTS or head.dep_ == "pobj")
        subjects = [c for c in verb.children if c.dep_ == "nsubj"] if does else []
        done = (self.at_head.get(c.i) for c in subjects)
        return [f for c in done if c is not None and (f := self.figure_of(c)) is not None]

    def beside(self, candidate: Candidate) -> list[Figure]:
        """Who speaks of it, and what its clause is about besides ("the country dropped Taipei")."""
        verb = candidate.head.head
        tokens = [
            c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"} and c.i != candidate.head.i
        ]
        others = (self.at_head.get(token.i) for token in tokens if verb.pos_ == "VERB")
        figures = [self.figure_of(c) for c in others if c is not None and c.form in {"name", "metonym"}]
        return [*self.speakers_above(candidate.head), *(f for f in figures if f is not None)]

    def body_of(self, candidate: Candidate) -> Figure | None:
        """The organization or group that a candidate is said to belong to."""
        body = self.figure_of(candidate.body)
        if body is None or body.kind not in BODIES:
            body = self.figure_of(candidate.possessor)
        return body if body is not None and body.kind in BODIES else None

    def take_entry(self, figure: Figure, candidate: Candidate) -> None:
        """Let the figure have what the knowledge says of it on the report's day."""
        entry = figure.entry
        if entry is None:
            return
        figure.kind, figure.gender, figure.guessed = entry.kind, entry.gender, False
        self.company.learn(figure, entry.name)
        if figure.titled:
            return
        figure.country = entry.country
        armed = entry.sector if entry.sector in {"REB", "PRM", "IMG"} else None  # and is so after his end
        figure.sector = self.sector(entry) or armed or candidate.sector or figure.sector
        if figure.sector == "ELI" and candidate.office is None and candidate.sector and not candidate.former:
            figure.sector = candidate.sector  # "the state governor, X", whose offices we know in part
        if entry.kind != "person":
            return
        offices = self._offices(entry)
        told = self._told(entry, candidate)
        if told is not None and (self.day is None or told not in offices):
            figure.sector = told.sector or figure.sector
        if office := told or (offices[0] if offices and self.day else next(reversed(offices), None)):
            figure.role, figure.country = office.title, office.country or entry.country
            figure.office, figure.titled = office.office, told is not None
        if candidate.role and " " in candidate.role and not candidate.former and told is None:
            figure.role = candidate.role  # "communication minister"

    def _told(self, entry: Entry, candidate: Candidate) -> Office | None:
        """The office whose title stands beside the name, of that day or, in a report that looks back, of another."""
        if candidate.role is None or candidate.former:
            return None
        role = candidate.role.replace("-", " ")
        titled = [
            office
            for office in self.knowledge.offices_of(entry.key)
            if role == office.title.replace("-", " ")
            or (candidate.office and candidate.office == office.office)
        ]
        held = [office for office in titled if self.day is not None and office.held_on(self.day)]
        return next((office for office in reversed(held or titled)), None)

    def _offices(self, entry: Entry) -> tuple[Office, ...]:
        """The offices of the day, or those lost so lately that the news still go by them."""
        offices = self.knowledge.offices_of(entry.key, self.day)
        if offices or self.day is None:
            return offices
        return self.knowledge.offices_of(entry.key, self.day - _STILL_SPOKEN_OF)

    def sector(self, entry: Entry) -> str | None:
        """The sector on the report's day; who lost his office within two months is still spoken of by it."""
        if self.day is None:
            return entry.sector
        sector = self.knowledge.sector_on(entry.key, self.day)
        if sector == "ELI":
            return self.knowledge.sector_on(entry.key, self.day - _STILL_SPOKEN_OF) or sector
        return sector

    def in_office(self, entry: Entry) -> bool:
        """Whether a person holds an office on the report's day."""
        return self.day is not None and bool(self.knowledge.offices_of(entry.key, self.day))

    def countries_nearby(self, candidate: Candidate) -> list[str]:
        """Countries that the candidate may belong to, the likeliest first.

        Its own words come first; then how often the report speaks of a country, and how near and how
        prominently it last did.
        """
        own = [candidate.country] if candidate.country else []
        sentence = self.sentence(candidate)
        counts = self.company.countries
        total = sum(counts.values()) or 1
        weight = _OFFICE_WEIGHT if candidate.office else 1.0
        share = {country: weight * n / total for country, n in counts.items()}
        near = dict(share)
        for figure in self.company.recent(sentence, ANY, quoted=False):
            distance = self.distance(figure.told[0], sentence)
            country = figure.country
            if country and not figure.guessed and distance <= 2 and figure.sector not in AT_LARGE:
                closeness = (_CLOSENESS + min(max(figure.told[1], -1.0), 2.0) * 0.5) / (1 + distance)
                near[country] = max(near.get(country, 0.0), closeness + share.get(country, 0.0))
        for back in (0, 1, 2):
            distance = self.distance(sentence - back, sentence)
            for country in self.places.get(sentence - back, ()):
                closeness = _CLOSENESS / (1 + distance)
                near[country] = max(near.get(country, 0.0), closeness + share.get(country, 0.0))
        other = self._others(candidate)  # it is hardly of the country of those whom it expels
        ranked = [*own, *sorted(near, key=lambda c: (c in other, -near[c], c))]
        if candidate.form != "name":
            word = (candidate.role or "").split(" ")[-1]
            return [c for c in ranked if c not in _UNKNOWN_OFFICES.get(word, ())] or ranked
        spoken_of = [country for country, _ in self.company.earlier.most_common() if country not in near]
        return [c for c in (*ranked, *spoken_of) if not self._held_by_another(c, candidate)] or ranked

    def _held_by_another(self, country: str, candidate: Candidate) -> bool:
        """ "Foreign Minister X" in Washington: a country whose office another holds, or that has none of the kind."""
        role = candidate.role or ""
        if any(country in _UNKNOWN_OFFICES.get(word, ()) for word in (role, role.split(" ")[-1])):
            return True
        if candidate.office not in _ONE_HOLDS or candidate.former:
            return False
        if self.day is not None and (known := self.knowledge.holders(candidate.office, country, self.day)):
            return not any(_spelt_alike(entry.name, candidate.name) for entry in known)
        told = (f for f in self.company.figures if f.office == candidate.office and f.country == country)
        return any(f.named and not _spelt_alike(f.names[0], candidate.name) for f in told)

    def _others(self, candidate: Candidate) -> set[str]:
        """The countries of the diplomats to whom it does something: a ministry expels no envoys of its own."""
        verb = candidate.head.head
        if candidate.head.dep_ != "nsubj" or verb.pos_ != "VERB":
            return set()
        done_to = [c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubj"} and c.i > verb.i]
        phrases = [c for c in verb.children if c.dep_ in {"prep", "dative", "ccomp"}]
        done_to += [n for c in phrases for n in c.children if n.dep_ in {"pobj", "nsubj"}]
        found = (self.at_head.get(token.i) for token in done_to)
        return {c.country for c in found if c and c.country and (c.role or "").split(" ")[-1] in SENT}

    def _embassy_country(self, candidate: Candidate) -> str | None:
        """ "Ambassador X" where an embassy has just been told of, "the embassy" where an ambassador has."""
        if candidate.role not in _AMBASSADORS | _EMBASSIES:
            return None
        for figure in self.company.recent(self.sentence(candidate), ANY, reach=2):
            words = set(" ".join([figure.label, *figure.names]).lower().split())
            if words & _EMBASSIES or figure.roles & _AMBASSADORS:
                return figure.country
        return None

    def distance(self, before: int, sentence: int) -> int:
        """How many sentences lie between; a new paragraph counts as one more."""
        return sentence - before + any(before < begun <= sentence for begun in self.begins)

    def guess_country(self, candidate: Candidate) -> None:
        """Give a candidate without a country that of its owner or body, else the likeliest one."""
        if candidate.country is not None:
            return
        here = self.places.get(self.sentence(candidate), [])
        if candidate.sector in _REBELS and candidate.head.dep_ in {"dobj", "nsubjpass"} and here:
            candidate.country, candidate.guessed = here[0], True  # militants that another's army kills there
            return
        for other in (candidate.possessor, candidate.body):
            figure = self.figure_of(other)
            if figure is not None:
                candidate.country = figure.country
                candidate.guessed = figure.kind == "person"  # a counsel need not be his client's countryman
                if figure.country or figure.sector in _INTERNATIONAL:
                    return
        candidate.country = self._embassy_country(candidate)
        if candidate.country is None:
            candidate.country = next(iter(self.countries_nearby(candidate)), None)
            candidate.guessed = True


def _spelt_alike(one: str, other: str) -> bool:
    """ "Rajapakse" and "Rajapaksa": any two words of the names begin alike, so that it may be one person."""
    return bool({fold(w)[:3] for w in one.split()} & {fold(w)[:3] for w in other.split()})
