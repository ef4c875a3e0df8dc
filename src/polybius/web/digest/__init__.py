"""What the desk holds of a store in memory, so that any filter is answered in milliseconds: a few numbers an event.

    digests = Digests(store)
    digest = digests.current()          # None while a large store is read for the first time
    found = chosen(digest, Filter(country="SDN"))
    months(digest, found)

It answers as the store's own queries do (``questions``, ``listing``), which stand in while it is being read.
"""

from polybius.web.digest.choosing import chosen, chosen_said, ordered, ordered_said
from polybius.web.digest.columns import NEVER, Array, Digest
from polybius.web.digest.loading import Digests

__all__ = [
    "Array", "Digest", "Digests", "NEVER", "chosen", "chosen_said", "ordered", "ordered_said",
]  # fmt: skip
