"""Who says what, and who stands how to whom, in eight texts of very different manners (``texts/``).

The texts and their tables were written before the code was run on them. A floor lies a little under what was
reached, so that a change of parser or knowledge that costs one entry passes and one that costs many fails.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from polybius.record import Record
from polybius.scoring import Score, score

TABLES = sorted((Path(__file__).parent / "texts").glob("*.yaml"))
FLOORS = {
    "statements": (0.94, 0.78),
    "ties": (0.88, 0.82),
}  # F1 of what is found, and of what is right in full


@pytest.fixture(scope="module")
def scores(code: Callable[..., Record]) -> list[Score]:
    found = []
    for table in TABLES:
        gold = yaml.safe_load(table.read_text(encoding="utf8"))
        text = table.with_suffix(".txt").read_text(encoding="utf8")
        record = code(text, str(gold["document"]["published"]))
        found.append(score(record.model_dump(mode="json"), gold))
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_texts_of_many_manners_are_read(scores: list[Score], kind: str) -> None:
    tables = [s.tables[kind] for s in scores]
    entries = sum(t.gold + t.predicted for t in tables)
    found, full = 2 * sum(t.found for t in tables) / entries, 2 * sum(t.full for t in tables) / entries
    misses = "\n".join(f"{m.kind}: {m.what} {m.why}" for t in tables for m in t.misses)
    assert found >= FLOORS[kind][0], misses
    assert full >= FLOORS[kind][1], misses
