"""Actors and mentions in single passages (``sentences.tsv``): what rules and word lists are for, one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from polybius.record import Record

TABLE = Path(__file__).parent / "sentences.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


def split(cell: str) -> list[tuple[str, str]]:
    """The pairs in a cell: "A=B|C=D"."""
    return [(left, right) for left, _, right in (pair.partition("=") for pair in cell.split("|") if pair)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:50])
def test_passage(code: Callable[..., Record], row: list[str]) -> None:
    published, text, actors, mentions = (cell.replace("\\n", "\n") for cell in row)
    record = code(text, published=published)
    found = {actor.name: actor for actor in record.actors}
    for name, said in split(actors):
        assert name in found, f"no {name}: {sorted(found)}"
        country, sector = said.split(" ")
        assert country in {"*", found[name].country or "-"}, found[name]
        assert sector in {"*", found[name].sector or "-"}, found[name]
    for words, name in split(mentions):
        start = text.index(words)
        inside = [m for m in record.mentions if m.span[0] < start + len(words) and start < m.span[1]]
        meant = {actor.name for actor in record.actors for m in inside if m.actor == actor.id}
        assert name in meant if name else not meant, f"{words}: {sorted(meant)}"
