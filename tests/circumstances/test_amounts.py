"""Amounts: the measuring tables, figures by themselves, spans and ids."""

from __future__ import annotations

import pytest

from measure import amount_line, expected, hold, rows
from polybius.circumstances.amounts import find_amounts
from polybius.circumstances.numbers import figures
from polybius.circumstances.times import find_times
from polybius.coder import Coder
from polybius.intake import Report
from polybius.record import Amount


def read(coder: Coder, text: str) -> tuple[Amount, ...]:
    parsed = coder.parser.parse(Report("r", text, "en"))
    return find_amounts(parsed, [time.span for time in find_times(parsed)])


@pytest.mark.parametrize(("table", "floor"), [("amounts.tsv", 0.99), ("amounts-unseen.tsv", 0.96)])
def test_table(coder: Coder, table: str, floor: float) -> None:
    misses, total = [], 0
    for row in rows(table):
        total += 1
        got = sorted(amount_line(amount).lower() for amount in read(coder, row["text"]))
        if got != sorted(entry.lower() for entry in expected(row["expected"])):
            misses.append(f"{row['text']} | want {row['expected']} | got {got}")
    hold(floor, misses, total)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("254,000", 254000),
        ("1.5bn", 1.5e9),
        ("two hundred and fifty thousand", 250000),
        ("half a million", 500000),
        ("two and a half million", 2.5e6),
        ("twenty-three", 23),
        ("1.200.000", 1.2e6),
        ("three dozen", 36),
        ("hundreds of thousands", None),
        ("several hundred", None),
    ],
)
def test_figures(words: str, value: float | None) -> None:
    (figure,) = figures(f"about {words} of them")
    assert (figure.value, figure.end - figure.start) == (value, len(words))


def test_spans_hold_bound_figure_and_noun_and_ids_follow_the_text(coder: Coder) -> None:
    text = "At least 12 people died and about $1.5bn was lost."
    found = read(coder, text)
    assert [(a.id, text[a.span[0] : a.span[1]]) for a in found] == [
        ("q1", "At least 12 people"),
        ("q2", "about $1.5bn"),
    ]


def test_a_day_whose_year_is_unknown_is_no_amount(coder: Coder) -> None:
    assert read(coder, "The truce of 20 January held until Feb. 3.") == ()


def test_votes_against_are_no_earlier_value(coder: Coder) -> None:
    found = read(coder, "Parliament passed the law by 102 votes against 87.")
    assert [(a.value, a.previous) for a in found] == [(102, None), (87, None)]


def test_money_of_an_unknown_country(coder: Coder) -> None:
    found = read(coder, "A reward of 50 million pesos is offered.")
    assert [(a.value, a.kind, a.unit) for a in found] == [(50e6, "money", None)]


def test_halves_and_joined_figures(coder: Coder) -> None:
    found = read(
        coder,
        "Tariffs rose by 7 1/2 percent, then 25pc, before a three-million-dollar loan and 2½ million euros.",
    )
    assert [(a.value, a.unit) for a in found] == [
        (7.5, "percent"),
        (25, "percent"),
        (3e6, "USD"),
        (2.5e6, "EUR"),
    ]


def test_a_comma_before_percent_or_million_parts_decimals(coder: Coder) -> None:
    found = read(coder, "She won by 47,9% to 43,2 percent and raised 1,5 million euros and 1,200 euros.")
    assert [a.value for a in found] == [47.9, 43.2, 1.5e6, 1200]
