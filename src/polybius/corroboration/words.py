"""Words weighed as a reader weighs them: what is rare tells more than what every report has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import log, sqrt

from polybius.record import Span
from polybius.record.names import fold
from polybius.tables import read_table

Weights = Mapping[str, float]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n\s*\n")
_SHORT = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|St|No|vs|[JFMASOND][a-z]{2,3}))\.$")
_ENDINGS = ("ingly", "edly", "ings", "ies", "ied", "ing", "ers", "ed", "er", "es", "ly", "s", "e")


def stem(word: str) -> str:
    """A word without the endings that inflection leaves: kills, killed and killing are one, killer too."""
    word = fold(word).removesuffix("'s").removesuffix("’s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without those that every text has ("the", "said")."""
    common = _frequencies()
    found = (stem(match.group()) for match in WORD.finditer(text))
    return [word for word in found if len(word) > 1 and common.get(word, 0.0) < _EVERYWHERE]


def weigh(counts: Mapping[str, float]) -> dict[str, float]:
    """TF-IDF weights of length one: the logarithm of the count, times how rare the word is in our sentences."""
    raw = {word: log(1 + count) * rarity(word) for word, count in counts.items() if count > 0}
    length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {word: round(weight / length, 4) for word, weight in raw.items()}


def weigh_text(text: str) -> dict[str, float]:
    """The weights of a text's words."""
    return weigh(Counter(stems(text)))


def cosine(one: Weights, other: Weights) -> float:
    """How alike two sets of weights are: 0 for no word in common, 1 for the same."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def shared(one: Weights, other: Weights, most: int = 4) -> list[str]:
    """The words that two sets have in common, heaviest first, for a reader to see why they are alike."""
    common = sorted(one.keys() & other.keys(), key=lambda word: -one[word] * other[word])
    return common[:most]


def rarity(word: str) -> float:
    """The inverse document frequency of a stem, 0.5 to 9.5: a word not in our sentences is the rarest."""
    return -log(_frequencies().get(word, _UNSEEN))


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text as spans; full stops of initials, months and titles end none."""
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _SHORT.search(text[start : match.start() + 1]):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def shingles(words: Iterable[str], size: int) -> list[str]:
    """Every run of ``size`` words; the whole where there are fewer."""
    row = list(words)
    if len(row) < size:
        return [" ".join(row)] if row else []
    return [" ".join(row[i : i + size]) for i in range(len(row) - size + 1)]


@cache
def _frequencies() -> dict[str, float]:
    return {row["stem"]: float(row["share"]) for row in read_table("polybius.corroboration", "words.en.tsv")}


_UNSEEN = 0.00025  # the share of a word that stands in none of some ten thousand sentences
_EVERYWHERE = 0.06  # a word in more than 6 % of all sentences tells nothing apart
