"""An event as a reader's form has it, checked as strictly as one of the coder's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record import Event, EventEvidence, Interval, Record, Span


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
    actors = {actor.id for actor in record.actors}
    for name in ("actors", "recipients"):
        if unknown := set(given[name]) - actors:
            raise RecordError(f"no such actor: {sorted(unknown)[0]}", "choose from the list")
    if given["said_by"] and given["said_by"] not in actors:
        raise RecordError("no such actor", "choose who says so from the list")
    if given["place"] and given["place"] not in {place.id for place in record.places}:
        raise RecordError("no such place", "choose from the list")
    if ontology.types[type_].recipient and not given["recipients"]:
        raise RecordError(f"{type_} needs somebody it is done to", "choose a recipient")
    if unknown := set(given["contexts"]) - ontology.contexts:
        raise RecordError(f"no context is called {sorted(unknown)[0]!r}", "choose from the list")
    facts: dict[str, Any] = {
        "id": event.id if event else "new",
        "span": _span(record, given["words"], event),
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
    try:
        return Event(**facts, evidence=_evidence(event, facts))
    except ValidationError as error:
        raise RecordError(f"not an event: {error.errors()[0]['msg']}", "mend the form") from None


def _span(record: Record, words: str, event: Event | None) -> Span:
    text = record.document.text
    words = words.strip().replace("\r\n", "\n")
    if event is not None and words == record.words(event.span).strip():
        return event.span
    if not words:
        raise RecordError("no words of the report are given", "copy them from the text")
    if (times := text.count(words)) != 1:
        remedy = "copy more of them" if times else "copy them from the text"
        raise RecordError(f"these words occur {times} times in the report", remedy)
    start = text.index(words)
    return start, start + len(words)


def _interval(start: str, end: str) -> Interval | None:
    try:
        first = date.fromisoformat(start) if start else None
        last = date.fromisoformat(end) if end else first
    except ValueError:
        raise RecordError("not a day", "write it as YYYY-MM-DD") from None
    if first is None or last is None:
        if end:
            raise RecordError("an end without a start", "give the first day too")
        return None
    if last < first:
        raise RecordError("it ends before it starts", "mend the days")
    return Interval(start=first, end=last)


def _evidence(event: Event | None, facts: Mapping[str, Any]) -> EventEvidence:
    """The evidence of those fields that stay as they were; what a reader chose was not said in so many words."""
    if event is None:
        return EventEvidence()

    def kept(name: str) -> Any:
        same: bool = facts[name] == getattr(event, name)
        return getattr(event.evidence, name) if same else _NONE.get(name)

    return EventEvidence(**{name: kept(name) for name in EventEvidence.model_fields})


_NONE: Mapping[str, Sequence[Span]] = {"actors": (), "recipients": ()}
