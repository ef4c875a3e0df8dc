"""What other thresholds would give: python benchmarks/thresholds.py [--only NAME] [--values V …]

For each constant of ``polybius.events.judging`` and for ``min_confidence``, one after the other while the rest stay
as they are: events found and right in full (F1 over the gate's reports), the gate's overall figure, and false events
per 1,000 words of the quiet texts. The value in force is marked; nothing is written. Reports are parsed, and the
model is asked, once: a value costs a second or two.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import polybius.coder
from polybius.coder import Coder, load
from polybius.events import judging
from polybius.intake import Report
from polybius.parse import Parsed, Parser
from polybius.relations import Judgement, Model, Pair

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from gate.floors import measure, measure_quiet

CONSTANTS = {
    name: value for name, value in vars(judging).items() if name.isupper() and isinstance(value, float)
}
VALUES = {
    "DENIED_BELOW": (0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5),
    "DENIED_ABOVE": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95),
    "min_confidence": (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8),
}
OTHERS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

Room = TypeVar("Room", bound=Callable[..., Any])


class RememberedParser:
    """A parser that reads every text once."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.version = parser.version
        self.read: dict[str, Parsed] = {}

    def parse(self, report: Report) -> Parsed:
        """What the text was read as the first time."""
        if report.text not in self.read:
            self.read[report.text] = self.parser.parse(report)
        return self.read[report.text]


class RememberedModel:
    """A model that is asked every question once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.version = model.version
        self.answers: dict[Pair, Judgement] = {}

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The answers, in the order of the pairs."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self.answers]
        self.answers.update(zip(new, self.model.judge(new), strict=True))
        return [self.answers[pair] for pair in pairs]


def remembered(room: Room) -> Room:
    """A room before the events, entered once for each parsed report."""
    known: dict[int, Any] = {}

    @wraps(room)
    def found(parsed: Parsed, *rest: Any) -> Any:
        if id(parsed) not in known:
            known[id(parsed)] = room(parsed, *rest)
        return known[id(parsed)]

    return cast(Room, found)


def remembering() -> Coder:
    """A coder in which only the events are coded anew."""
    for name in ("find_circumstances", "find_actors", "find_statements", "find_ties"):
        setattr(polybius.coder, name, remembered(getattr(polybius.coder, name)))
    coder = load()
    parser, model = RememberedParser(coder.parser), RememberedModel(coder.model)
    return replace(coder, parser=cast(Parser, parser), model=cast(Model, model))


def figures(coder: Coder) -> tuple[float, float, float, float]:
    """Events found and in full, the gate's overall figure, and false events per 1,000 quiet words."""
    tables = measure(coder).tables()
    return tables["events found"], tables["events full"], tables["overall"], measure_quiet(coder).per_1000


def sweep(coder: Coder, name: str, values: Iterable[float]) -> Iterator[tuple[float, tuple[float, ...]]]:
    """The figures at each value of one threshold; afterwards it is as it was."""
    for value in values:
        if name == "min_confidence":
            yield value, figures(replace(coder, min_confidence=value))
            continue
        setattr(judging, name, value)
        try:
            yield value, figures(coder)
        finally:
            setattr(judging, name, CONSTANTS[name])


def main() -> None:
    """Sweep and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=[*CONSTANTS, "min_confidence"], help="sweep this one")
    parser.add_argument("--values", type=float, nargs="+", help="the values to try")
    options = parser.parse_args()
    coder = remembering()
    in_force = {**CONSTANTS, "min_confidence": coder.min_confidence}
    for name in [options.only] if options.only else in_force:
        values = sorted({*(options.values or VALUES.get(name, OTHERS)), in_force[name]})
        print(f"{name:20} events found  events full  gate overall  false / 1,000 quiet words")
        for value, (found, full, overall, false) in sweep(coder, name, values):
            mark = "*" if value == in_force[name] else " "
            print(
                f"{value:18.2f} {mark} {found:12.4f} {full:12.4f} {overall:13.4f} {false:26.3f}", flush=True
            )


if __name__ == "__main__":
    main()
