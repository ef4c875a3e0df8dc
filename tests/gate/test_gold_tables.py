"""The gate's gold tables are sound: every anchor is found once, every code is known, every name is declared.

A slip in a gold table would pass for a fault of the coder, so the tables are tested before they test anything.
"""

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

GATE = Path(__file__).parent
TABLES = sorted(GATE.glob("*.gold.yaml"))


def words(text: str) -> set[str]:
    return set(text.split())


# PLOVER 2.0, typed here a second time on purpose: a slip in the ontology's data must not hide one in a table.
MODES: dict[str, set[str]] = {
    "AGREE": set(),
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "SUPPORT": set(),
    "CONCEDE": set(),
    "COOPERATE": set(),
    "AID": set(),
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    },
    "ASSAULT": {
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    },
}  # fmt: skip
CONTEXTS = words(
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy
    economic legal reparations human_rights rights_freedoms repression human_security gender lgbt
    religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters
    natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs
    trafficking"""
)
SECTORS = words(
    """COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC
    IGO UNO EUR NGO ISM IMG MNC"""
)
KINDS = {"person", "state", "organization", "group"}
BOUNDS = {"exact", "at_least", "at_most", "about", "vague"}
MEASURES = {"count", "money", "mass", "distance", "percent", "other"}
FORMS = {"direct", "indirect", "mixed"}
AUXILIARIES = {"negation", "future", "hypothetical", "historical"}
TIES = words(
    """ally supporter creditor debtor supplier partner head part_of member spokesperson minister representative
    opponent rival family predecessor successor host mediator recognizes
    owner neighbour relative"""
)
FIELDS: dict[str, set[str]] = {
    "document": {"published", "author", "source", "title", "language", "not_text"},
    "actors": {"id", "name", "kind", "country", "sector", "optional"},
    "mentions": {"at", "text", "actor", "place"},
    "times": {"at", "text", "start", "end", "optional"},
    "amounts": {"at", "text", "value", "bound", "kind", "unit", "previous", "optional"},
    "events": {
        "id", "at", "type", "mode", "actors", "recipients", "date", "place", "contexts", "auxiliary",
        "amounts", "said_by", "optional",
    },
    "statements": {"at", "speaker", "via", "form", "date", "optional"},
    "ties": {"at", "kind", "from", "to", "rank", "optional"},
}  # fmt: skip
ACTOR_FIELDS = ("actor", "actors", "recipients", "said_by", "speaker", "via", "from", "to")


def flat(value: object) -> list[Any]:
    """A field's value as the list of what it allows; `null` among alternatives is dropped."""
    if isinstance(value, list):
        return [leaf for part in value for leaf in flat(part)]
    return [] if value is None else [value]


def table(path: Path) -> tuple[str, dict[str, Any]]:
    text = path.with_name(path.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf8")
    return text, yaml.safe_load(path.read_text(encoding="utf8"))


def slips(text: str, gold: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a gold table, a line each."""
    ids = [actor["id"] for actor in gold["actors"]]
    yield from (f"actor {i} declared twice" for i in set(ids) if ids.count(i) > 1)
    yield from (f"unknown table {name}" for name in gold if name not in FIELDS)
    if not isinstance(gold["document"].get("published"), date):
        yield "published is no date"
    yield from (
        f"not in the text: {junk}" for junk in gold["document"].get("not_text", []) if junk not in text
    )
    yield from _keys("document", gold["document"])
    for name in FIELDS.keys() - {"document"}:
        for entry in gold.get(name) or []:
            yield from _keys(name, entry)
            yield from _place(text, entry) if name != "actors" else ()
            yield from _codes(name, entry)
            yield from (
                f"{name}: no actor {i}: {entry.get('at')}"
                for field in ACTOR_FIELDS
                for i in flat(entry.get(field))
                if i not in ids
            )


def _keys(name: str, entry: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name}: unknown field {key} in {entry}" for key in entry if key not in FIELDS[name])
    if "optional" in entry and entry["optional"] is not True:
        yield f"{name}: optional is true or absent: {entry}"


def _place(text: str, entry: dict[str, Any]) -> Iterator[str]:
    if (times := text.count(entry["at"])) != 1:
        yield f"anchor occurs {times} times: {entry['at']!r}"
    if "text" in entry and entry["at"].count(entry["text"]) != 1:
        yield f"text is not once in its anchor: {entry}"


def _codes(name: str, entry: dict[str, Any]) -> Iterator[str]:
    known: dict[str, set[str]] = {
        "contexts": CONTEXTS,
        "auxiliary": AUXILIARIES,
        "sector": SECTORS,
        "bound": BOUNDS,
        "form": FORMS,
        "type": set(MODES),
        "kind": {"actors": KINDS, "amounts": MEASURES, "ties": TIES}.get(name, set()),
    }
    for field, codes in known.items():
        yield from (f"{name}: unknown {field} {v}: {entry}" for v in flat(entry.get(field)) if v not in codes)
    allowed = set().union(*(MODES.get(t, set()) for t in flat(entry.get("type"))))
    yield from (f"no mode {m} there: {entry}" for m in flat(entry.get("mode")) if m not in allowed)
    yield from (f"no country: {entry}" for c in flat(entry.get("country")) if not _is_country(c))
    for field in ("start", "end", "date"):
        if field in entry and not isinstance(entry[field], date):
            yield f"{field} is no date: {entry}"
    if name == "times" and "start" in entry and entry["start"] > entry["end"]:
        yield f"ends before it starts: {entry}"
    if name == "events" and "type" not in entry and not entry.get("optional"):
        yield f"event without a type: {entry}"
    if name == "mentions" and ("actor" in entry) == ("place" in entry):
        yield f"a mention is an actor's or a place: {entry}"
    for field in ("said_by", "speaker", "via", "from", "to"):
        if isinstance(entry.get(field), list) and None in entry[field]:
            yield f"the scorer takes no null among alternatives: {entry}"
    if name == "amounts":
        yield from (
            f"value is no number: {entry}"
            for v in (entry.get("value", 0), entry.get("previous", 0))
            if not _is_number(v)
        )


def _is_country(code: object) -> bool:
    return isinstance(code, str) and len(code) == 3 and code.isupper()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def test_no_table_is_lost() -> None:
    assert len(TABLES) >= 41


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_gold_table_is_sound(path: Path) -> None:
    text, gold = table(path)
    assert not list(slips(text, gold))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_events_carry_only_amounts_that_the_table_lists(path: Path) -> None:
    _, gold = table(path)
    listed = {value for amount in gold["amounts"] for value in flat(amount.get("value"))}
    carried = {value for event in gold["events"] for value in flat(event.get("amounts"))}
    assert carried <= listed


def test_a_slip_is_noticed() -> None:
    gold = {
        "document": {"published": date(2020, 1, 1)},
        "actors": [{"id": "a", "name": "A", "kind": "king"}],
        "events": [{"at": "A met A", "type": "CONSULT", "mode": "aerial", "actors": ["b"]}],
    }
    found = "\n".join(slips("A met B", gold))
    for part in ("unknown kind king", "anchor occurs 0 times", "no mode aerial", "no actor b"):
        assert part in found


def test_quiet_texts_are_there() -> None:
    quiet = sorted((GATE / "quiet").glob("*.txt"))
    assert len(quiet) >= 6
    assert all(150 <= len(path.read_text(encoding="utf8").split()) <= 320 for path in quiet)


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_weekdays_and_months_agree_with_their_dates(path: Path) -> None:
    _, gold = table(path)
    for time in (time for time in gold["times"] if "start" in time):
        said = time.get("text", time["at"])
        weekdays, months = (
            [name for name in calendar.day_name if name in said],
            [name for name in calendar.month_name[1:] if name in said.split()],
        )
        assert not weekdays or calendar.day_name[time["start"].weekday()] in weekdays, time
        assert not months or calendar.month_name[time["start"].month] in months, time
