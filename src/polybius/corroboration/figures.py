"""Figures by what they count, so that "4 killed" of one report meets "at least two dead" of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from math import inf

from polybius.corroboration.forms import Figure
from polybius.corroboration.words import WORD, stem
from polybius.record import Amount, Event, Record, Span
from polybius.tables import read_table, values

_NEAR = 5  # words between a figure and the word that says what became of those counted


def figures_of(record: Record, event: Event, sentence_at: Callable[[int], Span]) -> tuple[Figure, ...]:
    """The figures of an event: those coded as its own, and in its sentence those that no event has."""
    sentence = sentence_at(event.span[0])
    taken = {id_ for other in record.events for id_ in other.amounts}
    found: dict[tuple[str, float | None], Figure] = {}
    for amount in record.amounts:
        inside = sentence[0] <= amount.span[0] < sentence[1]
        if amount.id in event.amounts or (inside and amount.id not in taken and amount.kind == "count"):
            figure = _figure(record, amount, sentence_at(amount.span[0]))
            if amount.id in event.amounts or figure.label in _labels():
                found.setdefault((figure.label, figure.value), figure)
    return tuple(found.values())


def interval(figure: Figure) -> tuple[float, float] | None:
    """The values that a figure allows, both ends inclusive; None when it names none."""
    if figure.value is None or figure.bound == "vague":
        return None
    value = figure.value
    return {
        "exact": (value, value),
        "at_least": (value, inf),
        "at_most": (-inf, value),
        "about": (value * 0.9, value * 1.1),
    }[figure.bound]


def compatible(one: Figure, other: Figure) -> bool | None:
    """Whether two figures can both be true; None when one of them names no value."""
    a, b = interval(one), interval(other)
    if a is None or b is None:
        return None
    return a[0] <= b[1] and b[0] <= a[1]


def in_words(figure: Figure) -> str:
    """A figure as a short text: "at least 2", "USD 30,000,000"."""
    sign = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about ", "vague": "about "}
    value = figure.words if figure.value is None else f"{figure.value:,.10g}"
    unit = f"{figure.unit} " if figure.unit and figure.value is not None else ""
    return f"{sign[figure.bound] if figure.value is not None else ''}{unit}{value}"


def _figure(record: Record, amount: Amount, sentence: Span) -> Figure:
    label = _label(record, amount, sentence)
    word = amount.of.split()[-1] if amount.of else ""
    return Figure(
        label=label,
        counted=word if word and label == stem(word) else None,
        value=amount.value,
        bound=amount.bound,
        unit=amount.unit,
        words=" ".join(record.words(amount.span).split()),
    )


def _label(record: Record, amount: Amount, sentence: Span) -> str:
    """What became of those counted, else what is counted, else the unit."""
    if amount.kind == "count":
        text, (start, end) = record.document.text, amount.span
        before = reversed(list(_words(text[sentence[0] : start])))
        after = _words(text[end : sentence[1]])
        inside = _words(text[start:end])
        near = [(0.0, label) for _, label in _outcomes(inside)]
        near += [(distance + 0.1, label) for distance, label in _outcomes(after)]
        near += [(distance, label) for distance, label in _outcomes(before)]
        if near:
            return min(near)[1]
    if amount.of:
        return stem(amount.of.split()[-1])
    return amount.unit or amount.kind


def _outcomes(words: Iterator[str]) -> Iterator[tuple[float, str]]:
    for distance, word in zip(range(_NEAR), words, strict=False):
        if label := _labels_by_stem().get(word):
            yield distance, label


def _words(text: str) -> Iterator[str]:
    return (stem(match.group()) for match in WORD.finditer(text))


@cache
def _labels_by_stem() -> dict[str, str]:
    rows = read_table("polybius.corroboration", "outcomes.en.tsv")
    return {stem(word): row["label"] for row in rows for word in values(row["words"])}


@cache
def _labels() -> frozenset[str]:
    return frozenset(_labels_by_stem().values())
