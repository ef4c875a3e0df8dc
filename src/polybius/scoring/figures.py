"""The figures of one comparison, table by table, with what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as the gold table has it: what (an anchor or the record's words), and why."""

    kind: Literal["missing", "wrong", "false", "furniture"]
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TableScore:
    """``gold`` counts the entries that are not optional, ``predicted`` the record's entries less those that
    answer an optional one; ``found`` have the right type (events) or kind (ties), ``full`` every field."""

    gold: int
    predicted: int
    found: int
    full: int
    misses: tuple[Miss, ...] = field(default=(), repr=False)

    @property
    def found_f1(self) -> float:
        """F1 of what was found, 0–1; 1 when there was nothing to find and nothing was."""
        return self._f1(self.found)

    @property
    def full_f1(self) -> float:
        """F1 of what is right in every field, 0–1."""
        return self._f1(self.full)

    def figures(self) -> dict[str, float]:
        """The figures by name."""
        counts = {name: getattr(self, name) for name in ("gold", "predicted", "found", "full")}
        return {**counts, "found_f1": self.found_f1, "full_f1": self.full_f1}

    def _f1(self, right: int) -> float:
        both = self.gold + self.predicted
        return round(2 * right / both, 4) if both else 1.0


class ActorsScore(TableScore):
    """As a table; ``found`` by name, ``full`` with kind, country and sector."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MentionsScore:
    """How many of the gold mentions stand for the right actor, or are places where they are places."""

    gold: int
    full: int
    misses: tuple[Miss, ...] = field(default=(), repr=False)

    @property
    def accuracy(self) -> float:
        """Share of the gold mentions, 0–1; 1 when the table gives none."""
        return round(self.full / self.gold, 4) if self.gold else 1.0

    def figures(self) -> dict[str, float]:
        """The figures by name."""
        return {"gold": self.gold, "full": self.full, "accuracy": self.accuracy}


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How many of the facts about the report are right, and how many entries rest on page furniture."""

    right: int
    of: int
    records_on_furniture: int
    misses: tuple[Miss, ...] = field(default=(), repr=False)

    def figures(self) -> dict[str, float]:
        """The figures by name."""
        return {"right": self.right, "of": self.of, "records_on_furniture": self.records_on_furniture}


@dataclass(frozen=True, slots=True)
class Score:
    """All figures of one record against one gold table; ``tables`` holds those whose entries have spans."""

    actors: ActorsScore
    mentions: MentionsScore
    tables: Mapping[str, TableScore]
    document: DocumentScore

    @property
    def overall(self) -> float:
        """Mean of the seven tables' figures for what is right in full, 0–1."""
        parts = [self.actors.full_f1, self.mentions.accuracy, *(t.full_f1 for t in self.tables.values())]
        return round(sum(parts) / len(parts), 4)

    def rows(self) -> dict[str, TableScore | MentionsScore | DocumentScore]:
        """Every part by name, in the order in which it is shown."""
        return {
            "actors": self.actors,
            "mentions": self.mentions,
            **self.tables,
            "document": self.document,
        }

    def figures(self) -> dict[str, Any]:
        """All figures, as plain numbers ready for JSON."""
        return {**{name: row.figures() for name, row in self.rows().items()}, "overall": self.overall}
