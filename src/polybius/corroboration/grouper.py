"""Puts each report's accounts into happenings as reports come in; what it decides it explains, and can undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from polybius.corroboration.alike import compare, facts
from polybius.corroboration.copies import voice_of
from polybius.corroboration.forms import Account, AccountKey, Change, Override, Profile, Voice
from polybius.corroboration.keys import asked_keys, own_keys
from polybius.corroboration.memory import Memory
from polybius.corroboration.profile import profile_of
from polybius.record import Record

MOST_MET = 80  # reports that a new one is compared with, those that share most with it
MOST_NEAR = 5  # happenings that are settled anew when an account comes near them
NEAR = 0.15  # points below what is needed
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
        by_day = self._by_day(self._candidates(met))
        for account in profile.accounts:
            changes += self._place(profile, account, self._near(profile, account, met, by_day))
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
        before = self.memory.happening_of[other]
        happening = _id(other, again=before)
        reasons = ("a reader parted it",)
        self.memory.put(other, happening, reasons)
        return [Change(account=other, happening=happening, before=before, what="parted", reasons=reasons)]

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
            if (
                self._decided("copy", AccountKey(profile.report, ""), AccountKey(earlier.report, ""))
                == "part"
            ):
                continue
            if voice := voice_of(profile, earlier):
                found.append(voice)
        if not found:
            return Voice(original=profile.report)
        best = min(found, key=lambda voice: voice.layer != "copy")
        return best.model_copy(update={"original": self.memory.voices[best.original].original})

    def _place(self, profile: Profile, account: Account, happenings: Iterable[str]) -> list[Change]:
        """Put one account into the happening it fits best, or one of its own; then settle those it came near."""
        key = profile.key(account)
        near = [fit for fit in self._fits(profile, account, happenings) if fit[0] > -NEAR]
        fits = [(not self._has_main(home), -margin, home, why) for margin, home, why in near if margin > 0]
        if fits:
            _, _, home, reasons = min(fits)
            change = Change(account=key, happening=home, what="joined", reasons=reasons)
        else:
            home = _id(key)
            change = Change(account=key, happening=home, what="new")
        self.memory.put(key, home, change.reasons)
        if not account.main or not near:
            return [change]
        return [change, *self._settle([home, *(h for _, h, _ in near if h != home and self._has_main(h))])]

    def _settle(self, happenings: list[str]) -> list[Change]:
        """Let what reports are mainly about move to where it now fits better, and join what belongs together.

        A report that came early found less to compare with; without this the order of coming in would decide.
        """
        changes = []
        happenings = happenings[:MOST_NEAR]
        for key in [k for h in happenings for k in self.memory.members[h][:MOST_MEMBERS]]:
            changes += self._move(key, happenings)
        for at, one in enumerate(happenings):
            for other in happenings[at + 1 :]:
                if one in self.memory.members and other in self.memory.members:
                    margin, reasons = self._between(one, other)
                    if margin > 0:
                        changes += self._merge(one, other, reasons)
        return changes

    def _move(self, key: AccountKey, happenings: Iterable[str]) -> list[Change]:
        """Move a main account to that of the happenings which it fits best, if that is not where it is."""
        profile, account = self.memory.account(key)
        if not account.main:
            return []
        home = self.memory.happening_of[key]
        alive = [h for h in happenings if h in self.memory.members]
        fits = list(self._fits(profile, account, alive))
        here = next((margin for margin, happening, _ in fits if happening == home), -1.0)
        best = max(fits, default=(0.0, home, ()))
        if best[1] == home or best[0] <= max(here, 0.0):
            return []
        self.memory.put(key, best[1], best[2])
        return [Change(account=key, happening=best[1], before=home, what="joined", reasons=best[2])]

    def _has_main(self, happening: str) -> bool:
        """Whether some report is mainly about it."""
        return any(self.memory.account(key)[1].main for key in self.memory.members[happening])

    def _candidates(self, met: Iterable[Profile]) -> list[str]:
        keys = (profile.key(account) for profile in met for account in profile.accounts)
        return list(dict.fromkeys(self.memory.happening_of[k] for k in keys if k in self.memory.happening_of))

    def _by_day(self, happenings: Iterable[str]) -> dict[int, list[AccountKey]]:
        """The accounts of happenings by the days they speak of, with the day before and after."""
        found: dict[int, list[AccountKey]] = defaultdict(list)
        for key in (key for happening in happenings for key in self.memory.members[happening]):
            for _, days in facts(*self.memory.account(key)).days:
                for day in range(days.start.toordinal() - 1, days.end.toordinal() + 2):
                    found[day].append(key)
        return found

    def _near(
        self, profile: Profile, account: Account, met: Iterable[Profile], by_day: dict[int, list[AccountKey]]
    ) -> list[str]:
        """The happenings an account is compared with: told in passing, only those of its days can be the same."""
        key = profile.key(account)
        if account.main or any(o.kind == "join" and key in (o.one, o.other) for o in self.memory.overrides):
            return self._candidates(met)
        days = {
            day
            for _, stretch in facts(profile, account).days
            for day in range(stretch.start.toordinal(), stretch.end.toordinal() + 1)
        }
        keys = (key for day in sorted(days) for key in by_day.get(day, ()))
        return list(dict.fromkeys(self.memory.happening_of[k] for k in keys if k in self.memory.happening_of))

    def _fits(
        self, profile: Profile, account: Account, happenings: Iterable[str]
    ) -> Iterator[tuple[float, str, tuple[str, ...]]]:
        """How well an account fits each happening: the points above what is needed, and the best reasons.

        One that a reader parted from it is left out.
        """
        key = profile.key(account)
        for happening in happenings:
            members = self.memory.members.get(happening, [])
            decided = {self._decided("happening", key, member) for member in members}
            if "join" in decided:
                yield 9.0, happening, ("a reader joined them",)
            elif "part" not in decided:
                margin, reasons = self._margin(profile, account, members)
                yield margin, happening, reasons

    def _margin(
        self, profile: Profile, account: Account, members: Sequence[AccountKey]
    ) -> tuple[float, tuple[str, ...]]:
        """How well an account fits a happening: the mean over the better half of its voices, at least two.

        The mean keeps a chain of likenesses from tying strangers; the better half lets a story grow. What a
        report is mainly about is compared with what others are mainly about, where there are such.
        """
        mains = [m for m in members if self.memory.account(m)[1].main] if account.main else []
        voices: dict[str, tuple[float, tuple[str, ...]]] = {}
        for member in mains or members:
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

    def _between(self, one: str, other: str) -> tuple[float, tuple[str, ...]]:
        """How well the main accounts of one happening fit another, on the whole, and why the first does."""
        verdicts = []
        for member in self.memory.members[other][:MOST_MEMBERS]:
            profile, account = self.memory.account(member)
            if any(self._decided("happening", member, m) == "part" for m in self.memory.members[one]):
                return -1.0, ()
            if account.main:
                verdicts.append(self._margin(profile, account, self.memory.members[one]))
        if not verdicts:
            return -1.0, ()
        return sum(margin for margin, _ in verdicts) / len(verdicts), max(verdicts)[1]

    def _merge(self, into: str, gone: str, reasons: tuple[str, ...]) -> list[Change]:
        """Make two happenings one; the larger keeps its name."""
        if len(self.memory.members[gone]) > len(self.memory.members[into]):
            into, gone = gone, into
        moved = list(self.memory.members[gone])
        for key in moved:
            self.memory.put(key, into, (*self.memory.reasons.get(key, ()), *reasons))
        return [
            Change(account=key, happening=into, before=gone, what="merged", reasons=reasons) for key in moved
        ]

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
