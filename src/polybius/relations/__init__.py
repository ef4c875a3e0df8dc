"""The model that says what happened between two marked actors: type (or none), mode, auxiliaries, confidence.

A sentence is read once (``Model.read``), then asked about any number of pairs in it (``Reading.judge``).
PyTorch is not needed: the shipped weights are int8 ONNX, run by onnxruntime on the CPU.
"""

from collections.abc import Sequence

from polybius.ontology import Ontology
from polybius.relations.model import Judgement, Model, Pair, Relation

__all__ = ["Judgement", "Model", "Pair", "Relation", "relate"]


def relate(pairs: Sequence[Pair], model: Model, ontology: Ontology) -> list[Relation]:
    """What each pair stands in, in order; the quad is None for a type the ontology does not have."""
    return [_relation(judgement, ontology) for judgement in model.judge(pairs)]


def _relation(judgement: Judgement, ontology: Ontology) -> Relation:
    type_ = judgement.type
    auxiliaries = tuple(a for a, p in judgement.auxiliaries.items() if p > 0.5)
    confidence = round(judgement.types[type_], 4)
    if type_ == "none":
        return Relation(None, None, None, confidence, auxiliaries)
    quad = ontology.quad(type_) if type_ in ontology.types else None
    return Relation(type_, judgement.mode_of(type_), quad, confidence, auxiliaries)
