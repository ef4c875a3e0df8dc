"""Readers' decisions as gold tables (YAML, as `polybius score` reads them) and as lines of the training corpus."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import yaml

from polybius.record import Record, Span
from polybius.web.corrections import KINDS, Correction, Kind, judged_of

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n\s*\n")
_LONGEST = 600  # characters of a training line


def judged(decisions: Iterable[Correction], kind: Kind = "event") -> dict[str, Correction]:
    """The decision that counts on each event, statement or tie: the latest of those that stand."""
    return {one.target: one for one in decisions if one.kind == kind}


def gold_table(record: Record, decisions: Iterable[Correction]) -> str:
    """A gold table of what readers accepted, fixed and added in a report.

    What nobody judged is left out, and a comment says how many of each kind; only a kind judged whole measures
    what is false. Statements and ties have a list where one of them was judged.
    """
    made = list(decisions)
    final = {kind: judged(made, kind) for kind in KINDS}
    kept = {kind: [one for one in by.values() if one.action != "reject"] for kind, by in final.items()}
    actors: dict[str, Any] = {}
    for one in (one for ones in kept.values() for one in ones):
        for id_, actor in (one.becomes or one.was or {}).get("actors", {}).items():
            facts = {name: actor[name] for name in ("name", "kind", "country", "sector") if actor.get(name)}
            actors.setdefault(id_, {"id": id_, **facts})
    document = {"published": record.document.published, "language": record.document.language}
    table: dict[str, Any] = {"document": document, "actors": list(actors.values())}
    table["events"] = [_gold_event(record, one, number) for number, one in enumerate(kept["event"], 1)]
    if final["statement"]:
        table["statements"] = [_gold_statement(record, one) for one in kept["statement"]]
    if final["tie"]:
        table["ties"] = [_gold_tie(record, one) for one in kept["tie"]]
    missed = ", ".join(
        f"{sum(one.id not in final[kind] for one in judged_of(record, kind))} {kind}s" for kind in KINDS
    )
    names = {re.sub(r"\s+", " ", one.reader) for by in final.values() for one in by.values()}
    head = f"# Report {record.document.id}, judged by {', '.join(sorted(names))}; {missed} were not judged.\n"
    return head + yaml.safe_dump(table, sort_keys=False, allow_unicode=True, width=110)


def gold_archive(pairs: Iterable[tuple[Record, Sequence[Correction]]]) -> bytes:
    """A zip with a text and a gold table for each report."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for record, decisions in pairs:
            archive.writestr(f"{record.document.id}.txt", record.document.text)
            archive.writestr(f"{record.document.id}.gold.yaml", gold_table(record, decisions))
    return buffer.getvalue()


def training_lines(pairs: Iterable[tuple[Record, Sequence[Correction]]]) -> Iterator[str]:
    """A header and a line for each decision whose actor or recipient is marked in the sentence of the event.

    What was rejected becomes a line of type ``none``, marked as the coder had it.
    """
    yield "type\tmode\tauxiliary\tsource\ttext\n"
    for record, decisions in pairs:
        for one in judged(decisions).values():
            facts = one.was if one.action in {"accept", "reject"} else one.becomes
            text = facts and marked(record, facts["event"])
            if facts is None or not text:
                continue
            event = facts["event"]
            codes = ("none", "", "") if one.action == "reject" else (
                event["type"], event["mode"] or "", "|".join(event["auxiliary"]),
            )  # fmt: skip
            yield "\t".join((*codes, f"review-{record.document.id}", text)) + "\n"


def marked(record: Record, event: Mapping[str, Any]) -> str | None:
    """The sentences of an event with ``{a|actor}``, ``{r|recipient}`` and ``{t|trigger}``; None when they cannot be."""
    text = record.document.text
    trigger = (event["span"][0], event["span"][1])
    actor = _where(record, event["actors"], event["evidence"]["actors"], trigger)
    recipient = _where(record, event["recipients"], event["evidence"]["recipients"], trigger)
    if actor is None and recipient is None:
        return None
    spans = [(*span, letter) for span, letter in ((actor, "a"), (recipient, "r"), (trigger, "t")) if span]
    spans.sort()
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        spans = [span for span in spans if span[2] != "t"]  # a trigger may hold those who take part
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            return None
    start, end = _sentences(record, spans[0][0], spans[-1][1])
    if end - start > _LONGEST or "{" in text[start:end] or "}" in text[start:end]:
        return None
    parts, at = [], start
    for first, last, letter in spans:
        parts += [text[at:first], "{", letter, "|", text[first:last], "}"]
        at = last
    return " ".join("".join((*parts, text[at:end])).split())


def _where(
    record: Record, ids: Sequence[str], evidence: Sequence[Sequence[int]], trigger: Span
) -> Span | None:
    """Where the first of those who take part is named: by the evidence, else the nearest mention."""
    if not ids:
        return None
    mentions = [mention.span for mention in record.mentions if mention.actor == ids[0]]
    if evidence and (tuple(evidence[0]) in mentions or not mentions):
        return evidence[0][0], evidence[0][1]
    return min(mentions, key=lambda span: abs(span[0] - trigger[0]), default=None)


def _sentences(record: Record, start: int, end: int) -> Span:
    """The sentences that a stretch of text lies in, without the page's furniture before and after."""
    text = record.document.text
    first = max((span[1] for span in record.document.furniture if span[1] <= start), default=0)
    last = min((span[0] for span in record.document.furniture if span[0] >= end), default=len(text))
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= start:
            first = max(first, match.end())
        elif match.start() + 1 >= end:
            last = min(last, match.start() + len(match[0].rstrip()))
            break
    return first, last


def anchor(text: str, span: Span) -> str:
    """The words of a span with as many of the words after and before as make them the only ones in the text."""
    start, end = span
    while text.count(text[start:end]) > 1 and end < len(text) and text[end : end + 1] != "\n":
        end = min(
            (i for i in (text.find(" ", end + 1), text.find("\n", end + 1)) if i > 0), default=len(text)
        )
    while text.count(text[start:end]) > 1 and start > 0:
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), 0)
    return text[start:end].strip() if text.count(text[start:end].strip()) == 1 else text[start:end]


def _gold_event(record: Record, one: Correction, number: int) -> dict[str, Any]:
    facts = one.becomes or one.was or {}
    event = facts["event"]
    row = {"id": f"e{number}", **_gold_words(record, event["span"]), "type": event["type"]}
    row |= _given(event, "mode", "actors", "recipients", "auxiliary", "contexts", "said_by")
    if event["date"]:
        row["date"] = date.fromisoformat(event["date"]["start"])  # a gold day is one that the event covers
    if facts["place"]:
        row["place"] = facts["place"]["name"]
    return row


def _gold_statement(record: Record, one: Correction) -> dict[str, Any]:
    statement = (one.becomes or one.was or {})["statement"]
    row = _gold_words(record, statement["span"])
    row |= {"speaker": statement["speaker"], **_given(statement, "via"), "form": statement["form"]}
    if statement["date"]:
        row["date"] = date.fromisoformat(statement["date"]["start"])
    return row


def _gold_tie(record: Record, one: Correction) -> dict[str, Any]:
    tie = (one.becomes or one.was or {})["tie"]
    names = ("kind", "from", "to", "rank", "since", "until", "said_by")  # days as text: so they are compared
    return {**_gold_words(record, tie["span"]), **_given(tie, *names)}


def _given(facts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: facts[name] for name in names if facts[name]}


def _gold_words(record: Record, ends: Sequence[int]) -> dict[str, Any]:
    """Where the words stand: an anchor that occurs once, and the words themselves where they are only part of it."""
    span = (ends[0], ends[1])
    at, words = anchor(record.document.text, span), record.words(span)
    part = at != words and record.document.text.index(at) + at.index(words) == span[0]
    return {"at": at, "text": words} if part else {"at": at}
