"""Copied text, found by MinHash, and the same report in other words: both lend a report no voice of its own.

MinHash and its bands follow Broder (1997) and Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets",
chapter 3; the sketches are rensa's, whose algorithm version stands in every band so that others never meet.
"""

from __future__ import annotations

from hashlib import blake2b

from rensa import RMinHash  # type: ignore[import-untyped]

from polybius.corroboration.forms import Profile, Voice
from polybius.corroboration.words import WORD, cosine, shingles

PERMUTATIONS = 128
BANDS = 32  # of four hashes: texts alike by half are met with 87 % probability, by a tenth with 0.3 %
SEED = 5
SHINGLE = 3  # words
COPY = 0.55  # of the smaller text's shingles: an agency's text, cut and with a new head, stays above
SHORTEST = 20  # shingles; two shorter texts may be alike by chance
REWRITE = 0.5  # of all that two reports could have in common


def signature_of(text: str) -> tuple[tuple[int, ...], int]:
    """The MinHash of a text and the number of its shingles; empty for a text too short to compare."""
    found = set(shingles((word.group().lower() for word in WORD.finditer(text)), SHINGLE))
    if len(found) < SHORTEST:
        return (), len(found)
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(sorted(found))
    return tuple(sketch.digest()), len(found)


def bands_of(signature: tuple[int, ...]) -> tuple[str, ...]:
    """The keys under which a text is met by those much like it."""
    rows = PERMUTATIONS // BANDS
    return tuple(
        blake2b(
            repr((RMinHash.ALGORITHM_VERSION, at, signature[at : at + rows])).encode(), digest_size=6
        ).hexdigest()
        for at in range(0, len(signature), rows)
    )


def alike(one: Profile, other: Profile) -> float:
    """The share of the smaller text's shingles that the other has too, as their MinHashes tell (0–1)."""
    if not one.signature or not other.signature:
        return 0.0
    same = sum(a == b for a, b in zip(one.signature, other.signature, strict=True))
    jaccard = same / PERMUTATIONS
    both = jaccard * (one.shingles + other.shingles) / (1 + jaccard)
    return min(1.0, both / min(one.shingles, other.shingles))


def voice_of(profile: Profile, earlier: Profile) -> Voice | None:
    """The voice that a report has in common with an earlier one; None when it has its own."""
    share = alike(profile, earlier)
    if share >= COPY:
        return Voice(
            original=earlier.report,
            layer="copy",
            reasons=(f"{share:.0%} of the text is the same as {earlier.name}",),
        )
    reasons = _rewritten(profile, earlier)
    return Voice(original=earlier.report, layer="rewrite", reasons=reasons) if reasons else None


def _rewritten(one: Profile, other: Profile) -> tuple[str, ...]:
    """Why a report is another's in other words: it credits it, or has its quotes, figures and words; or nothing."""
    words = cosine(one.words, other.words)
    quotes = _overlap(set(one.quotes), set(other.quotes))
    figures = _overlap(set(one.figures), set(other.figures))
    credited = _credited(one, other) or _credited(other, one)
    parts = [(words, 0.5), (quotes, 0.35), (figures, 0.15)]
    known = [(value, weight) for value, weight in parts if value is not None]
    score = sum(value * weight for value, weight in known) / sum(weight for _, weight in known)
    if quotes is None and not credited:
        return ()
    if score < (REWRITE - 0.15 if credited else REWRITE) or (not credited and not quotes):
        return ()
    reasons = [f"the words are alike by {words:.0%}"]
    if quotes:
        reasons.append(f"{quotes:.0%} of the quoted words are the same")
    if figures:
        reasons.append(f"{figures:.0%} of the figures are the same")
    if credited:
        reasons.append(f"one of them credits {credited}")
    return tuple(reasons)


def _credited(one: Profile, other: Profile) -> str | None:
    if other.source and one.source != other.source:
        name = other.source.lower()
        return other.source if any(name in credit or credit == name for credit in one.credits) else None
    return None


def _overlap(one: set[str], other: set[str]) -> float | None:
    """The share of the smaller set that is in the other; None when one is empty."""
    if not one or not other:
        return None
    return len(one & other) / min(len(one), len(other))
