"""Records go in whole and once, and come out as they went in; on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records import CODER, record
from sqlalchemy import func, inspect, select

from polybius.errors import PolybiusError, RecordError, SettingsError
from polybius.record import Record
from polybius.store import Store, coder_version, saving, schema
from polybius.store.engine import attempt, connect
from polybius.store.migrations import migrate, steps_for

NEWER = {**CODER, "polybius": "0.2.0"}


def sizes(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }


def test_a_record_comes_out_as_it_went_in(store: Store) -> None:
    records = [record(1), record(2, given_id="mine", url="https://example.org/2")]
    assert store.save_many(records) == 2
    assert [store.record(r.document.id) for r in records] == records
    assert list(store.records()) == records
    assert list(store.report_ids()) == [r.document.id for r in records]
    assert store.record("none") is None


def test_saving_twice_changes_nothing(store: Store) -> None:
    assert store.save(record())
    before = sizes(store)
    assert not store.save(record())
    assert store.save_many([record(), record(2), record(2)]) == 1
    assert sizes(store)["events"] == 2 * before["events"]
    assert store.record(record().document.id) == record()


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_and_number_of_saves_do_not_matter(
    new_url: Callable[[], str], first: list[int], again: list[int]
) -> None:
    with Store.open(new_url()) as store:
        for number in first + again:
            store.save(record(number))
        expected = {number: record(number) for number in {*first, *again}}
        assert {r.document.id for r in expected.values()} == set(store.report_ids())
        assert all(store.record(r.document.id) == r for r in expected.values())
        assert sizes(store)["participants"] == 4 * len(expected)


def test_a_newer_coder_replaces_and_the_old_record_is_kept(store: Store) -> None:
    old = record()
    new = old.model_copy(update={"coder": NEWER, "events": old.events[:1], "omissions": None})
    store.save(old)
    assert store.save(new)
    assert store.record(old.document.id) == new
    assert store.history(old.document.id) == [old]
    assert sizes(store) | {"codings": 2, "events": 1, "reports": 1} == sizes(store)
    assert store.has(old.document.id, coder_version(NEWER))
    assert not store.has(old.document.id, coder_version(CODER))
    assert store.has(old.document.id)


def test_the_same_versions_are_one_version() -> None:
    assert coder_version({"a": "1", "b": "2"}) == coder_version({"b": "2", "a": "1"})
    assert coder_version({"a": "1"}) != coder_version({"a": "2"})


def test_a_report_is_saved_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(record(1))
    before = sizes(store)
    broken = record(2).model_copy(update={"ties": (*record(2).ties, *record(2).ties)})  # an id given twice
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.save_many([record(3), broken])
    assert sizes(store) == before

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    newer = record(1, coder=NEWER)
    monkeypatch.setattr(saving, "rows_of", stop)  # the old records are gone by then
    with pytest.raises(KeyboardInterrupt):
        store.save(newer)
    assert store.record(newer.document.id) == record(1)


@pytest.mark.parametrize("field", [{"title": "half a pair: \ud800"}, {"text": "France\x00" * 20}])
def test_a_text_that_cannot_be_stored_is_refused_in_one_line(store: Store, field: dict[str, str]) -> None:
    bad = record()
    document = bad.document.model_copy(update=field)
    with pytest.raises(RecordError, match="cannot be stored"):
        store.save(bad.model_copy(update={"document": document}))
    assert not list(store.report_ids())


def test_the_same_text_elsewhere_is_one_report_that_appeared_twice(store: Store) -> None:
    first, second = record(given_id="x", source="Coast"), record(given_id="y", source="Hill", title="Again")
    assert store.save(first)
    assert not store.save(second)
    store.note_appearances([second.document, first.document, record(source=None).document])
    assert [(a["given_id"], a["source"]) for a in store.appearances(first.document.id)] == [("y", "Hill")]
    store.save(record(given_id="y", source="Hill", coder=NEWER))
    kept = store.record(first.document.id)
    assert kept is not None
    assert (kept.document.given_id, kept.document.source) == ("x", "Coast")


def test_failures_are_kept_once_a_source_and_forgotten_when_mended(store: Store) -> None:
    store.note_failures({"b.txt": "no text in it", "a.txt": "binary"})
    store.note_failures({"b.txt": "a PDF"})
    assert [(f.source, f.reason) for f in store.failures()] == [("a.txt", "binary"), ("b.txt", "a PDF")]
    store.clear_failures(["a.txt"])
    assert [f.source for f in store.failures()] == ["b.txt"]


def test_threads_add_at_once(url: str) -> None:
    """Each thread has a store of its own, as two processes would; half of what they add is the same."""
    errors: list[BaseException] = []

    def add(first: int) -> None:
        try:
            with Store.open(url) as store:
                for number in range(first, first + 20):
                    store.save(record(number))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 10, 0, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    with Store.open(url) as store:
        assert len(list(store.report_ids())) == 30
        assert sizes(store)["events"] == 60


def test_processes_open_a_new_store_at_once(url: str) -> None:
    """SQLite lets one of them turn on its log and turns the others away without a wait of its own."""
    forked = multiprocessing.get_context("fork")
    together, errors = forked.Barrier(6), forked.SimpleQueue()

    def opened() -> None:
        together.wait()
        try:
            Store.open(url).close()
        except PolybiusError as error:
            errors.put(str(error))

    processes = [forked.Process(target=opened) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert errors.empty()


def test_the_tables_are_those_the_code_sees(store: Store) -> None:
    found = inspect(store.engine)
    extra = {"reports": {"search"}}  # PostgreSQL's tsvector, which only search reads
    for table in schema.metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns - extra.get(table.name, set()) == set(table.columns.keys())
        assert set(found.get_pk_constraint(table.name)["constrained_columns"]) == {
            column.name for column in table.primary_key
        }


def test_a_step_that_fails_has_not_happened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(url) as store:
        store.save(record())
        steps = steps_for(store.engine.dialect.name)
        newest = max(steps)
        broken = {**steps, newest + 1: ("CREATE TABLE half (x INTEGER)", "CREATE TABLE half (x INTEGER)")}
        monkeypatch.setattr("polybius.store.migrations.steps_for", lambda backend: broken)
        with pytest.raises(Exception, match="half"):
            migrate(store.engine)
        assert not inspect(store.engine).has_table("half")
        whole = {**steps, newest + 1: ("CREATE TABLE half (x INTEGER)",), newest + 2: ("DROP TABLE half",)}
        monkeypatch.setattr("polybius.store.migrations.steps_for", lambda backend: whole)
        assert migrate(store.engine) == newest + 2
        assert migrate(store.engine) == newest + 2
        assert store.record(record().document.id) == record()
    monkeypatch.undo()
    with pytest.raises(SettingsError, match="a newer polybius made this store"):
        Store.open(url)


def test_both_back_ends_take_the_same_steps() -> None:
    assert (
        sorted(steps_for("sqlite"))
        == sorted(steps_for("postgresql"))
        == list(range(1, 1 + len(steps_for("sqlite"))))
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("polybius.db", "not a database URL; write it as sqlite:///polybius.db"),
        ("mysql://localhost/news", "keeps no store in mysql"),
        ("sqlite://", "a store needs a file"),
        ("sqlite:////no/such/folder/x.db", "cannot be opened"),
        ("postgresql://tester:secret@localhost:1/news", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_line(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        Store.open(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_query_does_not_make_a_store(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no store is there"):
        Store.open(f"sqlite:///{tmp_path}/none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database at all, but long enough to be looked at" * 50)
    with pytest.raises(SettingsError, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}/x.db")


def test_work_is_done_again_when_another_got_in_the_way(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/x.db")
    tries: list[int] = []

    def work(connection: Any) -> int:
        tries.append(1)
        if len(tries) < 3:
            from sqlite3 import OperationalError as Locked

            from sqlalchemy.exc import OperationalError

            raise OperationalError("", {}, Locked("database is locked"))
        return len(tries)

    assert attempt(engine, work) == 3


def test_the_history_is_plain_json(store: Store) -> None:
    store.save(record())
    store.save(record(coder=NEWER))
    with store.read() as connection:
        kept = connection.execute(select(schema.codings.c.record).order_by(schema.codings.c.number)).scalars()
        old, current = kept
    assert Record.model_validate(json.loads(old)) == record()
    assert current is None
