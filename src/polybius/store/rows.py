"""A record as rows, and back: nothing is lost on the way, so a record read equals the record saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Table

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
    TieEvidence,
    Time,
)
from polybius.record.names import fold
from polybius.store import schema

Row = RowMapping
Rows = dict[Table, list[dict[str, Any]]]


def rows_of(record: Record, number: int) -> Rows:
    """The rows of all tables that a coding fills, for the report with this number."""
    rows: Rows = {
        schema.actors: [_actor_row(actor) for actor in record.actors],
        schema.mentions: [_mention_row(mention) for mention in record.mentions],
        schema.places: [_place_row(place) for place in record.places],
        schema.times: [_time_row(time) for time in record.times],
        schema.amounts: [_amount_row(amount) for amount in record.amounts],
        schema.events: [_event_row(event) for event in record.events],
        schema.statements: [_statement_row(statement) for statement in record.statements],
        schema.ties: [_tie_row(tie) for tie in record.ties],
    }
    for table in rows.values():
        for position, row in enumerate(table):
            row["position"] = position
    rows[schema.actor_names] = [
        {"name": name, "actor": actor.id} for actor in record.actors for name in sorted(names_of(actor))
    ]
    rows[schema.participants] = [
        {"event": event.id, "role": role, "position": position, "actor": actor}
        for event in record.events
        for role, ids in (("actor", event.actors), ("recipient", event.recipients))
        for position, actor in enumerate(ids)
    ]
    for table in rows.values():
        for row in table:
            row["report"] = number
    return rows


def names_of(actor: Actor) -> set[str]:
    """All that an actor is found by, folded."""
    names = {actor.name, *actor.aliases}
    if actor.kind == "state" and actor.country:
        names.add(actor.country)
    return {fold(name) for name in names} | ({actor.known_as.lower()} if actor.known_as else set())


def document_row(document: Document) -> dict[str, Any]:
    """The row of ``reports``, without its number."""
    return document.model_dump()


def document_of(row: Row) -> Document:
    return Document(**{name: row[name] for name in Document.model_fields})


def actor_of(row: Row) -> Actor:
    return Actor(**{name: row[name] for name in Actor.model_fields})


def place_of(row: Row) -> Place:
    fields = {name: row[name] for name in Place.model_fields if name != "span"}
    return Place(span=_span(row), **fields)


def amount_of(row: Row) -> Amount:
    fields = {name: row[name] for name in Amount.model_fields if name != "span"}
    return Amount(span=_span(row), **fields)


def event_of(row: Row, participants: Iterable[Row]) -> Event:
    """An event of its row and those of its participants, in their order."""
    parties: dict[str, list[str]] = {"actor": [], "recipient": []}
    for party in participants:
        parties[party["role"]].append(party["actor"])
    lists = {name: split(row[name]) for name in ("contexts", "auxiliary", "amounts")}
    plain = (
        "id", "type", "mode", "place", "said_by", "statement", "quad", "intensity", "cameo", "confidence"
    )  # fmt: skip
    return Event(
        span=_span(row),
        actors=tuple(parties["actor"]),
        recipients=tuple(parties["recipient"]),
        date=_interval(row),
        evidence=EventEvidence.model_validate(row["evidence"]),
        **lists,
        **{name: row[name] for name in plain},
    )


def statement_of(row: Row) -> Statement:
    return Statement(
        id=row["id"],
        span=_span(row),
        cue=None if row["cue_start"] is None else (row["cue_start"], row["cue_end"]),
        speaker=row["speaker"],
        via=row["via"],
        form=row["form"],
        date=_interval(row),
        evidence=StatementEvidence.model_validate(row["evidence"]),
    )


def tie_of(row: Row) -> Tie:
    plain = ("id", "kind", "rank", "since", "until", "said_by")
    return Tie(
        span=_span(row),
        from_=row["from_actor"],
        to=row["to_actor"],
        evidence=TieEvidence.model_validate(row["evidence"]),
        **{name: row[name] for name in plain},
    )


def record_of(report: Row, tables: Mapping[Table, list[Row]], coder: Mapping[str, Any]) -> Record:
    """The record of a report's row and the rows of each table, in the order of ``position``."""
    parties: dict[str, list[Row]] = {}
    for row in tables[schema.participants]:
        parties.setdefault(row["event"], []).append(row)
    omissions = report["omissions"]
    return Record(
        document=document_of(report),
        actors=tuple(map(actor_of, tables[schema.actors])),
        mentions=tuple(
            Mention(span=_span(row), actor=row["actor"], kind=row["kind"]) for row in tables[schema.mentions]
        ),
        places=tuple(map(place_of, tables[schema.places])),
        times=tuple(
            Time(span=_span(row), start=row["date_start"], end=row["date_end"])
            for row in tables[schema.times]
        ),
        amounts=tuple(map(amount_of, tables[schema.amounts])),
        events=tuple(event_of(row, parties.get(row["id"], ())) for row in tables[schema.events]),
        statements=tuple(map(statement_of, tables[schema.statements])),
        ties=tuple(map(tie_of, tables[schema.ties])),
        omissions=None if omissions is None else tuple(Omission(**o) for o in omissions),
        coder=dict(coder),
    )


def _actor_row(actor: Actor) -> dict[str, Any]:
    return actor.model_dump() | {"aliases": list(actor.aliases)}


def _mention_row(mention: Mention) -> dict[str, Any]:
    return {"actor": mention.actor, "kind": mention.kind, **_ends(mention.span)}


def _place_row(place: Place) -> dict[str, Any]:
    return place.model_dump(exclude={"span"}) | {"folded": fold(place.name), **_ends(place.span)}


def _time_row(time: Time) -> dict[str, Any]:
    return {"date_start": time.start, "date_end": time.end, **_ends(time.span)}


def _amount_row(amount: Amount) -> dict[str, Any]:
    return amount.model_dump(exclude={"span"}) | _ends(amount.span)


def _event_row(event: Event) -> dict[str, Any]:
    lists = {"contexts": event.contexts, "auxiliary": event.auxiliary, "amounts": event.amounts}
    return (
        event.model_dump(exclude={"span", "actors", "recipients", "date", *lists})
        | {name: "|".join(values) for name, values in lists.items()}
        | _ends(event.span)
        | _days(event.date)
    )


def _statement_row(statement: Statement) -> dict[str, Any]:
    return (
        statement.model_dump(exclude={"span", "cue", "date"})
        | _ends(statement.span)
        | _ends(statement.cue, "cue")
        | _days(statement.date)
    )


def _tie_row(tie: Tie) -> dict[str, Any]:
    row = tie.model_dump(exclude={"span", "from_", "to"})
    return row | _ends(tie.span) | {"from_actor": tie.from_, "to_actor": tie.to}


def _ends(span: Span | None, name: str = "span") -> dict[str, int | None]:
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def _days(interval: Interval | None) -> dict[str, date | None]:
    if interval is None:
        return {"date_start": None, "date_end": None}
    return {"date_start": interval.start, "date_end": interval.end}


def _span(row: Row) -> Span:
    return row["span_start"], row["span_end"]


def _interval(row: Row) -> Interval | None:
    if row["date_start"] is None:
        return None
    return Interval(start=row["date_start"], end=row["date_end"])


def split(cell: str) -> tuple[str, ...]:
    """The codes or ids of a cell that holds several."""
    return tuple(cell.split("|")) if cell else ()


def coder_json(versions: Mapping[str, Any]) -> str:
    """The versions that made a record as one text that is the same for the same versions."""
    return json.dumps(versions, sort_keys=True, ensure_ascii=False, default=str)
