"""Words, sentences and their weights."""

from __future__ import annotations

import pytest

from polybius.corroboration.words import cosine, rarity, sentences, shared, stem, stems, weigh_text


@pytest.mark.parametrize(
    "family",
    [
        ("kill", "kills", "killed", "killing"),
        ("bomb", "bombs", "bombed", "bomber", "bombing"),
        ("city", "cities"),
    ],
)
def test_inflected_forms_are_one(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


def test_words_of_every_text_do_not_count() -> None:
    assert stems("The president said that it was in the harbour") == [stem("harbour")]


def test_names_weigh_more_than_common_words() -> None:
    assert rarity(stem("Chernivtsi")) > rarity(stem("police")) > 1


def test_alike_by_rare_words() -> None:
    one = weigh_text("Rebels bombed a ferry in Port Sudan")
    near = weigh_text("A ferry sank after rebels had bombed Port Sudan")
    far = weigh_text("Teachers marched through Lagos for higher pay")
    assert cosine(one, near) > 0.6 > 0.1 > cosine(one, far)
    assert cosine(one, one) == pytest.approx(1, abs=0.001)
    assert stem("ferry") in shared(one, near)


def test_sentences_do_not_end_after_titles_and_initials() -> None:
    text = 'Gen. Petrov met U.S. envoy J. Smith. "We agree," he said. Then he left.\n\nA new day'
    assert [text[a:b].strip() for a, b in sentences(text)] == [
        "Gen. Petrov met U.S. envoy J. Smith.",
        '"We agree," he said.',
        "Then he left.",
        "A new day",
    ]
