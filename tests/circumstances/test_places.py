"""Places: the measuring tables, homonyms, datelines."""

from __future__ import annotations

import pytest

from measure import bare, expected, hold, rows
from polybius.circumstances.places import find_places
from polybius.coder import Coder
from polybius.intake import Report
from polybius.record import Place


def read(coder: Coder, text: str, dateline: str | None = None) -> tuple[Place, ...]:
    start = text.index(dateline) if dateline else 0
    span = (start, start + len(dateline)) if dateline else None
    report = Report("r", text, "en", dateline_place=span)
    return find_places(coder.parser.parse(report), coder.knowledge)


@pytest.mark.parametrize(("table", "floor"), [("places.tsv", 0.97), ("places-unseen.tsv", 0.9)])
def test_table(coder: Coder, table: str, floor: float) -> None:
    misses, total = [], 0
    for row in rows(table):
        total += 1
        text = row["text"]
        got = sorted(bare(f"{text[p.span[0] : p.span[1]]}={p.country or ''}") for p in read(coder, text))
        if got != sorted(bare(entry) for entry in expected(row["expected"])):
            misses.append(f"{text} | want {row['expected']} | got {got}")
    hold(floor, misses, total)


def test_homonyms_go_with_the_countries_of_the_report(coder: Coder) -> None:
    british = read(coder, "The British minister spoke in Birmingham. Britain will pay.")
    american = read(coder, "The American senator spoke in Birmingham, Alabama.")
    assert (british[0].country, american[0].country) == ("GBR", "USA")


def test_the_dateline_is_a_place(coder: Coder) -> None:
    (place,) = read(coder, "MANILA — The rebels laid down their arms.", "MANILA")
    assert (place.id, place.span, place.name, place.country) == ("p1", (0, 6), "Manila", "PHL")
    assert place.latitude == pytest.approx(14.6, abs=0.1)


def test_a_capital_is_a_place_or_a_government_by_the_words_around_it(coder: Coder) -> None:
    text = "Moscow said its envoy had arrived in Moscow after talks with Ankara."
    assert [p.span[0] for p in read(coder, text)] == [text.rindex("Moscow")]


def test_a_month_is_no_town(coder: Coder) -> None:
    assert read(coder, "The rebels shelled the bridge on March 3 and left in April.") == ()


def test_a_village_abroad_is_not_meant_where_the_report_names_other_countries(coder: Coder) -> None:
    (found,) = [
        place
        for place in read(
            coder, "Nigerian troops took the refugees to a camp in Banki, Cameroon's army said."
        )
        if place.name == "Banki"
    ]
    assert (found.country, found.known_as) == (None, None)
    (named,) = read(coder, "Indian troops took the refugees to a camp in Banki.")
    assert named.country == "IND"


def test_a_dateline_with_its_country(coder: Coder) -> None:
    (place,) = read(coder, "MARIKANA, South Africa: The miners laid down tools.", "MARIKANA, South Africa")
    assert place.country == "ZAF"
