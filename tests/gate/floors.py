"""What the gate's reports reach, table by table, and the floors below which no figure may fall.

    python tests/gate/floors.py            show what is reached beside the floors
    python tests/gate/floors.py --misses   ... and what was missing, wrong or false
    python tests/gate/floors.py --raise    write floors up to what is reached, none down
    python tests/gate/floors.py --lower    write floors down as well: a loss that is meant
    python tests/gate/floors.py --unseen   show what reports without a floor reach, and nothing else

``floors.json`` holds floors from 0 to 1: ``tables`` over all gate reports together, ``reports`` and ``real`` (the
reports of ``../shared``, where they are) for each report's overall figure. ``ceilings`` are what may not be
exceeded: false events per 1,000 words of the texts in ``quiet/``, where nothing happens that should be coded, and
records that rest on page furniture. A report that ``reports`` does not name counts nowhere: new reports are first
measured apart, for what the coder reaches on texts it was not made with; a name with 0.0 takes one into the gate.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from polybius.coder import Coder, load
from polybius.record import Event, Record
from polybius.scoring import Miss, Score, TableScore, score

GATE = Path(__file__).parent
FLOORS = GATE / "floors.json"
REAL = GATE.parents[2] / "shared" / "reports"
TARGETS = {"moscow-2019": 0.85, "asylum-2015": 0.75}  # overall, on the real reports
QUIET, FURNITURE = "false events per 1,000 quiet words", "records on furniture"
AIMS = {QUIET: 2.0, FURNITURE: 0.0}  # ceilings are not tightened below these

Floors = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Gate:
    """The scores of all gate reports, by the report's name."""

    scores: Mapping[str, Score]

    def tables(self) -> dict[str, float]:
        """Each table's figure over all reports together, 0–1; ``overall`` is the mean of the reports'."""
        names = ("actors", "times", "amounts", "events", "statements", "ties")
        pooled = {name: self._pooled(name) for name in names}
        mentions = [score.mentions for score in self.scores.values()]
        return {
            "actors": pooled["actors"].full_f1,
            "mentions": round(sum(m.full for m in mentions) / sum(m.gold for m in mentions), 4),
            "times": pooled["times"].full_f1,
            "amounts": pooled["amounts"].full_f1,
            "events found": pooled["events"].found_f1,
            "events full": pooled["events"].full_f1,
            "statements": pooled["statements"].full_f1,
            "ties": pooled["ties"].full_f1,
            "overall": round(sum(self.reports().values()) / len(self.scores), 4),
        }

    def reports(self) -> dict[str, float]:
        """Each report's overall figure, 0–1."""
        return {name: score.overall for name, score in self.scores.items()}

    def on_furniture(self) -> int:
        """How many records rest on page furniture."""
        return sum(score.document.records_on_furniture for score in self.scores.values())

    def misses(self, table: str) -> dict[str, tuple[Miss, ...]]:
        """What was missed in one table, by report; in every table for "overall"."""
        part = table.split()[0]
        return {
            name: tuple(m for t, row in s.rows().items() if part in (t, "overall") for m in row.misses)
            for name, s in self.scores.items()
        }

    def _pooled(self, table: str) -> TableScore:
        rows = [s.actors if table == "actors" else s.tables[table] for s in self.scores.values()]
        counts = ("gold", "predicted", "found", "full")
        return TableScore(**{count: sum(getattr(row, count) for row in rows) for count in counts})


@dataclass(frozen=True)
class Quiet:
    """The events coded in the quiet texts, less those that are rightly there."""

    words: int
    false: tuple[tuple[str, str], ...]

    @property
    def per_1000(self) -> float:
        """False events per 1,000 words."""
        return round(1000 * len(self.false) / self.words, 3)


@dataclass(frozen=True)
class Excuse:
    """Words of a quiet text that tell an event of one of these types."""

    words: str
    types: frozenset[str]

    def covers(self, record: Record, event: Event) -> bool:
        """Whether the event has such a type and touches the words."""
        start = record.document.text.find(self.words)
        touches = start >= 0 and start < event.span[1] and event.span[0] < start + len(self.words)
        return event.type in self.types and touches


def measure(coder: Coder) -> Gate:
    """Code and score every report of the gate that has a floor."""
    named = read_floors().get("reports", {})
    return Gate({n: _score(coder, GATE / f"{n}.gold.yaml", told_day=True) for n in sorted(named)})


def measure_unseen(coder: Coder) -> Gate:
    """The reports that have no floor, scored."""
    named = read_floors().get("reports", {})
    paths = {path.name.split(".")[0]: path for path in sorted(GATE.glob("*.gold.yaml"))}
    return Gate({n: _score(coder, path, told_day=True) for n, path in paths.items() if n not in named})


def measure_real(coder: Coder) -> dict[str, Score]:
    """The scores of the real reports that have targets, or nothing where ``../shared`` is absent.

    Their day stands in their own heads: it is not told, but must be read.
    """
    paths = {name: REAL / f"{name}.gold.yaml" for name in TARGETS}
    return {n: _score(coder, path, told_day=False) for n, path in paths.items() if path.exists()}


def measure_quiet(coder: Coder) -> Quiet:
    """Code every quiet text and keep the events that are not rightly coded."""
    words, false, right = 0, [], rightly_coded()
    for path in sorted((GATE / "quiet").glob("*.txt")):
        text = path.read_text(encoding="utf8")
        words += len(text.split())
        # A quiet text's year is in its name; the day does not matter to it.
        record = coder.code(text, published=f"{path.stem[-4:]}-07-01")
        events = false_events(record, right.get(path.stem, ()))
        false += [(path.stem, told(record, event)) for event in events]
    return Quiet(words, tuple(false))


def rightly_coded() -> dict[str, tuple[Excuse, ...]]:
    """What in quiet texts does tell an event (``quiet/rightly-coded.tsv``), by text."""
    right: dict[str, tuple[Excuse, ...]] = {}
    with (GATE / "quiet" / "rightly-coded.tsv").open(encoding="utf8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            excuse = Excuse(row["words"], frozenset(row["types"].split("|")))
            right[row["text"]] = (*right.get(row["text"], ()), excuse)
    return right


def false_events(record: Record, right: Iterable[Excuse]) -> list[Event]:
    """The events of a record that nothing excuses."""
    return [e for e in record.events if not any(excuse.covers(record, e) for excuse in right)]


def told(record: Record, event: Event) -> str:
    """An event on a line: its type and confidence, who and whom, and its words."""
    names = {actor.id: actor.name for actor in record.actors}
    who, whom = (", ".join(names[i] for i in ids) or "–" for ids in (event.actors, event.recipients))
    return f"{event.type} {event.confidence:.2f} {who} → {whom}: {' '.join(record.words(event.span).split())}"


def read_floors() -> Floors:
    """The floors as they stand."""
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf8"))
    return floors


def moved(floors: Floors, reached: Floors, *, lower: bool) -> Floors:
    """The floors raised to what is reached, in hundredths; lowered to it only when that is asked for.

    What was not measured keeps its floor; what is no longer there loses it, unless it is a real report.
    """
    new: Floors = {}
    for group, figures in reached.items():
        old = floors.get(group, {})
        new[group] = dict(old) if group == "real" else {}
        for name, figure in figures.items():
            move = _ceiling if group == "ceilings" else _floor
            new[group][name] = move(name, old.get(name), figure, lower=lower)
    return new


def _ceiling(name: str, old: float | None, figure: float, *, lower: bool) -> float:
    allowed = max(AIMS.get(name, 0.0), math.ceil(figure * 10 - 1e-9) / 10)
    return allowed if old is None or lower else min(old, allowed)


def _floor(name: str, old: float | None, figure: float, *, lower: bool) -> float:
    floor = math.floor(figure * 100 + 1e-9) / 100
    return floor if old is None or lower else max(old, floor)


def _score(coder: Coder, path: Path, *, told_day: bool) -> Score:
    text = path.with_name(path.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf8")
    gold: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf8"))
    record = coder.code(text, published=gold["document"]["published"] if told_day else None)
    return score(record.model_dump(by_alias=True, mode="json"), gold)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what was missing, wrong or false")
    parser.add_argument("--raise", dest="up", action="store_true", help="raise floors to what is reached")
    parser.add_argument("--lower", action="store_true", help="move floors to what is reached, down as well")
    parser.add_argument("--unseen", action="store_true", help="measure only the reports without a floor")
    options = parser.parse_args()
    coder = load()
    if options.unseen:
        _print_unseen(measure_unseen(coder), misses=options.misses)
        return
    gate, real, quiet = measure(coder), measure_real(coder), measure_quiet(coder)
    reached = {
        "tables": gate.tables(),
        "reports": gate.reports(),
        "real": {name: score.overall for name, score in real.items()},
        "ceilings": {QUIET: quiet.per_1000, FURNITURE: float(gate.on_furniture())},
    }
    floors = read_floors() if FLOORS.exists() else {}
    for group, figures in reached.items():
        for name, figure in figures.items():
            limit = floors.get(group, {}).get(name)
            aim = {**TARGETS, **AIMS}.get(name)
            told_aim = "" if aim is None else f"   aim {aim}"
            word = "ceiling" if group == "ceilings" else "floor"
            print(f"{group:8} {name:36} {figure:7.4f}   {word} {limit}{told_aim}")
    if options.misses:
        for report, misses in gate.misses("overall").items():
            print(report, *(f"    {m.kind:9} {m.what}  {m.why}" for m in misses), sep="\n")
        print("quiet", *(f"    {name:20} {line}" for name, line in quiet.false), sep="\n")
    if options.up or options.lower:
        new = moved(floors, reached, lower=options.lower)
        FLOORS.write_text(json.dumps(new, indent=2) + "\n", encoding="utf8")
        print(f"written: {FLOORS.name}")


def _print_unseen(gate: Gate, *, misses: bool) -> None:
    for name, figure in {**gate.tables(), **gate.reports()}.items():
        print(f"{name:36} {figure:7.4f}")
    if misses:
        for report, missed in gate.misses("overall").items():
            print(report, *(f"    {m.kind:9} {m.what}  {m.why}" for m in missed), sep="\n")


if __name__ == "__main__":
    _main()
