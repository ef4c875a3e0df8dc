"""Reports of one happening come together, those of two stay apart: floors on the labelled reports, and single rules."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from measures import Labelled, b_cubed, largest_happenings, main_happenings, pairwise

from polybius.corroboration import AccountKey, Grouper, Memory, happenings, profile_of
from polybius.corroboration.alike import compare
from polybius.record import Record

FLOORS = {"B-cubed": 0.90, "pairwise": 0.85}
"""Reached in the order of publication and six others: B-cubed 0.95 to 1.00 by main claims. The floors leave room for
what a change of the coder does to a single report."""


def grouper_of(records: list[Record]) -> Grouper:
    grouper = Grouper()
    for record in records:
        grouper.add(record)
    return grouper


def gold_of(labelled: Labelled) -> dict[str, str]:
    return {record.document.given_id or "": happening for happening, record in labelled}


def test_the_labelled_set_is_what_it_says(labelled: Labelled) -> None:
    assert len(labelled) >= 40
    assert len({happening for happening, _ in labelled}) >= 10


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_main_happenings(labelled: Labelled, seed: int | None) -> None:
    """In any order of coming in, as the listed happenings tell it, by main claims and by size alone."""
    records = [record for _, record in sorted(labelled, key=lambda item: str(item[1].document.published))]
    if seed is not None:
        random.Random(seed).shuffle(records)
    found = happenings(grouper_of(records).memory)
    gold = gold_of(labelled)
    for read in (main_happenings, largest_happenings):
        groups = read(found, list(gold))
        assert b_cubed(groups, gold) >= FLOORS["B-cubed"], read.__name__
        assert pairwise(groups, gold) >= FLOORS["pairwise"], read.__name__


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mosque", "market"),
        ("antalya", "geneva"),
        ("warsaw", "moscow"),
        ("lagos", "abuja"),
        ("kupwara", "poonch"),
    ],
)
def test_near_misses_stay_apart(labelled: Labelled, grouped: Memory, one: str, other: str) -> None:
    groups = main_happenings(happenings(grouped), list(gold_of(labelled)))
    homes = [
        {groups[report] for report, h in gold_of(labelled).items() if h == wanted} for wanted in (one, other)
    ]
    assert not homes[0] & homes[1]


def test_a_visit_planned_made_and_recalled_is_one(grouped: Memory) -> None:
    visit = next(h for h in happenings(grouped) if any(c.report == "algiers-2" and c.main for c in h.claims))
    assert (visit.type, visit.mode, visit.place) == ("CONSULT", "visit", "Algiers")
    assert {claim.report for claim in visit.claims} == {f"algiers-{n}" for n in range(1, 5)}
    assert {claim.type for claim in visit.claims} >= {"AGREE", "CONSULT"}


def test_every_claim_that_joined_says_why(grouped: Memory) -> None:
    for happening in happenings(grouped):
        by_report = {claim.report: claim for claim in happening.claims}
        explained = [claim for claim in by_report.values() if claim.reasons]
        assert len(explained) >= len(by_report) - 1, "all but the one that began it"


def test_the_listing_begins_with_what_most_voices_tell(grouped: Memory) -> None:
    voices = [happening.voices for happening in happenings(grouped)]
    assert voices == sorted(voices, reverse=True)
    assert voices[0] > 2


def test_few_groups_besides_the_main_ones(labelled: Labelled, grouped: Memory) -> None:
    shared = [h for h in happenings(grouped) if h.reports > 1]
    # Reports of one happening share side events, too (a protest at a visit, a reproach after an expulsion): the more
    # of them the coder finds, the more groups there are; 24 beside 15 labelled on 30 November 2026.
    assert len(shared) <= 1.75 * len({happening for happening, _ in labelled})


BOMB = "Rebels bombed the harbour of Port Sudan at dawn and hit two ferries. {0:g} people were killed, doctors said."
BOMB_AGAIN = "A bomb of the rebels tore two ferries apart in the harbour of Port Sudan. {0:g} people died, police said."
CAFE = (
    "Rebels bombed a cafe in Omdurman's old market after sunset, owners said. {0:g} people were killed there."
)


def test_a_toll_that_rises_is_one_happening(attack: Callable[..., Record]) -> None:
    grouper = grouper_of([attack(BOMB.format(4), killed=4), attack(BOMB_AGAIN.format(11), killed=11)])
    assert len(grouper.memory.members) == 1


def test_another_target_and_hour_is_another_happening(attack: Callable[..., Record]) -> None:
    grouper = grouper_of([attack(BOMB.format(4), killed=4), attack(CAFE.format(9), killed=9)])
    assert len(grouper.memory.members) == 2


def test_the_same_type_a_week_later_is_another_happening(attack: Callable[..., Record]) -> None:
    later = attack(BOMB_AGAIN.format(11), day=date(2021, 10, 22), killed=11)
    assert len(grouper_of([attack(BOMB.format(4), killed=4), later]).memory.members) == 2


def test_a_day_apart_is_one_as_over_midnight(attack: Callable[..., Record]) -> None:
    later = attack(BOMB_AGAIN.format(4), day=date(2021, 10, 16), killed=4)
    assert len(grouper_of([attack(BOMB.format(4), killed=4), later]).memory.members) == 1


def test_added_twice_changes_nothing(labelled: Labelled) -> None:
    records = [record for _, record in labelled[:8]]
    once = grouper_of(records).memory
    twice = grouper_of([*records, records[-1]]).memory
    assert once.members == twice.members
    assert once.reports == {key: value for key, value in twice.reports.items() if value}


def test_removed_leaves_no_trace(labelled: Labelled) -> None:
    records = [record for _, record in labelled[:5]]
    grouper = grouper_of(records)
    for record in records:
        grouper.remove(record.document.id)
    memory = grouper.memory
    assert not memory.members
    assert not memory.profiles
    assert not memory.happening_of
    assert not any(memory.reports.values())


def two_bombings(attack: Callable[..., Record]) -> tuple[Grouper, AccountKey, AccountKey]:
    records = [attack(BOMB.format(4), killed=4), attack(BOMB_AGAIN.format(4), killed=4)]
    one, other = (AccountKey(record.document.id, "e1") for record in records)
    return grouper_of(records), one, other


def test_a_reader_may_part_and_join_again(attack: Callable[..., Record]) -> None:
    grouper, one, other = two_bombings(attack)
    homes = grouper.memory.happening_of
    assert homes[one] == homes[other]
    (parted,) = grouper.part(one, other)
    assert parted.what == "parted"
    assert homes[one] != homes[other]
    grouper.join(one, other)
    assert homes[one] == homes[other]
    assert {o.kind for o in grouper.memory.overrides} == {"join"}


def test_what_a_reader_parted_stays_apart_when_coded_anew(attack: Callable[..., Record]) -> None:
    grouper, one, other = two_bombings(attack)
    grouper.part(one, other)
    grouper.add_profile(grouper.memory.profiles[other.report])
    homes = grouper.memory.happening_of
    assert homes[one] != homes[other]
    (override,) = grouper.memory.overrides
    grouper.forget(override)
    grouper.add_profile(grouper.memory.profiles[other.report])
    assert homes[one] == homes[other], "undone"


def test_what_a_reader_joined_stays_together(attack: Callable[..., Record]) -> None:
    records = [attack(BOMB.format(4), killed=4), attack(CAFE.format(9), killed=9)]
    grouper = grouper_of(records)
    one, other = (AccountKey(record.document.id, "e1") for record in records)
    grouper.join(one, other)
    grouper.add(records[1])
    assert grouper.memory.happening_of[one] == grouper.memory.happening_of[other]


def test_a_report_meets_few_others_however_many_there_are(attack: Callable[..., Record]) -> None:
    """Reports of other days are never compared: what a new one meets does not grow with the store."""
    start = date(2020, 1, 1)
    grouper = grouper_of([attack(BOMB.format(n + 1), day=start + timedelta(days=3 * n)) for n in range(60)])
    from polybius.corroboration.keys import asked_keys

    newest = profile_of(attack(CAFE.format(3), day=start + timedelta(days=90)))
    assert len(grouper.memory.met(asked_keys(newest), 80)) < 5


def test_who_does_it_to_whom_tells_an_answer_from_its_cause(labelled: Labelled) -> None:
    profiles = {record.document.given_id: profile_of(record) for _, record in labelled}
    one, other = profiles["warsaw-1"], profiles["moscow-1"]
    verdict = compare(one, one.accounts[0], other, other.accounts[0])
    assert verdict.margin < 0
    assert "who does it and to whom are exchanged" in verdict.reasons
