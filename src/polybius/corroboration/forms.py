"""The forms of this room: what is remembered of a report, and the happenings that several reports tell of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from polybius.record.model import Bound, Interval, Model

Layer = Literal["copy", "rewrite", "happening"]
"""Copied text; the same report in other words; another report of the same happening."""


class Party(Model):
    """Someone who takes part. ``key`` is that of the knowledge, else the folded name."""

    key: str
    name: str
    country: str | None = None
    sector: str | None = None


class Figure(Model):
    """A figure of a claim. ``label`` says what it counts: "killed", "arrested", a thing counted, a currency.

    Of a thing, ``label`` is the stem, so that "soldier" meets "soldiers", and ``counted`` the word as reported.

    ``agrees`` tells whether it can be true together with what most independent voices say under that label;
    None when no other voice gives one.
    """

    label: str
    counted: str | None = None
    value: float | None
    bound: Bound
    unit: str | None = None
    words: str
    agrees: bool | None = None


class Telling(Model):
    """One event of a report, with all that telling events apart needs.

    ``day_said``: the report names the day, or it was inferred. ``weight``: how prominent the event is, 0–2.
    """

    event: str
    start: int
    end: int
    words: str
    type: str
    mode: str | None = None
    days: Interval | None = None
    day_said: bool = False
    place: str | None = None
    place_country: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    figures: tuple[Figure, ...] = ()
    said_by: str | None = None
    auxiliary: tuple[str, ...] = ()
    confidence: float
    weight: float

    def parties(self) -> Iterator[Party]:
        """Actors, then recipients."""
        yield from self.actors
        yield from self.recipients


class AccountKey(NamedTuple):
    """An account by its report's id and the first of its events."""

    report: str
    event: str


class Account(Model):
    """What one report tells of one happening: the events, and the weights of the words around them.

    ``main``: it is what the report is mainly about. ``scenes``: towns named in the sentences that tell it.
    """

    events: tuple[str, ...]
    main: bool = False
    scenes: tuple[str, ...] = ()
    words: dict[str, float] = Field(default_factory=dict)


class Profile(Model):
    """What is remembered of a report, so that others can be compared with it without reading it again.

    ``words`` are weights of the words, headline and lead first; ``quotes`` the quoted words in runs of five;
    ``bands`` and ``signature`` are its MinHash; ``names`` how the report may call itself when another copies it.
    """

    report: str
    name: str
    source: str | None = None
    published: date | None = None
    title: str | None = None
    tellings: tuple[Telling, ...] = ()
    accounts: tuple[Account, ...] = ()
    words: dict[str, float] = Field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    signature: tuple[int, ...] = ()
    shingles: int = 0
    credits: tuple[str, ...] = ()

    def key(self, account: Account) -> AccountKey:
        """The key of one of its accounts."""
        return AccountKey(self.report, account.events[0])

    def account(self, event: str) -> Account:
        """The account whose first event this is. Raises KeyError when there is none."""
        for account in self.accounts:
            if account.events[0] == event:
                return account
        raise KeyError(event)

    def told(self, account: Account) -> tuple[Telling, ...]:
        """The events of an account, most prominent first."""
        chosen = [telling for telling in self.tellings if telling.event in account.events]
        return tuple(sorted(chosen, key=lambda telling: -telling.weight))


class Voice(Model):
    """Whose words a report gives: its own, or those of the ``original`` it copies or rewrites, and why."""

    original: str
    layer: Layer | None = None
    reasons: tuple[str, ...] = ()


class Override(Model):
    """A reader's own decision, which goes before any comparison.

    ``join`` or ``part`` two accounts (layer ``happening``), or two reports (layer ``copy``, events empty).
    """

    kind: Literal["join", "part"]
    layer: Literal["copy", "happening"] = "happening"
    one: AccountKey
    other: AccountKey


class Change(Model):
    """What became of an account: which happening it now belongs to, with whom, and why. Undone by an override.

    ``before``: the happening it belonged to until now; of a merged one, all accounts have moved.
    """

    account: AccountKey
    happening: str
    before: str | None = None
    what: Literal["new", "joined", "merged", "parted", "removed"]
    reasons: tuple[str, ...] = ()


class Claim(Model):
    """What one report says of a happening.

    ``report`` is the user's id for the report where there was one, else the report's own. ``told`` is "itself"
    when the event is the happening, "about" when it answers or surrounds it (a condemnation in the lead).
    ``voice`` is the report whose words these are: a copy has its original's.
    """

    report: str
    source: str | None
    published: date | None
    said_by: str | None
    words: str
    start: int
    end: int
    event: str
    type: str
    mode: str | None
    date: Interval | None
    auxiliary: tuple[str, ...]
    amounts: tuple[Figure, ...]
    told: Literal["itself", "about"]
    main: bool
    voice: str
    layer: Layer | None
    reasons: tuple[str, ...]


class Participant(Model):
    """Someone who takes part in a happening; ``voices``: how many independent voices say so."""

    name: str
    country: str | None
    sector: str | None
    role: Literal["actor", "recipient"]
    voices: int


class Counted(Model):
    """All that is said under one label. ``agree`` is None when one voice alone gives a figure."""

    label: str
    values: tuple[str, ...]
    agree: bool | None


class Happening(Model):
    """One thing that happened, and who says what about it; ``voices`` counts copies and rewrites once."""

    id: str
    type: str
    mode: str | None
    date: Interval | None
    place: str | None
    country: str | None
    participants: tuple[Participant, ...]
    voices: int
    sources: int
    reports: int
    figures: tuple[Counted, ...]
    agree: bool | None
    claims: tuple[Claim, ...]
