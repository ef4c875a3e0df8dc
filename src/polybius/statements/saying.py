"""One saying, as the syntax and the quotation marks give it, before anyone is asked who is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from polybius.parse import Clause
from polybius.record import Span


@dataclass(slots=True, eq=False)
class Speech:
    """One saying.

    Attributes:
        content: what is said.
        cue: the word of saying; None where a quotation goes on or only a colon stands.
        clause: the clause around the cue, where it is a verb of saying.
        source: heads that may name who says it, the likeliest first.
        heads: all of the words after "according to", where ``source`` holds only the authors of a paper.
        quoted: whether a quotation is (part of) the content.
        continues: the saying that a further quotation goes on with.
        may_be_topic: drop it if its source is a state: "Mali: …" heads a report about Mali.
        may_be_site: drop it if its source is a medium: "Market bombed - Al Jazeera" is the title of a page.
        needs_actor: drop it unless its source is known to the cast ("the video shows" says nothing).
    """

    content: Span
    cue: Token | None = None
    clause: Clause | None = None
    source: tuple[Token, ...] = ()
    heads: tuple[Token, ...] = field(default=())
    quoted: bool = False
    continues: Speech | None = None
    needs_actor: bool = False
    may_be_topic: bool = False
    may_be_site: bool = False
