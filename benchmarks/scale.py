"""What a report costs as the store grows: python benchmarks/scale.py [--sizes 1000 10000 50000] [--url URL] [--json]

For each size a store is filled with made-up reports (``synthesis.py``), seven a day, so that a larger store reaches
over more days; then, by the clock:

* ``save``: ms a report to save 300 more, of the last days, with all their records and the words for the search
* ``group``: ms a report to group those 300 into happenings
* ``query``: ms for a page of an actor's events, of a country's, for a search, for the summary, for the happenings
* ``store``: KB on disk a report, and the peak memory of the process

Coding itself is not measured here (``coding.py``): it does not know how large the store is. Nothing is held to a
threshold.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import synthesis
from polybius.corroboration.stored import StoredHappenings
from polybius.store import Filter, Store
from synthesis import World, fill

MORE = 300  # reports saved and grouped at each size
ROUNDS = 7  # of each query
A_DAY = 7  # reports


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 50000])
    parser.add_argument("--url", help="an empty PostgreSQL database, with {size} in its name (default: SQLite)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a size")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = (options.url or f"sqlite:///{folder}/scale.db").replace("{size}", str(size))
            figures = measured(url, size, Path(folder))
        if options.json:
            print(json.dumps(figures), flush=True)
        else:
            print(f"\n{size:,} reports", *(f"  {n:32} {f:>10,.2f}" for n, f in figures.items()), sep="\n", flush=True)


def measured(url: str, size: int, folder: Path) -> dict[str, float]:
    """All figures of a store of this size."""
    synthesis.FIRST_DAY, synthesis.DAYS = date(2004, 1, 1), size // A_DAY
    with Store.open(url) as store:
        began = perf_counter()
        for _ in fill(store, World(), size):
            pass
        figures = {"fill, ms a report": 1000 * (perf_counter() - began) / size}
        synthesis.FIRST_DAY += timedelta(days=synthesis.DAYS - MORE // A_DAY)
        synthesis.DAYS = MORE // A_DAY
        more = [record for _, record in islice(World(seed=2).told(), MORE)]
        figures["save, ms a report"] = _seconds(lambda: store.save_many(more)) * 1000 / MORE
        figures["group, ms a report"] = _seconds(StoredHappenings(store).update) * 1000 / MORE
        for name, ask in _queries(store):
            figures[f"{name}, ms"] = 1000 * median(_seconds(ask) for _ in range(ROUNDS))
    if files := list(folder.glob("scale.db*")):
        figures["store, KB a report"] = sum(f.stat().st_size for f in files) / 1024 / (size + MORE)
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _queries(store: Store) -> Iterator[tuple[str, Callable[[], Any]]]:
    happenings = StoredHappenings(store)
    yield "events of an actor", lambda: list(islice(store.events(Filter(actor="France")), 100))
    yield "events in a country", lambda: list(islice(store.events(Filter(country="FRA")), 100))
    yield "search for words", lambda: list(islice(store.search("president minister"), 50))
    yield "summary", lambda: store.summary(Filter())
    yield "happenings in a country", lambda: list(happenings.find(Filter(country="FRA"), limit=25))


def _seconds(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
