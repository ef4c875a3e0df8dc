"""Actors and mentions in whole texts of our own, each with a table written before the code was run on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from polybius.record import Record
from polybius.scoring import score

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
# Found on all texts together; a change that falls below takes something away.
ACTORS, MENTIONS = 0.82, 0.78


@pytest.fixture(scope="module")
def scores(code: Callable[..., Record]) -> list[tuple[float, int, int]]:
    """For each text: F1 of its actors, its mentions right, and its mentions."""
    found = []
    for path in TEXTS:
        gold = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
        record = code(path.read_text(encoding="utf-8"), published=gold["published"].isoformat())
        result = score(record.model_dump(mode="json"), gold)
        found.append((result.actors.full_f1, result.mentions.full, result.mentions.gold))
    return found


def test_actors_are_found_with_kind_country_and_sector(scores: list[tuple[float, int, int]]) -> None:
    assert sum(f1 for f1, _, _ in scores) / len(scores) >= ACTORS


def test_words_stand_for_the_right_actor(scores: list[tuple[float, int, int]]) -> None:
    assert sum(right for _, right, _ in scores) / sum(all_ for _, _, all_ in scores) >= MENTIONS
