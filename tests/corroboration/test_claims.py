"""A happening tells its claims, its figures, and whether they can be true together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from polybius.corroboration import Grouper, Happening, happenings
from polybius.corroboration.figures import compatible, in_words
from polybius.corroboration.forms import Figure
from polybius.record import Record

TOLLS = (
    (
        "Rebels bombed the harbour of Port Sudan at dawn and hit two ferries. {0:g} people were killed, a doctor said.",
        4,
    ),
    (
        "A bomb of the rebels tore two ferries apart in the harbour of Port Sudan. It killed {0:g} people at dawn.",
        4,
    ),
    (
        "Two ferries burned in the harbour of Port Sudan when the rebels bombed it. At dawn {0:g} people died there.",
        9,
    ),
)


@pytest.fixture
def harbour(attack: Callable[..., Record]) -> Happening:
    grouper = Grouper()
    for number, (text, killed) in enumerate(TOLLS):
        grouper.add(
            attack(text.format(killed), killed=killed, source=f"Paper {number}", given_id=f"r{number}")
        )
    (found,) = happenings(grouper.memory)
    return found


def test_claims_say_which_report_and_source_and_words(harbour: Happening) -> None:
    assert [(claim.report, claim.source) for claim in harbour.claims] == [
        (f"r{n}", f"Paper {n}") for n in range(3)
    ]
    assert harbour.claims[1].words.startswith("A bomb of the rebels")
    assert {claim.told for claim in harbour.claims} == {"itself"}
    assert (harbour.voices, harbour.sources, harbour.reports) == (3, 3, 3)


def test_figures_under_one_label_agree_or_not(harbour: Happening) -> None:
    (killed,) = harbour.figures
    assert killed.label == "killed"
    assert killed.values == ("4", "9")
    assert killed.agree is False
    assert harbour.agree is False
    assert [claim.amounts[0].agrees for claim in harbour.claims] == [True, True, False]


def test_what_is_counted_is_told_in_the_words_of_the_report(attack: Callable[..., Record]) -> None:
    grouper = Grouper()
    grouper.add(attack("Rebels bombed the harbour of Port Sudan, where 4 people slept.", killed=4))
    (told,) = happenings(grouper.memory)
    assert [figure.label for figure in told.figures] == ["people"]


def test_a_report_without_an_id_of_the_users_is_called_by_its_own(attack: Callable[..., Record]) -> None:
    record = attack(TOLLS[0][0].format(4), killed=4)
    grouper = Grouper()
    grouper.add(record)
    (found,) = happenings(grouper.memory)
    assert found.claims[0].report == record.document.id
    assert found.agree is None, "one voice has nobody to agree with"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ((4, "exact"), (4, "exact"), True),
        ((4, "exact"), (2, "at_least"), True),
        ((4, "exact"), (5, "at_least"), False),
        ((4, "exact"), (3, "at_most"), False),
        ((100, "about"), (95, "exact"), True),
        ((100, "about"), (80, "exact"), False),
        ((None, "vague"), (4, "exact"), None),
    ],
)
def test_figures_that_can_both_be_true(
    one: tuple[float, str], other: tuple[float, str], answer: bool | None
) -> None:
    figures = [
        Figure.model_validate({"label": "killed", "value": v, "bound": b, "words": "x"})
        for v, b in (one, other)
    ]
    assert compatible(*figures) is answer


def test_figures_in_words() -> None:
    money = Figure(label="USD", value=30_000_000, bound="at_least", unit="USD", words="more than $30m")
    assert in_words(money) == "at least USD 30,000,000"
    vague = Figure(label="people", value=None, bound="vague", words="dozens of people")
    assert in_words(vague) == "dozens of people"
