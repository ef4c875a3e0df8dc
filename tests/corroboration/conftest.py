"""The labelled reports, coded once, and records made by hand where a rule is tested and not the coder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from measures import Labelled

from polybius.coder import Coder
from polybius.corroboration import Grouper, Memory
from polybius.intake.report import report_id
from polybius.record import Actor, Amount, Document, Event, Interval, Record

HERE = Path(__file__).parent


def read_labelled(coder: Coder, name: str) -> Labelled:
    """Code the reports of a file."""
    reports = yaml.safe_load((HERE / name).read_text(encoding="utf8"))
    return [
        (
            report["happening"],
            coder.code(
                report["text"],
                published=report["published"],
                title=report["title"],
                source=report["source"],
                given_id=report["id"],
            ),
        )
        for report in reports
    ]


@pytest.fixture(scope="session")
def labelled(coder: Coder) -> Labelled:
    """The labelled reports, as a coder that knows nothing of this room codes them."""
    return read_labelled(coder, "reports.yaml")


@pytest.fixture(scope="session")
def longer(coder: Coder) -> Labelled:
    """Fewer, longer reports with background, on happenings that share it."""
    return read_labelled(coder, "longer.yaml")


@pytest.fixture(scope="session")
def grouped(labelled: Labelled) -> Memory:
    """All of them grouped in the order they came out."""
    grouper = Grouper()
    for _, record in sorted(labelled, key=lambda item: str(item[1].document.published)):
        grouper.add(record)
    return grouper.memory


@pytest.fixture
def attack() -> Callable[..., Record]:
    """Makes a report of a bombing; the words decide what else it tells."""

    def make(
        text: str, *, day: date = date(2021, 10, 15), killed: float | None = None, **about: Any
    ) -> Record:
        figures = ()
        if killed is not None:
            start = text.index(f"{killed:g} people")
            figures = (
                Amount(id="m1", span=(start, start + len(f"{killed:g} people")), value=killed, of="people"),
            )
        return Record(
            document=Document(id=report_id(text, day), text=text, published=day, **about),
            actors=(Actor(id="a1", name="rebels", kind="group", country="SDN", sector="REB"),),
            amounts=figures,
            events=(
                Event(
                    id="e1", span=(0, text.index(".")), type="ASSAULT", mode="explosives", actors=("a1",),
                    date=Interval(start=day, end=day), amounts=tuple(m.id for m in figures), quad=4, intensity=-9.0,
                    cameo="183", confidence=0.8,
                ),
            ),
            coder={"polybius": "test"},
        )  # fmt: skip

    return make
