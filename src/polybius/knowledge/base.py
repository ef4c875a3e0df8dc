"""The one door to all knowledge tables: names, offices and places, looked up by day where that matters."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.countries import Countries
from polybius.knowledge.entries import Entry, Office, Place
from polybius.knowledge.gazetteer import Gazetteer
from polybius.knowledge.names import NameIndex
from polybius.knowledge.offices import Offices
from polybius.knowledge.organisations import organisations


class Knowledge:
    """All knowledge tables, read once. Get it with `Knowledge.load()`; it is never changed afterwards.

    Names are compared as `names.py` says. Ambiguous ones: `Georgia`, `Jordan`, `Chad`, `Niger` and `Guinea`
    are the states; that the US state or a person is meant is for the room that knows the words around it
    (`places("Georgia")` holds other readings, and `longest_match` passes over `Michael Jordan`, `Gulf of
    Guinea` and the like, `not_names.tsv`). `Congo` and `Congolese` are COD, `Korea` and `Korean` KOR,
    `Dominican` DOM, `America` USA, `Macedonia` MKD, `Burma` MMR.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ordinary = frozenset(row["word"] for row in tables.rows(folder / "words.tsv"))
        self._countries = Countries(folder, self._ordinary)
        self._offices = Offices(folder)
        self._organisations = organisations(folder)
        self._gazetteer = Gazetteer(folder)
        self._entries = {entry.key: entry for entry in self._countries.entries.values()}
        self._entries |= self._offices.entries
        self._entries |= {key: versions[-1] for key, versions in self._organisations.items()}

    @classmethod
    def load(cls) -> Knowledge:
        """Read the tables shipped with polybius; the second call gives the same object."""
        return _shipped()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry; an organisation with several dated versions is there as the last."""
        return tuple(self._entries.values())

    def entry(self, key: str, day: date | None = None) -> Entry | None:
        """The entry with that key (`person/vladimir-putin`), or None.

        An organisation that changed sector or country has several versions: the one of that day, or the last.
        """
        if day is not None:
            for version in reversed(self._organisations.get(key, [])):
                if (version.since is None or version.since <= day) and (version.until or day) >= day:
                    return version
        return self._entries.get(key)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every entry with that name or alias, accents, "the" and "'s" aside; empty when none."""
        return tuple(self._entries[key] for key in self._names.find(name))

    def surnames(self, name: str) -> tuple[Entry, ...]:
        """Persons whom the news call by that name alone (`naming.tsv`); empty unless it is capitalised."""
        return self._offices.surnames(name)

    def state(self, code: str) -> Entry:
        """The state with that alpha-3 code. Raises KeyError when there is none."""
        return self._countries.entries[code]

    def country_of_adjective(self, word: str) -> str | None:
        """`Russian` -> `RUS`; None when no country has that adjective."""
        return self._countries.adjective(word)

    def country_of_people(self, word: str) -> str | None:
        """`Russians`, `Briton`, `Poles` -> the country's code; None when unknown."""
        return self._countries.people(word)

    def country_of_capital(self, name: str) -> str | None:
        """`Moscow` -> `RUS`: the state a capital may stand for; None when it is no capital."""
        return self._countries.capital(name)

    def countries_of_region(self, word: str) -> frozenset[str]:
        """`Latin American` -> the codes of all countries that news may call so; empty when unknown."""
        return self._countries.region(word)

    def holders(self, office: str, country: str, day: date) -> tuple[Entry, ...]:
        """Who held the office on that day, last to enter first.

        `country` is an alpha-3 code, or an organisation's key (`org/nato`) for `organisation_head`.
        """
        return self._offices.holders(office, country, day)

    def offices_of(self, person_key: str, day: date | None = None) -> tuple[Office, ...]:
        """The person's terms in order of their start: those of that day, or all when no day is given."""
        return self._offices.of(person_key, day)

    def sector_on(self, person_key: str, day: date) -> str | None:
        """The PLOVER sector of the office held on that day; ELI once the last one is over and was GOV.

        GOV goes first when several offices are held. For the key of any other entry, its sector on that day.
        """
        if person_key in self._offices.entries:
            return self._offices.sector_on(person_key, day)
        entry = self.entry(person_key, day)
        return entry.sector if entry else None

    def place(self, name: str, near: str | None = None) -> Place | None:
        """The place most likely meant: one in the country `near` (alpha-3), else the first of `places`."""
        return self._gazetteer.place(name, near)

    def places(self, name: str) -> tuple[Place, ...]:
        """Every place of that name: countries, then areas, then cities by population."""
        return self._gazetteer.places(name)

    def longest_match(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest run of words from `start` that is a known name: (number of words, entries).

        Entries are empty for a run that is known to mean no actor although an actor's name is in it
        (`Northern Ireland`, `Mexico City`): skip it. None when nothing known starts there. A leading "the"
        is no part of a name, so nothing starts at one.
        """
        found = self._names.longest(words, start)
        return None if found is None else (found[0], tuple(self._entries[key] for key in found[1]))

    def version(self) -> str:
        """A short hash over all data files, to be kept with what was coded by them."""
        return self._version

    @cached_property
    def _version(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self._folder.glob("*.tsv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    @cached_property
    def _names(self) -> NameIndex[str]:
        index: NameIndex[str] = NameIndex(self._ordinary)
        for key, entry in self._entries.items():
            for name in (entry.name, *entry.aliases):
                index.add(name, key)
        for key, versions in self._organisations.items():
            for name in (name for version in versions[:-1] for name in (version.name, *version.aliases)):
                index.add(name, key)
        phrases = (row["phrase"] for row in tables.rows(self._folder / "not_names.tsv"))
        for phrase in (*phrases, *self._countries.capital_names(), *self._gazetteer.area_names()):
            if index.holds_part_of(phrase):
                index.block(phrase)
        return index


@cache
def _shipped() -> Knowledge:
    return Knowledge(tables.DATA)
