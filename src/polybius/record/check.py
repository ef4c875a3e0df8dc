"""A last look before a record is given out: spans in range, codes known, references whole."""

from __future__ import annotations

from collections.abc import Iterator

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record.model import Event, Record, Span


def check(record: Record, ontology: Ontology) -> Record:
    """Return the record unchanged when it holds together.

    Raises:
        RecordError: naming the first problem; see ``problems`` for all of them.
    """
    for problem in problems(record, ontology):
        raise RecordError(
            problem, "this is a fault of polybius: please report it", source=record.document.source
        )
    return record


def problems(record: Record, ontology: Ontology) -> Iterator[str]:
    """Everything in the record that does not hold together, one line each."""
    yield from _span_problems(record)
    yield from _reference_problems(record)
    for event in record.events:
        yield from _code_problems(event, ontology)
    for actor in record.actors:
        if actor.sector is not None and actor.sector not in ontology.sectors:
            yield f"actor {actor.id} has the unknown sector {actor.sector}"
    for tie in record.ties:
        if tie.kind not in ontology.ties:
            yield f"tie {tie.id} has the unknown kind {tie.kind}"


def _span_problems(record: Record) -> Iterator[str]:
    length = len(record.document.text)
    furniture = record.document.furniture
    for table, span in _spans(record):
        if not 0 <= span[0] < span[1] <= length:
            yield f"a span in {table} lies outside the text: {span}"
        elif table != "omissions" and any(span[0] < end and start < span[1] for start, end in furniture):
            yield f"a span in {table} rests on page furniture: {span}"


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    for table in ("mentions", "places", "times", "amounts"):
        for entry in getattr(record, table):
            yield table, entry.span
    for table in ("events", "statements", "ties"):
        for entry in getattr(record, table):
            yield table, entry.span
            for value in dict(entry.evidence).values():
                if value:
                    spans = (value,) if isinstance(value[0], int) else value
                    yield from ((f"{table}.evidence", span) for span in spans)
    for statement in record.statements:
        if statement.cue:
            yield "statements.cue", statement.cue


def _reference_problems(record: Record) -> Iterator[str]:
    for table in ("actors", "places", "amounts", "events", "statements", "ties"):
        ids = [entry.id for entry in getattr(record, table)]
        if len(ids) != len(set(ids)):
            yield f"two entries in {table} share an id"
    actors = {actor.id for actor in record.actors}
    places = {place.id for place in record.places}
    amounts = {amount.id for amount in record.amounts}
    statements = {statement.id for statement in record.statements}

    def missing(owner: str, ids: tuple[str | None, ...], known: set[str]) -> Iterator[str]:
        yield from (f"{owner} refers to {i}, which is not there" for i in ids if i and i not in known)

    for mention in record.mentions:
        yield from missing(f"the mention at {mention.span}", (mention.actor,), actors)
    for event in record.events:
        yield from missing(event.id, (*event.actors, *event.recipients, event.said_by), actors)
        yield from missing(event.id, (event.place,), places)
        yield from missing(event.id, event.amounts, amounts)
        yield from missing(event.id, (event.statement,), statements)
    for statement in record.statements:
        yield from missing(statement.id, (statement.speaker, statement.via), actors)
    for tie in record.ties:
        yield from missing(tie.id, (tie.from_, tie.to, tie.said_by), actors)


def _code_problems(event: Event, ontology: Ontology) -> Iterator[str]:
    if event.type not in ontology.types:
        yield f"{event.id} has the unknown type {event.type}"
        return
    if event.mode is not None and event.mode not in ontology.types[event.type].modes:
        yield f"{event.id} has the mode {event.mode}, which {event.type} does not have"
    yield from (
        f"{event.id} has the unknown context {c}" for c in event.contexts if c not in ontology.contexts
    )
    if event.quad != ontology.quad(event.type):
        yield f"{event.id} has quad {event.quad}, not {event.type}'s"
