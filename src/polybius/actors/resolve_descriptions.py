"""Decides who a description stands for: someone there whom it fits, the holder of an office, or a new figure."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from spacy.tokens import Token

from polybius.actors.candidates import Candidate
from polybius.actors.deeds import acts, suffers
from polybius.actors.fallen import fallen, succeeded
from polybius.actors.people import SAYING, Figure
from polybius.actors.posts import holder_of_post
from polybius.actors.resolve_bodies import BodyResolver
from polybius.actors.scene import ANY, BODIES, NATIONAL, Scene, same_roles
from polybius.knowledge import Entry
from polybius.tables import read_table

_HEADS = ("head_of_state", "head_of_government")
_LEADING = {"leader", "strongman", "ruler", "autocrat", "dictator", "incumbent", "statesman"}
_OPPONENTS = frozenset(
    row["word"]
    for row in read_table("polybius.ties", "ties.en.tsv")
    if row["pos"] == "n" and row["kind"] == "opponent" and row["word"] != "critic"
)
_APART = {"MIL", "REL", "COP", "MED", "EDU", "LAB"}  # of two of these nobody is at once
_TO_TAKE_OFFICE = timedelta(days=100)


class DescriptionResolver:
    """Resolves descriptions of states, persons, bodies and groups."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.company, self.knowledge = scene, scene.company, scene.knowledge
        self.bodies = BodyResolver(scene)

    def resolve(self, candidate: Candidate) -> Figure | None:
        """The figure that a description stands for; None where it stands for no actor."""
        if (candidate.role or "") == "officer" and candidate.sector == "COP":
            candidate.sector = self._service(candidate)
        if "state" in candidate.kinds:
            return self._state(candidate) if candidate.definite and not candidate.plural else None
        if "person" in candidate.kinds:
            return self._person(candidate)
        if candidate.role == "side" and candidate.definite and candidate.country and not candidate.plural:
            return self.company.state(self.knowledge.state(candidate.country, self.scene.day))
        if (body := self.bodies.membership(candidate) or self._state_of_people(candidate)) is not None:
            return body
        if candidate.weak and candidate.bare and (candidate.definite or not acts(candidate.head)):
            taken_up = self.bodies.taken_up(candidate) if candidate.definite else None
            several = candidate.plural or candidate.role == "family"
            told_of = several and acts(candidate.head)  # "the families accused it"
            return taken_up or (self.bodies.body(candidate) if told_of else None)
        return self.bodies.body(candidate)

    def _recent(self, candidate: Candidate, kinds: frozenset[str]) -> list[Figure]:
        return self.company.recent(self.scene.sentence(candidate), kinds)

    def _state(self, candidate: Candidate) -> Figure | None:
        """ "the Latin American country": the nearest state that is one; "the country": the nearest at all."""
        owner = self.scene.figure_of(candidate.possessor)
        if candidate.role in {"neighbour", "neighbor"}:
            return self._other_state(owner or self._state_acting(candidate))
        if owner is not None and owner.country and owner.kind == "person" and candidate.role != "state":
            return self.company.state(self.knowledge.state(owner.country, self.scene.day))
        barred = {f.key for f in self.scene.beside(candidate)}
        for figure in self._recent(candidate, frozenset({"state"})):
            if figure.key in barred:
                continue
            fits = not candidate.regions or figure.country in candidate.regions
            if fits and (not candidate.country or figure.country == candidate.country):
                return figure
        return None

    def _state_acting(self, candidate: Candidate) -> Figure | None:
        """Whose state does something to the one described: "the president cut trade with the communist neighbour"."""
        verb = next((a for a in candidate.head.ancestors if a.pos_ == "VERB"), candidate.head)
        subjects = (self.scene.at_head.get(c.i) for c in verb.children if c.dep_ == "nsubj")
        doers = (self.scene.figure_of(c) for c in subjects if c is not None)
        country = next((f.country for f in doers if f is not None and f.country), None)
        return self.company.state(self.knowledge.state(country, self.scene.day)) if country else None

    def _other_state(self, owner: Figure | None) -> Figure | None:
        """ "Its neighbour": of two states that a report is about, the other one."""
        states = [f for f in self.company.figures if f.kind == "state" and f.mentions and f is not owner]
        return max(states, key=lambda f: f.mentions, default=None) if owner is not None else None

    def _state_of_people(self, candidate: Candidate) -> Figure | None:
        """ "The Iranians withdrew their ambassador": their state, where the report has named it."""
        people = candidate.role is None and candidate.definite and candidate.plural
        if not people or candidate.country is None or candidate.end - candidate.start > 1:
            return None
        state = self.company.by_key(self.knowledge.state(candidate.country, self.scene.day).key)
        return state if state is not None and state.mentions else None

    def _service(self, candidate: Candidate) -> str:
        """ "Officers" are the army's where soldiers were told of last, else the police's."""
        forces = (f.sector for f in self._recent(candidate, ANY) if f.sector in {"MIL", "COP"})
        return next(forces, None) or "COP"

    # persons

    def _person(self, candidate: Candidate) -> Figure | None:
        owner = self.scene.figure_of(candidate.possessor)
        if owner is not None and owner.kind == "person" and candidate.role in (owner.role or "").split():
            return owner  # "Dmitri Peskov's spokesman" in translated copy: the spokesman himself
        if owner is not None and (other := self._before_or_after(candidate, owner)) is not None:
            return other
        if owner is None and (lost := fallen(self.scene, candidate)) is not None:
            return lost
        related = owner is not None and owner.kind == "person" and candidate.weak
        if (many := self._same_group(candidate)) is not None:
            return many
        if candidate.sector == "REL" and candidate.head.tag_ in {"NNP", "JJ"} and not candidate.definite:
            return None  # "is mainly Buddhist"
        if (entry := holder_of_post(self.scene, candidate)) is not None:
            candidate.office = candidate.sector = None  # an EU "foreign policy chief" is no state's minister
            return self._known_person(entry, candidate)
        if self._headlined(candidate):
            candidate.definite = True
        if not candidate.definite and (candidate.country is None or not candidate.office):
            told = " " in candidate.name or _told_of(candidate.head)
            known = not candidate.weak or (acts(candidate.head) and told)
            if not (candidate.role and known):
                return None
            if not candidate.former and (body := self.scene.body_of(candidate)) is not None:
                candidate.sector = body.sector or candidate.sector  # "a spokesman for the union"
                candidate.country = candidate.country or body.country
            return self.company.new("person", candidate)
        if candidate.country is None and candidate.office in _HEADS and owner is None:
            candidate.country = self._of_speaker(candidate)
        if not related and (figure := self._fitting(candidate)) is not None:
            return figure
        if owner is not None and owner.kind == "person" and candidate.role in _OPPONENTS:
            return self._opponent(candidate, owner)
        office = candidate.office or (candidate.role or "").endswith("-elect")
        if candidate.country is None and office and candidate.body is None:
            self.scene.guess_country(candidate)
        if (entry := self._holder(candidate)) is not None:
            return self._known_person(entry, candidate)
        kin = related and (acts(candidate.head) or suffers(candidate.head))  # "police arrested his brother"
        if candidate.role is None or (candidate.weak and not kin) or not self._stands_alone(candidate):
            return None
        figure = self.company.new("person", candidate)
        if candidate.former and candidate.sector == "GOV":
            candidate.sector = figure.sector = "ELI"
        elif (body := self.scene.body_of(candidate)) is not None:
            candidate.sector = body.sector or candidate.sector
            candidate.country = candidate.country or body.country
        if candidate.sector in NATIONAL and candidate.definite:
            self.scene.guess_country(candidate)
        return figure

    def _known_person(self, entry: Entry, candidate: Candidate) -> Figure:
        figure = self.company.by_key(entry.key) or self.company.new("person", candidate, entry)
        self.scene.take_entry(figure, candidate)
        return figure

    def _of_speaker(self, candidate: Candidate) -> str | None:
        """ "The ministry said the president had decided": an organ of state speaks of its own country's."""
        if candidate.body is not None or candidate.former:
            return None
        speakers = self.scene.speakers_above(candidate.head)
        organs = [f for f in speakers if f.kind == "organization" and f.sector in {"GOV", "MIL", "LEG"}]
        return organs[0].country if organs else None

    def _headlined(self, candidate: Candidate) -> bool:
        """ "Mali leader cuts visit short": in a headline a country's leader goes without an article."""
        article = any(c.dep_ == "det" for c in candidate.head.children)
        return (
            candidate.country is not None
            and candidate.role == "leader"
            and not article
            and not candidate.former
        )

    def _opponent(self, candidate: Candidate, owner: Figure) -> Figure | None:
        """ "His rival": the other person whom the report last told of by name, a countryman if there is one."""
        people = [f for f in self._recent(candidate, frozenset({"person"})) if f is not owner and f.named]
        barred = self.scene.doers(candidate)
        near = [f for f in people if f not in barred and not self._contradicts(f, candidate)]
        return next((f for f in near if f.country == owner.country), None)

    def _before_or_after(self, candidate: Candidate, owner: Figure) -> Figure | None:
        """ "Her successor": the one other person told of by name who held the office, or who may have."""
        later = candidate.role == "successor"
        if owner.kind != "person" or not (later or candidate.role == "predecessor"):
            return None
        barred = [owner, *self.scene.doers(candidate), *self.scene.speakers_above(candidate.head)]
        people = [f for f in self.company.figures if f.kind == "person" and f.named and f not in barred]
        own = self._began(owner)
        held = {f.number: self._began(f) for f in people}
        known = [
            f for f in people if any(p in own and (own[p] < b) == later for p, b in held[f.number].items())
        ]
        near = [f for f in people if f.country == owner.country and not (own and held[f.number])]
        fitting = known or [f for f in near if f.sector in {owner.sector, "ELI", "GOV"} or f.office]
        return fitting[0] if len(fitting) == 1 else None

    def _began(self, figure: Figure) -> dict[tuple[str, str | None], date]:
        """When a person took each post at the head of a state or body; none for whom the tables do not have."""
        terms = self.knowledge.offices_of(figure.entry.key) if figure.entry is not None else ()
        heads = (t for t in terms if t.since is not None and t.office in {*_HEADS, "organisation_head"})
        return {(t.office, t.country or t.organisation): t.since for t in reversed(list(heads)) if t.since}

    def _same_group(self, candidate: Candidate) -> Figure | None:
        """ "fisherman said" for "fishermen said": a singular without an article, slipped in for the plural."""
        if candidate.office or any(c.dep_ in {"det", "poss", "compound"} for c in candidate.head.children):
            return None
        groups = [f for f in self.company.figures if f.kind == "group" and f.role == candidate.role]
        return groups[-1] if groups else None

    def _stands_alone(self, candidate: Candidate) -> bool:
        """Whether a definite description may bring in a person never named: by office, body or country."""
        return bool(candidate.office or candidate.body or candidate.country or not candidate.fresh)

    def _fitting(self, candidate: Candidate) -> Figure | None:
        """The person whom most of what the description says is true of, and nothing false.

        What is only new ("the 73-year-old lawyer", "the sociologist") fits whoever is most spoken of just then.
        """
        sentence = self.scene.sentence(candidate)
        barred = [*self.scene.speakers_above(candidate.head), self.scene.figure_of(candidate.possessor)]
        barred += self.scene.doers(candidate)
        people = [f for f in self._recent(candidate, frozenset({"person"})) if f not in barred]
        figures = [f for f in people if not self._contradicts(f, candidate)]
        ranked = [(self._support(f, candidate), -i) for i, f in enumerate(figures)]
        if not ranked:
            return self._long_ago(candidate)
        support, place = max(ranked)
        if support >= 2:
            return figures[-place]
        foremost = figures[0]
        new = candidate.fresh or (candidate.bare and candidate.definite)
        if (
            new
            and candidate.office is None
            and sentence - foremost.sentence <= 1
            and not candidate.weak | candidate.plural
            and candidate.role not in self._titles
        ):
            return foremost if self._can_be(foremost, candidate) else None
        generic = candidate.role is None or (candidate.bare and candidate.sector is not None)
        if candidate.weak and generic and sentence - foremost.sentence <= 1:
            return foremost
        return self._long_ago(candidate)

    @cached_property
    def _titles(self) -> set[str]:
        """The words before the last of persons' names, be they further down: "the prince" is Prince Norodom."""
        names = [c.name for c in self.scene.at_head.values() if c.form == "name" and c.kinds == {"person"}]
        return {word.lower() for name in names for word in name.split()[:-1]}

    def _long_ago(self, candidate: Candidate) -> Figure | None:
        """ "the former premier" far below his name."""
        if not candidate.former:
            return None
        held = [f for f in self.company.figures if f.kind == "person" and self._held(f, candidate)]
        fits = [f for f in held if f.last is not None and not self._contradicts(f, candidate)]
        return max(fits, key=lambda f: f.sentence, default=None)

    def _can_be(self, figure: Figure, candidate: Candidate) -> bool:
        """Whether a person may also be what the description newly says."""
        if {candidate.sector, figure.sector} <= _APART and candidate.sector != figure.sector:
            return False  # no colonel is an imam
        if not candidate.fresh and figure.roles and candidate.sector != figure.sector:
            return figure.named and figure.office is None and figure.sector in {None, "OPP", "GOV", "PTY"}
        return figure.named

    def _contradicts(self, figure: Figure, candidate: Candidate) -> bool:
        if (
            candidate.country
            and figure.country
            and figure.country != candidate.country
            and not figure.guessed
        ):
            return True
        if candidate.regions and figure.country not in candidate.regions:
            return True
        if candidate.gender and figure.gender and candidate.gender != figure.gender:
            return True
        if candidate.age and figure.age and candidate.age != figure.age:
            return True
        if self._other_office(figure, candidate) or succeeded(self.scene, figure, candidate):
            return True
        owner = self.scene.figure_of(candidate.possessor)
        if owner is not None and owner.kind == "state" and not figure.named and figure.country is None:
            return True  # "Luanda recalled its ambassador" after "a diplomat said"
        body = self.scene.body_of(candidate)
        return body is not None and figure.body is not None and figure.body is not body

    def _other_office(self, figure: Figure, candidate: Candidate) -> bool:
        """ "the president" is not the prime minister."""
        if not candidate.office or not figure.office or candidate.former or candidate.role in _LEADING:
            return False
        return figure.office != candidate.office and candidate.role not in figure.roles

    def _support(self, figure: Figure, candidate: Candidate) -> float:
        """How much of the description is known of the person: role, office, age, body, country."""
        said = {*figure.roles, *([figure.role] if figure.role else [])}
        said |= {words for name in figure.names for words in _words_before(name)}  # "Prince Norodom"
        support = 0.0
        if candidate.role is None:
            support += 2.0 if candidate.country and candidate.country == figure.country else 0.0
        if candidate.age and candidate.age == figure.age:
            support += 3.0
        body = self.scene.body_of(candidate)
        if candidate.role in _LEADING and not candidate.former and body is None:
            led = figure.office in _HEADS or bool(said & {"president", "prime minister"})
            support += 2.0 if led else 0.0
        if candidate.office and candidate.office == figure.office and not candidate.former:
            support += 2.0
        if candidate.former:
            support += 2.5 if self._held(figure, candidate) else 0.0
        elif candidate.office in _HEADS and figure.sector in {"OPP", "REB"} and not figure.office:
            return support  # "the president" is not the rebels' leader
        elif candidate.role and not (body is not None and body.kind in BODIES and figure.office in _HEADS):
            support += self._same_role(candidate.role, said)
        if body is not None and self._belongs(figure, body):
            support += 2.0
        return support

    def _same_role(self, role: str, said: set[str]) -> float:
        if role in said or role in {words.split()[-1] for words in said}:
            return 3.0
        alike = same_roles().get(role, frozenset())
        return 2.0 if said & alike or {words.split()[-1] for words in said} & alike else 0.0

    def _held(self, figure: Figure, candidate: Candidate) -> bool:
        """Whether the person held the office before: "the former premier"."""
        if figure.entry is None:
            return figure.sector == "ELI"
        day = self.scene.day
        if day and any(
            o.office == candidate.office for o in self.knowledge.offices_of(figure.entry.key, day)
        ):
            return False
        for office in self.knowledge.offices_of(figure.entry.key):
            title = office.title.replace("-", " ").lower()
            if office.office == candidate.office or (candidate.role or "").replace("-", " ") in title:
                return True
        return False

    def _belongs(self, figure: Figure, body: Figure) -> bool:
        if figure.body is body:
            return True
        if figure.entry is None or body.entry is None:
            return False
        return any(o.organisation == body.entry.key for o in self.knowledge.offices_of(figure.entry.key))

    def _holder(self, candidate: Candidate) -> Entry | None:
        """Who held the office on the report's day: "the Russian president", "the French leader"."""
        day, country = self.scene.day, candidate.country
        if day is not None and country is not None and (candidate.role or "").endswith("-elect"):
            return self._chosen(day, country)
        offices = (
            list(_HEADS) if candidate.role in _LEADING else [candidate.office] if candidate.office else []
        )
        if day is None or candidate.former or country is None or not offices:
            return None
        if candidate.body is not None and candidate.body.kinds != {"state"}:
            return None
        for office in offices:
            for holder in self.knowledge.holders(office, country, day):
                titles = {o.title for o in self.knowledge.offices_of(holder.key, day)}
                if candidate.role in titles or candidate.role in _LEADING:
                    return holder
        return None

    def _chosen(self, day: date, country: str) -> Entry | None:
        """ "The president-elect": who takes the office within months."""
        for office in _HEADS:
            now = self.knowledge.holders(office, country, day)
            soon = self.knowledge.holders(office, country, day + _TO_TAKE_OFFICE)
            if coming := [entry for entry in soon if entry not in now]:
                return coming[0]
        return None


def _words_before(name: str) -> set[str]:
    """The words before the last of a name, and the first two as one: "crown prince"."""
    words = name.lower().split()[:-1]
    return {*words, *([" ".join(words[:2])] if words else [])}


def _told_of(head: Token) -> bool:
    """ "A source close to the talks said": whether words behind the noun of a speaker say who he is."""
    says = head.dep_ == "nsubj" and head.head.lemma_ in SAYING
    return says and any(c.i > head.i and c.dep_ in {"amod", "prep", "acl", "relcl"} for c in head.children)
