"""`polybius add` and the commands that ask the store, end to end on small reports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from polybius.batch import Outcome
from polybius.cli.listing import bins
from polybius.cli.storing import progress_line
from polybius.record import Record
from polybius.store import Store

Polybius = Callable[..., Result]

TEXT = "France expelled two Russian diplomats on Monday, the French foreign ministry said in Paris."


@pytest.fixture
def filled(record: Record, polybius: Polybius) -> Polybius:
    """The command line in a folder with a store that holds one record."""
    with Store.open("sqlite:///polybius.db") as store:
        store.save(record)
        store.note_failures({"bad\x1b.txt": "no text in it; give a report"})
    return polybius


def test_reports_are_added_and_found(polybius: Polybius, tmp_path: Path) -> None:
    rows = [{"body": TEXT, "day": "2021-05-04", "key": "mine"}, {"body": ""}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    options = ("--text-field", "body", "--published-field", "day", "--id-field", "key", "--workers", 1)
    result = polybius("add", "a.jsonl", *options, "--store", "sqlite:///news.db")
    assert result.exit_code == 1
    assert result.stderr == "polybius: 1 added, 1 failed; polybius failures lists them\n"
    result = polybius("failures", "--store", "sqlite:///news.db")
    assert result.stdout.startswith("a.jsonl:2: no text in it")
    result = polybius("events", "--store", "sqlite:///news.db", "--actor", "France", "--format", "jsonl")
    (event, *_) = map(json.loads, result.stdout.splitlines())
    assert (event["given_id"], event["published"]) == ("mine", "2021-05-04")
    assert event["actors"][0]["name"] == "France"


def test_events_as_json_lines(filled: Polybius) -> None:
    lines = filled("events", "--format", "jsonl").stdout.splitlines()
    first = json.loads(lines[0])
    assert [json.loads(line)["event"] for line in lines] == ["e1", "e2"]
    assert first["words"] == "may not expel two [bold]Russian[/bold] envoys"
    assert first["actors"][0]["country"] == "FRA"
    assert (first["said_by"]["name"], first["amounts"][0]["words"]) == ("Sergey Lavrov", "two")
    assert (first["auxiliary"], first["date"]["start"]) == (["negation", "hypothetical"], "2021-05-01")


def test_csv_is_what_code_gives_for_the_same_record(filled: Polybius, record: Record) -> None:
    from polybius.cli.writers import write_csv

    expected = io.StringIO()
    write_csv([record], expected)
    assert filled("events", "--format", "csv").stdout == expected.getvalue()


def test_no_cell_is_a_formula_and_no_text_moves_the_terminal(filled: Polybius) -> None:
    for command in ("events", "statements", "ties"):
        for row in csv.reader(io.StringIO(filled(command, "--format", "csv").stdout)):
            assert not [cell for cell in row if cell.startswith(("=", "@", "\t"))]
    for call in (("events",), ("statements",), ("ties",), ("search", "envoys"), ("failures",), ("summary",)):
        shown = filled(*call)
        assert shown.exit_code == 0
        assert not set("\x07\x1b\u202e\x02\x03") & set(shown.stdout)
        assert "envoys" in shown.stdout or call[0] in {"ties", "failures", "summary", "statements"}


def test_filters_reach_the_store(filled: Polybius) -> None:
    def ids(*options: object) -> list[str]:
        lines = filled("events", "--format", "jsonl", *options).stdout.splitlines()
        return [json.loads(line)["event"] for line in lines]

    assert ids("--type", "CONSULT", "--quad", 1, "--place", "Minsk") == ["e2"]
    assert ids("--said-by", "Lavrov") == []
    assert ids("--said-by", "Sergey Lavrov", "--mode", "expel", "--recipient", "RUS") == ["e1"]
    assert ids("--auxiliary", "none", "--min-confidence", 0.85, "--country", "FRA") == ["e2"]
    assert ids("--since", "2021-05-04") == ["e1"]
    assert ids("--order", "confidence", "--limit", 1) == ["e2"]
    assert ids("--source", "paper", "--until", "2021-05-02", "--offset", 1) == []


def test_statements_and_ties(filled: Polybius) -> None:
    (statement,) = map(json.loads, filled("statements", "--format", "jsonl").stdout.splitlines())
    assert (statement["speaker"]["name"], statement["via"]["name"]) == ("Sergey Lavrov", "Tass")
    assert statement["words"] == "France may not expel two"
    (tie,) = csv.DictReader(io.StringIO(filled("ties", "--type", "part_of", "--format", "csv").stdout))
    assert (tie["from"], tie["to"], tie["since"]) == ("Sergey Lavrov", "Russia", "2004-03-09")
    assert "No ties found." in filled("ties", "--type", "ally").stdout


def test_a_long_table_says_that_there_is_more(filled: Polybius, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polybius.cli.asking.FIRST", 1)
    result = filled("events")
    assert result.stderr == "polybius: the first 1 events; give --limit N for more\n"
    assert filled("events", "--limit", 1).stderr == ""
    assert filled("events", "--format", "csv").stdout.count("\n") == 3


def test_search(filled: Polybius) -> None:
    (hit,) = map(json.loads, filled("search", '"told Tass"', "--json").stdout.splitlines())
    assert "told Tass in Minsk" in hit["snippet"]
    assert "No reports found." in filled("search", "nothing").stdout


def test_summary(filled: Polybius) -> None:
    counts = json.loads(filled("summary", "--json").stdout)
    assert counts["dyads"] == [["FRA", "RUS", 1]]
    assert (counts["reports"], counts["events"], counts["failures"]) == (1, 2, 1)
    lines = filled("summary").stdout.splitlines()
    assert lines[0].split() == ["reports", "1"]
    assert any(line.startswith("2021-05-01 ████") for line in lines)


@pytest.mark.parametrize("command", ["events", "statements", "ties", "summary", "failures"])
def test_without_a_store_there_is_one_line(polybius: Polybius, tmp_path: Path, command: str) -> None:
    result = polybius(command)
    assert result.exit_code == 2
    assert result.stderr == "polybius: sqlite:///polybius.db: no store is there; `polybius add` makes one\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "x", "--engine", "spark"), "choose local or dask"),
        (("add", "x", "--store", "mysql://h/d"), "polybius keeps no store in mysql"),
        (("events", "--since", "yesterday"), "unknown date"),
    ],
)
def test_wrong_usage(polybius: Polybius, arguments: tuple[str, ...], told: str) -> None:
    result = polybius(*arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_days_are_counted_by_month_or_year_where_there_are_many() -> None:
    def counts(days: int) -> list[tuple[date, int]]:
        return [(date(2020, 1, 1) + timedelta(days=day), 1) for day in range(days)]

    assert len(bins(counts(40))) == 40
    assert bins(counts(60)) == {"2020-01": 31, "2020-02": 29}
    assert bins(counts(366 + 5 * 365))["2021"] == 365


def test_progress_tells_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = Outcome(expected=10_000)
    assert progress_line(outcome) == "0 added of about 10,000"
    monkeypatch.setattr("polybius.batch.outcome.time.monotonic", lambda: 100.0)
    outcome.start()
    monkeypatch.setattr("polybius.batch.outcome.time.monotonic", lambda: 200.0)
    outcome.added, outcome.already, outcome.failed = 500, 1000, 1
    assert progress_line(outcome) == (
        "500 added, 1,000 already there, 1 failed of about 10,000, 5.0 a second, 28 min 20 s left"
    )
