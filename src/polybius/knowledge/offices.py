"""Persons and their terms of office, from `leaders-*.tsv`: who held what on a given day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Entry, Office
from polybius.knowledge.names import fold, slug

_NOT_SURNAMES = re.compile(r"(?:Jr|Sr|[IVX]+)\.?")
_ARTICLES = re.compile(r"(?:al|el|as|ar|ad|ul|ez|es)-(?=.)", re.IGNORECASE)


class Offices:
    """Rows with one name are one person; aliases of all rows are joined.

    Entries and terms are made when first asked for: of thousands of persons a report names a few.
    """

    def __init__(self, folder: Path) -> None:
        self._order = {row["country"]: row["order"] for row in tables.rows(folder / "naming.tsv")}
        alone = tables.rows(folder / "alone.tsv")
        self._alone = {fold(row["name"]): f"person/{slug(row['person'])}" for row in alone}
        self._rows: dict[str, list[tables.Row]] = defaultdict(list)
        for row in tables.all_rows(folder, "leaders-*.tsv"):
            if row.get("name"):
                self._rows[f"person/{slug(row['name'])}"].append(row)
        self._terms: dict[str, tuple[Office, ...]] = {}
        self._entries: dict[str, Entry] = {}
        self._called: dict[str, tuple[Entry, ...]] = {}

    def __iter__(self) -> Iterator[str]:
        """The persons' keys."""
        return iter(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def entry(self, key: str) -> Entry:
        """The person with that key. Raises KeyError when there is none."""
        if key not in self._entries:
            if key not in self._rows:
                raise KeyError(key)
            self._entries[key] = _person(key, self._rows[key], self.of(key, None))
        return self._entries[key]

    def names(self) -> Iterator[tuple[str, str]]:
        """Each name and alias with the person's key."""
        for key, rows in self._rows.items():
            for row in rows:
                yield row["name"], key
                yield from ((alias, key) for alias in tables.values(row["aliases"]))
                given_first = row["name"].split()
                if self._order.get(row["country"]) == "turned" and len(given_first) == 2:
                    yield " ".join(reversed(given_first)), key

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], set[str]]:
        """The persons who ever held the office in that country or organisation."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, rows in self._rows.items():
            for row in rows:
                for holder in (row["country"], organisation_key(row.get("organisation", ""))):
                    found[row["office"], holder or ""].add(key)
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """The persons by each word that what they are called alone may end with: the last, or the first, of a name."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, rows in self._rows.items():
            words: set[str] = set()
            for row in rows:
                for name in (row["name"], *tables.values(row["aliases"])):
                    first, *_, last = name.split() * 2
                    words |= {first, last, _ARTICLES.sub("", last)} if "-" in last else {first, last}
            for word in {fold(word) for word in words}:
                found[word].append(key)
        return found

    def surnames(self, name: str) -> tuple[Entry, ...]:
        """Persons called by that name alone; none for a word without a capital."""
        bare = re.sub(r"['’]s?$", "", name.strip())
        if bare == bare.lower():
            return ()
        called = fold(bare)
        if called not in self._called:
            persons = map(self.entry, self._by_word.get(called.rpartition(" ")[2], ()))
            self._called[called] = tuple(p for p in persons if called in map(fold, self._surname_forms(p)))
        return self._called[called]

    def alone(self, name: str) -> Entry | None:
        """The leader of the past whom everybody calls by that word alone (`alone.tsv`)."""
        key = self._alone.get(fold(name)) if name[:1].isupper() else None
        return self.entry(key) if key is not None and key in self._rows else None

    def of(self, person: str, day: date | None) -> tuple[Office, ...]:
        """The person's terms, oldest first: all, or those of that day."""
        if person not in self._terms:
            self._terms[person] = _terms(person, self._rows.get(person, []))
        terms = self._terms[person]
        return terms if day is None else tuple(term for term in terms if term.held_on(day))

    def holders(self, office: str, holder: str, day: date) -> tuple[Entry, ...]:
        """Who held the office in that country or organisation on that day, last to enter first."""
        persons = self._by_office.get((office, holder), set())
        terms = [
            term
            for person in sorted(persons)
            for term in self.of(person, day)
            if term.office == office and holder in (term.country, term.organisation)
        ]
        terms.sort(key=lambda term: term.since or date.min, reverse=True)
        return tuple(dict.fromkeys(self.entry(term.person) for term in terms))

    def sector_on(self, person: str, day: date) -> str | None:
        """The sector on that day: GOV if an office of that day has it, else that of the latest one begun.

        With no office that day: ELI (former officials, PLOVER.md 1.11) if the last before was GOV, else None.
        """
        held = self.of(person, day)
        if held:
            return "GOV" if any(term.sector == "GOV" for term in held) else held[-1].sector
        over = [term for term in self.of(person, None) if term.until is not None and term.until < day]
        if not over:
            return None
        return "ELI" if max(over, key=lambda term: term.until or day).sector == "GOV" else None

    def _surname_forms(self, entry: Entry) -> Iterable[str]:
        """What the person is called alone: `von der Leyen`, `López Obrador`, `el-Sisi` and `Sisi`, `Xi`, `Lula`."""
        order = self._order.get(entry.country or "", "last")
        for name in (entry.name, *entry.aliases):
            words = [word for word in name.split() if not _NOT_SURNAMES.fullmatch(word)]
            if len(words) < len(name.split()):
                continue  # Charles III is not called III
            long = len(words) > 2 or "-" in words[-1]
            if order == "both" or order == "first" or (order == "first_if_long" and long):
                yield words[0]
            if order == "first" or (order == "first_if_long" and long):
                continue
            yield words[-1]
            yield _ARTICLES.sub("", words[-1])
            if len(words) > 2:
                yield " ".join(words[-2:])
                particles = [i for i, word in enumerate(words) if i and word.islower()]
                if particles:
                    yield " ".join(words[particles[0] :])


def _terms(person: str, rows: list[tables.Row]) -> tuple[Office, ...]:
    terms = [
        Office(
            person=person,
            office=row["office"],
            title=row["title"],
            country=row["country"] or None,
            organisation=organisation_key(row.get("organisation", "")),
            sector=row["sector"] or None,
            since=tables.since(row),
            until=tables.until(row),
        )
        for row in rows
    ]
    return tuple(sorted(terms, key=lambda term: (term.since or date.min, term.until or date.max)))


def _person(key: str, rows: list[tables.Row], terms: tuple[Office, ...]) -> Entry:
    last = terms[-1]
    aliases = dict.fromkeys(alias for row in rows for alias in tables.values(row["aliases"]))
    return Entry(
        key=key,
        name=rows[0]["name"],
        aliases=tuple(alias for alias in aliases if alias != rows[0]["name"]),
        kind="person",
        country=last.country or next((term.country for term in terms if term.country), None),
        sector=last.sector,
        type=last.office,
        title=last.title,
        gender=next((row["gender"] for row in rows if row["gender"]), None),
    )


def organisation_key(cell: str) -> str | None:
    """The organisation's entry key, for a cell with or without `org/`."""
    return None if not cell else cell if "/" in cell else f"org/{cell}"
