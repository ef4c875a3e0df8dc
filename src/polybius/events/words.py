"""The words of one sort that the events room asks for (``data/words.en.tsv``)."""

from __future__ import annotations

from functools import cache

from polybius.tables import read_table


@cache
def words(sort: str) -> frozenset[str]:
    """The words of one sort."""
    return frozenset(
        row["word"] for row in read_table("polybius.events", "words.en.tsv") if row["sort"] == sort
    )
