"""The word lists: which verb or noun, under which conditions, names which event, and where its participants stand.

The tables (``data/frames-*.en.tsv``, ``data/classes-*.en.tsv``, ``data/support-verbs.en.tsv``, ``data/means.en.tsv``)
explain their columns in their own first lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from polybius.errors import KnowledgeError
from polybius.tables import read_table, values

_PACKAGE = "polybius.events"
_KINDS = {"actor", "official", "person", "place"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a clause or noun: that one of ``slots`` is filled, by certain words or an actor or place.

    ``kind`` is "" (words or mere presence), "actor", "official" (of a state or public body), "person" (one or
    several) or "place"; ``words`` are head lemmas, empty for presence.
    """

    slots: tuple[str, ...]
    kind: str = ""
    words: frozenset[str] = frozenset()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One row: ``actor`` and ``recipient`` list slots in order of preference, each a tuple taken together."""

    trigger: tuple[str, ...]
    pos: str
    type: str
    mode: str | None
    actor: tuple[tuple[str, ...], ...]
    recipient: tuple[tuple[str, ...], ...]
    when: tuple[Condition, ...]
    contexts: tuple[str, ...]
    weak: bool
    sure: bool
    rank: int

    @property
    def weight(self) -> int:
        """How much the frame asks for: certain words say more than any actor or place; a denial says little."""
        asked = sum(0 if c.denied else 2 if c.words else 1 for c in self.when)
        return asked + 2 * len(self.trigger)

    @property
    def consumes(self) -> frozenset[str]:
        """The slots whose words this frame asks for: they are part of its event, and no event of their own."""
        return frozenset(s for c in self.when if c.words and not c.denied for s in c.slots)


class Frames:
    """All frames, indexed by the first word of their trigger; the more demanding ones first.

    Rows are read into frames when their word is first asked for: of 7,000 a report needs a few hundred.
    """

    def __init__(
        self,
        rows: Iterable[dict[str, str]],
        classes: dict[str, set[str]],
        support: dict[str, str],
        means: Iterable[dict[str, str]] = (),
    ) -> None:
        self._rows: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = defaultdict(list)
        for rank, row in enumerate(rows):
            words = row["trigger"].split()
            word = words[-1] if row["pos"] == "n" and "of" not in words else words[0]
            self._rows[row["pos"], word].append((rank, row))
        self._classes = classes
        self._conditions: dict[str, Condition] = {}  # many rows ask the same
        self._frames: dict[tuple[str, str], list[Frame]] = {}
        self.support = support
        self._means = [(row["type"], row["mode"], _expanded(row["words"], classes)) for row in means]

    def of(self, pos: str, word: str) -> list[Frame]:
        """The frames for a verb's first word, or a noun's head word, the most demanding first.

        Raises:
            KnowledgeError: for a row that cannot be read.
        """
        key = pos, word
        if key not in self._frames:
            frames = [self._frame(row, rank) for rank, row in self._rows.get(key, ())]
            self._frames[key] = sorted(frames, key=lambda f: (-f.weight, f.rank))
        return self._frames[key]

    def words(self) -> list[tuple[str, str]]:
        """Part of speech and word of all triggers."""
        return list(self._rows)

    def mode_by_means(self, type_: str, means: set[str]) -> str | None:
        """The mode that the means of an act show: "fought with machetes" is ASSAULT primitive."""
        return next((mode for t, mode, words in self._means if t == type_ and words & means), None)

    @classmethod
    @cache
    def load(cls) -> Frames:
        """The frames shipped with polybius."""
        classes: dict[str, set[str]] = defaultdict(set)
        for name in ("classes-cooperation.en.tsv", "classes-conflict.en.tsv"):
            for row in read_table(_PACKAGE, name):
                classes[row["class"].removeprefix("@")].update(values(row["words"]))
        tables = ("frames-cooperation.en.tsv", "frames-conflict.en.tsv")
        support = {row["verb"]: row["effect"] for row in read_table(_PACKAGE, "support-verbs.en.tsv")}
        means = read_table(_PACKAGE, "means.en.tsv")
        return cls((row for name in tables for row in read_table(_PACKAGE, name)), classes, support, means)

    def _frame(self, row: dict[str, str], rank: int) -> Frame:
        asked = [part.strip() for part in row["when"].split(";") if part.strip()]
        for text in asked:
            if text not in self._conditions:
                self._conditions[text] = _condition(text, self._classes)
        return Frame(
            trigger=tuple(row["trigger"].split()),
            pos=row["pos"],
            type=row["type"],
            mode=row["mode"] or None,
            actor=_slots(row["actor"]),
            recipient=_slots(row["recipient"]),
            when=tuple(self._conditions[text] for text in asked),
            contexts=values(row["contexts"]),
            weak=row["note"].startswith("weak"),
            sure=row["note"].startswith("sure"),
            rank=rank,
        )


@cache
def _slots(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.split("+")) for part in values(cell))


def _expanded(cell: str, classes: dict[str, set[str]]) -> frozenset[str]:
    """The words of a cell, with those of the classes that it names."""
    expanded: set[str] = set()
    for word in values(cell):
        if not word.startswith("@"):
            expanded.add(word)
        elif word[1:] in classes:
            expanded |= classes[word[1:]]
        else:
            raise KnowledgeError(f"the word class {word} in {cell!r} is not there")
    return frozenset(expanded)


def _condition(text: str, classes: dict[str, set[str]]) -> Condition:
    denied = text.startswith("!")
    text = text.removeprefix("!")
    if "=" in text:
        slots, words = text.split("=", 1)
        return Condition(tuple(slots.split("|")), "", _expanded(words, classes), denied)
    slots, _, kind = text.partition(":")
    if kind and kind not in _KINDS:
        raise KnowledgeError(f"the condition {text!r} asks for {kind!r}, not one of {sorted(_KINDS)}")
    return Condition(tuple(slots.split("|")), kind, frozenset(), denied)
