"""How actors stand to each other: standing relations told by titles, appositions, copulas, verbs and owners."""

from __future__ import annotations

from polybius.actors import Cast
from polybius.parse import Parsed
from polybius.record import Span, Statement, Tie
from polybius.ties.described import Descriptions
from polybius.ties.relations import Relations

__all__ = ["find_ties"]


def find_ties(parsed: Parsed, cast: Cast, statements: tuple[Statement, ...]) -> tuple[Tie, ...]:
    """The ties of a report, in the order of its text, each once; one inside a statement is its speaker's."""
    descriptions = Descriptions(parsed, cast)
    found = [*descriptions.ties(), *Relations(descriptions).ties()]
    told = {(t.kind, t.from_) for t in found if t.to is not None}
    # "Russian President Peskov's spokesman": the last word of those that stand for him says what he is.
    by_title = {tie.evidence.from_: tie for tie in descriptions.by_title}
    found += [t for t in by_title.values() if (t.kind, t.from_) not in told]
    ties: dict[tuple[str, str, str | None], Tie] = {}
    for tie in sorted(found, key=lambda t: (t.span, t.kind)):
        if tie.to != tie.from_ and (tie.to is not None or (tie.kind, tie.from_) not in told):
            ties.setdefault((tie.kind, tie.from_, tie.to), tie)
    return tuple(
        tie.model_copy(update={"id": f"t{n}", "said_by": _said_by(tie.span, statements)})
        for n, tie in enumerate(ties.values(), 1)
    )


def _said_by(span: Span, statements: tuple[Statement, ...]) -> str | None:
    covering = [s for s in statements if s.span[0] <= span[0] and span[1] <= s.span[1] and s.speaker]
    return min(covering, key=lambda s: s.span[1] - s.span[0]).speaker if covering else None
