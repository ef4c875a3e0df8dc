"""The command that asks the store for happenings, each with the claims under it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from polybius.cli.options import StoreUrl, day, one_line

if TYPE_CHECKING:
    from polybius.corroboration import Claim, Happening

app = typer.Typer()

Shape = Literal["table", "json", "jsonl", "csv"]

FIRST = 20  # happenings a table shows unless told otherwise
SHOWN = 6  # reports a table shows under each, with the first claim of each

COLUMNS = (
    "happening", "type", "mode", "date_start", "date_end", "place", "country", "participants", "voices", "reports",
    "figures_agree", "report", "source", "published", "event", "start", "end", "words", "claim_type", "claim_mode",
    "told", "main", "said_by", "amounts", "amounts_agree", "voice", "layer", "reasons",
)  # fmt: skip
"""CSV columns, a row for each claim; several values in a cell are joined by "|"."""


@app.command()
def happenings(
    store: StoreUrl = None,
    actor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Name, alias, key or, for a state, country code of who takes part."
        ),
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="ISO3", help="Country code of anyone taking part: FRA.")
    ] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="CODE", help="PLOVER type: CONSULT.")] = None,
    since: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="On that day or later.", show_default=False),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="On that day or earlier.", show_default=False),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="The source of a report of it.")] = None,
    min_voices: Annotated[
        int,
        typer.Option(
            min=1, metavar="N", help="Only what so many independent voices tell; copies count once."
        ),
    ] = 1,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=f"At most so many; by default {FIRST} in a table, else all.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also tell why claims were put together (in a table).")
    ] = False,
    format_: Annotated[
        Shape,
        typer.Option(
            "--format",
            help="table: to read. json: one list of objects. jsonl: one object a line. csv: a row for each claim.",
        ),
    ] = "table",
) -> None:
    """List what happened, once each, with all that reports claim of it; what most voices tell comes first.

    Reports that came in since the last time are compared first, which takes some milliseconds each.

    [bold]Examples[/bold]

    [cyan]$ polybius happenings --min-voices 2[/cyan]

    [cyan]$ polybius happenings --country SDN --since 2023-05-01 --format json > happenings.json[/cyan]
    """
    with one_line():
        from itertools import islice

        from polybius.corroboration.stored import StoredHappenings
        from polybius.settings import load_settings
        from polybius.store import Filter, Store

        settings = load_settings(store=store)
        with Store.open(settings.store, create=False) as opened:
            stored = StoredHappenings(opened)
            stored.update()
            shown = limit or (FIRST if format_ == "table" else None)
            wanted = Filter(actor=actor, country=country, type=type_, since=since, until=until, source=source)
            found = stored.find(wanted, min_voices=min_voices, limit=shown and shown + 1)
            if format_ == "table":
                write_table(islice(found, shown), sys.stdout, explain=explain)
            else:
                WRITERS[format_](islice(found, shown), sys.stdout)
            if limit is None and next(found, None) is not None:
                typer.echo(f"polybius: the first {FIRST} happenings; give --limit N for more", err=True)


def write_json(found: Iterable[Happening], out: TextIO) -> None:
    """One list, written as it is read."""
    before = "[\n"
    for happening in found:
        out.write(before + happening.model_dump_json())
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def write_json_lines(found: Iterable[Happening], out: TextIO) -> None:
    """One object a line, one line a happening."""
    for happening in found:
        out.write(happening.model_dump_json() + "\n")


def write_csv(found: Iterable[Happening], out: TextIO) -> None:
    """A header, then a row for each claim."""
    from polybius.cli.writers import harmless

    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for happening in found:
        for claim in happening.claims:
            row = _row(happening, claim)
            rows.writerow([harmless(row[column]) for column in COLUMNS])


def write_table(found: Iterable[Happening], out: TextIO, *, explain: bool = False) -> None:
    """A heading for each happening, who takes part, the figures, and the claims below."""
    from rich.console import Console
    from rich.text import Text

    from polybius.cli.page import WIDEST

    console = Console(file=out, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    none = True
    for happening in found:
        none = False
        for words, style in _lines(happening, explain):
            console.print(Text(words, style=style))
        console.print()
    if none:
        console.print("No happenings found.")


def _lines(happening: Happening, explain: bool) -> Iterator[tuple[str, str]]:
    """The lines of one happening, each with its style."""
    from polybius.cli.words import clean, days

    facts = (days(happening.date), happening.place, happening.country)
    heading = " ".join(filter(None, (happening.type, happening.mode)))
    yield " · ".join([heading, *(clean(fact) for fact in facts if fact)]), "bold"
    voices = "1 voice" if happening.voices == 1 else f"{happening.voices} independent voices"
    reports = "1 report" if happening.reports == 1 else f"{happening.reports} reports"
    yield f"{voices} in {reports} · {happening.id}", "dim"
    for role, mark in (("actor", ""), ("recipient", "→ ")):
        names = dict.fromkeys(clean(p.name) for p in happening.participants if p.role == role)
        if names:
            yield f"  {mark}{', '.join(names)}", "cyan"
    for counted in happening.figures:
        verdict = {True: "agree", False: "differ", None: "one voice"}[counted.agree]
        style = "red" if counted.agree is False else ""
        yield f"  {clean(counted.label)}: {clean(', '.join(counted.values))} ({verdict})", style
    heads = list({claim.report: claim for claim in reversed(happening.claims)}.values())[::-1]
    for claim in heads[:SHOWN]:
        yield f"  – {_claim(claim)}", ""
        if explain and claim.reasons:
            yield f"      because {clean('; '.join(claim.reasons))}", "dim"
    if len(heads) > SHOWN:
        yield f"  … and {len(heads) - SHOWN} more reports", "dim"


def _claim(claim: Claim) -> str:
    from polybius.cli.words import clean

    who = " ".join(filter(None, (claim.source, claim.report)))
    said = f", says {claim.said_by}" if claim.said_by else ""
    lent = f" [{claim.layer} of {claim.voice}]" if claim.layer else ""
    return clean(f"“{claim.words}”{said} ({who}){lent}")


def _row(happening: Happening, claim: Claim) -> Mapping[str, object]:
    from polybius.corroboration.figures import in_words

    dates = happening.date
    return {
        "happening": happening.id,
        "type": happening.type,
        "mode": happening.mode,
        "date_start": dates and dates.start,
        "date_end": dates and dates.end,
        "place": happening.place,
        "country": happening.country,
        "participants": "|".join(dict.fromkeys(p.name for p in happening.participants)),
        "voices": happening.voices,
        "reports": happening.reports,
        "figures_agree": happening.agree,
        "report": claim.report,
        "source": claim.source,
        "published": claim.published,
        "event": claim.event,
        "start": claim.start,
        "end": claim.end,
        "words": claim.words,
        "claim_type": claim.type,
        "claim_mode": claim.mode,
        "told": claim.told,
        "main": claim.main,
        "said_by": claim.said_by,
        "amounts": "|".join(f"{f.counted or f.label}: {in_words(f)}" for f in claim.amounts),
        "amounts_agree": "|".join("" if f.agrees is None else str(f.agrees) for f in claim.amounts),
        "voice": claim.voice,
        "layer": claim.layer,
        "reasons": "|".join(claim.reasons),
    }


WRITERS: Mapping[str, Callable[[Iterable[Happening], TextIO], None]] = {
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_csv,
}
"""By the name of the format, but for the table."""
