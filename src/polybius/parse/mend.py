"""Mends a text for the parser without moving a single offset.

Machine-translated copy comes with closing quotation marks glued to the next word (``affairs, ”said X``),
and a page's furniture stands between its sentences. The mended text has the length of the report's text,
so a token's offset in it is an offset in the report. The marks of lists are white space in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polybius.record import Span

# `word, ”said` and `word. "said`: the closing mark belongs to the word before the space.
_GLUED_CLOSING = re.compile(r"(?<=[\w\)][,.!?]) ([”\"»])(?=\w)")
# The mark of a list's item: a sentence begins behind it, which is no part of a name there. One that goes on in
# small letters is part of a sentence and keeps its mark.
_BULLET = re.compile(r"(?m)^([ \t]*)[-–—•*·▪●○◦‣](?=[ \t]+[\"“‘'«(]?[^\W_a-z])")
ITEM = "\f"
"""What stands for such a mark in the mended text: white space that tells where an item begins."""
_DOUBLE_MARKS = {"«": "“", "»": "”", "„": "“", "‟": "“"}


def mend(text: str, furniture: Sequence[Span] = ()) -> str:
    """The text as the parser should see it: same length, furniture blanked, stray quotation marks moved.

    Args:
        text: the report's text.
        furniture: spans of page furniture, half open, in code points.
    """
    mended = _BULLET.sub(rf"\1{ITEM}", text)
    for start, end in furniture:
        mended = mended[:start] + re.sub(r"[^\n]", " ", mended[start:end]) + mended[end:]
    mended = "".join(_DOUBLE_MARKS.get(character, character) for character in mended)
    return _GLUED_CLOSING.sub(lambda match: _swap(mended, match), mended)


def _swap(text: str, match: re.Match[str]) -> str:
    """A straight mark is moved only when it closes: an odd one in its paragraph opens a quotation."""
    mark = match.group(1)
    if mark == '"':
        paragraph = text.rfind("\n", 0, match.start()) + 1
        if text.count('"', paragraph, match.start()) % 2 == 0:
            return match.group()
    return f"{mark} "
