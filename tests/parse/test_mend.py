"""Texts are mended for the parser without moving an offset; quotations are found over sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.intake import from_text
from polybius.parse import Parsed, Parser
from polybius.parse.mend import mend
from polybius.parse.quotes import quotations


@given(st.text(alphabet=st.sampled_from('ab ."”“«»„,\n!'), max_size=60))
def test_mending_keeps_the_length(text: str) -> None:
    assert len(mend(text, [(0, min(3, len(text)))])) == len(text)


def test_a_closing_mark_glued_to_the_next_word_is_moved() -> None:
    assert mend("We agreed on affairs, ”said the envoy.") == "We agreed on affairs,” said the envoy."
    assert mend('"We agreed, "said the envoy.') == '"We agreed," said the envoy.'


def test_an_opening_mark_stays() -> None:
    assert mend('He said, "we agree" and left.') == 'He said, "we agree" and left.'


def test_furniture_is_blanked() -> None:
    assert mend("Read more\nTroops moved.", [(0, 9)]) == "         \nTroops moved."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will go. We will win," he said.', ["We will go. We will win,"]),
        ("“One,” he said, “two.”", ["One,", "two."]),
        ("The 'special operation' goes on, Kyiv's army said.", ["special operation"]),
        ('He left "the room.\nNobody followed.', ["the room."]),
        ("Iran's and Iraq's ministers met.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_offsets_are_the_reports(parse: Callable[[str], Parsed]) -> None:
    text = "Troops moved on Kabul.\n\nRead more: Ten things\n\nThe Taliban fled, ”said a spokesman."
    parsed = parse(text)
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in parsed.doc if t.is_alpha and t.text != "said")


def test_no_sentence_runs_over_a_blank_line(parser: Parser) -> None:
    parsed = parser.parse(from_text("Leaders meet in Rome\n\nThe two presidents met in Rome on Monday."))
    assert next(s.text.strip() for s in parsed.doc.sents) == "Leaders meet in Rome"


@pytest.fixture(scope="module")
def parser(coder: object) -> Parser:
    return coder.parser  # type: ignore[attr-defined, no-any-return]
