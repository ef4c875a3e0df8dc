"""Names are the same name across spellings, and different across those cases that matter."""

from __future__ import annotations

import pytest

from polybius.knowledge.names import NameIndex, fold, pieces, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Shabaab", "Al Shabaab"),
        ("the Élysée", "Elysee"),
        ("Putin's", "Putin"),
        ("Philippines’", "Philippines"),
        ("U.S.", "US"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("NATO", "Nato"),
        ("People's Republic", "People 's Republic"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert pieces(one) == pieces(other)


@pytest.mark.parametrize(("one", "other"), [("US", "us"), ("WHO", "who"), ("IS", "is"), ("Iran", "Iraq")])
def test_different_names(one: str, other: str) -> None:
    assert pieces(one) != pieces(other)


def test_fold_and_slug() -> None:
    assert fold("Łódź, Åland") == "lodz, aland"
    assert slug("Nicolás Maduro") == "nicolas-maduro"


@pytest.fixture
def index() -> NameIndex[str]:
    made: NameIndex[str] = NameIndex(ordinary_words=["turkey", "male", "hill"])
    names = [("Turkey", "TUR"), ("Malé", "MDV"), ("US", "USA"), ("Mexico", "MEX"), ("Xi Jinping", "Xi")]
    for name, value in [*names, ("New Zealand", "NZL"), ("al-Shabaab", "shabaab"), ("Nato", "NATO")]:
        made.add(name, value)
    for name in ("The Guardian", "The Hill", "the Kremlin", "Kremlin"):
        made.add(name, name)
    made.block("Mexico City")
    return made


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Turkey", ("TUR",)),
        ("TURKEY", ("TUR",)),
        ("turkey", ()),
        ("Malé", ("MDV",)),
        ("Male", ()),
        ("the US", ("USA",)),
        ("us", ()),
        ("mexico", ("MEX",)),
        ("XI JINPING", ("Xi",)),
        ("XI", ()),
        ("Mexico City", ()),
        ("", ()),
    ],
)
def test_find(index: NameIndex[str], name: str, values: tuple[str, ...]) -> None:
    assert index.find(name) == values


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [
        ("in Mexico today", 1, (1, ("MEX",))),
        ("in Mexico City today", 1, (2, ())),
        ("Al - Shabaab said", 0, (3, ("shabaab",))),
        ("New Zealand 's minister", 0, (2, ("NZL",))),
        ("the US said", 0, None),
        ("told us that", 1, None),
        ("roast turkey with", 1, None),
        ("sold mexico to", 1, None),
        ("New York", 0, None),
        ("- Mexico", 0, None),
        ("told the Guardian", 2, (1, ("The Guardian",))),
        ("Guardian angels", 0, None),
        ("told The Hill", 2, (1, ("The Hill",))),
        ("up the Hill", 2, None),
        ("said Kremlin sources", 1, (1, ("the Kremlin", "Kremlin"))),
    ],
)
def test_longest(
    index: NameIndex[str], text: str, start: int, found: tuple[int, tuple[str, ...]] | None
) -> None:
    assert index.longest(text.split(), start) == found
