"""Finds names that spaCy did not label: by the words beside them, and those the report gives in full elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from spacy.tokens import Doc, Token

from polybius.actors.candidates import TITLE_ROLES, TITLES, Candidate, sector_of_name
from polybius.actors.name_extent import PARTICLES
from polybius.actors.roles import Roles
from polybius.knowledge import Knowledge


class Introduced:
    """Names told for what they are by what stands beside them.

    Args:
        doc: the parsed text.
        roles: role words.
        at: the tokens of names found so far; ``places``: those of places.
    """

    def __init__(self, doc: Doc, roles: Roles, at: Container[int], places: set[int]) -> None:
        self.doc, self.roles, self.at, self.places = doc, roles, at, places

    def by_role(self) -> Iterator[Candidate]:
        """ "HRN" in "radio station HRN": a proper noun right behind a role word, which spaCy gave no label."""
        for token in self.doc:
            free = token.i not in self.at and token.i not in self.places and not token.ent_type_
            named = token.pos_ in {"PROPN", "NOUN"} and token.text[0].isupper() and len(token) > 1
            if named and free and token.i:
                before = token.nbor(-1)
                hung = before.dep_ == "compound" and before.head == token
                beside = token.dep_ == "appos" and token.head == before
                noun = before.text.islower() and before.pos_ in {"NOUN", "PROPN", "ADJ"}
                role = self.roles.ending_at(before) if noun else None
                body = role is not None and role[0].kind == "organization"  # "the consultancy Ecometría"
                title = self.roles.ending_at(token) is not None  # "my fellow President"
                if role is not None and role[0].kind != "group" and (hung or beside or body) and not title:
                    kinds, i = frozenset({role[0].kind}), token.i
                    yield Candidate(i, i + 1, token, "name", kinds, token.text, unsure=True)

    def lettered(self) -> Iterator[Candidate]:
        """ "The National Security Guard (NSG)": capitalised words behind which stand their first letters."""
        for mark in self.doc[2:-2]:
            if mark.text != "(":
                continue
            letters = mark.nbor(1).text
            if not (letters.isalpha() and letters.isupper() and 3 <= len(letters) <= 6):
                continue
            start, initials = mark.i, ""
            while start and len(initials) < len(letters) and _in_body_name(self.doc[start - 1]):
                start -= 1
                initials = (self.doc[start].text[0] if self.doc[start].text[0].isupper() else "") + initials
            if initials == letters and not any(i in self.at for i in range(start, mark.i)):
                words = self.doc[start : mark.i]
                yield Candidate(start, mark.i, words.root, "name", frozenset({"organization"}), words.text)

    def runs(self) -> Iterator[Candidate]:
        """ "Brig. Samuel Too", "said deputy Ayla Saral", "Memorial, a charity,": told for names by the words beside."""
        for token in self.doc:
            if not self.free(token) or (token.i and self.free(token.nbor(-1))):
                continue
            end = token.i + 1
            while end < len(self.doc) and self.free(self.doc[end]):
                end += 1
            kind = self._kind_before(token, end - token.i) or self._kind_behind(self.doc[end - 1])
            if kind is not None:
                words = self.doc[token.i : end]
                candidate = Candidate(token.i, end, words.root, "name", frozenset({kind}), words.text)
                candidate.unsure = kind != "person"
                yield candidate

    def free(self, token: Token, *, people: bool = False) -> bool:
        """A capitalised word of no name, place or role so far; ``people``: nor of what spaCy takes for a people."""
        name = token.pos_ == "PROPN" and token.is_title and len(token) > 1 and token.text not in TITLES
        others = {"GPE", "DATE"} if people else {"GPE", "DATE", "NORP"}
        taken = token.i in self.at or token.i in self.places or token.ent_type_ in others
        return name and not taken and self.roles.ending_at(token) is None

    def _kind_before(self, token: Token, length: int) -> str | None:
        """What a title, or a role word before a first name and surname, says is named."""
        if not token.i:
            return None
        before = token.nbor(-1)
        if (
            before.text == ","
            and token.i > 1
            and self.doc[token.i + length : token.i + length + 1].text == ","
        ):
            before = token.nbor(-2)  # "the agency's representative, X, said"
        called = before.lower_ in {"called", "named"} and token.i > 1  # "a woman called Rose"
        before = before.nbor(-1) if called else before
        role = self.roles.ending_at(before) if length > 1 or called else None
        person = before.text in TITLE_ROLES or (role is not None and role[0].kind == "person")
        return "person" if person and not self.roles.is_plural(before) else None

    def _kind_behind(self, name: Token) -> str | None:
        """What a description behind a comma says is named."""
        for child in name.children:
            role = self.roles.ending_at(child) if child.dep_ == "appos" and child.is_lower else None
            if role is not None and role[0].kind == "organization" and not self.roles.is_plural(child):
                return "organization"
        return None


class Again:
    """Names that the report gives in full elsewhere.

    Args:
        doc: the parsed text.
        knowledge, day: for heads of state and government, whom the news call by one word.
        found: the names so far.
        introduced: tells which words are free.
    """

    def __init__(
        self,
        doc: Doc,
        knowledge: Knowledge,
        day: date | None,
        found: list[Candidate],
        introduced: Introduced,
    ) -> None:
        self.doc, self.knowledge, self.day, self.found = doc, knowledge, day, found
        self.introduced = introduced
        self.countries = {c.country for c in found if c.kinds == {"state"}}
        self.at, self.places = introduced.at, introduced.places

    def persons_for_bodies(self) -> None:
        """What spaCy takes for a body and "who" speaks of, or what the report has as a surname, be it further down."""
        surnames = {
            self.doc[c.end - 1].text for c in self.found if "person" in c.kinds and c.end - c.start > 1
        }
        for candidate in self.found:
            if not candidate.unsure or candidate.entries:
                continue
            heading = candidate.name.isupper() and candidate.name.title() in surnames
            called = candidate.name in surnames or self._head(candidate.name)
            who = _who(candidate)
            if called or heading or who:
                candidate.kinds, candidate.unsure = frozenset({"person"}), not who

    def _head(self, name: str) -> bool:
        """Whether the news of the day call a head of state or government so ("Maduro rejects"), or one of the past."""
        if self.day is None:
            return False
        past = self.knowledge.head_of_the_past(name, self.day, self.countries)  # "Tito broke with Moscow"
        return past is not None or self.knowledge.head_called(name, self.day) is not None

    def bodies(self) -> Iterator[Candidate]:
        """ "The Tigers" after "the Tamil Tigers", "Conaie" after "the Confederation (Conaie)": a short name.

        Short is the last word of the name or of its first part, or a plural in it, where that is no role word; or
        the word behind it in brackets.
        """
        named = [c for c in self.found if c.form == "name" and c.kinds <= {"organization", "group"}]
        last = {word.text: c for c in named for word in self.doc[c.start : c.end] if _alone(word, c)}
        brackets = {self.doc[c.end + 1].text: c for c in named if self._in_brackets(c.end)}
        for token in self.doc[1:]:
            whole = brackets.get(token.text)
            if whole is None and token.text in last and token.nbor(-1).lower_ == "the":
                whole = last[token.text]
            if whole is not None and self.introduced.free(token, people=True):
                short = Candidate(token.i, token.i + 1, token, "name", whole.kinds, token.text, whole.entries)
                short.unsure = not whole.entries
                yield short

    def _in_brackets(self, i: int) -> bool:
        """Whether one capitalised word stands in brackets here."""
        marks = [token.text for token in self.doc[i : i + 3]]
        whole = len(marks) == 3 and marks[0] == "(" and marks[2] == ")"
        return whole and (marks[1].istitle() or (marks[1].isupper() and len(marks[1]) > 1))

    def surnames(self) -> Iterator[Candidate]:
        """Surnames of persons named in full elsewhere, where spaCy did not see a name."""
        people = [c for c in self.found if "person" in c.kinds and c.end - c.start > 1]
        surnames = {self.doc[c.end - 1].text for c in people}
        for token in self.doc:
            if token.i in self.at or token.i in self.places or token.is_lower:
                continue
            before_verb = token.is_sent_start and token.pos_ == "VERB" and token.i + 1 < len(self.doc)
            noun = token.pos_ == "PROPN" or (before_verb and token.nbor(1).tag_ in {"VBZ", "VBD"})
            again = token.text in surnames and token.pos_ in {"PROPN", "NOUN", "ADJ"}
            if again or (noun and self._alone(token) and self._head(token.text)):
                yield Candidate(token.i, token.i + 1, token, "name", frozenset({"person"}), token.text)

    def _alone(self, token: Token) -> bool:
        """Not "Costa" in "Costa Ricans", nor "the Moon"."""
        capital = self.doc[token.i + 1 : token.i + 2].text[:1].isupper()
        inside = token.ent_iob_ == "I" and token.ent_type_ != "PERSON"  # "Lake Nasser"
        before = self.doc[max(token.i - 1, 0)].lower_
        return not (capital or inside or before == "the" or before in PARTICLES)


def _in_body_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in {"of", "for", "and", "the", "to", "in", "on"}


def _alone(word: Token, name: Candidate) -> bool:
    """Whether a word of a longer name may stand for the whole, behind "the"."""
    if name.end - name.start < 2:
        return False
    last = word.i == name.end - 1 or word.nbor(1).lower_ in {"of", "for"}
    return word.text[:1].isupper() and (last or word.tag_ == "NNPS")


def _who(candidate: Candidate) -> bool:
    """Whether a clause with "who" tells of the name, or of what stands beside it ("X, an operator who …")."""
    if " " not in candidate.name or sector_of_name(candidate.name):
        return False
    beside = [candidate.head, *(c for c in candidate.head.children if c.dep_ == "appos")]
    clauses = [c for token in beside for c in token.children if c.dep_ == "relcl"]
    return any(t.lower_ in {"who", "whom"} for clause in clauses for t in clause.children)
