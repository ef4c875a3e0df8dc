"""The shipped model answers, whatever is marked; its answers are well formed and the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from polybius.coder import Coder
from polybius.errors import IntakeError, SettingsError
from polybius.relations import Model, Pair
from polybius.relations.marked import read_marked, unmark

# Sentences written for this test; they are in no corpus.
CLEAR = [
    ("<s>Norway</s> expelled <t>two Iranian diplomats</t> on Friday.", "SANCTION"),
    ("<s>Rebels</s> shelled <t>the garrison</t> overnight, killing four soldiers.", "ASSAULT"),
    ("<s>The foreign minister</s> condemned <t>Belarus</t> for the jailing of journalists.", "ACCUSE"),
    (
        "<s>The president of Ghana</s> flew to Lagos for talks with <t>his Nigerian counterpart</t>.",
        "CONSULT",
    ),
    ("<s>Thousands of farmers</s> marched on <t>the ministry</t> with tractors.", "PROTEST"),
    ("<s>Police</s> arrested <t>eleven students</t> at the rally.", "COERCE"),
    ("<s>Japan</s> sent tents and doctors to <t>Turkey</t> after the earthquake.", "AID"),
]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


@pytest.mark.parametrize(("marked", "type_"), CLEAR)
def test_clear_sentences(model: Model, marked: str, type_: str) -> None:
    assert model.judge([unmark(marked)])[0].type == type_


def test_a_sentence_is_read_the_same_alone_and_in_a_batch(model: Model) -> None:
    pairs = [unmark(marked) for marked, _ in CLEAR]
    together = model.judge(pairs)
    alone = [model.judge([pair])[0] for pair in pairs]
    assert [t.type for t in together] == [a.type for a in alone]


def test_any_span_may_be_missing(model: Model) -> None:
    text = "Gunmen kidnapped a priest."
    for pair in (Pair(text), Pair(text, (0, 6)), Pair(text, None, (17, 25)), Pair(text, None, None, (7, 16))):
        judgement = model.judge([pair])[0]
        assert sum(judgement.types.values()) == pytest.approx(1, abs=1e-3)


def test_nothing_asked_nothing_answered(model: Model) -> None:
    assert model.judge([]) == []


def test_relations_carry_the_quad(coder: Coder) -> None:
    pair = unmark(CLEAR[0][0])
    relation = coder.relate([(pair.text, pair.actor, pair.recipient)])[0]
    assert (relation.type, relation.quad) == ("SANCTION", 4)
    assert 0 < relation.confidence <= 1


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=tmp_path.name):
        Model(tmp_path)


def test_marks_become_spans() -> None:
    pair = unmark("In Oslo <s>the envoy</s> met <t>the rebels</t>.")
    assert pair.text == "In Oslo the envoy met the rebels."
    assert pair.actor is not None
    assert pair.text[slice(*pair.actor)] == "the envoy"


@pytest.mark.parametrize("broken", ["<s>Oslo met", "Oslo</t> met"])
def test_a_broken_mark_is_refused(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(f"marked_sentence\n{broken}\n")
    with pytest.raises(IntakeError, match="line 2"):
        list(read_marked(path))


def test_a_file_without_the_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("text\nx\n")
    with pytest.raises(IntakeError, match="marked_sentence"):
        list(read_marked(path))


def test_the_threads_change_no_answer(model: Model) -> None:
    pairs = [Pair(f"France expelled {n} Russian diplomats.", (0, 6), None) for n in range(2, 40)]
    assert Model(model.folder, threads=1).judge(pairs) == Model(model.folder, threads=3).judge(pairs)
