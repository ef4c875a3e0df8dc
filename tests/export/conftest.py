"""One record that has everything an event can have, news text that is up to no good among it."""

from __future__ import annotations

from datetime import date

import pytest

from polybius.record import (
    Actor,
    Amount,
    Document,
    Event,
    EventEvidence,
    Interval,
    Place,
    Record,
)

TEXT = (
    'France and Chad expelled "two" Sudanese envoys\tin N\'Djamena on Monday, the =cmd ministry said.\n\n'
    "Sudan will not expel anyone. @Sudan met -Kenya|Uganda in Paris."
)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def record() -> Record:
    """Three events: one with all fields, one negated, one with hostile names and no day of its own."""
    monday = Interval(start=date(2023, 5, 1), end=date(2023, 5, 2))
    return Record(
        document=Document(
            id="abc123", text=TEXT, title="=HYPERLINK(\"http://x\")", published=date(2023, 5, 3),
            source="Nile Post", given_id="007", url="https://news.example/1",
        ),
        actors=(
            Actor(id="a1", name="France", kind="state", country="FRA", known_as="state/FRA"),
            Actor(id="a2", name="Chad", kind="state", country="TCD", known_as="state/TCD"),
            Actor(id="a3", name="Sudanese\nenvoys", kind="group", country="SDN", sector="GOV"),
            Actor(id="a4", name="=cmd ministry", kind="organization", country="FRA", sector="GOV", role="ministry"),
            Actor(id="a5", name="@Sudan", kind="state", country="SDN"),
            Actor(id="a6", name="-Kenya|Uganda", kind="state", country="KEN"),
            Actor(id="a7", name="Geneva Call; a charity", kind="organization", sector="NGO"),
        ),
        places=(
            Place(
                id="p1", span=span("N'Djamena"), name="N'Djamena", country="TCD", latitude=12.1, longitude=15.0,
                known_as="geonames/2427123",
            ),
            Place(id="p2", span=span("Paris"), name="Paris", country="FRA", latitude=48.9, longitude=-2.3),
        ),
        amounts=(Amount(id="m1", span=span('"two"'), value=2, of="envoys"),),
        events=(
            Event(
                id="e1", span=span('France and Chad expelled "two" Sudanese envoys'), type="SANCTION", mode="expel",
                contexts=("diplomatic", "legal"), actors=("a1", "a2"), recipients=("a3",), date=monday, place="p1",
                amounts=("m1",), said_by="a4", quad=4, intensity=-5.5, cameo="166", confidence=0.84,
                evidence=EventEvidence(actors=(span("France"), span("Chad")), recipients=(span("Sudanese envoys"),)),
            ),
            Event(
                id="e2", span=span("Sudan will not expel anyone"), type="SANCTION", mode="expel", actors=("a5",),
                auxiliary=("negation", "future"), quad=4, intensity=-5.5, cameo="166", confidence=0.7,
            ),
            Event(
                id="e3", span=span("@Sudan met -Kenya|Uganda"), type="CONSULT", actors=("a5", "a6"), place="p2",
                quad=1, intensity=2.5, cameo="040", confidence=0.9,
            ),
        ),
    )  # fmt: skip
