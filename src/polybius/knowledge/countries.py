"""States and the words for them: names, adjectives, nouns for the people, capitals, regions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Entry
from polybius.knowledge.names import NameIndex, fold

_LONGEST = 3  # words of the longest adjective: "Papua New Guinean"


class Countries:
    """The table `countries.tsv`. A breakaway entity's words give its claimant's code."""

    def __init__(self, folder: Path, ordinary_words: frozenset[str]) -> None:
        self._rows = list(tables.rows(folder / "countries.tsv"))
        self._folder, self._ordinary = folder, ordinary_words
        self.entries = {row["code"]: _entry(row) for row in self._rows}

    @cached_property
    def _before(self) -> dict[str, tuple[Entry, ...]]:
        """By country the states that stood in its place until a day (`predecessors.tsv`)."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for row in tables.rows(self._folder / "predecessors.tsv"):
            found[row["code"]].append(self.entries[row["predecessor"]])
        return {code: tuple(entries) for code, entries in found.items()}

    def on(self, code: str, day: date | None) -> Entry:
        """The state that had the country's capital on a day: the Soviet Union for RUS in 1978."""
        over = (e for e in self._before.get(code, ()) if day is not None and e.until and day <= e.until)
        return next(over, self.entries[code])

    @cached_property
    def _adjectives(self) -> dict[str, str]:
        return self._words("adjectives")

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(map(_first, self._adjectives))

    @cached_property
    def _people(self) -> dict[str, str]:
        return self._words("people")

    @cached_property
    def _capitals(self) -> NameIndex[str]:
        index: NameIndex[str] = NameIndex(self._ordinary)
        for row, name in self._capital_names():
            index.add(name, self._country(row))
        return index

    @cached_property
    def _regions(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows:
            if not row["until"] and not row["claimant"]:
                for region in tables.values(row["regions"]):
                    found[_word(region)].add(row["code"])
        return {region: frozenset(codes) for region, codes in found.items()}

    def adjective(self, word: str) -> str | None:
        """`Russian` -> RUS."""
        return self._adjectives.get(_word(word)) if _capital(word) else None

    def people(self, word: str) -> str | None:
        """`Russians` -> RUS."""
        return self._people.get(_word(word)) if _capital(word) else None

    def longest_adjective(self, words: Sequence[str], start: int) -> tuple[int, str] | None:
        """`South African soldiers` -> (2, ZAF): how many words, and the country."""
        if _first(words[start]) not in self._first_words:
            return None
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            if code := self.adjective(_joined(words[start : start + length])):
                return length, code
        return None

    def longest_people(self, words: Sequence[str], end: int) -> tuple[int, str] | None:
        """`two North Koreans` -> (2, PRK)."""
        for length in range(min(_LONGEST, end), 0, -1):
            if words[end - length][:1].isupper() and (
                code := self.people(_joined(words[end - length : end]))
            ):
                return length, code
        return None

    def capital(self, name: str) -> str | None:
        """`Moscow` -> RUS."""
        return next(iter(self._capitals.find(name)), None) if _capital(name) else None

    def of_capital(self, name: str, day: date | None) -> Entry | None:
        """`Hargeisa` -> Somaliland, though its words give the code of Somalia."""
        code = self.capital(name)
        if code is None:
            return None
        return self._breakaways.get(fold(name)) or self.on(code, day)

    @cached_property
    def _breakaways(self) -> dict[str, Entry]:
        """The entities that have broken away from a claimant, by the names of their capitals."""
        found = ((name, row) for row, name in self._capital_names() if row["claimant"])
        return {fold(name): self.entries[row["code"]] for name, row in found}

    def in_phrase(self, phrase: str) -> bool:
        """Whether a longer phrase has a country's adjective or a capital in it: `Indian Ocean`, `Moscow region`."""
        words = phrase.split()
        return len(words) > 1 and (self._capitals.holds_part_of(phrase) or any(map(self.adjective, words)))

    def region(self, word: str) -> frozenset[str]:
        """`Latin American` -> its states' codes."""
        return self._regions.get(_word(word), frozenset())

    def capital_names(self) -> Iterable[str]:
        """Every capital's name and aliases."""
        return (name for _, name in self._capital_names())

    def capitals_of(self) -> dict[str, str]:
        """The folded names of capitals, each with its country."""
        return {fold(name): self._country(row) for row, name in self._capital_names()}

    def _capital_names(self) -> Iterable[tuple[tables.Row, str]]:
        for row in self._rows:
            for name in (*tables.values(row["capital"]), *tables.values(row["capital_aliases"])):
                yield row, name

    def _words(self, column: str) -> dict[str, str]:
        """Each word with its country; of several countries with one word, the first in the table."""
        found: dict[str, str] = {}
        for row in self._rows:
            for word in tables.values(row[column]):
                found.setdefault(_word(word), self._country(row))
        return found

    @staticmethod
    def _country(row: tables.Row) -> str:
        return row["claimant"] or row["code"]


def _entry(row: tables.Row) -> Entry:
    return Entry(
        key=f"state/{row['code']}",
        name=row["name"],
        aliases=tables.values(row["aliases"]),
        kind="state",
        country=row["claimant"] or row["code"],
        sector="PRE" if row["claimant"] else None,
        type="state",
        since=tables.since(row),
        until=tables.until(row),
    )


def _joined(words: Sequence[str]) -> str:
    """Words as the table spells them: a parser takes `Bissau-Guinean` for three."""
    return " ".join(words).replace(" - ", "-")


def _first(phrase: str) -> str:
    return re.split("[ -]", _word(phrase), maxsplit=1)[0]


def _word(word: str) -> str:
    """A word folded for look-up; short acronyms (US) keep their capitals, hyphens (Sino-) stay."""
    bare = word.replace(".", "").removesuffix("'s").removesuffix("’s")
    return bare if len(bare) <= 3 and bare.isupper() else fold(bare)


def _capital(word: str) -> bool:
    """Whether the word has a capital, as every English name, adjective and noun for a people has."""
    return word != word.lower()
