"""Copied text and rewritten reports lend a report no voice of its own; two reporters at one place have two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measures import Labelled

from polybius.corroboration import Grouper, Memory, Profile, profile_of
from polybius.corroboration.copies import alike, voice_of
from polybius.record import Record

TEXT = """Rebels attacked the harbour of Port Sudan at dawn on Friday and sank two ferries. The governor said that
eleven
people had died, most of them sailors from Egypt. Soldiers closed the road to the airport and searched every car. "We
heard
four explosions and then the whole quay was burning," said Amna Idris, who sells fish at the gate. The rebels did not
comment. Egypt asked the Sudanese government for an inquiry into the deaths of its citizens."""


@pytest.fixture(scope="module")
def profiles(labelled: Labelled) -> dict[str, Profile]:
    return {record.document.given_id or "": profile_of(record) for _, record in labelled}


def test_a_copy_with_another_head_is_a_copy(profiles: dict[str, Profile]) -> None:
    voice = voice_of(profiles["mosque-4"], profiles["mosque-1"])
    assert voice is not None
    assert (voice.layer, voice.original) == ("copy", profiles["mosque-1"].report)
    assert "the text is the same as mosque-1" in voice.reasons[0]


def test_a_copy_cut_short_is_a_copy(attack: Callable[..., Record]) -> None:
    whole, cut = (
        profile_of(attack(TEXT)),
        profile_of(attack(TEXT[: TEXT.index("Soldiers")] + "More follows.")),
    )
    assert alike(whole, cut) > 0.55
    voice = voice_of(cut, whole)
    assert voice is not None
    assert voice.layer == "copy"


def test_a_rewrite_shares_quotes_and_credits(profiles: dict[str, Profile]) -> None:
    voice = voice_of(profiles["warsaw-3"], profiles["warsaw-1"])
    assert voice is not None
    assert voice.layer == "rewrite"
    assert "one of them credits Vistula Agency" in voice.reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mosque-2", "mosque-1"), ("algiers-3", "algiers-2"), ("antalya-2", "antalya-1"), ("jeddah-2", "jeddah-1"),
        ("kupwara-2", "kupwara-1"), ("warsaw-4", "warsaw-1"), ("arauca-2", "arauca-1"), ("moscow-2", "moscow-1"),
    ],
)  # fmt: skip
def test_reports_of_one_happening_in_their_own_words_are_two_voices(
    profiles: dict[str, Profile], one: str, other: str
) -> None:
    assert voice_of(profiles[one], profiles[other]) is None


def test_a_copy_of_a_copy_has_the_voice_of_the_first(attack: Callable[..., Record]) -> None:
    grouper = Grouper()
    records = [
        attack(TEXT + tail, given_id=f"r{n}") for n, tail in enumerate(("", " (Agency)", " Updated at noon."))
    ]
    for record in records:
        grouper.add(record)
    voices = grouper.memory.voices
    assert {voices[record.document.id].original for record in records} == {records[0].document.id}


def test_copies_and_rewrites_count_once(grouped: Memory) -> None:
    from polybius.corroboration import happenings

    warsaw = next(h for h in happenings(grouped) if any(c.report == "warsaw-1" and c.main for c in h.claims))
    layers = {claim.report: claim.layer for claim in warsaw.claims}
    assert (layers["warsaw-1"], layers["warsaw-2"], layers["warsaw-3"]) == (None, "copy", "rewrite")
    assert warsaw.voices == warsaw.reports - 2


def test_short_texts_are_no_copies_by_chance(attack: Callable[..., Record]) -> None:
    one, other = (
        profile_of(attack("Rebels attacked Port Sudan.")),
        profile_of(attack("Rebels attacked Port Sudan. ")),
    )
    assert one.bands == ()
    assert voice_of(one, other) is None
