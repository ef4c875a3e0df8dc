"""Nothing leaves polybius that does not hold together."""

from __future__ import annotations

from typing import Any

import pytest

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.record import Actor, Document, Event, Mention, Record, check, problems

TEXT = "France expelled two diplomats. Share this."


def record(**changes: Any) -> Record:
    event: dict[str, Any] = {
        "id": "e1",
        "span": (0, 29),
        "type": "SANCTION",
        "mode": "expel",
        "actors": ("a1",),
        "quad": 4,
        "intensity": -5.5,
        "confidence": 0.7,
    }
    event.update({k: v for k, v in changes.items() if k in Event.model_fields})
    mention = changes.get("mention", (0, 6))
    return Record(
        document=Document(id="x", text=TEXT, furniture=((31, 42),)),
        actors=(Actor(id="a1", name="France", kind="state", country="FRA", sector=changes.get("sector")),),
        mentions=(Mention(span=mention, actor="a1", kind="name"),),
        events=(Event(**event),),
    )


def test_a_sound_record_passes() -> None:
    sound = record()
    assert check(sound, Ontology.load()) is sound


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"span": (0, 900)}, "outside the text"),
        ({"mention": (32, 36)}, "furniture"),
        ({"type": "GREET"}, "unknown type"),
        ({"mode": "riot"}, "does not have"),
        ({"contexts": ("gossip",)}, "unknown context"),
        ({"actors": ("a9",)}, "not there"),
        ({"quad": 1}, "quad"),
        ({"sector": "XXX"}, "unknown sector"),
    ],
)
def test_a_broken_record_is_refused(changes: dict[str, Any], complaint: str) -> None:
    broken = record(**changes)
    assert any(complaint in problem for problem in problems(broken, Ontology.load()))
    with pytest.raises(RecordError):
        check(broken, Ontology.load())


def test_a_record_survives_its_json() -> None:
    sound = record()
    assert Record.model_validate_json(sound.model_dump_json()) == sound
