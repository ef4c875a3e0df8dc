"""Role words: what "the minister", "protesters" or "an oil company" say about who is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        self._by_words = {_key(role.word): role for role in rows}
        self._irregular = {plural for plural, word in plurals.items() if plural != word and " " not in plural}
        for plural, word in plurals.items():
            self._by_words.setdefault(_key(plural), self._by_words[_key(word)])
        self._longest = max((len(words) for words in self._by_words), default=1)
        self._last = frozenset(words[-1] for words in self._by_words)

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

    def named(self, word: str) -> Role | None:
        """The role with exactly that word."""
        return self._by_words.get(_key(word))

    def is_plural(self, head: Token) -> bool:
        """Whether a noun is plural by its tag, or by its form where the tagger missed an irregular one."""
        return head.tag_ in {"NNS", "NNPS"} or head.lower_ in self._irregular

    def ending_at(self, head: Token) -> tuple[Role, int] | None:
        """The longest role phrase that ends with this noun, and the index of its first token.

        "vice-president" and "vice president" are one word to it, as spaCy parts the first at its hyphen; a
        phrase that goes on behind the noun ("minister of defence", "secretary-general" as the parser may have it) is
        found by its first noun.
        """
        found = self._backwards(head)
        after = self._forwards(head)
        return after if after is not None and (found is None or found[1] == head.i) else found

    def _backwards(self, head: Token) -> tuple[Role, int] | None:
        found = None
        forms = [form for form in _forms(head) if form in self._last]
        if not forms:  # most nouns
            return None
        before: list[str] = []
        for first, word in _words_before(head, self._longest):
            if word:
                before.insert(0, word)
            for last in forms:
                if role := self._by_words.get((*before, last)):
                    found = role, first
        return found

    def _forwards(self, head: Token) -> tuple[Role, int] | None:
        doc, words, found = head.doc, [head.lemma_.lower()], None
        if head.i + 2 >= len(doc) or doc[head.i + 1].lower_ not in {"of", "for", "-"}:
            return None
        if doc[head.i + 1].text == "-" and doc[head.i + 2].head.i != head.i:
            return None
        for i in range(head.i + 1, min(head.i + self._longest, len(doc))):
            if doc[i].text == "-":
                continue
            words.append(doc[i].lower_)
            if role := self._by_words.get(tuple(words)):
                found = role, head.i
        return found


def _forms(head: Token) -> tuple[str, ...]:
    """The word without its ending and as it stands; the tagger leaves "Muslims" its ending, as a name."""
    lemma, word = head.lemma_.lower(), head.lower_
    return (word.removesuffix("s"), word) if lemma == word and head.tag_ == "NNPS" else (lemma, word)


def _key(words: str) -> tuple[str, ...]:
    return tuple(words.replace("-", " ").split())


def _words_before(head: Token, longest: int) -> Iterator[tuple[int, str]]:
    """The index and word of the head's own place (no word), then of each word before it; hyphens are none."""
    yield head.i, ""
    i, count = head.i, 1
    while count < longest and i > 0 and not head.doc[i].is_sent_start:
        i -= 1
        if head.doc[i].text == "-":
            continue
        for word in reversed(head.doc[i].lower_.split("-")):
            if word:
                yield i, word
        count += 1
