"""What became of the reports of a run, and how far it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Counts of a run: ``found`` is the sum of the others.

    Attributes:
        added: reports coded and stored, for the first time or by a new coder version.
        already: reports that were there from the same coder version.
        failed: reports that could not be read, coded or stored; their reasons are in the store.
        expected: about how many there will be; None when that cannot be told.
    """

    expected: int | None = None
    added: int = 0
    already: int = 0
    failed: int = 0
    started: float | None = field(default=None, repr=False)

    @property
    def found(self) -> int:
        """All reports seen so far."""
        return self.added + self.already + self.failed

    @property
    def rate(self) -> float:
        """Reports added a second since the first could be."""
        return self.added / max(self._seconds(), 0.001)

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at this rate; None when that cannot be told."""
        if self.expected is None or not self.added:
            return None
        return max(self.expected - self.found, 0) / self.rate

    def start(self) -> None:
        """Begin to count time: the coders are loaded."""
        self.started = time.monotonic()

    def _seconds(self) -> float:
        return time.monotonic() - self.started if self.started is not None else 0.0
