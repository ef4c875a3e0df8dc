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
from polybius.web.mended import mended, mended_statement, mended_tie

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
    assert (found.judged, found.agreed, found.kappa) == (4, 3, 0.5)


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
        ({"said_by": "a77"}, "no such actor"),
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
    assert "0 events, 2 statements, 1 ties were not judged" in text
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


S1, S2 = COAST.statements
(T1,) = COAST.ties
SAID = {"words": "We will answer", "speaker": "a3", "via": "", "form": "direct", "start": "", "end": ""}
TIE = {
    "words": "Mali is an ally of France", "kind": "ally", "from_": "a4", "to": "a5", "said_by": "",
    "start": "2013-01-01", "end": "",
}  # fmt: skip


def test_statements_and_ties_wait_to_be_judged_the_latest_report_first(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", kind="tie", target="t1")
    said = queue(store, "Ada", kind="statement")
    assert [id_ for _, id_, _ in said] == ["s1", "s1", "s2", "s1", "s2"]
    assert said[-1][0] == COAST.document.id
    assert len(queue(store, "Ada", kind="tie")) == 1
    assert [(r, t) for r, t, _ in queue(store, "Bo", kind="tie", second=True)] == [(COAST.document.id, "t1")]
    assert queue(store, "Ada", kind="tie", second=True) == []


def test_kinds_are_judged_apart(store: Store) -> None:
    decide(store, COAST, "accept", "Ada", kind="event", target="e1")
    decide(store, COAST, "reject", "Ada", kind="statement", target="s1")
    assert list(standing(store, COAST.document.id)) == ["e1"]
    assert list(standing(store, COAST.document.id, "statement")) == ["s1"]
    with pytest.raises(RecordError, match="no such tie"):
        decide(store, COAST, "accept", "Ada", kind="tie", target="s1")


def test_a_statement_and_a_tie_are_fixed_beside_the_coders(client: TestClient, store: Store) -> None:
    token = _enter(client)
    path = f"/review/{COAST.document.id}"
    for kind, target, given in (
        ("statement", "s2", SAID | {"form": "mixed"}),
        ("tie", "t1", TIE | {"to": ""}),
    ):
        form = {"form_token": token, "action": "fix", "note": "looked up", **given}
        assert client.post(f"{path}/{target}?kind={kind}", data=form).status_code == 200
    assert store.record(COAST.document.id) == COAST
    tie, statement = history(store)
    assert (tie.kind, tie.reader, tie.note) == ("tie", "Ada", "looked up")
    assert tie.was is not None
    assert tie.becomes is not None
    assert (tie.was["tie"]["to"], tie.becomes["tie"]["to"], tie.becomes["tie"]["from"]) == ("a5", None, "a4")
    assert statement.becomes is not None
    assert statement.becomes["statement"]["form"] == "mixed"
    page = client.get("/review/history").text
    assert all(word in page for word in ("fix tie", "fix statement", "looked up"))
    answer = client.post(f"{path}/t1?kind=tie", data={"form_token": token, "action": "withdraw"})
    assert str(answer.url.path) == "/review/history"
    assert standing(store, COAST.document.id, "tie") == {}


def test_what_was_judged_is_told_in_the_gold_table(client: TestClient, store: Store) -> None:
    token = _enter(client)
    path = f"/review/{COAST.document.id}"
    added = {
        "statement": SAID | {"words": "near Gao on", "speaker": ""},
        "tie": TIE | {"words": "General Keita"},
    }
    for kind, given in added.items():
        form = {"form_token": token, "action": "add", **given}
        answer = client.post(f"{path}/new?kind={kind}", data=form)
        assert str(answer.url.path) == f"/reports/{COAST.document.id}"
    decide(store, COAST, "accept", "Ada", kind="statement", target="s1")
    decide(store, COAST, "reject", "Ada", kind="statement", target="s2")
    decide(store, COAST, "accept", "Ada", kind="tie", target="t1")
    text = client.get(f"{path}/gold.yaml").text
    assert "2 events, 0 statements, 0 ties were not judged" in text
    table = yaml.safe_load(text)
    assert [(row["at"], row["speaker"]) for row in table["statements"]] == [
        ("near Gao on", None), ("Rebels killed 12 soldiers near Gao on Monday", "a3"),
    ]  # fmt: skip
    assert [(row["kind"], row["from"], row["to"]) for row in table["ties"]] == [("ally", "a4", "a5")] * 2
    tables = score(COAST.model_dump(mode="json"), table).rows()
    assert (tables["statements"].gold, tables["statements"].full) == (2, 1)
    assert (tables["ties"].gold, tables["ties"].full) == (2, 1)


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        ("statement", {"speaker": "a77"}, "no such actor"),
        ("statement", {"form": "sung"}, "not a statement"),
        ("statement", {"end": "2021-03-01"}, "end without a start"),
        ("statement", {"words": "nowhere in it"}, "0 times"),
        ("tie", {"kind": "cousin"}, "no tie"),
        ("tie", {"from_": ""}, "starts from"),
        ("tie", {"to": "a77"}, "no such actor"),
        ("tie", {"end": "2001-01-01"}, "before it starts"),
    ],
)
def test_a_form_that_makes_no_statement_or_tie_is_refused(
    client: TestClient, kind: str, changes: dict[str, str], why: str
) -> None:
    token = _enter(client)
    given = (SAID if kind == "statement" else TIE) | changes
    form = {"form_token": token, "action": "add", **given}
    answer = client.post(f"/review/{COAST.document.id}/new?kind={kind}", data=form)
    assert answer.status_code == 422
    assert why in answer.text


def test_the_evidence_of_what_stays_is_kept() -> None:
    given = {**SAID, "words": COAST.words(S1.span), "form": "mixed"}
    fixed = mended_statement(COAST, given, S1)
    assert (fixed.cue, fixed.evidence) == (S1.cue, S1.evidence)
    assert mended_statement(COAST, {**given, "speaker": "a4"}, S1).evidence.speaker is None
    assert mended_tie(COAST, TIE, T1, Ontology.load()) == T1.model_copy(update={"since": T1.since})


def test_every_kind_has_its_queue_and_form(client: TestClient) -> None:
    _enter(client)
    for kind, field in (("event", "mode"), ("statement", "speaker"), ("tie", "from_")):
        page = LexborHTMLParser(client.get(f"/review?kind={kind}").text)
        assert page.css_first(f'form.judge [name="{field}"]') is not None
        assert page.css_first("nav.kinds [aria-current]").text() == f"{kind.capitalize()}s"  # type: ignore[union-attr]
        assert client.get(f"/review?kind={kind}&second=true").status_code == 200
        assert client.get(f"/review/{COAST.document.id}/new?kind={kind}").status_code == 200
    assert client.get("/review?kind=song").status_code == 422
