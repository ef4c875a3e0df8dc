"""Where nothing happens between states, parties or armies, nearly nothing is coded."""

from __future__ import annotations

from collections.abc import Callable

from gate.floors import GATE, QUIET, Excuse, Floors, Quiet, false_events, rightly_coded
from polybius.record import Record

TEXTS = {path.stem: path.read_text(encoding="utf8") for path in sorted((GATE / "quiet").glob("*.txt"))}


def test_false_events_stay_under_the_ceiling(quiet: Quiet, floors: Floors) -> None:
    ceiling = floors["ceilings"][QUIET]
    told = "".join(f"\n    {name:20} {line}" for name, line in quiet.false)
    assert quiet.per_1000 <= ceiling, f"{quiet.per_1000} false events per 1,000 words, over {ceiling}{told}"


def test_there_are_twenty_texts() -> None:
    assert len(TEXTS) >= 20
    assert all(name[-4:].isdigit() for name in TEXTS), "a text's name ends in its year"


def test_what_is_rightly_coded_is_named_by_words_that_occur_once() -> None:
    for name, excuses in rightly_coded().items():
        for excuse in excuses:
            assert TEXTS[name].count(excuse.words) == 1, f"{name}: {excuse.words!r}"


def test_only_its_words_and_type_excuse_an_event(code: Callable[..., Record]) -> None:
    record = code("France expelled two Russian diplomats on Monday. Germany arrested a Russian spy.")
    assert {event.type for event in record.events} >= {"SANCTION", "COERCE"}
    words = "France expelled two Russian diplomats"
    assert false_events(record, ()) == list(record.events)
    assert false_events(record, [Excuse(words, frozenset({"COERCE"}))]) == list(record.events)
    left = false_events(record, [Excuse(words, frozenset({"SANCTION"}))])
    assert "SANCTION" not in {event.type for event in left}
    assert "COERCE" in {event.type for event in left}
