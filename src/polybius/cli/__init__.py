"""The command line: each command opens, calls, and turns an error into one line.

Importing this package is cheap; the rooms and spaCy are loaded by the command that needs them.
"""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import Literal

__all__ = ["Format", "main"]

Format = Literal["table", "json", "jsonl", "csv"]
"""How records are written: a page to read, JSON, JSON Lines, or CSV with a row for each event."""

# New objects between two looks for garbage. Nearly all that a start makes, modules and tables, stays to the end; with
# Python's own 700 it is looked over hundreds of times.
_RARELY = 200_000


def main() -> None:
    """Run the command line; ends with 0, 1 when a report failed, 2 for wrong usage, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes everywhere, whatever the terminal's locale
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        from polybius.cli.app import app

        gc.set_threshold(_RARELY, 20, 20)
        app(prog_name="polybius")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # the system takes all memory back at once; looking all of it over for garbage takes half a second
