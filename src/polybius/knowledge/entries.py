"""What the knowledge tables hold, as frozen records: known actors, terms of office, places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """A known actor: a person, a state, an organisation, a seat of power or an armed group.

    `key` is stable and names the table: `state/RUS`, `person/vladimir-putin`, `org/nato`, `seat/kremlin`.
    `kind` is RECORD.md's: person, state, organization or group.
    `country` is an ISO 3166-1 alpha-3 code, or None for international bodies; a breakaway entity has its
    claimant's (PLOVER.md 1.11), a former state its own last code.
    `sector` is a PLOVER sector, None for states. A person's country, sector and title are those of the last
    office in the tables: ask `Knowledge.sector_on` and `offices_of` for those of a given day.
    `type` is the organisation's type (igo, media, armed_group …), "seat", or the person's last office.
    `since` and `until` (both inclusive) say when a state or an organisation existed; None is an open end.
    `parent` is the key of the body it belongs to, as the table has it. `gender` is f, m or None.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    sector: str | None
    type: str | None = None
    title: str | None = None
    since: date | None = None
    until: date | None = None
    parent: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """One term of office. `since` and `until` are inclusive, so that on a day of handover both hold it.

    `person` and `organisation` are entry keys. A date known to the year or month only is widened to the
    whole of it (since 2019 = 2019-01-01, until 2019 = 2019-12-31); None is an open end.
    """

    person: str
    office: str
    title: str
    country: str | None
    organisation: str | None
    sector: str | None
    since: date | None
    until: date | None

    def held_on(self, day: date) -> bool:
        """Whether the term covers that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer: a city (GeoNames), or a country, area, sea or region of the world (hand-written).

    `key` is `geonames/524901`, `area/crimea-ukr` or, for a country as a place, `state/UKR`. `country` is an
    alpha-3 code, None for seas and regions of several countries. `population` is 0 where unknown or meaningless.
    `feature` is a GeoNames feature code for cities (PPLC a capital, PPL any other), a plain word for the rest
    (country, province, sea, strait …).
    """

    key: str
    name: str
    country: str | None
    latitude: float
    longitude: float
    population: int
    feature: str
