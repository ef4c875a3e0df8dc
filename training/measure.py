"""How well the model knows the held-out tenth: by type, none, modes, auxiliaries, and how far to trust it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from corpus import AUXILIARIES, NONE

if TYPE_CHECKING:
    from torch import Tensor

    from train import Encoded, Labels

Found = dict[int, "tuple[Tensor, Tensor, Tensor]"]


def report(examples: Sequence[Encoded], found: Found, labels: Labels, heat: float) -> str:
    """A table to read: precision, recall, F1 by type; macro F1; modes; auxiliaries; calibration; confusions."""
    gold = [labels.types[e.type] for e in examples]
    probabilities = [torch.softmax(found[id(e)][0] / heat, -1) for e in examples]
    predicted = [labels.types[int(p.argmax())] for p in probabilities]
    lines = [f"{'':10}  prec   rec    F1     n"]
    scores = []
    for type_ in labels.types:
        precision, recall, f1 = _scores([g == type_ for g in gold], [p == type_ for p in predicted])
        scores.append((type_, f1))
        lines.append(f"{type_:10} {precision:.3f} {recall:.3f} {f1:.3f} {gold.count(type_):5}")
    events = [f1 for type_, f1 in scores if type_ != NONE]
    right = sum(g == p for g, p in zip(gold, predicted, strict=True)) / len(gold)
    lines.append(f"macro F1 over the 16 types {sum(events) / len(events):.4f}; accuracy {right:.4f}")
    moded = [e for e, g, p in zip(examples, gold, predicted, strict=True) if g == p and e.mode]
    if moded:
        hit = sum(int(found[id(e)][1].argmax()) == e.mode for e in moded) / len(moded)
        lines.append(f"mode right where the type is and a mode is labelled: {hit:.4f} of {len(moded)}")
    for n, auxiliary in enumerate(AUXILIARIES):
        true = [e.auxiliaries[n] > 0 for e in examples]
        precision, recall, f1 = _scores(true, [bool(found[id(e)][2][n] > 0) for e in examples])
        lines.append(f"{auxiliary:12} {precision:.3f} {recall:.3f} {f1:.3f} {sum(true):5}")
    lines.append(f"expected calibration error {calibration_error(probabilities, examples):.4f}")
    wrong = Counter((g, p) for g, p in zip(gold, predicted, strict=True) if g != p)
    lines.append("most confused: " + ", ".join(f"{g}→{p} {n}" for (g, p), n in wrong.most_common(14)))
    return "\n".join(lines)


def _scores(gold: Sequence[bool], said: Sequence[bool]) -> tuple[float, float, float]:
    both = sum(g and s for g, s in zip(gold, said, strict=True))
    precision, recall = both / max(1, sum(said)), both / max(1, sum(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def calibration_error(probabilities: Sequence[Tensor], examples: Sequence[Encoded], bins: int = 10) -> float:
    """Expected calibration error: how far confidence lies from accuracy, over equal bins of confidence."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, example in zip(probabilities, examples, strict=True):
        confidence, guess = probability.max(-1)
        held[min(bins - 1, int(confidence * bins))].append((float(confidence), int(guess) == example.type))
    gaps = [abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in held if b]
    return sum(gaps) / len(examples)
