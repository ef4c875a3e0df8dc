"""Turns the rows of times.en.tsv into one compiled pattern. Knows how rules are written, not what they mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from polybius.tables import read_table, values

_MACRO = re.compile(r"(?<!\?P)<(~|-|[A-Za-z]+)(\d?)>")
_NOT_BEFORE = r"(?<![\w$€£#/@])(?<!\d[.,:-])"
_NOT_AFTER = r"(?!\w|[.,:]\d)"
_FIXED = {
    "~": r"(?:[ \u00a0]{1,3}|[ ]?\n)",
    "-": r"(?:[-–]|[ \u00a0]{1,2}|\n)",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
    "year": r"(?:1\d|20)\d\d",
}


@dataclass(frozen=True)
class Rule:
    """One row of the grammar: the name of its reading, and its pattern with named parts.

    The pattern is compiled when a text first has such a phrase: of sixty rules a report needs a few.
    """

    reading: str
    row: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Fits the whole phrase, and nothing that goes on as a word or figure."""
        return re.compile(f"(?:{_expand(self.row, named=True)}){_NOT_AFTER}")


@dataclass(frozen=True)
class Match:
    """What a rule found: where, and its parts by name as the words of the text, lower-cased."""

    reading: str
    start: int
    end: int
    parts: Mapping[str, str] = field(default_factory=dict)


@cache
def time_words() -> Mapping[str, Mapping[str, str]]:
    """Class -> word -> value, from time-words.en.tsv."""
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table("polybius.circumstances", "time-words.en.tsv"):
        classes[row["class"]] |= dict.fromkeys(values(row["words"]), row["value"])
    return classes


@cache
def _grammar() -> tuple[tuple[Rule, ...], re.Pattern[str]]:
    rows = list(read_table("polybius.circumstances", "times.en.tsv"))
    rules = tuple(Rule(row["reading"], row["pattern"]) for row in rows)
    branches = [f"(?P<r{i}>{_expand(row['pattern'], named=False)})" for i, row in enumerate(rows)]
    return rules, re.compile(f"{_NOT_BEFORE}(?:{'|'.join(branches)}){_NOT_AFTER}")


def matches(text: str) -> Iterator[Match]:
    """Every place where a rule fits, in order, without overlap.

    Args:
        text: lower-cased, of the report's length.
    """
    rules, anywhere = _grammar()
    for found in anywhere.finditer(text):
        rule = rules[int(str(found.lastgroup)[1:])]
        whole = rule.pattern.match(text, found.start())
        if whole is not None:
            parts = {name: words for name, words in whole.groupdict().items() if words}
            yield Match(rule.reading, whole.start(), whole.end(), parts)


def lower(text: str) -> str:
    """The text in lower case, of the same length: the few letters that would grow stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _expand(pattern: str, *, named: bool) -> str:
    def one(macro: re.Match[str]) -> str:
        name, number = macro.groups()
        if name in {"~", "-"}:
            return _FIXED[name]
        body = _FIXED.get(name) or _words(name)
        return f"(?P<{name.lower()}{number}>{body})" if named else f"(?:{body})"

    expanded = _MACRO.sub(one, pattern)
    return expanded if named else re.sub(r"\(\?P<\w+>", "(?:", expanded)


def _words(name: str) -> str:
    """The words of a class as alternatives, longest first; short names of days and months may end in a dot."""
    classes = time_words()
    if name == "count":
        return rf"\d{{1,3}}|{_words('number')}"
    words = [re.escape(word) for word in classes[name.lower()]]
    if name.islower():
        words += [rf"{short}\b\.?" for short in classes.get(f"{name}_short", {})]
    return "|".join(sorted(words, key=len, reverse=True)).replace(r"\ ", _FIXED["~"])
