"""A record made by hand for the writers, and the command line run inside the test with one loaded coder."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from polybius.cli.app import app
from polybius.coder import load
from polybius.record import (
    Actor,
    Amount,
    Document,
    Event,
    Interval,
    Mention,
    Omission,
    Place,
    Record,
    Statement,
    Tie,
    Time,
)

TEXT = (
    "France may not expel two [bold]Russian[/bold] envoys from early May, Lavrov told Tass in Minsk. "
    "=HYPERLINK(1) France and Russia met on Monday."
)
BEL, ESC, OVERRIDE = "\x07", "\x1b[31m", "\u202e"  # what a hostile report would send to a terminal

cached_load = cache(load)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def record() -> Record:
    """One record with an entry in every table, and news text that is up to no good."""
    day = Interval(start=date(2021, 5, 3), end=date(2021, 5, 3))
    return Record(
        document=Document(
            id="0123456789abcdef",
            text=TEXT,
            title=f"Envoys{BEL} {ESC}[red]stay[/red]{OVERRIDE}",
            published=date(2021, 5, 4),
            source="Paper",
        ),
        actors=(
            Actor(id="a1", name="France", kind="state", country="FRA"),
            Actor(id="a2", name="Russia", kind="state", country="RUS"),
            Actor(
                id="a3", name="Sergey Lavrov", kind="person", country="RUS", sector="GOV", role="foreign minister"
            ),
            Actor(id="a4", name="Tass", kind="organization", country="RUS", sector="JRN"),
        ),
        mentions=(Mention(span=span("France"), actor="a1", kind="name"),),
        places=(
            Place(id="p1", span=span("Minsk"), name="Minsk", country="BLR", latitude=53.9, longitude=27.57),
        ),
        times=(Time(span=span("early May"), start=date(2021, 5, 1), end=date(2021, 5, 10)),),
        amounts=(Amount(id="m1", span=span("two"), value=2, of="envoys"),),
        events=(
            Event(
                id="e1", span=span("may not expel two [bold]Russian[/bold] envoys"), type="SANCTION", mode="expel",
                actors=("a1",), recipients=("a2",), auxiliary=("negation", "hypothetical"), amounts=("m1",),
                date=Interval(start=date(2021, 5, 1), end=date(2021, 5, 10)), said_by="a3", statement="s1",
                quad=4, intensity=-5.5, cameo="166", confidence=0.8,
            ),
            Event(
                id="e2", span=span("=HYPERLINK(1) France and Russia met"), type="CONSULT", actors=("a1", "a2"),
                date=day, place="p1", quad=1, intensity=2.5, cameo="040", confidence=0.9,
            ),
        ),
        statements=(
            Statement(id="s1", span=span("France may not expel two"), speaker="a3", via="a4", form="indirect"),
        ),
        ties=(Tie(id="t1", span=span("Lavrov"), kind="part_of", from_="a3", to="a2", since=date(2004, 3, 9)),),
        omissions=(Omission(span=span("told"), room="events", reason="no frame"),),
    )  # fmt: skip


@pytest.fixture
def polybius(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in an empty folder; models are loaded once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in [name for name in os.environ if name.startswith("POLYBIUS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("polybius.cli.coding.load", cached_load)

    def run(*arguments: object, input: str | bytes | None = None) -> Result:
        options: dict[str, Any] = {"input": input} if input is not None else {}
        return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="polybius", **options)

    return run
