"""Finds names: those the knowledge has, and what spaCy takes for a person, a body or a people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from spacy.tokens import Doc, Span, Token

from polybius.actors.candidates import (
    ADHERENTS,
    TITLES,
    Candidate,
    sector_of_name,
    sided,
    single,
    type_words,
)
from polybius.actors.demonyms import adjective_at, is_people, stands_for_people
from polybius.actors.introduced import Again, Introduced
from polybius.actors.name_extent import PARTICLES, POSSESSIVE, Extent, known_by_spelling
from polybius.actors.outlets import outlets
from polybius.actors.places import begins_dateline, is_settlement, tokens_of
from polybius.actors.roles import Roles
from polybius.actors.ships import ships_of
from polybius.circumstances.surnames import surnames_of
from polybius.knowledge import Entry, Knowledge
from polybius.parse import Parsed
from polybius.record import Place
from polybius.record.model import MentionKind
from polybius.tables import read_table

_ENTITY_KINDS = {"PERSON": "person", "ORG": "organization", "NORP": "group", "GPE": "organization"}
_SEVERAL_HAVE = {"state", "country", "nation", "bloc", "region", "leader"}  # "Central African leaders"
_COMPASS = tuple(read_table("polybius.actors", "compass.en.tsv"))
_VEHICLES = frozenset(row["word"] for row in read_table("polybius.actors", "vehicles.en.tsv"))
_ARMED_OR_MEDIA = {*type_words("armed_group"), *type_words("media"), "faction", "gang", "cartel", "clan"} - {
    "agency"
}
_NAMED_AFTER = frozenset(row["word"] for row in read_table("polybius.actors", "named_after.en.tsv"))
_OFFICES = {"minister", "ministers", "ministry"}
_BETWEEN = {"International", "Memorial"}  # "Jomo Kenyatta International Airport"
_AGE = re.compile(r"\d{1,3}")


def find_names(
    parsed: Parsed, knowledge: Knowledge, places: Iterable[Place], roles: Roles
) -> list[Candidate]:
    """All names of a report, in the order of the text.

    Args:
        parsed: the report.
        knowledge: who and what is known.
        places: what is a place here, and so no actor.
        roles: role words, which are no names ("Parliament").
    """
    day = parsed.report.published
    return _Names(parsed.doc, knowledge, tokens_of(parsed.doc, places), roles, day).run()


class _Names:
    def __init__(
        self, doc: Doc, knowledge: Knowledge, places: set[int], roles: Roles, day: date | None
    ) -> None:
        self.doc, self.knowledge, self.roles, self.day = doc, knowledge, roles, day
        self.places = places | ships_of(doc)
        self.surnames = surnames_of(doc, knowledge)
        self.found: list[Candidate] = []
        self.at: dict[int, Candidate] = {}
        self.extent = Extent(doc, knowledge, roles, self.at, self.places)

    def run(self) -> list[Candidate]:
        for candidate in self._known():
            self._add(candidate)
        introduced = Introduced(self.doc, self.roles, self.at, self.places)
        for candidate in (*self._by_compass(), *introduced.lettered()):
            self._add(candidate)
        for entity in self.doc.ents:
            self._entity(entity)
        media = outlets(self.doc, self.knowledge, self.roles, self.at, self.places)
        for unlabelled in (media, introduced.by_role(), introduced.runs()):
            for candidate in unlabelled:
                self._add(candidate)
        again = Again(self.doc, self.knowledge, self.day, self.found, introduced)
        again.persons_for_bodies()
        for candidate in (*again.surnames(), *again.bodies()):
            self._add(candidate)
        self._drop(c for c in self.found if c.unsure and not c.entries and is_settlement(c.head))
        for candidate in self.found:
            self._read_neighbours(candidate)
        return sorted(self.found, key=lambda c: (c.start, -c.end))

    def _add(self, candidate: Candidate) -> None:
        self.found.append(candidate)
        self.at.update(dict.fromkeys(range(candidate.start, candidate.end), candidate))

    def _drop(self, candidates: Iterable[Candidate]) -> None:
        gone = {id(candidate) for candidate in candidates}
        self.found = [c for c in self.found if id(c) not in gone]

    def _read_neighbours(self, candidate: Candidate) -> None:
        """The form of address before a person's name, and the age behind it."""
        if "person" not in candidate.kinds:
            return
        if candidate.start and (before := self.doc[candidate.start - 1].text) in TITLES:
            candidate.gender = TITLES[before] or None
            candidate.unsure = False
        behind = [token.text for token in self.doc[candidate.end : candidate.end + 3]]
        if len(behind) == 3 and behind[0] in {",", "("} and behind[2] in {",", ")", "."}:
            candidate.age = behind[1] if _AGE.fullmatch(behind[1]) else None

    # known names

    def _known(self) -> Iterator[Candidate]:
        words = [token.text for token in self.doc]
        i = 0
        while i < len(words):
            if i in self.places or not words[i][:1].isalnum():
                i += 1
                continue
            match = self.knowledge.longest_match(words, i) or self._in_small_letters(self.doc[i])
            if match is None:
                length, candidate = self._state_without_name(words, i)
                if candidate is not None:
                    yield candidate
                i += length
                continue
            length, entries = match
            if self._meant(i, i + length, entries) and not self._part_of_longer_name(i, i + length, entries):
                start, owner = self._behind_owner(words, i, i + length)
                if owner is not None:
                    yield owner
                candidate = self._known_name(start, i + length, entries)
                length += self._second_surname(candidate)
                yield candidate
            i += length

    def _meant(self, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Whether the words are spelled as a name, and nothing named after it is meant."""
        capital = any(token.text[:1].isupper() for token in self.doc[start:end])
        if not entries or not (capital or self._in_small_letters(self.doc[start])):
            return False
        return any(entry.kind != "person" for entry in entries) or not self._named_after(start, end)

    def _in_small_letters(self, token: Token) -> tuple[int, tuple[Entry, ...]] | None:
        """ "The contras", "the peshmerga": fighters whom the tables spell so."""
        if token.text not in self.knowledge.small_letter_names or token.pos_ not in {"NOUN", "PROPN"}:
            return None
        found = tuple(e for e in self.knowledge.named(token.text) if e.type == "armed_group")
        return (1, found) if found else None

    def _named_after(self, start: int, end: int) -> bool:
        """ "Jomo Kenyatta International Airport": whether what is named after a person is meant, and no actor."""
        behind = end + (self.doc[end : end + 1].text in _BETWEEN)
        after = self.doc[behind : behind + 1].text.lower() in _NAMED_AFTER
        if after:
            self.places.update(range(start, behind + 1))
        return after

    def _second_surname(self, candidate: Candidate) -> int:
        """Take in "Terry" of "Fernando Belaunde Terry": he himself, unless the report has the shorter name besides."""
        start, end = candidate.start, candidate.end
        if candidate.kinds != {"person"} or end - start < 2:
            return 0
        candidate.end = self.extent.behind_particle(end)  # "Sheikha Moza bint Nasser"
        if candidate.end > end:
            return candidate.end - end
        if not self.extent.goes_on(start, end):
            return 0
        another = any(c.name == candidate.name for c in self.found)  # "one of his sons, Joaquín Guzmán López"
        words = self.doc[start : end + 1]
        candidate.end, candidate.head, candidate.name = end + 1, words.root, words.text
        candidate.entries = () if another else candidate.entries
        return 1

    def _behind_owner(self, words: list[str], start: int, end: int) -> tuple[int, Candidate | None]:
        """Where the body's own name begins in "Iran's Revolutionary Guards", and the state that owns it."""
        mark = next((k for k in range(start + 1, end - 1) if words[k] in POSSESSIVE), None)
        states = self.knowledge.named(" ".join(words[start:mark])) if mark is not None else ()
        states = tuple(entry for entry in states if entry.kind == "state")
        if mark is None or not states:
            return start, None
        return mark + 1, self._known_name(start, mark, states)

    def _part_of_longer_name(self, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """ "Ford" in "Gerald Ford", "State House" in "State House Square", "Park Jin" in "Park Jin-ho"."""
        doc = self.doc
        if end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_:
            return not doc[end].whitespace_ and doc[end + 1 : end + 2].text.islower()
        if any(entry.kind in {"state", "person"} for entry in entries) or end - start > 1:
            return False
        token = doc[start]
        if start > 1 and doc[start - 1].lower_ in {"of", "for"}:  # "Minister of Labour"
            office = self.roles.ending_at(doc[start - 2])
            if office is not None and f" {token.lower_}" in office[0].word:
                return True
        if token.i and (left := token.nbor(-1)).ent_type_ == token.ent_type_ and token.ent_iob_ == "I":
            word = left.text[:1].isupper() and left.pos_ == "PROPN" and not left.is_sent_start
            known = left.i in self.at or left.text in TITLES or self.knowledge.country_of_adjective(left.text)
            return word and not known and self.roles.ending_at(left) is None
        return False

    def _known_name(self, start: int, end: int, entries: tuple[Entry, ...]) -> Candidate:
        kinds = frozenset(entry.kind for entry in entries)
        words = self.doc[start:end]
        candidate = Candidate(start, end, words.root, "name", kinds, words.text, entries)
        candidate.country = single([entry.country for entry in entries])
        candidate.sector = single([entry.sector for entry in entries]) if "person" not in kinds else None
        return candidate

    def _state_without_name(self, words: list[str], i: int) -> tuple[int, Candidate | None]:
        """A state by its capital or its adjective that begins here: how many words, and the candidate."""
        adjective = adjective_at(self.knowledge, words, i, self.day)
        whole = adjective is not None and adjective[0] > 1  # "Bissau-Guinean" is no Bissau
        if self.knowledge.countries_of_region(" ".join(words[i : i + 2])):
            of_several = self.doc[i + 2 : i + 3].lemma_ in _SEVERAL_HAVE
            if not whole or of_several:  # "Latin American" is no American
                return 2, None
        if (capital := self._capital(words, i)) and not whole:
            length, state = capital
            if self._only_locates(i, i + length):
                return length, None
            if length == 1 and words[i] in self.surnames:
                return 1, None
            return length, self._state_by(i, i + length, state, "metonym")
        token = self.doc[i]
        if adjective is None or sided(token) or self._given_name(token):
            return 1, None
        length, state = adjective
        if stands_for_people(self.doc[i : i + length], self.knowledge):
            return 1, None
        candidate = self._state_by(i, i + length, state, "name")
        candidate.adjective = True
        return length, candidate

    def _given_name(self, token: Token) -> bool:
        """ "Germán" is a person's name, though without its accent it would be an adjective."""
        return token.ent_type_ == "PERSON" and not token.text.isascii()

    def _only_locates(self, start: int, end: int) -> bool:
        """A dateline within the text ("LIMA - Congress voted"), or "the Washington-based lender"."""
        based = [token.lower_ for token in self.doc[end : end + 2]] == ["-", "based"]
        return based or begins_dateline(self.doc, start, end)

    def _capital(self, words: list[str], start: int) -> tuple[int, Entry] | None:
        """The capital whose name begins here, if it was not read as a place: its government."""
        if not words[start][0].isupper():
            return None
        for length in range(5, 0, -1):  # "Port - au - Prince"
            name = words[start : start + length]
            whole = len(name) == length and name[-1][0].isalnum()
            if whole and (state := self.knowledge.state_of_capital(" ".join(name), self.day)):
                return length, state
        return None

    def _state(self, code: str) -> Entry:
        return self.knowledge.state(code, self.day)

    def _state_by(self, start: int, end: int, state: Entry, form: MentionKind) -> Candidate:
        """A state meant by its adjective or its capital."""
        root = self.doc[start:end].root
        kinds = frozenset({"state"})
        return Candidate(start, end, root, form, kinds, state.name, (state,), country=state.country)

    def _by_compass(self) -> Iterator[Candidate]:
        """ "the North" in a report on Korea."""
        spoken_of = {c.country for c in self.found}
        for token in self.doc[1:]:
            rows = [row for row in _COMPASS if row["word"] == token.text]
            if (
                not rows
                or token.i in self.at
                or token.nbor(-1).lower_ != "the"
                or token.dep_ in {"compound", "amod"}
            ):
                continue
            for row in rows:
                if spoken_of & {row["country"], row["twin"] or None} - {None}:
                    yield self._state_by(token.i, token.i + 1, self._state(row["country"]), "metonym")
                    break

    # spaCy's names

    def _entity(self, entity: Span) -> None:
        kind = _ENTITY_KINDS.get(entity.label_)
        if kind is None or is_people(entity, self.knowledge):
            return
        if entity.label_ == "GPE" and self.knowledge.place(entity.text) is not None:
            return
        start, end = self.extent.trim(entity.start, entity.end)
        if entity.label_ == "PERSON":
            end = self.extent.behind_particle(end)
            end += end - start > 1 and self.extent.goes_on(start, end)
        named = self.extent.after_title(start, end)
        if entity.label_ == "PERSON" and self._named_after(start, end - (end - start > 2)):
            return
        titled = named > start and entity.label_ != "GPE"
        if kind == "organization" and self.doc[end : end + 1].text.lower() in _OFFICES:
            return  # "External Affairs Minister X"
        if titled:
            start, kind = named, "person"
        elif kind == "person":
            start = self.extent.first_name(self.extent.after_adjectives(start, end))
        if (
            start >= end
            or any(i in self.places for i in range(start, end))
            or not self._name_like(start, end)
        ):
            return
        if self._no_proper_name(start, end) if kind != "person" else self._only_role(start, end):
            return
        inside = list({id(self.at[i]): self.at[i] for i in range(start, end) if i in self.at}.values())
        if any(c.start <= start and c.end >= end for c in inside) or self._crossed(kind, inside, start, end):
            return
        self._name(kind, inside, start, end, sure=titled)

    def _crossed(self, kind: str, inside: list[Candidate], start: int, end: int) -> bool:
        """Whether known names in it forbid to take the entity as one name."""
        if any(c.end > end or c.start < start for c in inside):
            return True
        bodies = [c for c in inside if c.entries and c.kinds <= {"organization", "group"}]
        if len(bodies) > 1 and any(t.lower_ in {"and", "&", ","} for t in self.doc[start:end]):
            return True  # "Amnesty International and Human Rights Watch"
        letters = any(c.name.isupper() for c in bodies)  # "OCHA Monrovia"
        return kind == "group" or (kind == "person" and (letters or any(c.end - c.start > 1 for c in inside)))

    def _name(self, kind: str, inside: list[Candidate], start: int, end: int, *, sure: bool) -> None:
        words = self.doc[start:end]
        the = start > 0 and self.doc[start - 1].lower_ == "the"
        if kind == "person" and not sure and (the or end - start > 2) and sector_of_name(words.text):
            kind = "organization"  # "Gulf Prison Watch"
        if kind == "person" and not sure and self._called_a_body(start, end):
            kind = "organization"  # "the Aitarak militia"
        candidate = Candidate(start, end, words.root, "name", frozenset({kind}), words.text)
        candidate.unsure = not sure
        candidate.plural = words.root.tag_ == "NNPS"
        candidate.entries = known_by_spelling(words, kind, self.knowledge)
        if candidate.entries:
            candidate.kinds = frozenset(entry.kind for entry in candidate.entries)
        if kind == "person":
            self._drop(inside)
        else:
            candidate.country = next((c.country for c in inside if c.country and c.kinds == {"state"}), None)
            self._drop(c for c in inside if c.form == "name" and not c.adjective)
        self._add(candidate)

    def _called_a_body(self, start: int, end: int) -> bool:
        """Whether a word for armed bodies or media stands behind what spaCy takes for a person no other word names."""
        behind = self.doc[end] if end < len(self.doc) else None
        if behind is None or behind.lemma_.lower() not in _ARMED_OR_MEDIA:
            return False
        surname = self.doc[end - 1].text
        return not any(e.label_ == "PERSON" and len(e) > 1 and e[-1].text == surname for e in self.doc.ents)

    def _no_proper_name(self, start: int, end: int) -> bool:
        """Whether an entity is only a role word ("Parliament") or a word for a leader's followers."""
        if self.doc[start].text in ADHERENTS and end - start == 1:
            return True
        found = self.roles.ending_at(self.doc[end - 1])
        if found is not None and found[0].kind == "person":  # "Kyrgyz Prosecutor"
            start = max(start, next((i for i in range(start, end) if not self._adjective(i)), end))
        return found is not None and (found[1] <= start or not self.doc[end - 1].text[0].isupper())

    def _adjective(self, i: int) -> bool:
        return self.knowledge.country_of_adjective(self.doc[i].text) is not None

    def _only_role(self, start: int, end: int) -> bool:
        """ "Councilor", "Displaced Hindus": role words that spaCy takes for a person, whom nobody calls so in full."""
        last = self.doc[end - 1]
        if self.roles.ending_at(last) is None or (start and self.doc[start - 1].text in TITLES):
            return False
        if self.roles.is_plural(last):
            return True
        longer = any(e.label_ == "PERSON" and len(e) > 1 and e[-1].text == last.text for e in self.doc.ents)
        return end - start == 1 and not longer

    def _name_like(self, start: int, end: int) -> bool:
        """Whether every word of weight is capitalised, and the whole is no headline in capitals and no vehicle."""
        tokens = self.doc[start:end]
        behind = self.doc[end : end + 1].text if tokens.root.dep_ in {"compound", "amod", "nmod"} else ""
        if {behind.lower(), behind.lower().removesuffix("s"), tokens[-1].text} & _VEHICLES:
            return False  # "Antonov planes", "his Hilux van"
        words = [t for t in tokens if t.is_alpha and len(t) > 3 and t.text not in PARTICLES]
        capitalised = any(t.text[0].isupper() for t in tokens)
        return capitalised and all(t.text[0].isupper() for t in words) and "\n" not in tokens.text
