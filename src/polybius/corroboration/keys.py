"""The keys under which reports and accounts meet: few reports share one, however many there are in all.

Accounts meet by family of types, country and day; what reports are mainly about also by their rarest words
within three days of publication, for reports whose events were coded otherwise; texts by bands of MinHash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from polybius.corroboration.alike import families_of
from polybius.corroboration.forms import Account, Profile, Telling

LONGEST = 7  # days of an event that it is kept under
NEWS = 3  # days within which reports of one happening mostly come out
TELLING_WORDS = 6  # of a report's heaviest words that it is kept under


def own_keys(profile: Profile) -> frozenset[str]:
    """The keys a report is kept under."""
    keys = set(profile.bands)
    for account in profile.accounts:
        for family, country, day in _marks(profile, account):
            keys.add(f"{family} {country} {day}")
    if profile.published:
        keys.update(f"{word} {profile.published}" for word in _heaviest(profile))
    return frozenset(keys)


def asked_keys(profile: Profile) -> frozenset[str]:
    """The keys to look under for reports that may tell the same: also a day before and after, by midnight."""
    keys = set(profile.bands)
    for account in profile.accounts:
        for family, country, day in _marks(profile, account):
            keys.update(f"{family} {country} {near}" for near in _around(day, 1))
    if profile.published:
        for near in _around(profile.published, NEWS):
            keys.update(f"{word} {near}" for word in _heaviest(profile))
    return frozenset(keys)


def _marks(profile: Profile, account: Account) -> Iterator[tuple[str, str, date]]:
    for telling in profile.told(account):
        days = list(_days(telling, profile.published))
        for family in families_of(telling.type):
            for country in _countries(telling):
                yield from ((family, country, day) for day in days)


def _days(telling: Telling, published: date | None) -> Iterator[date]:
    """The days of an event, the first seven of a longer stretch; without any, the day of publication."""
    if telling.days is None:
        yield from [published] if published else []
        return
    length = min((telling.days.end - telling.days.start).days + 1, LONGEST)
    yield from (telling.days.start + timedelta(days=after) for after in range(length))


def _countries(telling: Telling) -> frozenset[str]:
    """The pair of countries an event ties, or the one it stays in; "-" where none is known."""
    found = sorted({c for c in (*(p.country for p in telling.parties()), telling.place_country) if c})
    if not found:
        return frozenset({"-"})
    return frozenset(found) if len(found) < 3 else frozenset(found[:6])


def _heaviest(profile: Profile) -> Iterable[str]:
    return sorted(profile.words, key=lambda word: -profile.words[word])[:TELLING_WORDS]


def _around(day: date, reach: int) -> Iterator[date]:
    return (day + timedelta(days=after) for after in range(-reach, reach + 1))
