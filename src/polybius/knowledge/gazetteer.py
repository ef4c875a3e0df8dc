"""Places: cities from GeoNames (`places.tsv`), areas, seas, regions of the world (`areas.tsv`), and countries."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Place
from polybius.knowledge.names import pieces, slug

_CITY_HEADER = "\nkey\tname\tcountry\tlatitude\tlongitude\tpopulation\tfeature\tgeonameid\n"


class Gazetteer:
    """Look-up by name. The tables are read at the first question, for most uses of knowledge ask none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _areas(self) -> dict[str, list[Place]]:
        """Countries and areas by name, countries first."""
        found: dict[str, list[Place]] = defaultdict(list)
        for row in tables.rows(self._folder / "countries.tsv"):
            key, country = f"state/{row['code']}", row["claimant"] or row["code"]
            _file(found, row, Place(key, row["name"], country, *_middle(row), 0, "country"))
        for row in tables.rows(self._folder / "areas.tsv"):
            area = Place(area_key(row), row["name"], row["country"] or None, *_middle(row), 0, row["feature"])
            _file(found, row, area)
        return found

    @cached_property
    def _cities(self) -> list[str]:
        """The table's lines as they stand: sorted by key, so that of all 34,000 no index need be built."""
        path = self._folder / "places.tsv"
        if not path.is_file():
            return []
        _, _, rows = path.read_text(encoding="utf-8").partition(_CITY_HEADER)
        return rows.splitlines()

    def _cities_named(self, key: str) -> Iterator[Place]:
        """The cities of that name, largest first."""
        prefix = f"{key}\t"
        for i in range(bisect_left(self._cities, prefix), len(self._cities)):
            if not self._cities[i].startswith(prefix):
                return
            yield _city(self._cities[i].split("\t"))

    def places(self, name: str) -> tuple[Place, ...]:
        """Countries and areas of that name, then cities by population; none for a name without a capital."""
        if name == name.lower():
            return ()
        key = place_key(name)
        return (*self._areas.get(key, ()), *self._cities_named(key))

    def place(self, name: str, near: str | None) -> Place | None:
        """The first of them in the country `near`, else the first of all."""
        found = self.places(name)
        return next((place for place in found if near and place.country == near), found[0] if found else None)

    def area_names(self) -> list[str]:
        """Every name and alias of an area."""
        rows = tables.rows(self._folder / "areas.tsv")
        return [name for row in rows for name in (row["name"], *tables.values(row["aliases"]))]


def _file(found: dict[str, list[Place]], row: tables.Row, place: Place) -> None:
    for name in {place_key(name) for name in (row["name"], *tables.values(row["aliases"]))}:
        found[name].append(place)


def _middle(row: tables.Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def area_key(row: tables.Row) -> str:
    """`area/crimea-ukr`, `area/black-sea`: an area's key holds its country, for India and Pakistan have a Punjab."""
    return f"area/{slug(' '.join((row['name'], row['country'])))}"


def _city(cells: list[str]) -> Place:
    _, name, country, latitude, longitude, population, feature, geonameid = cells
    key = f"geonames/{geonameid}"
    return Place(key, name, country or None, float(latitude), float(longitude), int(population), feature)


def place_key(name: str) -> str:
    """What places are filed and looked up under: `São Tomé` -> `sao tome`."""
    return " ".join(pieces(name)).casefold()
