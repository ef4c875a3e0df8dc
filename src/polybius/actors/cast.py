"""The cast of a report: its actors, and which words stand for which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from polybius.record import Actor, Mention


@dataclass(frozen=True)
class Cast:
    """Who is meant where. Later rooms ask it by token: the head noun of an argument, say.

    Attributes:
        actors: by id, in the order of their first mention.
        mentions: in the order of the text.
        by_token: the actor id for every token inside a mention (the innermost where they nest).
        states: actor ids of states by country code.
        gloss: for a token inside a description that says who an actor is ("spokesman" in "the spokesman,
            Dmitri Peskov"), the actor described; rooms read it as part of the mention by name.
        beside: those descriptions that stand apart from the name, as the record's mentions.
        several: the actors that a token stands for together ("the two leaders"); ``at`` has none for it.
        led: for a person, the body in the cast that the knowledge has him at the head of on the report's day.
        voice: for a person, whom he means by "we": the body or the state that he speaks for.
        acting: ids of those that are somewhere the subject of a verb with an object or content.
    """

    actors: dict[str, Actor]
    mentions: tuple[Mention, ...]
    by_token: dict[int, str] = field(repr=False)
    states: dict[str, str] = field(repr=False)
    gloss: dict[int, str] = field(repr=False, default_factory=dict)
    beside: tuple[Mention, ...] = field(repr=False, default=())
    acting: frozenset[str] = frozenset()
    several: dict[int, tuple[str, ...]] = field(repr=False, default_factory=dict)
    led: dict[str, str] = field(repr=False, default_factory=dict)
    voice: dict[str, str] = field(repr=False, default_factory=dict)

    def at(self, token: Token) -> str | None:
        """The actor a token stands for, as the head of a mention or of a description of one."""
        return self.by_token.get(token.i) or self.gloss.get(token.i)

    def ids(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The actors these heads stand for, each once, in order; heads that stand for none are left out."""
        return tuple(dict.fromkeys(found for token in tokens if (found := self.at(token))))

    def span_of(self, token: Token) -> tuple[int, int]:
        """The span of the mention that covers the token; the token's own where none does."""
        covering = [m.span for m in self.mentions if m.span[0] <= token.idx < m.span[1]]
        return min(covering, key=lambda s: s[1] - s[0], default=(token.idx, token.idx + len(token)))

    def with_mentions(self, mentions: Iterable[Mention], tokens: dict[int, str]) -> Cast:
        """The same cast with further mentions, such as "I" once its speaker is known."""
        merged = tuple(sorted((*self.mentions, *mentions), key=lambda m: (m.span, m.actor)))
        return replace(self, mentions=merged, by_token={**self.by_token, **tokens})
