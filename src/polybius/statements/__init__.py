"""Who says so: direct, indirect and mixed statements, with speaker, medium and day."""

from __future__ import annotations

from polybius.actors import Cast
from polybius.parse import Parsed
from polybius.record import Mention, Statement, Time
from polybius.statements.reader import Reader
from polybius.statements.speech import find_speech

__all__ = ["find_statements"]

_TOGETHER = {"we", "us", "our", "ours", "ourselves"}
_FIRST_PERSON = {"i", "me", "my", "myself", *_TOGETHER}


def find_statements(
    parsed: Parsed, cast: Cast, times: tuple[Time, ...]
) -> tuple[tuple[Statement, ...], Cast]:
    """The statements of a report, and the cast with "I" and "we" given to their speakers.

    Args:
        parsed: the report as parsed.
        cast: who is meant where.
        times: the report's time expressions.
    """
    statements = Reader(parsed, cast, times).statements(find_speech(parsed))
    return statements, _speakers(parsed, cast, statements)


def _speakers(parsed: Parsed, cast: Cast, statements: tuple[Statement, ...]) -> Cast:
    """Give "I" inside quotation marks to whoever speaks there, "we" to whom he speaks for."""
    mentions, tokens = [], {}
    for token in parsed.doc:
        if token.lower_ not in _FIRST_PERSON or token.pos_ not in {"PRON", "DET"} or token.text == "US":
            continue
        if parsed.quote_at(token.idx) is None or token.i in cast.by_token:
            continue
        over = [s for s in statements if s.span[0] <= token.idx < s.span[1] and s.speaker]
        speaker = min(over, key=lambda s: s.span[1] - s.span[0]).speaker if over else None
        if speaker is not None:
            speaker = cast.voice.get(speaker, speaker) if token.lower_ in _TOGETHER else speaker
            tokens[token.i] = speaker
            mentions.append(Mention(span=(token.idx, token.idx + len(token)), actor=speaker, kind="pronoun"))
    return cast.with_mentions(mentions, tokens)
