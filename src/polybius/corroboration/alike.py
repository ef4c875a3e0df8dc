"""How alike two accounts are: every point for or against is a reason that a reader can check."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from polybius.corroboration.figures import compatible
from polybius.corroboration.forms import Account, Figure, Party, Profile, Telling
from polybius.corroboration.words import cosine, shared
from polybius.record import Interval
from polybius.record.names import fold
from polybius.tables import read_table, values

MAIN_NEEDS = 0.33  # points that what two reports are mainly about must reach to be one happening
SIDE_NEEDS = 0.62  # points that an event told in passing must reach
KEPT = 20_000  # accounts whose facts are kept at hand
LONGEST = 31  # days: what is only known to lie in a longer stretch tells no two happenings together or apart


@dataclass(frozen=True, slots=True)
class Verdict:
    """The points above (or below) what is needed for one happening, and what they rest on."""

    margin: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """An account laid out for comparison."""

    types: frozenset[str]
    modes: frozenset[str]
    days: tuple[tuple[str, Interval], ...]
    said: tuple[tuple[str, Interval], ...]
    places: frozenset[str]
    keys: frozenset[str]
    names: frozenset[str]
    countries: frozenset[str]
    dyads: frozenset[tuple[str, str, str]]
    figures: tuple[Figure, ...]


def compare(one: Profile, account: Account, other: Profile, others: Account) -> Verdict:
    """Whether two accounts of different reports tell of one happening."""
    if account.main and others.main:
        return _compare_main(one, account, other, others)
    return _compare_side(one, account, other, others)


def _compare_main(one: Profile, account: Account, other: Profile, others: Account) -> Verdict:
    """What two reports are mainly about: their words weigh most, then what cannot be true of one happening."""
    a, b = facts(one, account), facts(other, others)
    words = cosine(one.words, other.words)
    points, reasons = (
        words,
        [f"the reports' words are alike by {words:.0%} ({_common(one.words, other.words)})"],
    )
    for gain, reason in _circumstances(a, b, one, other):
        points += gain
        reasons.append(reason)
    if _tells_apart(one, account, b) or _tells_apart(other, others, a):
        points -= 0.2
        reasons.append("one of them tells of the other's in passing, as of another day")
    return Verdict(round(points - MAIN_NEEDS, 3), tuple(reasons))


def _tells_apart(profile: Profile, account: Account, theirs: _Facts) -> bool:
    """Whether a report sets its own happening apart from another's: by an event of that type on that day beside it."""
    mine = facts(profile, account)
    if not _apart(mine.said, theirs.said, same_type=True):
        return False
    beside = [facts(profile, other).said for other in profile.accounts if other is not account]
    return any(_apart(days, theirs.said, same_type=True) == 0 for days in beside)


def _compare_side(one: Profile, account: Account, other: Profile, others: Account) -> Verdict:
    """An event told in passing: type, day and who took part must all fit, and the words beside it."""
    a, b = facts(one, account), facts(other, others)
    apart = _apart(a.days, b.days)
    parties = a.keys & b.keys
    countries = a.countries & b.countries
    if not any(linked(x, y) for x in a.types for y in b.types) or apart is None or apart > 1:
        return Verdict(-1.0, ())
    if not parties and len(countries) < min(2, len(a.countries | b.countries)):
        return Verdict(-1.0, ())
    words = cosine(account.words, others.words)
    points = 0.3 * bool(a.types & b.types) + 0.2 * (apart == 0) + min(0.3, 0.2 * len(parties)) + 0.5 * words
    reasons = [f"the sentences are alike by {words:.0%} ({_common(account.words, others.words)})"]
    reasons.append("the same participants: " + ", ".join(sorted(parties or countries)))
    for gain, reason in _circumstances(a, b, one, other):
        points += min(gain, 0.0) if "day" in reason or "type" in reason else gain
        reasons.append(reason)
    return Verdict(round(points - SIDE_NEEDS, 3), tuple(reasons))


def _circumstances(a: _Facts, b: _Facts, one: Profile, other: Profile) -> Iterable[tuple[float, str]]:
    """Points for and against by type, day, place, participants, figures and mode."""
    if common := a.types & b.types:
        yield 0.06, f"the same type: {', '.join(sorted(common))}"
    elif not any(linked(x, y) for x in a.types for y in b.types):
        yield -0.04, f"types that do not go together: {', '.join(sorted(a.types ^ b.types))}"
    yield from _days(a, b, one, other)
    if a.places and b.places:
        same = a.places & b.places
        yield (0.05, f"the same place: {', '.join(sorted(same))}") if same else (-0.1, "other places")
    if parties := a.names & b.names:
        yield min(0.08, 0.04 * len(parties)), f"both name {', '.join(sorted(parties))}"
    if _reversed(a, b):
        yield -0.25, "who does it and to whom are exchanged"
    yield from _figures(a.figures, b.figures)
    if a.modes and b.modes and not a.modes & b.modes:
        yield -0.08, f"other means: {', '.join(sorted(a.modes))} and {', '.join(sorted(b.modes))}"


def _days(a: _Facts, b: _Facts, one: Profile, other: Profile) -> Iterable[tuple[float, str]]:
    """Points by day. Days speak against one happening only for events of one type, and most when both are named:

    what reports code as different types lies on days of its own. Without such days those of publication decide.
    """
    apart = _apart(a.days, b.days)
    again = _apart(a.said, b.said, same_type=True)
    if apart == 0:
        yield 0.05, "the same day"
    elif again is None and (inferred := _apart(a.days, b.days, same_type=True)) is not None and inferred > 1:
        yield (
            -0.15 - 0.03 * min(inferred - 2, 5),
            f"the same type {inferred} days apart, as far as can be inferred",
        )
    elif again is None:
        if one.published and other.published:
            published = abs((one.published - other.published).days)
            if published > 3:
                yield -0.03 * min(published - 3, 10), f"published {published} days apart"
    elif again == 1:
        yield -0.08, "a day apart, unless over midnight or in another time zone"
    else:
        yield -0.35 - 0.03 * min(again - 2, 7), f"the same type {again} days apart"


def _figures(a: Iterable[Figure], b: Iterable[Figure]) -> Iterable[tuple[float, str]]:
    """The same figure speaks for one happening; another one only weakly against it: a toll rises."""
    same, other = set(), set()
    for one in a:
        for two in b:
            if one.label == two.label:
                if one.value is not None and one.value == two.value:
                    same.add(f"{one.label} {one.value:g}")
                elif compatible(one, two) is False:
                    other.add(one.label)
    if same:
        yield min(0.1, 0.05 * len(same)), f"the same figures: {', '.join(sorted(same))}"
    elif other:
        yield -0.03, f"other figures: {', '.join(sorted(other))}"


def _reversed(a: _Facts, b: _Facts) -> bool:
    """Whether one tells that X did it to Y and the other, by the same type, that Y did it to X."""
    turned = {(type_, recipient, actor) for type_, actor, recipient in b.dyads}
    return bool(a.dyads & turned) and not a.dyads & b.dyads


_known: OrderedDict[tuple[int, int], tuple[Profile, Account, _Facts]] = OrderedDict()


def facts(profile: Profile, account: Account) -> _Facts:
    """An account laid out for comparison; forms never change, so the last ones are kept."""
    key = (id(profile), id(account))
    if key not in _known:
        _known[key] = (profile, account, _lay_out(profile, account))
        if len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[key][2]


def _lay_out(profile: Profile, account: Account) -> _Facts:
    told = profile.told(account)
    strongest = told[0].weight if told else 0.0
    strong = [t for t in told if t.weight >= 0.4 * strongest]
    own = [t.place for t in strong if t.place and t.place in account.scenes]
    return _Facts(
        types=frozenset(t.type for t in strong),
        modes=frozenset(
            kind for t in told if (kind := _mode_kinds().get(t.mode or "")) and t.type == "ASSAULT"
        ),
        days=tuple(_dated(strong)),
        said=tuple(_dated(t for t in strong if t.day_said)),
        places=frozenset(map(fold, own or account.scenes)),
        keys=frozenset(party.key for t in told for party in t.parties()),
        names=frozenset(party.key for t in told for party in t.parties() if _is_name(party)),
        countries=frozenset(party.country for t in told for party in t.parties() if party.country),
        dyads=frozenset(_dyads(strong)),
        figures=tuple(figure for t in told for figure in t.figures),
    )


def _dated(told: Iterable[Telling]) -> Iterable[tuple[str, Interval]]:
    return ((t.type, t.days) for t in told if t.days and (t.days.end - t.days.start).days <= LONGEST)


def _is_name(party: Party) -> bool:
    """Whether it is someone in particular: states are in too many reports, "rebels" and "two men" are nobody."""
    if party.key.startswith("state/"):
        return False
    return "/" in party.key or sum(word[0].isupper() for word in party.name.split()) > 1


def _dyads(told: Iterable[Telling]) -> Iterable[tuple[str, str, str]]:
    """(type, country, country) of what one does to another; a meeting has no such direction."""
    for telling in told:
        if telling.type in {"CONSULT", "AGREE"}:
            continue
        for actor in telling.actors:
            for recipient in telling.recipients:
                if actor.country and recipient.country and actor.country != recipient.country:
                    yield telling.type, actor.country, recipient.country


def days_apart(one: Interval | None, other: Interval | None) -> int | None:
    """Days between two stretches of days, 0 where they overlap; None when one is unknown."""
    if one is None or other is None:
        return None
    return max(0, (one.start - other.end).days, (other.start - one.end).days)


_Days = Iterable[tuple[str, Interval]]


def _apart(a: _Days, b: _Days, *, same_type: bool = False) -> int | None:
    """The fewest days between any two events of the two accounts, or any two of one type."""
    found = [
        apart
        for type_, x in a
        for other, y in b
        if (type_ == other or not same_type) and (apart := days_apart(x, y)) is not None
    ]
    return min(found, default=None)


def linked(one: str, other: str) -> bool:
    """Whether two reports may code one happening by these two types."""
    return one == other or bool(families_of(one) & families_of(other))


@cache
def families_of(type_: str) -> frozenset[str]:
    """The families that an event type stands in; a type of a user's own ontology has a family of its own."""
    found = frozenset(family for family, types in _families().items() if type_ in types)
    return found or frozenset({type_})


@cache
def _families() -> dict[str, frozenset[str]]:
    return {
        row["family"]: frozenset(values(row["types"]))
        for row in read_table("polybius.corroboration", "families.tsv")
    }


@cache
def _mode_kinds() -> dict[str, str]:
    rows = read_table("polybius.corroboration", "modes.tsv")
    return {mode: row["kind"] for row in rows for mode in values(row["modes"])}


def _common(one: dict[str, float], other: dict[str, float]) -> str:
    return ", ".join(shared(one, other)) or "no rare word"
