"""Sayings without a plain word of saying, and where what is said ends when the sentence goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from polybius.record import Record


def said(record: Record) -> list[str]:
    return [record.words(s.span) for s in record.statements]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Putin made clear the ships would be turned away.", "the ships would be turned away"),
        (
            "Iran left the talks, with Rouhani making it clear that it would not return.",
            "it would not return",
        ),
        ("Putin let it be known that he would resign.", "he would resign"),
        ("Putin considered that Iran had kneeled down.", "Iran had kneeled down"),
        ("The town had fallen, or so Putin said.", "The town had fallen"),
        (
            "Rebels crossed the river and killed two men, or so Iran claims.",
            "Rebels crossed the river and killed two men",
        ),
        (
            "Police in Iran put the number of those detained at 1,200.",
            "the number of those detained at 1,200",
        ),
        (
            "Putin told the cabinet that a bill to set up a new agency would be tabled in May.",
            "a bill to set up a new agency would be tabled in May",
        ),
    ],
)
def test_said_plainly(code: Callable[..., Record], text: str, content: str) -> None:
    assert said(code(text)) == [content]


@pytest.mark.parametrize(
    "text",
    [
        "Putin considered it a threat.",
        "Putin did not make clear whether Iran would sign.",
        "Putin made known his anger.",
    ],
)
def test_nothing_said(code: Callable[..., Record], text: str) -> None:
    assert said(code(text)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Putin said the talks would go on and left the room.", "the talks would go on"),
        ("Putin said he would leave Iran but did not say when.", "he would leave Iran"),
        ("Putin would say only that he had found the talks useful.", "he had found the talks useful"),
        ("Putin said he wanted peace and accused Iran of planning a war.", "he wanted peace"),
        ("Putin said Iran would have to pay, prompting Rouhani to shrug.", "Iran would have to pay"),
    ],
)
def test_what_the_report_goes_on_to_tell_is_not_said(
    code: Callable[..., Record], text: str, content: str
) -> None:
    assert said(code(text))[0] == content


def test_what_another_did_meanwhile_is_not_said(code: Callable[..., Record]) -> None:
    text = "Putin repeated that he opposes a war, while Iranian officers offered troops."
    assert said(code(text)) == ["he opposes a war"]


def test_who_goes_on_says_two_things(code: Callable[..., Record]) -> None:
    text = "Putin said the army had left the town, and he added that the rebels would follow."
    assert said(code(text)) == ["the army had left the town", "the rebels would follow"]


def test_a_paper_only_carries_what_somebody_said(code: Callable[..., Record]) -> None:
    assert said(code("Putin said peace was near, according to a statement.")) == ["peace was near"]


def test_money_is_no_verb(code: Callable[..., Record]) -> None:
    assert said(code("Putin announced a payment of Rs.5 lakh each to the families.")) == []


@pytest.mark.parametrize(
    ("headline", "contents"),
    [
        ("Putin to visit Tehran in May - foreign minister", ["Putin to visit Tehran in May"]),
        ("Putin visits Iran in May - BBC News", []),
        ("Syria - a war without end", []),
    ],
)
def test_behind_the_dash_of_a_headline(
    code: Callable[..., Record], headline: str, contents: list[str]
) -> None:
    assert (
        said(code(f"{headline}\n\nThe foreign minister of Iran met Putin in Moscow on Monday.\n")) == contents
    )


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Putin told newsmen that a pilot was in custody and that Iran had been asked to return him.",
            ["a pilot was in custody and that Iran had been asked to return him"],
        ),
        (
            "Putin called on the council to refer Syria to the court and urged Iran to stop a war.",
            ["to refer Syria to the court", "to stop a war"],
        ),
        ("Putin urged Iran to demand that monitors be let in.", ["to demand that monitors be let in"]),
        ("Iranian assets, thought to be worth some $5m, were frozen on Saturday.", []),
        (
            "Syria has broken off relations, Iran has recalled its envoy, and Iraq has stopped oil, Putin said.",
            ["Syria has broken off relations, Iran has recalled its envoy, and Iraq has stopped oil"],
        ),
        ("Moscow, Putin went on, would not wait.", ["Moscow, Putin went on, would not wait"]),
        ("Rebels fled, clashes went on, and Iranian troops entered the town.", []),
    ],
)
def test_what_is_told_and_what_is_not(code: Callable[..., Record], text: str, contents: list[str]) -> None:
    assert said(code(text)) == contents
