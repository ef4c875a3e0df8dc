"""Reads a record into what is remembered of it: its events with what tells them apart, and its own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import day_name, month_abbr, month_name
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from polybius.corroboration.accounts import accounts_of
from polybius.corroboration.copies import bands_of, signature_of
from polybius.corroboration.figures import figures_of
from polybius.corroboration.forms import Party, Profile, Telling
from polybius.corroboration.words import WORD, cosine, sentences, shingles, stem, stems, weigh, weigh_text
from polybius.record import Actor, Event, Record, Span
from polybius.record.names import fold

KEPT = 80  # words of a report whose weights are kept, heaviest first
HEADLINE, LEAD, HALVED = (
    3.0,
    2.0,
    4,
)  # what a word counts in the headline, the first sentence, and by how many less
QUOTED = re.compile(r"[\"“]([^\"“”]{20,400})[\"”]")
QUOTE_RUN = 5  # words: a run this long is hardly said twice by chance

_CALENDAR = frozenset(map(stem, (*day_name, *month_name[1:], *month_abbr[1:], "sept")))
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT"})  # often an answer to what a report is about
_CREDIT = re.compile(
    r"\(([A-Z][\w .&'-]{1,40})\)|\b([A-Z][\w .&'-]{1,40}?),? (?:reported|reports|reporting)\b"
)


def profile_of(record: Record) -> Profile:
    """What the grouping remembers of a record."""
    document = record.document
    spans = _without_furniture(record)
    tellings = tuple(_tellings(record, spans))
    words = _report_words(record, spans)
    prose = " ".join(document.text[start:end] for start, end in spans)
    signature, size = signature_of(prose)
    homes = {t.event: _sentence(spans, t.start) for t in tellings}
    around = {event: document.text[start:end] for event, (start, end) in homes.items()}
    towns = {event: _towns(record, sentence) for event, sentence in homes.items()}
    return Profile(
        report=document.id,
        name=document.given_id or document.id,
        source=document.source,
        published=document.published,
        title=document.title,
        tellings=tellings,
        accounts=accounts_of(tellings, around, towns),
        words=words,
        quotes=tuple(sorted(set(_quotes(prose)))),
        figures=tuple(
            sorted({f"{a.kind} {a.unit} {a.value:g}" for a in record.amounts if a.value is not None})
        ),
        bands=bands_of(signature),
        signature=signature,
        shingles=size,
        credits=tuple(sorted({fold(c) for c in _credits(document.text)})),
    )


def _tellings(record: Record, spans: list[Span]) -> Iterator[Telling]:
    actors = {actor.id: actor for actor in record.actors}
    places = {place.id: place for place in record.places}
    title = weigh_text(record.document.title or "")
    starts = [start for start, _ in spans]
    for event in record.events:
        place = places.get(event.place or "")
        yield Telling(
            event=event.id,
            start=event.span[0],
            end=event.span[1],
            words=" ".join(record.words(event.span).split()),
            type=event.type,
            mode=event.mode,
            days=event.date,
            day_said=event.evidence.date is not None,
            place=place.name if place else None,
            place_country=place.country if place else None,
            actors=tuple(_parties(actors, event.actors)),
            recipients=tuple(_parties(actors, event.recipients)),
            figures=figures_of(record, event, partial(_sentence, spans)),
            said_by=actors[event.said_by].name if event.said_by else None,
            auxiliary=event.auxiliary,
            confidence=event.confidence,
            weight=_weight(record, event, bisect_right(starts, event.span[0]) - 1, title),
        )


def _weight(record: Record, event: Event, sentence: int, title: dict[str, float]) -> float:
    """How prominent an event is: told early, in the words of the headline, surely, and as a fact of these days."""
    weight = event.confidence / (1 + 0.5 * max(sentence, 0))
    weight *= 1 + cosine(weigh_text(record.words(event.span)), title)
    if event.type in _SPEECH:
        weight *= 0.7
    for auxiliary, share in (("historical", 0.3), ("hypothetical", 0.5), ("negation", 0.6)):
        if auxiliary in event.auxiliary:
            weight *= share
    return round(weight, 3)


def _towns(record: Record, sentence: Span) -> frozenset[str]:
    """Towns named in a sentence: a country or a region is no scene, as two happenings may well share it.

    Nor is the town in capitals of a dateline, where the reporter sits.
    """
    return frozenset(
        place.name
        for place in record.places
        if sentence[0] <= place.span[0] < sentence[1]
        and (place.known_as or "").startswith("geonames/")
        and not record.words(place.span).isupper()
    )


def _parties(actors: dict[str, Actor], ids: Iterable[str]) -> Iterator[Party]:
    for id_ in ids:
        actor = actors[id_]
        name = " ".join(actor.name.split())
        yield Party(key=actor.known_as or fold(name), name=name, country=actor.country, sector=actor.sector)


def _report_words(record: Record, spans: list[Span]) -> dict[str, float]:
    """The weights of a report's words; headline and lead count most: background stands below.

    The name of the source and those of days and months are left out: they say nothing of what happened.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    for word in stems(record.document.title or ""):
        counts[word] += HEADLINE
    given = {stem(word.group()) for word in WORD.finditer(record.document.source or "")} | _CALENDAR
    for number, (start, end) in enumerate(spans):
        for word in stems(record.document.text[start:end]):
            counts[word] += LEAD / (1 + number / HALVED)
    for word in given:
        counts.pop(word, None)
    heaviest = sorted(weigh(counts).items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    return dict(heaviest)


def _without_furniture(record: Record) -> list[Span]:
    furniture = record.document.furniture
    return [
        (start, end)
        for start, end in sentences(record.document.text)
        if not any(left <= start < right for left, right in furniture)
    ]


def _sentence(spans: list[Span], offset: int) -> Span:
    """The sentence that holds an offset; an empty one at the offset where none does."""
    at = bisect_right([start for start, _ in spans], offset) - 1
    return spans[at] if at >= 0 and spans[at][1] > offset else (offset, offset)


def _quotes(prose: str) -> Iterator[str]:
    for match in QUOTED.finditer(prose):
        yield from shingles((stem(word.group()) for word in WORD.finditer(match[1])), QUOTE_RUN)


def _credits(text: str) -> Iterator[str]:
    """Whom a report credits: "(Reuters)", "Reuters reports", "according to Reuters"."""
    for match in _CREDIT.finditer(text):
        yield match[1] or match[2]
    for match in re.finditer(r"[Aa]ccording to (?:the )?([A-Z][\w&'-]+(?: [A-Z][\w&'-]+){0,3})", text):
        yield match[1]
