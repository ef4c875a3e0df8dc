"""Datelines are read; sentences and speakers that look alike are not."""

import pytest

from polybius.intake.dateline import dateline_of

AFTER = "The presidents of the two countries met in the capital on Wednesday and signed an agreement."


@pytest.mark.parametrize(
    ("line", "place", "month_day", "year", "agency"),
    [
        ("MOSCOW, Sept 25 (Reuters) - ", "MOSCOW", (9, 25), None, "Reuters"),
        ("MOSCOW (AP) — ", "MOSCOW", None, None, "AP"),
        ("WASHINGTON/BEIJING, June 3 (Xinhua) -- ", "WASHINGTON/BEIJING", (6, 3), None, "Xinhua"),
        ("PARIS — ", "PARIS", None, None, None),
        ("Kyiv, Ukraine – ", "Kyiv, Ukraine", None, None, None),
        ("Port-au-Prince, Haiti (CNN) -- ", "Port-au-Prince, Haiti", None, None, "CNN"),
        ("(Reuters) - ", None, None, None, "Reuters"),
        ("JERUSALEM, Sept. 25, 2019 /PRNewswire/ -- ", "JERUSALEM", (9, 25), 2019, "PRNewswire"),
        ("CAIRO – 3 June 2014 – ", "CAIRO", (6, 3), 2014, None),
        ("VIENNA / BONN, 3 June 2014 -- ", "VIENNA / BONN", (6, 3), 2014, None),
        ("(3 June 2014) – ", None, (6, 3), 2014, None),
        ("(CNS) - ", None, None, None, "CNS"),
        ("GENEVA (3 June 2014) – ", "GENEVA", (6, 3), 2014, None),
        ("NEW DELHI: ", "NEW DELHI", None, None, None),
        ("MOSCOW, September 25. /TASS/. ", "MOSCOW", (9, 25), None, "TASS"),
        ("Tehran, Sept 25, IRNA - ", "Tehran", (9, 25), None, "IRNA"),
        ("RIO DE JANEIRO, Monday – ", "RIO DE JANEIRO", None, None, None),
        ("SAIGON, Feb. 3 (Delayed) (AP) -- ", "SAIGON", (2, 3), None, "AP"),
        ("WASHINGTON D.C. – ", "WASHINGTON D.C.", None, None, None),
        ("KATHMANDU. ", "KATHMANDU", None, None, None),
        ("CARACAS.- ", "CARACAS", None, None, None),
        ("(Nairobi, March 3, 2014) – ", "Nairobi", (3, 3), 2014, None),
        ("(New York) – ", "New York", None, None, None),
        ("DUBAI, 3rd May, 2013 (WAM) -- ", "DUBAI", (5, 3), 2013, "WAM"),
        ("3 May, BAMAKO – ", "BAMAKO", (5, 3), None, None),
        ("Friday, 3 May 2013, BAMAKO (AFP) - ", "BAMAKO", (5, 3), 2013, "AFP"),
    ],
)
def test_datelines(
    line: str, place: str | None, month_day: tuple[int, int] | None, year: int | None, agency: str | None
) -> None:
    read = dateline_of(line + AFTER)
    assert read is not None
    assert (line + AFTER)[slice(*read.span)] == line.strip()
    assert (line[slice(*read.place)] if read.place else None) == place
    assert (read.month_day, read.year, read.agency) == (month_day, year, agency)


def test_dateline_on_a_line_of_its_own() -> None:
    read = dateline_of("KIGALI/BRUSSELS, 19 March 2025")
    assert read is not None
    assert (read.month_day, read.year) == ((3, 19), 2025)
    assert dateline_of("Clashes in Minsk, August 9") is None


@pytest.mark.parametrize(
    "line",
    [
        "Putin — who met the envoy — left.",
        "NATO – the alliance – met.",
        "U.N. Envoys met.",
        "PROF. Lind spoke.",
        "TRUMP: We will see.",
        "BREAKING: The army has shot down a drone over the strait, and the ministry confirmed it.",
        "Putin (left) - seen in Vienna.",
        "Anti-government protests – the largest so far – went on.",
        "On Friday, fishermen rescued 700 - and more.",
        "Russia, China - Leaders meet",
    ],
)
def test_no_datelines(line: str) -> None:
    assert dateline_of(line) is None


def test_a_newspaper_is_no_town() -> None:
    found = dateline_of("Pacific Wire, Tuesday, March 8, 1983")
    assert found is not None
    assert (found.place, found.month_day, found.agency) == (None, (3, 8), "Pacific Wire")
