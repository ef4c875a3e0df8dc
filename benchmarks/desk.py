"""How fast the desk answers: python benchmarks/desk.py [--reports N] [--seconds S] [--store URL] [--json]

Fills a store with made-up reports (``synthesis.py``; with ``--store`` in a place of yours, filled only where it
is empty), serves it with ``polybius serve`` in a process of its own, and reads all kinds of pages with several
readers at once, each asking again as soon as it has its answer, while one writer saves new reports one by one as
``polybius add`` does. Prints per kind of page the median and the 95th percentile in milliseconds, and which address
was slowest. The aim at 50,000 reports: 300 ms and 1 s.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

from sqlalchemy import func, select

from polybius.corroboration.tables import happenings
from polybius.record import Actor, Event, Record
from polybius.store import Store
from polybius.store.schema import reports
from synthesis import World, fill

SERVE = [str(Path(sys.executable).parent / "polybius"), "serve"]
SAMPLED = 150  # records of the store that addresses are drawn from
NEW_WORLD = 2  # the seed of the reports that come in while others read


@dataclass
class Timing:
    """What the readers saw of one kind of page."""

    milliseconds: list[float] = field(default_factory=list)
    slowest: str = ""
    failed: list[str] = field(default_factory=list)

    def add(self, milliseconds: float, address: str, status: int) -> None:
        """Note one answer."""
        if status != 200:
            self.failed.append(f"{status} {address}")
        if milliseconds > max(self.milliseconds, default=0):
            self.slowest = address
        self.milliseconds.append(milliseconds)

    def within(self, share: float) -> float:
        """The time within which this share of the answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Addresses:
    """Addresses of all kinds of pages, drawn from what is in the store: what is often there is asked for often."""

    def __init__(self, store: Store) -> None:
        self.random = random.Random(1)
        with store.read() as connection:
            last: int = connection.execute(select(func.max(reports.c.number))).scalar_one()
            numbers = self.random.sample(range(1, last + 1), min(SAMPLED, last))
            ids = (
                connection.execute(select(reports.c.id).where(reports.c.number.in_(numbers))).scalars().all()
            )
            told = select(happenings.c.id).order_by(happenings.c.id).limit(5000)
            self.happenings = connection.execute(told).scalars().all()
        self.last = last
        self.records: list[Record] = [record for id_ in ids if (record := store.record(id_))]

    def next(self) -> tuple[str, str]:
        """A kind of page, all as often as each other, and an address of that kind."""
        kind = self.random.choice(list(KINDS))
        return kind, KINDS[kind](self)

    def record(self) -> Record:
        """Any of the records."""
        return self.random.choice(self.records)

    def event(self) -> tuple[Record, Event]:
        """Any event that is done to somebody."""
        record = self.record()
        done = [event for event in record.events if event.recipients]
        return record, self.random.choice(done)

    def actor(self) -> Actor:
        """Any of those who take part."""
        return self.random.choice(self.record().actors)

    def pair(self) -> tuple[Actor, Actor]:
        """Who did something to whom."""
        record, event = self.event()
        by_id = {actor.id: actor for actor in record.actors}
        return by_id[event.actors[0]], by_id[event.recipients[0]]

    def filters(self) -> dict[str, str]:
        """One or two things asked of events, as a reader would choose them; sometimes nothing."""
        record, event = self.event()
        actor, recipient = self.pair()
        day = event.date.start if event.date else record.document.published
        choices: list[dict[str, str]] = [
            {"actor": key_of(actor)}, {"recipient": recipient.name}, {"country": actor.country or "FRA"},
            {"type": event.type}, {"quad": str(event.quad)}, {"mode": event.mode or "visit"},
            {"since": f"{day}"[:7] + "-01", "until": f"{day}"[:7] + "-28"}, {"since": f"{day}"},
            {"source": record.document.source or ""}, {"said_by": actor.name}, {"auxiliary": "negation"},
            {"min_confidence": "0.9"}, {"sector": actor.sector or "GOV"},
            {"place": self.random.choice(record.places).name}, {},
        ]  # fmt: skip
        chosen = self.random.sample(choices, self.random.choice((1, 1, 2)))
        return {name: value for part in chosen for name, value in part.items()}

    def word(self) -> str:
        """One or two words of a report."""
        words = [word for word in self.record().document.text.split() if word.isalpha() and len(word) > 3]
        return " ".join(self.random.sample(words, self.random.choice((1, 2))))


def key_of(actor: Actor) -> str:
    """What an actor is found by."""
    return actor.known_as or actor.name


def _to(path: str, **asked: str | int) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def _of_pair(path: str, pair: tuple[Actor, Actor]) -> str:
    return _to(path, a=key_of(pair[0]), b=key_of(pair[1]))


KINDS: dict[str, Callable[[Addresses], str]] = {
    "front": lambda a: "/",
    "reports": lambda a: _to("/reports", before=a.random.randrange(60, a.last)),
    "report": lambda a: f"/reports/{a.record().document.id}",
    "events": lambda a: _to("/events", **a.filters()),
    "events, sorted": lambda a: _to(
        "/events", **a.filters(), order=a.random.choice(("oldest", "confident", "doubtful", "added"))
    ),
    "events, late page": lambda a: _to("/events", **a.filters(), page=a.random.randrange(2, 5000)),
    "events, all, late page": lambda a: _to(
        "/events", page=a.random.randrange(2, a.last // 6), order=a.random.choice(("newest", "confident"))
    ),
    "happenings": lambda a: _to("/happenings", **a.filters()),
    "happenings, page": lambda a: _to("/happenings", page=a.random.randrange(2, 25)),
    "happening": lambda a: f"/happenings/{a.random.choice(a.happenings)}",
    "actors": lambda a: _to("/actors", q=a.actor().name),
    "actor": lambda a: _to("/actor", **{"is": key_of(a.actor())}),
    "dyad": lambda a: _of_pair("/dyad", a.pair()),
    "map": lambda a: _to("/map", **a.filters()),
    "timeline": lambda a: _to("/timeline", **a.filters()),
    "network": lambda a: _to("/network", **a.filters()),
    "review": lambda a: a.random.choice(("/review", "/review?second=true")),
    "review, history": lambda a: "/review/history",
    "search": lambda a: _to("/search", q=a.word()),
    "api summary": lambda a: "/api/summary",
    "api events": lambda a: _to("/api/events", **a.filters()),
    "api statements": lambda a: _to("/api/statements", actor=key_of(a.actor())),
    "api ties": lambda a: _to("/api/ties", actor=key_of(a.actor())),
    "api months": lambda a: _to("/api/months", **a.filters()),
    "api points": lambda a: _to("/api/points", **a.filters()),
    "api links": lambda a: _to("/api/links", **a.filters()),
    "api happenings": lambda a: _to("/api/happenings", **a.filters()),
}
"""Every kind of page, and how an address of it is made."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=5000, help="reports of the store (default 5000)")
    parser.add_argument("--seconds", type=float, default=60, help="how long to read (default 60)")
    parser.add_argument("--readers", type=int, default=8, help="readers at once (default 8)")
    parser.add_argument(
        "--writes", type=float, default=3, help="reports saved a second meanwhile (default 3)"
    )
    parser.add_argument("--rest", type=float, default=0, help="seconds to wait before reading (default 0)")
    parser.add_argument("--store", help="URL of the store to use; filled where it is empty")
    parser.add_argument("--only", help="only the kinds of page that begin with this")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    for kind in [kind for kind in KINDS if not kind.startswith(options.only or "")]:
        del KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        url = options.store or f"sqlite:///{folder}/desk.db"
        with Store.open(url) as store:
            count = filled(store, options.reports)
            with served(url) as (port, process):
                seconds = warm(port)
                print(f"read into memory after {seconds:.0f} s", file=sys.stderr)
                sleep(options.rest)
                before = processor(process)
                timings = read(store, port, options.readers, options.seconds, options.writes)
                spent = processor(process) - before
    show(timings, count, options.seconds, spent, as_json=options.json)


def filled(store: Store, count: int) -> int:
    """Fill an empty store; gives how many reports are there."""
    there = sum(1 for _ in store.report_ids())
    if there:
        return there
    for done in fill(store, World(), count):
        print(f"\r{done:,} reports made up and stored", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return count


@contextmanager
def served(url: str) -> Iterator[tuple[int, int]]:
    """Serve the store in a process of its own; gives the port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    process = subprocess.Popen(
        [*SERVE, "--store", url, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            sleep(0.2)
            try:
                ask(HTTPConnection("127.0.0.1", port, timeout=120), "/")
                break
            except OSError:
                continue
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def processor(process: int) -> float:
    """The processor time that a process has taken, in seconds; 0 where the system does not tell (no ``/proc``)."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(connection: HTTPConnection, address: str) -> int:
    """Read one page whole; gives the status."""
    headers = {"cookie": "desk-reader=Ada", "accept-encoding": "gzip"}
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def warm(port: int) -> float:
    """Wait until the desk has read the store into memory; gives the seconds that took.

    Until then it answers from the store's own queries, of which this one is slow where the store is large.
    """
    connection, before, quick = HTTPConnection("127.0.0.1", port, timeout=300), perf_counter(), 0
    while quick < 3:
        asked = perf_counter()
        ask(connection, "/api/links?since=2004-01-01&min_confidence=0.35")
        quick = quick + 1 if perf_counter() - asked < 1 else 0
        sleep(1)
    return perf_counter() - before


def read(store: Store, port: int, readers: int, seconds: float, writes: float) -> dict[str, Timing]:
    """Let readers read and one writer write; gives what the readers saw."""
    addresses = Addresses(store)
    timings = {kind: Timing() for kind in KINDS}
    lock = threading.Lock()
    end = monotonic() + seconds

    def reader() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        while monotonic() < end:
            with lock:
                kind, address = addresses.next()
            before = perf_counter()
            status = ask(connection, address)
            taken = 1000 * (perf_counter() - before)
            with lock:
                timings[kind].add(taken, address, status)

    def writer() -> None:
        told = World(NEW_WORLD + int(monotonic())).told()
        while writes and monotonic() < end:
            store.save(next(told)[1])
            sleep(1 / writes)

    threads = [threading.Thread(target=work) for work in (*([reader] * readers), writer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {kind: timing for kind, timing in timings.items() if timing.milliseconds}


def show(timings: dict[str, Timing], count: int, seconds: float, spent: float, *, as_json: bool) -> None:
    """Print what was measured."""
    if as_json:
        figures = {kind: [t.within(0.5), t.within(0.95)] for kind, t in timings.items()}
        print(json.dumps({"reports": count, "milliseconds": figures}))
        return
    every = [one for timing in timings.values() for one in timing.milliseconds]
    print(f"{count:,} reports, {len(every):,} pages, {len(every) / seconds:.1f} a second")
    print(f"all pages: median {Timing(every).within(0.5):.0f} ms, 95 % {Timing(every).within(0.95):.0f} ms")
    share, each = spent / seconds, 1000 * spent / max(1, len(every))
    print(f"the desk had {share:.2f} of a processor and took {each:.0f} ms of it a page")
    print(f"{'milliseconds':24} {'pages':>6} {'median':>7} {'95 %':>7}  slowest")
    for kind, timing in timings.items():
        slow = f"{max(timing.milliseconds):.0f} {timing.slowest}"[:100]
        print(
            f"{kind:24} {len(timing.milliseconds):6} {timing.within(0.5):7.0f} {timing.within(0.95):7.0f}  {slow}"
        )
        for failed in timing.failed[:3]:
            print(f"    failed: {failed}")


if __name__ == "__main__":
    main()
