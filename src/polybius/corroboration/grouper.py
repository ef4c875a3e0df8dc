"""Puts each report's accounts into happenings as reports come in; what it decides it explains, and can undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from polybius.corroboration.alike import compare
from polybius.corroboration.copies import voice_of
from polybius.corroboration.forms import Account, AccountKey, Change, Override, Profile, Voice
from polybius.corroboration.keys import asked_keys, own_keys
from polybius.corroboration.memory import Memory
from polybius.corroboration.profile import profile_of
from polybius.record import Record

MOST_MET = 80  # reports that a new one is compared with, those that share most with it
MOST_MEMBERS = 12  # voices of a happening that a new account is compared with


class Grouper:
    """Groups records one by one; ``memory`` holds all it knows and may be kept between runs.

    >>> grouper = Grouper()
    >>> changes = grouper.add(record)
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = memory or Memory()

    def add(self, record: Record) -> list[Change]:
        """Put a record into copies, rewrites and happenings; a newer coding takes the older one's place."""
        return self.add_profile(profile_of(record))

    def add_profile(self, profile: Profile) -> list[Change]:
        """The same for what is remembered of a record."""
        changes = self.remove(profile.report)
        met = [self.memory.profiles[report] for report in self.memory.met(asked_keys(profile), MOST_MET)]
        self.memory.keep(profile, own_keys(profile), self._voice(profile, met))
        for account in profile.accounts:
            changes += self._place(profile, account, met)
        return changes

    def remove(self, report: str) -> list[Change]:
        """Take a report out again; its accounts leave their happenings. Nothing when it is not there."""
        profile = self.memory.profiles.get(report)
        if profile is None:
            return []
        left = [
            Change(account=key, happening=self.memory.happening_of[key], what="removed")
            for key in map(profile.key, profile.accounts)
            if key in self.memory.happening_of
        ]
        self.memory.forget(report, own_keys(profile))
        return left

    def join(self, one: AccountKey, other: AccountKey) -> list[Change]:
        """Make the happenings of two accounts one, for good; a part of the same two is undone."""
        self._decide("join", one, other)
        here, there = (self.memory.happening_of[key] for key in (one, other))
        return [] if here == there else self._merge(here, there, ("a reader joined them",))

    def part(self, one: AccountKey, other: AccountKey) -> list[Change]:
        """Take the other account into a happening of its own, for good; a join of the same two is undone."""
        self._decide("part", one, other)
        if self.memory.happening_of[one] != self.memory.happening_of[other]:
            return []
        happening = _id(other, again=self.memory.happening_of[other])
        reasons = ("a reader parted it",)
        self.memory.put(other, happening, reasons)
        return [Change(account=other, happening=happening, what="parted", reasons=reasons)]

    def forget(self, override: Override) -> None:
        """Undo a reader's decision: the accounts are compared again when their reports are added again."""
        self.memory.overrides.discard(override)

    def _decide(self, kind: str, one: AccountKey, other: AccountKey) -> None:
        pair = {one, other}
        same = {o for o in self.memory.overrides if o.layer == "happening" and {o.one, o.other} == pair}
        self.memory.overrides -= same
        self.memory.overrides.add(Override.model_validate({"kind": kind, "one": one, "other": other}))

    def _voice(self, profile: Profile, met: Iterable[Profile]) -> Voice:
        """The voice of the report: its own, or that of the one it copies or rewrites."""
        found = []
        for earlier in met:
            if self._decided("copy", AccountKey(profile.report, ""), AccountKey(earlier.report, "")) == "part":
                continue
            if voice := voice_of(profile, earlier):
                found.append(voice)
        if not found:
            return Voice(original=profile.report)
        best = min(found, key=lambda voice: voice.layer != "copy")
        return best.model_copy(update={"original": self.memory.voices[best.original].original})

    def _place(self, profile: Profile, account: Account, met: Iterable[Profile]) -> list[Change]:
        """Put one account into the happening it fits best, or one of its own; then join what now belongs together."""
        key = profile.key(account)
        fits = sorted(self._fits(profile, account, self._candidates(met)), key=lambda fit: (-fit[0], fit[1]))
        if not fits:
            happening = _id(key)
            self.memory.put(key, happening, ())
            return [Change(account=key, happening=happening, what="new")]
        (_, best, reasons), *others = fits
        self.memory.put(key, best, reasons)
        changes = [Change(account=key, happening=best, what="joined", reasons=reasons)]
        for _, other, why in others:
            if account.main and self._belong_together(best, other):
                changes += self._merge(best, other, why)
        return changes

    def _candidates(self, met: Iterable[Profile]) -> list[str]:
        keys = (profile.key(account) for profile in met for account in profile.accounts)
        return list(dict.fromkeys(self.memory.happening_of[k] for k in keys if k in self.memory.happening_of))

    def _fits(
        self, profile: Profile, account: Account, happenings: Iterable[str]
    ) -> Iterator[tuple[float, str, tuple[str, ...]]]:
        """The happenings an account fits, each with the points above what is needed, and the best reasons."""
        key = profile.key(account)
        for happening in happenings:
            members = self.memory.members.get(happening, [])
            decided = {self._decided("happening", key, member) for member in members}
            if "join" in decided:
                yield 9.0, happening, ("a reader joined them",)
            elif "part" not in decided:
                margin, reasons = self._margin(profile, account, members)
                if margin > 0:
                    yield margin, happening, reasons

    def _margin(
        self, profile: Profile, account: Account, members: Iterable[AccountKey]
    ) -> tuple[float, tuple[str, ...]]:
        """How well an account fits a happening: the mean over the better half of its voices, at least two.

        The mean keeps a chain of likenesses from tying strangers; the better half lets a story grow.
        """
        voices: dict[str, tuple[float, tuple[str, ...]]] = {}
        for member in members:
            if member.report == profile.report:
                continue
            other, theirs = self.memory.account(member)
            verdict = compare(profile, account, other, theirs)
            voice = self.memory.voices[member.report].original
            reasons = (f"with {other.name}", *verdict.reasons)
            if voice not in voices or verdict.margin > voices[voice][0]:
                voices[voice] = (verdict.margin, reasons)
            if len(voices) >= MOST_MEMBERS:
                break
        if not voices:
            return -1.0, ()
        ranked = sorted(voices.values(), key=lambda verdict: -verdict[0])
        counted = ranked[: max(2, (len(ranked) + 1) // 2)]
        return sum(margin for margin, _ in counted) / len(counted), ranked[0][1]

    def _belong_together(self, one: str, other: str) -> bool:
        """Whether the accounts of two happenings fit each other on the whole."""
        margins = []
        for member in self.memory.members[other][:MOST_MEMBERS]:
            if any(self._decided("happening", member, m) == "part" for m in self.memory.members[one]):
                return False
            margins.append(self._margin(*self.memory.account(member), self.memory.members[one])[0])
        return bool(margins) and sum(margins) / len(margins) > 0

    def _merge(self, into: str, gone: str, reasons: tuple[str, ...]) -> list[Change]:
        """Make two happenings one; the larger keeps its name."""
        if len(self.memory.members[gone]) > len(self.memory.members[into]):
            into, gone = gone, into
        moved = list(self.memory.members[gone])
        for key in moved:
            self.memory.put(key, into, (*self.memory.reasons.get(key, ()), *reasons))
        return [Change(account=key, happening=into, what="merged", reasons=reasons) for key in moved]

    def _decided(self, layer: str, one: AccountKey, other: AccountKey) -> str | None:
        """What a reader decided on two accounts; None when nothing."""
        pair = {one, other}
        for override in self.memory.overrides:
            if override.layer == layer and {override.one, override.other} == pair:
                return override.kind
        return None


def _id(key: AccountKey, again: str = "") -> str:
    """The name of a happening, after the account that began it."""
    return "h" + blake2b(f"{key.report} {key.event} {again}".encode(), digest_size=6).hexdigest()
