"""Every report goes in once, whatever happens on the way; on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import LoadFake, LoadNothing

from polybius.batch import LoadCoder, Outcome, add
from polybius.errors import SettingsError
from polybius.intake import FieldNames
from polybius.store import Store

BODY = "The presidents of the two countries met in the capital and signed an agreement on gas, number"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store, where the back end does not matter."""
    with Store.open(f"sqlite:///{tmp_path}/here.db") as store:
        yield store


def lines(path: Path, count: int, *others: str, first: int = 0) -> Path:
    rows = [
        json.dumps({"text": f"{BODY} {n}.", "id": n, "published": "2021-05-04"}) for n in range(first, count)
    ]
    path.write_text("\n".join([*rows, *others]) + "\n")
    return path


def content(store: Store) -> dict[str, str]:
    """All a store holds, to compare two of them."""
    return {record.document.id: record.model_dump_json() for record in store.records()}


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.already, outcome.failed


def test_many_reports_go_in_once(store: Store, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 45, "{broken", json.dumps({"text": f"{BODY} BUG."}))
    seen: list[int] = []
    outcome = add([path], store, load=LoadFake(), workers=2, progress=lambda o: seen.append(o.found))
    assert counts(outcome) == (45, 0, 2)
    assert outcome.expected == outcome.found == 47
    assert seen == sorted(seen)
    assert seen[-1] == 47
    assert len(content(store)) == 45
    bad, bug = store.failures()
    assert bad.source == f"{path}:46"
    assert bad.reason.startswith("not JSON")
    assert bug.source == f"{path}:47"
    assert "cannot be coded (ValueError: a bug; fakes.py:" in bug.reason
    assert counts(add([path], store, load=LoadFake(), workers=1)) == (0, 45, 2)


def test_what_is_mended_is_no_failure_any_more(here: Store, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 1, "{broken")
    assert counts(add([path], here, load=LoadFake(), workers=1)) == (1, 0, 1)
    lines(path, 2)
    assert counts(add([path], here, load=LoadFake(), workers=1)) == (1, 1, 0)
    assert here.failures() == []


def test_a_new_coder_version_codes_again(here: Store, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 3)
    add([path], here, load=LoadFake("1"), workers=1)
    assert counts(add([path], here, load=LoadFake("2"), workers=1)) == (3, 0, 0)
    (one, *_) = here.report_ids()
    assert [old.coder for old in here.history(one)] == [{"fake": "1"}]


def test_a_report_that_kills_its_worker_is_named_and_costs_no_other(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 25, json.dumps({"text": f"{BODY} KILL."}))
    lines(tmp_path / "b.jsonl", 60, first=25)
    with Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        outcome = add([path, tmp_path / "b.jsonl"], store, load=LoadFake(), workers=2)
        assert counts(outcome) == (60, 0, 1)
        (failure,) = store.failures()
        assert failure.source == f"{path}:26"
        assert "worker process died" in failure.reason


def test_files_folders_patterns_and_columns(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{BODY} one.")
    (folder / "b.csv").write_text(f'body,day\n"{BODY} two.",2021-05-04\n')
    (folder / "c.xyz").write_text(f"{BODY} three.")
    with Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        fields = FieldNames(text="body", published="day")
        paths = [folder / "a.txt", f"{folder}/*.csv", f"{folder}/*.none", folder]
        outcome = add(paths, store, fields=fields, published="2021-05-05", load=LoadFake(), workers=1)
        assert counts(outcome) == (2, 2, 1)
        days = sorted(str(record.document.published) for record in store.records())
        assert days == ["2021-05-04", "2021-05-05"]
        assert [failure.source for failure in store.failures()] == [f"{folder}/*.none"]


def test_a_coder_that_cannot_be_loaded(tmp_path: Path) -> None:
    with (
        Store.open(f"sqlite:///{tmp_path}/x.db") as store,
        pytest.raises(SettingsError, match="the spaCy pipeline is not installed; install it"),
    ):
        add([lines(tmp_path / "a.jsonl", 1)], store, load=LoadNothing(), workers=1)


def test_rate_and_time_left() -> None:
    outcome = Outcome(expected=100)
    assert outcome.seconds_left is None
    outcome.start()
    outcome.added, outcome.already = 10, 40
    assert outcome.started is not None
    outcome.started -= 5
    assert outcome.rate == pytest.approx(2, rel=0.01)
    assert outcome.seconds_left == pytest.approx(25, rel=0.01)


def started(path: Path, url: str, seconds: float, workers: int) -> subprocess.Popen[str]:
    script = Path(__file__).with_name("run_add.py")
    command: list[Any] = [sys.executable, script, path, url, seconds, workers]
    return subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=script.parent
    )


def finished(process: subprocess.Popen[str], seconds: float = 60) -> str:
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, err
    return out


def test_killed_at_random_and_run_again(new_url: Callable[[], str], tmp_path: Path) -> None:
    """With REPORTS=10000 KILLS=10 in the environment this is the full measure; it takes some minutes."""
    count, kills = int(os.environ.get("REPORTS", 400)), int(os.environ.get("KILLS", 2))
    path = lines(tmp_path / "a.jsonl", count)
    undisturbed, killed = new_url(), new_url()
    with Store.open(undisturbed) as store:
        add([path], store, load=LoadFake(), workers=1)
        expected = content(store)
    assert len(expected) == count
    chance = random.Random(7)
    with Store.open(killed) as store:
        for _ in range(kills):
            before = len(list(store.report_ids()))
            enough = before + chance.randrange(1, count // (kills + 1))
            process = started(path, killed, 1.6 / count, 1)
            while len(list(store.report_ids())) < enough and process.poll() is None:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            process.communicate()
        assert 0 < len(list(store.report_ids())) < count  # it was killed on the way
        finished(started(path, killed, 0, 1), 60 + count / 10)
        assert content(store) == expected  # what was once half there would never be mended


def test_two_processes_add_at_once(new_url: Callable[[], str], tmp_path: Path) -> None:
    first, second = lines(tmp_path / "a.jsonl", 150), lines(tmp_path / "b.jsonl", 200, first=50)
    url = new_url()
    both = [started(first, url, 0.001, 1), started(second, url, 0.001, 1)]
    assert [finished(process) for process in both] == ["150 0\n", "150 0\n"]
    with Store.open(url) as store:
        assert len(content(store)) == 200


def test_a_worker_keeps_to_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr("polybius.coder.load", lambda **given: asked.update(given))
    LoadCoder("a_pipeline")()
    assert asked == {"pipeline": "a_pipeline", "threads": 1}
