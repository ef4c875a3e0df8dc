"""The one door to all knowledge tables: names, offices and places, looked up by day where that matters."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.countries import Countries
from polybius.knowledge.entries import Entry, Office, Place
from polybius.knowledge.gazetteer import Gazetteer
from polybius.knowledge.names import NameIndex
from polybius.knowledge.offices import Offices
from polybius.knowledge.organisations import Organisations

_HEADS = {"head_of_state", "head_of_government"}


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
        self._organisations = Organisations(folder)
        self._gazetteer = Gazetteer(folder)

    @classmethod
    def load(cls) -> Knowledge:
        """Read the tables shipped with polybius; the second call gives the same object."""
        return _shipped()

    def entries(self) -> Iterator[Entry]:
        """All entries: states, persons, organisations, seats of power."""
        yield from self._countries.entries.values()
        yield from map(self.entry, chain(self._offices, self._organisations))

    def entry(self, key: str, day: date | None = None) -> Entry:
        """The entry with that key (`person/vladimir-putin`). Raises KeyError when there is none.

        An organisation that changed sector or country has several versions: that of the day, or the last.
        """
        table, _, rest = key.partition("/")
        if table == "state":
            return self._countries.entries[rest]
        return self._offices.entry(key) if table == "person" else self._organisations.entry(key, day)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every entry with that name or alias, accents, "the" and "'s" aside; empty when none."""
        return tuple(map(self.entry, self._names.find(name)))

    def surnames(self, name: str) -> tuple[Entry, ...]:
        """Persons whom the news call by that name alone (`naming.tsv`); empty unless it is capitalised."""
        return self._offices.surnames(name)

    def head_called(self, name: str, day: date) -> Entry | None:
        """The one head of a state or government that day whom the news call by that name alone (`Erdogan`).

        None when there is none, or more, and for ordinary words (`May`).
        """
        called = () if name.lower() in self._ordinary else self.surnames(name)
        heads = [e for e in called if any(o.office in _HEADS for o in self.offices_of(e.key, day))]
        return heads[0] if len(heads) == 1 else None

    def head_of_the_past(self, name: str, day: date, countries: Container[str | None]) -> Entry | None:
        """Who once led a state, one of these, or the world over (`alone.tsv`), and goes by that name alone.

        Of several in these countries the last; None for ordinary words and for who still leads one.
        """
        if name.lower() in self._ordinary:
            return None
        ended: list[tuple[date, Entry]] = []
        for entry in self.surnames(name):
            terms = [o for o in self.offices_of(entry.key) if o.office in _HEADS and o.country in countries]
            ends = [term.until for term in terms if term.until is not None and term.until < day]
            ended += [(max(ends), entry)] if ends and len(ends) == len(terms) else []
        return max(ended, key=lambda e: (e[0], e[1].key))[1] if ended else self._offices.alone(name)

    def state(self, code: str, day: date | None = None) -> Entry:
        """The state with that alpha-3 code, or the one in whose place it came later than the day.

        Raises KeyError when there is none.
        """
        return self._countries.on(code, day)

    def country_of_adjective(self, word: str) -> str | None:
        """`Russian` -> `RUS`, `South African` -> `ZAF`; None when no country has that adjective."""
        return self._countries.adjective(word)

    def country_of_people(self, word: str) -> str | None:
        """`Russians`, `Briton`, `South Koreans` -> the country's code; None when unknown."""
        return self._countries.people(word)

    def adjective_at(self, words: Sequence[str], start: int) -> tuple[int, str] | None:
        """The longest adjective of a country that begins at a word: `South African` -> (2, `ZAF`)."""
        return self._countries.longest_adjective(words, start)

    def people_up_to(self, words: Sequence[str], end: int) -> tuple[int, str] | None:
        """The longest word for a people that ends before `end`: `North Koreans` -> (2, `PRK`)."""
        return self._countries.longest_people(words, end)

    def country_of_capital(self, name: str) -> str | None:
        """`Moscow` -> `RUS`: the state a capital may stand for; None when it is no capital."""
        return self._countries.capital(name)

    def state_of_capital(self, name: str, day: date | None = None) -> Entry | None:
        """The state a capital stands for on a day: `Moscow` the Soviet Union in 1978, `Hargeisa` Somaliland."""
        return self._countries.of_capital(name, day)

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

        GOV goes first when several offices are held. For any other entry: its sector on that day.
        Raises KeyError when there is no such entry.
        """
        if person_key in self._offices:
            return self._offices.sector_on(person_key, day)
        return self.entry(person_key, day).sector

    def place(self, name: str, near: str | None = None) -> Place | None:
        """The place most likely meant: one in the country `near` (alpha-3), else the first of `places`."""
        return self._gazetteer.place(name, near)

    def places(self, name: str) -> tuple[Place, ...]:
        """Every place of that name: countries, then areas, then cities by population."""
        return self._gazetteer.places(name)

    def longest_match(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest run of words from `start` that is a known name: (number of words, entries).

        Entries are empty for a run that is known to mean no actor although a state's name, adjective or capital
        is in it (`Northern Ireland`, `Indian Ocean`, `Washington State`): skip it. None when nothing known
        starts there, and for capitals (`Mexico City`): ask `country_of_capital`. A leading "the" is no part of a
        name, so nothing starts at one.
        """
        found = self._names.longest(words, start)
        if found is None:
            return None
        length, keys = found
        if not keys and self.country_of_capital(" ".join(words[start : start + length])):
            return None
        return length, tuple(map(self.entry, keys))

    def version(self) -> str:
        """A short hash over all data files, to be kept with what was coded by them."""
        return self._version

    def _is_demonym(self, name: str) -> bool:
        """Whether the name, "the" aside, is a word for a country's people: the newspaper The Australian."""
        bare = name.removeprefix("The ").removeprefix("the ")
        if " " in bare:
            return False
        return bool(self.country_of_adjective(bare) or self.country_of_people(bare))

    @cached_property
    def small_letter_names(self) -> frozenset[str]:
        """The names of organisations that the tables spell without a capital: `contras`, `peshmerga`."""
        return frozenset(name for name, _ in self._organisations.names() if name.islower())

    @cached_property
    def _version(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self._folder.glob("*.tsv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    @cached_property
    def _names(self) -> NameIndex[str]:
        index: NameIndex[str] = NameIndex(self._ordinary)
        for state in self._countries.entries.values():
            for name in (state.name, *state.aliases):
                index.add(name, state.key)
        for name, key in chain(self._offices.names(), self._organisations.names()):
            if not self._is_demonym(name):
                index.add(name, key)
        phrases = (row["phrase"] for row in tables.rows(self._folder / "not_names.tsv"))
        for phrase in (*phrases, *self._countries.capital_names(), *self._gazetteer.area_names()):
            if index.holds_part_of(phrase) or self._countries.in_phrase(phrase):
                index.block(phrase)
        return index


@cache
def _shipped() -> Knowledge:
    return Knowledge(tables.DATA)
