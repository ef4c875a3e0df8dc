"""A user's own labels are learnt from a few examples, the same each time, and used like the shipped ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polybius.errors import SettingsError
from polybius.relations import Model, Pair
from polybius.relations.own import Lesson, read_lessons, teach

HELP = [
    "Norway sent blankets to Turkey.",
    "Qatar gave Sudan ten ambulances.",
    "Rome shipped flour to Beirut.",
]
HARM = ["Rebels shelled the garrison.", "Gunmen shot two guards in Quetta.", "The army bombed the village."]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    lessons = [Lesson(Pair(t), "help") for t in HELP] + [Lesson(Pair(t), "harm") for t in HARM]
    assert teach(lessons, Model.load(), out) == {"help": 3, "harm": 3}
    return out


def test_new_labels_are_learnt(taught: Path) -> None:
    model = Model(taught)
    unseen = [
        "Cuba sent doctors and medicine to Haiti.",
        "Militants attacked the convoy and killed a driver.",
    ]
    assert [j.type for j in model.judge([Pair(t) for t in unseen])] == ["help", "harm"]


def test_the_same_examples_give_the_same_model(taught: Path, tmp_path: Path) -> None:
    lessons = [Lesson(Pair(t), "help") for t in HELP] + [Lesson(Pair(t), "harm") for t in HARM]
    teach(lessons, Model.load(), tmp_path / "again")
    assert Model(tmp_path / "again").judge([Pair(HELP[0])]) == Model(taught).judge([Pair(HELP[0])])


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="too few"):
        teach([Lesson(Pair("x"), "help")], Model.load(), tmp_path)


def test_lessons_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps({"text": "Oslo met Rome.", "type": "TALK", "actor": [0, 4]}) + "\n")
    assert read_lessons(path) == [Lesson(Pair("Oslo met Rome.", (0, 4)), "TALK")]


@pytest.mark.parametrize("line", ['{"text": "x"}', "not json", '{"text": "x", "type": "A", "actor": [0, 9]}'])
def test_a_malformed_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(SettingsError, match="line 1"):
        read_lessons(path)
