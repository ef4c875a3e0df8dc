"""The store's tables that hold happenings, as the adapter sees them; their DDL is step 2 of the store's."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Integer, MetaData, Table, Text

_metadata = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

profiles = Table(
    "profiles",
    _metadata,
    Column("report", _NUMBER, primary_key=True),
    Column("coder", Text),
    Column("profile", Text),
    Column("original", Text),
    Column("layer", Text),
    Column("reasons", JSON),
)
"""What is remembered of each report, by which coder's record, and whose words it gives."""

meeting_keys = Table(
    "meeting_keys",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("report", _NUMBER, primary_key=True),
)

happenings = Table(
    "happenings",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text),
    Column("mode", Text),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("place", Text),
    Column("country", Text),
    Column("voices", Integer),
    Column("reports", Integer),
    Column("changed", _NUMBER),
)
"""``changed``: the number of the change, of all changes to happenings, that was the last of this one."""

changes = Table("happenings_changes", _metadata, Column("number", _NUMBER))
"""One row: how many changes there were; who writes holds it, so that numbers are committed in their order."""

claims = Table(
    "claims",
    _metadata,
    Column("report", _NUMBER, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("account", Text),
    Column("happening", Text),
    Column("reasons", JSON),
)
"""Each event of a report with its account (the account's first event) and the happening that is in."""

overrides = Table(
    "overrides",
    _metadata,
    Column("kind", Text),
    *(
        Column(name, Text, primary_key=True)
        for name in ("layer", "one_report", "one_event", "other_report", "other_event")
    ),
)
