"""The store's tables as the code sees them; the DDL that makes them is in ``data/``, by number and back end.

Columns are RECORD.md's fields. A span is two columns (``span_start``, ``span_end``), an interval two dates, a
field named by an SQL keyword has a longer name (``from_actor``). ``report`` is ``reports.number``, the order in
which reports came in; ``reports.id`` is the hash RECORD.md calls ``id``. The ids of actors, places, amounts,
events, statements and ties hold within one report; ``position`` is their order in the record. Lists of codes
or ids are one text, joined by ``|``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


def _report() -> Column[Any]:
    return Column("report", _NUMBER, primary_key=True)


def _named() -> list[Column[Any]]:
    """The key of a table whose rows have an id within their report."""
    return [_report(), Column("id", Text, primary_key=True), Column("position", Integer)]


def _span(name: str = "span") -> list[Column[Any]]:
    return [Column(f"{name}_start", Integer), Column(f"{name}_end", Integer)]


def _interval() -> list[Column[Any]]:
    return [Column("date_start", Date), Column("date_end", Date)]


reports = Table(
    "reports", metadata,
    Column("number", _NUMBER, primary_key=True),
    *_texts("id", "given_id", "title"),
    Column("published", Date),
    *_texts("author", "source", "url", "language", "text"),
    Column("furniture", JSON),
    Column("omissions", JSON(none_as_null=True)),
    Column("coder", Text),
)  # fmt: skip
"""One row a report; ``coder`` is the version (a hash of ``record.coder``) whose records the store holds."""

appearances = Table(
    "appearances", metadata,
    _report(), Column("key", Text, primary_key=True),
    *_texts("given_id", "title", "author", "source", "url"),
)  # fmt: skip
"""The same text of the same day once more, under another id, source or address; ``key`` is their hash."""

codings = Table(
    "codings", metadata,
    Column("number", _NUMBER, primary_key=True), Column("report", _NUMBER), Column("coder", Text),
    Column("versions", JSON),
    Column("coded_at", DateTime(timezone=True)), Column("replaced_at", DateTime(timezone=True)),
    Column("record", Text),
)  # fmt: skip
"""Which coder coded a report and when; once replaced, with its record as JSON."""

failures = Table(
    "failures", metadata,
    Column("source", Text, primary_key=True), Column("reason", Text),
    Column("failed_at", DateTime(timezone=True)),
)  # fmt: skip
"""What could not become a record: the file (and row), why, and when it was last tried."""

actors = Table(
    "actors", metadata, *_named(),
    Column("name", Text), Column("aliases", JSON),
    *_texts("kind", "country", "sector", "role", "known_as"),
)  # fmt: skip

actor_names = Table(
    "actor_names", metadata,
    Column("name", Text, primary_key=True), _report(), Column("actor", Text, primary_key=True),
)  # fmt: skip
"""By what an actor is found: names, aliases and key folded, and a state's country code."""

mentions = Table(
    "mentions", metadata, _report(), Column("position", Integer, primary_key=True), *_span(),
    *_texts("actor", "kind"),
)  # fmt: skip

places = Table(
    "places", metadata, *_named(), *_span(), *_texts("name", "folded", "country"),
    Column("latitude", Float), Column("longitude", Float), Column("known_as", Text),
)  # fmt: skip

times = Table(
    "times", metadata, _report(), Column("position", Integer, primary_key=True), *_span(), *_interval(),
)  # fmt: skip

amounts = Table(
    "amounts", metadata, *_named(), *_span(),
    Column("value", Float), *_texts("bound", "kind", "unit", "of"), Column("previous", Float),
)  # fmt: skip

events = Table(
    "events", metadata, *_named(), *_span(), *_texts("type", "mode", "contexts"), *_interval(),
    *_texts("place", "auxiliary", "amounts", "said_by", "statement"),
    Column("quad", Integer), Column("intensity", Float), Column("cameo", Text), Column("confidence", Float),
    Column("evidence", JSON),
)  # fmt: skip

participants = Table(
    "participants", metadata, _report(), Column("event", Text, primary_key=True),
    Column("role", Text, primary_key=True), Column("position", Integer, primary_key=True),
    Column("actor", Text),
)  # fmt: skip
"""The actors and recipients of events; ``role`` is ``actor`` or ``recipient``."""

statements = Table(
    "statements", metadata, *_named(), *_span(), *_span("cue"), *_texts("speaker", "via", "form"),
    *_interval(), Column("evidence", JSON),
)  # fmt: skip

ties = Table(
    "ties", metadata, *_named(), *_span(), *_texts("kind", "from_actor", "to_actor"),
    Column("rank", Integer), Column("since", Date), Column("until", Date),
    Column("said_by", Text), Column("evidence", JSON),
)  # fmt: skip

OF_A_RECORD = (actors, actor_names, mentions, places, times, amounts, events, participants, statements, ties)
"""The tables that a new coding of a report replaces."""
