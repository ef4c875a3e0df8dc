"""Reports made up in numbers, with their records, for measuring a large store: no model is asked.

Who and where come from the knowledge tables, a few of them often and most seldom, as in the news; what surrounds an
event is taken from the gate's texts, so that the search has real words. Two or three reports tell each story, days
run over twenty years. The same seed gives the same reports. The bodies are nonsense; only their sizes are like news:
some 2,000 characters, ten events, a dozen actors.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert

from polybius.corroboration import tables as kept
from polybius.corroboration.keys import own_keys
from polybius.corroboration.profile import profile_of
from polybius.intake.report import report_id
from polybius.knowledge import tables
from polybius.ontology import Ontology
from polybius.record import (
    Actor,
    Amount,
    Document,
    Event,
    EventEvidence,
    Interval,
    Mention,
    Omission,
    Place,
    Record,
    Statement,
    StatementEvidence,
    Tie,
    Time,
)
from polybius.store import Store

ROOT = Path(__file__).parents[1]
FIRST_DAY, DAYS = date(2004, 1, 1), 20 * 365
CODER = {"polybius": "synthesis", "pipeline": "none"}
BATCH = 200  # reports saved together
TOLD, TOLD_BY_MANY = (1, 1, 1, 2, 2, 3, 5), (20, 40, 80)  # reports of one story
KINDS = ("ally", "head", "member", "part", "creditor")
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Story:
    """What the reports of one day agree on."""

    number: int
    day: date
    type: str
    mode: str | None
    actor: int
    recipient: int
    place: int


class World:
    """Who acts, where, and what is said around it."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.ontology = Ontology.load()
        self.actors = [*_states(), *self._mixed([*_leaders(), *_bodies()])]
        self.places = sorted(
            {row["geonameid"]: row for row in tables.rows(tables.DATA / "places.tsv")}.values(),
            key=lambda row: (-int(row["population"]), int(row["geonameid"])),
        )[:8000]
        self.sources = [row["name"] for row in tables.rows(tables.DATA / "organisations-media.tsv")][:300]
        paths = sorted((ROOT / "tests" / "gate").glob("*.txt"))
        self.fillers = [line for path in paths for line in path.read_text(encoding="utf8").split(". ")]
        self._shares: dict[int, list[float]] = {}

    def often(self, things: Sequence[_Thing]) -> int:
        """The place of one of many things: the first is met most often (Zipf)."""
        size = len(things)
        if size not in self._shares:
            self._shares[size] = list(accumulate(1 / (rank + 3) for rank in range(size)))
        return self.random.choices(range(size), cum_weights=self._shares[size])[0]

    def stories(self) -> Iterator[Story]:
        """Stories without end; their days go up and down over the years."""
        chance, number = self.random, 0
        types = list(self.ontology.types)
        while True:
            type_ = chance.choice(types)
            mode = chance.choice([None, *self.ontology.types[type_].modes])
            actor, recipient = self.often(self.actors), self.often(self.actors)
            day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
            yield Story(number, day, type_, mode, actor, recipient, self.often(self.places))
            number += 1

    def told(self) -> Iterator[tuple[Story, Record]]:
        """Records without end, each with its story: mostly one to five tell the same, seldom many."""
        number = 0
        for story in self.stories():
            for _ in range(self.random.choice(TOLD if self.random.random() < 0.99 else TOLD_BY_MANY)):
                number += 1
                yield story, _Writing(self, story, number).record()

    def _mixed(self, things: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.random.shuffle(things)
        return things[:6000]


class _Writing:
    """One report in the making: the text grows, and the records with it."""

    def __init__(self, world: World, story: Story, number: int) -> None:
        self.world, self.story, self.random = world, story, world.random
        self.text = f"Report {number} of the day\n"
        self.published = story.day + timedelta(days=self.random.randrange(2))
        self.ids: dict[int, str] = {story.actor: "a1"}
        self.mentions: list[Mention] = []
        self.places: list[Place] = []
        self.times: list[Time] = []
        self.amounts: list[Amount] = []
        self.events: list[Event] = []
        self.statements: list[Statement] = []
        self.ties: list[Tie] = []

    def record(self) -> Record:
        """The report with all that is in it."""
        self.event(main=True)
        for _ in range(self.random.randrange(3, 16)):
            if self.random.random() < 0.4:
                self.add(self.random.choice(self.world.fillers) + ". ")
            self.event()
        while len(self.text) < 1600:
            self.add(self.random.choice(self.world.fillers) + ". ")
        for _ in range(self.random.choice((0, 0, 1, 2, 4))):
            self.tie()
        actors = tuple(Actor(id=id_, **self.world.actors[index]) for index, id_ in self.ids.items())
        source = self.world.sources[self.world.often(self.world.sources)]
        return Record(
            document=Document(
                id=report_id(self.text, self.published), text=self.text, published=self.published, source=source,
                title=self.text.split("\n")[1][:80], author="Nobody", language="en",
            ),
            actors=actors, mentions=tuple(self.mentions), places=tuple(self.places), times=tuple(self.times),
            amounts=tuple(self.amounts), events=tuple(self.events), statements=tuple(self.statements),
            ties=tuple(self.ties), coder=CODER,
            omissions=tuple(Omission(span=e.span, room="events", reason="made up") for e in self.events[:3]),
        )  # fmt: skip

    def add(self, words: str) -> tuple[int, int]:
        """Write words; gives where they stand."""
        start = len(self.text)
        self.text += words
        return start, start + len(words.rstrip())

    def actor(self, index: int) -> tuple[str, tuple[int, int]]:
        """Name an actor; gives the id and where the name stands."""
        id_ = self.ids.setdefault(index, f"a{len(self.ids) + 1}")
        span = self.add(self.world.actors[index]["name"] + " ")
        self.mentions.append(Mention(span=span, actor=id_, kind="name"))
        return id_, span

    def someone(self) -> int:
        """Somebody, more often one who was named already."""
        if self.random.random() < 0.4:
            return self.random.choice(list(self.ids))
        return self.world.often(self.world.actors)

    def place(self, index: int) -> str:
        """Name a place; gives its id."""
        row = self.world.places[index]
        span = self.add(row["name"] + " ")
        facts = {"name": row["name"], "country": row["country"], "known_as": f"geonames/{row['geonameid']}"}
        point = {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}
        self.places.append(Place(id=f"p{len(self.places) + 1}", span=span, **facts, **point))
        return self.places[-1].id

    def event(self, main: bool = False) -> None:
        """A sentence that tells an event, sometimes by a speaker."""
        story, chance, ontology = self.story, self.random, self.world.ontology
        start = len(self.text)
        type_, mode = story.type, story.mode
        if not main:
            type_ = chance.choice(list(ontology.types))
            mode = chance.choice([None, *ontology.types[type_].modes])
        actor, named = self.actor(story.actor if main else self.someone())
        trigger = self.add(type_.lower() + " ")
        recipients, done_to = [], []
        if main or chance.random() < 0.8 or ontology.types[type_].recipient:
            recipient, span = self.actor(story.recipient if main else self.someone())
            recipients, done_to = [recipient], [span]
        place = None
        if main or chance.random() < 0.4:
            place = self.place(story.place if main else self.world.often(self.world.places))
        day = story.day - timedelta(days=0 if main else chance.randrange(60))
        when = self.add("on that day ")
        self.times.append(Time(span=when, start=day, end=day))
        figures = []
        if chance.random() < 0.2:
            figures = [f"q{len(self.amounts) + 1}"]
            value = chance.randrange(2, 900)
            self.amounts.append(Amount(id=figures[0], span=self.add(f"{value} "), value=value, of="people"))
        said_by, statement = self.statement(start) if chance.random() < 0.4 else (None, None)
        self.add("there.\n")
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}", span=trigger, type=type_, mode=mode, actors=(actor,),
                recipients=tuple(recipients), place=place, amounts=tuple(figures), said_by=said_by,
                statement=statement, date=Interval(start=day, end=day) if chance.random() < 0.9 else None,
                auxiliary=("negation",) if chance.random() < 0.05 else (),
                quad=ontology.quad(type_), intensity=ontology.score(type_, mode),
                cameo=ontology.cameo(type_, mode), confidence=round(chance.uniform(0.3, 1), 3),
                evidence=EventEvidence(actors=(named,), recipients=tuple(done_to), date=when),
            )
        )  # fmt: skip

    def statement(self, start: int) -> tuple[str, str]:
        """Put what was written since ``start`` into somebody's mouth; gives speaker and statement."""
        told = (start, len(self.text.rstrip()))
        speaker, named = self.actor(self.someone())
        cue = self.add("said ")
        id_ = f"s{len(self.statements) + 1}"
        self.statements.append(
            Statement(
                id=id_, span=told, cue=cue, speaker=speaker, form="indirect",
                evidence=StatementEvidence(speaker=named),
            )
        )  # fmt: skip
        return speaker, id_

    def tie(self) -> None:
        """Somebody stands somehow to somebody else."""
        start = len(self.text)
        one, _ = self.actor(self.world.often(self.world.actors))
        self.add("stands by ")
        other, _ = self.actor(self.world.often(self.world.actors))
        since = (
            FIRST_DAY + timedelta(days=self.random.randrange(DAYS)) if self.random.random() < 0.3 else None
        )
        span = (start, len(self.text.rstrip()))
        kind: Any = self.random.choice(KINDS)
        self.ties.append(
            Tie(id=f"t{len(self.ties) + 1}", span=span, kind=kind, from_=one, to=other, since=since)
        )
        self.add(".\n")


def fill(store: Store, world: World, count: int) -> Iterator[int]:
    """Save so many reports and group them by their stories, in batches; gives how many are in after each.

    The grouping is written as it is known here: finding it out takes 20 ms a report, and is not what is measured.
    """
    told = world.told()
    happenings: dict[str, dict[str, Any]] = {}
    for done in range(0, count, BATCH):
        batch = [next(told) for _ in range(min(BATCH, count - done))]
        store.save_many([record for _, record in batch])
        _group(store, batch, done + 1, happenings)
        yield done + len(batch)
    store.write(lambda connection: connection.execute(insert(kept.happenings), list(happenings.values())))


def _group(
    store: Store, batch: list[tuple[Story, Record]], first: int, happenings: dict[str, dict[str, Any]]
) -> None:
    from polybius.store import coder_version

    profiles, keys, claims = [], [], []
    for number, (story, record) in enumerate(batch, first):
        profile = profile_of(record)
        profiles.append(
            {
                "report": number, "coder": coder_version(record.coder), "original": record.document.id,
                "profile": profile.model_dump_json(exclude_defaults=True), "layer": None, "reasons": [],
            }
        )  # fmt: skip
        keys += [{"key": key, "report": number} for key in sorted(own_keys(profile))]
        for position, account in enumerate(profile.accounts):
            happening = f"h{story.number}-{0 if position == 0 else f'{number}-{position}'}"
            claims += [
                {
                    "report": number,
                    "event": e,
                    "account": account.events[0],
                    "happening": happening,
                    "reasons": [],
                }
                for e in account.events
            ]
            told = next(e for e in record.events if e.id == account.events[0])
            row = happenings.setdefault(
                happening,
                {
                    "id": happening, "type": told.type, "mode": told.mode, "place": None, "country": None,
                    "date_start": told.date and told.date.start, "date_end": told.date and told.date.end,
                    "voices": 0, "reports": 0,
                },
            )  # fmt: skip
            row["voices"] += 1
            row["reports"] += 1

    def work(connection: Any) -> None:
        for table, rows in ((kept.profiles, profiles), (kept.meeting_keys, keys), (kept.claims, claims)):
            connection.execute(insert(table), rows)

    store.write(work)


def _states() -> list[dict[str, Any]]:
    """States; those most in the news first, roughly as their number of leaders in the tables."""
    weight: dict[str, int] = {}
    for row in tables.all_rows(tables.DATA, "leaders-*.tsv"):
        weight[row["country"]] = weight.get(row["country"], 0) + 1
    rows = sorted(tables.rows(tables.DATA / "countries.tsv"), key=lambda row: -weight.get(row["code"], 0))
    return [
        {"name": row["name"], "kind": "state", "country": row["code"], "known_as": f"state/{row['code']}"}
        for row in rows[:200]
    ]


def _leaders() -> Iterator[dict[str, Any]]:
    for row in tables.all_rows(tables.DATA, "leaders-*.tsv"):
        name, country = row["name"], row["country"] or None
        key = "person/" + "-".join(name.lower().split())
        facts = {"sector": row["sector"] or None, "role": row["title"] or None, "known_as": key}
        yield {"name": name, "kind": "person", "country": country, **facts}


def _bodies() -> Iterator[dict[str, Any]]:
    for row in tables.all_rows(tables.DATA, "organisations-*.tsv"):
        facts = {"country": row["country"] or None, "sector": row["sector"] or None, "known_as": row["key"]}
        yield {"name": row["name"], "kind": "organization", **facts}
