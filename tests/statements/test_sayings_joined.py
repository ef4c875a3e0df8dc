"""Sayings joined to, or standing inside, what else a sentence tells."""

from collections.abc import Callable

import pytest

from polybius.record import Record


def said(record: Record) -> list[str]:
    return [record.words(s.span) for s in record.statements]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "In Lima, soldiers raided the paper's office and took its files, according to Reuters.",
            ["In Lima, soldiers raided the paper's office and took its files"],
        ),
        (
            'Putin accused Merkel of applauding the "criminal siege" ordered by Kyiv.',
            ['applauding the "criminal siege" ordered by Kyiv'],
        ),
        (
            "Merkel is due here Friday, and a senior official, asking not to be named, said she would urge "
            "Russia to withdraw.",
            ["she would urge Russia to withdraw"],
        ),
        ("The revolt has spread to Ghana, whose president, John Mahama, announced his departure.", []),
        ("Putin denied it, though Sergei Lavrov allowed that there were advisers.", ["there were advisers"]),
    ],
)
def test_what_is_said_beside_other_things(
    code: Callable[..., Record], text: str, contents: list[str]
) -> None:
    assert said(code(text)) == contents


def test_a_day_that_opens_the_sentence_is_of_both_its_verbs(code: Callable[..., Record]) -> None:
    text = "On Monday Merkel met the envoys and warned that the truce would fail. She left."
    day = code(text, published="2015-02-06").statements[0].date
    assert day is not None
    assert str(day.start) == "2015-02-02"


def test_who_is_quoted_within_what_another_says(code: Callable[..., Record]) -> None:
    text = 'NATO, whose chief, Jens Stoltenberg, said he was "very concerned", will send envoys, a diplomat said.'
    forms = dict(_forms(code(text)))
    assert forms[text[: text.index(", a diplomat")]] == "indirect"
    assert forms['he was "very concerned'] == "mixed"


def test_one_of_those_told_of_before(code: Callable[..., Record]) -> None:
    text = 'Two protesters wept. "If I stay, I will lose my home," said one, who did not want to be named.'
    record = code(text)
    names = {a.id: a.name for a in record.actors}
    assert [names.get(s.speaker or "") for s in record.statements] == ["protesters"]


@pytest.mark.parametrize("told", ["said one of them, Jan Kowal.", "one of them, Jan Kowal, told reporters."])
def test_one_of_them_who_is_named(code: Callable[..., Record], told: str) -> None:
    record = code(f'Clerks were freed in Lagos. "They beat us," {told}')
    names = {a.id: a.name for a in record.actors}
    assert [(names.get(s.speaker or ""), record.words(s.span)) for s in record.statements] == [
        ("Jan Kowal", "They beat us")
    ]


def _forms(record: Record) -> list[tuple[str, str]]:
    return [(record.words(s.span), s.form) for s in record.statements]
