"""Where: names that are places here and not governments, with country and position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from polybius.circumstances.datelines import inner_datelines
from polybius.circumstances.grammar import time_words
from polybius.circumstances.surnames import surnames_of
from polybius.knowledge import Knowledge
from polybius.knowledge.entries import Place as Entry
from polybius.parse import Parsed
from polybius.record import Place
from polybius.tables import read_table, values

_LONGEST = 6  # tokens of a place's name
_SMALL = 100_000  # people; a smaller town needs more than its name to be meant
_OTHERS = {"PERSON", "ORG", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"}  # labels of what is no place


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


def find_places(
    parsed: Parsed, knowledge: Knowledge, taken: Iterable[tuple[int, int]] = ()
) -> tuple[Place, ...]:
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
        self.text = parsed.doc.text  # spaCy would put it together anew at each asking
        self.words = [token.text for token in parsed.doc]
        self.taken = taken
        self.surnames = surnames_of(parsed.doc, knowledge)
        self.sentence = _sentences(parsed.doc)
        self.inner = list(inner_datelines(parsed, knowledge))

    def run(self) -> Iterator[Place]:
        names = list(self._names())
        countries = self._countries(names)
        near = {*countries, *self._well_known(names)}
        found: list[tuple[tuple[int, int], Entry | None, str | None]] = []
        for span, entries in self._dateline():
            found.append((span, *self._dateline_entry(span, entries, countries)))
        heads = [span for span, _, _ in found]
        names = [n for n in names if not any(s <= self.doc[n.start].idx < e for s, e in heads)]
        for name in names:
            if self._is_place(name):
                first, last = self.doc[name.start], self.doc[name.end - 1]
                entry = self._country_after(name) or self._choose(name.entries, countries)
                home = None if name.entries else self._home(countries)
                if entry and not self._may_be_meant(entry, near):
                    entry = None
                found.append(((first.idx, last.idx + len(last)), entry, home))
        found += [(span, None, country) for span, country in self._capitals()]
        for number, (span, entry, home) in enumerate(sorted(found, key=lambda one: one[0]), 1):
            words = self.parsed.report.text[span[0] : span[1]]
            yield Place(
                id=f"p{number}",
                span=span,
                name=entry.name if entry and words.isupper() else words,
                country=entry.country if entry else home,
                latitude=entry.latitude if entry else None,
                longitude=entry.longitude if entry else None,
                known_as=entry.key if entry else None,
            )

    def _dateline(self) -> Iterator[tuple[tuple[int, int], tuple[Entry, ...]]]:
        """The places of the dateline, which the parser does not see, and of those within the report."""
        own = self.parsed.report.dateline_place
        for span in [own, *self.inner] if own else self.inner:
            for piece in re.finditer(r"[^/&]+", self.parsed.report.text[span[0] : span[1]]):
                if words := piece.group().strip():
                    start = span[0] + piece.start() + piece.group().index(words)
                    yield (start, start + len(words)), self.knowledge.places(words)

    def _dateline_entry(
        self, span: tuple[int, int], entries: tuple[Entry, ...], countries: Counter[str]
    ) -> tuple[Entry | None, str | None]:
        """The place of a dateline, and its country where only that is known: "MARIKANA, South Africa"."""
        town, _, region = self.parsed.report.text[span[0] : span[1]].partition(", ")
        lands = {entry.country for entry in self.knowledge.places(region)} if region else set()
        if entries or not lands:
            return self._choose(entries, countries), None
        entry = next((one for one in self.knowledge.places(town) if one.country in lands), None)
        return entry, None if entry else next(iter(sorted(filter(None, lands))), None)

    def _capitals(self) -> Iterator[tuple[tuple[int, int], str]]:
        """ "In the Angolan capital": a place without its name."""
        for token in self.doc:
            if token.lower_ != "capital" or token.i < 2:
                continue
            told = (
                (i, self.knowledge.adjective_at(self.words, i)) for i in range(max(token.i - 3, 1), token.i)
            )
            whole = ((i, found[1]) for i, found in told if found and i + found[0] == token.i)
            start, country = next(whole, (token.i, None))
            before = self._before(self.doc[start])
            named = token.i + 1 < len(self.doc) and token.nbor(1).pos_ in {"PROPN", "NOUN"}
            located = before is not None and before.lower_ in _words("locative")
            if country and located and not named:
                yield (self.doc[start].idx, token.idx + len(token)), country

    # -- names -----------------------------------------------------------------------------------------

    def _names(self) -> Iterator[_Name]:
        """The longest known names from left to right, and unknown ones that are labelled or called places."""
        i, doc = 0, self.doc
        labelled = {self._start(e): e.end for e in doc.ents if e.label_ in {"GPE", "LOC"}}
        while i < len(doc):
            found = self._known(i) or self._unknown(i, labelled.get(i))
            if found is None:
                i += 1
                continue
            end = doc[found.end - 1].idx + 1
            if not any(s < end and doc[found.start].idx < e for s, e in self.taken):
                yield found
            i = found.end

    def _start(self, entity: Span) -> int:
        return entity.start + (self.doc[entity.start].lower_ == "the" and len(entity) > 1)

    def _known(self, i: int) -> _Name | None:
        first = self.doc[i]
        if not first.text[:1].isupper() or first.text.isdigit():
            return None
        if any(first.lower_.rstrip(".") in time_words()[kind] for kind in ("month", "weekday")):
            return None  # March, in a report whose day is unknown, is no town in England
        adjective = self.knowledge.adjective_at(self.words, i)
        if adjective and adjective[0] > 1:  # "Papua New Guinean" tells nothing of Papua
            last = self.doc[i + adjective[0] - 1]
            if not self.knowledge.places(self.text[first.idx : last.idx + len(last)]):
                return None
        for end in range(min(i + _LONGEST, self.sentence[i][1]), i, -1):
            last = self.doc[end - 1]
            if not last.text[:1].isupper():
                continue
            text = self.text[first.idx : last.idx + len(last)]
            if "\n" not in text and (entries := self.knowledge.places(text)):
                return _Name(i, end, entries)
        return None

    def _unknown(self, i: int, end: int | None) -> _Name | None:
        """A name that spaCy labels as a place, or that follows "the town of"."""
        first = self.doc[i]
        if end is None and i > 1 and first.pos_ == "PROPN" and first.text[:1].isupper():
            if not self._is_called_place(first):
                return None
            end = i + 1
            while end < self.sentence[i][1] and self.doc[end].pos_ == "PROPN":
                end += 1
        if end is None or not all(token.text[:1].isupper() for token in self.doc[i:end]):
            return None
        text = self.text[first.idx : self.doc[end - 1].idx + len(self.doc[end - 1])]
        if self.knowledge.country_of_adjective(text) or self.knowledge.named(text) or "\n" in text:
            return None
        return _Name(i, end, ())

    def _is_called_place(self, first: Token) -> bool:
        """After "the town of", or, when spaCy has no other label for it, after "at" and "near" a place's things."""
        before = first.nbor(-1)
        if before.lower_ == "of":
            return self.doc[first.i - 2].lower_ in _words("settlements") and first.ent_type_ != "NORP"
        if before.lower_ == "near":
            return first.ent_type_ in {"", "PERSON"} and first.dep_ == "pobj"
        return before.lower_ == "at" and before.head.lemma_ in _words("sites") and first.dep_ == "pobj"

    # -- is it a place here? ---------------------------------------------------------------------------

    def _is_place(self, name: _Name) -> bool:
        first, head = self.doc[name.start], self.doc[name.start : name.end].root
        if self._in_longer_name(name) or not self._looks_like_name(name):
            return False
        if name.end - name.start == 1 and first.text in self.surnames and not self._surely(first):
            return False
        locative = self._locative(name, head)
        if not name.entries:
            if head.dep_ in {"compound", "amod"}:  # "in the Chavista ranks"
                return False
            whose = head.head if head.dep_ == "appos" else head
            if whose.pos_ == "NOUN" and whose.lower_ not in _words("kinds") | _words("settlements"):
                return False  # "the envoy in Geneva, Ali Hadi, said"
            return locative and (first.ent_type_ != "PERSON" or self._is_called_place(first))
        top = name.entries[0]
        text = self.text[first.idx : self.doc[name.end - 1].idx + len(self.doc[name.end - 1])]
        if text.isupper() and head.dep_ == "compound" and self.knowledge.named(text):
            return False  # "through UN agencies": letters of a body, not the village of that name
        directed = first.i > self.sentence[first.i][0] and first.nbor(-1).lower_ in _words("directions")
        if top.feature == "country":
            return directed or self._is_object_of(head, "entered") or (locative and not self._is_party(head))
        if self.knowledge.country_of_capital(text):
            return self._is_object_of(head, "reached") or (locative and not self._is_party(head))
        evident = locative or directed or self._is_object_of(head, "reached") or self._follows_of(first)
        if first.ent_type_ in _OTHERS:
            return evident and (top.key.startswith("area/") or top.population >= _SMALL or locative)
        if top.key.startswith("area/"):
            return True
        labelled = first.ent_type_ in {"GPE", "LOC", "FAC"}
        return locative or ((labelled or evident) and top.population >= _SMALL)

    def _surely(self, first: Token) -> bool:
        """Whether what is a person's surname besides is a place here: "in Toledo", "fled to Toledo"."""
        before = self._before(first)
        if before is None:
            return False
        owned = first.dep_ == "poss"  # "went to Toledo's house"
        moves = not owned and before.lower_ in {"to", "from"} and before.head.lemma_ in _words("motion")
        return moves or before.lower_ in _words("within")

    def _looks_like_name(self, name: _Name) -> bool:
        tokens = self.doc[name.start : name.end]
        return any(token.pos_ == "PROPN" or token.ent_type_ in {"GPE", "LOC", "FAC"} for token in tokens)

    def _in_longer_name(self, name: _Name) -> bool:
        """Inside the name of a person or a body, or describing a longer capitalised name."""
        first, last = self.doc[name.start], self.doc[name.end - 1]
        if first.ent_type_ in _OTHERS:
            entity = next(e for e in self.doc.ents if e.start <= first.i < e.end)
            longer = [t for t in entity if not name.start <= t.i < name.end and t.text[:1].isupper()]
            allowed = _words("after") | _words("directions") | {"the"}
            if any(t.lower_ not in allowed for t in longer):
                return True
        if name.start and first.ent_type_ == "PERSON" and self.doc[name.start - 1].ent_type_ == "PERSON":
            return True
        if first.i > 1 and first.nbor(-1).lower_ == "of" and self._names_body(first.nbor(-2)):
            return True  # the University of Oxford, the Treaty of Rome
        if last.i + 1 < len(self.doc):
            after = last.nbor(1)
            if after.pos_ == "PROPN" and last.dep_ == "compound" and last.head.pos_ == "PROPN":
                return after.lower_ not in _words("after")
        return False

    def _names_body(self, token: Token) -> bool:
        capitalised = token.text[:1].isupper() and token.i > self.sentence[token.i][0]
        return capitalised and token.pos_ == "PROPN" and token.lower_ not in _words("kinds")

    def _follows_of(self, first: Token) -> bool:
        before = self._before(first)
        return before is not None and before.lower_ == "of"

    def _locative(self, name: _Name, head: Token) -> bool:
        before = self._before(self.doc[name.start])
        if before is None:
            return False
        if before.lower_ == "of" and before.i:
            return self.doc[before.i - 1].lower_ in _words("kinds") or self.doc[
                before.i - 1
            ].lemma_ in _words("kinds")
        if before.lower_ in _words("locative"):
            return True
        if before.lower_ == "for":
            return before.head.lemma_ in _words("bound")
        acts = head.dep_ == "nsubj"  # "In Moscow, Washington announced"
        if before.lower_ in _words("kinds") or (
            before.text == "," and before.i and not acts and self._city_before(before)
        ):
            return True  # "the port city Basra", "Basra, Iraq", "the capital, Baghdad"
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
            self.doc[i].lower_ in {"the", "both", "nearby"}
            or self.doc[i].lower_ in _words("directions")
            or self.doc[i].text == "-"
        ):
            i -= 1
        return self.doc[i] if i >= self.sentence[first.i][0] else None

    def _city_before(self, comma: Token) -> bool:
        before = comma.nbor(-1)
        if before.lower_ in {"capital", *_words("settlements")}:
            return True
        return before.pos_ == "PROPN" and before.ent_type_ in {"GPE", "LOC"} and self._locative_token(before)

    def _is_object_of(self, head: Token, kind: str) -> bool:
        """Whether it is what is reached, left, bombed: the object of such a verb, or its subject in the passive."""
        while head.dep_ == "conj":
            head = head.head
        return head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_ in _words(kind)

    def _is_party(self, head: Token) -> bool:
        """A capital or country after "to" or "from" without movement is a party: "a message to Moscow"."""
        while head.dep_ == "conj":
            head = head.head
        if head.dep_ != "pobj" or head.head.lower_ not in {"to", "from", "on", "toward", "towards", "over"}:
            return False
        preposition, governor = head.head, head.head.head
        if governor.pos_ in {"NOUN", "PROPN"}:
            if preposition.lower_ == "over" and governor.lemma_ in _words("flown"):
                return False
            return preposition.lower_ in {"on", "over"} or governor.lemma_ in _words("policy")
        if preposition.lower_ == "from":
            return governor.lemma_ in _words("origin")
        carried = any(c.dep_ == "dobj" and c.lemma_ in _words("policy") for c in governor.children)
        return carried or governor.lemma_ not in _words("motion")

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
            named = token.text[:1].isupper() and token.pos_ in {"ADJ", "PROPN", "NOUN"}
            if named and (found := self.knowledge.adjective_at(self.words, token.i)):
                count[found[1]] += 1
        return count

    def _choose(self, entries: tuple[Entry, ...], countries: Counter[str]) -> Entry | None:
        """Among homonyms: the first, unless only others lie in a country that the report names."""
        if not entries:
            return None
        top = entries[0]
        if len(entries) == 1 or top.feature in {"country", "PPLC"} or top.key.startswith("area/"):
            return top
        if top.country in countries:
            return top
        near = [entry for entry in entries if entry.country in countries]
        return max(near, key=lambda entry: countries[entry.country or ""], default=top)

    def _well_known(self, names: list[_Name]) -> set[str]:
        """The countries of the larger cities that the report names, and of its dateline."""
        entries = [name.entries for name in names] + [entries for _, entries in self._dateline()]
        return {one[0].country or "" for one in entries if one and one[0].population >= _SMALL}

    def _may_be_meant(self, entry: Entry, near: set[str]) -> bool:
        """Not a village whose country the report never names, where it names others: its own is not known."""
        small = entry.feature == "PPL" and entry.population < _SMALL
        return not small or not near or entry.country in near

    def _country_after(self, name: _Name) -> Entry | None:
        """The homonym in the country or state that follows: "Birmingham, Alabama"."""
        if len(name.entries) < 2 or name.end + 1 >= len(self.doc) or self.doc[name.end].text != ",":
            return None
        known = self._known(name.end + 1)
        if known is None or known.entries[0].feature not in {"country", "state", "province", "region"}:
            return None
        return next((entry for entry in name.entries if entry.country == known.entries[0].country), None)

    def _home(self, countries: Counter[str]) -> str | None:
        """The country of an unknown place: the dateline's, if the report is about it, else the one it is about."""
        dateline = {entries[0].country or "" for _, entries in self._dateline() if entries}
        ranked = [*countries.most_common(2), ("", 0), ("", 0)]
        if len(dateline) == 1 and 2 * countries[home := dateline.pop()] >= ranked[0][1]:
            return home
        return ranked[0][0] if ranked[0][1] >= max(2, 2 * ranked[1][1]) else None


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """First and last token (exclusive) of each token's sentence; ``token.sent`` would read the whole text each time."""
    return [(sentence.start, sentence.end) for sentence in doc.sents for _ in range(len(sentence))]
