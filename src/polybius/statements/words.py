"""The word lists of this room: what is a word of saying, and what content it takes."""

from __future__ import annotations

from functools import cache

from polybius.tables import read_table, values


@cache
def cues(pos: str = "v") -> dict[str, frozenset[str]]:
    """The words of saying, verbs ("v") or nouns ("n"), with what content each takes (``speech.en.tsv``)."""
    table: dict[str, frozenset[str]] = {}
    for row in read_table("polybius.statements", "speech.en.tsv"):
        if row["pos"] == pos:
            table[row["word"]] = frozenset(values(row["takes"]))
    return table


@cache
def words(sort: str) -> frozenset[str]:
    """The words of one sort in ``words.en.tsv``."""
    return frozenset(
        row["word"] for row in read_table("polybius.statements", "words.en.tsv") if row["sort"] == sort
    )
