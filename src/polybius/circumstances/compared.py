"""Amounts beside each other: ranges ("10 to 15"), and figures compared with an earlier one ("up from 10")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from polybius.record import Span
from polybius.record.model import AmountKind, Bound

_BREAK = re.compile(r"[.!?]\s|\n\n")
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}$")
_VOTES = re.compile(r"\b(?:vote|ballot)s?$")  # "102 votes against 87" compares with nothing earlier
_COMPARED = re.compile(
    r"\b(?:from|compared\s(?:with|to)|against|versus)(?:\s(?:just|only|the|a|some|around|about|nearly|an))?"
    r"(?:\s(?:[a-z]+\s)?(?:toll|total|figure|count|estimate|tally|level|average|number|low|high|peak|record|forecast)\sof)?$|than\sthe$"
)


@dataclass(frozen=True)
class Found:
    """An amount on the way: its span, its figure, and what has been read about it."""

    span: Span
    value: float | None
    bound: Bound
    kind: AmountKind
    unit: str | None = None
    of: str | None = None
    previous: float | None = None
    bare: bool = False  # it has neither noun nor unit of its own
    doubtful: bool = False  # it counts only when a neighbour shows it: "from 3,000 to 5,000"


def ranges(found: list[Found], text: str) -> list[Found]:
    """ "Between 10 and 15", "10 to 15", "10-15 rebels": at least the first, at most the second.

    Args:
        found: amounts in the order of the text.
        text: the report's text, lower-cased.
    """
    result = list(found)
    for i in range(1, len(result)):
        first, second = result[i - 1], result[i]
        between = text[first.span[1] : second.span[0]]
        lead = text[max(0, first.span[0] - 8) : first.span[0]]
        joined = (between == " and " and lead.endswith("between ")) or (
            between in {" to ", "-", "–", " - ", " – "} and not lead.endswith("from ")
        )
        # "$2-3 million" and "between $2m and $3m"; but oil "rose $2 to $80"
        money = first.kind == "money" and between != " to " and (second.bare or second.unit == first.unit)
        if not joined or not (first.bare or money) or first.value is None or second.value is None:
            continue
        if second.doubtful or first.value >= second.value:
            vote = between == " to " and second.bare  # "by 87 to 12", but no score: "3-1"
            result[i - 1 : i + 1] = [replace(one, doubtful=not vote) for one in (first, second)]
            continue
        scale = _shared_scale(first.value, second.value, text[second.span[0] : second.span[1]])
        second = replace(_like(second, first), bound="at_most", doubtful=False)
        first = replace(_like(first, second), value=first.value * scale, bound="at_least", doubtful=False)
        result[i - 1 : i + 1] = [first, second]
    return result


def _shared_scale(first: float, second: float, words: str) -> float:
    """ "Two to three million": the scale stands only with the second figure."""
    for word, scale in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6), ("thousand", 1e3)):
        if word in words and first < 1000 <= second:
            return scale
    return 1


def compare(found: list[Found], text: str) -> list[Found]:
    """ "From 254,000 tons to 600,000", "780bn, down from 826bn": the later figure gets the earlier one's value.

    Args:
        found: amounts in the order of the text.
        text: the report's text, lower-cased.
    """
    result = list(found)
    for i in range(1, len(result)):
        first, second = result[i - 1], result[i]
        between = text[first.span[1] : second.span[0]]
        if len(between) > 90 or _BREAK.search(between):
            continue
        lead = text[max(0, first.span[0] - 40) : first.span[0]]
        if _FROM.search(lead) and re.search(r"(?:^|\s)to$", between.rstrip()):
            second = replace(_like(second, first), doubtful=False)
            first = replace(_like(first, second), doubtful=False)
            result[i - 1 : i + 1] = [first, replace(second, previous=first.value)]
        elif _COMPARED.search(between.rstrip()):
            if i > 1 and text[first.span[0] - 1 : first.span[0]] == "(" and second.bare:
                at = i - 2  # "1.42bn crowns ($166m), up from 1.19bn"
                first = result[at]
            else:
                at = i - 1
            second = replace(_like(second, first), doubtful=second.doubtful and first.doubtful)
            result[i] = second
            if (second.kind, second.unit) == (first.kind, first.unit) and not _VOTES.search(first.of or ""):
                result[at] = replace(first, previous=second.value, doubtful=False)
    return result


def _like(bare: Found, other: Found) -> Found:
    """A figure without a unit of its own takes that of the figure beside it."""
    if not bare.bare or other.bare:
        return bare
    return replace(bare, kind=other.kind, unit=other.unit, of=other.of, bare=False)
