"""`polybius score`, `info` and the top of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from polybius.record import Record

Polybius = Callable[..., Result]

GOLD = {
    "document": {"source": "Paper"},
    "actors": [
        {"id": "fr", "name": "France", "kind": "state"},
        {"id": "ru", "name": "Russia", "kind": "state"},
    ],
    "events": [
        {"at": "and Russia met", "type": "CONSULT", "actors": ["fr", "ru"]},
        {"at": "told", "type": "ACCUSE"},
    ],
}


@pytest.fixture
def sides(record: Record, tmp_path: Path) -> tuple[Path, Path]:
    made, gold = tmp_path / "record.json", tmp_path / "gold.yaml"
    made.write_text(record.model_dump_json(), encoding="utf8")
    gold.write_text(yaml.safe_dump(GOLD), encoding="utf8")
    return made, gold


def test_score_shows_figures_and_misses(polybius: Polybius, sides: tuple[Path, Path]) -> None:
    result = polybius("score", *sides, "--misses")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "actors      gold 2  predicted 4  found 2  full 2  found F1 0.6667  full F1 0.6667"
    assert "events      gold 2  predicted 2  found 1  full 1  found F1 0.5  full F1 0.5" in lines
    assert "    missing   told" in lines
    assert "    false     may not expel two [bold]Russian[/bold] envoys  ← SANCTION" in lines
    assert lines[-1].startswith("overall     0.")


def test_score_as_json_from_standard_input(polybius: Polybius, sides: tuple[Path, Path]) -> None:
    result = polybius("score", "-", sides[1], "--json", input=sides[0].read_text(encoding="utf8"))
    figures = json.loads(result.stdout)
    assert figures["events"] == {
        "gold": 2, "predicted": 2, "found": 1, "full": 1, "found_f1": 0.5, "full_f1": 0.5,
    }  # fmt: skip
    assert "misses" not in figures


@pytest.mark.parametrize(
    ("record", "gold", "told"),
    [
        (None, "{}", "record.json: cannot be read: No such file or directory; check the path"),
        ("{} {}", "{}", "record.json: holds more than one record; give what"),
        ("half", "{}", "record.json: not JSON: "),
        ("[]", "{}", "record.json: holds a list, not an object; "),
        ("{}", "{}", "the record or the gold table does not hold together"),
        (
            '{"document": {"text": "a b a"}}',
            "events: [{at: a}]",
            "the gold anchor 'a' occurs 2 times; lengthen it",
        ),
        ("{}", "a: [", "gold.yaml: not YAML: "),
        ("{}", "word", "gold.yaml: holds a str, not an object; see tests/gate"),
    ],
)
def test_sides_that_cannot_be_compared(
    polybius: Polybius, tmp_path: Path, record: str | None, gold: str, told: str
) -> None:
    if record is not None:
        (tmp_path / "record.json").write_text(record)
    (tmp_path / "gold.yaml").write_text(gold)
    result = polybius("score", "record.json", "gold.yaml")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert told in result.stderr


def test_info_names_what_a_record_is_made_by(polybius: Polybius) -> None:
    told = json.loads(polybius("info", "--json").stdout)
    assert set(told) == {"polybius", "pipeline", "ontology", "knowledge", "model"}
    assert polybius("info").stdout.splitlines() == [f"{name:10} {value}" for name, value in told.items()]


def test_version(polybius: Polybius) -> None:
    result = polybius("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "polybius")


@pytest.mark.parametrize("command", [[], ["code"], ["score"], ["info"]])
def test_help_shows_examples(polybius: Polybius, command: list[str]) -> None:
    result = polybius(*command, "--help")
    assert result.exit_code == 0
    assert f"$ polybius {' '.join(command)}" in result.stdout
