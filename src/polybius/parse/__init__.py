"""Reads a report's language once: tokens, sentences, quotations, clauses. The only room that loads spaCy."""

from polybius.parse.arguments import conjuncts
from polybius.parse.clauses import Clause, Nominal, read_nominal
from polybius.parse.pipeline import DEFAULT_PIPELINE, Parsed, Parser

__all__ = [
    "DEFAULT_PIPELINE",
    "Clause",
    "Nominal",
    "Parsed",
    "Parser",
    "conjuncts",
    "read_nominal",
]
