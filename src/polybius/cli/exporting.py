"""The command that writes a store's events in the format of another tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from polybius.cli.options import StoreUrl, one_line

if TYPE_CHECKING:
    from polybius.record import Record
    from polybius.store import Store

app = typer.Typer()

As = Literal["plover", "polecat", "gdelt", "csv", "parquet"]


@app.command()
def export(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file to write; one that is there is replaced.")
    ],
    as_: Annotated[
        As,
        typer.Option(
            "--as",
            help="plover: JSON Lines. polecat: 40 tab-separated columns. gdelt: the 61 columns of GDELT 2.0 events, "
            "with the mentions in a file beside. csv, parquet: our own columns.",
        ),
    ],
    store: StoreUrl = None,
) -> None:
    """Write all events of a store for other tools. docs/exports.md tells what each format cannot hold.

    [bold]Examples[/bold]

    [cyan]$ polybius export --as parquet events.parquet[/cyan]

    [cyan]$ polybius export --store sqlite:///polybius.db --as gdelt 2023.export.CSV[/cyan]
    """
    with one_line():
        from polybius.errors import SettingsError
        from polybius.export import EXPORTERS
        from polybius.settings import load_settings
        from polybius.store import Store

        if out.is_dir():
            raise SettingsError("is a folder", "name a file", source=str(out))
        settings = load_settings(store=store)
        with Store.open(settings.store, create=False) as opened:
            written = EXPORTERS[as_].write(_records(opened), out)
    typer.echo(f"polybius: {written.rows} rows in {out}", err=True)
    for reason, count in written.left_out.items():
        typer.echo(f"polybius: {count} events left out: {reason}", err=True)


def _records(store: Store) -> Iterator[Record]:
    """The records one by one, as the formats take them."""
    yield from store.records()
