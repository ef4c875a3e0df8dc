"""How names are compared, and the index that finds them in a text.

A name is cut into pieces: words, split at hyphens and apostrophes too, without accents, case and possessive
's, so that `al-Shabaab`, `Al Shabaab` and a tokeniser's `Al - Shabaab` are one name. Three rules on case:

- A piece of two or three capitals (US, WHO, IS, G20) keeps them: `us` is not `US`. Longer acronyms do not,
  for many papers print `Nato` and `Opec`.
- A name that is also an ordinary word (`words.tsv`: turkey, male, chad) is found only as the table spells
  it, or in capitals: `Turkey`, `TURKEY`, `Malé`, not `turkey`, `Male`.
- In running text a run without any capital is no name.

A leading "the" is never part of a name. But a single word that the tables give with it only (The Times,
The Hill) is a name in running text only after "the"; after "The" when it is also an ordinary word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\s,;:()\"“”!?]+|[,;:()\"“”!?]")
_POSSESSIVE = re.compile(r"(?<=.)(?:['’]s|(?<=s)['’])$|^['’]s?$", re.IGNORECASE)
_ARTICLE = re.compile(r"[Tt]he\s+(?=.)")
_JOINTS = re.compile(r"[-‐‑–'’‘ʻ`/]+")
_NO_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a"}
)


def fold(text: str) -> str:
    """The text without case and accents: `Élysée` -> `elysee`."""
    low = text.casefold()
    if low.isascii():
        return low
    bare = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    return bare.translate(_NO_ACCENT)


def slug(name: str) -> str:
    """`Recep Tayyip Erdoğan` -> `recep-tayyip-erdogan`, a key that accents do not change."""
    if name.isascii() and name.replace(" ", "").isalpha():  # most names, at a third of the cost
        return "-".join(name.lower().split())
    return re.sub(r"[^\w]+", "-", fold(name)).strip("-")


@lru_cache(maxsize=1 << 16)
def pieces_of_word(word: str) -> tuple[str, ...]:
    """The pieces of one token; none for a bare hyphen or possessive, which stand inside names unseen."""
    if word.isascii() and word.isalpha():  # most words; nothing in them to cut at
        return (word if 2 <= len(word) <= 3 and word.isupper() else word.lower(),)
    found = []
    bracketed = word.replace("(", "-(-") if len(word) > 1 else word  # "CPI(M", as the parser has it
    for part in _JOINTS.split(_POSSESSIVE.sub("", bracketed)):
        bare = part.replace(".", "") or part
        if bare:
            found.append(bare if 2 <= len(bare) <= 3 and bare.isupper() else fold(bare))
    return tuple(found)


def pieces(name: str) -> tuple[str, ...]:
    """The pieces of a whole name, a leading "the" left out."""
    found = tuple(piece for word in _WORD.findall(name) for piece in pieces_of_word(word))
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def _first_piece(name: str) -> str | None:
    """The first of a name's pieces, at a fraction of the cost of all; None for a name without any."""
    word = name.split(None, 1)[0] if name else ""
    first = pieces_of_word(word) if word.isalpha() and word not in {"The", "the", "THE"} else ()
    return first[0] if first else next(iter(pieces(name)), None)


def _bare(name: str) -> str:
    """The name as spelled, without leading "the" and possessive 's."""
    return _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))


class NameIndex(Generic[T]):
    """Finds values by name: exactly (`find`), or as the longest name that starts at a word (`longest`).

    Names are filed under their first piece and cut up only when something asks for that: of 40,000 names a
    report touches a few hundred.
    """

    def __init__(self, ordinary_words: Iterable[str] = ()) -> None:
        self._waiting: dict[str, list[tuple[str, T]]] = {}
        self._values: dict[str, list[T]] = {}
        self._longest: dict[str, int] = {}
        self._ordinary = frozenset(ordinary_words)
        self._spellings: set[str] = set()
        self._with_article: set[str] = set()
        self._without_article: set[str] = set()

    def add(self, name: str, value: T) -> None:
        """File the value under that name; filing it there again changes nothing."""
        if first := _first_piece(name):
            self._waiting.setdefault(first, []).append((name, value))

    def _open(self, *firsts: str) -> None:
        """Cut up and file the names that begin with these pieces."""
        for first in firsts:
            for name, value in self._waiting.pop(first, ()):
                self._file(name, value)

    def _file(self, name: str, value: T) -> None:
        parts = pieces(name)
        if not parts:
            return
        key = " ".join(parts)
        filed = self._values.setdefault(key, [])
        if value not in filed:
            filed.append(value)
        if len(parts) > self._longest.get(parts[0], 0):
            self._longest[parts[0]] = len(parts)
        (self._with_article if _ARTICLE.match(name) else self._without_article).add(key)
        if key in self._ordinary:
            self._spellings |= {_bare(name), _bare(name).upper()}

    def block(self, name: str) -> None:
        """Let the name be found with no value, so that no shorter name is read inside it."""
        parts = pieces(name)
        self._open(parts[0])
        self._values.setdefault(" ".join(parts), [])
        self._longest[parts[0]] = max(len(parts), self._longest.get(parts[0], 0))

    def holds_part_of(self, name: str) -> bool:
        """Whether a filed name stands inside this longer one."""
        parts = pieces(name)
        self._open(*parts)
        runs = ((i, j) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))
        return any(" ".join(parts[i:j]) in self._values for i, j in runs if j - i < len(parts))

    def find(self, name: str) -> tuple[T, ...]:
        """All values filed under that name."""
        return tuple(self._get(pieces(name), _bare(name)) or ())

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[T, ...]] | None:
        """The longest name that starts at `words[start]`: how many words, and its values."""
        first = pieces_of_word(words[start])
        self._open(*first[:1], *map(fold, first[:1]))
        reach = max((self._longest.get(piece, 0) for piece in (*first[:1], *map(fold, first[:1]))), default=0)
        parts: list[str] = []
        best: tuple[int, tuple[T, ...]] | None = None
        capital = False
        for end in range(start, len(words)):
            found = pieces_of_word(words[end])
            parts += found
            if len(parts) > reach:
                break
            capital = capital or words[end] != words[end].lower()
            if not found or not capital:
                continue
            spelled = _bare(words[start]) if end == start else ""
            filed = self._get(tuple(parts), spelled)
            if filed is not None and self._article_fits(parts, words[start - 1] if start else ""):
                best = end - start + 1, tuple(filed)
        return best

    def _article_fits(self, parts: Sequence[str], before: str) -> bool:
        """Whether the word before the name is the article that the name needs, if it needs one."""
        if len(parts) > 1 or parts[0] not in self._with_article or parts[0] in self._without_article:
            return True
        return before == "The" or (before == "the" and parts[0] not in self._ordinary)

    def _get(self, parts: tuple[str, ...], spelled: str) -> list[T] | None:
        key = " ".join(parts)
        self._open(*parts[:1], *(part.casefold() for part in parts[:1]))
        if key in self._ordinary and spelled not in self._spellings:
            return None
        filed = self._values.get(key)
        if filed is None and len(parts) > 1:  # a headline in capitals: XI JINPING
            filed = self._values.get(key.casefold())
        return filed
