"""What counts as a statement, word by word: content, speaker, form, day."""

from collections.abc import Callable

import pytest

from polybius.record import Record

SAID = [
    ("Putin said that Russia would stay.", "Russia would stay", "Vladimir Putin", "indirect"),
    ("Russia would stay, Putin said on Monday.", "Russia would stay", "Vladimir Putin", "indirect"),
    ('"Russia will stay," Putin told reporters.', "Russia will stay", "Vladimir Putin", "direct"),
    ('Putin called the plan "an insult to Russia".', "an insult to Russia", "Vladimir Putin", "mixed"),
    ('Putin said that Russia "will stay".', 'Russia "will stay', "Vladimir Putin", "mixed"),
    ("Putin accused Ukraine of shelling the town.", "shelling the town", "Vladimir Putin", "indirect"),
    ("Putin urged Ukraine to leave the town.", "to leave the town", "Vladimir Putin", "indirect"),
    (
        "Ukraine shelled the town, according to Putin.",
        "Ukraine shelled the town",
        "Vladimir Putin",
        "indirect",
    ),
    ("Putin said in a statement that Russia would stay.", "Russia would stay", "Vladimir Putin", "indirect"),
    ('"Russia will stay," Putin was quoted as saying.', "Russia will stay", "Vladimir Putin", "direct"),
    ("Putin shouted that Russia would stay.", "Russia would stay", "Vladimir Putin", "indirect"),
    (
        "The Supreme Court of India ruled that Putin had lied.",
        "Putin had lied",
        "Indian Supreme Court",
        "indirect",
    ),
    ('"Russia will stay," sighed Putin.', "Russia will stay", "Vladimir Putin", "direct"),
]
UNSAID = [
    "Putin did not say whether Russia would stay.",
    "Putin declined to say whether Russia would stay.",
    "Putin hopes that Russia will win.",
    "Putin plans to visit Berlin.",
    "Putin refused to leave Berlin.",
    "Russia reportedly left the town.",
    "A video showed soldiers firing mortars.",
    'The so-called "Donetsk republic" was shelled by Ukraine.',
    'Russia made a "special" offer to Ukraine.',
    "Russia left the town, as Ukraine had demanded.",
]


@pytest.mark.parametrize(("text", "content", "speaker", "form"), SAID)
def test_one_saying_is_one_statement(
    code: Callable[..., Record], text: str, content: str, speaker: str, form: str
) -> None:
    record = code(text)
    names = {a.id: a.name for a in record.actors}
    found = [(record.words(s.span), names.get(s.speaker or ""), s.form) for s in record.statements]
    assert found == [(content, speaker, form)]


@pytest.mark.parametrize("text", UNSAID)
def test_what_nobody_says_is_no_statement(code: Callable[..., Record], text: str) -> None:
    assert code(text).statements == ()


def test_day_of_saying_is_not_day_of_content(code: Callable[..., Record]) -> None:
    (statement,) = code("Putin said on Monday that Russia would withdraw on Friday.").statements
    assert statement.date is not None
    assert str(statement.date.start) == "2019-09-23"


def test_a_medium_carries_what_somebody_says(code: Callable[..., Record]) -> None:
    record = code("Russia would stay, Putin told Reuters.")
    names = {a.id: a.name for a in record.actors}
    assert [(names[s.speaker or ""], names[s.via or ""]) for s in record.statements] == [
        ("Vladimir Putin", "Reuters")
    ]


def test_a_quotation_goes_on_over_paragraphs(code: Callable[..., Record]) -> None:
    record = code('Putin said:\n\n"Russia will stay in the town.\n\n"Nobody will drive us out of it."')
    assert [s.speaker for s in record.statements] == [record.statements[0].speaker] * 2
    assert record.statements[0].speaker is not None
