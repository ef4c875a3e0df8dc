"""The grouping beside a store: pages in what a new report may have in common with others, and writes what changed.

    with Store.open(url) as store:
        StoredHappenings(store).update()            # groups the reports that came in since
        for happening in StoredHappenings(store).find(Filter(country="SDN"), min_voices=2): ...

A report's cost depends on how many share its days, countries and words, not on how large the store is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select, text, update

from polybius.corroboration import tables
from polybius.corroboration.forms import AccountKey, Change, Happening, Override, Profile, Voice
from polybius.corroboration.grouper import MOST_MEMBERS, MOST_MET, Grouper
from polybius.corroboration.happenings import tell
from polybius.corroboration.keys import asked_keys, own_keys
from polybius.corroboration.memory import Memory
from polybius.corroboration.profile import profile_of
from polybius.store import Filter, Store, schema
from polybius.store.filters import event_conditions
from polybius.store.reading import read_record

BATCH = 100  # reports grouped in one transaction, by day of publication: two seconds
PAGED = 3 * MOST_MEMBERS  # members of a happening that are paged in for comparison
_LOCK = 7_065_799  # any number, the same in every process: who holds it on PostgreSQL groups

_reports, _profiles, _claims, _keys = (
    schema.reports.c,
    tables.profiles.c,
    tables.claims.c,
    tables.meeting_keys.c,
)


class StoredHappenings:
    """The happenings of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def update(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Group the reports that came in, or were coded anew, since the last time; gives how many.

        Args:
            progress: called after each batch with the number of reports grouped so far.
        """
        done = 0
        while batch := self.store.write(_group_batch):
            done += batch
            progress(done)
        return done

    def find(
        self, wanted: Filter | None = None, *, min_voices: int = 1, limit: int | None = None
    ) -> Iterator[Happening]:
        """The happenings a filter asks for; most voices first, then by day.

        Type and days are asked of the happening, the rest of the events that its claims tell. ``actor`` finds
        whoever takes part.
        """
        with self.store.read() as connection:
            for happening in (
                connection.execute(_found(wanted or Filter(), min_voices, limit)).scalars().all()
            ):
                memory = Memory()
                _page_members(connection, memory, [happening], None)
                yield tell(memory, happening)

    def happening(self, happening: str) -> Happening | None:
        """One happening by its id; None when there is none."""
        return self.several([happening]).get(happening)

    def several(self, happenings: Sequence[str]) -> dict[str, Happening]:
        """Happenings by their ids, read together; those that are not there are left out."""
        with self.store.read() as connection:
            memory = Memory()
            _page_members(connection, memory, happenings, None, keyed=False)
            return {
                happening: tell(memory, happening) for happening in happenings if happening in memory.members
            }

    def join(self, one: AccountKey, other: AccountKey) -> list[Change]:
        """Make the happenings of two accounts one, for good. Raises KeyError when an account is not there."""
        return self.store.write(lambda connection: _decide(connection, one, other, Grouper.join))

    def part(self, one: AccountKey, other: AccountKey) -> list[Change]:
        """Take the other account into a happening of its own, for good. Raises KeyError when one is not there."""
        return self.store.write(lambda connection: _decide(connection, one, other, Grouper.part))


def _group_batch(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    waiting = (
        select(_reports.number, _reports.coder, _reports.published)
        .outerjoin(tables.profiles, _profiles.report == _reports.number)
        .where(or_(_profiles.report.is_(None), _profiles.coder != _reports.coder))
        .order_by(_reports.number)
        .limit(BATCH)
    )
    batch = sorted(
        connection.execute(waiting).all(), key=lambda row: (str(row.published or "9999"), row.number)
    )
    grouper = Grouper(Memory(overrides=_overrides(connection)))
    for number, coder, _ in batch:
        profile = profile_of(read_record(connection, number))
        _remove(connection, grouper.memory, number, profile.report)
        _page_neighbours(connection, grouper.memory, profile)
        changes = grouper.add_profile(profile)
        _write_profile(connection, number, coder, profile, grouper.memory.voices[profile.report])
        _write_changes(connection, grouper.memory, changes)
    return len(batch)


def _page_neighbours(connection: Connection, memory: Memory, profile: Profile) -> None:
    """Bring in the reports that share most keys with a new one, and the happenings they tell of."""
    met = (
        select(_keys.report)
        .where(_keys.key.in_(sorted(asked_keys(profile))))
        .group_by(_keys.report)
        .order_by(func.count().desc(), _keys.report.desc())
        .limit(MOST_MET)
    )
    numbers = list(connection.execute(met).scalars())
    touched = select(_claims.happening).where(_claims.report.in_(numbers)).distinct()
    happenings = [h for h in connection.execute(touched).scalars() if h not in memory.members]
    _page(connection, memory, numbers)
    _page_members(connection, memory, happenings, PAGED)


def _page_members(
    connection: Connection, memory: Memory, happenings: Iterable[str], most: int | None, *, keyed: bool = True
) -> None:
    """Bring in the accounts of happenings, the latest ``most`` of each, with their reports."""
    latest_first = (_claims.report.desc(), _claims.account)
    latest = func.row_number().over(partition_by=_claims.happening, order_by=latest_first)
    found = (
        select(_claims.happening, _claims.report, _claims.account, _claims.reasons, latest.label("rank"))
        .where(_claims.happening.in_(list(happenings)), _claims.event == _claims.account)
        .subquery()
    )
    query = select(found).order_by(found.c.rank)
    members = defaultdict(list)
    for row in connection.execute(query if most is None else query.where(found.c.rank <= most)):
        members[row.happening].append(row)
    _page(connection, memory, [row.report for rows in members.values() for row in rows], keyed=keyed)
    ids = _ids(connection, {row.report for rows in members.values() for row in rows})
    for happening, rows in members.items():
        for row in reversed(rows):
            memory.put(AccountKey(ids[row.report], row.account), happening, tuple(row.reasons))


def _page(connection: Connection, memory: Memory, numbers: Sequence[int], *, keyed: bool = True) -> None:
    """Bring in reports by their numbers; their keys only where others are to meet them."""
    query = (
        select(tables.profiles, _reports.id)
        .join(schema.reports, _reports.number == _profiles.report)
        .where(_profiles.report.in_(sorted(set(numbers))))
    )
    for row in connection.execute(query):
        if row.id not in memory.profiles:
            profile = Profile.model_validate_json(row.profile)
            voice = Voice(original=row.original, layer=row.layer, reasons=tuple(row.reasons))
            memory.keep(profile, own_keys(profile) if keyed else (), voice)


def _remove(connection: Connection, memory: Memory, number: int, report: str) -> None:
    """Take out what an older coding of a report left."""
    if report in memory.profiles:
        memory.forget(report, own_keys(memory.profiles[report]))
    gone = select(_claims.happening).where(_claims.report == number).distinct()
    happenings = list(connection.execute(gone).scalars())
    for table in (tables.claims, tables.meeting_keys, tables.profiles):
        connection.execute(delete(table).where(table.c.report == number))
    _write_happenings(connection, memory, happenings)


def _write_profile(connection: Connection, number: int, coder: str, profile: Profile, voice: Voice) -> None:
    row = {"report": number, "coder": coder, "profile": profile.model_dump_json(exclude_defaults=True)}
    connection.execute(insert(tables.profiles), row | voice.model_dump())
    rows = [{"key": key, "report": number} for key in sorted(own_keys(profile))]
    if rows:
        connection.execute(insert(tables.meeting_keys), rows)


def _write_changes(connection: Connection, memory: Memory, changes: Sequence[Change]) -> None:
    numbers = _numbers(connection, {change.account.report for change in changes})
    touched: dict[str, None] = {}
    for change in changes:
        key = change.account
        touched[change.happening] = None
        if change.before:
            touched[change.before] = None
        if change.what == "merged":
            moved = update(tables.claims).where(_claims.happening == change.before)
            connection.execute(moved.values(happening=change.happening))
            continue
        account = memory.profiles[key.report].account(key.event)
        mine = (_claims.report == numbers[key.report]) & (_claims.account == key.event)
        connection.execute(delete(tables.claims).where(mine))
        rows = [
            {
                "report": numbers[key.report],
                "event": event,
                "account": key.event,
                "happening": change.happening,
                "reasons": list(change.reasons),
            }
            for event in account.events
        ]
        connection.execute(insert(tables.claims), rows)
    _write_happenings(connection, memory, touched)


def _write_happenings(connection: Connection, memory: Memory, happenings: Iterable[str]) -> None:
    """Write the row by which each happening is found; one without claims is gone."""
    count = tables.changes.c.number
    number = connection.execute(update(tables.changes).values(number=count + 1).returning(count)).scalar_one()
    for happening in happenings:
        connection.execute(delete(tables.happenings).where(tables.happenings.c.id == happening))
        counts = (
            select(func.count(_profiles.original.distinct()), func.count(_claims.report.distinct()))
            .join(tables.profiles, _profiles.report == _claims.report)
            .where(_claims.happening == happening)
        )
        voices, reports = connection.execute(counts).one()
        if not reports:
            continue
        if happening not in memory.members:
            _page_members(connection, memory, [happening], PAGED)
        told = tell(memory, happening)
        row: dict[str, Any] = {
            "id": happening,
            "type": told.type,
            "mode": told.mode,
            "date_start": told.date and told.date.start,
            "date_end": told.date and told.date.end,
            "place": told.place,
            "country": told.country,
            "voices": voices,
            "reports": reports,
            "changed": number,
        }
        connection.execute(insert(tables.happenings), row)


def _decide(
    connection: Connection,
    one: AccountKey,
    other: AccountKey,
    decision: Callable[[Grouper, AccountKey, AccountKey], list[Change]],
) -> list[Change]:
    """Carry out a reader's decision on two accounts, and keep it."""
    memory = Memory(overrides=_overrides(connection))
    numbers = _numbers(connection, {one.report, other.report})
    for key in (one, other):
        query = select(_claims.happening).where(
            _claims.report == numbers[key.report], _claims.account == key.event
        )
        found = connection.execute(query.limit(1)).scalar()
        if found is None:
            raise KeyError(key)
        _page_members(connection, memory, [found], None)
    changes = decision(Grouper(memory), one, other)
    connection.execute(delete(tables.overrides))
    rows = [_override_row(override) for override in memory.overrides]
    connection.execute(insert(tables.overrides), rows)
    _write_changes(connection, memory, changes)
    return changes


def _override_row(override: Override) -> dict[str, str]:
    return {
        "kind": override.kind,
        "layer": override.layer,
        "one_report": override.one.report,
        "one_event": override.one.event,
        "other_report": override.other.report,
        "other_event": override.other.event,
    }


def _overrides(connection: Connection) -> set[Override]:
    return {
        Override(
            kind=row.kind,
            layer=row.layer,
            one=AccountKey(row.one_report, row.one_event),
            other=AccountKey(row.other_report, row.other_event),
        )
        for row in connection.execute(select(tables.overrides))
    }


def _found(wanted: Filter, min_voices: int, limit: int | None) -> Select[Any]:
    """The ids of the happenings asked for: type and days are the happening's own, the rest those of its claims."""
    columns = tables.happenings.c
    query = select(columns.id).where(columns.voices >= min_voices)
    if wanted.type:
        query = query.where(columns.type.in_(sorted({wanted.type, wanted.type.upper()})))
    if wanted.since:
        query = query.where(columns.date_end >= wanted.since)
    if wanted.until:
        query = query.where(columns.date_start <= wanted.until)
    of_claims = replace(wanted, type=None, since=None, until=None)
    either = [of_claims]
    if (
        wanted.actor and not wanted.recipient
    ):  # who takes part: reports differ in who visited and who received
        either.append(replace(of_claims, actor=None, recipient=wanted.actor))
    asked = [list(event_conditions(one)) for one in either]
    if any(asked):
        here = (schema.events.c.report == _claims.report) & (schema.events.c.id == _claims.event)
        claimed = (
            select(_claims.happening)
            .join(schema.events, here)
            .join(schema.reports, _reports.number == _claims.report)
            .where(or_(*(and_(*conditions) for conditions in asked)))
        )
        query = query.where(columns.id.in_(claimed))
    return query.order_by(
        columns.voices.desc(), columns.reports.desc(), columns.date_start.nulls_last(), columns.id
    ).limit(limit)


def _ids(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    query = select(_reports.number, _reports.id).where(_reports.number.in_(sorted(numbers)))
    return {row.number: row.id for row in connection.execute(query)}


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    query = select(_reports.number, _reports.id).where(_reports.id.in_(sorted(ids)))
    return {row.id: row.number for row in connection.execute(query)}
