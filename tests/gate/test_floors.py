"""No figure of the gate falls below its floor; a floor is lowered only by ``python tests/gate/floors.py --lower``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gate.floors import FURNITURE, QUIET, TARGETS, Floors, Gate, moved, read_floors
from polybius.scoring import Miss, Score

PLAY = 0.005  # how far a figure may fall: one entry's worth of rounding
REPORTS = sorted(read_floors()["reports"])


def listed(misses: Mapping[str, tuple[Miss, ...]]) -> str:
    """Every miss on a line of its own, under the name of its report."""
    return "".join(
        f"\n{name}" + "".join(f"\n    {miss.kind:9} {miss.what}  ({miss.why})" for miss in found)
        for name, found in misses.items()
        if found
    )


@pytest.mark.parametrize("table", sorted(read_floors()["tables"]))
def test_table_holds_its_floor(table: str, gate: Gate, floors: Floors) -> None:
    figure, floor = gate.tables()[table], floors["tables"][table]
    assert figure >= floor - PLAY, f"{table}: {figure} under its floor {floor}{listed(gate.misses(table))}"


@pytest.mark.parametrize("name", REPORTS)
def test_report_holds_its_floor(name: str, gate: Gate, floors: Floors) -> None:
    figure, floor = gate.reports()[name], floors["reports"][name]
    misses = listed({name: gate.misses("overall")[name]})
    assert figure >= floor - PLAY, f"{name}: {figure} under its floor {floor}{misses}"


def test_every_table_and_report_has_a_floor(gate: Gate, floors: Floors) -> None:
    assert set(floors["tables"]) == set(gate.tables())
    assert set(floors["reports"]) == set(gate.reports())
    assert set(floors["real"]) == set(TARGETS)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_real_report_holds_its_floor(name: str, real: Mapping[str, Score], floors: Floors) -> None:
    score, floor = real[name], floors["real"][name]
    misses = listed({name: tuple(miss for row in score.rows().values() for miss in row.misses)})
    assert score.overall >= floor - PLAY, f"{name}: {score.overall} under its floor {floor}{misses}"


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_nothing_rests_on_furniture(name: str, real: Mapping[str, Score]) -> None:
    document = real[name].document
    assert document.records_on_furniture == 0, document.misses


def test_records_on_furniture_stay_under_their_ceiling(gate: Gate, floors: Floors) -> None:
    dirty = {name: score.document.misses for name, score in gate.scores.items()}
    assert gate.on_furniture() <= floors["ceilings"][FURNITURE], listed(dirty)


def test_floors_move_up_to_hundredths_and_down_only_when_asked() -> None:
    floors = {"tables": {"actors": 0.8, "times": 0.9}}
    reached = {"tables": {"actors": 0.8571, "times": 0.85}}
    assert moved(floors, reached, lower=False) == {"tables": {"actors": 0.85, "times": 0.9}}
    assert moved(floors, reached, lower=True) == {"tables": {"actors": 0.85, "times": 0.85}}


@pytest.mark.parametrize(
    ("reached", "lower", "ceiling"),
    [(5.21, False, 4.0), (5.21, True, 5.3), (3.11, False, 3.2), (0.4, False, 2.0), (2.0, False, 2.0)],
)
def test_a_ceiling_comes_down_to_its_aim_and_up_only_when_asked(
    reached: float, lower: bool, ceiling: float
) -> None:
    assert moved({"ceilings": {QUIET: 4.0}}, {"ceilings": {QUIET: reached}}, lower=lower) == {
        "ceilings": {QUIET: ceiling}
    }


def test_real_reports_that_were_not_there_keep_their_floors() -> None:
    assert moved({"real": {"x": 0.7}}, {"real": {}}, lower=True) == {"real": {"x": 0.7}}


def test_a_fall_is_told_with_what_was_missed(gate: Gate) -> None:
    told = listed(gate.misses("events full"))
    assert all(f"\n{name}\n    " in told for name, s in gate.scores.items() if s.tables["events"].misses)
