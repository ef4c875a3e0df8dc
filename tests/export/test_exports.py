"""Each format holds what it can hold, loads in the tools that people use, and runs nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from readers import read_flat_csv, read_gdelt, read_mentions, read_parquet, read_plover, read_polecat

from polybius.errors import SettingsError
from polybius.export import EXPORTERS, Written
from polybius.export.flat import COLUMNS
from polybius.export.gdelt import EVENTS, MENTIONS, mentions_path
from polybius.export.polecat import COLUMNS as POLECAT
from polybius.record import Event, Record


def written(record: Record, as_: str, folder: Path) -> tuple[Path, Written]:
    path = folder / f"out.{as_}"
    return path, EXPORTERS[as_].write(iter([record]), path)


def test_the_tables_have_as_many_columns_as_theirs() -> None:
    assert (len(EVENTS), len(MENTIONS), len(POLECAT)) == (61, 16, 40)


def test_plover_round_trip(record: Record, tmp_path: Path) -> None:
    path, count = written(record, "plover", tmp_path)
    first, negated, last = read_plover(path)
    assert count.rows == 3
    assert first == {
        "type": "SANCTION",
        "mode": "expel",
        "contexts": ("diplomatic", "legal"),
        "auxiliary": (),
        "start": "2023-05-01",
        "end": "2023-05-02",
        "actors": (("France", "FRA", None), ("Chad", "TCD", None)),
        "recipients": (("Sudanese envoys", "SDN", "GOV"),),
        "place": "N'Djamena",
        "words": 'France and Chad expelled "two" Sudanese envoys',
        "quad": 4,
        "intensity": -5.5,
        "span": record.events[0].span,
        "said_by": "=cmd ministry",
        "values": (2.0,),
    }
    assert negated["auxiliary"] == ("negation", "future")
    assert last["start"] == "2023-05-03", "an event without a day takes that of publication"


def test_plover_leaves_out_an_event_without_any_day(record: Record, tmp_path: Path) -> None:
    undated = record.model_copy(update={"document": record.document.model_copy(update={"published": None})})
    _, count = written(undated, "plover", tmp_path)
    assert (count.rows, count.left_out) == (1, {"without any day": 2})


def test_polecat_round_trip_is_a_row_for_each_pair(record: Record, tmp_path: Path) -> None:
    path, count = written(record, "polecat", tmp_path)
    rows = read_polecat(path)
    assert count.left_out == {"negated, future or hypothetical": 1}
    assert rows[0] == {
        "type": "SANCTION",
        "mode": "expel",
        "contexts": ("diplomatic", "legal"),
        "start": "2023-05-01",
        "actor": ("France", "FRA", None),
        "recipient": ("Sudanese envoys", "SDN", "GOV"),
        "place": "N'Djamena",
        "quad": 4,
        "intensity": -5.5,
        "source": "Nile Post",
    }
    assert [row["actor"][0] for row in rows] == ["France", "Chad", "@Sudan", "-Kenya|Uganda"]
    assert [row["recipient"][0] for row in rows] == ["Sudanese envoys", "Sudanese envoys", None, None]


def test_gdelt_round_trip_with_fips_countries_and_codes_as_text(record: Record, tmp_path: Path) -> None:
    path, _ = written(record, "gdelt", tmp_path)
    rows = read_gdelt(path)
    assert rows[0] | {"id": 0} == {
        "id": 0,
        "start": "2023-05-01",
        "cameo": "166",
        "actor": ("FRANCE", "FRA"),
        "recipient": ("SUDANESE ENVOYS", "SDN"),
        "place": "N'Djamena",
        "place_country": "TCD",
        "quad": 4,
        "intensity": -5.5,
    }
    assert "\tCD\t" in path.read_text("utf8"), "Chad is CD in FIPS, TD in ISO"
    assert rows[2]["cameo"] == "040"
    assert len({row["id"] for row in rows}) == len(rows) == 4


def test_gdelt_mentions_say_where_in_the_report(record: Record, tmp_path: Path) -> None:
    path, _ = written(record, "gdelt", tmp_path)
    mentions = read_mentions(mentions_path(path))
    first, second = mentions[0], mentions[1]
    text = record.document.text
    assert text[int(first["Actor1CharOffset"]) :].startswith("France")
    assert text[int(second["Actor1CharOffset"]) :].startswith("Chad")
    assert text[int(first["Actor2CharOffset"]) :].startswith("Sudanese")
    assert first["MentionIdentifier"] == "https://news.example/1"
    assert first["MentionTimeDate"] == "20230503000000"
    assert [m["Actor1CharOffset"] for m in mentions[2:]] == ["-1", "-1"], "the evidence names no actor there"
    assert {m["GLOBALEVENTID"] for m in mentions} == {str(row["id"]) for row in read_gdelt(path)}


def test_mentions_lie_beside_the_events() -> None:
    assert mentions_path(Path("a/2023.export.CSV")) == Path("a/2023.mentions.CSV")
    assert mentions_path(Path("a/x.tsv")) == Path("a/x.mentions.tsv")


def test_parquet_round_trip_with_types_and_lists(record: Record, tmp_path: Path) -> None:
    path, count = written(record, "parquet", tmp_path)
    first, negated, last = read_parquet(path)
    assert count.rows == 3
    assert first["actors"] == ["France", "Chad"]
    assert first["actor_keys"] == ["state/FRA", "state/TCD"]
    assert first["actor_sectors"] == [None, None]
    assert (first["date_start"], first["date_end"]) == (date(2023, 5, 1), date(2023, 5, 2))
    assert first["amounts"] == ['"two"']
    assert first["said_by"] == "=cmd ministry", "nothing runs a Parquet cell: it stays as it is"
    assert negated["auxiliary"] == ["negation", "future"]
    assert last["date_start"] is None
    assert last["cameo"] == "040"


def test_csv_round_trip(record: Record, tmp_path: Path) -> None:
    path, _ = written(record, "csv", tmp_path)
    first, negated, last = read_flat_csv(path)
    assert first["given_id"] == "007"
    assert first["actors"] == "France|Chad"
    assert first["words"] == 'France and Chad expelled "two" Sudanese envoys'
    assert (first["start"], first["end"]) == tuple(map(str, record.events[0].span))
    assert negated["auxiliary"] == "negation|future"
    assert last["actors"].split("|") == ["@Sudan", "-Kenya/Uganda"], "a bar in a name would part the cell"
    assert float(last["longitude"]) == -2.3, "a negative number is a number, not a formula"


@pytest.mark.parametrize(("as_", "sep"), [("csv", ","), ("polecat", "\t"), ("gdelt", "\t")])
def test_no_cell_runs_in_a_spreadsheet(as_: str, sep: str, record: Record, tmp_path: Path) -> None:
    path, _ = written(record, as_, tmp_path)
    rows = pd.read_csv(path, sep=sep, dtype=str, keep_default_na=False, header=None)
    cells = [cell for row in rows.values.tolist() for cell in row]
    numbers = [cell for cell in cells if cell.startswith("-") and cell[1:].replace(".", "").isdigit()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))] == numbers


def test_pandas_loads_each(record: Record, tmp_path: Path) -> None:
    paths = {as_: written(record, as_, tmp_path)[0] for as_ in EXPORTERS}
    csv = pd.read_csv(paths["csv"])
    assert list(csv.columns) == list(COLUMNS)
    assert csv["type"].tolist() == ["SANCTION", "SANCTION", "CONSULT"]
    polecat = pd.read_csv(paths["polecat"], sep="\t")
    assert polecat["Latitude"].tolist()[:2] == [12.1, 12.1]
    assert polecat["Recipient Name"].isna().tolist() == [False, False, True, True]
    assert pd.read_csv(paths["gdelt"], sep="\t", header=None).shape == (4, 61)
    assert pd.read_parquet(paths["parquet"]).shape == (3, len(COLUMNS))
    assert pd.read_json(paths["plover"], lines=True)["event"].tolist() == ["SANCTION", "SANCTION", "CONSULT"]


def test_duckdb_loads_each(record: Record, tmp_path: Path) -> None:
    paths = {as_: written(record, as_, tmp_path)[0] for as_ in EXPORTERS}
    assert duckdb.sql(f"SELECT type, actors FROM '{paths['csv']}'").fetchall()[0] == (
        "SANCTION",
        "France|Chad",
    )
    found = duckdb.sql(f'SELECT "Event Type", "Actor Name" FROM read_csv(\'{paths["polecat"]}\')').fetchall()
    assert found[1] == ("SANCTION", "Chad")
    assert len(duckdb.sql(f"SELECT * FROM read_csv('{paths['gdelt']}')").columns) == 61
    lists = duckdb.sql(f"SELECT len(actors), date_start FROM read_parquet('{paths['parquet']}')").fetchall()
    assert lists == [(2, date(2023, 5, 1)), (1, None), (2, None)]
    quads = duckdb.sql(f"SELECT quad_code FROM read_json('{paths['plover']}')").fetchall()
    assert quads == [(4,), (4,), (1,)]


@pytest.mark.parametrize("as_", EXPORTERS)
def test_a_file_that_fails_half_way_is_not_there(as_: str, record: Record, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("what was there before")

    def records() -> object:
        yield record
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        EXPORTERS[as_].write(records(), path)  # type: ignore[arg-type]
    assert path.read_text() == "what was there before"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("as_", EXPORTERS)
def test_a_place_that_cannot_be_written_is_told(as_: str, record: Record, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        EXPORTERS[as_].write([record], tmp_path / "no" / "folder")


@pytest.mark.parametrize("as_", EXPORTERS)
def test_nothing_gives_a_file_all_the_same(as_: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert EXPORTERS[as_].write([], path).rows == 0
    assert path.exists()


def test_an_event_of_a_users_own_ontology_has_no_cameo_code(record: Record, tmp_path: Path) -> None:
    own = Event(id="e9", span=(0, 6), type="GREET", actors=("a1",), quad=1, intensity=1.0, confidence=0.5)
    greeting = record.model_copy(update={"events": (own,)})
    _, count = written(greeting, "gdelt", tmp_path)
    assert (count.rows, count.left_out) == (0, {"without a CAMEO code": 1})
