"""Parts the events of one report into the happenings it tells of; one of them is what it is mainly about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from polybius.corroboration.alike import days_apart, linked
from polybius.corroboration.forms import Account, Telling
from polybius.corroboration.words import cosine, stems, weigh, weigh_text

_SAME_WORDS = 0.2  # two events of one report whose sentences are this alike are told of together


def accounts_of(
    tellings: Sequence[Telling], around: Mapping[str, str], towns: Mapping[str, frozenset[str]]
) -> tuple[Account, ...]:
    """The accounts of a report, the main one first.

    Args:
        tellings: its events.
        around: the sentence of each event, by the event's id.
        towns: the towns named in that sentence, by the event's id.
    """
    words = {event: weigh_text(sentence) for event, sentence in around.items()}
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=lambda t: -t.weight):
        home = next((g for g in groups if _together(g[0], telling, around, words)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return tuple(_account(group, around, towns, main=number == 0) for number, group in enumerate(groups))


def _together(
    head: Telling, other: Telling, around: Mapping[str, str], words: Mapping[str, Mapping[str, float]]
) -> bool:
    """Whether a report tells of one happening by both events."""
    apart = days_apart(head.days, other.days)
    parties = {party.key for party in head.parties()} & {party.key for party in other.parties()}
    if around[head.event] == around[other.event] and not apart and len(parties) > 1:
        return True  # what one sentence tells of the same two: "expelled them and accused them of spying"
    if not linked(head.type, other.type) or (apart is not None and apart > 2):
        return False
    if around[head.event] == around[other.event]:
        return True
    countries = {party.country for party in head.parties()} & {party.country for party in other.parties()}
    known = bool(parties) or bool(countries - {None})
    return known or cosine(words[head.event], words[other.event]) >= _SAME_WORDS


def _account(
    group: Sequence[Telling], around: Mapping[str, str], towns: Mapping[str, frozenset[str]], *, main: bool
) -> Account:
    counts: Counter[str] = Counter()
    for sentence in {around[telling.event] for telling in group}:
        counts.update(stems(sentence))
    scenes = frozenset[str]().union(*(towns[telling.event] for telling in group))
    return Account(
        events=tuple(telling.event for telling in group),
        main=main,
        scenes=tuple(sorted(scenes)),
        words=weigh(counts),
    )
