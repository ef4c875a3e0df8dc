"""Reads reports from everywhere, codes them in order, writes what comes out, and counts what failed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from polybius.batch.coding import BATCH, code_batch
from polybius.cli.words import clean
from polybius.cli.writers import WRITERS
from polybius.coder import Coder, load
from polybius.errors import IntakeError
from polybius.intake import Failure, Report, Taken, read
from polybius.record import Record
from polybius.settings import Settings


def code_reports(sources: Sequence[str], settings: Settings, *, published: date | None, explain: bool) -> int:
    """Code the reports of files, folders and standard input ("-") to standard output; gives how many failed.

    Raises:
        SettingsError: when the spaCy pipeline is not installed.
    """
    coder = load(pipeline=settings.pipeline, min_confidence=settings.min_confidence, explain=explain)
    taken = (item for source in sources for item in _taken(source, settings, published))
    with _run(coder) as run:
        WRITERS[settings.format](run.records(taken), sys.stdout)
    return run.failed


def _taken(source: str, settings: Settings, published: date | None) -> Taken:
    """The reports of one source; one that holds none is a failure, not a silent success."""
    empty = True
    for item in read(source, published=published, max_bytes=settings.max_bytes):
        empty = False
        yield item
    if empty:
        kinds = "give text, HTML, JSON, JSON Lines or CSV"
        yield Failure(source, IntakeError("holds no report", kinds, source=source))


@dataclass
class _Run:
    """One run over many reports: what was coded and what failed so far, told as it happens."""

    coder: Coder
    stderr: Console
    progress: Progress
    coded: int = 0
    failed: int = 0

    def records(self, taken: Taken) -> Iterator[Record]:
        """The records of the reports that can be coded, in order."""
        task = self.progress.add_task("", visible=False)
        while batch := list(islice(self._good(taken), BATCH)):
            for record in self._code(batch):
                self.coded += 1
                told = f"{self.coded} coded" + (f", {self.failed} failed" if self.failed else "")
                self.progress.update(task, description=told, visible=self.coded + self.failed > 1)
                yield record

    def _good(self, taken: Taken) -> Iterator[Report]:
        for item in taken:
            if isinstance(item, Failure):
                self._fail(str(item.error))
            else:
                yield item

    def _code(self, batch: list[Report]) -> Iterator[Record]:
        for coded in code_batch(self.coder, batch):
            if coded.record is not None:
                yield coded.record
            else:
                self._fail(f"{coded.origin}: {coded.reason}")

    def _fail(self, line: str) -> None:
        self.failed += 1
        self.stderr.print(Text(f"polybius: {clean(line)}"), soft_wrap=True)


@contextmanager
def _run(coder: Coder) -> Iterator[_Run]:
    """A run with its progress on standard error, where that is a terminal and the records go elsewhere."""
    console = Console(stderr=True, highlight=False)
    shown = console.is_terminal and not sys.stdout.isatty()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not shown, redirect_stdout=False) as bar:
        yield _Run(coder, console, bar)
