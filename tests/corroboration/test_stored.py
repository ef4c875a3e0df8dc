"""Happenings beside a store: grown report by report, equal to the grouping in memory, kept decisions and all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from measures import Labelled
from typer.testing import CliRunner

from polybius.cli.happening import COLUMNS, app
from polybius.corroboration import AccountKey, Memory, happenings
from polybius.corroboration.stored import StoredHappenings
from polybius.store import Filter, Store


@pytest.fixture(scope="module")
def url(labelled: Labelled, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the labelled reports, grouped in two goes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store')}/polybius.db"
    records = [record for _, record in sorted(labelled, key=lambda item: str(item[1].document.published))]
    with Store.open(url) as store:
        for part in (records[:20], records[20:]):
            store.save_many(part)
            assert StoredHappenings(store).update() == len(part)
        assert StoredHappenings(store).update() == 0
    return url


@pytest.fixture
def stored(url: str) -> Iterator[StoredHappenings]:
    with Store.open(url) as store:
        yield StoredHappenings(store)


def test_the_store_groups_as_memory_does(stored: StoredHappenings, grouped: Memory) -> None:
    def groups(found: object) -> set[frozenset[tuple[str, str]]]:
        return {frozenset((c.report, c.event) for c in h.claims) for h in found}  # type: ignore[attr-defined]

    assert groups(stored.find()) == groups(happenings(grouped))


def test_happenings_by_what_is_asked(stored: StoredHappenings) -> None:
    visit = next(stored.find(Filter(actor="Abdelmadjid Tebboune"), min_voices=3))
    assert visit.place == "Algiers"
    assert {h.type for h in stored.find(Filter(type="PROTEST"))} == {"PROTEST"}
    days = [h.date for h in stored.find(Filter(since=date(2023, 1, 1), until=date(2023, 12, 31)))]
    assert days
    assert all(day and day.start.year == 2023 for day in days)
    assert all(h.voices >= 3 for h in stored.find(min_voices=3))
    assert len(list(stored.find(limit=2))) == 2
    one = next(stored.find(Filter(country="SDN")))
    assert stored.happening(one.id) == one
    assert stored.happening("nothing") is None


def test_a_readers_decision_is_kept(labelled: Labelled, tmp_path: Path) -> None:
    records = {record.document.given_id: record for _, record in labelled}
    with Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        store.save_many([records["antalya-1"], records["antalya-2"]])
        stored = StoredHappenings(store)
        stored.update()
        (found,) = stored.find(min_voices=2)
        keys = {}
        for claim in found.claims:
            record = records[claim.report]
            keys.setdefault(claim.report, AccountKey(record.document.id, "e1"))
        one, other = keys["antalya-1"], keys["antalya-2"]
        assert [change.what for change in stored.part(one, other)] == ["parted"]
        assert not list(stored.find(min_voices=2))
        newer = records["antalya-2"].model_copy(update={"coder": {"polybius": "newer"}})
        assert store.save(newer)
        assert stored.update() == 1, "a new coding is grouped again"
        assert not list(stored.find(min_voices=2)), "and the decision holds"
        stored.join(one, other)
        assert len(list(stored.find(min_voices=2))) == 1


def test_a_decision_on_what_is_not_there_is_refused(stored: StoredHappenings) -> None:
    with pytest.raises(KeyError):
        stored.join(AccountKey("none", "e1"), AccountKey("none", "e2"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_gives_one_list_of_happenings(url: str) -> None:
    found = json.loads(run("--store", url, "--format", "json"))
    assert found[0]["voices"] == max(h["voices"] for h in found)
    claim = found[0]["claims"][0]
    assert {"report", "source", "said_by", "words", "amounts"} <= claim.keys()
    assert claim["report"] in {"mosque-1", "algiers-1"}, "the user's own id"
    assert json.loads(run("--store", url, "--format", "json", "--actor", "Nobody")) == []


def test_the_command_gives_lines_rows_and_a_page(url: str) -> None:
    lines = [json.loads(line) for line in run("--store", url, "--format", "jsonl").splitlines()]
    assert lines == json.loads(run("--store", url, "--format", "json"))
    rows = list(csv.DictReader(run("--store", url, "--format", "csv", "--min-voices", "3").splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    assert all(int(row["voices"]) >= 3 for row in rows)
    page = run("--store", url, "--type", "CONSULT", "--min-voices", "3", "--explain")
    assert "4 independent voices in 4 reports" in page
    assert "because" in page
    assert run("--store", url, "--actor", "Nobody").strip() == "No happenings found."
