"""A report's text cut at the edges of its records."""

from __future__ import annotations

import pytest
from desk_sample import ambush, records
from hypothesis import given
from hypothesis import strategies as st

from polybius.record import Document, Event, Mention, Record, Statement
from polybius.web.marks import Piece, marks_of, pieces


@pytest.mark.parametrize("record", records(), ids=lambda record: record.document.id)
def test_pieces_joined_are_the_text(record: Record) -> None:
    assert "".join(piece.text for piece in pieces(record)) == record.document.text


@pytest.mark.parametrize("record", records(), ids=lambda record: record.document.id)
def test_the_pieces_of_a_mark_are_exactly_its_words(record: Record) -> None:
    cut = pieces(record)
    for mark in marks_of(record):
        assert "".join(p.text for p in cut if mark in p.marks) == record.words(mark.span)


def test_a_piece_knows_everything_that_rests_on_it() -> None:
    killed = _piece(ambush("Coast", "12"), "killed")
    assert set(killed.records.split()) == {"event-e1", "statement-s1"}
    assert {"event", "statement", "quad4", "event-begins"} <= set(killed.kinds.split())
    assert set(_piece(ambush("Coast", "12"), "General Keita").records.split()) == {
        "actor-a3", "event-e1", "statement-s1",
    }  # fmt: skip


def test_furniture_is_grey() -> None:
    record = ambush("Coast", "12")
    grey = "".join(piece.text for piece in pieces(record) if piece.furniture)
    assert grey == "Share this page"


def test_spans_that_cross_are_cut_where_they_cross() -> None:
    record = _record("abcdef", [(0, 4), (2, 6)])
    assert [(p.text, p.records) for p in pieces(record)] == [
        ("ab", "actor-a1"), ("cd", "actor-a1 actor-a2"), ("ef", "actor-a2"),
    ]  # fmt: skip


def test_a_span_past_the_end_of_the_text_is_passed_over() -> None:
    assert [piece.text for piece in pieces(_record("abc", [(1, 9)]))] == ["abc"]


def test_an_empty_text_has_no_pieces() -> None:
    assert pieces(_record("", [])) == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8))
def test_any_spans_leave_the_text_whole(spans: list[tuple[int, int]]) -> None:
    text = "a text of 20 letters"
    record = _record(text, spans)
    cut = pieces(record)
    assert "".join(piece.text for piece in cut) == text
    for mark in marks_of(record):
        if mark.span[0] < mark.span[1]:
            assert "".join(p.text for p in cut if mark in p.marks) == text[slice(*mark.span)]


def test_an_anchor_stands_once_where_its_record_is_first_met() -> None:
    record = Record(
        document=Document(id="x", text="France spoke. France left."),
        mentions=(
            Mention(span=(0, 6), actor="a1", kind="name"),
            Mention(span=(14, 20), actor="a1", kind="name"),
        ),
        events=(Event(id="e1", span=(21, 25), type="RETREAT", quad=2, intensity=1, confidence=1),),
        statements=(Statement(id="s1", span=(0, 26), form="indirect"),),
    )
    anchors = [(anchor, piece.text) for piece in pieces(record) for anchor in piece.anchors]
    assert anchors == [("statement-s1", "France"), ("actor-a1", "France"), ("event-e1", "left")]


def _record(text: str, spans: list[tuple[int, int]]) -> Record:
    mentions = tuple(Mention(span=s, actor=f"a{n}", kind="name") for n, s in enumerate(spans, 1))
    return Record(document=Document(id="x", text=text), mentions=mentions)


def _piece(record: Record, text: str) -> Piece:
    return next(piece for piece in pieces(record) if piece.text == text)
