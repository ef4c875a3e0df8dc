"""Sayings whose content the parser joins to something else: figures, persons spoken to, quotations side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from polybius.record import Record


def said(record: Record) -> list[str]:
    return [record.words(s.span) for s in record.statements]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The Iranian army put its losses at 12, up from two.", "its losses at 12"),
        ("Iranian officials estimated the damage at $5 million.", "the damage at $5 million"),
        ("Officials in Iran spoke of several hundred dead.", "several hundred"),
        ("Putin assured his guest that no Iranian would be sent back.", "no Iranian would be sent back"),
        (
            "The ministers of Russia and Iran met in Baku and said envoys could be named by May.",
            "envoys could be",
        ),
    ],
)
def test_figures_and_persons_spoken_to(code: Callable[..., Record], text: str, content: str) -> None:
    (found,) = said(code(text))
    assert found.startswith(content)


def test_talk_without_a_figure_is_no_statement(code: Callable[..., Record]) -> None:
    assert said(code("Putin spoke of his childhood in the town.")) == []


def test_the_accused_in_marks_belong_to_the_accusation(code: Callable[..., Record]) -> None:
    (statement,) = code('Putin accused "outside forces" of having stirred up the crowd.').statements
    assert statement.form == "mixed"


def test_a_quotation_that_begins_a_sentence_is_a_saying_of_its_own(code: Callable[..., Record]) -> None:
    text = 'Putin said the rebels had asked Iran for $5m. "We gave nothing," Lavrov answered.'
    assert [words.strip(".") for words in said(code(text))] == [
        "the rebels had asked Iran for $5m",
        "We gave nothing",
    ]


def test_a_quotation_goes_on_with_the_outer_of_two_sayings(code: Callable[..., Record]) -> None:
    text = (
        'A diplomat in Moscow says Putin has promised to drop the rebels. "He cannot feed them any longer."'
    )
    record = code(text)
    names = {a.id: a.name for a in record.actors}
    assert "diplomat" in names[record.statements[-1].speaker or ""]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Iran, for its part, regretted not having been asked, Lavrov said.", "Iran, for its part", "Lavrov"),
        (
            'Putin met Lavrov. Lavrov, for his part, was blunt: "Envoys, your day is over."',
            "Envoys",
            "Lavrov",
        ),
        (
            "According to NATO, whose force was sent in July, fighting killed 42 people in Iran.",
            "fighting",
            "NATO",
        ),
    ],
)
def test_who_says_it_though_the_parser_errs(
    code: Callable[..., Record], text: str, content: str, speaker: str
) -> None:
    record = code(text)
    names = {a.id: (a.name, *a.aliases) for a in record.actors}
    (found,) = (s for s in record.statements if record.words(s.span).startswith(content))
    assert any(speaker in name for name in names[found.speaker or ""])


def test_who_calls_it_so_within_what_another_says(code: Callable[..., Record]) -> None:
    record = code('NATO said it had left the city, while Lavrov described the retreat as "a farce".')
    names = {a.id: a.name for a in record.actors}
    assert [names[s.speaker or ""].split()[-1] for s in record.statements] == ["NATO", "Lavrov"]


def test_in_the_view_of_somebody(code: Callable[..., Record]) -> None:
    assert said(code("In Putin's view, the war is lost.")) == ["the war is lost"]


def test_told_somebody_without_that(code: Callable[..., Record]) -> None:
    (found,) = said(code("Lavrov has told the envoys he hopes to restart talks within weeks."))
    assert found.startswith("he hopes")


def test_a_colon_parts_the_quotation_from_what_leads_to_it(code: Callable[..., Record]) -> None:
    text = 'Lufthansa hastened to calm passengers: "We have nothing to do with these fires," it wrote on Twitter.'
    (statement,) = code(text).statements
    assert statement.form == "direct"


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Serbia would respond in kind, Foreign Minister Ivan Petrov said.",
            ["Serbia would respond in kind"],
        ),
        (
            "France fears that, should the talks fail, the army will break the strike.",
            ["should the talks fail, the army will break the strike"],
        ),
        ("Iran was late, as Turkey demanded in May.", []),
    ],
)
def test_who_tells_and_how_far(code: Callable[..., Record], text: str, contents: list[str]) -> None:
    assert said(code(text)) == contents


def test_kin_may_say_so(code: Callable[..., Record]) -> None:
    record = code("Abdi Warsame, a Kenyan teacher whose brother says he was beaten, fled.")
    speaker = next(a for a in record.actors if a.id == record.statements[0].speaker)
    assert speaker.name == "brother"
