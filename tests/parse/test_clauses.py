"""Each clause is read once, with what grammar moves about put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from polybius.parse import Clause, Parsed, read_nominal


def clause_of(parsed: Parsed, lemma: str) -> Clause:
    return next(c for c in parsed.clauses if c.lemma == lemma)


def words(clause: Clause, place: str) -> list[str]:
    return [token.text for token in clause.arguments.get(place, ())]


@pytest.mark.parametrize(
    ("sentence", "lemma", "place", "expected"),
    [
        ("The minister was shot by gunmen on Monday.", "shoot", "subj", ["gunmen"]),
        ("The minister was shot by gunmen on Monday.", "shoot", "obj", ["minister"]),
        ("The convoy, attacked by rebels, was carrying food.", "attack", "obj", ["convoy"]),
        ("Soldiers who had mutinied took the airport.", "mutiny", "subj", ["Soldiers"]),
        ("The aid Washington promised has not arrived.", "promise", "obj", ["aid"]),
        ("He ordered the army to leave the city.", "leave", "subj", ["army"]),
        ("The president vowed to punish the rebels.", "punish", "subj", ["president"]),
        ("France and Germany urged both sides to talk.", "urge", "subj", ["France", "Germany"]),
        ("Police beat and arrested protesters in Minsk.", "beat", "obj", ["protesters"]),
        ("Police beat and arrested protesters in Minsk.", "arrest", "subj", ["Police"]),
        ("The United States gave Ukraine 31 tanks.", "give", "iobj", ["Ukraine"]),
        ("Protesters clashed with police in Lima.", "clash", "with", ["police"]),
        ("It was Nigeria that expelled the consul.", "expel", "subj", ["Nigeria"]),
        ("The court cited Castro for contempt and had him detained.", "detain", "subj", ["court"]),
        ("Peru ordered four diplomats to leave and recalled Ambassador Soto.", "recall", "subj", ["Peru"]),
        (
            "Amnesty accused Greek officers of beating refugees and of taking their phones.",
            "beat",
            "subj",
            ["officers"],
        ),
        ("Its minister, Jan Novak, and his guest had signed a pact.", "sign", "subj", ["minister", "guest"]),
        ("The judge barred him, his son and 15 others from leaving.", "bar", "obj", ["him", "son", "others"]),
        ("Two ministers had their passports confiscated.", "confiscate", "obj", ["passports", "ministers"]),
        ("He was convicted in 2012 and freed two years later.", "free", "obj", ["He"]),
        ("Washington does supply fuel and missiles, an official conceded.", "supply", "subj", ["Washington"]),
    ],
)
def test_arguments(
    parse: Callable[[str], Parsed], sentence: str, lemma: str, place: str, expected: list[str]
) -> None:
    assert words(clause_of(parse(sentence), lemma), place) == expected


@pytest.mark.parametrize(
    ("sentence", "lemma", "tense"),
    [
        ("Maduro will visit Moscow and sign a deal.", "sign", "future"),
        ("The envoy is going to meet the rebels.", "go", "future"),
        ("The army has shelled the town.", "shell", "past"),
        ("The two states share a border.", "share", "present"),
    ],
)
def test_tense(parse: Callable[[str], Parsed], sentence: str, lemma: str, tense: str) -> None:
    assert clause_of(parse(sentence), lemma).tense == tense


@pytest.mark.parametrize(
    ("sentence", "lemma", "negated"),
    [
        ("No agreement was signed by the two leaders.", "sign", True),
        ("The army never left the city.", "leave", True),
        ("The king did not only visit Rome.", "visit", False),
        ("He left without signing the treaty.", "sign", True),
        ("The army left the city.", "leave", False),
    ],
)
def test_negation(parse: Callable[[str], Parsed], sentence: str, lemma: str, negated: bool) -> None:
    assert (clause_of(parse(sentence), lemma).negation is not None) is negated


def test_condition_and_modal(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("If Iran attacks, Israel may respond.")
    attack, respond = clause_of(parsed, "attack"), clause_of(parsed, "respond")
    assert attack.mark is not None
    assert attack.mark.text == "If"
    assert respond.modal is not None
    assert respond.modal.text == "may"


def test_a_noun_has_arguments_too(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("Moscow's annexation of Crimea was condemned by the European Union.")
    noun = next(t for t in parsed.doc if t.text == "annexation")
    nominal = read_nominal(noun, parsed.clause_around(noun))
    assert [t.text for t in nominal.args("poss")] == ["Moscow"]
    assert [t.text for t in nominal.args("of")] == ["Crimea"]
    assert nominal.place == "obj"
