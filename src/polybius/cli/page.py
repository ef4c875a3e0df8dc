"""The page for readers: one coded report as tables on a terminal. Tables with nothing in them are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
LONGEST_QUOTE = 240  # characters of a statement that are shown


def write_pages(records: Iterable[Record], out: TextIO) -> None:
    """A page for each record, with a line between two."""
    console = Console(file=out, highlight=False, emoji=False, markup=False)
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
        if table.row_count:
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


def _actors(record: Record) -> Table:
    table = _table("Actors", "Name", "Country", "Sector", "Role")
    for actor in record.actors:
        country = f"{flag(actor.country)} {country_name(actor.country)}".strip()
        table.add_row(
            Text(clean(actor.name), style="bold"),
            Text(country),
            Text(sector_words(actor.sector) or ("state" if actor.kind == "state" else "")),
            Text(clean(actor.role or "")),
        )
    return table


def _events(record: Record) -> Table:
    table = _table("Events", "Date", "Who", "What", "To whom", "Who says so", "In the words")
    for event in record.events:
        table.add_row(
            Text(days(event.date)),
            _names(record, event.actors),
            _what(event),
            _names(record, event.recipients),
            _names(record, (event.said_by,)) if event.said_by else Text("the report", style="dim"),
            _quoted(record, event.span),
        )
    return table


def _what(event: Event) -> Text:
    """Type and mode in the colour of the quad class, and below them what makes it no plain fact."""
    what = Text(" ".join(filter(None, (event.type, event.mode))), style=QUAD_STYLES.get(event.quad, ""))
    for auxiliary in event.auxiliary:
        what.append(f"\n{MARKS[auxiliary]}", style="bold magenta")
    return what


def _statements(record: Record) -> Table:
    table = _table("Statements", "Speaker", "Via", "Form", "Words")
    for statement in record.statements:
        table.add_row(
            _names(record, (statement.speaker,)),
            _names(record, (statement.via,)),
            Text(statement.form),
            _quoted(record, statement.span),
        )
    return table


def _ties(record: Record) -> Table:
    table = _table("Ties", "Who", "Is", "Of whom", "When", "Who says so", "In the words")
    for tie in record.ties:
        when = " – ".join(str(day) if day else "…" for day in (tie.since, tie.until))
        table.add_row(
            _names(record, (tie.from_,)),
            Text(tie.kind.replace("_", " ") + (f" no. {tie.rank}" if tie.rank else "")),
            _names(record, (tie.to,)),
            Text(when if tie.since or tie.until else ""),
            _names(record, (tie.said_by,)),
            _quoted(record, tie.span),
        )
    return table


def _amounts(record: Record) -> Table:
    table = _table("Amounts", "In the words", "Figure", "Of what", "Before")
    for amount in record.amounts:
        table.add_row(
            _quoted(record, amount.span),
            Text(_figure(amount, amount.value)),
            Text(clean(amount.of or "")),
            Text("" if amount.previous is None else f"{amount.previous:,.10g}"),
        )
    return table


def _figure(amount: Amount, value: float | None) -> str:
    if value is None:
        return "no figure"
    unit = "" if amount.kind == "count" else amount.unit or ""
    return f"{BOUNDS[amount.bound]}{value:,.10g} {unit}".strip()


def _times(record: Record) -> Table:
    table = _table("Times", "In the words", "When")
    for time in record.times:
        table.add_row(_quoted(record, time.span), Text(days(Interval(start=time.start, end=time.end))))
    return table


def _places(record: Record) -> Table:
    table = _table("Places", "In the words", "Place", "Country", "Latitude, longitude")
    for place in record.places:
        known = place.latitude is not None and place.longitude is not None
        table.add_row(
            _quoted(record, place.span),
            Text(clean(place.name)),
            Text(f"{flag(place.country)} {country_name(place.country)}".strip()),
            Text(f"{place.latitude:.2f}, {place.longitude:.2f}" if known else ""),
        )
    return table


def _omissions(record: Record) -> Table:
    table = _table("Seen and not coded", "In the words", "Room", "Why")
    for omission in record.omissions or ():
        table.add_row(_quoted(record, omission.span), Text(omission.room), Text(clean(omission.reason)))
    return table


def _table(title: str, *columns: str) -> Table:
    """An empty table; the cells hold ``Text``, never markup, since what the news say is not ours to trust."""
    table = Table(
        title=title, title_justify="left", title_style="bold underline", box=box.SIMPLE_HEAD,
        show_edge=False, pad_edge=False, header_style="dim",
    )  # fmt: skip
    for column in columns:
        fixed = column in {"Date", "Form"}
        table.add_column(column, overflow="fold", no_wrap=False, min_width=10 if fixed else None)
    return table


def _names(record: Record, ids: Iterable[str | None]) -> Text:
    names = {actor.id: actor.name for actor in record.actors}
    return Text(", ".join(clean(names[id_]) for id_ in ids if id_))


def _quoted(record: Record, span: Span) -> Text:
    words = clean(record.words(span))
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    bare = words.strip('“”"')
    return Text(f"“{bare}”", style="italic")
