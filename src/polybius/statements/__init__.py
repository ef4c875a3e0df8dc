"""Who says so: direct, indirect and mixed statements, with speaker, medium and day."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.parse import Clause, Parsed
from polybius.record import Interval, Mention, Span, Statement, StatementEvidence, Time
from polybius.record.model import Form
from polybius.statements.speech import Speech, find_speech

__all__ = ["find_statements"]

_FIRST_PERSON = {"i", "me", "my", "myself", "we", "us", "our", "ourselves"}
_MEDIUM_PLACES = ("to", "in", "on", "with", "by", "at", "via", "through")


def find_statements(
    parsed: Parsed, cast: Cast, times: tuple[Time, ...]
) -> tuple[tuple[Statement, ...], Cast]:
    """The statements of a report, and the cast with "I" and "we" given to their speakers.

    Args:
        parsed: the report as parsed.
        cast: who is meant where.
        times: the report's time expressions.
    """
    reader = _Reader(parsed, cast, times)
    speeches = reader.merge_retold(find_speech(parsed))
    sources = [s for s in speeches if s.clause is None and s.source]
    statements: list[Statement] = []
    made: dict[int, Statement] = {}
    for speech in speeches:
        if speech in sources and (holder := reader.told_inside(speech, speeches)) is not None:
            reader.mediums[id(holder)] = speech.source[0]
    for speech in speeches:
        if speech in sources and reader.told_inside(speech, speeches) is not None:
            continue
        statement = reader.statement(speech, made, f"s{len(statements) + 1}")
        if statement is not None:
            made[id(speech)] = statement
            statements.append(statement)
    return tuple(statements), _speakers(parsed, cast, statements)


class _Reader:
    """Turns sayings into statements: asks the cast who the speaker is, and where the words were said."""

    def __init__(self, parsed: Parsed, cast: Cast, times: tuple[Time, ...]) -> None:
        self.parsed = parsed
        self.cast = cast
        self.times = times
        self.mediums: dict[int, Token] = {}

    def merge_retold(self, speeches: list[Speech]) -> list[Speech]:
        """ "X assured that …, he told Tass": one statement, whose medium the outer saying names."""
        kept: list[Speech] = []
        for outer in speeches:
            inner = next((s for s in speeches if s is not outer and self._retells(outer, s)), None)
            if inner is None:
                kept.append(outer)
            elif outer.clause is not None and (medium := self._medium(outer.clause, self._speaker(outer))):
                self.mediums[id(inner)] = medium
        return kept

    def _retells(self, outer: Speech, inner: Speech) -> bool:
        if outer.cue is None or inner.cue is None or outer.clause is None or inner.clause is None:
            return False
        inside = outer.content[0] <= inner.cue.idx < outer.content[1]
        speaker = self._speaker(outer)
        return inside and speaker is not None and speaker == self._speaker(inner)

    def _speaker(self, speech: Speech) -> str | None:
        heads = speech.source if speech.clause is None else speech.clause.args("subj")
        return next((actor for t in heads if (actor := self.cast.at(t))), None)

    def told_inside(self, source: Speech, speeches: Iterable[Speech]) -> Speech | None:
        """The saying in the sentence of "according to X", where X is a medium: X then only carries it."""
        if not source.source or not self._is_medium(self.cast.at(source.source[0])):
            return None
        cue = source.cue
        for speech in speeches:
            if speech.clause is not None and speech.cue is not None and cue is not None:
                same = speech.cue.sent.start == cue.sent.start
                if same and (
                    speech.cue == cue.head
                    or speech.cue in cue.head.children
                    or cue.head in speech.cue.children
                ):
                    return speech
        return None

    def statement(self, speech: Speech, made: dict[int, Statement], number: str) -> Statement | None:
        """The statement of a saying; None when nobody is known to say it."""
        if speech.continues is not None:
            before = made.get(id(speech.continues))
            if before is None or before.speaker is None:
                return None
            evidence = before.evidence
            return Statement(
                id=number,
                span=speech.content,
                speaker=before.speaker,
                form="direct",
                date=before.date,
                evidence=evidence,
            )
        clause = speech.clause
        heads = speech.source if clause is None else clause.args("subj")
        speaker_token = next((t for t in heads if self.cast.at(t)), None)
        speaker = self.cast.at(speaker_token) if speaker_token is not None else None
        medium = self.mediums.get(id(speech)) or (
            self._medium(clause, speaker) if clause is not None else None
        )
        via = self.cast.at(medium) if medium is not None else None
        if clause is None and self._is_medium(speaker):
            via, medium = speaker, speaker_token
        if speaker is None and via is None and (clause is None or not heads):
            return None
        time = self._time(clause)
        return Statement(
            id=number,
            span=speech.content,
            cue=_span(speech.cue),
            speaker=speaker,
            via=via,
            form=self._form(speech),
            date=Interval(start=time.start, end=time.end) if time else None,
            evidence=StatementEvidence(
                speaker=self.cast.span_of(speaker_token) if speaker_token is not None else None,
                via=self.cast.span_of(medium) if medium is not None and via else None,
                date=time.span if time else None,
            ),
        )

    def _is_medium(self, actor: str | None) -> bool:
        return actor is not None and self.cast.actors[actor].sector == "JRN"

    def _medium(self, clause: Clause, speaker: str | None) -> Token | None:
        """The medium somebody spoke to or through: "told Tass", "in an interview with …"."""
        heads = [*clause.args("obj"), *clause.args("iobj"), *clause.arguments.get("comp", ())]
        heads += [t for place in _MEDIUM_PLACES for t in clause.arguments.get(place, ())]
        for head in heads:
            for token in (head, *(t for t in head.subtree if t.i < clause.predicate.i or t.i - head.i < 12)):
                actor = self.cast.at(token)
                if actor != speaker and self._is_medium(actor):
                    return token
        return None

    def _time(self, clause: Clause | None) -> Time | None:
        """The time expression that hangs on the word of saying itself."""
        if clause is None:
            return None
        for time in self.times:
            span = self.parsed.doc.char_span(*time.span, alignment_mode="expand")
            if span is None or span.root.sent.start != clause.predicate.sent.start:
                continue
            head = span.root
            while (
                head.dep_ in {"pobj", "prep", "npadvmod", "compound", "nummod", "amod", "appos"}
                and head.head != head
            ):
                head = head.head
                if head == clause.predicate:
                    return time
                if head.pos_ in {"VERB", "AUX"}:
                    break
        return None

    def _form(self, speech: Speech) -> Form:
        start, end = speech.content
        quoted = sum(
            min(end, q[1]) - max(start, q[0]) for q in self.parsed.quotes if q[0] < end and start < q[1]
        )
        if quoted == 0:
            return "indirect"
        return "direct" if quoted >= 0.9 * len(self.parsed.doc.text[start:end].strip(' "“”')) else "mixed"


def _speakers(parsed: Parsed, cast: Cast, statements: list[Statement]) -> Cast:
    """Give "I" and "we" inside quotation marks to whoever speaks there."""
    mentions, tokens = [], {}
    for token in parsed.doc:
        if token.lower_ not in _FIRST_PERSON or token.pos_ not in {"PRON", "DET"} or token.text == "US":
            continue
        quote = parsed.quote_at(token.idx)
        over = [s for s in statements if s.span[0] <= token.idx < s.span[1] and s.speaker]
        if quote is None or not over:
            continue
        speaker = min(over, key=lambda s: s.span[1] - s.span[0]).speaker
        if speaker is not None and token.i not in cast.by_token:
            tokens[token.i] = speaker
            mentions.append(Mention(span=(token.idx, token.idx + len(token)), actor=speaker, kind="pronoun"))
    return cast.with_mentions(mentions, tokens)


def _span(token: Token | None) -> Span | None:
    return (token.idx, token.idx + len(token)) if token is not None else None
