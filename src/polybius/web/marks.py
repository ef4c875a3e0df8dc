"""A report's text cut at the edges of everything that rests on it.

Spans nest and overlap, and HTML elements cannot; so the text is cut at every edge, and each piece knows all
the records it is evidence of. Pieces joined give the text back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from polybius.record import Record, Span

MANY = 40  # records a piece may name; more would only make the page heavy


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a record rests on.

    Attributes:
        record: the record's key on the page, ``TABLE-ID``.
        kind: event, statement, tie, mention, place, time, amount or omission: how it is drawn; evidence and
            cue for the words that a field of an event, statement or tie rests on.
        quad: of an event, 1–4.
    """

    record: str
    kind: str
    span: Span
    quad: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the same marks lie; ``anchors`` are the records first met here."""

    start: int
    text: str
    furniture: bool = False
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def kinds(self) -> str:
        """Class names: how the piece is drawn."""
        kinds = {mark.kind for mark in self.marks}
        kinds |= {f"quad{mark.quad}" for mark in self.marks if mark.quad}
        kinds |= {f"{mark.kind}-begins" for mark in self.begins}
        return " ".join(sorted(kinds | ({"furniture"} if self.furniture else set())))

    @property
    def records(self) -> str:
        """The keys of the records that rest on the piece."""
        return " ".join(dict.fromkeys(mark.record for mark in self.marks))


def pieces(record: Record) -> list[Piece]:
    """The text of a record in pieces, in order."""
    text = record.document.text
    furniture = [Mark("", "furniture", span) for span in record.document.furniture]
    marks = [m for m in (*furniture, *marks_of(record)) if 0 <= m.span[0] < m.span[1] <= len(text)]
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark.span)})
    marks.sort(key=lambda mark: (mark.span[0], -mark.span[1]))
    cut = []
    active: list[Mark] = []
    met: set[str] = set()
    coming = iter(marks)
    following = next(coming, None)
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.span[1] > start]
        while following is not None and following.span[0] == start:
            active.append(following)
            following = next(coming, None)
        drawn = tuple(mark for mark in active if mark.kind != "furniture")[:MANY]
        begins = tuple(mark for mark in drawn if mark.span[0] == start)
        here = (m.record for m in begins if m.kind not in {"evidence", "cue"} and m.record not in met)
        anchors = tuple(dict.fromkeys(here))
        met.update(anchors)
        grey = any(mark.kind == "furniture" for mark in active)
        cut.append(Piece(start, text[start:end], grey, drawn, begins, anchors))
    return cut


def marks_of(record: Record) -> Iterator[Mark]:
    """All marks of a record, in no order."""
    for event in record.events:
        key, why = f"event-{event.id}", event.evidence
        yield Mark(key, "event", event.span, event.quad)
        fields = (why.date, why.place, why.auxiliary, why.said_by)
        yield from _evidence(key, (*why.actors, *why.recipients, *fields))
    for statement in record.statements:
        key = f"statement-{statement.id}"
        yield Mark(key, "statement", statement.span)
        if statement.cue:
            yield Mark(key, "cue", statement.cue)
        yield from _evidence(
            key, (statement.evidence.speaker, statement.evidence.via, statement.evidence.date)
        )
    for tie in record.ties:
        key, ends = f"tie-{tie.id}", tie.evidence
        yield Mark(key, "tie", tie.span)
        yield from _evidence(key, (ends.from_, ends.to, ends.since, ends.until))
    for mention in record.mentions:
        yield Mark(f"actor-{mention.actor}", "mention", mention.span)
    for place in record.places:
        yield Mark(f"place-{place.id}", "place", place.span)
    for number, time in enumerate(record.times, 1):
        yield Mark(f"time-{number}", "time", time.span)
    for amount in record.amounts:
        yield Mark(f"amount-{amount.id}", "amount", amount.span)
    for number, omission in enumerate(record.omissions or (), 1):
        yield Mark(f"omission-{number}", "omission", omission.span)


def _evidence(key: str, spans: Iterable[Span | None]) -> Iterator[Mark]:
    for span in spans:
        if span is not None:
            yield Mark(key, "evidence", span)
