"""Sayings behind, inside or before what they tell, where the parser joins the speaker to something else."""

from collections.abc import Callable

import pytest

from polybius.record import Record

TOLD = [
    (
        "Since the start of May, Chadian troops have expelled 300 families, spokesman Karim Adoum told a briefing.",
        "Since the start of May, Chadian troops have expelled 300 families",
        "Karim Adoum",
    ),
    (
        "Nine people were held, including lawyer Omar Sy, Dakar police commander Ibrahima Diop said.",
        "Nine people were held, including lawyer Omar Sy",
        "Ibrahima Diop",
    ),
    (
        "Rebels attacked the town of Bria, killing six people, a police officer and a witness said on Sunday.",
        "Rebels attacked the town of Bria, killing six people",
        "police officer",
    ),
    (
        "The depot in Gao was looted by armed men, according to what a UN official told Reuters.",
        "The depot in Gao was looted by armed men",
        "UN official",
    ),
    (
        "If the dykes give way, Khulna will be flooded by Friday, warned engineer Rafiq Alam, who built them.",
        "If the dykes give way, Khulna will be flooded by Friday",
        "Rafiq Alam",
    ),
    (
        "The depot was looted by rebels who, says the prefect, took even the window frames.",
        "took even the window frames",
        "prefect",
    ),
    (
        "Amnesty International said villagers were flogged in a barracks, which the army denied.",
        "villagers were flogged in a barracks",
        "Amnesty International",
    ),
    (
        "Marines stormed the palace, from which, doctors said, nobody came out alive.",
        "nobody came out alive",
        "doctors",
    ),
    (
        "According to one of his aides, President Ali Bongo has left the country.",
        "President Ali Bongo has left the country",
        "aides",
    ),
    (
        "Only the rain, joked a lieutenant at the bridge, has obeyed the ceasefire.",
        "Only the rain, joked a lieutenant at the bridge, has obeyed the ceasefire",
        "lieutenant",
    ),
    (
        "The shells came from Eritrea, its governor, Tesfaye Bekele, confirmed.",
        "The shells came from Eritrea",
        "Tesfaye Bekele",
    ),
    (
        "Talks in Doha collapsed on Friday, with the envoy, Hassan Nur, telling reporters that nobody had come.",
        "nobody had come",
        "Hassan Nur",
    ),
    (
        "Whether the observers stay, General Robert Mood replied, depends on Damascus.",
        "Whether the observers stay, General Robert Mood replied, depends on Damascus",
        "Robert Mood",
    ),
    ('The miners\' union called the accord "unacceptable".', "unacceptable", "miners' union"),
    ('"Never," Vladimir Putin answered.', "Never", "Vladimir Putin"),
]
HEADLINES = [
    ("Iran will answer any attack: Khamenei", "Iran will answer any attack", "Ali Khamenei"),
    ("UN: Sudanese army bombed a market", "Sudanese army bombed a market", "United Nations"),
    ("Mali: Jihadists kill 14 soldiers", None, None),
]


@pytest.mark.parametrize(("text", "content", "speaker"), TOLD)
def test_a_saying_aside_of_its_content(
    code: Callable[..., Record], text: str, content: str, speaker: str
) -> None:
    record = code(text)
    names = {actor.id: actor.name for actor in record.actors}
    said = [(record.words(s.span).rstrip(",."), names.get(s.speaker or "")) for s in record.statements]
    assert [words for words, _ in said] == [content]
    assert speaker in (said[0][1] or "") or (said[0][1] or "") in speaker


@pytest.mark.parametrize(
    "text",
    [
        "The rebels were armed by Chad, a charge Chad has denied.",
        "Chad has until 3 June to tell the court whether it accepts the border.",
        "As the tanks moved into the old town, the minister, Mr Said, warned.",
        "Parliament declared Idris Musa the winner; the army wants a new vote.",
    ],
)
def test_what_only_stands_beside_a_saying_is_not_said(code: Callable[..., Record], text: str) -> None:
    assert code(text).statements == ()


@pytest.mark.parametrize(("headline", "content", "speaker"), HEADLINES)
def test_colon_in_a_headline(
    code: Callable[..., Record], headline: str, content: str | None, speaker: str | None
) -> None:
    record = code(f"{headline}\n\nNAIROBI (Reuters) - The army of the country was in the capital on Friday.")
    names = {actor.id: actor.name for actor in record.actors}
    said = [(record.words(s.span), names.get(s.speaker or "")) for s in record.statements]
    assert said == ([(content, speaker)] if content else [])


def test_the_second_half_of_a_quotation_holds_nothing_of_the_words_before_it(
    code: Callable[..., Record],
) -> None:
    text = '"Every soldier who can be spared," Idris Musa told reporters at the airport, "will be sent by tonight."'
    record = code(text)
    said = [record.words(s.span).rstrip(".") for s in record.statements]
    assert said == ["Every soldier who can be spared", "will be sent by tonight"]


def test_who_goes_on_with_adding_is_the_speaker(code: Callable[..., Record]) -> None:
    record = code("Bintou Keita said her men would stay, adding that supplies could run out in June.")
    assert [record.words(s.span) for s in record.statements] == [
        "her men would stay",
        "supplies could run out in June",
    ]
    assert len({s.speaker for s in record.statements}) == 1


def test_the_day_behind_whom_it_was_told(code: Callable[..., Record]) -> None:
    statement = code(
        "Amr Moussa told the paper on Monday he felt sorrow.", published="2003-03-19"
    ).statements[0]
    assert statement.date is not None
    assert str(statement.date.start) == "2003-03-17"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            'Macron has said Paris "will not let anyone" threaten Chad.',
            'Paris "will not let anyone" threaten Chad',
        ),
        (
            'Hassan Sheikh told reporters Somalia "would never accept" the port deal.',
            'Somalia "would never accept" the port deal',
        ),
    ],
)
def test_who_is_told_of_before_the_quotation(code: Callable[..., Record], text: str, content: str) -> None:
    record = code(text)
    assert [record.words(s.span).rstrip(".") for s in record.statements] == [content]


def test_both_halves_of_a_quotation_torn_apart(code: Callable[..., Record]) -> None:
    record = code('"We will not," vows Saad Hariri, "forget what was done at the port."')
    assert [record.words(s.span)[:11] for s in record.statements] == ["We will not", "forget what"]


@pytest.mark.parametrize(
    "text",
    [
        "The army, Putin told reporters, was not ready to leave.",
        "There would, Putin said, be no talks with Iran.",
        "The time for talks, warns Putin, is running out.",
    ],
)
def test_what_a_saying_parts_is_one_content_with_its_subject(code: Callable[..., Record], text: str) -> None:
    record = code(text)
    assert [record.words(s.span) for s in record.statements] == [text.rstrip(".")]
