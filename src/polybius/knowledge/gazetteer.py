"""Places: cities from GeoNames (`places.tsv`), areas, seas, regions of the world (`areas.tsv`), and countries."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from polybius.knowledge import tables
from polybius.knowledge.entries import Place
from polybius.knowledge.names import pieces, slug

_CITY_COLUMNS = 8


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
    def _cities(self) -> dict[str, list[list[str]]]:
        """Rows by name, kept as cells: of 34,000 cities a report names a few."""
        found: dict[str, list[list[str]]] = defaultdict(list)
        for cells in tables.lines(self._folder / "places.tsv"):
            if len(cells) == _CITY_COLUMNS and cells[0] != "geonameid":
                names = (
                    {_key(name) for name in (cells[1], *tables.values(cells[2]))}
                    if cells[2]
                    else (_key(cells[1]),)
                )
                for name in names:
                    found[name].append(cells)
        return found

    def places(self, name: str) -> tuple[Place, ...]:
        """Countries and areas of that name, then cities by population; none for a name without a capital."""
        if name == name.lower():
            return ()
        key = _key(name)
        cities = sorted(map(_city, self._cities.get(key, ())), key=lambda place: -place.population)
        return (*self._areas.get(key, ()), *cities)

    def place(self, name: str, near: str | None) -> Place | None:
        """The first of them in the country `near`, else the first of all."""
        found = self.places(name)
        return next((place for place in found if near and place.country == near), found[0] if found else None)

    def area_names(self) -> list[str]:
        """Every name and alias of an area."""
        rows = tables.rows(self._folder / "areas.tsv")
        return [name for row in rows for name in (row["name"], *tables.values(row["aliases"]))]


def _file(found: dict[str, list[Place]], row: tables.Row, place: Place) -> None:
    for name in {_key(name) for name in (row["name"], *tables.values(row["aliases"]))}:
        found[name].append(place)


def _middle(row: tables.Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def area_key(row: tables.Row) -> str:
    """`area/crimea-ukr`, `area/black-sea`: an area's key holds its country, for India and Pakistan have a Punjab."""
    return f"area/{slug(' '.join((row['name'], row['country'])))}"


def _city(cells: list[str]) -> Place:
    geonameid, name, _, country, latitude, longitude, population, feature = cells
    key = f"geonames/{geonameid}"
    return Place(key, name, country or None, float(latitude), float(longitude), int(population), feature)


def _key(name: str) -> str:
    if name.isascii() and name.replace(" ", "").isalpha():  # what `pieces` says of most names, in no time
        return name.lower().removeprefix("the ")
    return " ".join(pieces(name)).casefold()
