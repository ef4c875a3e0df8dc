"""The model that says what happened between two marked actors: type (or none), mode, auxiliaries, confidence.

A sentence is read once (``Model.read``), then asked about any number of pairs in it (``Reading.judge``).
PyTorch is not needed: the shipped weights are int8 ONNX, run by onnxruntime on the CPU.
"""

from polybius.relations.model import Judgement, Model, Pair, Relation

__all__ = ["Judgement", "Model", "Pair", "Relation"]
