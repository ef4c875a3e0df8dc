"""Reads figures: digits, number words and mixtures of both, with the magnitude that belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from polybius.tables import read_table, values

_BLANK = r"[ \u00a0\u202f]"
_HALVES = {
    "1/2": 0.5,
    "½": 0.5,
    "1/4": 0.25,
    "¼": 0.25,
    "3/4": 0.75,
    "¾": 0.75,
}  # "7 1/2 percent", "2½ million"
_COMMA = r"\d{1,3},\d{1,2}(?!\d)"  # decimals as some write them, before "%" or "million": "47,9%"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in the text. ``value`` is None for "dozens"; ``digits`` whether it has any."""

    start: int
    end: int
    value: float | None
    digits: bool
    about: bool = False


@cache
def _table() -> Mapping[str, tuple[float, str]]:
    return {
        row["word"]: (float(row["value"] or 0), row["kind"])
        for row in read_table("polybius.circumstances", "numbers.en.tsv")
    }


def _entry(word: str) -> tuple[float, str]:
    """What a number word is worth, behind a figure in the plural, too ("12 millions", "3 crores")."""
    return _table().get(word.removesuffix("s")) or _table()[word]


def _of_kind(*kinds: str) -> str:
    return "|".join(
        sorted((word for word, (_, kind) in _table().items() if kind in kinds), key=len, reverse=True)
    )


def _glued() -> str:
    """Units that are written right behind a figure ("2,000km"): the short ones; a single letter says too little."""
    rows = read_table("polybius.circumstances", "units.en.tsv")
    short = {w for row in rows for w in values(row["words"]) if w.isalpha() and 2 <= len(w) <= 3}
    return "|".join(sorted(short, key=lambda w: (-len(w), w)))


def _signs() -> str:
    """Where a figure may begin though letters stand before it: behind a sign of money ("Rs500", "Rs.500")."""
    rows = read_table("polybius.circumstances", "currencies.en.tsv")
    signs = {sign for row in rows for sign in values(row["signs"]) if sign.rstrip(".").isalpha()}
    return "|".join(rf"(?<=\b{re.escape(sign)})" for sign in sorted(signs))


@cache
def _pattern() -> re.Pattern[str]:
    unit, ten, scale = _of_kind("unit"), _of_kind("ten"), rf"(?:{_of_kind('scale')})s?"
    vague = _of_kind("vague")
    long_mark = "|".join(mark for mark in _of_kind("mark").split("|") if len(mark) > 1)
    gap = rf"(?:{_BLANK}|\n)"
    small = rf"(?:(?:{ten})(?:[- ](?:{unit}))?|(?:{unit}))"
    magnitude = rf"(?:(?:{gap}|-)(?:{scale})\b|(?:{_BLANK}?(?:{long_mark})|[km])\b(?!['’]|\.\w))"
    half = "|".join(rf"[ -]{h}" if h.isascii() else h for h in _HALVES)
    decimal = rf"{_COMMA}(?={_BLANK}?(?:%|per ?cent\b|[mbt]r?illion\b))"
    digits = rf"(?:{decimal}|{_DIGITS})(?:{half})?(?:{magnitude})?(?:{gap}(?:{scale})\b)?"
    worded = (
        rf"(?:half{gap}an?{gap}(?:{scale})|an?{gap}half{gap}(?:{scale})|(?:an?|{small})(?:{gap}and{gap}a{gap}half)?(?:{gap}|-)(?:{scale})"
        rf"(?:{gap}(?:and{gap})?(?:{small}|{scale}))*|{small})"
    )
    plural = rf"(?:(?:tens|dozens|scores|hundreds|thousands){gap}of{gap})?(?:{vague})"
    few = rf"(?:several|a{gap}few|many|some{gap}few|a{gap}couple{gap}of|a{gap}couple)"
    loose = rf"{few}{gap}(?:{scale})(?:{gap}(?:{scale}))?"
    return re.compile(
        rf"(?:(?<![\w.,/:])|{_signs()})(?:(?P<digits>{digits})|(?P<loose>{loose})|(?P<vague>{plural})|(?P<words>{worded}))"
        rf"(?!(?!(?:{_glued()})\b)\w|[.,:]\d)"
    )


def figures(text: str) -> Iterator[Figure]:
    """Every figure, in order.

    Args:
        text: lower-cased, of the report's length.
    """
    for match in _pattern().finditer(text):
        words = match.group()
        if match.lastgroup == "digits" or match["digits"]:
            yield Figure(match.start(), match.end(), _of_digits(words), True)
        elif match["words"]:
            yield Figure(match.start(), match.end(), _of_words(words), False)
        else:
            yield Figure(match.start(), match.end(), None, False)


def _of_digits(words: str) -> float:
    head = re.match(rf"{_COMMA}|{_DIGITS}", words)
    assert head is not None
    number = head.group()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", number):
        number = number.replace(".", "")
    if re.fullmatch(_COMMA, number):
        number = number.replace(",", ".")
    value = float(re.sub(r"[,\s]", "", number))
    rest = words[head.end() :].lstrip(" -")
    value += next((part for half, part in _HALVES.items() if rest.startswith(half)), 0.0)
    for word in re.findall(r"[a-z]+", rest):
        value *= _entry(word)[0]
    return round(value, 6)


def _of_words(words: str) -> float:
    """ "two hundred and fifty thousand": small numbers add up, a scale multiplies what stands before it."""
    total = current = 0.0
    pieces = re.findall(r"[a-z]+", words)
    for i, word in enumerate(pieces):
        if word == "half":
            current += 0.5
        elif word in {"a", "an"}:
            current += 0 if "half" in pieces[max(0, i - 1) : i + 2] else 1
        elif word != "and":
            value, kind = _entry(word)
            if kind != "scale":
                current += value
            elif value >= 1000:
                total, current = total + (current or 1) * value, 0.0
            else:
                current = (current or 1) * value
    if len(pieces) > 2 and pieces[-2] in {"hundred", "dozen"} and pieces[-1] in {"thousand", "million"}:
        return total
    return total + current
