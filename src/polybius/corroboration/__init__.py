"""Copies, rewrites and same happenings over many reports: records in, groups out, no database."""

from polybius.corroboration.forms import AccountKey, Change, Claim, Happening, Override, Profile, Voice
from polybius.corroboration.grouper import Grouper
from polybius.corroboration.happenings import happenings, ranked, tell
from polybius.corroboration.memory import Memory
from polybius.corroboration.profile import profile_of

__all__ = [
    "Grouper", "Memory", "happenings", "profile_of", "ranked", "tell",
    "AccountKey", "Change", "Claim", "Happening", "Override", "Profile", "Voice",
]  # fmt: skip
