"""Counts over the events found: by month, place, counterpart and pair; and over everybody the reports speak of."""

from __future__ import annotations

from datetime import date
from math import prod
from typing import Any

import numpy as np

from polybius.record.names import fold
from polybius.web.digest.columns import NEVER, Array, Codes, Digest

_EPOCH = date(1970, 1, 1).toordinal()  # where numpy's days begin
_ROOM = 1 << 17  # numbers so small are counted without being sorted


def months(digest: Digest, found: Array) -> list[tuple[str, int, int]]:
    """Events by month and quad class: ("2019-09", 4, 12), in order."""
    start = digest.events["start"][found]
    dated = start != NEVER
    day, quad, count = _unique(start[dated], digest.events["quad"][found][dated])
    month = (day - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    together, where = np.unique(month.astype(np.int64) * 8 + quad, return_inverse=True)
    sums = np.bincount(where, count).astype(int)
    names = (together // 8).astype("datetime64[M]").astype(str)
    return list(zip(names.tolist(), (together % 8).tolist(), sums.tolist(), strict=True))


def days(digest: Digest, found: Array) -> tuple[tuple[date, int], ...]:
    """Events by day, in order."""
    start = digest.events["start"][found]
    return tuple((date.fromordinal(day), count) for day, count in _groups(start[start != NEVER]))


def by_value(codes: Codes, column: Array, other: str | None = None) -> list[tuple[Any, int]]:
    """How often each value stands in a column of numbers, the most frequent first."""
    counted = [(codes.values[code], count) for code, count in _groups(column)]
    named = [(other if value is None else value, count) for value, count in counted]
    return sorted(named, key=lambda pair: (-pair[1], pair[0] or ""))


def counterparts(digest: Digest, found: Array, role: int, top: int) -> list[tuple[str, str, int, int]]:
    """Who stands on the other side: key, name, events of cooperation, of conflict; the most frequent first."""
    parties, keys = digest.parties, digest.people.keys.values
    here = digest.where("parties", "event", found)
    here = here[parties["role"][here] == role]
    who, event = parties["who"][here], parties["event"][here]
    key = digest.who["key"][who]
    best = sorted(_groups(key, top=top), key=lambda group: (-group[1], keys[group[0]]))[:top]
    shown = np.isin(key, [group[0] for group in best])
    worse = {group[0]: 0 for group in best}
    for one, conflict, count in _groups(key[shown], digest.events["quad"][event[shown]] > 2):
        worse[one] += count * conflict
    names = _names(digest, who[shown])
    return [(keys[one], names[one], count - worse[one], worse[one]) for one, count in best]


def busiest(digest: Digest, top: int) -> list[tuple[str, str, int]]:
    """Who takes part in most events: key, name, events."""
    who = digest.parties["who"][digest.everything(digest.events)[digest.parties["event"]]]
    key, keys = digest.who["key"][who], digest.people.keys.values
    best = sorted(_groups(key, top=top), key=lambda group: (-group[1], keys[group[0]]))[:top]
    names = _names(digest, who[np.isin(key, [one for one, _ in best])])
    return [(keys[one], names[one], count) for one, count in best]


def points(digest: Digest, found: Array, top: int) -> list[tuple[Any, ...]]:
    """Events by place and quad class: name, country, latitude, longitude, quad, events; the most frequent first."""
    place, quad = digest.events["place"][found], digest.events["quad"][found]
    there = place >= 0
    sums: dict[tuple[Any, ...], tuple[str, int]] = {}
    values = digest.codes["place"].values
    for code, quad_, count in _groups(place[there], quad[there]):
        name, _, country, latitude, longitude, _ = values[code]
        if latitude is not None:
            known, before = sums.get((country, latitude, longitude, quad_), (name, 0))
            sums[country, latitude, longitude, quad_] = (min(known, name), before + count)
    best = sorted(sums.items(), key=lambda item: (-item[1][1], item[1][0]))[:top]
    return [(name, *where, count) for where, (name, count) in best]


def links(digest: Digest, found: Array, top: int) -> list[tuple[str, str, str, str, int, int]]:
    """Who does what to whom: keys and names of both, quad class, events; the most frequent first."""
    pairs, key, keys = digest.pairs, digest.who["key"], digest.people.keys.values
    here = digest.where("pairs", "event", found)
    one, other = pairs["actor"][here], pairs["recipient"][here]
    columns = (key[one], key[other], digest.events["quad"][pairs["event"][here]])
    best = sorted(_groups(*columns, top=top), key=lambda g: (-g[3], keys[g[0]], keys[g[1]], g[2]))[:top]
    shown = np.isin(columns[0], [g[0] for g in best]) & np.isin(columns[1], [g[1] for g in best])
    facts = digest.people.codes.values
    names: dict[tuple[int, ...], tuple[str, str]] = {}
    for *group, actor, recipient, _ in _groups(*(c[shown] for c in (*columns, one, other))):
        told = (facts[actor][0], facts[recipient][0])
        before = names.get(tuple(group), told)
        names[tuple(group)] = (min(told[0], before[0]), min(told[1], before[1]))
    return [(keys[a], keys[b], *names[a, b, quad], quad, count) for a, b, quad, count in best]


def ties(digest: Digest, found: Array) -> dict[tuple[str, str, str, str, str], int]:
    """How often each tie is told, in the order of ``found``: keys and names of both ends, kind."""
    told: dict[tuple[str, str, str, str, str], int] = {}
    table, facts, keys = digest.ties, digest.people.codes.values, digest.people.keys.values
    found = found[table["to_actor"][found] >= 0]
    one, other = table["from_actor"][found], table["to_actor"][found]
    ends = (one, other, digest.who["key"][one], digest.who["key"][other], table["kind"][found])
    for a, b, key, other_key, kind in zip(*(column.tolist() for column in ends), strict=True):
        tie = (keys[key], keys[other_key], facts[a][0], facts[b][0], digest.codes["kind"].values[kind])
        told[tie] = told.get(tie, 0) + 1
    return told


def ties_once(digest: Digest, found: Array) -> Array:
    """The first of all ties that are alike in kind, ends and days: by kind, then by the day since when."""
    table, key, kinds = digest.ties, digest.who["key"], digest.codes["kind"].values
    ends = (
        np.where(table[name][found] >= 0, key[table[name][found]], -1) for name in ("from_actor", "to_actor")
    )
    columns = (table["kind"][found], table["since"][found], table["until"][found], *ends)
    once: dict[tuple[int, ...], int] = {}
    for row, tie in zip(found.tolist(), zip(*(c.tolist() for c in columns), strict=True), strict=True):
        once.setdefault(tie, row)
    order = sorted(once, key=lambda tie: (kinds[tie[0]], tie[1]))  # one that has no day comes first
    return np.array([once[tie] for tie in order], np.int64)


def dyads(digest: Digest, found: Array, top: int) -> tuple[tuple[str, str, int], ...]:
    """Pairs by country, else by name; two ministers of one country in one event are one."""
    pairs, side = digest.pairs, digest.who["side"]
    here = digest.where("pairs", "event", found)
    once = _unique(pairs["event"][here], side[pairs["actor"][here]], side[pairs["recipient"][here]])
    names = digest.people.sides.values
    counted = _groups(*once[1:3], top=top)
    best = sorted(counted, key=lambda group: (-group[2], names[group[0]], names[group[1]]))[:top]
    return tuple((names[one], names[other], count) for one, other, count in best)


def who(digest: Digest, name: str, top: int) -> list[tuple[Any, ...]]:
    """Those a name stands for: name, kind, country, sector, role, key, first and last day, reports."""
    named = digest.people.named({fold(name), name.lower()}, len(digest.who["key"]))
    here = digest.where("actors", "who", np.flatnonzero(named))
    here = here[digest.live[digest.actors["report"][here]]]
    report, alike = digest.actors["report"][here], digest.who["alike"][digest.actors["who"][here]]
    one, report, _ = _unique(alike, report)
    one, starts, counts = np.unique(one, return_index=True, return_counts=True)
    if not len(one):
        return []
    day = digest.reports["published"][report]
    first = np.minimum.reduceat(np.where(day == NEVER, date.max.toordinal(), day), starts)
    last = np.maximum.reduceat(day, starts)
    rows = []
    for alike_, *days, count in zip(*(c.tolist() for c in (one, first, last, counts)), strict=True):
        span = (None, None) if days[1] == NEVER else map(date.fromordinal, days)
        rows.append((*digest.people.alike.values[alike_], *span, count))
    return sorted(rows, key=lambda row: (-row[-1], *(value or "" for value in row[:6])))[:top]


def _unique(*columns: Array, top: int | None = None) -> list[Array]:
    """Every different row of some columns of whole numbers, in order, and last how often each stands there.

    Args:
        top: leave out rows that stand there less often than so many others.
    """
    if not len(columns[0]):
        return [np.empty(0, np.int64)] * (len(columns) + 1)
    lows = [int(column.min()) for column in columns]
    sizes = [int(column.max()) + 1 - low for column, low in zip(columns, lows, strict=True)]
    packed: Array = np.zeros(len(columns[0]), np.int64)
    for column, low, size in zip(columns, lows, sizes, strict=True):
        packed = packed * size + (column - low)
    values, counts = _counted(packed, prod(sizes))
    if top is not None and top < len(counts):
        often = counts >= np.partition(counts, len(counts) - top)[len(counts) - top]
        values, counts = values[often], counts[often]
    parts = [counts]
    for low, size in zip(reversed(lows), reversed(sizes), strict=True):
        parts.insert(0, values % size + low)
        values = values // size
    return parts


def _counted(numbers: Array, size: int) -> tuple[Array, Array]:
    """Every different number from 0 to before ``size``, and how often it stands there."""
    if size > max(_ROOM, 4 * len(numbers)):
        return np.unique(numbers, return_counts=True)
    counts = np.bincount(numbers, minlength=size)
    values = np.flatnonzero(counts)
    return values, counts[values]


def _groups(*columns: Array, top: int | None = None) -> list[tuple[int, ...]]:
    """The same as tuples."""
    return list(zip(*(part.tolist() for part in _unique(*columns, top=top)), strict=True))


def _names(digest: Digest, who: Array) -> dict[int, str]:
    """The first of the names, by the alphabet, that stand under each key."""
    names: dict[int, str] = {}
    facts = digest.people.codes.values
    for one in np.unique(who).tolist():
        key, name = int(digest.who["key"][one]), facts[one][0]
        names[key] = min(names.get(key, name), name)
    return names
