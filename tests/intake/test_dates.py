"""Days as files and pages write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.errors import IntakeError
from polybius.intake.dates import day_in_year, day_of, stamp

DAY = date(2015, 5, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2015-05-18", "2015-05-18T10:15:00+00:00", "2015-05-18T10:15:00.123Z", "20150518", "20150518101500",
        "Monday, May 18, 2015", "18 May 2015 10:00 GMT", "Mon, 18 May 2015 10:15:00 +0000",
        "May 18th, 2015 at 3 p.m. ET",
        "18/05/2015", "05/18/2015", "18.5.2015", "18. 5. 2015 | 19:05 | Reading time 3 min.",
        "MAY 18, 2015", "18-May-2015", "18. May 2015, 07:04",
        "Published: 18 May 2015 | 10:00 GMT+8",
    ],
)  # fmt: skip
def test_the_same_day(text: str) -> None:
    assert day_of(text) == DAY


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%Y%m%d"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert day_of(day.strftime(form)) == day


def test_dates_and_nothing() -> None:
    assert day_of(datetime(2015, 5, 18, 10, 0)) == DAY
    assert day_of(DAY) == DAY
    assert day_of(None) is None
    assert day_of(" ") is None


@pytest.mark.parametrize("text", ["05/06/2015", "2015-02-30", "yesterday", "May 2015", "Died May 18, 2015"])
def test_no_day(text: str) -> None:
    with pytest.raises(IntakeError, match="unknown date"):
        day_of(text)


def test_publication_counts_before_a_later_edit() -> None:
    read = stamp("Updated 20 May 2015 Published 18 May 2015")
    assert read is not None
    assert (read.day, read.changed) == (DAY, False)
    edited = stamp("Last updated: 20 May 2015")
    assert edited is not None
    assert edited.changed


def test_a_day_without_a_year_is_the_last_one() -> None:
    assert day_in_year(12, 30, date(2016, 1, 2)) == date(2015, 12, 30)
    assert day_in_year(1, 2, date(2016, 1, 1)) == date(2016, 1, 2)
    assert day_in_year(2, 29, date(2017, 3, 1)) == date(2016, 2, 29)
    assert day_in_year(5, 18, None) is None
