"""What is so in the world, and from when to when: countries, leaders, organisations, places."""

from polybius.knowledge.base import Knowledge
from polybius.knowledge.entries import Entry, Office, Place

__all__ = ["Entry", "Knowledge", "Office", "Place"]
