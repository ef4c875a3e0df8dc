"""Role words: what "the minister", "protesters" or "an oil company" say about who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from polybius.tables import read_table, values


@dataclass(frozen=True, slots=True)
class Role:
    """What a role word says. ``kind`` is person, group or organization; ``sector`` a PLOVER sector or None.

    ``office`` names the office where the word names one (head_of_state …); ``weak`` says that the word alone
    makes no actor ("people", "side"): it only takes up one that is there.
    """

    word: str
    kind: str
    sector: str | None
    office: str | None
    weak: bool


class Roles:
    """All role words, found by the words of a noun phrase."""

    def __init__(self, rows: Sequence[Role], plurals: dict[str, str]) -> None:
        self._by_words = {tuple(role.word.split()): role for role in rows}
        self._plurals = plurals
        self._longest = max((len(words) for words in self._by_words), default=1)

    @classmethod
    @cache
    def load(cls) -> Roles:
        """The roles shipped with the knowledge (``knowledge/data/roles.en.tsv``)."""
        rows, plurals = [], {}
        for row in read_table("polybius.knowledge", "roles.en.tsv"):
            word = row["word"].lower()
            rows.append(
                Role(word, row["kind"], row["sector"] or None, row["office"] or None, "weak" in row["note"])
            )
            for plural in values(row["plural"].lower()):
                plurals[plural] = word
        return cls(rows, plurals)

    def ending_at(self, head: Token) -> tuple[Role, int] | None:
        """The longest role phrase that ends with this noun, and the index of its first token."""
        last = self._plurals.get(head.lower_, head.lemma_.lower())
        words = [last.rsplit(" ", 1)[-1]]
        found = None
        for length in range(1, self._longest + 1):
            if role := self._by_words.get(tuple(words)) or self._as_written(head, words):
                found = role, head.i - length + 1
            before = head.i - length
            if before < 0 or before < head.sent.start:
                break
            words.insert(0, head.doc[before].lower_)
        return found

    def _as_written(self, head: Token, words: list[str]) -> Role | None:
        """Words that spaCy's lemma spoils ("forces", "authorities") are looked up as written, too."""
        return self._by_words.get((*words[:-1], head.lower_))
