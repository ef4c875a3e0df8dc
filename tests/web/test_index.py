"""Rows are found by number as a walk finds them, while the column grows behind the index; a page sees one state."""

from __future__ import annotations

import numpy as np
from desk_sample import ambush

from polybius.store import Filter, Store
from polybius.web.asking import Asking
from polybius.web.digest.choosing import _at_places
from polybius.web.digest.index import Index, spans


def test_rows_are_those_of_a_walk() -> None:
    random, index = np.random.default_rng(1), Index()
    column = np.empty(0, np.int32)
    for size in (0, 3, 500, 510, 2000, 2001, 2099, 1000):  # the last reader sees less than the index knows
        column = np.concatenate([column, random.integers(0, 40 + size, 3000).astype(np.int32)])
        seen = column[:size] if size else column[:0]
        for count in (0, 1, 5, 400):
            numbers = np.unique(random.integers(0, 3000, count))
            found = index.rows(seen, numbers)
            assert sorted(found.tolist()) == np.flatnonzero(np.isin(seen, numbers)).tolist()
        one = index.rows(seen, np.array([7]))
        assert one.tolist() == sorted(one.tolist())


def test_spans() -> None:
    assert spans(np.array([2, 9, 7]), np.array([4, 9, 9])).tolist() == [2, 3, 7, 8]


def test_counted_places_are_those_of_the_sorted() -> None:
    random = np.random.default_rng(2)
    for key in (random.integers(5, 9, 50), random.integers(0, 10**9, 50), random.random(50)):
        assert _at_places(key, [0, 17, 49]).tolist() == np.sort(key)[[0, 17, 49]].tolist()


def test_a_page_sees_one_state_of_the_store(store: Store) -> None:
    asking = Asking(store)
    page = asking.for_one_page()
    before = page.count(Filter())
    store.save(ambush("Hills", "31"))
    assert page.count(Filter()) == before
    assert asking.for_one_page().count(Filter()) > before
