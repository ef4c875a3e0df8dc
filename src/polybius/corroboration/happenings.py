"""Tells a happening from the accounts put into it: what, when, where, who, by how many voices, in what agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from polybius.corroboration.alike import LONGEST, linked
from polybius.corroboration.figures import compatible, in_words
from polybius.corroboration.forms import (
    Account,
    Claim,
    Counted,
    Figure,
    Happening,
    Participant,
    Profile,
    Telling,
)
from polybius.corroboration.memory import Memory
from polybius.record import Interval

_Told = tuple[Profile, Account, Telling]


def happenings(memory: Memory) -> list[Happening]:
    """All happenings, those with most independent voices first, then by day."""
    return ranked(tell(memory, happening) for happening in memory.happenings())


def ranked(told: Iterable[Happening]) -> list[Happening]:
    """Happenings in the order they are listed in: most voices, most claims, then by day and id."""

    def rank(happening: Happening) -> tuple[int, int, str, str]:
        day = happening.date.start.isoformat() if happening.date else "9999"
        return -happening.voices, -len(happening.claims), day, happening.id

    return sorted(told, key=rank)


def tell(memory: Memory, happening: str) -> Happening:
    """One happening with its claims."""
    told = list(_told(memory, happening))
    voice_of = {profile.report: memory.voices[profile.report].original for profile, _, _ in told}
    type_, mode = _type(told, voice_of)
    itself = [item for item in told if linked(item[2].type, type_)]
    place, country = _place(itself, voice_of)
    figures = _agreeing([(profile, telling) for profile, _, telling in itself], voice_of)
    counted = tuple(_counted(figures))
    agreements = [entry.agree for entry in counted if entry.agree is not None]
    return Happening(
        id=happening,
        type=type_,
        mode=mode,
        date=_date(itself, type_, voice_of),
        place=place,
        country=country,
        participants=tuple(_participants(itself, type_, voice_of)),
        voices=len(set(voice_of.values())),
        sources=len({profile.source for profile, _, _ in told if profile.source}),
        reports=len(voice_of),
        figures=counted,
        agree=all(agreements) if agreements else None,
        claims=tuple(_claim(memory, item, type_, figures) for item in told),
    )


def _told(memory: Memory, happening: str) -> Iterator[_Told]:
    """Every event told of it: by day of publication, main accounts first, the most prominent event first."""
    found = [(memory.account(key), key) for key in memory.members[happening]]

    def order(item: tuple[tuple[Profile, Account], object]) -> tuple[str, str, bool]:
        (profile, account), _ = item
        return str(profile.published or "9999"), profile.name, not account.main

    for (profile, account), _ in sorted(found, key=order):
        for telling in profile.told(account):
            yield profile, account, telling


def _type(told: Sequence[_Told], voice_of: dict[str, str]) -> tuple[str, str | None]:
    """The type that weighs most, each voice having one vote to part among its events; and its commonest mode."""
    votes: defaultdict[str, float] = defaultdict(float)
    totals: defaultdict[str, float] = defaultdict(float)
    for profile, _, telling in told:
        totals[voice_of[profile.report]] += telling.weight + 0.001
    for profile, account, telling in told:
        share = (telling.weight + 0.001) / totals[voice_of[profile.report]]
        votes[telling.type] += share * (1 if account.main else 0.5)
    type_ = min(votes, key=lambda t: (-votes[t], t))
    modes = Counter(telling.mode for _, _, telling in told if telling.type == type_ and telling.mode)
    return type_, min(modes, key=lambda m: (-modes[m], m), default=None)


def _date(told: Sequence[_Told], type_: str, voice_of: dict[str, str]) -> Interval | None:
    """The day that most voices give it; of equals, the shortest, then the earliest stretch."""
    votes: defaultdict[Interval, set[str]] = defaultdict(set)
    own = [item for item in told if item[2].type == type_]
    for profile, _, telling in own if any(t.days for _, _, t in own) else told:
        if telling.days and (telling.days.end - telling.days.start).days <= LONGEST:
            votes[telling.days].add(voice_of[profile.report])

    def rank(days: Interval) -> tuple[int, int, str]:
        return -len(votes[days]), (days.end - days.start).days, days.start.isoformat()

    return min(votes, key=rank, default=None)


def _place(told: Sequence[_Told], voice_of: dict[str, str]) -> tuple[str | None, str | None]:
    """The place that most voices give it, with its country; else the one town all that tell it name."""
    votes: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for profile, account, telling in told:
        if telling.place:
            votes[telling.place, telling.place_country].add(voice_of[profile.report])
        elif len(account.scenes) == 1:
            votes[account.scenes[0], None].add(voice_of[profile.report])
    if not votes:
        return None, None
    name, country = min(votes, key=lambda p: (-len(votes[p]), p[1] is None, p[0]))
    countries = (c for n, c in votes if n == name and c)
    return name, country or next(countries, None)


def _participants(told: Sequence[_Told], type_: str, voice_of: dict[str, str]) -> Iterator[Participant]:
    """Who takes part in events of the happening's type, the best attested first."""
    votes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[str, tuple[str, str | None, str | None]] = {}
    for profile, _, telling in told:
        if telling.type != type_:
            continue
        for role, parties in (("actor", telling.actors), ("recipient", telling.recipients)):
            for party in parties:
                votes[party.key, role].add(voice_of[profile.report])
                first.setdefault(party.key, (party.name, party.country, party.sector))
    for (key, role), voices in sorted(
        votes.items(), key=lambda item: (-len(item[1]), item[0][1], item[0][0])
    ):
        name, country, sector = first[key]
        as_: Literal["actor", "recipient"] = "actor" if role == "actor" else "recipient"
        yield Participant(name=name, country=country, sector=sector, role=as_, voices=len(voices))


_Figures = dict[tuple[str, str, Figure], Figure]
"""Each figure, by report and event, as it is once compared with the others."""


def _agreeing(told: Sequence[tuple[Profile, Telling]], voice_of: dict[str, str]) -> _Figures:
    """Every figure with whether it can be true together with those of most other voices."""
    by_label: defaultdict[str, list[tuple[str, str, Figure]]] = defaultdict(list)
    for profile, telling in told:
        for figure in telling.figures:
            by_label[figure.label].append((profile.report, telling.event, figure))
    found: _Figures = {}
    for same in by_label.values():
        for report, event, figure in same:
            answers: dict[str, bool] = {}
            for other, _, theirs in same:
                if voice_of[other] == voice_of[report]:
                    continue
                if (answer := compatible(figure, theirs)) is not None:
                    answers[voice_of[other]] = answers.get(voice_of[other], False) or answer
            agrees = None if not answers else sum(answers.values()) * 2 >= len(answers)
            found[report, event, figure] = figure.model_copy(update={"agrees": agrees})
    return found


def _counted(figures: _Figures) -> Iterator[Counted]:
    labels: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        labels[figure.label].append(figure)
    for label, same in sorted(labels.items(), key=lambda item: (-len(item[1]), item[0])):
        known = [figure.agrees for figure in same if figure.agrees is not None]
        values = tuple(dict.fromkeys(in_words(figure) for figure in same))
        word = same[0].counted or label
        yield Counted(label=word, values=values, agree=all(known) if known else None)


def _claim(memory: Memory, item: _Told, type_: str, figures: _Figures) -> Claim:
    profile, account, telling = item
    voice = memory.voices[profile.report]
    original = memory.profiles.get(voice.original)
    return Claim(
        report=profile.name,
        source=profile.source,
        published=profile.published,
        said_by=telling.said_by,
        words=telling.words,
        start=telling.start,
        end=telling.end,
        event=telling.event,
        type=telling.type,
        mode=telling.mode,
        date=telling.days,
        auxiliary=telling.auxiliary,
        amounts=tuple(figures.get((profile.report, telling.event, f), f) for f in telling.figures),
        told="itself" if linked(telling.type, type_) else "about",
        main=account.main,
        voice=original.name if original else voice.original,
        layer=voice.layer,
        reasons=(*voice.reasons, *memory.reasons.get(profile.key(account), ())),
    )
