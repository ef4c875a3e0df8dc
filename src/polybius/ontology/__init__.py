"""What may be coded: types, modes, contexts, sectors, scores and ties, read from a data file.

The shipped ontology is PLOVER 2.0 (``data/plover.yaml``, with the manual's contradictions decided there).
A user's own ontology is the same kind of file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from polybius.errors import KnowledgeError

__all__ = ["EventType", "Mode", "Ontology"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event was done: its score (-10 to 10) and its CAMEO code."""

    score: float
    cameo: str


@dataclass(frozen=True, slots=True)
class EventType:
    """What was done. ``quad`` is 1–4 as in PLOVER; ``recipient`` says that one is required."""

    quad: int
    score: float
    cameo: str
    recipient: bool = False
    modes: Mapping[str, Mode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ontology:
    """The codes, with the few questions the rooms ask about them."""

    name: str
    version: str
    types: Mapping[str, EventType]
    contexts: frozenset[str]
    sectors: frozenset[str]
    public_sectors: frozenset[str]
    auxiliaries: frozenset[str]
    ties: frozenset[str]
    mode_contexts: Mapping[str, tuple[str, ...]]
    reductions: Mapping[str, Mapping[str, str]]
    reduced_modes: Mapping[str, str]

    @staticmethod
    @cache
    def load(path: Path | None = None) -> Ontology:
        """The ontology in a file; without a path, the shipped PLOVER 2.0.

        Raises:
            KnowledgeError: naming the file, when it is missing or malformed.
        """
        source = path or resources.files(__name__) / "data" / "plover.yaml"
        try:
            data = yaml.load(source.read_text(encoding="utf8"), Loader=_LOADER)
            return _build(data)
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise KnowledgeError(
                f"not an ontology ({type(error).__name__}: {error})",
                "see src/polybius/ontology/data/plover.yaml for the format",
                source=str(source),
            ) from error

    def quad(self, type_: str) -> int:
        """The quad class, 1–4, of an event type."""
        return self.types[type_].quad

    def score(self, type_: str, mode: str | None) -> float:
        """The intensity, -10 to 10: the mode's where there is one, else the type's."""
        event_type = self.types[type_]
        return event_type.modes[mode].score if mode else event_type.score

    def cameo(self, type_: str, mode: str | None) -> str:
        """The CAMEO code; text, as it may begin with a zero."""
        event_type = self.types[type_]
        return event_type.modes[mode].cameo if mode else event_type.cameo

    def reduce(self, type_: str, mode: str | None, auxiliary: str) -> tuple[str, str | None] | None:
        """The type and mode that already say an event with this auxiliary; None where none does.

        ``reduce("CONSULT", "visit", "future")`` is ``("AGREE", None)``: PLOVER never codes a type with an
        auxiliary where one type says both.
        """
        reduced = self.reductions.get(auxiliary, {}).get(type_)
        if reduced is None:
            return None
        kept = self.reduced_modes.get(f"{type_} {mode}") or self.reduced_modes.get(f"{type_} *")
        return reduced, kept if kept in self.types[reduced].modes else None


def _build(data: Mapping[str, Any]) -> Ontology:
    types = {}
    for name, entry in data["types"].items():
        modes = {m: Mode(float(v["score"]), str(v["cameo"])) for m, v in entry.get("modes", {}).items()}
        types[name] = EventType(
            int(entry["quad"]),
            float(entry["score"]),
            str(entry["cameo"]),
            bool(entry.get("recipient", False)),
            MappingProxyType(modes),
        )
    return Ontology(
        name=str(data["name"]),
        version=str(data["version"]),
        types=MappingProxyType(types),
        contexts=frozenset(data["contexts"]),
        sectors=frozenset(data["sectors"]),
        public_sectors=frozenset(data.get("public_sectors", data["sectors"])),
        auxiliaries=frozenset(data["auxiliaries"]),
        ties=frozenset(data["ties"]),
        mode_contexts={k: tuple(v) for k, v in data.get("mode_contexts", {}).items()},
        reductions=data.get("reductions", {}),
        reduced_modes=data.get("reduced_modes", {}),
    )
