"""Records made by hand: quick, and with every field filled that a table has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from polybius.intake.report import report_id
from polybius.record import (
    Actor,
    Amount,
    Document,
    Event,
    EventEvidence,
    Interval,
    Mention,
    Omission,
    Place,
    Record,
    Statement,
    StatementEvidence,
    Tie,
    TieEvidence,
    Time,
)

DAY = date(2021, 5, 4)
CODER = {"polybius": "0.1.0", "pipeline": "test 1"}
TEXT = "PARIS – France expelled 2 Russian diplomats on Monday, Lavrov said; he heads the ministry. №{number}"


def record(number: int = 1, *, coder: dict[str, Any] | None = None, **about: Any) -> Record:
    """A record with one of everything; another number gives another report, a day later each."""
    text, day = TEXT.format(number=number), DAY + timedelta(days=number)

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    facts = {"title": "Diplomats leave", "source": "Coast", "language": "en", "furniture": ((0, 7),)} | about
    return Record(
        document=Document(id=report_id(text, day), text=text, published=day, **facts),
        actors=(
            Actor(id="a1", name="France", kind="state", country="FRA", known_as="state/FRA"),
            Actor(id="a2", name="Russian diplomats", kind="group", country="RUS", sector="GOV"),
            Actor(
                id="a3", name="Sergei Lavrov", aliases=("Lavrov", "Сергей Лавров"), kind="person", country="RUS",
                sector="GOV", role="foreign minister", known_as="person/sergei-lavrov",
            ),
            Actor(id="a4", name="ministry", kind="organization", country="RUS", sector="GOV"),
        ),
        mentions=(
            Mention(span=span("France"), actor="a1", kind="name"),
            Mention(span=span("Lavrov"), actor="a3", kind="name"),
        ),
        places=(
            Place(
                id="p1", span=span("PARIS"), name="Paris", country="FRA", latitude=48.86, longitude=2.35,
                known_as="geonames/2988507",
            ),
        ),
        times=(Time(span=span("on Monday"), start=day - timedelta(days=1), end=day - timedelta(days=1)),),
        amounts=(Amount(id="q1", span=span("2"), value=2.0, of="diplomats", previous=3.0),),
        events=(
            Event(
                id="e1", span=span("expelled"), type="SANCTION", mode="expel", contexts=("diplomatic", "legal"),
                actors=("a1",), recipients=("a2", "a4"), place="p1", amounts=("q1",), said_by="a3",
                date=Interval(start=day - timedelta(days=1), end=day - timedelta(days=1)),
                statement="s1", quad=4, intensity=-5.0, cameo="145", confidence=0.75,
                evidence=EventEvidence(actors=(span("France"),), date=span("on Monday")),
            ),
            Event(
                id="e2", span=span("heads"), type="CONSULT", actors=("a3",), quad=1, intensity=1.0,
                auxiliary=("negation", "future"), confidence=0.25,
            ),
        ),
        statements=(
            Statement(
                id="s1", span=span("France expelled 2 Russian diplomats on Monday"), cue=span("said"),
                speaker="a3", via="a4", form="indirect", evidence=StatementEvidence(speaker=span("Lavrov")),
            ),
        ),
        ties=(
            Tie(
                id="t1", span=span("he heads the ministry"), kind="head", from_="a3", to="a4", rank=1,
                since=date(2004, 3, 9), said_by="a3", evidence=TieEvidence(from_=span("he")),
            ),
        ),
        omissions=(Omission(span=span("heads"), room="events", reason="a standing relation"),),
        coder=CODER if coder is None else coder,
    )  # fmt: skip
