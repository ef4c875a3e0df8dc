"""What readers decide on events, statements and ties: history, with who and when, beside the coder's records.

A decision holds what the record was and what it should be, whole, with the actors and the place its ids stand
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
    null,
    select,
    tuple_,
    update,
)

from polybius.errors import RecordError
from polybius.record import Event, Record, Statement, Tie
from polybius.store import Store
from polybius.store.schema import events, reports, statements, ties

Action = Literal["accept", "fix", "reject", "add", "withdraw"]
Kind = Literal["event", "statement", "tie"]
Judged = Event | Statement | Tie
KINDS: tuple[Kind, ...] = ("event", "statement", "tie")

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

corrections = Table(
    "corrections", MetaData(),
    Column("number", _NUMBER, primary_key=True), Column("report", _NUMBER),
    *(Column(name, Text) for name in ("coder", "kind", "target", "action", "reader")),
    Column("made_at", DateTime(timezone=True)), Column("stands", Boolean),
    Column("was", JSON(none_as_null=True)), Column("becomes", JSON(none_as_null=True)), Column("note", Text),
)  # fmt: skip
"""One row a decision; ``target`` is the id of what is judged in the record of that ``coder``, or an added one's own.

``stands`` until the same reader decides otherwise; no other column is ever changed, and no row taken away.
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A decision: ``was`` and ``becomes`` hold what is judged, under its kind, with what its ids stand for, or None."""

    number: int
    report: str
    title: str | None
    kind: Kind
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
    """How two readers of the same records agree: ``kappa`` is Cohen's, None where chance alone explains all."""

    judged: int
    agreed: int
    kappa: float | None


def judged_of(record: Record, kind: Kind) -> Sequence[Judged]:
    """What a report holds of a kind that readers judge."""
    held: dict[Kind, Sequence[Judged]] = {
        "event": record.events, "statement": record.statements, "tie": record.ties,
    }  # fmt: skip
    return held[kind]


def kind_of(judged: Judged) -> Kind:
    """Which kind it is."""
    if isinstance(judged, Event):
        return "event"
    return "statement" if isinstance(judged, Statement) else "tie"


def parties(judged: Judged) -> tuple[str | None, ...]:
    """The ids of the actors that stand in it."""
    if isinstance(judged, Event):
        return (*judged.actors, *judged.recipients, judged.said_by)
    if isinstance(judged, Statement):
        return judged.speaker, judged.via
    return judged.from_, judged.to, judged.said_by


def whole(record: Record, judged: Judged) -> dict[str, Any]:
    """What is judged, under its kind, with the actors and the place that its ids stand for, and its words."""
    ids = set(parties(judged))
    place = judged.place if isinstance(judged, Event) else None
    return {
        kind_of(judged): judged.model_dump(mode="json"),
        "words": record.words(judged.span),
        "actors": {actor.id: actor.model_dump(mode="json") for actor in record.actors if actor.id in ids},
        "place": next((p.model_dump(mode="json") for p in record.places if p.id == place), None),
    }


def decide(
    store: Store,
    record: Record,
    action: Action,
    reader: str,
    *,
    kind: Kind = "event",
    target: str | None = None,
    becomes: Judged | None = None,
    note: str | None = None,
) -> str:
    """Keep a decision on an event, statement or tie of a record; gives the id it is kept under.

    Args:
        target: the id of what is judged; None for what is added.
        becomes: as it should be, for ``fix`` and ``add``.

    Raises:
        RecordError: when the report is not in the store, or what is judged not in the record.
    """
    was = next((one for one in judged_of(record, kind) if one.id == target), None)
    if action != "add" and was is None and not (target or "").startswith("n-"):
        raise RecordError(
            f"no such {kind} in this report", "it may have been coded anew: load the page again"
        )
    key = target or f"n-{secrets.token_hex(4)}"
    row = {
        "kind": kind, "target": key, "action": action, "reader": reader, "made_at": datetime.now(UTC),
        "stands": action != "withdraw", "was": whole(record, was) if was else None,
        "becomes": whole(record, becomes) if becomes else None, "note": note or None,
    }  # fmt: skip

    def work(connection: Connection) -> None:
        query = select(reports.c.number, reports.c.coder).where(reports.c.id == record.document.id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise RecordError("this report is not in the store", "keep it there first")
        columns = corrections.c
        same = and_(
            columns.report == found.number, columns.kind == kind, columns.target == key,
            columns.reader == reader,
        )  # fmt: skip
        connection.execute(update(corrections).where(same, columns.stands).values(stands=False))
        connection.execute(insert(corrections).values(report=found.number, coder=found.coder, **row))

    store.write(work)
    return key


def standing(store: Store, report_id: str, kind: Kind = "event") -> dict[str, list[Correction]]:
    """The decisions that stand on the events (or statements, or ties) of a report as it is coded now, by target."""
    found: dict[str, list[Correction]] = {}
    for one in standing_all(store, report_id):
        if one.kind == kind:
            found.setdefault(one.target, []).append(one)
    return found


def standing_all(store: Store, report_id: str) -> list[Correction]:
    """The decisions of every kind that stand on a report as it is coded now, in the order they were made."""
    return _find(store, corrections.c.stands, reports.c.id == report_id, _SAME_CODER)


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
    store: Store, reader: str, *, kind: Kind = "event", second: bool = False, limit: int = 20
) -> list[tuple[str, str, float | None]]:
    """What this reader has not judged: report, id, confidence. The most doubtful events come first; statements and
    ties, of which the coder says no confidence, by the latest report.

    Args:
        second: only what another reader has judged.
    """
    columns, table = corrections.c, _TABLES[kind]
    of_kind = and_(columns.stands, columns.kind == kind)
    here = and_(of_kind, _SAME_CODER, columns.report == table.c.report, columns.target == table.c.id)
    sure: Any = events.c.confidence if kind == "event" else null()
    order = (events.c.confidence, events.c.report) if kind == "event" else (table.c.report.desc(),)
    joined = table.join(reports, reports.c.number == table.c.report)
    query = select(reports.c.id, table.c.id, sure).select_from(joined)
    if second:  # few are judged, so these are looked up rather than all gone through
        others = select(columns.report, columns.target).where(of_kind, columns.reader != reader)
        query = query.where(
            table.c.report.in_(others.with_only_columns(columns.report)),
            tuple_(table.c.report, table.c.id).in_(others),
            exists().where(here, columns.reader != reader),
        )
    query = query.where(~exists().where(here, columns.reader == reader))
    with store.read() as connection:
        rows = connection.execute(query.order_by(*order, table.c.position).limit(limit))
        return [(row[0], row[1], row[2]) for row in rows]


def agreement(store: Store) -> Agreement:
    """Of what two readers judged, how often they chose the same: accept, fix or reject.

    Where more than two judged it, the first two count.
    """
    judged: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in _find(store, corrections.c.stands, corrections.c.action != "add"):
        judged.setdefault((one.report, one.kind, one.target), {}).setdefault(one.reader, one.action)
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
_TABLES: dict[Kind, Table] = {"event": events, "statement": statements, "tie": ties}


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
    names = (
        "number",
        "title",
        "kind",
        "target",
        "action",
        "reader",
        "made_at",
        "stands",
        "was",
        "becomes",
        "note",
    )
    return [Correction(report=row["report_id"], **{name: row[name] for name in names}) for row in rows]
