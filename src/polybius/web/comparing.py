"""Compares reports that came in with those before them, so that happenings are found; never at a reader's cost.

A few reports are compared in a thread. Many, or few in a store where each takes long, are compared by a process of
its own that gives way to others: python -m polybius.web.comparing, which reads the store's URL from its input.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from threading import Lock, Thread
from time import perf_counter

from sqlalchemy import func, or_, select

from polybius.corroboration.stored import StoredHappenings
from polybius.corroboration.tables import profiles
from polybius.store import Store
from polybius.store.schema import codings, reports

FEW = 5  # reports compared in a thread
LONG = 0.1  # seconds a report from which on a thread would hold up the pages
FIRST_TIME, LATER = 2.0, 0.2  # seconds a reader waits for reports to be compared
LATE = 500  # codings looked at again: on PostgreSQL one may be committed after a later one
GIVE_WAY = 10  # how much a process steps back behind others


class Comparing:
    """Compares the reports of one store when somebody looks at its happenings."""

    def __init__(self) -> None:
        self._running = Lock()
        self._a_report = 0.0  # seconds the last ones took
        self._settled = 0  # the number of a coding up to which all reports are compared

    def compare(self, store: Store) -> int:
        """Begin to compare reports that came in since the last time; gives how many wait."""
        waiting = self._waiting(store)
        if waiting and self._running.acquire(blocking=False):
            with store.read() as connection:
                anything = connection.execute(select(profiles.c.report).limit(1)).scalar() is not None
            thread = Thread(target=self._work, args=(store, waiting), daemon=True)
            thread.start()
            thread.join(LATER if anything else FIRST_TIME)  # many go on while the reader reads
            waiting = self._waiting(store)
        return waiting

    def _waiting(self, store: Store) -> int:
        """How many reports have not been compared as they are coded now, among those coded since all were."""
        missing = or_(profiles.c.report.is_(None), profiles.c.coder != reports.c.coder)
        joined = codings.join(reports, reports.c.number == codings.c.report)
        joined = joined.outerjoin(profiles, profiles.c.report == reports.c.number)
        query = (
            select(func.count(reports.c.number.distinct()), func.min(codings.c.number))
            .select_from(joined)
            .where(codings.c.number > self._settled - LATE, missing)
        )
        with store.read() as connection:
            last = connection.execute(select(func.max(codings.c.number))).scalar() or 0
            waiting, first = connection.execute(query).one()
        self._settled = last if first is None else first - 1
        return int(waiting)

    def _work(self, store: Store, waiting: int) -> None:
        try:
            before = perf_counter()
            if waiting <= FEW and self._a_report < LONG:
                done = StoredHappenings(store).update()
                self._a_report = (perf_counter() - before) / max(1, done)
            else:
                url = store.engine.url.render_as_string(hide_password=False)
                command = [sys.executable, "-m", "polybius.web.comparing"]
                subprocess.run(command, input=url, text=True, check=True)
        except Exception:  # a thread has nobody to raise to: the page tells how many still wait
            logging.getLogger(__name__).exception("reports could not be compared")
        finally:
            self._running.release()


def main() -> None:
    """Compare all that waits in the store whose URL comes in."""
    if hasattr(os, "nice"):
        os.nice(GIVE_WAY)
    with Store.open(sys.stdin.read().strip(), create=False) as store:
        StoredHappenings(store).update()


if __name__ == "__main__":
    main()
