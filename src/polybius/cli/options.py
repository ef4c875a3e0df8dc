"""What several commands share: options, and errors told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer

from polybius.errors import PolybiusError, SettingsError

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="Where the store is: sqlite:///FILE or postgresql://USER@HOST/DATABASE.  "
        "[dim]\\[setting: store][/dim]",
    ),
]


@contextmanager
def one_line() -> Iterator[None]:
    """Turn an error of polybius into one line on standard error and an exit code."""
    try:
        yield
    except PolybiusError as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, SettingsError) else 1) from None


def day(value: str) -> date:
    """Read the day an option gives."""
    from polybius.errors import IntakeError
    from polybius.intake.dates import day_of

    try:
        read = day_of(value)
    except IntakeError as error:
        raise typer.BadParameter(str(error)) from None
    if read is None:
        raise typer.BadParameter("no date given; write it as YYYY-MM-DD")
    return read
