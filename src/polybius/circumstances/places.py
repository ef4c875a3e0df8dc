"""Where: names that are places here and not governments, with country and position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from polybius.knowledge import Knowledge
from polybius.knowledge.entries import Place as Entry
from polybius.parse import Parsed
from polybius.record import Place
from polybius.tables import read_table, values

_LONGEST = 4  # tokens of a place's name
_SMALL = 100_000  # people; a smaller town needs more than its name to be meant
_BODIES = {"PERSON", "ORG", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "FAC"}


@dataclass(frozen=True, slots=True)
class _Name:
    """Tokens that spell a known place, or what spaCy takes for one (no entries)."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@cache
def _words(kind: str) -> frozenset[str]:
    rows = read_table("polybius.circumstances", "places.en.tsv")
    return frozenset(word for row in rows if row["class"] == kind for word in values(row["words"]))


def find_places(parsed: Parsed, knowledge: Knowledge, taken: Iterable[tuple[int, int]] = ()) -> tuple[Place, ...]:
    """The places of a report, in the order of the text.

    Args:
        parsed: the report.
        knowledge: its gazetteer and capitals.
        taken: spans of times, which are no places ("August").
    """
    return tuple(_Finder(parsed, knowledge, tuple(taken)).run())


class _Finder:
    def __init__(self, parsed: Parsed, knowledge: Knowledge, taken: tuple[tuple[int, int], ...]) -> None:
        self.parsed = parsed
        self.doc: Doc = parsed.doc
        self.knowledge = knowledge
        self.taken = taken

    def run(self) -> Iterator[Place]:
        names = list(self._names())
        countries = self._countries(names)
        kept = [name for name in names if self._is_place(name)]
        for number, name in enumerate(kept, 1):
            entry = self._choose(name, countries)
            first, last = self.doc[name.start], self.doc[name.end - 1]
            text = self.doc.text[first.idx : last.idx + len(last)]
            yield Place(
                id=f"p{number}",
                span=(first.idx, last.idx + len(last)),
                name=entry.name if entry else text,
                country=entry.country if entry else self._home(countries),
                latitude=entry.latitude if entry else None,
                longitude=entry.longitude if entry else None,
                known_as=entry.key if entry else None,
            )

    # -- names -----------------------------------------------------------------------------------------

    def _names(self) -> Iterator[_Name]:
        """The longest known names from left to right, and unknown ones that spaCy labels as places."""
        i, doc = 0, self.doc
        unknown = {e.start: e for e in doc.ents if e.label_ in {"GPE", "LOC"}}
        while i < len(doc):
            found = self._known(i)
            if found is None and i in unknown:
                entity = unknown[i]
                start = entity.start + (doc[entity.start].lower_ == "the")
                if start < entity.end and all(t.text[:1].isupper() for t in doc[start : entity.end]):
                    found = _Name(start, entity.end, ())
            if found is None:
                i += 1
                continue
            if not any(s < doc[found.end - 1].idx and doc[found.start].idx < e for s, e in self.taken):
                yield found
            i = found.end

    def _known(self, i: int) -> _Name | None:
        first = self.doc[i]
        if not first.text[:1].isupper() or not first.is_alpha and "-" not in first.text and "." not in first.text:
            return None
        sentence_end = first.sent.end
        for end in range(min(i + _LONGEST, sentence_end), i, -1):
            last = self.doc[end - 1]
            if not last.text[:1].isalnum() or last.text.islower():
                continue
            text = self.doc.text[first.idx : last.idx + len(last)]
            if "\n" in text:
                continue
            if entries := self.knowledge.places(text):
                return _Name(i, end, entries)
        return None

    # -- is it a place here? ---------------------------------------------------------------------------

    def _is_place(self, name: _Name) -> bool:
        first, last = self.doc[name.start], self.doc[name.end - 1]
        head = self.doc[name.start : name.end].root
        if self._in_other_name(name) or not self._looks_like_name(name):
            return False
        locative = self._locative(name, head)
        if not name.entries:
            return locative
        top = name.entries[0]
        text = self.doc.text[first.idx : last.idx + len(last)]
        if top.feature == "country":
            return locative and not self._is_party(head)
        if self.knowledge.country_of_capital(text):
            return (locative and not self._is_party(head)) or self._is_reached(head) or self._in_dateline(first)
        if top.key.startswith("area/"):
            return True
        labelled = first.ent_type_ in {"GPE", "LOC", "FAC"}
        return locative or labelled and (top.population >= _SMALL or self._is_reached(head)) or self._in_dateline(first)

    def _looks_like_name(self, name: _Name) -> bool:
        tokens = self.doc[name.start : name.end]
        return any(token.pos_ == "PROPN" or token.ent_type_ in {"GPE", "LOC", "FAC"} for token in tokens)

    def _in_other_name(self, name: _Name) -> bool:
        """Inside the name of a person or a body, or a part of a longer capitalised name."""
        tokens = list(self.doc[name.start : name.end])
        first, last = tokens[0], tokens[-1]
        label = first.ent_type_
        if label in _BODIES and label != "FAC":
            entity = next(e for e in self.doc.ents if e.start <= first.i < e.end)
            if entity.end - entity.start > len(tokens) + (self.doc[entity.start].lower_ == "the") or label in {"PERSON", "NORP"}:
                return True
        if last.i + 1 < len(self.doc):
            after = last.nbor(1)
            if after.pos_ == "PROPN" and after.dep_ not in {"appos"} and last.dep_ == "compound" and last.head == after:
                return after.lower_ not in _words("after")
        return False

    def _locative(self, name: _Name, head: Token) -> bool:
        first = self.doc[name.start]
        if self._in_dateline(first):
            return True
        before = self._before(first)
        if before is None:
            return False
        if before.lower_ == "of" and before.i:
            return self.doc[before.i - 1].lower_ in _words("kinds") or self.doc[before.i - 1].lemma_ in _words("kinds")
        if before.lower_ in _words("locative"):
            return True
        if before.lower_ in _words("kinds") or (before.text == "," and before.i and self._city_before(before)):
            return True
        if head.dep_ == "conj" and head.head.i < head.i:
            return self._locative_token(head.head)
        return False

    def _locative_token(self, token: Token) -> bool:
        while token.dep_ == "conj":
            token = token.head
        return token.dep_ == "pobj" and token.head.lower_ in _words("locative")

    def _before(self, first: Token) -> Token | None:
        """The word before the name, past articles and words of direction."""
        i = first.i - 1
        while i >= 0 and (
            self.doc[i].lower_ in {"the", "both", "nearby"} or self.doc[i].lower_ in _words("directions") or self.doc[i].text == "-"
        ):
            i -= 1
        return self.doc[i] if i >= first.sent.start else None

    def _city_before(self, comma: Token) -> bool:
        before = comma.nbor(-1)
        return before.pos_ == "PROPN" and before.ent_type_ in {"GPE", "LOC"} and self._locative_token(before)

    def _is_reached(self, head: Token) -> bool:
        verb = head.head
        return head.dep_ == "dobj" and verb.lemma_ in _words("reached") or (
            head.dep_ == "nsubjpass" and verb.lemma_ in _words("reached")
        )

    def _is_party(self, head: Token) -> bool:
        """A capital or country after "to" or "from" without movement is a party: "a message to Moscow"."""
        preposition = head.head
        while head.dep_ == "conj":
            head, preposition = head.head, head.head.head
        if head.dep_ != "pobj" or preposition.lower_ not in {"to", "from", "on", "toward", "towards", "over"}:
            return False
        governor = preposition.head
        if preposition.lower_ in {"on", "over"}:
            return True
        if governor.pos_ == "VERB":
            return governor.lemma_ not in _words("motion")
        return governor.lemma_ in _words("policy")

    def _in_dateline(self, first: Token) -> bool:
        span = self.parsed.report.dateline_place
        return span is not None and span[0] <= first.idx < span[1]

    # -- which one? ------------------------------------------------------------------------------------

    def _countries(self, names: list[_Name]) -> Counter[str]:
        """The countries that the report names, by adjective, people, capital or country name."""
        count: Counter[str] = Counter()
        for name in names:
            if name.entries and name.entries[0].country:
                top = name.entries[0]
                if top.feature in {"country", "PPLC"} or top.key.startswith("area/"):
                    count[top.country or ""] += 2 if top.feature == "country" else 1
        for token in self.doc:
            if token.text[:1].isupper() and token.pos_ in {"ADJ", "PROPN", "NOUN"}:
                code = self.knowledge.country_of_adjective(token.text)
                if code:
                    count[code] += 1
        return count

    def _choose(self, name: _Name, countries: Counter[str]) -> Entry | None:
        """Among homonyms: the country right after the name, else a country the report names, else the first."""
        if not name.entries:
            return None
        if len(name.entries) == 1 or name.entries[0].feature in {"country", "PPLC"}:
            return name.entries[0]
        if following := self._country_after(name):
            return next((entry for entry in name.entries if entry.country == following), name.entries[0])
        top = name.entries[0]
        if top.country in countries or top.key.startswith("area/"):
            return top
        near = [entry for entry in name.entries if entry.country in countries]
        return max(near, key=lambda entry: countries[entry.country or ""], default=top)

    def _country_after(self, name: _Name) -> str | None:
        if name.end + 1 < len(self.doc) and self.doc[name.end].text == ",":
            known = self._known(name.end + 1)
            if known and known.entries[0].feature in {"country", "state", "province"}:
                return known.entries[0].country
        return None

    def _home(self, countries: Counter[str]) -> str | None:
        """The country a report is about, when one is named far more often than the next: for unknown places."""
        ranked = countries.most_common(2)
        if not ranked:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked[0][1] >= 2 * second and ranked[0][1] > 1 else None
