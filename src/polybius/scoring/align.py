"""Which actor of the record is which actor of the gold table, told by name alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polybius.scoring.fields import Aligned, entries, folded


def align(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Aligned:
    """Give each gold actor, in the table's order, the actor of the record that fits its name best.

    The record's own name counts most, then an alias or the words of a mention, then a name that is part of
    the other. No actor of the record is given twice.
    """
    candidates = [_named(record, actor) for actor in entries(record, "actors")]
    gold_id: dict[str, str] = {}
    record_actor: dict[str, Mapping[str, Any]] = {}
    for wanted in entries(gold, "actors"):
        free = [c for c in candidates if c.actor["id"] not in gold_id]
        ranks = [candidate.rank(folded(wanted["name"])) for candidate in free]
        if any(ranks):
            best = free[ranks.index(max(ranks))].actor
            gold_id[best["id"]] = wanted["id"]
            record_actor[wanted["id"]] = best
    optional = frozenset(actor["id"] for actor in entries(gold, "actors") if actor.get("optional"))
    return Aligned(gold_id, record_actor, optional)


@dataclass(frozen=True, slots=True)
class _Named:
    actor: Mapping[str, Any]
    name: str
    names: frozenset[str]

    def rank(self, wanted: str) -> int:
        if self.name == wanted:
            return 3
        if wanted in self.names:
            return 2
        return int(len(self.name) > 3 and (wanted in self.name or self.name in wanted))


def _named(record: Mapping[str, Any], actor: Mapping[str, Any]) -> _Named:
    text = record["document"]["text"]
    mentions = (m["span"] for m in entries(record, "mentions") if m.get("actor") == actor["id"])
    words = [text[start:end] for start, end in mentions]
    names = (actor["name"], *actor.get("aliases", ()), *words)
    return _Named(actor, folded(actor["name"]), frozenset(map(folded, names)))
