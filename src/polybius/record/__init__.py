"""The forms filled in on the way, and the last look before a record is given out."""

from polybius.record.check import check, problems
from polybius.record.model import (
    Actor,
    Amount,
    Auxiliary,
    Document,
    Event,
    EventEvidence,
    Interval,
    Mention,
    Omission,
    Place,
    Record,
    Span,
    Statement,
    StatementEvidence,
    Tie,
    TieEvidence,
    Time,
)

__all__ = [
    "Actor",
    "Amount",
    "Auxiliary",
    "Document",
    "Event",
    "EventEvidence",
    "Interval",
    "Mention",
    "Omission",
    "Place",
    "Record",
    "Span",
    "Statement",
    "StatementEvidence",
    "Tie",
    "TieEvidence",
    "Time",
    "check",
    "problems",
]
