"""What a reader's form holds for an event, a statement or a tie, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from polybius.ontology import Ontology
from polybius.record import Event, Record, Statement, Tie
from polybius.web.corrections import Judged, Kind
from polybius.web.mended import mended, mended_statement, mended_tie

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind's form: those with one answer, and those with several."""

    one: tuple[str, ...]
    several: tuple[str, ...] = ()


FIELDS: Mapping[Kind, Fields] = {
    "event": Fields(
        ("words", "type", "mode", "start", "end", "place", "said_by"),
        ("actors", "recipients", "auxiliary", "contexts"),
    ),
    "statement": Fields(("words", "speaker", "via", "form", "start", "end")),
    "tie": Fields(("words", "kind", "from_", "to", "said_by", "start", "end")),
}


def given(kind: Kind, form: FormData) -> Given:
    """What a form that was sent holds."""
    fields = FIELDS[kind]
    one = {name: str(form.get(name, "")) for name in fields.one}
    return {**one, **{name: [str(value) for value in form.getlist(name)] for name in fields.several}}


def as_coded(kind: Kind, record: Record, judged: Judged | None) -> Given:
    """What the form holds before a reader changes it."""
    fields = FIELDS[kind]
    if judged is None:
        return {**dict.fromkeys(fields.one, ""), **{name: [] for name in fields.several}}
    start, end = _days(judged)
    days = {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}
    held = {"words": record.words(judged.span), **days}
    one = {name: held[name] if name in held else getattr(judged, name) or "" for name in fields.one}
    return {**one, **{name: list(getattr(judged, name)) for name in fields.several}}


def made(kind: Kind, record: Record, filled: Given, judged: Judged | None) -> Judged:
    """What a form describes.

    Raises:
        RecordError: when it describes none of its kind.
    """
    if kind == "statement":
        return mended_statement(record, filled, judged if isinstance(judged, Statement) else None)
    if kind == "tie":
        return mended_tie(record, filled, judged if isinstance(judged, Tie) else None, Ontology.load())
    return mended(record, filled, judged if isinstance(judged, Event) else None, Ontology.load())


def _days(judged: Judged) -> tuple[date | None, date | None]:
    if isinstance(judged, Tie):
        return judged.since, judged.until
    return (judged.date.start, judged.date.end) if judged.date else (None, None)
