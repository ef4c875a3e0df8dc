"""The whole way of a report on one page: rooms 1 to 7, and the last look before anything is given out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from polybius.actors import Cast, find_actors
from polybius.circumstances import find_circumstances
from polybius.events import find_events
from polybius.intake import Report, from_text
from polybius.knowledge import Knowledge
from polybius.ontology import Ontology
from polybius.parse import DEFAULT_PIPELINE, Parsed, Parser
from polybius.record import Document, Event, Mention, Omission, Record, Span, Statement, Tie, check
from polybius.relations import Model, Pair, Relation, relate
from polybius.statements import find_statements
from polybius.ties import find_ties


@dataclass(frozen=True)
class Coder:
    """Loads models and knowledge once; then ``code`` turns reports into records.

    Attributes:
        min_confidence: events below it are left out (0–1).
        explain: keep what was seen and not coded, and why, in ``record.omissions``.
    """

    parser: Parser
    knowledge: Knowledge
    ontology: Ontology
    model: Model
    min_confidence: float = 0.0
    explain: bool = False

    def code(self, text: str, *, published: date | str | None = None, **about: Any) -> Record:
        """The record of one report given as text.

        Args:
            text: the report.
            published: its day of publication, a date or ISO string; relative times resolve against it.
            about: what else is known: ``title``, ``author``, ``source``, ``url``, ``given_id``.

        Raises:
            IntakeError: when the text is no report in a supported language, or the day is unreadable.
        """
        return self.code_report(from_text(text, published=published, **about))

    def code_report(self, report: Report) -> Record:
        """The record of a report from ``polybius.intake``."""
        return self._code(self.parser.parse(report))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """Records in the order of the reports, read in batches; lazily, so that memory stays bounded."""
        for parsed in self.parser.parse_many(reports):
            yield self._code(parsed)

    def relate(self, pairs: Iterable[tuple[str, Span | None, Span | None]]) -> list[Relation]:
        """What happened between two marked actors, for each pair, in order.

        Args:
            pairs: a text of one to three sentences, the actor's span in it and the recipient's, half open, in
                code points; a span may be None.
        """
        asked = [Pair(text, actor, recipient) for text, actor, recipient in pairs]
        return relate(asked, self.model, self.ontology)

    def versions(self) -> dict[str, str]:
        """What a record must name to be traced: versions of code, pipeline, ontology and knowledge."""
        return {
            "polybius": version("polybius"),
            "pipeline": self.parser.version,
            "ontology": f"{self.ontology.name} {self.ontology.version}",
            "knowledge": self.knowledge.version(),
            "model": self.model.version,
        }

    def _code(self, parsed: Parsed) -> Record:
        circumstances = find_circumstances(parsed, self.knowledge)
        cast = find_actors(parsed, self.knowledge, circumstances.places)
        statements, cast = find_statements(parsed, cast, circumstances.times)
        events, omissions = find_events(parsed, cast, circumstances, statements, self.ontology, self.model)
        events = tuple(e for e in events if e.confidence >= self.min_confidence)
        ties = find_ties(parsed, cast, statements)
        kept = _taking_part(cast, events, statements, ties)
        record = Record(
            document=_document(parsed.report),
            actors=tuple(a for a in cast.actors.values() if a.id in kept),
            mentions=tuple(
                m
                for m in sorted((*cast.mentions, *cast.beside), key=lambda m: (m.span, m.actor))
                if m.actor in kept and not _on_furniture(m, parsed.report)
            ),
            places=circumstances.places,
            times=circumstances.times,
            amounts=circumstances.amounts,
            events=events,
            statements=statements,
            ties=ties,
            omissions=tuple(sorted(omissions, key=_by_span)) if self.explain else None,
            coder=self.versions(),
        )
        return check(record, self.ontology)


def load(
    *,
    pipeline: str = DEFAULT_PIPELINE,
    min_confidence: float = 0.0,
    explain: bool = False,
    threads: int = 0,
) -> Coder:
    """Load models and knowledge, which takes about two seconds, and give the coder.

    Args:
        pipeline: the installed spaCy pipeline that parses.
        min_confidence: events below it are left out (0–1).
        explain: keep what was seen and not coded, and why, in ``record.omissions``.
        threads: threads the model runs in; 0 for one a core. Parsing runs in one.

    Raises:
        SettingsError: when the spaCy pipeline is not installed.
        KnowledgeError: when a data file of polybius is damaged.
    """
    return Coder(
        Parser(pipeline), Knowledge.load(), Ontology.load(), Model.load(threads), min_confidence, explain
    )


def _on_furniture(mention: Mention, report: Report) -> bool:
    """Whether a mention, which may span lines, runs into the page's furniture."""
    return any(mention.span[0] < end and start < mention.span[1] for start, end in report.furniture)


def _taking_part(
    cast: Cast, events: tuple[Event, ...], statements: tuple[Statement, ...], ties: tuple[Tie, ...]
) -> frozenset[str]:
    """Actors with a name of their own, and the unnamed ones that do, suffer or say something.

    A state that only an adjective or a place brings in is unnamed.
    """
    busy: set[str | None] = set(cast.acting)
    for event in events:
        busy.update((*event.actors, *event.recipients, event.said_by))
    for statement in statements:
        busy.update((statement.speaker, statement.via))
    for tie in ties:
        busy.update((tie.from_, tie.to, tie.said_by))
    named = {m.actor for m in cast.mentions if m.kind in {"name", "metonym"}}
    mentioned = {m.actor for m in cast.mentions}
    known = {id_ for id_, a in cast.actors.items() if a.known_as and a.kind != "state" and id_ in mentioned}
    return frozenset(id_ for id_ in cast.actors if id_ in named | known or id_ in busy)


def _by_span(omission: Omission) -> tuple[int, int]:
    return omission.span


def _document(report: Report) -> Document:
    return Document(
        id=report.id,
        text=report.text,
        title=report.title,
        published=report.published,
        author=report.author,
        source=report.source,
        url=report.url,
        given_id=report.given_id,
        language=report.language,
        furniture=report.furniture,
    )
