"""What is asked is what is found, the same on each back end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from records import DAY, record
from sqlalchemy import event

from polybius.errors import SettingsError
from polybius.store import Filter, Store
from polybius.store.search import terms

THREE = [record(3, source="Hill", given_id="third"), record(1), record(2)]


@pytest.fixture(scope="module")
def filled(new_url: Callable[[], str]) -> Iterator[Store]:
    """Three reports, of the days after DAY, one of them from elsewhere; only read from."""
    with Store.open(new_url()) as store:
        store.save_many(THREE)
        yield store


def found(store: Store, **asked: Any) -> list[str]:
    return [f"{f.report.published:%d} {f.event.id}" for f in store.events(Filter(**asked))]


EXPELLED = ["05 e1", "06 e1", "07 e1"]
DENIED = ["05 e2", "06 e2", "07 e2"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "france"}, EXPELLED),
        ({"actor": "FRA"}, EXPELLED),
        ({"actor": "state/FRA"}, EXPELLED),
        ({"actor": "Lavrov"}, DENIED),
        ({"actor": "Сергей Лавров"}, DENIED),
        ({"actor": "person/sergei-lavrov"}, DENIED),
        ({"actor": "Russian diplomats"}, []),
        ({"recipient": "the russian diplomats"}, EXPELLED),
        ({"actor": "France", "recipient": "ministry", "type": "SANCTION"}, EXPELLED),
        ({"country": "fra"}, EXPELLED),
        ({"sector": "GOV", "type": "consult"}, DENIED),
        ({"type": "AID"}, []),
        ({"mode": "expel"}, EXPELLED),
        ({"quad": 1}, DENIED),
        ({"place": "Paris"}, EXPELLED),
        ({"place": "FRA"}, EXPELLED),
        ({"place": "geonames/2988507"}, EXPELLED),
        ({"place": "Moscow"}, []),
        ({"said_by": "Lavrov"}, EXPELLED),
        ({"min_confidence": 0.5}, EXPELLED),
        ({"auxiliary": "none"}, EXPELLED),
        ({"auxiliary": "future"}, DENIED),
        ({"auxiliary": "fut"}, []),
        ({"source": "HILL"}, ["07 e1", "07 e2"]),
        ({"report": "third"}, ["07 e1", "07 e2"]),
        ({"since": date(2021, 5, 5)}, ["06 e1", "07 e1"]),
        ({"until": date(2021, 5, 4)}, ["05 e1"]),
        ({"since": date(2021, 5, 5), "until": date(2021, 5, 5)}, ["06 e1"]),
        ({"order": "added"}, ["07 e1", "07 e2", "05 e1", "05 e2", "06 e1", "06 e2"]),
        ({"order": "published", "type": "SANCTION", "limit": 2, "offset": 1}, ["06 e1", "07 e1"]),
    ],
)
def test_events(filled: Store, asked: dict[str, Any], expected: list[str]) -> None:
    assert sorted(found(filled, **asked)) == sorted(expected)


def test_order(filled: Store) -> None:
    assert found(filled, type="SANCTION") == EXPELLED
    assert found(filled)[:3] == EXPELLED  # what has no day comes last
    assert {x[-2:] for x in found(filled, order="confidence", limit=3)} == {"e1"}
    assert found(filled, order="added") == ["07 e1", "07 e2", "05 e1", "05 e2", "06 e1", "06 e2"]
    assert found(filled, order="published", limit=2, offset=1) == ["05 e2", "06 e1"]


def test_an_event_comes_with_all_a_reader_needs(filled: Store) -> None:
    (got,) = filled.events(Filter(type="SANCTION", report="third"))
    whole = record(3, source="Hill", given_id="third")
    assert got.event == whole.events[0]
    assert got.actors == (whole.actors[0],)
    assert got.recipients == (whole.actors[1], whole.actors[3])
    assert (got.said_by, got.place, got.amounts) == (whole.actors[2], whole.places[0], whole.amounts)
    assert (got.words, got.figures) == ("expelled", ("2",))
    assert (got.report.given_id, got.report.source, got.report.number) == ("third", "Hill", 1)


def test_words_are_cut_by_code_points(store: Store) -> None:
    whole = record()
    title = "🇫🇷 é 𝕏 "
    moved = whole.model_copy(
        update={
            "document": whole.document.model_copy(update={"text": title + whole.document.text}),
            "events": tuple(
                e.model_copy(update={"span": (e.span[0] + len(title), e.span[1] + len(title))})
                for e in whole.events
            ),
        }
    )
    store.save(moved)
    assert [f.words for f in store.events(Filter(order="added"))] == ["expelled", "heads"]


def test_statements(filled: Store) -> None:
    assert len(list(filled.statements())) == 3
    (got,) = filled.statements(Filter(actor="Lavrov", recipient="ministry", since=DAY + timedelta(days=3)))
    assert got.statement == record(3).statements[0]
    assert got.words == "France expelled 2 Russian diplomats on Monday"
    assert got.speaker == record().actors[2]
    assert got.via == record().actors[3]
    assert not list(filled.statements(Filter(actor="France")))
    assert len(list(filled.statements(Filter(country="RUS", sector="GOV")))) == 3


def test_ties(filled: Store) -> None:
    (got,) = filled.ties(Filter(actor="ministry", type="head", report="third"))
    assert got.tie == record().ties[0]
    assert (got.from_, got.to, got.said_by) == (record().actors[2], record().actors[3], record().actors[2])
    assert len(list(filled.ties(Filter(recipient="ministry")))) == 3
    assert not list(filled.ties(Filter(recipient="Lavrov")))
    assert not list(filled.ties(Filter(until=date(2004, 3, 8))))
    assert len(list(filled.ties(Filter(since=date(2021, 5, 6))))) == 2


def test_a_filter_that_does_not_apply_is_refused(filled: Store) -> None:
    with pytest.raises(SettingsError, match="ties have no min confidence"):
        list(filled.ties(Filter(min_confidence=0.5)))
    with pytest.raises(SettingsError, match="statements have no type"):
        list(filled.statements(Filter(type="AID")))


def test_search(store: Store) -> None:
    document = record(2).document.model_copy(
        update={"title": "Gas", "text": "The ministers were talking about gas pipelines in São Paulo."}
    )
    store.save_many([record(1), record(2).model_copy(update={"document": document, "events": ()})])
    (hit,) = store.search("talks pipeline")
    assert hit.report.title == "Gas"
    assert hit.report.published == record(2).document.published
    assert "\x02talking\x03" in hit.snippet
    assert [h.report.title for h in store.search('"gas pipelines"')] == ["Gas"]
    assert not store.search('"pipelines gas"')
    assert [h.report.title for h in store.search("diplomats leave")] == ["Diplomats leave"]
    assert store.search("") == []


@pytest.mark.parametrize(
    "words", ['"', "(", "a AND", "NEAR(", "-", "title:x", "x*", "'; DROP TABLE reports", ":*!&|"]
)
def test_no_words_break_the_search(filled: Store, words: str) -> None:
    assert isinstance(filled.search(words), list)


def test_terms() -> None:
    assert terms('gas "port fees" -x AND (y)') == ["gas", "port fees", "x", "AND", "y"]


def test_a_replaced_title_is_found_anew(store: Store) -> None:
    store.save(record(1))
    store.save(record(1, title="Envoys go home", coder={"polybius": "2"}))
    assert not store.search("leave")
    assert len(store.search("envoy")) == 1


def test_summary(store: Store) -> None:
    store.save_many(THREE)
    store.note_failures({"a.txt": "no text"})
    summary = store.summary()
    assert (summary.reports, summary.events, summary.statements, summary.ties) == (3, 6, 3, 3)
    assert (summary.failures, summary.found) == (1, 6)
    assert summary.days == ((date(2021, 5, 4), 1), (date(2021, 5, 5), 1), (date(2021, 5, 6), 1))
    assert summary.types == (("CONSULT", 3), ("SANCTION", 3))
    assert summary.dyads == (("FRA", "RUS", 3),)  # two recipients of one country are one dyad
    assert summary.sources == (("Coast", 4), ("Hill", 2))
    asked = store.summary(Filter(type="SANCTION", source="Hill"), top=1)
    assert (asked.found, asked.types, asked.sources) == (1, (("SANCTION", 1),), (("Hill", 1),))


def test_pages_do_not_show(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polybius.store.queries.PAGE", 4)
    store.save_many([record(number) for number in range(9)])
    assert len(found(store, actor="France")) == 9
    assert len(found(store)) == 18


def test_reading_and_writing_at_once(store: Store) -> None:
    store.save_many(THREE)
    stream = store.events()
    next(stream)
    assert store.save(record(4))
    assert len(list(stream)) == 5  # the question sees the store as it was asked


def test_actor_queries_use_the_index(tmp_path: Any) -> None:
    """A scan of all events for one actor's would grow with the store."""
    with Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        store.save(record())
        seen: list[tuple[str, Any]] = []
        event.listen(
            store.engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, values, *_: seen.append((statement, values)),
        )
        assert len(found(store, actor="France", limit=10)) == 1
        statement, values = seen[0]
        with store.read() as connection:
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()
        assert not [row for row in plan if str(row[3]).startswith("SCAN") and "LIST" not in str(row[3])]
