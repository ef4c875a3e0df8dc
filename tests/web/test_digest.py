"""What is held in memory answers as the store's own queries do, on either back end, also after a new coding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from desk_sample import ambush, hostile
from sqlalchemy import select

from polybius.corroboration import AccountKey, Happening
from polybius.corroboration.stored import StoredHappenings
from polybius.corroboration.tables import claims
from polybius.store import Filter, Store
from polybius.store.schema import reports as reports_
from polybius.web import listing as paging
from polybius.web import questions, told
from polybius.web.asked import ORDERS, Asked
from polybius.web.asking import Asking
from polybius.web.digest import loading
from polybius.web.rows import marks_of, rows_of, said_rows_of, tie_rows_of
from synthesis import World

FILTERS = [
    Filter(), Filter(actor="state/USA"), Filter(actor="United States"), Filter(recipient="china"),
    Filter(country="rus"), Filter(sector="GOV"), Filter(type="assault"), Filter(type="CONSULT", mode="visit"),
    Filter(quad=3), Filter(place="Shanghai"), Filter(place="CHN"), Filter(place="geonames/1796236"),
    Filter(since=date(2015, 1, 1)), Filter(until=date(2008, 6, 1)), Filter(source="REUTERS"),
    Filter(since=date(2010, 1, 1), until=date(2012, 12, 31), country="FRA"), Filter(said_by="Russia"),
    Filter(auxiliary="negation"), Filter(auxiliary="none", quad=4), Filter(min_confidence=0.8),
    Filter(actor="nobody at all"), Filter(country="USA", sector="LEG"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(new_url: Any) -> Iterator[Store]:
    """A store of 160 made-up reports, some of which were coded anew after the digest was read."""
    with Store.open(new_url()) as opened:
        reports = World(3).told()
        records = [next(reports)[1] for _ in range(160)]
        opened.save_many(records)
        yield opened


@pytest.fixture(scope="module")
def asking(store: Store) -> Asking:
    """What the pages ask, with the digest read and then brought up to date twice."""
    asking = Asking(store)
    assert asking.digests.current() is not None
    first = store.record(next(iter(store.report_ids())))
    assert first is not None
    again = {"coder": {"polybius": "newer"}, "events": first.events[1:], "statements": (), "ties": ()}
    anew = first.model_copy(update=again)
    events = tuple(event.model_copy(update={"statement": None}) for event in anew.events)
    store.save(anew.model_copy(update={"events": events}))
    assert asking.count(Filter(report=first.document.id)) == len(events)
    store.save_many([ambush("Coast", "12"), hostile()])
    return asking


def _ties_broken(rows: Any) -> list[Any]:
    """Rows of which those that are equally frequent may come in any order."""
    return sorted(rows, key=str)


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_counts_are_those_of_the_store(store: Store, asking: Asking, wanted: Filter) -> None:
    assert asking.count(wanted) == paging.count(store, wanted)[1]
    assert asking.months(wanted) == questions.months(store, wanted)
    assert _ties_broken(asking.points(wanted)) == _ties_broken(questions.points(store, wanted))
    assert _ties_broken(asking.links(wanted, 10**6)) == _ties_broken(questions.links(store, wanted, 10**6))
    for role in ("actor", "recipient"):
        mine = asking.counterparts(wanted, role, 10**6)
        assert _ties_broken(mine) == _ties_broken(questions.counterparts(store, wanted, role, 10**6))


@pytest.mark.parametrize("wanted", [*FILTERS, Filter(type="ASSAULT", country="USA")], ids=str)
def test_happenings_are_those_of_the_store(store: Store, asking: Asking, wanted: Filter) -> None:
    stored = StoredHappenings(store)
    stored.update()
    expected = list(stored.find(wanted, limit=25))
    assert told.find(asking, told.Told(), wanted, voices=1, start=0, limit=25) == expected
    assert told.find(asking, told.Told(), wanted, voices=1, start=9, limit=5) == expected[9:14]


def test_happenings_that_change_are_found_as_they_are(new_url: Any) -> None:
    reports = World(5).told()
    with Store.open(new_url()) as store:
        asking, kept, stored = Asking(store), told.Told(), StoredHappenings(store)

        def same() -> list[Happening]:
            for wanted in (Filter(country="USA"), Filter(quad=3, type="ACCUSE"), Filter(sector="GOV")):
                expected = list(stored.find(wanted))
                assert told.find(asking, kept, wanted, voices=1, start=0, limit=10**4) == expected
            return list(stored.find(Filter(), limit=1))

        same()
        for _ in range(3):  # reports come in, and are found before they are compared
            store.save_many([next(reports)[1] for _ in range(30)])
            same()
            stored.update()
            most = same()[0]
        with store.read() as connection:
            query = select(claims.c.report, claims.c.account, reports_.c.id).join(
                reports_, reports_.c.number == claims.c.report
            )
            rows = connection.execute(query.where(claims.c.happening == most.id)).all()
        one, other = (AccountKey(row.id, row.account) for row in (rows[0], rows[-1]))
        assert one.report != other.report
        stored.part(one, other)
        same()
        stored.join(one, other)
        same()
        first = store.record(one.report)
        assert first is not None
        store.save(first.model_copy(update={"coder": {"polybius": "newer"}}))
        stored.update()
        same()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("wanted", FILTERS[:10:3], ids=str)
def test_pages_are_those_of_the_store(store: Store, asking: Asking, wanted: Filter, order: str) -> None:
    for page in (1, 2, 3, 10**5):
        asked = Asked(wanted, order=order, page=page)
        listed = paging.listing(store, asked, 7)
        assert asking.listing(asked, 7) == listed
        assert asking.table(asked, 7) == replace(listed, events=rows_of(listed.events))
    first = replace(Asked(wanted), page=1)
    listed = paging.listing(store, first, 9)
    rows = rows_of(listed.events)
    assert asking.on_a_line(wanted, 9, whole=4) == (replace(listed, events=rows[:4]), marks_of(rows))
    assert asking.tables(wanted, wanted, size=9) == [replace(listed, events=rows)] * 2


def test_the_summary_is_that_of_the_store(store: Store, asking: Asking) -> None:
    assert replace(asking.summary(), dyads=()) == replace(store.summary(top=12), dyads=())
    assert asking.summary(10**6).dyads == store.summary(top=10**6).dyads
    assert asking.sources() == questions.sources(store)


def test_everybody_is_found_by_every_name(store: Store, asking: Asking) -> None:
    for name in ("Russia", "USA", "state/CHN", "rebels", "nobody at all", "The President"):
        assert _ties_broken(asking.who(name)) == _ties_broken(questions.who(store, name))
    assert _ties_broken(asking.busiest(10**6)) == _ties_broken(questions.busiest_actors(store, 10**6))


@pytest.mark.parametrize(
    ("about", "order"),
    list(product(
        (
            {}, {"actor": "Russia"}, {"recipient": "Russia"}, {"country": "USA"}, {"since": date(2014, 1, 1)},
            {"until": date(2009, 1, 1)}, {"source": "Reuters"}, {"said_by": "China"}, {"sector": "GOV"},
        ),
        ("date", "added", "latest"),
    )),
)  # fmt: skip
def test_what_is_said_is_that_of_the_store(
    store: Store, asking: Asking, about: dict[str, Any], order: Any
) -> None:
    wanted = Filter(**about, order=order, limit=40, offset=3)
    assert asking.statements(wanted) == list(store.statements(wanted))
    assert asking.said(wanted) == said_rows_of(store.statements(wanted))
    assert asking.ties(wanted) == list(store.ties(wanted))
    backwards = replace(wanted, actor=wanted.recipient, recipient=wanted.actor)
    both = [tie for one in (wanted, backwards) for tie in store.ties(one)]
    assert asking.ties_once(wanted, backwards, most=30) == tie_rows_of(questions.ties_once(both)[:30])
    assert asking.counted_ties(wanted) == questions.counted_ties(store, wanted)
    kind = replace(wanted, type="ally")
    assert asking.ties(kind) == list(store.ties(kind))


def test_a_large_store_is_read_behind_the_readers_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", 10)
    asking = Asking(store)
    assert asking.digests.current() is None
    assert asking.count(Filter()) == paging.count(store, Filter())[1]
    assert asking.digests.current(wait=True) is not None
    assert asking.count(Filter()) == paging.count(store, Filter())[1]


def test_nothing_is_asked_of_an_empty_store(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/empty.db") as empty:
        asking = Asking(empty)
        assert asking.summary() == empty.summary(top=12)
        assert asking.listing(Asked(Filter(country="FRA"))).events == ()
        assert asking.links(Filter()) == asking.who("x") == asking.ties(Filter()) == []
