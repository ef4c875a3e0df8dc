"""The store: many records in one database, each report whole and once.

with Store.open("sqlite:///polybius.db") as store:
    store.save(record)                                       # False when it is there already
    for found in store.events(Filter(actor="Russia", type="COERCE")): ...
    store.record(report_id)                                  # equal to the record saved
"""

from polybius.store.engine import DEFAULT_URL
from polybius.store.filters import Filter, Order
from polybius.store.found import FoundEvent, FoundStatement, FoundTie, ReportHead
from polybius.store.saving import coder_version
from polybius.store.search import SearchHit
from polybius.store.store import Store, StoredFailure
from polybius.store.summary import Summary

__all__ = [
    "Store", "StoredFailure", "DEFAULT_URL", "coder_version",
    "Filter", "Order", "FoundEvent", "FoundStatement", "FoundTie", "ReportHead", "SearchHit", "Summary",
]  # fmt: skip
