"""JSON, JSON Lines and CSV: the shapes that users' scripts rely on."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from polybius.cli.writers import COLUMNS, WRITERS, harmless
from polybius.record import Record


def written(form: str, *records: Record) -> str:
    out = io.StringIO()
    WRITERS[form](records, out)
    return out.getvalue()


def test_json_of_one_report_is_one_object(record: Record) -> None:
    text = written("json", record)
    assert text.startswith('{\n  "document": {\n')
    assert Record.model_validate_json(text) == record
    assert json.loads(text)["ties"][0]["from"] == "a3"


def test_json_of_several_reports_is_json_lines(record: Record) -> None:
    assert written("json", record, record, record) == written("jsonl", record, record, record)
    lines = written("jsonl", record, record).splitlines()
    assert [Record.model_validate_json(line) for line in lines] == [record, record]


@pytest.mark.parametrize("form", ["json", "jsonl", "table"])
def test_no_reports_give_nothing(form: str) -> None:
    assert written(form) == ""


def test_csv_has_a_row_for_each_event(record: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", record))))
    assert [row["event"] for row in rows] == ["e1", "e2"]
    first, second = rows
    assert (first["actors"], first["actor_countries"], first["said_by"]) == ("France", "FRA", "Sergey Lavrov")
    assert (first["auxiliary"], first["amounts"], first["intensity"]) == (
        "negation|hypothetical",
        "two",
        "-5.5",
    )
    assert (second["actors"], second["recipients"], second["place"]) == ("France|Russia", "", "Minsk")
    assert second["words"] == "'=HYPERLINK(1) France and Russia met"


def test_csv_without_reports_is_a_header() -> None:
    assert written("csv") == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_a_cell_that_looks_like_a_formula_is_neutralised(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "", "1", -5.5, None])
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert harmless(cell) == cell
