"""On a cluster of separate processes the same comes out as on one machine, with a worker killed on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import LoadFake
from test_add import BODY, content, counts, lines

from polybius.batch import add, cluster
from polybius.batch.taking import Sources
from polybius.errors import SettingsError
from polybius.intake import Report
from polybius.store import Store

pytest.importorskip("distributed")


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SHARD", 8)
    monkeypatch.setattr(cluster, "ATTEMPTS", 1)  # each worker that dies costs a second or two


@pytest.mark.usefixtures("small_shards")
def test_the_same_as_on_one_machine_with_workers_killed(tmp_path: Path) -> None:
    """The report that says KILL kills each worker it meets; then its shard is coded one by one."""
    kills, bug = json.dumps({"text": f"{BODY} KILL."}), json.dumps({"text": f"{BODY} BUG."})
    path, shards = lines(tmp_path / "a.jsonl", 40, kills, bug), tmp_path / "shards"
    with (
        Store.open(f"sqlite:///{tmp_path}/one.db") as one,
        Store.open(f"sqlite:///{tmp_path}/many.db") as many,
    ):
        there = add([path], one, load=LoadFake(), workers=1)
        outcome = add([path], many, load=LoadFake(), workers=2, engine="dask", shards=shards)
        assert counts(outcome) == counts(there) == (40, 0, 2)
        assert content(many) == content(one)
        assert [f.source for f in many.failures()] == [f"{path}:41", f"{path}:42"]
        assert [f.reason for f in many.failures()][1] == [f.reason for f in one.failures()][1]
    assert not list(shards.iterdir())  # all is in the store


def test_a_shard_that_is_done_is_not_coded_again(tmp_path: Path) -> None:
    load = cluster.pickle.dumps(LoadFake())
    into, out = tmp_path / "in.jsonl", tmp_path / "out.parquet"
    taken = Sources((str(lines(tmp_path / "a.jsonl", 25)),)).take()
    reports = [item for item in taken if isinstance(item, Report)]
    into.write_bytes(cluster.written(reports))
    assert cluster.code_shard(load, str(into), str(out)) == str(out)
    batches = list(cluster.read_coded(out))
    assert [c.record for batch in batches for c in batch] == [LoadFake()().record(r) for r in reports]
    into.write_text("what is done is not looked at again")
    before = out.stat().st_mtime_ns
    assert cluster.code_shard(load, str(into), str(out)) == str(out)
    assert out.stat().st_mtime_ns == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "in.jsonl", "out.parquet"]


def test_no_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        Store.open(f"sqlite:///{tmp_path}/x.db") as store,
        pytest.raises(SettingsError, match="the scheduler cannot be reached"),
    ):
        add([], store, load=LoadFake(), engine="dask", scheduler="tcp://127.0.0.1:1", shards=tmp_path / "s")
