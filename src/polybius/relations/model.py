"""Runs the shipped model: tokenizer, reader, judge."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from polybius.errors import SettingsError
from polybius.record import Span

Array = npt.NDArray[Any]

LONGEST = 160  # word pieces; what a longer text says beyond it is not read
BATCH = (
    8  # sentences of like length read at once; int8 scales by the batch, so the size may depend on nothing
)
_ROLES = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked about one text: actor, recipient and trigger as spans of it, each of which may be None."""

    text: str
    actor: Span | None = None
    recipient: Span | None = None
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The model's answer: every type's probability (``none`` among them), the best mode, the auxiliaries'."""

    types: dict[str, float]
    mode: dict[str, float]
    auxiliaries: dict[str, float]

    @property
    def type(self) -> str:
        """The likeliest type, or ``none``."""
        return max(self.types, key=lambda t: self.types[t])

    def mode_of(self, type_: str) -> str | None:
        """The likeliest mode under a type; None where no mode is likelier than each of them."""
        modes = {m: p for m, p in self.mode.items() if m == "none" or m.startswith(f"{type_} ")}
        best = max(modes, key=lambda m: modes[m])
        return None if best == "none" else best.split(" ", 1)[1]


@dataclass(frozen=True, slots=True)
class Relation:
    """What a pair of marked actors stand in: PLOVER type and mode, or None; quad 1–4; confidence 0–1."""

    type: str | None
    mode: str | None
    quad: int | None
    confidence: float
    auxiliaries: tuple[str, ...] = ()


class Model:
    """The shipped model, or one of the user's own from ``polybius train``."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load from a folder with reader.onnx, judge.onnx, tokenizer.json and labels.json.

        Raises:
            SettingsError: when the folder does not hold a model.
        """
        options = onnxruntime.SessionOptions()
        # One thread a batch, several batches at once: two threads in one small batch mostly wait for each other.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf8"))
            self._reader = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options)
            self._judge = onnxruntime.InferenceSession(str(folder / "judge.onnx"), options)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:
            raise SettingsError(
                f"not a model ({type(error).__name__})",
                "name a folder that polybius train wrote",
                source=str(folder),
            ) from error
        self.folder = folder
        self._pool = ThreadPoolExecutor(threads or os.cpu_count())
        self._head = _head(folder)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self.types: tuple[str, ...] = tuple(labels["types"])
        self.modes: tuple[str, ...] = tuple(labels["modes"])
        self.auxiliaries: tuple[str, ...] = tuple(labels["auxiliaries"])
        self.temperature = float(labels["temperature"])
        self.version = str(labels.get("version", "unnamed"))

    @staticmethod
    @cache
    def load(threads: int = 0) -> Model:
        """The model shipped with polybius, run in so many threads (0: one a core)."""
        return Model(Path(str(resources.files(__name__.rpartition(".")[0]) / "data")), threads)

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The answers, in the order of the pairs. Pairs about the same text share one reading of it."""
        texts = list(dict.fromkeys(pair.text for pair in pairs))
        asked: dict[str, list[int]] = {text: [] for text in texts}
        for number, pair in enumerate(pairs):
            asked[pair.text].append(number)
        answers: list[Judgement | None] = [None] * len(pairs)
        encodings = dict(zip(texts, self._tokenizer.encode_batch(texts), strict=True))

        def answered(group: list[str]) -> list[tuple[int, Judgement]]:
            states, mask = self._read([encodings[text].ids for text in group])
            rows = [(row, number) for row, text in enumerate(group) for number in asked[text]]
            spans = np.zeros((len(rows), _ROLES, mask.shape[1]), dtype=np.float32)
            for n, (row, number) in enumerate(rows):
                _mark(spans[n], pairs[number], encodings[group[row]].offsets)
            index = [row for row, _ in rows]
            feed = {"states": states[index], "mask": mask[index], "spans": spans}
            return list(zip((number for _, number in rows), self._answers(feed), strict=True))

        groups = _batches(sorted(texts, key=lambda t: len(encodings[t].ids)), BATCH)
        for numbered in self._pool.map(answered, groups):
            for number, answer in numbered:
                answers[number] = answer
        return [answer for answer in answers if answer is not None]

    def features(self, pairs: Sequence[Pair]) -> Array:
        """The features [pairs, width] the network's heads rest on, in the order of the pairs."""
        rows = []
        for pair in pairs:
            encoding = self._tokenizer.encode(pair.text)
            states, mask = self._read([encoding.ids])
            spans = np.zeros((1, _ROLES, mask.shape[1]), dtype=np.float32)
            _mark(spans[0], pair, encoding.offsets)
            rows.append(self._judge.run(["features"], {"states": states, "mask": mask, "spans": spans})[0][0])
        return np.array(rows)

    def _read(self, ids: Sequence[Sequence[int]]) -> tuple[Array, Array]:
        longest = max(map(len, ids))
        padded = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros((len(ids), longest), dtype=np.float32)
        for row, pieces in enumerate(ids):
            padded[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        return self._reader.run(None, {"ids": padded, "mask": mask})[0], mask

    def _answers(self, feed: dict[str, Array]) -> Iterator[Judgement]:
        if self._head is None:
            types, modes, auxiliaries = self._judge.run(["type", "mode", "auxiliary"], feed)
        else:
            features, modes, auxiliaries = self._judge.run(["features", "mode", "auxiliary"], feed)
            types = features @ self._head[0] + self._head[1]
        for type_row, mode_row, auxiliary_row in zip(
            _softmax(types / self.temperature), _softmax(modes), 1 / (1 + np.exp(-auxiliaries)), strict=True
        ):
            yield Judgement(
                dict(zip(self.types, map(float, type_row), strict=True)),
                dict(zip(self.modes, map(float, mode_row), strict=True)),
                dict(zip(self.auxiliaries, map(float, auxiliary_row), strict=True)),
            )


def _head(folder: Path) -> tuple[Array, Array] | None:
    """The head of a user's own labels, where ``polybius train`` has written one."""
    if not (folder / "head.npz").exists():
        return None
    with np.load(folder / "head.npz", allow_pickle=False) as saved:
        return saved["weights"], saved["bias"]


def _mark(spans: Array, pair: Pair, offsets: Sequence[tuple[int, int]]) -> None:
    """Set 1 for every word piece that overlaps actor, recipient or trigger."""
    for role, span in enumerate((pair.actor, pair.recipient, pair.trigger)):
        if span is not None:
            for i, (start, end) in enumerate(offsets):
                if start < span[1] and span[0] < end:
                    spans[role, i] = 1


def _softmax(logits: Array) -> Array:
    exponents = np.exp(logits - logits.max(axis=-1, keepdims=True))
    scaled: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return scaled


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group
