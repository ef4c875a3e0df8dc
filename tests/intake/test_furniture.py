"""Furniture is marked, and sentences that resemble it are not."""

import pytest

from polybius.intake import from_text

BODY = "The presidents of the two countries met in the capital on Wednesday and signed an agreement on gas."


def marked(text: str) -> list[str]:
    report = from_text(text)
    return [report.text[start:end] for start, end in report.furniture]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "J. M. R.",
        "MORE 0930 GMT Mar 8 83",
        "La Voz del Puerto, No. 311, Monday 4 May 1998, p. 2",
        "Next report: 7 May.",
        "This situation report is issued by the Field Coordination Office, Goma.",
        "With AFP and Reuters",
        "Atlantic Foreign Service",
        "Leading article, page 12",
        "From Martin Hale in Quito",
        "Share on Facebook",
        "Share this with WhatsApp",
        "Written by Ada Lind, with reporting by Tom Roe in Quito",
        "This article was produced with the support of the Danube Fund for Reporting.",
        "Published in The Coast Ledger, May 4th, 1998",
        "SLUG=ANDES / TALKS (S)",
        "/// ROE ACT ///",
        "Facebook Twitter WhatsApp",
        "Read more: The gas war explained",
        "Sign up for our daily newsletter and never miss a story.",
        "Subscribe",
        "Quote",
        "Share this post",
        "12 comments",
        "© 2019 The Paper. All rights reserved.",
        "Copyright 2019 The Paper",
        "We use cookies to give you the best experience.",
        "(Reporting by Ada Lind in Vienna; Editing by Tom Roe)",
        "Additional reporting by Ada Lind and agencies",
        "Support quality news from the coast: become a member",
        "Read our Andes special report online",
        "Follow Ada Lind on Twitter: https://paper.example/lind",
        "Ada Lind covers enlargement for The Paper.",
        "CWNA TR/LD/AB 12Aug2008",
        "Photo: Tom Roe/AFP/Getty Images",
        "The presidents shake hands in Vienna. [Tom Roe/AFP]",
        "The presidents in Vienna on Wednesday, May 6, 2015. (AP Photo/Tom Roe)",
        "Home > World > Europe",
        "https://paper.example/1",
        "3 min read",
        "WORLD NEWS | Africa",
        "10:45 GMT",
        "Press Release",
        "For more information and requests, please contact: Ada Lind, +43 1 555 0100",
        "ada.lind@paper.example",
        "Wire News writer Ada Lind in Vienna contributed to this report.",
        "(With inputs from agencies)",
        "al-tr/sp",
        "Key points:",
        "Advertisement · Scroll to continue",
        "This story has been updated.",
        "The presidents shake hands in Vienna. REUTERS/Tom Roe",
        "Last modified on Wed 6 May 2015 10.01 BST",
        "Press Release - for immediate release",
        "Latest News » Statements",
        "Also available in: Español, Français",
        "Lind reported from Vienna.",
        "MORE ON THE GAS WAR: – Who pays? – The pipeline in maps",
        "For a timeline of the dispute, double-click on [nLD123456]",
        "For more on the region, please visit the regional page.",
        "Kindly share this post:",
        "Share   Print   Email",
        "Photo gallery (4)",
    ],
)
def test_lines_of_the_page(line: str) -> None:
    assert marked(f"{BODY}\n\n{line}\n\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Human Rights Watch shows that the army killed 40 people in the north.",
        "Copyright law was changed by the parliament in June.",
        "Share prices fell after the attack on the pipeline.",
        "Advertisements for the army were banned by the court.",
        "The two sides met on Monday. (Reuters)",
        "Subscribers of the paper were arrested on Monday.",
        "Getty Images sued the ministry over the seized archive.",
        "Support our troops, the president told the nation.",
        "The minister resigned in 2014.",
        "2019",
        "Experts from 20 countries contributed to the report, which is due in May.",
        "For more than ten years, one man ruled the country: General Roe",
        "With material support from abroad, the rebels took the town on Friday and held it for a week.",
        "This report was written by three judges.",
        "For more than a year, visitors could not see the site of the massacre without a permit.",
        "Lind reported from Vienna that the talks had failed.",
        "3 May 2015",
        "Sanctions follow the vote",
        "Sign the treaty or leave, the minister said.",
        "He told followers to sign up for the army and the border guard.",
    ],
)
def test_sentences_that_resemble_furniture(line: str) -> None:
    assert marked(f"{BODY}\n\n{line}\n\n{BODY}") == []


def test_furniture_inside_a_paragraph() -> None:
    text = (
        f"{BODY} Sign up for our newsletter to learn more. It holds (Photo by Tom Roe/AP). {BODY} Read more"
    )
    assert marked(text) == ["Sign up for our newsletter to learn more.", "(Photo by Tom Roe/AP)", "Read more"]


def test_a_trailing_number_is_a_counter_only_where_the_report_ends() -> None:
    assert marked(f"{BODY} 7") == ["7"]
    assert marked(f"{BODY} 7\n\n{BODY}") == []


def test_a_line_that_continues_a_sentence_is_text() -> None:
    wrapped = "The prime minister of the republic told the assembled investors to\nshare\nthe losses."
    assert marked(wrapped) == []


def test_a_box_takes_its_headlines_along_and_ends_at_a_sentence() -> None:
    text = f"{BODY}\n\nMost read\n\n1. Dog bites man\nCat on a roof in Rome\n\n{BODY}"
    assert marked(text) == ["Most read", "1. Dog bites man", "Cat on a roof in Rome"]


def test_repeated_byline_is_furniture_but_the_first_is_not() -> None:
    text = f"Two presidents agree\n\nBy Ada Lind\n\n{BODY}\n\nBy Ada Lind\n\nAda Lind"
    assert marked(text) == ["By Ada Lind", "Ada Lind"]
    assert from_text(text).byline == (22, 33)


def test_the_head_of_a_report_carries_nothing_else() -> None:
    posted = f"Who won the strike?\n\nPosted by Ada Lind on 3 May 2016 | 12 comments\n\n{BODY}\n"
    assert marked(posted) == ["Posted by Ada Lind on 3 May 2016 | 12 comments"]
    town = f"Envoy recalled as talks stall\n\nFrom Martin Hale\nQuito\n\n{BODY}\n"
    assert marked(town) == ["Quito"]


def test_a_standfirst_does_not_hide_the_day_below_it() -> None:
    text = (
        f"Envoy recalled as talks stall\n\nThe move came without warning.\n\n3 May 2016 10:15 GMT\n\n{BODY}\n"
    )
    report = from_text(text)
    assert report.dayline is not None
    assert text[slice(*report.dayline)] == "3 May 2016 10:15 GMT"


def test_writers_may_stand_before_the_day_of_an_edit() -> None:
    text = f"Envoy recalled as talks stall\n\nAda Lind | Tom Roe Updated May 03, 2016\n\n{BODY}\n"
    report = from_text(text)
    assert report.dayline is not None
    assert str(report.published) == "2016-05-03"
