"""Reads news reports on international politics and keeps what they say as checked, sourced records.

>>> import polybius
>>> coder = polybius.load()
>>> record = coder.code("France expelled two Russian diplomats on Monday.", published="2021-05-04")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polybius.coder import Coder, load
    from polybius.errors import PolybiusError
    from polybius.record import Record

__all__ = ["Coder", "PolybiusError", "Record", "load"]

_HOMES = {"Coder": "coder", "load": "coder", "PolybiusError": "errors", "Record": "record"}


def __getattr__(name: str) -> Any:
    """Import the rooms only when asked for: spaCy alone takes most of a second."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"polybius.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'polybius' has no attribute {name!r}")
