"""Words that a report has as persons' surnames and that may be towns besides: "Bob Paris … Mr Paris … Paris said"."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from polybius.knowledge import Knowledge
from polybius.tables import read_table, values

_ROWS = {
    row["class"]: frozenset(values(row["words"]))
    for row in read_table("polybius.circumstances", "places.en.tsv")
}
_NO_GIVEN_NAMES = _ROWS["directions"] | _ROWS["after"] | _ROWS["kinds"] | {"the", "new", "old", "saint"}


def surnames_of(doc: Doc, knowledge: Knowledge) -> frozenset[str]:
    """The last words of what spaCy takes for persons' full names, and those right behind a form of address."""
    found = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and _full_name(e, knowledge)}
    behind = (t.nbor(1) for t in doc[:-1] if t.lower_.rstrip(".") in _ROWS["address"])
    return frozenset(found | {t.text for t in behind if t.text.istitle() and t.pos_ == "PROPN"})


def _full_name(entity: Span, knowledge: Knowledge) -> bool:
    """Whether the words before the last may be given names: neither places nor words for their kinds."""
    before = entity[:-1]
    if not all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in entity) or knowledge.places(entity.text):
        return False
    return not any(t.lower_ in _NO_GIVEN_NAMES or knowledge.country_of_adjective(t.text) for t in before)
