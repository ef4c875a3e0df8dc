"""PLOVER 2.0 as the manual has it, with its contradictions decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from polybius.errors import KnowledgeError
from polybius.ontology import Ontology


@pytest.fixture
def plover() -> Ontology:
    return Ontology.load()


def test_the_whole_manual_is_there(plover: Ontology) -> None:
    assert len(plover.types) == 16
    assert sum(len(t.modes) for t in plover.types.values()) == 67
    assert len(plover.contexts) == 37
    assert len(plover.sectors) == 32


def test_what_the_manual_leaves_open_is_decided(plover: Ontology) -> None:
    assert plover.score("ACCUSE", None) == -3
    assert plover.quad("SANCTION") == 4
    assert plover.score("PROTEST", "vandalize") == plover.score("PROTEST", None)


@pytest.mark.parametrize(
    ("type_", "mode", "auxiliary", "expected"),
    [
        ("CONSULT", "visit", "future", ("AGREE", None)),
        ("RETREAT", "withdraw", "future", ("CONCEDE", None)),
        ("ASSAULT", "aerial", "future", ("THREATEN", "violence")),
        ("SANCTION", "expel", "future", ("THREATEN", "expel")),
        ("COOPERATE", None, "negated future", ("REJECT", "assist")),
        ("ASSAULT", "aerial", "negation", None),
    ],
)
def test_no_type_is_coded_with_an_auxiliary_that_one_type_says(
    plover: Ontology, type_: str, mode: str | None, auxiliary: str, expected: tuple[str, str | None] | None
) -> None:
    assert plover.reduce(type_, mode, auxiliary) == expected


def test_cameo_codes_are_text(plover: Ontology) -> None:
    for name, event_type in plover.types.items():
        assert event_type.cameo.isdigit(), name
        assert all(mode.cameo.isdigit() and len(mode.cameo) >= 3 for mode in event_type.modes.values()), name


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("types: [1, 2]")
    with pytest.raises(KnowledgeError, match=r"mine\.yaml"):
        Ontology.load(broken)
