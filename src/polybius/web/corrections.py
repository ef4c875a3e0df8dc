"""What readers decide on events: kept as history with who and when, beside the coder's records, never over them.

A decision holds what the event was and what it should be, whole, with the actors and the place its ids stand
for: so it can be read, and learnt from, when the report has been coded anew and its ids are others.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    exists,
    func,
    insert,
    select,
    tuple_,
    update,
)

from polybius.errors import RecordError
from polybius.record import Event, Record
from polybius.store import Store
from polybius.store.schema import events, reports

Action = Literal["accept", "fix", "reject", "add", "withdraw"]

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

corrections = Table(
    "corrections", MetaData(),
    Column("number", _NUMBER, primary_key=True), Column("report", _NUMBER),
    *(Column(name, Text) for name in ("coder", "target", "action", "reader")),
    Column("made_at", DateTime(timezone=True)), Column("stands", Boolean),
    Column("was", JSON(none_as_null=True)), Column("becomes", JSON(none_as_null=True)), Column("note", Text),
)  # fmt: skip
"""One row a decision; ``target`` is the event's id in the record of that ``coder``, or an added event's own.

``stands`` until the same reader decides otherwise; no other column is ever changed, and no row taken away.
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A decision: ``was`` and ``becomes`` are events with what their ids stand for, or None."""

    number: int
    report: str
    title: str | None
    target: str
    action: Action
    reader: str
    made_at: datetime
    stands: bool
    was: dict[str, Any] | None
    becomes: dict[str, Any] | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers of the same events agree: ``kappa`` is Cohen's, None where chance alone explains all."""

    events: int
    agreed: int
    kappa: float | None


def whole(record: Record, event: Event) -> dict[str, Any]:
    """An event with the actors and the place that its ids stand for, and its words."""
    ids = {*event.actors, *event.recipients, event.said_by}
    return {
        "event": event.model_dump(mode="json"),
        "words": record.words(event.span),
        "actors": {actor.id: actor.model_dump(mode="json") for actor in record.actors if actor.id in ids},
        "place": next((p.model_dump(mode="json") for p in record.places if p.id == event.place), None),
    }


def decide(
    store: Store,
    record: Record,
    action: Action,
    reader: str,
    *,
    target: str | None = None,
    becomes: Event | None = None,
    note: str | None = None,
) -> str:
    """Keep a decision on an event of a record; gives the id it is kept under.

    Args:
        target: the event's id; None for one that is added.
        becomes: the event as it should be, for ``fix`` and ``add``.

    Raises:
        RecordError: when the report is not in the store, or the event not in the record.
    """
    event = next((one for one in record.events if one.id == target), None)
    if action != "add" and event is None and not (target or "").startswith("n-"):
        raise RecordError("no such event in this report", "it may have been coded anew: load the page again")
    key = target or f"n-{secrets.token_hex(4)}"
    row = {
        "target": key, "action": action, "reader": reader, "made_at": datetime.now(UTC),
        "stands": action != "withdraw", "was": whole(record, event) if event else None,
        "becomes": whole(record, becomes) if becomes else None, "note": note or None,
    }  # fmt: skip

    def work(connection: Connection) -> None:
        query = select(reports.c.number, reports.c.coder).where(reports.c.id == record.document.id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise RecordError("this report is not in the store", "keep it there first")
        columns = corrections.c
        same = and_(columns.report == found.number, columns.target == key, columns.reader == reader)
        connection.execute(update(corrections).where(same, columns.stands).values(stands=False))
        connection.execute(insert(corrections).values(report=found.number, coder=found.coder, **row))

    store.write(work)
    return key


def standing(store: Store, report_id: str) -> dict[str, list[Correction]]:
    """The decisions that stand on the record of a report as it is coded now, by target."""
    found: dict[str, list[Correction]] = {}
    for one in _find(store, corrections.c.stands, reports.c.id == report_id, _SAME_CODER):
        found.setdefault(one.target, []).append(one)
    return found


def history(store: Store, *, report_id: str | None = None, limit: int = 200) -> list[Correction]:
    """All decisions, the latest first."""
    conditions = () if report_id is None else (reports.c.id == report_id,)
    return _find(store, *conditions, latest_first=True, limit=limit)


def all_standing(store: Store) -> dict[str, list[Correction]]:
    """The decisions that stand, by report, in the order they were made."""
    found: dict[str, list[Correction]] = {}
    for one in _find(store, corrections.c.stands):
        found.setdefault(one.report, []).append(one)
    return found


def queue(
    store: Store, reader: str, *, second: bool = False, limit: int = 20
) -> list[tuple[str, str, float]]:
    """Events this reader has not judged, the most doubtful first: report, event, confidence.

    Args:
        second: only those that another reader has judged.
    """
    columns = corrections.c
    judged = and_(
        columns.report == events.c.report, columns.target == events.c.id, columns.stands, _SAME_CODER,
    )  # fmt: skip
    by_reader = exists().where(judged, columns.reader == reader)
    order = (events.c.confidence, events.c.report, events.c.position)
    joined = events.join(reports, reports.c.number == events.c.report)
    query = select(reports.c.id, events.c.id, events.c.confidence).select_from(joined)
    if second:  # few are judged, so these are looked up rather than all events gone through
        others = select(columns.report, columns.target).where(columns.stands, columns.reader != reader)
        numbers = select(columns.report).where(columns.stands, columns.reader != reader)
        query = query.where(
            events.c.report.in_(numbers), tuple_(events.c.report, events.c.id).in_(others),
            exists().where(judged, columns.reader != reader),
        )  # fmt: skip
    query = query.where(~by_reader).order_by(*order).limit(limit)
    with store.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def agreement(store: Store) -> Agreement:
    """Of the events that two readers judged, how often they chose the same: accept, fix or reject.

    Where more than two judged an event, the first two count.
    """
    judged: dict[tuple[str, str], dict[str, str]] = {}
    for one in _find(store, corrections.c.stands, corrections.c.action != "add"):
        judged.setdefault((one.report, one.target), {}).setdefault(one.reader, one.action)
    pairs = [tuple(by.values())[:2] for by in judged.values() if len(by) > 1]
    return Agreement(len(pairs), sum(one == other for one, other in pairs), _kappa(pairs))


def _kappa(pairs: Sequence[tuple[str, ...]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond what the two readers' own shares would give by chance."""
    if not pairs:
        return None
    total = len(pairs)
    seen = sum(one == other for one, other in pairs) / total
    sides = list(zip(*pairs, strict=True))
    chance = sum(sides[0].count(action) * sides[1].count(action) for action in set(sides[0])) / total**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def count_decisions(store: Store) -> int:
    """How many decisions stand."""
    with store.read() as connection:
        query = select(func.count()).select_from(corrections).where(corrections.c.stands)
        return int(connection.execute(query).scalar_one())


_SAME_CODER = corrections.c.coder == reports.c.coder


def _find(
    store: Store, *conditions: Any, latest_first: bool = False, limit: int | None = None
) -> list[Correction]:
    number = corrections.c.number
    query = (
        select(corrections, reports.c.id.label("report_id"), reports.c.title)
        .join(reports, reports.c.number == corrections.c.report)
        .where(*conditions)
        .order_by(number.desc() if latest_first else number)
        .limit(limit)
    )
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    names = ("number", "title", "target", "action", "reader", "made_at", "stands", "was", "becomes", "note")
    return [Correction(report=row["report_id"], **{name: row[name] for name in names}) for row in rows]
