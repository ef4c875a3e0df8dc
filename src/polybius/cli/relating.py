"""Prints what the model says about marked pairs, as a table, JSON Lines or TSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from polybius.cli.writers import harmless
from polybius.ontology import Ontology
from polybius.relations import Model, Pair, Relation, relate
from polybius.relations.marked import read_marked


def write_relations(pairs: Sequence[Pair], relations: Sequence[Relation], format_: str, out: TextIO) -> None:
    """Write one line a pair, in order; ``format_`` is table, jsonl or tsv."""
    if format_ == "table":
        table = Table("type", "mode", "quad", "confidence", "actor", "recipient", "text", box=None)
        for pair, relation in zip(pairs, relations, strict=True):
            cells = _cells(pair, relation)
            table.add_row(*(escape(str(cell)) for cell in (*cells.values(), pair.text)))
        Console(file=out).print(table)
        return
    if format_ == "tsv":
        out.write("type\tmode\tquad\tconfidence\tactor\trecipient\ttext\n")
    for pair, relation in zip(pairs, relations, strict=True):
        cells = {**_cells(pair, relation), "text": pair.text}
        if format_ == "jsonl":
            out.write(
                json.dumps({k: None if v == "" else v for k, v in cells.items()}, ensure_ascii=False) + "\n"
            )
        else:
            out.write("\t".join(str(harmless(" ".join(str(v).split()))) for v in cells.values()) + "\n")


def _cells(pair: Pair, relation: Relation) -> dict[str, str | int | float]:
    return {
        "type": relation.type or "none",
        "mode": relation.mode or "",
        "quad": relation.quad or "",
        "confidence": relation.confidence,
        "actor": pair.text[slice(*pair.actor)] if pair.actor else "",
        "recipient": pair.text[slice(*pair.recipient)] if pair.recipient else "",
    }


def relate_file(path: str, format_: str, model: Path | None) -> None:
    """Read marked pairs from a file and write what they stand in to standard output, by a model of one's own
    where a folder is given.

    Raises:
        IntakeError: when the file cannot be used.
        SettingsError: when the folder holds no model.
    """
    pairs = list(read_marked(Path(path)))
    relations = relate(pairs, Model(model) if model else Model.load(), Ontology.load())
    write_relations(pairs, relations, format_, sys.stdout)
