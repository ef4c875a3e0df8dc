"""What from_text keeps, marks and reads off a report; all texts are written for these tests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.errors import IntakeError
from polybius.intake import Report, Span, from_text

BODY = "The presidents of the two countries met in the capital on Wednesday and signed an agreement on gas."


def marked(report: Report) -> list[str]:
    return [report.text[start:end] for start, end in report.furniture]


def at(report: Report, span: Span | None) -> str | None:
    return report.text[slice(*span)] if span else None


@given(st.text(min_size=1), st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
def test_text_stays_verbatim_and_spans_lie_inside(noise: str, newline: str) -> None:
    text = newline.join([BODY, noise.replace("\ufeff", ""), BODY, "Advertisement"])
    report = from_text(text)
    assert report.text == text
    spans = [*report.furniture, report.headline, report.byline, report.dayline, report.dateline]
    assert all(0 <= start < end <= len(text) for start, end in filter(None, spans))
    assert marked(report)[-1] == "Advertisement"


def test_byte_order_mark_is_the_only_thing_cut() -> None:
    assert from_text("\ufeff" + BODY).text == BODY


def test_same_text_of_another_day_is_another_report() -> None:
    ids = {from_text(BODY).id, from_text(BODY, published="2019-09-26").id, from_text(BODY + " ").id}
    assert len(ids) == 3
    assert all(len(key) == 16 for key in ids)
    assert from_text(BODY).id == from_text(BODY).id


def test_headline_byline_day_and_dateline() -> None:
    text = (
        "Two presidents agree on gas\n\nBy Ada Lind and Tom Roe in Vienna\n"
        "Published 3:45 PM EDT, Thu May 7, 2015\n"
        f"Updated 9 May 2015\n\nVIENNA, May 6 (Reuters) - {BODY}\n"
    )
    report = from_text(text)
    assert report.title == "Two presidents agree on gas"
    assert report.headline == (0, 27)
    assert report.author == "Ada Lind and Tom Roe"
    assert report.published == date(2015, 5, 7)
    assert at(report, report.dayline) == "Published 3:45 PM EDT, Thu May 7, 2015"
    assert at(report, report.dateline) == "VIENNA, May 6 (Reuters) -"
    assert at(report, report.dateline_place) == "VIENNA"
    assert (report.dateline_day, report.agency) == (date(2015, 5, 6), "Reuters")
    assert marked(report) == ["Updated 9 May 2015"]


def test_day_beside_section_and_newspaper() -> None:
    report = from_text(f"Lawyers march\n\nTHE HERALD | Politics | Published 18 June 2013\n\n{BODY}\n")
    assert report.published == date(2013, 6, 18)
    assert at(report, report.dayline) == "THE HERALD | Politics | Published 18 June 2013"
    slash = from_text(f"Lawyers march\n\nThe Daily Herald / 05:32 AM April 04, 2019\n\n{BODY}\n")
    assert slash.published == date(2019, 4, 4)
    assert from_text(
        f"Gas deal done\nGas Daily\nJune 29, 20191:12 AM Updated 5 years ago\n\n{BODY}"
    ).published == date(2019, 6, 29)


def test_a_day_pasted_twice_without_a_blank() -> None:
    report = from_text(f"Envoy sworn in\nBy Ada Lind\nPublished On 3 May 20223 May 2022\n\n{BODY}\n")
    assert (report.author, report.published) == ("Ada Lind", date(2022, 5, 3))


def test_day_and_source_on_one_labelled_line() -> None:
    report = from_text(f"Envoy sworn in\n\nSource: Wire | 2014-03-05 20:11 | Editor: Lu\n\n{BODY}\n")
    assert (report.source, report.published) == ("Wire", date(2014, 3, 5))
    assert from_text(f"Gas war\nHandbook · Entry revised 5 March 2014\n\n{BODY}").published == date(
        2014, 3, 5
    )


def test_headline_below_the_name_of_who_issues_and_above_a_second_one() -> None:
    deck = "Minister Should Publish the List of Those Held Since the Strike"
    report = from_text(f"RIGHTS NETWORK\nPress release\n\nEnd the Secret Trials\n{deck}\n\n{BODY}\n")
    assert report.title == "End the Secret Trials"


@pytest.mark.parametrize(
    ("line", "writers"),
    [
        ("By Ada Lind (Vienna) and Tom Roe (Bonn)", "Ada Lind and Tom Roe"),
        ("By Ada Lind in Vienna and Tom Roe in Bonn", "Ada Lind and Tom Roe"),
        ("by Ada Lind with Tom Roe in Bonn", "Ada Lind with Tom Roe"),
        ("Ada Lind in Vienna", "Ada Lind"),
        ("From Ada Lind, Vienna", "Ada Lind"),
        ("VIENNA | By Ada Lind and Tom Roe", "Ada Lind and Tom Roe"),
        ("Ada Lind and Tom Roe | The Courier", "Ada Lind and Tom Roe"),
        ("A. Lind, Tom Roe | The Courier", "A. Lind, Tom Roe"),
        ("By foreign affairs reporter Ada Lind in Vienna", "Ada Lind"),
        ("Ada Lind, Vienna\n3 June 2014, 17:45", "Ada Lind"),
    ],
)
def test_writers_stand_with_their_towns(line: str, writers: str) -> None:
    assert from_text(f"Envoy sworn in\n\n{line}\n\n{BODY}\n").author == writers


def test_towns_and_newspaper_on_a_line_of_their_own() -> None:
    report = from_text(f"Envoy sworn in\n\nVIENNA / BONN - The Courier with wire dispatches\n\n{BODY}\n")
    assert at(report, report.dateline) == "VIENNA / BONN - The Courier with wire dispatches"
    assert at(report, report.dateline_place) == "VIENNA / BONN"


def test_release_label_with_its_town_and_day() -> None:
    report = from_text(f"GAS NETWORK\nPress statement - Vienna, 12 March 2004\n\nDeal is unfair\n\n{BODY}\n")
    assert (report.title, report.published) == ("Deal is unfair", date(2004, 3, 12))
    assert marked(report) == ["Press statement - Vienna, 12 March 2004"]
    bare = from_text(f"News release | Vienna / Bonn\n\nDeal is unfair\n\n(12 March 2004) – {BODY}\n")
    assert (at(bare, bare.dateline), bare.published) == ("(12 March 2004) –", date(2004, 3, 12))


@pytest.mark.parametrize(
    "line",
    [
        "BC-Austria-Gas, 2nd Ld-Writethru,0420",
        "Staff Reporter, Vienna",
        "Special to The Courier",
        "From our own correspondent in Vienna",
        "The envoy leaves the palace on Monday. — Photo by Ada Lind",
    ],
)
def test_lines_of_the_head_that_tell_nothing(line: str) -> None:
    assert marked(from_text(f"Envoy sworn in\n{line}\n\nVIENNA (CNS) - {BODY}\n")) == [line]


def test_capitals_in_brackets_are_an_agency() -> None:
    report = from_text(f"Envoy sworn in\n\n(CNS) - {BODY}\n")
    assert (report.agency, report.dateline_place) == ("CNS", None)


def test_each_writer_on_a_line_of_their_own_below_a_masthead() -> None:
    report = from_text(f"WORLD NEWS\nMinister receives the new envoy\n\nBy ADA LIND\nBy TOM ROE\n\n{BODY}\n")
    assert (report.title, report.author) == ("Minister receives the new envoy", "ADA LIND, TOM ROE")


def test_a_writer_signs_below_the_report() -> None:
    assert from_text(f"Envoy sworn in\n\n{BODY}\n\n{BODY}\n\nBy Ada Lind in Vienna\n").author == "Ada Lind"


def test_headline_below_the_dateline_of_a_press_release() -> None:
    report = from_text(f"Press Release\nLIMA, 12 June 1998\n\nMINISTER RECEIVES ENVOY\n\n{BODY}\n")
    assert (report.title, report.published) == ("MINISTER RECEIVES ENVOY", date(1998, 6, 12))
    assert marked(report) == ["Press Release"]


def test_what_stands_below_the_end_of_a_press_release() -> None:
    report = from_text(f"{BODY}\n\n{BODY}\n\n{BODY}\n\nENDS\n\nMaria Lopez is in Lima until Friday.\n")
    assert marked(report) == ["ENDS", "Maria Lopez is in Lima until Friday."]


def test_a_town_leads_a_paragraph_where_nobody_is_made_to_speak_so() -> None:
    assert at(*_place(f"Towns fall\n\nColombo: {BODY}\n")) == "Colombo"
    assert at(*_place(f"Towns fall\n\nNairobi – {BODY}\n")) == "Nairobi"
    assert at(*_place(f"A talk\n\nLind: {BODY}\n\nHost: {BODY}\n\nLind: {BODY}\n")) is None


def _place(text: str) -> tuple[Report, Span | None]:
    report = from_text(text)
    return report, report.dateline_place


def test_labelled_lines_at_the_top() -> None:
    text = f"Title: Two presidents agree\nSource: The Paper\nDate: 7 May 2015\nURL: https://paper.example/1\n\n{BODY}"
    report = from_text(text)
    assert (report.title, report.source) == ("Two presidents agree", "The Paper")
    assert report.published == date(2015, 5, 7)
    assert report.url == "https://paper.example/1"
    assert marked(report) == ["Source: The Paper", "URL: https://paper.example/1"]


def test_what_is_given_wins_over_what_the_text_says() -> None:
    text = f"By Ada Lind\n7 May 2015\n\n{BODY}"
    report = from_text(text, published="2016-01-02", author="Wire desk")
    assert (report.published, report.author) == (date(2016, 1, 2), "Wire desk")


def test_a_writer_with_a_role_needs_no_by() -> None:
    report = from_text(f"Two presidents agree\n\nAda Lind, staff reporter\n7. 5. 2015 | 19:05\n\n{BODY}")
    assert (report.author, report.published) == ("Ada Lind", date(2015, 5, 7))
    assert at(report, report.byline) == "Ada Lind, staff reporter"


def test_prose_at_the_top_is_no_headline() -> None:
    assert from_text(f"{BODY}\n\n{BODY}").headline is None
    wrapped = "The presidents of the two countries met in the\ncapital on Wednesday and signed an agreement."
    assert from_text(wrapped).headline is None


def test_pasted_forum_post() -> None:
    head = "QUILL~7 Posted May 7, 2015 Posted May 7, 2015"
    text = f"{head} {BODY} He left on Friday. 3\nRecommended Posts\nJoin the conversation\nSign in"
    report = from_text(text)
    assert marked(report) == [head, "3", "Recommended Posts", "Join the conversation", "Sign in"]
    assert (report.author, report.published) == ("QUILL~7", date(2015, 5, 7))
    assert at(report, report.byline) == "QUILL~7"


@pytest.mark.parametrize(
    "head",
    [
        "Posted May 7, 2015 at 3:45 PM",
        "by quill » Thu May 07, 2015 9:12 am",
        "Posted by quill on May 7, 2015",
    ],
)
def test_forum_heads_on_their_own_line(head: str) -> None:
    report = from_text(f"{head}\n{BODY}")
    assert report.published == date(2015, 5, 7)
    assert marked(report) == [head]


def test_reply_below_does_not_name_the_author() -> None:
    lines = "\n\n".join([BODY] * 12)
    report = from_text(f"{lines}\n\nquill Posted May 7, 2015 I do not believe it.")
    assert report.author is None
    assert report.published is None


def test_prose_about_posting_is_no_head() -> None:
    text = "Posted May 7, 2015, the notice tells the guests of the summit to leave. The minister agreed."
    assert from_text(text).furniture == ()
    assert from_text("The minister posted May 7, 2015 A message to the nation.").furniture == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  \n ", "no text in it"),
        ("El presidente viajó a la capital el lunes para firmar el acuerdo con su vecino.", "Spanish"),
        ("Путин встретился с президентом соседней страны в понедельник.", "Russian"),
        ("half a character \ud800", "lone surrogate"),
    ],
)
def test_refusals_say_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(IntakeError, match=message) as refused:
        from_text(text, origin="a.txt")
    assert str(refused.value).startswith("a.txt: ")
    assert refused.value.remedy


def test_too_long_and_unknown_date() -> None:
    with pytest.raises(IntakeError, match="more than the 50 allowed"):
        from_text(BODY, max_bytes=50)
    with pytest.raises(IntakeError, match="unknown date"):
        from_text(BODY, published="last Tuesday")
    with pytest.raises(IntakeError, match="unknown date"):
        from_text(BODY, published="05/06/2015")


@pytest.mark.parametrize("text", ["Xi meets Putin", "1,234", "Vladimir Petrov met Joko Santoso in Jakarta"])
def test_short_texts_count_as_english(text: str) -> None:
    assert from_text(text).language == "en"


@pytest.mark.parametrize(
    "issue",
    [
        "Situation Report No. 12 (as of 9 May 2016)",
        "Weekly Bulletin No. 4 (3 - 9 May 2016)",
        "Period covered: 3 to 9 May 2016",
    ],
)
def test_a_periodical_says_its_days(issue: str) -> None:
    assert str(from_text(f"SOUTH SUDAN\n{issue}\n\n{BODY}").published) == "2016-05-09"


def test_a_writer_and_his_town_stand_beside_a_stroke() -> None:
    report = from_text(
        "A deal in Vienna\n\nBy Ada Lind / Vienna\n\nIran and the powers signed an accord on Tuesday.\n"
    )
    assert report.author == "Ada Lind"
