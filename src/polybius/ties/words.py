"""The word lists of this room: which words tell a standing relation, and which end, rank or qualify one."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from polybius.tables import read_table


@cache
def kinds(pos: str) -> dict[str, str]:
    """Tie kind by word: roles and other nouns ("n"), verbs ("v"), nouns between two ("pair": "alliance")."""
    table = {r["word"]: r["kind"] for r in read_table("polybius.ties", "ties.en.tsv") if r["pos"] == pos}
    if pos == "n":
        table.update({r["word"]: "head" for r in read_table("polybius.ties", "heads.en.tsv")})
    return table


@cache
def words(sort: str) -> dict[str, int]:
    """The words of one sort in ``words.en.tsv``, with their place in an order where they have one."""
    rows = read_table("polybius.ties", "words.en.tsv")
    return {r["word"]: int(r["value"] or 0) for r in rows if r["sort"] == sort}


def kind_of(noun: Token) -> str | None:
    """The kind of tie a noun tells, alone or with the word before or the words behind it."""
    return kinds("n").get(role_of(noun))


def role_of(noun: Token) -> str:
    """The role a noun names, as the lists have it: "minister", "chief of staff"; empty for none."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i > noun.sent.start else ""
    behind = [t.lower_ for t in noun.doc[noun.i + 1 : noun.i + 3]]
    table = kinds("n")
    keys = [f"{before} {lemma}", lemma, noun.lower_]
    if "general" in behind[:1] or behind == ["-", "general"]:
        keys.insert(0, f"{lemma} general")
    elif behind[:1] == ["of"]:
        keys.insert(0, " ".join([lemma, *behind]))
    return next((key for key in keys if key in table), "")


def rank_among(tokens: list[Token]) -> int | None:
    """The place the words before a noun give: "second-largest" 2, "main" 1; None where they give none."""
    ordinal = next((words("rank")[t.lower_] for t in tokens if t.lower_ in words("rank")), None)
    if ordinal is not None:
        return ordinal
    return next((words("top")[t.lower_] for t in tokens if t.lower_ in words("top")), None)
