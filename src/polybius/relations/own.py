"""Teaches the model labels of a user's own: a new head on the shipped network's features, in seconds on a CPU.

The network itself stays as it is, so PyTorch is not needed. The types may be PLOVER's or any others.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from polybius.errors import SettingsError
from polybius.record import Span
from polybius.relations.model import Array, Model, Pair

_STEPS = 400
_RATE = 0.05
_DECAY = 1e-3
_LEAST = 2  # examples of a label; with fewer there is nothing to learn from


@dataclass(frozen=True, slots=True)
class Lesson:
    """One labelled example of the user's."""

    pair: Pair
    type: str


def read_lessons(path: Path) -> list[Lesson]:
    """The examples of a JSON Lines file: ``text``, ``type``, and ``actor``, ``recipient``, ``trigger`` as
    ``[start, end]`` in code points of the text, or null.

    Raises:
        SettingsError: naming file and line, when it cannot be read or a line is malformed.
    """
    lessons = []
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", "check the path", source=str(path)) from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                lessons.append(_lesson(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise SettingsError(
                    f"line {number} is no example ({error})",
                    "see docs/model.md for the format",
                    source=str(path),
                ) from None
    return lessons


def _lesson(row: dict[str, Any]) -> Lesson:
    text = str(row["text"])

    def span(name: str) -> Span | None:
        value = row.get(name)
        if value is None:
            return None
        start, end = map(int, value)
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{name} lies outside the text")
        return start, end

    return Lesson(Pair(text, span("actor"), span("recipient"), span("trigger")), str(row["type"]))


def teach(lessons: Sequence[Lesson], model: Model, out: Path) -> dict[str, int]:
    """Fit a head to the examples and write a folder that ``Model`` can load.

    Args:
        lessons: at least two of each label, and two labels.
        model: the model whose features are used.
        out: the folder to write; made when it is not there.

    Returns:
        How many examples of each label were learnt from.

    Raises:
        SettingsError: when there are too few examples.
    """
    counts = Counter(lesson.type for lesson in lessons)
    types = sorted(counts, key=lambda t: (t != "none", t))
    if len(types) < 2 or min(counts.values()) < _LEAST:
        raise SettingsError(
            "there are too few examples", f"give at least two labels and {_LEAST} examples of each"
        )
    features = model.features([lesson.pair for lesson in lessons])
    gold = np.array([types.index(lesson.type) for lesson in lessons])
    weights, bias = _fit(features, gold, len(types))
    shutil.copytree(model.folder, out, dirs_exist_ok=True)
    np.savez(out / "head.npz", weights=weights.astype(np.float32), bias=bias.astype(np.float32))
    labels = json.loads((out / "labels.json").read_text(encoding="utf8"))
    labels |= {"types": types, "temperature": 1.0, "version": f"{model.version}+{len(lessons)}"}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf8")
    return dict(counts)


def _fit(features: Array, gold: Array, types: int) -> tuple[Array, Array]:
    """Multinomial logistic regression by Adam from zero: the same examples give the same head."""
    counts = np.bincount(gold, minlength=types)
    importance = (1 / counts)[gold][:, None] / types
    weights, bias = np.zeros((features.shape[1], types)), np.zeros(types)
    target = np.eye(types)[gold]
    first = [np.zeros_like(weights), np.zeros_like(bias)]
    second = [np.zeros_like(weights), np.zeros_like(bias)]
    for step in range(1, _STEPS + 1):
        logits = features @ weights + bias
        likelihood = np.exp(logits - logits.max(1, keepdims=True))
        likelihood /= likelihood.sum(1, keepdims=True)
        error = (likelihood - target) * importance
        slopes = [features.T @ error + _DECAY * weights, error.sum(0)]
        for n, (values, slope) in enumerate(zip((weights, bias), slopes, strict=True)):
            first[n] = 0.9 * first[n] + 0.1 * slope
            second[n] = 0.999 * second[n] + 0.001 * slope**2
            scaled = first[n] / (1 - 0.9**step) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
            values -= _RATE * scaled
    return weights, bias
