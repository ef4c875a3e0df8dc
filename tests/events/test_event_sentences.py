"""What single sentences say: type, mode, auxiliaries, who and to whom."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from polybius.record import Event, Record

ROWS = list(
    csv.DictReader(
        (line for line in (Path(__file__).parent / "sentences.tsv").open(encoding="utf8") if line[0] != "#"),
        delimiter="\t",
    )
)


@pytest.mark.parametrize("row", [r for r in ROWS if r["type"] != "-"], ids=lambda r: r["sentence"][:40])
def test_what_a_sentence_says(code: Callable[..., Record], row: dict[str, str]) -> None:
    record = code(row["sentence"])
    names = {actor.id: actor.name for actor in record.actors}

    def answers(event: Event) -> bool:
        wanted = set(filter(None, (row["auxiliary"] or "").split("|")))
        actors = set(filter(None, (row["actors"] or "").split("|")))
        recipients = set(filter(None, (row["recipients"] or "").split("|")))
        return (
            event.type == row["type"]
            and (not row["mode"] or event.mode == row["mode"])
            and wanted == set(event.auxiliary) & {"negation", "hypothetical", *wanted}
            and (not actors or actors == {names[a] for a in event.actors})
            and (not recipients or recipients <= {names[r] for r in event.recipients})
        )

    found = [(e.type, e.mode, e.auxiliary, [names[a] for a in e.actors]) for e in record.events]
    assert any(map(answers, record.events)), found


@pytest.mark.parametrize("sentence", [r["sentence"] for r in ROWS if r["type"] == "-"])
def test_where_nothing_happened(code: Callable[..., Record], sentence: str) -> None:
    assert code(sentence).events == ()


def test_a_claim_keeps_its_claimant(code: Callable[..., Record]) -> None:
    record = code("The Kremlin said Ukrainian troops had shelled a school in Donetsk.")
    names = {actor.id: actor.name for actor in record.actors}
    event = next(e for e in record.events if e.type == "ASSAULT")
    assert event.said_by is not None
    assert names[event.said_by] == "Kremlin"
    assert event.statement is not None


def test_evidence_lies_under_every_participant(code: Callable[..., Record]) -> None:
    record = code("France expelled four Russian diplomats on Monday.")
    event = next(e for e in record.events if e.type == "SANCTION")
    assert [record.words(span) for span in event.evidence.actors] == ["France"]
    assert event.evidence.date is not None
    assert record.words(event.evidence.date) == "Monday"


def test_what_is_not_coded_is_explained(code: Callable[..., Record]) -> None:
    record = code("Ministers feared an attack by rebels on the capital.")
    assert record.omissions
    assert all(o.reason for o in record.omissions)


def test_help_from_abroad_reaches_the_state_a_report_is_about(code: Callable[..., Record]) -> None:
    record = code(
        "An earthquake killed hundreds in Nepal on Saturday. Nepal declared an emergency.\n\n"
        "Pakistan sent four transport planes and 300 tents on Sunday. The Nepalese army cleared the roads."
    )
    names = {actor.id: actor.name for actor in record.actors}
    event = next(e for e in record.events if e.type == "AID")
    assert [names[r] for r in event.recipients] == ["Nepal"]
    assert event.evidence.recipients == ()  # inferred, not said


def test_who_rejects_a_charge_rejects_who_made_it(code: Callable[..., Record]) -> None:
    record = code("Kenya accused Somalia of arming bandits. Mogadishu rejected the charge.")
    names = {actor.id: actor.name for actor in record.actors}
    event = next(e for e in record.events if e.type == "REJECT")
    assert [names[r] for r in event.recipients] == ["Kenya"]


def test_a_deed_nobody_told_of_is_nobodys(code: Callable[..., Record]) -> None:
    record = code("Kenya accused Somalia of arming bandits. Cuba condemned the coup.")
    event = next(e for e in record.events if e.type == "ACCUSE" and e.mode == "disapprove")
    assert event.recipients == ()


def test_what_a_crowd_demands_is_not_done(code: Callable[..., Record]) -> None:
    record = code("Protesters in Tel Aviv demanded that the government agree to a deal with Hamas.")
    assert "AGREE" not in {e.type for e in record.events}


def test_who_criticises_talks_takes_no_part_in_them(code: Callable[..., Record]) -> None:
    record = code("Somaliland criticised the talks between Somalia and Ethiopia in Ankara.")
    names = {actor.id: actor.name for actor in record.actors}
    talking = [names[a] for e in record.events if e.type == "CONSULT" for a in e.actors]
    assert "Somaliland" not in talking


def test_a_vetoed_text_condemns_nobody(code: Callable[..., Record]) -> None:
    record = code("China vetoed a Security Council statement condemning the Burmese army.")
    assert "ACCUSE" not in {e.type for e in record.events}


def test_the_coup_a_report_leads_with_is_whose_it_is(code: Callable[..., Record]) -> None:
    record = code(
        "The army of Myanmar seized power on Monday. Soldiers arrested three ministers.\n\n"
        "Phones were cut. Banks were shut. The European Union condemned the coup."
    )
    names = {actor.id: actor.name for actor in record.actors}
    event = next(e for e in record.events if e.type == "ACCUSE")
    assert [names[r] for r in event.recipients] == ["army"]


@pytest.mark.parametrize(
    ("text", "type_", "actor"),
    [
        (
            "Ranil Silva took office in Colombo three days after his predecessor, Gota Perera, resigned.",
            "RETREAT",
            "Gota Perera",
        ),
        (
            "Russia dispatched a reconnaissance ship to the Adriatic and Foreign Minister Igor Ivanov accused "
            "the alliance of genocide.",
            "ACCUSE",
            "Igor Ivanov",
        ),
    ],
)
def test_a_verb_the_parser_leaves_alone_finds_its_subject(
    code: Callable[..., Record], text: str, type_: str, actor: str
) -> None:
    record = code(text)
    names = {a.id: a.name for a in record.actors}
    assert [actor] in [[names[a] for a in e.actors] for e in record.events if e.type == type_]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The two sides met in Pune, said a statement released by India's foreign ministry.", "RETREAT"),
        ("China and India agreed on Wednesday to cool down the situation.", "CONCEDE"),
        ("Russia had no plans to mediate between India and China.", "AGREE"),
    ],
)
def test_what_only_looks_like_an_event(code: Callable[..., Record], text: str, absent: str) -> None:
    assert absent not in {e.type for e in code(text).events}


def test_a_war_in_a_country_is_not_the_countrys_deed(code: Callable[..., Record]) -> None:
    record = code(
        "The leaders of Serbia and Croatia met in Paris. The war in Bosnia has killed 20,000 people."
    )
    names = {actor.id: actor.name for actor in record.actors}
    killers = [names[a] for e in record.events if e.type == "ASSAULT" for a in e.actors]
    assert killers == []


def test_day_of_a_description_is_not_the_saying_s(code: Callable[..., Record]) -> None:
    record = code(
        "Brazil, which exported steel to the United States in 2016, rejected the proposal.",
        published="2018-02-27",
    )
    event = next(e for e in record.events if e.type == "REJECT")
    assert event.date is None or event.date.start.year == 2018


def test_what_the_present_tells_of_a_later_day_is_to_come(code: Callable[..., Record]) -> None:
    meeting = "The foreign ministers of Chile and Peru meet in Lima on 20 March 2021."
    assert [e.type for e in code(meeting, published="2021-03-18").events] == ["AGREE"]
    assert [e.type for e in code(meeting, published="2021-03-20").events] == ["CONSULT"]


@pytest.mark.parametrize(
    ("sentence", "type_", "day"),
    [
        ("The African Union condemned the coup and suspended Niger on 13 September.", "ACCUSE", "2019-09-13"),
        ("On 13 September he flew to Havana, where Raúl Castro received him.", "CONSULT", "2019-09-13"),
        (
            "Since the first of May 2018, when Bolivia nationalised the gas, Brazil has waited.",
            "COERCE",
            "2018-05-01",
        ),
        (
            "In a letter sent to Brussels on 12 September, Iran accused France of piracy.",
            "ACCUSE",
            "2019-09-12",
        ),
        ("Turkey kept Greek envoys from boarding a ship on 12 September.", "COERCE", "2019-09-12"),
    ],
)
def test_a_day_told_once_holds_for_what_is_told_with_it(
    code: Callable[..., Record], sentence: str, type_: str, day: str
) -> None:
    days = {str(e.date.start) for e in code(sentence).events if e.type == type_ and e.date}
    assert day in days
