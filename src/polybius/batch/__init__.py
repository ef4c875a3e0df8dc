"""Many reports into a store, on one machine or many: the same call, safe to stop and to run again.

outcome = add(["reports/", "feed.xml"], store, workers=2, progress=show)
outcome.added, outcome.already, outcome.failed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polybius.batch.coding import AnyCoder, Coded, Load, LoadCoder, code_batch
    from polybius.batch.outcome import Outcome
    from polybius.batch.run import Engine, EngineName, add

__all__ = ["add", "Outcome", "Engine", "EngineName", "AnyCoder", "Coded", "Load", "LoadCoder", "code_batch"]

_HOMES = dict.fromkeys(("Engine", "EngineName", "add"), "run") | {"Outcome": "outcome"}


def __getattr__(name: str) -> Any:
    """Import the parts only when asked for: workers need no database."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"polybius.batch.{_HOMES.get(name, 'coding')}"), name)
    raise AttributeError(f"module 'polybius.batch' has no attribute {name!r}")
