"""An event, statement or tie as a reader's form has it, checked as strictly as one of the coder's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record import (
    Event,
    EventEvidence,
    Interval,
    Record,
    Span,
    Statement,
    StatementEvidence,
    Tie,
    TieEvidence,
)

_Made = TypeVar("_Made", Event, Statement, Tie)
_Evidence = TypeVar("_Evidence", EventEvidence, StatementEvidence, TieEvidence)


def mended(record: Record, given: Mapping[str, Any], event: Event | None, ontology: Ontology) -> Event:
    """The event that a form describes.

    Args:
        given: ``words`` (they must occur once in the report, or be the event's own), ``type``, ``mode``, ``start``
            and ``end`` (days or ""), ``place`` and ``said_by`` (ids or ""), and lists: ``actors``, ``recipients``
            (ids), ``auxiliary``, ``contexts``.
        event: the event that is fixed; None when one is added.

    Raises:
        RecordError: when the form does not make an event of this ontology.
    """
    type_, mode = given["type"], given["mode"] or None
    if type_ not in ontology.types:
        raise RecordError(f"no type is called {type_!r}", "choose one of the list")
    if mode is not None and mode not in ontology.types[type_].modes:
        modes = ", ".join(ontology.types[type_].modes) or "none"
        raise RecordError(f"{type_} has no mode {mode!r}", f"it has: {modes}")
    _known_actors(record, *given["actors"], *given["recipients"], given["said_by"])
    if given["place"] and given["place"] not in {place.id for place in record.places}:
        raise RecordError("no such place", "choose from the list")
    if ontology.types[type_].recipient and not given["recipients"]:
        raise RecordError(f"{type_} needs somebody it is done to", "choose a recipient")
    if unknown := set(given["contexts"]) - ontology.contexts:
        raise RecordError(f"no context is called {sorted(unknown)[0]!r}", "choose from the list")
    facts: dict[str, Any] = {
        "id": event.id if event else "new",
        "span": _span(record, given["words"], event.span if event else None),
        "type": type_,
        "mode": mode,
        "actors": tuple(given["actors"]),
        "recipients": tuple(given["recipients"]),
        "date": _interval(given["start"], given["end"]),
        "place": given["place"] or None,
        "said_by": given["said_by"] or None,
        "auxiliary": tuple(given["auxiliary"]),
        "contexts": tuple(given["contexts"]),
        "statement": event.statement if event else None,
        "amounts": event.amounts if event else (),
        "quad": ontology.quad(type_),
        "intensity": ontology.score(type_, mode),
        "cameo": ontology.cameo(type_, mode),
        "confidence": 1.0,
    }
    evidence = _kept(event, facts, EventEvidence) if event else EventEvidence()
    return _made(Event, {**facts, "evidence": evidence}, "an event")


def mended_statement(record: Record, given: Mapping[str, Any], statement: Statement | None) -> Statement:
    """The statement that a form describes: ``words`` as for events, ``speaker`` and ``via`` (ids or ""), ``form``,
    ``start`` and ``end``.

    Raises:
        RecordError: when the form does not make a statement.
    """
    _known_actors(record, given["speaker"], given["via"])
    facts: dict[str, Any] = {
        "id": statement.id if statement else "new",
        "span": _span(record, given["words"], statement.span if statement else None),
        "cue": statement.cue if statement else None,
        "speaker": given["speaker"] or None,
        "via": given["via"] or None,
        "form": given["form"],
        "date": _interval(given["start"], given["end"]),
    }
    evidence = _kept(statement, facts, StatementEvidence) if statement else StatementEvidence()
    return _made(Statement, {**facts, "evidence": evidence}, "a statement")


def mended_tie(record: Record, given: Mapping[str, Any], tie: Tie | None, ontology: Ontology) -> Tie:
    """The tie that a form describes: ``words`` as for events, ``kind``, ``from_``, ``to`` and ``said_by`` (ids, the
    last two or ""), ``start`` and ``end``: since and until when.

    Raises:
        RecordError: when the form does not make a tie of this ontology.
    """
    _known_actors(record, given["from_"], given["to"], given["said_by"])
    if given["kind"] not in ontology.ties:
        raise RecordError(f"no tie is called {given['kind']!r}", "choose one of the list")
    if not given["from_"]:
        raise RecordError("a tie needs somebody it starts from", "choose who from the list")
    since, until = _days(given["start"], given["end"])
    facts: dict[str, Any] = {
        "id": tie.id if tie else "new",
        "span": _span(record, given["words"], tie.span if tie else None),
        "kind": given["kind"],
        "from_": given["from_"],
        "to": given["to"] or None,
        "rank": tie.rank if tie else None,
        "since": since,
        "until": until,
        "said_by": given["said_by"] or None,
    }
    evidence = _kept(tie, facts, TieEvidence) if tie else TieEvidence()
    return _made(Tie, {**facts, "evidence": evidence}, "a tie")


def _known_actors(record: Record, *ids: str) -> None:
    known = {actor.id for actor in record.actors}
    if unknown := sorted(id_ for id_ in ids if id_ and id_ not in known):
        raise RecordError(f"no such actor: {unknown[0]}", "choose from the list")


def _made(model: type[_Made], facts: Mapping[str, Any], what: str) -> _Made:
    try:
        return model(**facts)
    except ValidationError as error:
        raise RecordError(f"not {what}: {error.errors()[0]['msg']}", "mend the form") from None


def _span(record: Record, words: str, known: Span | None) -> Span:
    text = record.document.text
    words = words.strip().replace("\r\n", "\n")
    if known is not None and words == record.words(known).strip():
        return known
    if not words:
        raise RecordError("no words of the report are given", "copy them from the text")
    if (times := text.count(words)) != 1:
        remedy = "copy more of them" if times else "copy them from the text"
        raise RecordError(f"these words occur {times} times in the report", remedy)
    start = text.index(words)
    return start, start + len(words)


def _days(start: str, end: str) -> tuple[date | None, date | None]:
    try:
        first = date.fromisoformat(start) if start else None
        last = date.fromisoformat(end) if end else None
    except ValueError:
        raise RecordError("not a day", "write it as YYYY-MM-DD") from None
    if first and last and last < first:
        raise RecordError("it ends before it starts", "mend the days")
    return first, last


def _interval(start: str, end: str) -> Interval | None:
    first, last = _days(start, end)
    if first is None:
        if last is not None:
            raise RecordError("an end without a start", "give the first day too")
        return None
    return Interval(start=first, end=last or first)


def _kept(coded: Event | Statement | Tie, facts: Mapping[str, Any], evidence: type[_Evidence]) -> _Evidence:
    """The evidence of those fields that stay as they were; what a reader chose was not said in so many words."""

    def kept(name: str) -> Any:
        same: bool = facts[name] == getattr(coded, name)
        return getattr(coded.evidence, name) if same else _NONE.get(name)

    return evidence(**{name: kept(name) for name in evidence.model_fields})


_NONE: Mapping[str, Sequence[Span]] = {"actors": (), "recipients": ()}
