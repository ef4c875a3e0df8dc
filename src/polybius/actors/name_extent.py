"""Where a name begins and ends: what spaCy took in too much or too little of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Doc, Span

from polybius.actors.candidates import TITLES, Candidate, sector_of_name
from polybius.actors.roles import Roles
from polybius.knowledge import Entry, Knowledge
from polybius.tables import read_table

_AGAINST = {"v", "v.", "vs", "vs."}
POSSESSIVE = {"'s", "’s", "'", "’"}
_LETTERS = frozenset(row["letters"] for row in read_table("polybius.actors", "letters_behind.en.tsv"))
_LONG_NAME = 8  # letters; a shorter name with two letters changed may be another name
PARTICLES = frozenset(row["word"] for row in read_table("polybius.actors", "particles.en.tsv"))


class Extent:
    """Moves the ends of names.

    Args:
        doc: the parsed text.
        knowledge: its places.
        roles: role words.
        at: the names found so far by their tokens; ``places``: the tokens of places.
    """

    def __init__(
        self, doc: Doc, knowledge: Knowledge, roles: Roles, at: Mapping[int, Candidate], places: set[int]
    ) -> None:
        self.doc, self.knowledge, self.roles, self.at, self.places = doc, knowledge, roles, at, places

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Cut what is no part of the name: articles, titles, numerals, "'s" with what is behind it, "of Madrid"."""
        doc = self.doc
        while start < end and (
            doc[start].lower_ in {"the", "a", "an"} or doc[start].text in TITLES or doc[start].like_num
        ):
            start += 1
        start = next(
            (i + 1 for i in range(end - 1, start, -1) if doc[i].text == ":"), start
        )  # "Chad: Nurses"
        for i in range(start + 1, end):
            bracket = doc[i].text in {"(", "["}
            owner = doc[i].text in POSSESSIVE and not doc[min(i + 1, len(doc) - 1)].text[:1].isupper()
            seat = doc[i].lower_ == "of" and i == start + 1 and self._is_seat(i + 1, end)
            cause = doc[i].text in _AGAINST  # "Prosecutor v. Haradinaj", no "Vladimir V. Putin"
            if bracket or owner or seat or cause:
                end = i
                break
        while start < end and (doc[end - 1].text in POSSESSIVE | _LETTERS or doc[end - 1].is_punct):
            end -= 1
        return start, end

    def _is_seat(self, start: int, end: int) -> bool:
        """ "Repsol of Madrid", not "University of Nairobi" or "Ministry of Defence"."""
        alone = end - start == 1 and self.roles.ending_at(self.doc[start - 2]) is None
        return alone and self.knowledge.place(self.doc[start].text) is not None

    def behind_particle(self, end: int) -> int:
        """Where "Josefina dela Cruz" ends, of whom spaCy saw only the first name."""
        last = end
        while last < len(self.doc) and self.doc[last].text in PARTICLES:
            last += 1
        whole = end < last < len(self.doc) and self.doc[last].text.istitle()
        return last + 1 if whole else end

    def goes_on(self, start: int, end: int) -> bool:
        """Whether a further surname stands behind a name, the one that the parser hangs the name on."""
        token = self.doc[end] if end < len(self.doc) else None
        if token is None or token.pos_ != "PROPN" or not token.text.istitle() or end in self.places:
            return False
        hung = self.doc[start:end].root.head.i == end or token.ent_iob_ == "I"
        words = self.doc[start : end + 1].text
        body = self.roles.ending_at(token) is not None or sector_of_name(words) is not None
        return hung and token.ent_type_ in {"", "PERSON"} and not body and token.dep_ != "compound"

    def after_title(self, start: int, end: int) -> int:
        """Where the name begins in "Major Salou Djibo", which spaCy may take for a body."""
        for first in range(end - 1, start, -1):
            found = self.roles.ending_at(self.doc[first - 1])
            if found is not None and found[0].kind == "person" and found[1] <= start:
                last = self.roles.ending_at(self.doc[end - 1])
                body = last is not None and last[0].kind == "organization"  # "National Safety Court"
                named = self.doc[first].pos_ == "PROPN" and self.doc[first].text[0].isupper()
                return first if named and not body else start
        return start

    def after_adjectives(self, start: int, end: int) -> int:
        """Where the name begins in "Venezuelan Hugo Chávez"."""
        while end - start > 2 and start in self.at and self.at[start].adjective:
            start += 1
        return start

    def first_name(self, start: int) -> int:
        """Where a name begins of which spaCy saw the end only: "Ebal" in "Ebal Diaz"."""
        while start and (left := self.doc[start - 1]).dep_ == "compound" and left.pos_ == "PROPN":
            titled = left.text in TITLES or self.roles.ending_at(left) is not None or left.text.isupper()
            if titled or left.ent_type_ or left.i in self.at or left.i in self.places or not left.is_title:
                break
            start -= 1
        return start


def known_by_spelling(words: Span, kind: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Entries for "Petro O. Poroshenko" (initials aside) or "Untied Nations" (two letters changed)."""
    parts = words.text.split()
    plain = [part for part in parts if not re.fullmatch(r"[A-Z]\.?", part)]
    if len(plain) >= 2 and len(plain) < len(parts):
        return tuple(e for e in knowledge.named(" ".join(plain)) if e.kind == kind)
    if kind == "person" or len(parts) < 2 or len(words.text) < _LONG_NAME or not words.text.isascii():
        return ()
    name = words.text
    for i in range(1, len(name) - 2):
        if name[i : i + 2].isalpha() and name[i : i + 2].islower() and name[i] != name[i + 1]:
            swapped = name[:i] + name[i + 1] + name[i] + name[i + 2 :]
            if entries := knowledge.named(swapped):
                return tuple(e for e in entries if e.kind != "person")
    return ()
