"""The page for readers: one coded report as tables on a terminal. Tables with nothing in them are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from polybius.cli.words import clean, country_name, days, flag, sector_words
from polybius.record import Amount, Event, Interval, Record, Span

QUAD_STYLES = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
"""Verbal cooperation, material cooperation, verbal conflict, material conflict."""

MARKS = {"negation": "✗ not", "future": "↗ future", "hypothetical": "? if", "historical": "↶ past"}
BOUNDS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "about": "~ ", "vague": "~ "}
DATE = 10  # columns
WIDEST = 120  # columns: longer lines are hard to read across
LONGEST_QUOTE = 240  # characters of a statement that are shown


def write_pages(records: Iterable[Record], out: TextIO) -> None:
    """A page for each record, with a line between two."""
    console = Console(file=out, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    for number, record in enumerate(records):
        if number:
            console.print(Rule(style="dim"))
        print_page(record, console)
        out.flush()


def print_page(record: Record, console: Console) -> None:
    """Print one record on a console, as wide as the console is."""
    console.print(Text(clean(record.document.title or "Report without a title"), style="bold"))
    console.print(Text(" · ".join(_about(record)), style="dim"))
    tables = (_actors, _events, _statements, _ties, _amounts, _times, _places, _omissions)
    for table in (make(record) for make in tables):
        if table:
            console.print()
            console.print(table)
    if not record.events:
        console.print("\nNo events found.")


def _about(record: Record) -> Iterator[str]:
    document = record.document
    for fact in (document.source, document.author, document.url):
        if fact:
            yield clean(fact)
    day = document.published
    yield f"published {day:%A} {day.day} {day:%B %Y}" if day else "day of publication unknown"


def _actors(record: Record) -> Table | None:
    rows = [
        (
            Text(clean(actor.name), style="bold"),
            _country(actor.country),
            Text(sector_words(actor.sector) or ("state" if actor.kind == "state" else "")),
            Text(clean(actor.role or "")),
        )
        for actor in record.actors
    ]
    return make_table("Actors", rows, name=4, country=3, sector=3, role=3)


def _events(record: Record) -> Table | None:
    rows = [
        (
            Text(days(event.date)),
            _names(record, event.actors),
            what_happened(event),
            _names(record, event.recipients),
            _names(record, (event.said_by,)) if event.said_by else Text("report", style="dim"),
            _quoted(record, event.span),
        )
        for event in record.events
    ]
    return make_table("Events", rows, date=0, who=4, what=4, to_whom=4, says_who=3, in_the_words=6)


def what_happened(event: Event) -> Text:
    """Type and mode in the colour of the quad class, and below them what makes it no plain fact."""
    what = Text(" ".join(filter(None, (event.type, event.mode))), style=QUAD_STYLES.get(event.quad, ""))
    for auxiliary in event.auxiliary:
        what.append(f"\n{MARKS[auxiliary]}", style="bold magenta")
    return what


def _statements(record: Record) -> Table | None:
    rows = [
        (
            _names(record, (statement.speaker,)),
            _names(record, (statement.via,)),
            Text(statement.form),
            _quoted(record, statement.span),
        )
        for statement in record.statements
    ]
    return make_table("Statements", rows, speaker=3, via=2, form=2, words=9)


def _ties(record: Record) -> Table | None:
    rows = [
        (
            _names(record, (tie.from_,)),
            Text(tie.kind.replace("_", " ") + (f" no. {tie.rank}" if tie.rank else "")),
            _names(record, (tie.to,)),
            Text(str(tie.since or "")),
            Text(str(tie.until or "")),
            _names(record, (tie.said_by,)),
            _quoted(record, tie.span),
        )
        for tie in record.ties
    ]
    return make_table("Ties", rows, who=4, tie=4, to_whom=4, since=0, until=0, says_who=3, in_the_words=6)


def _amounts(record: Record) -> Table | None:
    rows = [
        (
            _quoted(record, amount.span),
            Text(_figure(amount)),
            Text(clean(amount.of or "")),
            Text("" if amount.previous is None else f"{amount.previous:,.10g}"),
        )
        for amount in record.amounts
    ]
    return make_table("Amounts", rows, in_the_words=4, figure=3, of_what=4, before=2)


def _figure(amount: Amount) -> str:
    if amount.value is None:
        return "no figure"
    unit = "" if amount.kind == "count" else amount.unit or ""
    return f"{BOUNDS[amount.bound]}{amount.value:,.10g} {unit}".strip()


def _times(record: Record) -> Table | None:
    rows = [
        (_quoted(record, time.span), Text(days(Interval(start=time.start, end=time.end))))
        for time in record.times
    ]
    return make_table("Times", rows, in_the_words=4, when=9)


def _places(record: Record) -> Table | None:
    rows = [
        (
            _quoted(record, place.span),
            Text(clean(place.name)),
            _country(place.country),
            Text("" if place.latitude is None else f"{place.latitude:.2f}, {place.longitude:.2f}"),
        )
        for place in record.places
    ]
    return make_table("Places", rows, in_the_words=4, place=3, country=3, coordinates=3)


def _omissions(record: Record) -> Table | None:
    rows = [
        (_quoted(record, omission.span), Text(omission.room), Text(clean(omission.reason)))
        for omission in record.omissions or ()
    ]
    return make_table("Seen and not coded", rows, in_the_words=6, room=2, why=5)


def make_table(title: str, rows: Sequence[Sequence[Text]], **columns: int) -> Table | None:
    """A table of the columns that hold something, each with its share of the width (0: that of a date).

    None when there are no rows. Cells are ``Text``, never markup: what the news say is not ours to trust.
    """
    used = [number for number in range(len(columns)) if any(row[number] for row in rows)]
    if not used:
        return None
    table = Table(
        title=title, title_justify="left", title_style="bold underline", box=box.SIMPLE_HEAD,
        show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True,
    )  # fmt: skip
    for number, (name, share) in enumerate(columns.items()):
        if number in used:
            heading = name.replace("_", " ").capitalize()
            table.add_column(heading, ratio=share or None, width=None if share else DATE, overflow="fold")
    for row in rows:
        table.add_row(*(row[number] for number in used))
    return table


def _country(code: str | None) -> Text:
    return Text(f"{flag(code)} {country_name(code)}".strip())


def _names(record: Record, ids: Iterable[str | None]) -> Text:
    names = {actor.id: actor.name for actor in record.actors}
    return Text(", ".join(clean(names[id_]) for id_ in ids if id_))


def _quoted(record: Record, span: Span) -> Text:
    return quoted(record.words(span))


def quoted(words: str) -> Text:
    """News text as a quotation in a cell: on one line, and cut when it is long."""
    words = clean(words)
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    bare = words.strip('“”"')
    return Text(f"“{bare}”", style="italic")
