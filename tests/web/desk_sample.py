"""Reports coded by hand: two of one ambush that disagree, one full of what a page must not run, and a visit."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from fastapi.testclient import TestClient

from polybius.errors import IntakeError
from polybius.intake import Report
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
    Span,
    Statement,
    StatementEvidence,
    Tie,
    Time,
)

CODER = {"polybius": "0.1.0", "pipeline": "by hand"}
AMBUSH = (
    "Share this page\n"
    "Rebels killed 12 soldiers near Gao on Monday, General Keita told state radio.\n"
    "“We will answer,” he said. Mali is an ally of France."
)
HOSTILE = (
    '<script>document.title="owned"</script> <img src=x onerror=alert(1)> "quoted" & \'single\'\n'
    "[a](javascript:alert(2)) {{ 7*7 }} {% raw %} \u202eright to left\u202c \u200f \x07 end\n"
    "The President met the Pope."
)


def ambush(source: str, dead: str, *, day: date = date(2021, 3, 2), sure: float = 0.8) -> Record:
    """One report of the ambush, with as many dead as its source says."""
    text = AMBUSH.replace("12", dead)

    def span(words: str) -> Span:
        start = text.index(words)
        return start, start + len(words)

    statement = f"Rebels killed {dead} soldiers near Gao on Monday"
    monday = Interval(start=date(2021, 3, 1), end=date(2021, 3, 1))
    return Record(
        document=_document(text, day, title=f"Ambush near Gao, says {source}", source=source, furniture=((0, 15),)),
        actors=(
            Actor(id="a1", name="rebels", kind="group", country="MLI", sector="REB"),
            Actor(id="a2", name="soldiers", kind="group", country="MLI", sector="MIL"),
            Actor(id="a3", name="Keita", kind="person", country="MLI", sector="MIL", role="general"),
            Actor(id="a4", name="Mali", kind="state", country="MLI", known_as="state/MLI"),
            Actor(id="a5", name="France", kind="state", country="FRA", known_as="state/FRA"),
        ),
        mentions=(
            Mention(span=span("Rebels"), actor="a1", kind="name"),
            Mention(span=span("soldiers"), actor="a2", kind="description"),
            Mention(span=span("General Keita"), actor="a3", kind="name"),
            Mention(span=span("Mali"), actor="a4", kind="name"),
            Mention(span=span("France"), actor="a5", kind="name"),
        ),
        places=(Place(id="p1", span=span("Gao"), name="Gao", country="MLI", latitude=16.27, longitude=-0.04),),
        times=(Time(span=span("on Monday"), start=monday.start, end=monday.end),),
        amounts=(Amount(id="q1", span=span(dead), value=float(dead), of="soldiers"),),
        events=(
            Event(
                id="e1", span=span("killed"), type="ASSAULT", mode="firearms", actors=("a1",), recipients=("a2",),
                date=monday, place="p1", amounts=("q1",), said_by="a3", statement="s1", quad=4, intensity=-9.0,
                contexts=("military",), confidence=sure,
                evidence=EventEvidence(
                    actors=(span("Rebels"),), recipients=(span(f"{dead} soldiers"),), date=span("on Monday"),
                    place=span("Gao"), said_by=span("General Keita"),
                ),
            ),
            Event(
                id="e2", span=span("answer"), type="THREATEN", actors=("a4",), quad=3, intensity=-3.5,
                date=Interval(start=day, end=day), confidence=0.3,
            ),
        ),
        statements=(
            Statement(
                id="s1", span=span(statement), cue=span("told"), speaker="a3", form="indirect",
                evidence=StatementEvidence(speaker=span("General Keita")),
            ),
            Statement(id="s2", span=span("We will answer"), cue=span("said"), speaker="a3", form="direct"),
        ),
        ties=(
            Tie(
                id="t1", span=span("Mali is an ally of France"), kind="ally", from_="a4", to="a5",
                since=date(2013, 1, 1),
            ),
        ),
        omissions=(Omission(span=span("Share"), room="events", reason="stands in furniture"),),
        coder=CODER,
    )  # fmt: skip


def hostile() -> Record:
    """A report whose every field tries to become markup, an event over it all."""
    bad = '"><script>alert(3)</script>'
    met = HOSTILE.index("met")
    return Record(
        document=_document(
            HOSTILE, date(2021, 4, 1), title="<img src=x onerror=alert(4)> \u202etitle", source=bad, author=bad,
            url="javascript:alert(5)",
        ),
        actors=(
            Actor(id="a1", name=f"President {bad}", kind="person", role=bad),
            Actor(id="a2", name="Pope", kind="person", country="VAT", sector="REL"),
        ),
        events=(
            Event(
                id="e1", span=(met, met + 3), type="CONSULT", mode="visit", actors=("a1",), recipients=("a2",),
                date=Interval(start=date(2021, 4, 1), end=date(2021, 4, 1)), quad=1, intensity=4, confidence=0.9,
            ),
        ),
        statements=(Statement(id="s1", span=(0, 40), form="direct", speaker="a1"),),
        coder=CODER,
    )  # fmt: skip


def records() -> list[Record]:
    """All of them."""
    return [
        ambush("Coast", "12"),
        ambush("Hill", "15", day=date(2021, 3, 3), sure=0.6),
        hostile(),
    ]


class Fake:
    """Codes a text without a model: every "met" is an event."""

    def code_report(self, report: Report) -> Record:
        """A record with an event for the first "met"."""
        if "fail" in report.text:
            raise IntakeError("cannot be coded", "leave it")
        at = report.text.find("met")
        event = Event(id="e1", span=(at, at + 3), type="CONSULT", quad=1, intensity=1, confidence=0.5)
        return Record(
            document=Document(id=report.id, text=report.text, title=report.title, published=report.published),
            events=(event,) if at >= 0 else (),
            omissions=(Omission(span=(0, 3), room="events", reason="nothing happens here"),),
            coder=CODER,
        )


def form_token(client: TestClient, path: str = "/code") -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def _document(text: str, day: date, **about: Any) -> Document:
    return Document(id=report_id(text, day), text=text, published=day, **about)
