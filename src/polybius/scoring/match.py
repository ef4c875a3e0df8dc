"""Which entry of the record answers which entry of the gold table: the best pairs first, each entry once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polybius.errors import RecordError
from polybius.scoring.fields import Seen, entries, touch
from polybius.scoring.figures import Miss, TableScore

Entry = Mapping[str, Any]

NOT_COMPARED = {"at", "id", "optional", "text", "note"}
LONGEST_WORDS = 70  # characters of a false entry's words that are shown


def gold_span(text: str, entry: Entry) -> tuple[int, int]:
    """Where a gold entry stands: its ``text`` inside its anchor ``at``, or all of the anchor.

    Raises:
        RecordError: when the anchor does not occur exactly once in the report.
    """
    at, inner = entry["at"], entry.get("text")
    if (times := text.count(at)) != 1:
        raise RecordError(f"the gold anchor {at!r} occurs {times} times", "lengthen it until it occurs once")
    start = text.index(at)
    if inner is not None and inner in at:
        start += at.index(inner)
        return start, start + len(inner)
    return start, start + len(at)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A gold entry and one of the record's that touches it; ``core`` is right when its type or kind is."""

    gold: int
    predicted: int
    full: bool
    core: bool
    share: float
    needed: bool
    wrong: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, bool, float, bool]:
        return self.full, self.core, self.share, self.needed


def score_table(name: str, seen: Seen, gold: Sequence[Entry]) -> TableScore:
    """Compare one table of the record with the gold entries for it."""
    predicted = entries(seen.record, name)
    hits = _best(_pairs(name, seen, gold, predicted))
    needed = {i: hits.get(i) for i, entry in enumerate(gold) if not entry.get("optional")}
    answered = {pair.predicted for pair in hits.values()}
    false = [entry for i, entry in enumerate(predicted) if i not in answered]
    return TableScore(
        gold=len(needed),
        predicted=len(predicted) - sum(i not in needed for i in hits),
        found=sum(pair is not None and pair.core for pair in needed.values()),
        full=sum(pair is not None and pair.full for pair in needed.values()),
        misses=(
            *(Miss("missing", gold[i]["at"]) for i, pair in needed.items() if pair is None),
            *(
                Miss("wrong", gold[i]["at"], ", ".join(p.wrong))
                for i, p in needed.items()
                if p and not p.full
            ),
            *(Miss("false", seen.words(entry)[:LONGEST_WORDS], _code(entry)) for entry in false),
        ),
    )


def _pairs(name: str, seen: Seen, gold: Sequence[Entry], predicted: Sequence[Entry]) -> Iterator[_Pair]:
    for g, wanted in enumerate(gold):
        span = gold_span(seen.text, wanted)
        for p, entry in enumerate(predicted):
            if touch(span, entry["span"]):
                yield _pair(name, seen, (g, wanted), (p, entry))


def _pair(name: str, seen: Seen, gold: tuple[int, Entry], predicted: tuple[int, Entry]) -> _Pair:
    wanted, entry = gold[1], predicted[1]
    fields = [field for field in wanted if field not in NOT_COMPARED]
    wrong = [field for field in fields if not seen.agrees(field, wanted[field], entry)]
    share = (len(fields) - len(wrong)) / max(1, len(fields))
    if name == "events" and _wrongly_denied(wanted, entry):
        wrong.append("auxiliary")
    core = "type" if "type" in fields else "kind" if name == "ties" else None
    return _Pair(
        gold=gold[0],
        predicted=predicted[0],
        full=not wrong,
        core=core is None or (core in fields and core not in wrong),
        share=share,
        needed=not wanted.get("optional"),
        wrong=tuple(wrong),
    )


def _wrongly_denied(wanted: Entry, entry: Entry) -> bool:
    """An event that happened is not right when the record says it did not, or might."""
    doubt = {"negation", "hypothetical"} & set(entry.get("auxiliary") or ())
    return bool(doubt) and not wanted.get("auxiliary") and not wanted.get("optional")


def _best(pairs: Iterator[_Pair]) -> dict[int, _Pair]:
    """Each gold entry's pair, taken from the best down; of equal ones the first in the table."""
    hits: dict[int, _Pair] = {}
    taken: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: pair.rank, reverse=True):
        if pair.gold not in hits and pair.predicted not in taken:
            hits[pair.gold] = pair
            taken.add(pair.predicted)
    return hits


def _code(entry: Entry) -> str:
    return str(entry.get("type") or entry.get("kind") or "")
