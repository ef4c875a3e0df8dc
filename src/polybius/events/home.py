"""Whom a report is about, and so whom help and sanctions reach where it does not say it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from polybius.actors import Cast

_SHARE = 0.3  # of the mentions that have a country: a report that spreads them further is about nobody's state alone
_REACHING = {("AID", None), ("SANCTION", "discontinue")}


class Home:
    """The state whose affairs a report tells: "Japan sent two planes", says one on an earthquake in Nepal."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        countries = Counter(c for m in cast.mentions if (c := cast.actors[m.actor].country))
        country, most = next(iter(countries.most_common(1)), (None, 0))
        about = country is not None and most >= _SHARE * countries.total()
        self.country = country if about else None

    def reached(self, type_: str, mode: str | None, actors: Collection[str]) -> tuple[str, ...]:
        """The state that an act from abroad reaches, where its words name nobody; empty where that is not plain."""
        from_abroad = bool(actors) and all(self.cast.actors[a].country != self.country for a in actors)
        if self.country is None or (type_, mode) not in _REACHING or not from_abroad:
            return ()
        state = self.cast.states.get(self.country)
        return (state,) if state else ()
