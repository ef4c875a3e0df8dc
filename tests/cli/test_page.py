"""The page for readers: what it shows, at both usual widths, and that news text cannot play tricks in it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from polybius.cli.page import print_page
from polybius.cli.words import clean, country_name, days, flag, sector_words
from polybius.record import Document, Interval, Record


def page(record: Record, width: int, *, colour: bool = False) -> str:
    out = io.StringIO()
    options = {"color_system": "standard", "force_terminal": True} if colour else {}
    console = Console(file=out, width=width, highlight=False, emoji=False, markup=False, **options)  # type: ignore[arg-type]
    print_page(record, console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


AT_100 = """\
Envoys [31m[red]stay[/red]
Paper · published Tuesday 4 May 2021

Actors
Name                           Country                 Sector                 Role
────────────────────────────────────────────────────────────────────────────────────────────────────
France                         🇫🇷 France               state
Russia                         🇷🇺 Russia               state
Sergey Lavrov                  🇷🇺 Russia               government             foreign minister
Tass                           🇷🇺 Russia               media

Events
Date        Who              What             To whom          Says who     In the words
────────────────────────────────────────────────────────────────────────────────────────────────────
2021-05-01  France           SANCTION expel   Russia           Sergey       “may not expel two
– 05-10                      ✗ not                             Lavrov       [bold]Russian[/bold]
                             ? if                                           envoys”
2021-05-03  France, Russia   CONSULT                           report       “=HYPERLINK(1) France
                                                                            and Russia met”

Statements
Speaker             Via          Form         Words
────────────────────────────────────────────────────────────────────────────────────────────────────
Sergey Lavrov       Tass         indirect     “France may not expel two”
"""

AT_80 = """\
Date        Who           What         To whom      Says who  In the words
────────────────────────────────────────────────────────────────────────────────
2021-05-01  France        SANCTION     Russia       Sergey    “may not expel two
– 05-10                   expel                     Lavrov    [bold]Russian[/bol
                          ✗ not                               d] envoys”
                          ? if
2021-05-03  France,       CONSULT                   report    “=HYPERLINK(1)
            Russia                                            France and Russia
                                                              met”
"""


def test_the_page_at_100_columns(record: Record) -> None:
    assert page(record, 100).startswith(AT_100)


def test_the_page_at_80_columns(record: Record) -> None:
    assert AT_80 in page(record, 80)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_page(record: Record, width: int) -> None:
    from rich.cells import cell_len

    assert max(cell_len(line) for line in page(record, width).splitlines()) <= width


def test_the_smaller_tables(record: Record) -> None:
    shown = [" ".join(line.split()) for line in page(record, 100).splitlines()]
    for line in (
        "Sergey Lavrov part of Russia 2004-03-09 “Lavrov”",
        "“two” 2 envoys",
        "“early May” 2021-05-01 – 05-10",
        "“Minsk” Minsk 🇧🇾 Belarus 53.90, 27.57",
        "“told” events no frame",
    ):
        assert line in shown, line


def test_empty_tables_and_columns_are_left_out() -> None:
    bare = page(Record(document=Document(id="0", text="Rain.")), 80)
    assert bare == "Report without a title\nday of publication unknown\n\nNo events found."


def test_types_are_coloured_by_quad(record: Record) -> None:
    shown = page(record, 100, colour=True)
    assert "\x1b[31mSANCTION expel " in shown
    assert "\x1b[36mCONSULT " in shown
    assert "\x1b[1;35m✗ not" in shown


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\x1b[2Jb", "a [2Jb"),
        ("a\n\n  b\t\u2028c\r", "a b c"),
        ("pay\u202eload\u200b", "payload"),
        ("\x9b31mred", "31mred"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_news_text_cannot_steer_the_terminal(text: str, safe: str) -> None:
    assert clean(text) == safe


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ((2019, 9, 25), (2019, 9, 25), "2019-09-25"),
        ((2019, 9, 16), (2019, 9, 22), "2019-09-16 – 09-22"),
        ((2019, 2, 1), (2019, 2, 28), "2019-02"),
        ((2020, 1, 1), (2020, 12, 31), "2020"),
        ((2020, 1, 1), (2029, 12, 31), "2020 – 2029"),
        ((2019, 12, 30), (2020, 1, 5), "2019-12-30 – 2020-01-05"),
    ],
)
def test_days_in_short(start: tuple[int, int, int], end: tuple[int, int, int], shown: str) -> None:
    assert days(Interval(start=date(*start), end=date(*end))) == shown


def test_codes_in_words() -> None:
    assert (flag("KOS"), flag("DEU"), flag(None), flag("QQQ")) == ("🇽🇰", "🇩🇪", "", "")
    assert (country_name("CIV"), country_name("QQQ"), country_name(None)) == ("Ivory Coast", "QQQ", "")
    assert (sector_words("GOV"), sector_words("XYZ"), sector_words(None)) == ("government", "XYZ", "")


def test_every_sector_of_the_ontology_has_words() -> None:
    from polybius.ontology import Ontology

    assert [code for code in Ontology.load().sectors if sector_words(code) == code] == []
