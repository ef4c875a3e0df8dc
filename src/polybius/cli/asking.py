"""Commands that ask the store: events, statements, ties, words, and how much there is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from polybius.cli.options import StoreUrl, day, one_line

if TYPE_CHECKING:
    from polybius.settings import Settings
    from polybius.store import Filter, Store

app = typer.Typer()

Listing = Literal["table", "jsonl", "csv"]
Auxiliary = Literal["none", "negation", "future", "hypothetical", "historical"]
Order = Literal["date", "confidence", "published", "added"]

FIRST = 50  # rows a table shows unless told otherwise

Actor = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Name, alias, key or, for a state, country code of who did or said it."
    ),
]
Recipient = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="To whom it was done, or through whom it was said; as for --actor."),
]
Country = Annotated[str | None, typer.Option(metavar="ISO3", help="Country code of anyone taking part: FRA.")]
Sector = Annotated[str | None, typer.Option(metavar="CODE", help="PLOVER sector of anyone taking part: MIL.")]
Since = Annotated[
    date | None, typer.Option(parser=day, metavar="DATE", help="On that day or later.", show_default=False)
]
Until = Annotated[
    date | None, typer.Option(parser=day, metavar="DATE", help="On that day or earlier.", show_default=False)
]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="The source of the report.")]
SaidBy = Annotated[
    str | None, typer.Option("--said-by", metavar="NAME", help="Who claims it; as for --actor.")
]
Report = Annotated[str | None, typer.Option(metavar="ID", help="One report, by its id or your own id.")]
Limit = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help=f"At most so many; by default {FIRST} in a table, else all.",
        show_default=False,
    ),
]
Offset = Annotated[int, typer.Option(min=0, metavar="N", help="Leave out the first so many.")]
Ordered = Annotated[
    Order, typer.Option("--order", help="By day, confidence, day of publication, or as they came in.")
]
Shape = Annotated[
    Listing,
    typer.Option("--format", help="table: to read. jsonl: one JSON object a line. csv: a header and rows."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        metavar="0-1",
        help="Leave out events below this confidence.  [dim]\\[setting: min_confidence][/dim]",
    ),
]
Type = Annotated[str | None, typer.Option("--type", metavar="CODE", help="PLOVER type: CONSULT.")]
Mode = Annotated[str | None, typer.Option(metavar="CODE", help="Mode of the type: visit.")]
Quad = Annotated[
    int | None,
    typer.Option(
        min=1, max=4, metavar="1-4", help="Verbal and material cooperation (1, 2), conflict (3, 4)."
    ),
]
Place = Annotated[
    str | None, typer.Option(metavar="NAME", help="Name of the place, or country code in capitals.")
]
Aux = Annotated[
    Auxiliary | None,
    typer.Option("--auxiliary", help="What makes it no plain fact; none for plain facts only."),
]


@app.command()
def events(
    store: StoreUrl = None,
    actor: Actor = None,
    recipient: Recipient = None,
    country: Country = None,
    sector: Sector = None,
    type_: Type = None,
    mode: Mode = None,
    quad: Quad = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    said_by: SaidBy = None,
    auxiliary: Aux = None,
    min_confidence: MinConfidence = None,
    report: Report = None,
    order: Ordered = "date",
    limit: Limit = None,
    offset: Offset = 0,
    format_: Shape = "table",
) -> None:
    """Ask the store who did what to whom. All options given must hold.

    [bold]Examples[/bold]

    [cyan]$ polybius events --actor Russia --recipient Ukraine --since 2022-02-01[/cyan]

    [cyan]$ polybius events --country KEN --type PROTEST --auxiliary none --format csv > protests.csv[/cyan]
    """
    with _asked(store, min_confidence=min_confidence) as (settings, opened):
        wanted = _filter(
            actor=actor, recipient=recipient, country=country, sector=sector, type=type_, mode=mode, quad=quad,
            place=place, since=since, until=until, source=source, said_by=said_by, auxiliary=auxiliary,
            min_confidence=settings.min_confidence or None, report=report, order=order, offset=offset,
        )  # fmt: skip
        _write("events", opened.events, wanted, limit, format_)


@app.command()
def statements(
    store: StoreUrl = None,
    actor: Actor = None,
    recipient: Recipient = None,
    country: Country = None,
    sector: Sector = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    said_by: SaidBy = None,
    report: Report = None,
    order: Ordered = "date",
    limit: Limit = None,
    offset: Offset = 0,
    format_: Shape = "table",
) -> None:
    """Ask the store who said what. A statement without a day counts on the day its report was published.

    [bold]Examples[/bold]

    [cyan]$ polybius statements --actor "Sergey Lavrov" --since 2022-01-01[/cyan]

    [cyan]$ polybius statements --country DEU --sector GOV --format jsonl > said.jsonl[/cyan]
    """
    with _asked(store) as (_, opened):
        wanted = _filter(
            actor=actor, recipient=recipient, country=country, sector=sector, since=since, until=until,
            source=source, said_by=said_by, report=report, order=order, offset=offset,
        )  # fmt: skip
        _write("statements", opened.statements, wanted, limit, format_)


@app.command()
def ties(
    store: StoreUrl = None,
    actor: Actor = None,
    recipient: Recipient = None,
    country: Country = None,
    sector: Sector = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="KIND", help="Kind of tie: ally.")] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    said_by: SaidBy = None,
    report: Report = None,
    order: Ordered = "date",
    limit: Limit = None,
    offset: Offset = 0,
    format_: Shape = "table",
) -> None:
    """Ask the store how actors stand to each other. --actor is either end, --recipient the far one.

    [bold]Examples[/bold]

    [cyan]$ polybius ties --actor NATO --type member[/cyan]

    [cyan]$ polybius ties --country KEN --format csv > ties.csv[/cyan]
    """
    with _asked(store) as (_, opened):
        wanted = _filter(
            actor=actor, recipient=recipient, country=country, sector=sector, type=type_, since=since,
            until=until, source=source, said_by=said_by, report=report, order=order, offset=offset,
        )  # fmt: skip
        _write("ties", opened.ties, wanted, limit, format_)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='Words that must all be there; "a phrase" in quotes.')
    ],
    store: StoreUrl = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many reports.")] = 20,
    json_: Annotated[bool, typer.Option("--json", help="Give one JSON object a line.")] = False,
) -> None:
    """Find reports by the words in them, in any form of theirs; best first.

    [bold]Examples[/bold]

    [cyan]$ polybius search grain export ban[/cyan]

    [cyan]$ polybius search '"port fees" Mombasa' --json > found.jsonl[/cyan]
    """
    with _asked(store) as (_, opened):
        from polybius.cli.listing import write_hits

        write_hits(opened.search(" ".join(words), limit=limit), sys.stdout, as_json=json_)


@app.command()
def summary(
    store: StoreUrl = None,
    actor: Actor = None,
    recipient: Recipient = None,
    country: Country = None,
    type_: Type = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="How long the lists are.")] = 10,
    json_: Annotated[bool, typer.Option("--json", help="Give the counts as one JSON object.")] = False,
) -> None:
    """Count what the store holds: reports, events by day, dyad, type and source, with a chart.

    [bold]Examples[/bold]

    [cyan]$ polybius summary[/cyan]

    [cyan]$ polybius summary --country UKR --since 2022-01-01 --json > counts.json[/cyan]
    """
    with _asked(store) as (_, opened):
        from polybius.cli.listing import write_summary

        wanted = _filter(
            actor=actor, recipient=recipient, country=country, type=type_, since=since, until=until,
            source=source,
        )  # fmt: skip
        counts = opened.summary(wanted, top=10**9 if json_ else top)
        write_summary(counts, sys.stdout, as_json=json_)


@contextmanager
def _asked(store: str | None, **given: Any) -> Iterator[tuple[Settings, Store]]:
    """The settings and the store; an error on the way is one line."""
    with one_line():
        from polybius.settings import load_settings
        from polybius.store import Store

        settings = load_settings(store=store, **given)
        with Store.open(settings.store, create=False) as opened:
            yield settings, opened


def _filter(**asked: Any) -> Filter:
    from polybius.store import Filter

    return Filter(**asked)


def _write(
    what: str, ask: Callable[[Filter], Iterator[Any]], wanted: Filter, limit: int | None, format_: Listing
) -> None:
    from dataclasses import replace
    from itertools import islice

    from polybius.cli.listing import LISTINGS

    shown = limit or (FIRST if format_ == "table" else None)
    found = ask(replace(wanted, limit=shown and shown + 1))
    LISTINGS[what][format_](islice(found, shown), sys.stdout)
    if limit is None and next(found, None) is not None:
        typer.echo(f"polybius: the first {FIRST} {what}; give --limit N for more", err=True)
