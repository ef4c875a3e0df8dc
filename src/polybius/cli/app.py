"""The commands and their options. Nothing here loads a room: each command imports what it needs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from polybius.cli import Format, asking, exporting, happening, serve, storing
from polybius.cli.lean import without_spacys_commands
from polybius.cli.options import day, one_line

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"polybius {version('polybius')}")
        raise typer.Exit


@app.callback()
def polybius(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read news reports on international politics and keep what they say as checked, sourced records.

    [bold]Examples[/bold]

    [cyan]$ polybius code report.txt --published 2019-09-26[/cyan]

    [cyan]$ polybius code reports/ --format jsonl > records.jsonl[/cyan]

    [cyan]$ polybius score record.json report.gold.yaml --misses[/cyan]
    """


@app.command()
def code(
    reports: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REPORT",
            help="Files (text, HTML, JSON, JSON Lines, CSV; also .gz), folders, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        date | None,
        typer.Option(
            parser=day,
            metavar="DATE",
            help="The day the reports were published; relative times resolve against it. "
            "It wins over the day a text or page gives, and fills in where a table's row gives none.",
        ),
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="table: a page to read. json: one object for one report, JSON Lines for several. "
            "jsonl: always one line a report. csv: one row an event.  [dim]\\[setting: format][/dim]",
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also tell what was seen and not coded, and why (not in CSV).")
    ] = False,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="0-1",
            help="Leave out events below this confidence.  [dim]\\[setting: min_confidence][/dim]",
        ),
    ] = None,
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="An installed spaCy pipeline to parse with.  [dim]\\[setting: pipeline][/dim]",
        ),
    ] = None,
) -> None:
    """Code one or more reports: who did what to whom, when, where, how much, and who says so.

    Records go to standard output. A report that cannot be coded gives a line on standard error, and the
    others go on. Exit code: 0, 1 when a report failed, 2 for wrong usage.

    [bold]Examples[/bold]

    [cyan]$ polybius code report.txt --published 2019-09-26[/cyan]

    [cyan]$ polybius code page.html --format json > record.json[/cyan]

    [cyan]$ polybius code reports/ more.csv --format csv --min-confidence 0.5 > events.csv[/cyan]

    [cyan]$ cat report.txt | polybius code -[/cyan]
    """
    if not reports and sys.stdin.isatty():
        raise typer.BadParameter("give a file, a folder, or - for standard input", param_hint="REPORT")
    with one_line():
        with without_spacys_commands():
            from polybius.cli.coding import code_reports
        from polybius.settings import load_settings

        settings = load_settings(format=format_, min_confidence=min_confidence, pipeline=pipeline)
        failed = code_reports(reports or ["-"], settings, published=published, explain=explain)
    raise typer.Exit(1 if failed else 0)


@app.command()
def score(
    record: Annotated[
        str, typer.Argument(metavar="RECORD", help="A record as JSON, or - for standard input.")
    ],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The gold table of the same report, as YAML.")],
    misses: Annotated[bool, typer.Option("--misses", help="List what is missing, wrong or false.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Give the figures as one JSON object.")] = False,
) -> None:
    """Compare a record with a gold table: what was found, and what is right in full.

    [bold]Examples[/bold]

    [cyan]$ polybius score record.json report.gold.yaml --misses[/cyan]

    [cyan]$ polybius code report.txt --format json | polybius score - report.gold.yaml[/cyan]
    """
    with one_line():
        from polybius.cli.scores import read_gold, read_record, show
        from polybius.scoring import score as compare

        show(compare(read_record(record), read_gold(gold)), misses=misses, as_json=json_)


@app.command()
def relate(
    pairs: Annotated[
        str,
        typer.Argument(
            metavar="PAIRS.tsv",
            help="Tab-separated, with a column marked_sentence: the actor in <s></s>, the recipient in <t></t>.",
        ),
    ],
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, jsonl or tsv.")
    ] = "table",
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FOLDER", help="A model of your own, written by polybius train."),
    ] = None,
) -> None:
    """Say what happened between two marked actors in a sentence: PLOVER type and mode, or none.

    [bold]Examples[/bold]

    [cyan]$ polybius relate pairs.tsv[/cyan]

    [cyan]$ polybius relate pairs.tsv --format jsonl > relations.jsonl[/cyan]
    """
    if format_ not in {"table", "jsonl", "tsv"}:
        raise typer.BadParameter("choose table, jsonl or tsv", param_hint="--format")
    with one_line():
        from polybius.cli.relating import relate_file

        relate_file(pairs, format_, model)


@app.command()
def train(
    data: Annotated[
        Path,
        typer.Option("--data", metavar="USER.jsonl", help="Your labelled examples, one JSON object a line."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the model is written.")],
) -> None:
    """Teach the model labels of your own, PLOVER's or others; it takes seconds and needs no GPU.

    Each line holds text, type, and actor, recipient, trigger as [start, end] or null. The folder can be given
    to polybius relate --model.

    [bold]Examples[/bold]

    [cyan]$ polybius train --data mine.jsonl --out my-model[/cyan]

    [cyan]$ polybius relate pairs.tsv --model my-model[/cyan]
    """
    with one_line():
        from polybius.relations import Model
        from polybius.relations.own import read_lessons, teach

        counts = teach(read_lessons(data), Model.load(), out)
    typer.echo(
        f"learnt {', '.join(f'{n} {t}' for t, n in sorted(counts.items()))}; written to {out}", err=True
    )


@app.command()
def info(
    json_: Annotated[bool, typer.Option("--json", help="Give them as one JSON object.")] = False,
    pipeline: Annotated[
        str | None, typer.Option(metavar="NAME", help="The spaCy pipeline asked about.")
    ] = None,
) -> None:
    """Show the versions that a record is made by: code, pipeline, ontology and knowledge.

    [bold]Examples[/bold]

    [cyan]$ polybius info[/cyan]

    [cyan]$ polybius info --json[/cyan]
    """
    with one_line():
        import json

        from polybius.coder import load
        from polybius.settings import load_settings

        versions: dict[str, Any] = load(pipeline=load_settings(pipeline=pipeline).pipeline).versions()
    if json_:
        typer.echo(json.dumps(versions, ensure_ascii=False))
    else:
        for name, version in versions.items():
            typer.echo(f"{name:10} {version}")


app.add_typer(storing.app)
app.add_typer(asking.app)
app.add_typer(happening.app)
app.add_typer(exporting.app)
app.add_typer(serve.app)
