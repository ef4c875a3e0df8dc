"""Times: the measuring table, and what no table of single sentences shows."""

from __future__ import annotations

from datetime import date

import pytest

from measure import bare, day_span, expected, hold, rows
from polybius.circumstances import calendar, find_circumstances
from polybius.circumstances.times import find_times
from polybius.coder import Coder
from polybius.intake import Report


def read(coder: Coder, text: str, published: str | None = "2019-09-26", **about: object) -> list[str]:
    day = date.fromisoformat(published) if published else None
    report = Report("r", text, "en", published=day, **about)  # type: ignore[arg-type]
    times = find_times(coder.parser.parse(report))
    return [f"{text[t.span[0] : t.span[1]]}={day_span(t.start, t.end)}" for t in times]


@pytest.mark.parametrize(("table", "floor"), [("times.tsv", 0.99), ("times-unseen.tsv", 0.97)])
def test_table(coder: Coder, table: str, floor: float) -> None:
    misses, total = [], 0
    for row in rows(table):
        total += 1
        got = sorted(bare(entry) for entry in read(coder, row["text"], row["published"]))
        if got != sorted(bare(entry) for entry in expected(row["expected"])):
            misses.append(f"{row['text']} | want {row['expected']} | got {got}")
    hold(floor, misses, total)


def test_without_a_day_only_dates_with_a_year_are_times(coder: Coder) -> None:
    text = "On Monday the army attacked. The truce of May 2010 had held until June."
    assert read(coder, text, None) == ["May 2010=2010-05-01..2010-05-31"]


def test_the_datelines_day_stands_in_for_publication(coder: Coder) -> None:
    found = read(coder, "The army attacked on Monday.", None, dateline_day=date(2019, 9, 25))
    assert found == ["Monday=2019-09-23"]


def test_months_of_a_story_long_past_lie_in_its_year(coder: Coder) -> None:
    text = "In March 1997 he fled. In July he returned, and in January he died.\n\nIn July he was honoured."
    assert [entry.split("=")[1][:7] for entry in read(coder, text)] == [
        "1997-03",
        "1997-07",
        "1998-01",
        "2019-07",
    ]


def test_impossible_dates_are_no_times(coder: Coder) -> None:
    assert read(coder, "The treaty of 31 February 2015 is a forgery.") in (
        [],
        ["2015=2015-01-01..2015-12-31"],
    )


def test_nothing_rests_on_furniture(coder: Coder) -> None:
    text = "The army attacked.\n\nPosted Monday, 23 September 2019 by 12 readers in Paris\n\nIt lost."
    start = text.index("Posted")
    report = Report("r", text, "en", published=date(2019, 9, 26), furniture=((start, text.index("\n\nIt")),))
    found = find_circumstances(coder.parser.parse(report), coder.knowledge)
    assert (found.times, found.amounts, found.places) == ((), (), ())


def test_spans_keep_their_place_behind_letters_that_grow_in_lower_case(coder: Coder) -> None:
    assert read(coder, "In İzmir İnönü spoke on Monday.")[-1] == "Monday=2019-09-23"


@pytest.mark.parametrize(
    ("start", "unit", "count", "end"),
    [
        ("2019-01-31", "month", 1, "2019-02-28"),
        ("2020-02-29", "year", -1, "2019-02-28"),
        ("2019-12-30", "week", 1, "2020-01-06"),
    ],
)
def test_moving_a_day(start: str, unit: str, count: int, end: str) -> None:
    assert calendar.move(date.fromisoformat(start), unit, count) == date.fromisoformat(end)


def test_a_winter_runs_into_the_next_year() -> None:
    assert calendar.months(2019, 12, 2) == calendar.Days(date(2019, 12, 1), date(2020, 2, 29))


def test_an_hour_with_its_zone_is_no_year(coder: Coder) -> None:
    assert read(coder, "The guns fell silent at 1815 GMT.") == []


def test_copy_printed_later_counts_from_its_dateline(coder: Coder) -> None:
    found = read(coder, "The army took the radio station today.", dateline_day=date(2019, 9, 25))
    assert found == ["today=2019-09-25"]


def test_what_was_set_out_is_past(coder: Coder) -> None:
    text = "Iran would stay neutral, a position first set out by President Khatami in November."
    assert read(coder, text) == ["November=2018-11-01..2018-11-30"]


def test_that_month_is_of_the_year_told_of(coder: Coder) -> None:
    found = read(coder, "The quake of December 2011 came late. Miners had struck that March.")
    assert found[1] == "that March=2011-03-01..2011-03-31"
    assert read(coder, "He said that May was too early.") == []


def test_what_is_to_happen_lies_ahead(coder: Coder) -> None:
    assert read(coder, "Ministers are to weigh new tariffs on Saturday.") == ["Saturday=2019-09-28"]
    assert read(coder, "They quarrelled ahead of the November 2 vote.") == ["November 2=2019-11-02"]


def test_what_has_gone_on_since_a_year_is_no_story_of_that_year(coder: Coder) -> None:
    text = "Thousands have fled since rebels took the town in March 2010. He was kept from flying home in August."
    assert read(coder, text)[1] == "August=2019-08-01..2019-08-31"


def test_march_and_last_may_be_other_words(coder: Coder) -> None:
    assert read(coder, "It rained.\n\nMarch against cuts\n\nThe talks would last two weeks.") == []


def test_a_word_of_these_days_ends_the_story_of_a_year_long_past(coder: Coder) -> None:
    text = (
        "Ties were cut in January 1961. Both agreed last December to restore them. In May the list was cut."
    )
    assert read(coder, text)[2] == "May=2019-05-01..2019-05-31"


def test_whoever_wins_is_not_known_yet(coder: Coder) -> None:
    text = "He promised to talk with whoever wins the election in November."
    assert read(coder, text) == ["November=2019-11-01..2019-11-30"]
