"""Corrections by readers: kept beside the coder's record, with who and when, and good for gold and training."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import yaml
from desk_sample import Fake, ambush, form_token
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from polybius.errors import RecordError
from polybius.ontology import Ontology
from polybius.scoring import score
from polybius.store import Store
from polybius.web import create_app
from polybius.web.corrections import agreement, decide, history, queue, standing
from polybius.web.gold import anchor, gold_table, marked, training_lines
from polybius.web.mended import mended

COAST = ambush("Coast", "12")
E1, E2 = COAST.events


def _given(**changes: Any) -> dict[str, Any]:
    """What the form holds for the first event, with changes."""
    return {
        "words": "killed", "type": "ASSAULT", "mode": "firearms", "start": "2021-03-01", "end": "2021-03-01",
        "place": "p1", "said_by": "a3", "actors": ["a1"], "recipients": ["a2"], "auxiliary": [],
        "contexts": ["military"], **changes,
    }  # fmt: skip


def _enter(client: TestClient, name: str = "Ada") -> str:
    token = form_token(client, "/code")
    assert client.post("/review/reader", data={"form_token": token, "name": name}).status_code == 200
    return token


def test_the_most_doubtful_events_come_first(store: Store) -> None:
    assert [confidence for _, _, confidence in queue(store, "Ada")] == [0.3, 0.3, 0.6, 0.8, 0.9]


def test_a_judged_event_leaves_the_readers_own_queue_only(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e2")
    assert (COAST.document.id, "e2") not in [(r, e) for r, e, _ in queue(store, "Ada")]
    assert (COAST.document.id, "e2") in [(r, e) for r, e, _ in queue(store, "Bo")]
    assert [(r, e) for r, e, _ in queue(store, "Bo", second=True)] == [(COAST.document.id, "e2")]


def test_a_correction_never_changes_the_coders_record(store: Store) -> None:
    fixed = mended(COAST, _given(type="COERCE", mode="", recipients=["a4"]), E1, Ontology.load())
    decide(store, COAST, "fix", "Ada", target="e1", becomes=fixed, note="not a killing")
    assert store.record(COAST.document.id) == COAST
    (kept,) = standing(store, COAST.document.id)["e1"]
    assert (kept.reader, kept.action, kept.note) == ("Ada", "fix", "not a killing")
    assert kept.was is not None
    assert kept.becomes is not None
    assert (kept.was["event"]["type"], kept.becomes["event"]["type"]) == ("ASSAULT", "COERCE")
    assert kept.becomes["actors"]["a4"]["name"] == "Mali"


def test_a_correction_survives_a_restart(url: str) -> None:
    with Store.open(url) as store, TestClient(create_app(store, load=Fake)) as client:
        token = _enter(client)
        answer = client.post(
            f"/review/{COAST.document.id}/e2",
            data={"form_token": token, "action": "reject", "note": "only words"},
        )
        assert answer.status_code == 200
    with Store.open(url) as store, TestClient(create_app(store, load=Fake)) as client:
        row = LexborHTMLParser(client.get("/review/history").text).css_first("tbody tr")
        assert row is not None
        assert all(word in row.text() for word in ("Ada", "reject", "only words", "THREATEN"))


def test_a_later_decision_of_the_same_reader_stands_and_both_are_history(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    decide(store, COAST, "reject", "Ada", target="e1")
    assert [one.action for one in standing(store, COAST.document.id)["e1"]] == ["reject"]
    assert [(one.action, one.stands) for one in history(store)] == [("reject", True), ("accept", False)]


def test_a_decision_is_taken_back(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    decide(store, COAST, "withdraw", "Ada", target="e1")
    assert standing(store, COAST.document.id) == {}
    assert len(history(store)) == 2
    assert (COAST.document.id, "e1") in [(r, e) for r, e, _ in queue(store, "Ada")]


def test_a_record_coded_anew_is_judged_anew_and_the_history_stays(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    store.save(COAST.model_copy(update={"coder": {"polybius": "9"}}))
    assert standing(store, COAST.document.id) == {}
    assert (COAST.document.id, "e1") in [(r, e) for r, e, _ in queue(store, "Ada")]
    assert len(history(store)) == 1


def test_agreement_of_two_readers(store: Store) -> None:
    other = store.record(next(r for r, _, _ in queue(store, "x") if r != COAST.document.id))
    assert other is not None
    assert agreement(store).kappa is None
    for record, event, ada, bo in (
        (COAST, "e1", "accept", "accept"), (COAST, "e2", "reject", "reject"),
        (other, "e1", "accept", "reject"), (other, "e2", "reject", "reject"),
    ):  # fmt: skip
        decide(store, record, ada, "Ada", target=event)  # type: ignore[arg-type]
        decide(store, record, bo, "Bo", target=event)  # type: ignore[arg-type]
    found = agreement(store)
    assert (found.events, found.agreed, found.kappa) == (4, 3, 0.5)


def test_an_unknown_event_or_report_is_refused(store: Store) -> None:
    with pytest.raises(RecordError, match="no such event"):
        decide(store, COAST, "accept", "Ada", target="e9")
    with pytest.raises(RecordError, match="not in the store"):
        decide(store, ambush("Sea", "99"), "accept", "Ada", target="e1")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"type": "DANCE"}, "no type"),
        ({"mode": "visit"}, "no mode"),
        ({"actors": ["a77"]}, "no such actor"),
        ({"said_by": "a77"}, "who says so"),
        ({"place": "p9"}, "no such place"),
        ({"recipients": []}, "done to"),
        ({"contexts": ["cooking"]}, "no context"),
        ({"words": "nowhere in it"}, "0 times"),
        ({"words": "on"}, "times"),
        ({"words": ""}, "no words"),
        ({"start": "monday"}, "not a day"),
        ({"start": "2021-03-02", "end": "2021-03-01"}, "before it starts"),
        ({"start": "", "end": "2021-03-01"}, "end without a start"),
        ({"auxiliary": ["maybe"]}, "not an event"),
    ],
)
def test_a_form_that_makes_no_event_is_refused(changes: dict[str, Any], why: str) -> None:
    given = _given(**({"type": "SANCTION", "mode": ""} if "recipients" in changes else {}) | changes)
    with pytest.raises(RecordError, match=why):
        mended(COAST, given, E1, Ontology.load())


def test_the_codes_follow_the_type() -> None:
    ontology = Ontology.load()
    event = mended(COAST, _given(type="CONSULT", mode="visit"), E1, ontology)
    assert (event.quad, event.cameo) == (1, "042")
    assert event.evidence.actors == E1.evidence.actors
    assert mended(COAST, _given(actors=["a4"]), E1, ontology).evidence.actors == ()


def test_an_event_is_added_and_told_in_the_gold_table(client: TestClient, store: Store) -> None:
    token = _enter(client)
    given = _given(words="an ally of", type="SUPPORT", mode="", actors=["a4"], recipients=["a5"], said_by="")
    path = f"/review/{COAST.document.id}"
    answer = client.post(f"{path}/new", data={"form_token": token, "action": "add", **given})
    assert answer.status_code == 200
    assert str(answer.url.path) == f"/reports/{COAST.document.id}"
    table = yaml.safe_load(client.get(f"{path}/gold.yaml").text)
    (event,) = table["events"]
    assert (event["at"], event["type"], event["actors"]) == ("an ally of", "SUPPORT", ["a4"])
    assert {actor["name"] for actor in table["actors"]} == {"Mali", "France"}


def test_a_bad_form_comes_back_with_its_reason(client: TestClient) -> None:
    token = _enter(client)
    given = _given(words="on", type="COERCE", mode="")
    path = f"/review/{COAST.document.id}/e1"
    answer = client.post(path, data={"form_token": token, "action": "fix", **given})
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.text)
    assert "times" in page.css_first(".problem").text()  # type: ignore[union-attr]
    assert page.css_first('select[name="type"] option[selected]').text() == "COERCE"  # type: ignore[union-attr]


def test_nobody_judges_without_a_name(client: TestClient) -> None:
    token = form_token(client)
    path = f"/review/{COAST.document.id}/e1"
    assert client.post(path, data={"form_token": token, "action": "accept"}).status_code == 422
    assert client.post("/review/reader", data={"form_token": token, "name": "<b>x</b>"}).status_code == 422
    assert "who are you" in client.get("/review").text


def test_a_gold_table_of_what_was_accepted_is_fulfilled_by_the_record(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    decide(store, COAST, "reject", "Ada", target="e2")
    decisions = [one for by in standing(store, COAST.document.id).values() for one in by]
    text = gold_table(COAST, decisions)
    assert "0 events were not judged" in text
    table = yaml.safe_load(text)
    assert [event["at"] for event in table["events"]] == ["killed"]
    row = score(COAST.model_dump(mode="json"), table).rows()["events"]
    assert (row.gold, row.full) == (1, 1)


def test_gold_tables_come_in_an_archive_with_their_texts(client: TestClient, store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    with zipfile.ZipFile(io.BytesIO(client.get("/review/gold.zip").content)) as archive:
        names = archive.namelist()
        assert names == [f"{COAST.document.id}.txt", f"{COAST.document.id}.gold.yaml"]
        assert archive.read(names[0]).decode() == COAST.document.text


def test_training_lines_are_those_of_the_corpus(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", target="e1")
    decisions = [one for by in standing(store, COAST.document.id).values() for one in by]
    lines = list(training_lines([(COAST, decisions)]))
    assert lines[0] == "type\tmode\tauxiliary\tsource\ttext\n"
    assert lines[1:] == [
        f"ASSAULT\tfirearms\t\treview-{COAST.document.id}\t{{a|Rebels}} {{t|killed}} 12 {{r|soldiers}} near Gao "
        "on Monday, General Keita told state radio.\n"
    ]


def test_a_rejected_event_becomes_a_line_of_none(store: Store) -> None:
    decide(store, COAST, "reject", "Ada", target="e1")
    decisions = [one for by in standing(store, COAST.document.id).values() for one in by]
    assert list(training_lines([(COAST, decisions)]))[1].startswith("none\t\t\t")


def test_a_sentence_with_braces_is_not_marked() -> None:
    text = COAST.document.text.replace("Gao", "{Gao")
    record = COAST.model_copy(update={"document": COAST.document.model_copy(update={"text": text})})
    assert marked(COAST, E1.model_dump()) is not None
    assert marked(record, E1.model_dump()) is None


@pytest.mark.parametrize(
    ("text", "span", "at"),
    [
        ("Rebels attacked. Rebels fled.", (0, 6), "Rebels attacked."),
        ("They met. Then they met", (20, 23), "they met"),
        ("one only", (0, 3), "one"),
    ],
)
def test_an_anchor_occurs_once(text: str, span: tuple[int, int], at: str) -> None:
    assert anchor(text, span) == at
    assert text.count(at) == 1
