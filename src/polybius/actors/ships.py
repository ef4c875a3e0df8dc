"""Finds the names of ships, which stand for no actor and whose words name none ("the Amsterdam Pearl")."""

from __future__ import annotations

from spacy.tokens import Doc

from polybius.tables import read_table, values

_WORDS = {
    row["sort"]: frozenset(values(row["words"])) for row in read_table("polybius.actors", "vessels.en.tsv")
}
_LONGEST = 3  # words of a name


def ships_of(doc: Doc) -> set[int]:
    """The tokens of all ships' names: "the USS Cole", "the tanker Stena Impero", "a ferry, the Sewol"."""
    found: set[int] = set()
    for token in doc[:-1]:
        prefix = token.text in _WORDS["prefix"]
        if not prefix and token.lower_ not in _WORDS["kind"]:
            continue
        first = token.i + 1
        if not prefix and doc[first].text == "," and doc[first + 1 : first + 2].text == "the":
            first += 2
        end = first
        while end < min(len(doc), first + _LONGEST) and doc[end].text[:1].isupper() and doc[end].is_alpha:
            end += 1
        name = doc[first:end]
        told = end < len(doc) and doc[end].pos_ in {"VERB", "AUX"} and first == token.i + 1
        if len(name) and (prefix or not (told and len(name) == 1)) and name.root.ent_type_ != "DATE":
            found.update(range(first - prefix, end))
    return found
