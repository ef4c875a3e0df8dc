"""Reads the corpus the project wrote: sentences with a marked actor, recipient and trigger, and their labels.

`python training/corpus.py` checks every line and prints what the corpus holds: types, modes, verbs,
constructions, lengths.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
NONE = "none"
AUXILIARIES = ("negation", "future", "hypothetical", "historical")
_MARK = re.compile(r"\{([art])\|([^{}]*)\}")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One line of the corpus; spans are half open, in code points of ``text``; None where not marked."""

    text: str
    actor: Span | None
    recipient: Span | None
    trigger: Span | None
    type: str
    mode: str | None
    auxiliaries: frozenset[str]
    source: str
    group: str

    @property
    def file(self) -> str:
        """The corpus file it stands in, without its ending."""
        return self.group.split(" ")[0]

    @property
    def held_out(self) -> bool:
        """Whether the example belongs to the tenth that is never trained on; a group stays together."""
        return _bucket(self.group) == 0

    @property
    def calibrates(self) -> bool:
        """Whether the example is kept from training to choose the temperature (a twentieth)."""
        return not self.held_out and _bucket(f"calibration {self.group}", 18) == 0


def _bucket(key: str, of: int = 10) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % of


def read(folder: Path = CORPUS) -> list[Example]:
    """All examples, in the order of the files.

    Raises:
        ValueError: naming file and line, for a line that is malformed.
    """
    return [example for path in sorted(folder.glob("*.tsv")) for example in _read_file(path)]


def _read_file(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                yield parse(row, path.stem)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number}: {error}") from error


def parse(row: dict[str, str], file: str) -> Example:
    """The example of a row with the columns type, mode, auxiliary, source, text."""
    text, spans = unmark(row["text"])
    auxiliaries = frozenset(filter(None, row["auxiliary"].split("|")))
    if unknown := auxiliaries - set(AUXILIARIES):
        raise ValueError(f"unknown auxiliary {sorted(unknown)}")
    contrast = row["source"] if re.fullmatch(r"contrast-\d+", row["source"]) else text
    return Example(
        text=text,
        actor=spans.get("a"),
        recipient=spans.get("r"),
        trigger=spans.get("t"),
        type=row["type"],
        mode=row["mode"] or None,
        auxiliaries=auxiliaries,
        source=row["source"],
        group=f"{file} {contrast}",
    )


def unmark(marked: str) -> tuple[str, dict[str, Span]]:
    """The plain text, and the spans of ``{a|…}``, ``{r|…}`` and ``{t|…}``, the first of each.

    Raises:
        ValueError: for a brace that marks nothing.
    """
    text, last = "", 0
    spans: dict[str, Span] = {}
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.setdefault(match[1], (len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    text += marked[last:]
    if "{" in text or "}" in text:
        raise ValueError(f"a stray brace in {marked!r}")
    return text, spans


def describe(examples: list[Example]) -> str:
    """What the corpus holds, as a table to read."""
    lines = [f"{len(examples)} examples over {len({e.text for e in examples})} texts"]
    lines.append(
        f"held out: {sum(e.held_out for e in examples)}; calibration: {sum(e.calibrates for e in examples)}"
    )
    for type_, count in Counter(e.type for e in examples).most_common():
        own = [e for e in examples if e.type == type_]
        triggers = {e.text[slice(*e.trigger)].lower() for e in own if e.trigger}
        lengths = sorted(len(e.text.split()) for e in own)
        modes = Counter(e.mode for e in own if e.mode)
        lines.append(
            f"{type_:10}{count:6}  triggers {len(triggers):4}  words {lengths[len(lengths) // 2]:3}"
            f" ({lengths[0]}-{lengths[-1]})  no recipient {sum(e.recipient is None for e in own):4}"
            f"  {' '.join(f'{m} {n}' for m, n in modes.most_common())}"
        )
    auxiliaries = Counter(a for e in examples for a in e.auxiliaries)
    lines.append("auxiliaries: " + ", ".join(f"{a} {n}" for a, n in auxiliaries.most_common()))
    actors = {e.text[slice(*e.actor)].lower() for e in examples if e.actor}
    lines.append(f"different actors: {len(actors)}")
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        print(describe(read()))
    except ValueError as error:
        sys.exit(str(error))
