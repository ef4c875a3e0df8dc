"""What the model adds to the word lists: python benchmarks/model_share.py

The gate's tables and the false events in the quiet texts, by one state of the code, twice: as shipped, and with a
model that has no opinion (it neither denies what the word lists say nor opens an event that they do not know, and
knows no mode). Nothing is held to a threshold.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from polybius.coder import Coder, load
from polybius.events.judging import NONE
from polybius.relations import Judgement, Model, Pair

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from gate.floors import measure, measure_quiet


class NoOpinion:
    """A model in whose eyes every type is as likely as the next, and ``none`` likelier than each."""

    def __init__(self, model: Model) -> None:
        self.version = model.version
        self._answer = Judgement(
            types={name: 0.6 if name == NONE else 0.5 for name in model.types},
            mode=dict.fromkeys(model.modes, 0.0) | {NONE: 1.0},
            auxiliaries=dict.fromkeys(model.auxiliaries, 0.0),
        )

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The same answer to every question."""
        return [self._answer] * len(pairs)


def figures(coder: Coder) -> dict[str, float]:
    """The gate's tables, and false events per 1,000 quiet words."""
    return measure(coder).tables() | {"false events per 1,000 quiet words": measure_quiet(coder).per_1000}


def main() -> None:
    """Measure and print."""
    coder = load()
    shipped = figures(coder)
    without = figures(replace(coder, model=cast(Model, NoOpinion(coder.model))))
    print(f"{'':36} {'word lists alone':>16} {'with the model':>16}")
    for name, figure in shipped.items():
        print(f"{name:36} {without[name]:16.4f} {figure:16.4f}")


if __name__ == "__main__":
    main()
