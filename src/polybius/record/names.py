"""Names compared as a reader compares them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without accents, case, a leading "the" or a trailing possessive mark."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = " ".join(plain.replace("-", " ").split()).strip(" .,'\"")
    plain = plain.removesuffix("'s").removeprefix("the ")
    return plain.strip() or name.lower()
