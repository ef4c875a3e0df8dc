"""`polybius code`: good input in every form, and bad input that costs only itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from polybius.record import Record

Polybius = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = (
    "PARIS, May 4 - France expelled two Russian diplomats on Monday, the foreign ministry said. Russia condemned "
    "the decision and summoned the French ambassador in Moscow.\n"
)


def test_a_page_for_a_reader(polybius: Polybius) -> None:
    result = polybius("code", EXAMPLES / "summit.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Kenya and Tanzania agree to share port fees")
    assert "🇰🇪 Kenya" in result.stdout


def test_json_of_a_page(polybius: Polybius) -> None:
    result = polybius("code", EXAMPLES / "protest.html", "--format", "json")
    record = Record.model_validate_json(result.stdout)
    assert str(record.document.published) == "2023-01-20"
    assert "Subscribe" not in record.document.text
    assert any(event.type == "PROTEST" for event in record.events)


def test_a_folder_gives_json_lines_in_order(polybius: Polybius) -> None:
    result = polybius("code", EXAMPLES, "--format", "json")
    records = [Record.model_validate_json(line) for line in result.stdout.splitlines()]
    assert [record.document.given_id for record in records] == [None, "r1", "r2", "r3", "r4", "r5", None]


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_the_same_bytes_every_time(polybius: Polybius, form: str) -> None:
    runs = [polybius("code", EXAMPLES / "reports.jsonl", "--format", form) for _ in range(2)]
    assert runs[0].stdout_bytes == runs[1].stdout_bytes != b""


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(polybius: Polybius, arguments: list[str]) -> None:
    result = polybius("code", *arguments, "--format", "jsonl", "--published", "4 May 2021", input=GOOD)
    record = json.loads(result.stdout)
    assert record["document"]["published"] == "2021-05-04"
    assert record["document"]["text"] == GOOD
    assert "omissions" not in record


def test_explain_tells_what_was_not_coded(polybius: Polybius) -> None:
    result = polybius("code", "-", "--format", "json", "--explain", input=GOOD)
    assert isinstance(json.loads(result.stdout)["omissions"], list)


def test_min_confidence_leaves_events_out(polybius: Polybius) -> None:
    def confidences(*options: str) -> list[float]:
        result = polybius("code", EXAMPLES / "summit.txt", "--format", "json", *options)
        return [event["confidence"] for event in json.loads(result.stdout)["events"]]

    every = confidences()
    floor = sorted(every)[len(every) // 2]
    assert confidences("--min-confidence", str(floor)) == [c for c in every if c >= floor]


def test_settings_of_the_working_folder_hold(polybius: Polybius, tmp_path: Path) -> None:
    (tmp_path / "polybius.toml").write_text('format = "csv"\nmax_bytes = 300\n')
    assert polybius("code", "-", input=GOOD).stdout.startswith("report,given_id,")
    assert polybius("code", "-", "--format", "json", input=GOOD).stdout.startswith("{")
    refused = polybius("code", "-", input=GOOD * 2)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert (
        "more than the 300 allowed for one report; split it into reports, or raise max_bytes"
        in refused.stderr
    )


BAD = {
    "empty.txt": (b"", "no text in it; give a report"),
    "blank.txt": (b" \n\t\n", "no text in it; give a report"),
    "binary.txt": (bytes(range(256)) * 20, "not text but binary; give plain text, HTML, JSON lines or CSV"),
    "report.pdf.txt": (b"%PDF-1.7\n...", "not text but a PDF; save its text first, with pdftotext say"),
    "big.txt": (b"Peace talks in Geneva failed. " * 80_000, "more than the 500,000 allowed for one report"),
    "menu.html": (b"<html><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav></body></html>", ""),
    "foreign.txt": ("Der Kanzler hat am Montag in Berlin den Präsidenten empfangen. ".encode() * 5, ""),
    "broken.jsonl": (b'{"text": "half\n', "not JSON"),
    "nodate.jsonl": (
        b'{"text": "France met Russia.", "published": "05/06/2015"}\n',
        "unknown date '05/06/2015'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_line_and_fails(polybius: Polybius, tmp_path: Path, name: str) -> None:
    content, told = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = polybius("code", name, "--format", "jsonl")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(f"polybius: {name}")
    assert told in result.stderr
    assert ";" in result.stderr, "a line says what to do"


def test_a_missing_file(polybius: Polybius) -> None:
    result = polybius("code", "nowhere.txt")
    assert result.exit_code == 1
    assert (
        result.stderr == "polybius: nowhere.txt: cannot be read: No such file or directory; check the path\n"
    )


@pytest.mark.parametrize("content", [None, "\n"])
def test_a_source_without_a_report_fails(polybius: Polybius, tmp_path: Path, content: str | None) -> None:
    (tmp_path / "news").mkdir()
    if content is not None:
        (tmp_path / "news" / "empty.jsonl").write_text(content)
    result = polybius("code", "news")
    assert result.exit_code == 1
    assert result.stderr == "polybius: news: holds no report; give text, HTML, JSON, JSON Lines or CSV\n"


def test_empty_standard_input(polybius: Polybius) -> None:
    result = polybius("code", "-", input="")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "polybius: standard input: no text in it; give a report\n"


def test_broken_utf8_is_read_as_it_was_meant(polybius: Polybius, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(GOOD.replace("decision", "décision").encode("cp1252"))
    result = polybius("code", "old.txt", "--format", "json")
    assert result.exit_code == 0
    assert "décision" in json.loads(result.stdout)["document"]["text"]


def test_a_bad_file_among_good_ones_costs_only_itself(polybius: Polybius, tmp_path: Path) -> None:
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 50)
    result = polybius("code", ".", "--format", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert result.stderr.startswith("polybius: b.txt: ")


def test_a_fault_in_one_report_costs_only_itself(polybius: Polybius, monkeypatch: pytest.MonkeyPatch) -> None:
    from polybius.coder import Coder

    sound = Coder._code

    def faulty(self: Coder, parsed: object) -> Record:
        if parsed.report.given_id == "r3":  # type: ignore[attr-defined]
            raise ZeroDivisionError("oops")
        return sound(self, parsed)  # type: ignore[arg-type]

    monkeypatch.setattr(Coder, "_code", faulty)
    result = polybius("code", EXAMPLES / "reports.jsonl", "--format", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 4)
    assert "reports.jsonl:3: cannot be coded (ZeroDivisionError: oops; test_code_command.py:" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_very_long_sentence(polybius: Polybius) -> None:
    sentence = (
        "The minister said that " + "the talks in the capital had been long and that " * 1_000 + "he left."
    )
    result = polybius("code", "-", "--format", "json", input=sentence)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["code", "-", "--published", "someday"], "unknown date 'someday'"),
        (["code", "-", "--published", "05/06/2015"], "write it as YYYY-MM-DD"),
        (["code", "-", "--formt", "json"], "No such option: --formt"),
        (["code", "-", "--format", "xml"], "'xml' is not one of"),
        (["code", "-", "--min-confidence", "2"], "less than or equal to 1"),
        (["cod"], "No such command 'cod'"),
    ],
)
def test_wrong_usage_ends_with_2(polybius: Polybius, arguments: list[str], told: str) -> None:
    result = polybius(*arguments, input=GOOD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_a_bad_setting_ends_with_2(polybius: Polybius, tmp_path: Path) -> None:
    (tmp_path / "polybius.toml").write_text("colour = 1")
    result = polybius("code", "-", input=GOOD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("polybius: polybius.toml: no setting is called 'colour'; ")


def test_a_pipeline_that_is_not_there_ends_with_2(polybius: Polybius) -> None:
    result = polybius("code", "-", "--pipeline", "no_such_model", input=GOOD)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "polybius: the spaCy pipeline 'no_such_model' is not installed; install it"
    )
