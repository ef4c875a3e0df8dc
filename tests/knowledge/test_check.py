"""The shipped tables hold together, and the check says so when tables do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from polybius.knowledge.check import problems

LEADERS = "name\taliases\tgender\tcountry\toffice\ttitle\tsector\tsince\tuntil\torganisation\n"
ORGANISATIONS = "key\tname\taliases\ttype\tcountry\tsector\tparent\tsince\tuntil\n"
COUNTRIES = (
    "code\tiso2\tfips\tname\taliases\tadjectives\tpeople\tcapital\tcapital_aliases\tregions\tlatitude\tlongitude"
    "\tsince\tuntil\tclaimant\n"
    "FRA\tFR\tFR\tFrance\t\tFrench\tFrench\tParis\t\tEuropean\t46\t2\t\t\t\n"
)


def test_the_shipped_tables_have_no_problems() -> None:
    assert problems() == []


def write(folder: Path, leaders: str = "", organisations: str = "") -> Path:
    (folder / "countries.tsv").write_text(COUNTRIES, encoding="utf-8")
    (folder / "leaders-x.tsv").write_text(LEADERS + leaders, encoding="utf-8")
    (folder / "organisations-x.tsv").write_text(ORGANISATIONS + organisations, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("leaders", "said"),
    [
        ("A B\t\tm\tFRA\thead_of_state\tpresident\tGOV\t2001-13-01\t\t\n", "is no date"),
        ("A B\t\tm\tFRA\thead_of_state\tpresident\tGOV\t2001-05-01\t2001-04-30\t\n", "is before since"),
        ("A B\t\tm\tFRX\thead_of_state\tpresident\tGOV\t\t\t\n", "'FRX' is not in countries.tsv"),
        ("A B\t\tm\tFRA\thead_of_state\tpresident\tGOVT\t\t\t\n", "'GOVT' is not PLOVER's"),
        ("A B\t\tm\tFRA\tking\tking\tGOV\t\t\t\n", "unknown office 'king'"),
        ("A B\t\tm\tFRA\tother\tenvoy\tGOV\t\t\t\tx\n", "11 cells under 10 columns"),
        (
            "A B\t\tm\tFRA\thead_of_state\tpresident\tGOV\t2001\t2007-05-16\t\n"
            "C D\t\tm\tFRA\thead_of_state\tpresident\tGOV\t2007-05-10\t\t\n",
            "A B 2001–2007-05-16 and C D 2007-05-10–",
        ),
        (
            "Jose Ruiz\t\tm\tFRA\tother\tenvoy\tGOV\t2001\t2002\t\n"
            "José Ruiz\t\tm\tFRA\tother\tenvoy\tGOV\t2004\t2005\t\n",
            "are one name",
        ),
        (
            "Pepe Ruiz\t\tm\tFRA\tother\tenvoy\tGOV\t2001\t2002\t\n"
            "José Ruiz\tPepe Ruiz\tm\tFRA\tother\tminister\tGOV\t2004\t2005\t\n",
            "is an alias of José Ruiz",
        ),
    ],
)
def test_a_fault_among_leaders_is_named(tmp_path: Path, leaders: str, said: str) -> None:
    found = problems(write(tmp_path, leaders=leaders))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("first_until", "second_since"),
    [("2007-05-16", "2007-05-16"), ("2007-05-17", "2007-05-16"), ("2007", "2007"), ("2007-05", "2007-05-16")],
)
def test_a_handover_is_no_overlap(tmp_path: Path, first_until: str, second_since: str) -> None:
    leaders = (
        f"A B\t\tm\tFRA\thead_of_state\tpresident\tGOV\t2001\t{first_until}\t\n"
        f"C D\t\tm\tFRA\thead_of_state\tpresident\tGOV\t{second_since}\t\t\n"
    )
    assert problems(write(tmp_path, leaders=leaders)) == []


def test_an_organisation_may_change_on_a_date_but_not_be_there_twice(tmp_path: Path) -> None:
    before = "org/x\tX\t\tarmed_group\tFRA\tREB\t\t\t2011\n"
    after = "org/x\tX\t\tparty\tFRA\tGOV\t\t2011\t\n"
    assert problems(write(tmp_path, organisations=before + after)) == []
    assert problems(write(tmp_path, organisations=after + after)) == [
        "organisations: org/x twice at one time"
    ]


def test_a_gazetteer_out_of_order_is_named(tmp_path: Path) -> None:
    header = "key\tname\tcountry\tlatitude\tlongitude\tpopulation\tfeature\tgeonameid"
    rows = ("bonn\tBonn\tDEU\t50.7\t7.1\t330000\tPPL\t1", "Aachen\tAachen\tDEU\t50.8\t6.1\t250000\tPPL\t2")
    (tmp_path / "countries.tsv").write_text("code\tname\nDEU\tGermany\n", encoding="utf8")
    (tmp_path / "places.tsv").write_text("\n".join((header, *rows)), encoding="utf8")
    found = [line for line in problems(tmp_path) if line.startswith("places.tsv")]
    assert found == ["places.tsv: Aachen stands after bonn", "places.tsv: Aachen is no key"]
