"""Commands that put reports into a store, and tell which would not go in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.options import StoreUrl, day, one_line

if TYPE_CHECKING:
    from polybius.batch import Outcome

app = typer.Typer()

EVERY = 10.0  # seconds between two lines of progress where no terminal shows it


def _field(name: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}-field",
        metavar="NAME",
        help=f"The column or key that holds the {name}.",
        show_default=False,
    )
    return option


@app.command()
def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files, folders and patterns: text, HTML, JSON, JSON Lines, CSV, Parquet, WARC, RSS, Atom; "
            "also .gz; - for standard input.",
            show_default=False,
        ),
    ],
    store: StoreUrl = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Worker processes; by default one a core.", show_default=False),
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="local: this machine. dask: a dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="The dask scheduler, as tcp://HOST:8786; else one is started here."
        ),
    ] = None,
    shards: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="With dask: a folder that all machines see."),
    ] = Path("polybius-shards"),
    published: Annotated[
        date | None,
        typer.Option(
            parser=day,
            metavar="DATE",
            help="The day the reports were published. It wins over the day a text or page gives, "
            "and fills in where a table's row gives none.",
        ),
    ] = None,
    text_field: Annotated[str, _field("text")] = "text",
    title_field: Annotated[str, _field("title")] = "title",
    published_field: Annotated[str, _field("published")] = "published",
    author_field: Annotated[str, _field("author")] = "author",
    source_field: Annotated[str, _field("source")] = "source",
    url_field: Annotated[str, _field("url")] = "url",
    id_field: Annotated[str, _field("id")] = "id",
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="An installed spaCy pipeline to parse with.  [dim]\\[setting: pipeline][/dim]",
        ),
    ] = None,
) -> None:
    """Code many reports into a store. Stop it at any point and run it again: each report is there once.

    Reports that the store has from the same version of polybius are not coded again; those of an older
    version are, and the old records are kept. A report that cannot be coded is listed by polybius failures,
    and the others go on. Exit code: 0, 1 when a report failed, 2 for wrong usage.

    [bold]Examples[/bold]

    [cyan]$ polybius add reports/ feed.xml crawl.warc.gz[/cyan]

    [cyan]$ polybius add news.csv --text-field body --published-field day --store sqlite:///news.db[/cyan]

    [cyan]$ polybius add "archive/**/*.parquet" --store postgresql://me@host/news --workers 8[/cyan]

    [cyan]$ polybius add archive/ --engine dask --scheduler tcp://head:8786 --shards /shared/shards[/cyan]
    """
    if engine not in {"local", "dask"}:
        raise typer.BadParameter("choose local or dask", param_hint="--engine")
    with one_line():
        from polybius.batch import LoadCoder
        from polybius.batch import add as add_reports
        from polybius.intake import FieldNames
        from polybius.settings import load_settings
        from polybius.store import Store

        settings = load_settings(store=store, pipeline=pipeline)
        with Store.open(settings.store) as opened, _told() as tell:
            outcome = add_reports(
                paths,
                opened,
                fields=FieldNames(
                    text_field, title_field, published_field, author_field, source_field, url_field, id_field
                ),
                published=published,
                max_bytes=settings.max_bytes,
                load=LoadCoder(settings.pipeline),
                workers=workers,
                engine="dask" if engine == "dask" else "local",
                scheduler=scheduler,
                shards=shards,
                progress=tell,
            )
    listed = "; polybius failures lists them" if outcome.failed else ""
    typer.echo(f"polybius: {_counts(outcome)}{listed}", err=True)
    raise typer.Exit(1 if outcome.failed or not outcome.found else 0)


@app.command()
def failures(
    store: StoreUrl = None,
    json_: Annotated[bool, typer.Option("--json", help="Give one JSON object a line.")] = False,
) -> None:
    """List the reports that could not be added, each with its reason; those mended since are gone from it.

    [bold]Examples[/bold]

    [cyan]$ polybius failures[/cyan]

    [cyan]$ polybius failures --store sqlite:///news.db --json > failures.jsonl[/cyan]
    """
    from polybius.cli.words import clean

    with one_line():
        from polybius.settings import load_settings
        from polybius.store import Store

        with Store.open(load_settings(store=store).store, create=False) as opened:
            listed = opened.failures()
    for failure in listed:
        if json_:
            fields = {"source": failure.source, "reason": failure.reason}
            typer.echo(json.dumps(fields | {"failed_at": failure.failed_at.isoformat()}, ensure_ascii=False))
        else:
            typer.echo(f"{clean(failure.source)}: {clean(failure.reason)}")


@contextmanager
def _told() -> Iterator[Callable[[Outcome], None]]:
    """Show progress on standard error: a line that moves on a terminal, else one now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"))
    shown = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown, redirect_stdout=False) as bar:
        task = bar.add_task("loading models", total=None)
        last = time.monotonic()

        def tell(outcome: Outcome) -> None:
            nonlocal last
            if shown:
                total = outcome.expected and max(outcome.expected, outcome.found)
                bar.update(task, description=progress_line(outcome), total=total, completed=outcome.found)
            elif time.monotonic() - last >= EVERY:
                last = time.monotonic()
                typer.echo(f"polybius: {progress_line(outcome)}", err=True)

        yield tell


def progress_line(outcome: Outcome) -> str:
    """How far a run is: counts, rate and time left."""
    line = _counts(outcome)
    if outcome.expected:
        line += f" of about {max(outcome.expected, outcome.found):,}"
    if outcome.added:
        line += f", {outcome.rate:.1f} a second"
    if outcome.seconds_left is not None:
        line += f", {_duration(outcome.seconds_left)} left"
    return line


def _counts(outcome: Outcome) -> str:
    parts = [f"{outcome.added:,} added"]
    if outcome.already:
        parts.append(f"{outcome.already:,} already there")
    if outcome.failed:
        parts.append(f"{outcome.failed:,} failed")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
