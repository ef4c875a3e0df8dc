"""What the grouping has seen so far, as plain tables in memory; an adapter may page them in and out of a store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from polybius.corroboration.forms import Account, AccountKey, Override, Profile, Voice


@dataclass(slots=True)
class Memory:
    """Profiles by report, reports by key, and the happenings that accounts were put into, with the reasons."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    reports: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    voices: dict[str, Voice] = field(default_factory=dict)
    happening_of: dict[AccountKey, str] = field(default_factory=dict)
    members: dict[str, list[AccountKey]] = field(default_factory=dict)
    reasons: dict[AccountKey, tuple[str, ...]] = field(default_factory=dict)
    overrides: set[Override] = field(default_factory=set)

    def keep(self, profile: Profile, keys: Iterable[str], voice: Voice) -> None:
        """Remember a report under its keys."""
        self.profiles[profile.report] = profile
        self.voices[profile.report] = voice
        for key in keys:
            self.reports[key].append(profile.report)

    def forget(self, report: str, keys: Iterable[str]) -> None:
        """Forget a report; the happenings it was in lose its accounts."""
        profile = self.profiles.pop(report)
        self.voices.pop(report, None)
        for key in keys:
            self.reports[key].remove(report)
        for account in profile.accounts:
            self.leave(profile.key(account))

    def met(self, keys: Iterable[str], most: int) -> list[str]:
        """The reports that stand under any of the keys, those under most of them first, then the latest."""
        counts = Counter(report for key in set(keys) for report in self.reports.get(key, ()))
        return [report for report, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]

    def put(self, key: AccountKey, happening: str, reasons: tuple[str, ...]) -> None:
        """Put an account into a happening, out of the one it was in."""
        self.leave(key)
        self.happening_of[key] = happening
        self.members.setdefault(happening, []).append(key)
        self.reasons[key] = reasons

    def leave(self, key: AccountKey) -> None:
        """Take an account out of its happening; one without members is gone."""
        happening = self.happening_of.pop(key, None)
        self.reasons.pop(key, None)
        if happening is not None:
            self.members[happening].remove(key)
            if not self.members[happening]:
                del self.members[happening]

    def account(self, key: AccountKey) -> tuple[Profile, Account]:
        """An account and its report's profile, by the account's key."""
        profile = self.profiles[key.report]
        return profile, profile.account(key.event)

    def happenings(self) -> Iterator[str]:
        """The ids of all happenings."""
        return iter(list(self.members))
