"""The one door to all knowledge tables: names, offices and places, looked up by day where that matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from polybius.knowledge.entries import Entry, Office, Place


class Knowledge:
    """All knowledge tables, read once. Get it with `Knowledge.load()`; it is never changed afterwards."""

    @classmethod
    def load(cls) -> Knowledge:
        """Read the tables shipped with polybius; the second call gives the same object."""
        raise NotImplementedError

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every entry with that name or alias, accents, "the" and "'s" aside; empty when none."""
        raise NotImplementedError

    def surnames(self, name: str) -> tuple[Entry, ...]:
        """Persons whom the news call by that last name; empty unless it is capitalised."""
        raise NotImplementedError

    def entry(self, key: str) -> Entry | None:
        """The entry with that key (`person/vladimir-putin`), or None."""
        raise NotImplementedError

    def state(self, code: str) -> Entry:
        """The state with that alpha-3 code. Raises KeyError when there is none."""
        raise NotImplementedError

    def country_of_adjective(self, word: str) -> str | None:
        """`Russian` -> `RUS`; None when no country has that adjective."""
        raise NotImplementedError

    def country_of_people(self, word: str) -> str | None:
        """`Russians`, `Briton`, `Poles` -> the country's code; None when unknown."""
        raise NotImplementedError

    def country_of_capital(self, name: str) -> str | None:
        """`Moscow` -> `RUS`: the state a capital may stand for; None when it is no capital."""
        raise NotImplementedError

    def countries_of_region(self, word: str) -> frozenset[str]:
        """`Latin American` -> the codes of all countries that news may call so; empty when unknown."""
        raise NotImplementedError

    def holders(self, office: str, country: str, day: date) -> tuple[Entry, ...]:
        """Who held the office on that day, last to enter first.

        `country` is an alpha-3 code, or an organisation's key (`org/nato`) for `organisation_head`.
        """
        raise NotImplementedError

    def offices_of(self, person_key: str, day: date | None = None) -> tuple[Office, ...]:
        """The person's terms in order of their start: those of that day, or all when no day is given."""
        raise NotImplementedError

    def sector_on(self, person_key: str, day: date) -> str | None:
        """The PLOVER sector of the office held on that day; ELI once the last one is over and was GOV."""
        raise NotImplementedError

    def place(self, name: str, near: str | None = None) -> Place | None:
        """The place most likely meant: in the country `near` (alpha-3) if one is there, else the largest."""
        raise NotImplementedError

    def places(self, name: str) -> tuple[Place, ...]:
        """Every place of that name: areas first, then cities by population."""
        raise NotImplementedError

    def longest_match(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest run of words from `start` that is a known name: (number of words, entries).

        Entries are empty for a run that is known to mean no actor although an actor's name is in it
        (`Northern Ireland`, `Mexico City`): skip it. None when nothing known starts there.
        """
        raise NotImplementedError

    def version(self) -> str:
        """A short hash over all data files, to be kept with what was coded by them."""
        raise NotImplementedError
