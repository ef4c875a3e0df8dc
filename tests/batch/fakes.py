"""A coder that takes no time: records by rule, so that two runs can be compared; and some that misbehave."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from polybius.batch.run import document_of
from polybius.intake import Report
from polybius.record import Actor, Event, Mention, Record


@dataclass(frozen=True)
class FakeCoder:
    """Finds one event in each report; ``seconds`` is how long a report takes.

    A report that says "BUG" raises, one that says "KILL" kills its process.
    """

    version: str = "1"
    seconds: float = 0.0

    def versions(self) -> dict[str, Any]:
        return {"fake": self.version}

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        for report in reports:
            if "BUG" in report.text:
                raise ValueError("a bug")
            if "KILL" in report.text:
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(self.seconds)
            yield self.record(report)

    def record(self, report: Report) -> Record:
        return Record(
            document=document_of(report),
            actors=(Actor(id="a1", name="France", kind="state", country="FRA"),),
            mentions=(Mention(span=(0, 3), actor="a1", kind="name"),),
            events=(
                Event(
                    id="e1", span=(0, 9), type="AID", actors=("a1",), quad=2, intensity=7.0, confidence=0.5
                ),
            ),
            coder=self.versions(),
        )


@dataclass(frozen=True)
class LoadFake:
    """Loads it in a worker."""

    version: str = "1"
    seconds: float = 0.0

    def __call__(self) -> FakeCoder:
        return FakeCoder(self.version, self.seconds)


@dataclass(frozen=True)
class LoadNothing:
    """Fails to load, as a coder whose pipeline is not installed."""

    def __call__(self) -> FakeCoder:
        from polybius.errors import SettingsError

        raise SettingsError("the spaCy pipeline is not installed", "install it")
