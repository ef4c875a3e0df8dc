"""Imports spaCy for less. The process is the command line's own, so that it may decide this."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without_spacys_commands() -> Iterator[None]:
    """Let spaCy be imported without its own command line, which is a third of the import.

    It brings an HTTP client, a template engine and more for the one function ``spacy.info``, which nobody here
    calls. What stands in for it goes again, so that ``import spacy.cli`` finds the real one afterwards.
    """
    if "spacy" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
