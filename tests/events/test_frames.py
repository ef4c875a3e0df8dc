"""The word lists can be read, every row of them, and code nothing the ontology does not have."""

from __future__ import annotations

from polybius.events import Frames
from polybius.ontology import Ontology


def test_every_row_is_a_frame_with_known_codes() -> None:
    frames, plover = Frames.load(), Ontology.load()
    rows = [frame for pos, word in frames.words() for frame in frames.of(pos, word)]
    assert len(rows) > 1500
    for frame in rows:
        assert frame.type in plover.types, frame
        assert frame.mode is None or frame.mode in plover.types[frame.type].modes, frame
        assert set(frame.contexts) <= plover.contexts, frame


def test_all_types_and_nearly_all_modes_have_frames() -> None:
    frames, plover = Frames.load(), Ontology.load()
    seen = {(f.type, f.mode) for pos, word in frames.words() for f in frames.of(pos, word)}
    wanted = {(name, mode) for name, type_ in plover.types.items() for mode in type_.modes}
    assert {type_ for type_, _ in seen} == set(plover.types)
    assert len(wanted - seen) <= 2, wanted - seen


def test_the_more_demanding_frame_comes_first() -> None:
    weights = [frame.weight for frame in Frames.load().of("v", "fire")]
    assert weights == sorted(weights, reverse=True)
