"""Trains the model that says what happened, from the corpus alone, and writes what the package ships.

`make train` runs it: two runs side by side, a core each, and the mean of their weights. The same seeds give the
same figures on the same kind of machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent))

from tokenizers import Tokenizer

from corpus import AUXILIARIES, NONE, Example, read
from measure import report
from model import ROLES, Judge, Reader, build, tokenizer_file

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src" / "polybius" / "relations" / "data"
LONGEST = 160  # word pieces


@dataclass(frozen=True)
class Stage:
    """One rise and fall of the learning rate; the next begins with its weights, warm again.

    ``without``: the corpus files whose names begin so are left out.
    """

    epochs: int
    encoder_rate: float
    seed: int
    drop_trigger: float = 0.5
    without: str | None = None


@dataclass(frozen=True)
class Settings:
    """What was tried and kept; docs/model.md says what else was tried."""

    batch: int = 32
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    balance: float = 0.3
    rare_auxiliary: float = 6.0
    shared: int = 2
    frozen: int = 2
    smoothing: float = 0.05
    drop_recipient: float = 0.05
    mask_role: float = 0.1


# Each run starts from the same encoder; the mean of their weights is what ships.
RUNS = (
    (Stage(4, 2.5e-4, 7, drop_trigger=0.4, without="wire3"),),
    (Stage(4, 2.5e-4, 7), Stage(2, 2e-4, 8)),
)


@dataclass(frozen=True)
class Labels:
    """The classes in the order of the network's outputs."""

    types: tuple[str, ...]
    modes: tuple[str, ...]

    @classmethod
    def of(cls, examples: Sequence[Example]) -> Labels:
        types = sorted({e.type for e in examples} - {NONE})
        modes = sorted({f"{e.type} {e.mode}" for e in examples if e.mode})
        return cls((NONE, *types), (NONE, *modes))


@dataclass
class Encoded:
    """An example as numbers: word pieces, and which of them belong to actor, recipient and trigger."""

    ids: list[int]
    spans: list[list[int]]
    type: int
    mode: int
    auxiliaries: list[float]
    example: Example


def encode(examples: Sequence[Example], tokenizer: Tokenizer, labels: Labels) -> list[Encoded]:
    """Examples as numbers; a span is the pieces that overlap it."""
    types = {t: i for i, t in enumerate(labels.types)}
    modes = {m: i for i, m in enumerate(labels.modes)}
    found = []
    for example, encoding in zip(examples, tokenizer.encode_batch([e.text for e in examples]), strict=True):
        spans = []
        for span in (example.actor, example.recipient, example.trigger):
            pieces = enumerate(encoding.offsets)
            spans.append([i for i, (s, e) in pieces if span and s < span[1] and span[0] < e and e > s])
        mode = modes.get(f"{example.type} {example.mode}", 0)
        auxiliaries = [float(a in example.auxiliaries) for a in AUXILIARIES]
        found.append(Encoded(encoding.ids, spans, types[example.type], mode, auxiliaries, example))
    return found


def batches(examples: Sequence[Encoded], size: int, chance: random.Random | None) -> Iterator[list[Encoded]]:
    """Batches of like length; shuffled where a chance is given."""
    order = list(examples)
    if chance:
        chance.shuffle(order)
    order.sort(key=lambda e: len(e.ids) + (chance.random() * 6 if chance else 0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if chance:
        chance.shuffle(groups)
    yield from groups


def tensors(
    group: Sequence[Encoded],
    settings: Settings,
    chance: random.Random | None,
    masked: int,
    drop_trigger: float = 0.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and spans of a batch; in training, markings and names are left out at random."""
    length = max(len(e.ids) for e in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    mask = torch.zeros(len(group), length)
    spans = torch.zeros(len(group), ROLES, length)
    for row, example in enumerate(group):
        pieces = list(example.ids)
        if chance and chance.random() < settings.mask_role:
            for i in example.spans[chance.randrange(2)]:
                pieces[i] = masked
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        for role, positions in enumerate(example.spans):
            dropped = (settings.drop_recipient, drop_trigger)[role - 1] if role else 0
            if not (chance and chance.random() < dropped):
                spans[row, role, positions] = 1
    return ids, mask, spans


def train(
    examples: Sequence[Encoded], labels: Labels, stages: Sequence[Stage], settings: Settings, masked: int
) -> tuple[Reader, Judge]:
    """Reader and judge fine-tuned on the examples; the word embeddings stay as they came."""
    torch.use_deterministic_algorithms(True)
    network: tuple[Reader, Judge] | None = None
    for number, stage in enumerate(stages, 1):
        print(f"stage {number} of {len(stages)}", flush=True)
        torch.manual_seed(stage.seed)
        before, network = (
            network,
            build(len(labels.types), len(labels.modes), len(AUXILIARIES), settings.shared),
        )
        if before is not None:
            for new, old in zip(network, before, strict=True):
                new.load_state_dict(old.state_dict())
        learnt = [e for e in examples if not (stage.without and e.example.file.startswith(stage.without))]
        _run(*network, learnt, stage, Losses.of(learnt, labels, settings), settings, masked)
    assert network is not None
    return network


@dataclass(frozen=True)
class Losses:
    """What is asked of the network: type and mode, one each, and any of the auxiliaries."""

    type: nn.Module
    mode: nn.Module
    auxiliary: nn.Module

    @classmethod
    def of(cls, examples: Sequence[Encoded], labels: Labels, settings: Settings) -> Losses:
        """The losses; rare types and auxiliaries weigh more."""
        counts = Counter(e.type for e in examples)
        weights = torch.tensor(
            [counts[i] ** -settings.balance if counts[i] else 0 for i in range(len(labels.types))]
        )
        rare = torch.full((len(AUXILIARIES),), settings.rare_auxiliary)
        return cls(
            nn.CrossEntropyLoss(weights / weights.mean(), label_smoothing=settings.smoothing),
            nn.CrossEntropyLoss(label_smoothing=settings.smoothing),
            nn.BCEWithLogitsLoss(pos_weight=rare),
        )

    def __call__(self, said: Sequence[Tensor], group: Sequence[Encoded]) -> Tensor:
        """The loss of a batch."""
        type_, mode, auxiliary = said
        loss = self.type(type_, torch.tensor([e.type for e in group]))
        loss = loss + 0.5 * self.mode(mode, torch.tensor([e.mode for e in group]))
        total: Tensor = loss + 0.5 * self.auxiliary(auxiliary, torch.tensor([e.auxiliaries for e in group]))
        return total


def _run(
    reader: Reader,
    judge: Judge,
    examples: Sequence[Encoded],
    stage: Stage,
    losses: Losses,
    settings: Settings,
    masked: int,
) -> None:
    chance = random.Random(stage.seed)
    reader.embeddings.requires_grad_(False)
    for layer in reader.layers[: settings.frozen]:
        layer.requires_grad_(False)
    optimizer = torch.optim.AdamW(_rates(reader, judge, stage, settings), weight_decay=0.01)
    steps = stage.epochs * math.ceil(len(examples) / settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [g["lr"] for g in optimizer.param_groups], total_steps=steps + 1, pct_start=0.1
    )
    began = time.perf_counter()
    for epoch in range(stage.epochs):
        reader.train(), judge.train()
        total = 0.0
        for group in batches(examples, settings.batch, chance):
            ids, mask, spans = tensors(group, settings, chance, masked, stage.drop_trigger)
            loss = losses(judge(reader(ids, mask), mask, spans)[:3], group)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*reader.parameters(), *judge.parameters()], 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(group)
        print(
            f"epoch {epoch + 1}: loss {total / len(examples):.4f}, {time.perf_counter() - began:.0f} s",
            flush=True,
        )


def _rates(reader: Reader, judge: Judge, stage: Stage, settings: Settings) -> list[dict[str, object]]:
    """Lower layers learn more slowly than upper ones; what is new learns fastest."""
    layers = [*reader.layers, *judge.layers]
    groups: list[dict[str, object]] = [
        {
            "params": list(layer.parameters()),
            "lr": stage.encoder_rate * settings.layer_decay ** (len(layers) - n),
        }
        for n, layer in enumerate(layers)
    ]
    inside = {id(p) for layer in layers for p in layer.parameters()}
    new = [p for p in judge.parameters() if id(p) not in inside]
    return [*groups, {"params": new, "lr": settings.head_rate}]


@torch.no_grad()
def predict(
    reader: Reader, judge: Judge, examples: Sequence[Encoded], settings: Settings, *, trigger: bool = True
) -> dict[int, tuple[Tensor, Tensor, Tensor]]:
    """Logits of type, mode and auxiliaries by the example's id()."""
    found = {}
    for group in batches(examples, 64, None):
        ids, mask, spans = tensors(group, settings, None, 0)
        if not trigger:
            spans[:, 2] = 0
        for example, *logits in zip(group, *judge(reader(ids, mask), mask, spans)[:3], strict=True):
            found[id(example)] = tuple(logits)
    return found


def temperature(logits: Tensor, gold: Tensor) -> float:
    """The temperature under which the confidences of held-back examples fit best."""
    tried = [0.5 + 0.05 * n for n in range(50)]
    return min(tried, key=lambda t: nn.functional.cross_entropy(logits / t, gold).item())


def export(reader: Reader, judge: Judge, labels: Labels, heat: float, folder: Path) -> None:
    """Write reader and judge as int8 ONNX, the labels and the tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    ids, mask = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9)
    spans = torch.zeros(2, ROLES, 9)
    spans[:, :, 1:3] = 1
    axes = {0: "pairs", 1: "tokens"}
    with tempfile.TemporaryDirectory() as work:
        asked = (reader(ids, mask), mask, spans)
        for name, module, inputs, names, outputs in (
            ("reader", reader, (ids, mask), ["ids", "mask"], ["states"]),
            ("judge", judge, asked, ["states", "mask", "spans"], ["type", "mode", "auxiliary", "features"]),
        ):
            dynamic = {n: axes if n != "spans" else {0: "pairs", 2: "tokens"} for n in [*names, "states"]}
            full = Path(work) / f"{name}.onnx"
            torch.onnx.export(
                module,
                inputs,
                str(full),
                input_names=names,
                output_names=outputs,
                dynamic_axes=dynamic,
                opset_version=17,
                dynamo=False,
            )
            quantize_dynamic(
                str(full), str(folder / f"{name}.onnx"), weight_type=QuantType.QInt8, per_channel=True
            )
        shutil.copy(tokenizer_file(Path(work)), folder / "tokenizer.json")
    version = hashlib.sha256(b"".join((folder / f"{n}.onnx").read_bytes() for n in ("reader", "judge")))
    labels_file = {
        "version": version.hexdigest()[:12],
        "types": labels.types,
        "modes": labels.modes,
        "auxiliaries": AUXILIARIES,
        "temperature": heat,
    }
    (folder / "labels.json").write_text(json.dumps(labels_file, indent=1) + "\n")


def mean(
    weights: Sequence[dict[str, dict[str, Tensor]]], labels: Labels, settings: Settings
) -> tuple[Reader, Judge]:
    """The network whose weights are the mean of those of several runs from the same start."""
    reader, judge = build(len(labels.types), len(labels.modes), len(AUXILIARIES), settings.shared)
    for name, module in (("reader", reader), ("judge", judge)):
        states = [run[name] for run in weights]
        floating = {k for k, value in states[0].items() if value.is_floating_point()}
        module.load_state_dict(
            {k: sum(s[k] for s in states) / len(states) if k in floating else states[0][k] for k in states[0]}
        )
    return reader.eval(), judge.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument(
        "--run", type=int, choices=range(len(RUNS)), help="train this run alone, to --weights"
    )
    parser.add_argument("--weights", type=Path, help="keep the weights before quantisation in this file, too")
    options = parser.parse_args()
    torch.set_num_threads(1)  # each run has a core; the same sums in the same order everywhere
    torch.set_flush_denormal(True)  # the optimizer's tiny averages made later epochs twice as slow
    settings = Settings()
    examples = read()
    labels = Labels.of(examples)
    with tempfile.TemporaryDirectory() as work:
        tokenizer = Tokenizer.from_file(str(tokenizer_file(Path(work))))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    encoded = encode(examples, tokenizer, labels)
    if options.run is not None:
        trained = [e for e in encoded if not e.example.held_out and not e.example.calibrates]
        reader, judge = train(trained, labels, RUNS[options.run], settings, tokenizer.token_to_id("[MASK]"))
        torch.save({"reader": reader.state_dict(), "judge": judge.state_dict()}, options.weights)
        return
    reader, judge = mean(_runs(), labels, settings)
    if options.weights:
        torch.save({"reader": reader.state_dict(), "judge": judge.state_dict()}, options.weights)
    kept = [e for e in encoded if e.example.calibrates]
    logits = predict(reader, judge, kept, settings)
    heat = temperature(torch.stack([logits[id(e)][0] for e in kept]), torch.tensor([e.type for e in kept]))
    held_out = [e for e in encoded if e.example.held_out]
    for name, trigger in (("with triggers", True), ("without triggers", False)):
        found = predict(reader, judge, held_out, settings, trigger=trigger)
        print(f"\nheld-out tenth, {name}")
        print(report(held_out, found, labels, heat))
    export(reader, judge, labels, heat, options.out)
    print(f"\nwritten to {options.out}; temperature {heat:.2f}")


def _runs() -> list[dict[str, dict[str, Tensor]]]:
    """The weights of all runs, each trained in a process of its own, side by side."""
    with tempfile.TemporaryDirectory() as work:
        files = [Path(work) / f"{number}.pt" for number in range(len(RUNS))]
        started = [
            subprocess.Popen([sys.executable, __file__, "--run", str(number), "--weights", str(file)])
            for number, file in enumerate(files)
        ]
        ended = [process.wait() for process in started]
        if any(ended):
            sys.exit("a run failed; what it said stands above")
        return [torch.load(file) for file in files]


if __name__ == "__main__":
    main()
