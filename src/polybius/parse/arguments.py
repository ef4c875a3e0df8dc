"""The arguments that stand at a verb or noun in the parse tree, by place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from polybius.tables import read_table, values

_MODIFYING = {"amod", "compound", "nmod", "npadvmod", "advmod", "dep"}
_AWAY = {"away", "back", "together", "along"}
_OPENING = {"after", "before", "since", "until", "as"}  # prepositions that open clauses, too


@cache
def verbs(kind: str) -> frozenset[str]:
    """The verbs of a kind (``verbs.en.tsv``)."""
    table = read_table("polybius.parse", "verbs.en.tsv")
    return frozenset(row["word"] for row in table if kind in values(row["kinds"]))


def conjuncts(token: Token) -> tuple[Token, ...]:
    """A noun and those joined to it by "and" or a comma, in order."""
    found = [token]
    joined = (c for c in token.children if c.dep_ == "conj")
    for noun in (*joined, *_astray(token)):
        if noun.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            found.extend(conjuncts(noun))
    return tuple(found)


def _astray(token: Token) -> list[Token]:
    """The nouns joined to this one that the parser joins to another.

    "its minister, Jan Novak, and his guest": to the name that stands between commas. "the assets of Jan Novak and
    ten other officers": to the thing. "barred him, his son and 15 others": to the verb.
    """
    found = []
    for name in (c for c in token.children if c.dep_ == "appos" and token.tag_ in {"NN", "NNP"}):
        closed = any(c.dep_ == "cc" and c.nbor(-1).text == "," for c in name.children)
        others = [c for c in name.children if c.dep_ == "conj"]
        if others and token.ent_type_ == name.ent_type_ == "GPE":
            found.append(name)  # "Saudi Arabia, the UAE, Bahrain and Egypt"
        elif closed:
            found += others
    for c in token.children:  # "Egypt, together with Jordan, condemned"
        along = c.lower_ == "along" or any(g.lower_ in {"together", "along"} for g in c.children)
        if c.dep_ == "prep" and token.dep_ in {"nsubj", "nsubjpass"} and along:
            below = next((g for g in c.children if g.lower_ == "with"), c)
            found += [g for g in below.children if g.dep_ == "pobj"]
    above = token.head
    if token.dep_ == "pobj" and token.pos_ == "PROPN" and above.lower_ == "of":
        thing = above.head
        if not _counted(thing):
            found += [c for c in thing.children if c.dep_ == "conj" and c.i > token.i and _counted(c)]
    if token.dep_ == "dobj" and token.pos_ == "PRON":
        following = [c for c in above.children if c.dep_ == "dep" and c.i > token.i]
        found += [c for c in following if c.left_edge.nbor(-1).text == "," and c.left_edge.i == token.i + 2]
    return found


def _counted(noun: Token) -> bool:
    return any(c.dep_ == "nummod" for c in noun.children)


def own_arguments(verb: Token, passive: bool) -> dict[str, tuple[Token, ...]]:
    """What stands at a verb itself; a passive's agent is its ``subj``, its subject the ``obj``."""
    arguments: dict[str, list[Token]] = {}
    for child in verb.children:
        dep = child.dep_
        if dep in {"nsubj", "csubj"} or (dep == "nsubjpass" and not passive):
            arguments.setdefault("subj", []).extend(conjuncts(child))
        elif dep == "nsubjpass":
            arguments.setdefault("obj", []).extend(conjuncts(child))
        elif dep == "agent" and passive:
            arguments.setdefault("subj", []).extend(_under(child))
        elif dep == "dobj":
            arguments.setdefault("obj", []).extend(conjuncts(child))
        elif dep == "dative":
            nouns = _under(child) if child.pos_ == "ADP" else list(conjuncts(child))
            arguments.setdefault("to" if child.pos_ == "ADP" else "iobj", []).extend(nouns)
        elif dep in {"attr", "acomp", "oprd"}:
            arguments.setdefault("attr", []).extend(conjuncts(child))
        elif dep in {"prep", "agent"}:  # "spoke by telephone" has no agent, though the parser says so
            add_preposition(arguments, child)
        elif dep == "advmod" and child.lower_ in _AWAY:  # "stayed away from the summit"
            for preposition in (c for c in child.children if c.dep_ == "prep"):
                add_preposition(arguments, preposition)
        elif dep in {"ccomp", "xcomp"}:
            # "demanded that Canada be exempted": nothing is asked of Canada
            wanted = {"nsubj"} if any(c.lower_ == "that" for c in child.children) else {"nsubj", "nsubjpass"}
            subjects = [c for c in child.children if c.dep_ in wanted]
            arguments.setdefault("comp", []).extend(s for c in subjects for s in conjuncts(c))
        elif dep == "advcl" and child.tag_ == "VBN" and child.left_edge.lower_ == "as":
            arguments.setdefault("as", []).append(child)  # "described the report as fabricated"
    if not passive and "subj" not in arguments and (stranded := _stranded_subject(verb)) is not None:
        arguments["subj"] = [stranded]
    if not passive and "subj" not in arguments and (before := _mistaken_subject(verb)) is not None:
        arguments["subj"] = list(conjuncts(before))
    if passive and any(c.dep_ == "dobj" for c in verb.children):  # "the refugees were granted asylum"
        given = [t for c in verb.children if c.dep_ == "nsubjpass" for t in conjuncts(c)]
        arguments["obj"] = [t for t in arguments["obj"] if t not in given]
        arguments.setdefault("iobj", []).extend(given)
        arguments.setdefault(
            "subj", arguments.get("by", [])
        )  # the parser takes this "by" for a mere preposition
    return frozen(arguments)


def _mistaken_subject(verb: Token) -> Token | None:
    """ "Budapest shuts border": a name right before a finite verb that the parser takes for its modifier."""
    if verb.i == verb.sent.start or verb.tag_ not in {"VBZ", "VBD", "VBP"} or verb.dep_ != "ROOT":
        return None
    before = verb.nbor(-1)
    named = before.pos_ == "PROPN" and before.head == verb
    return before if named and before.dep_ in _MODIFYING else None


def _stranded_subject(verb: Token) -> Token | None:
    """ "days after his predecessor, Jan Novak, resigned": the parser takes the subject for the preposition's noun.

    So it does with "a ship to the Gulf and Foreign Minister Jan Novak accused".
    """
    opened = any(c.dep_ in {"mark", "aux", "cc"} for c in verb.children)
    if verb.tag_ not in {"VBD", "VBZ"} or verb.dep_ not in {"conj", "advcl", "dep"} or opened or verb.i < 2:
        return None
    before = verb.nbor(-1) if not verb.nbor(-1).is_punct else verb.nbor(-2)
    noun = before
    while noun.dep_ in {"compound", "appos", "nummod", "conj"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if noun.dep_ != "pobj" or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    if noun.head.lower_ in _OPENING:
        return noun
    return before if verb.dep_ == "advcl" and before.pos_ == "PROPN" else None


def add_preposition(arguments: dict[str, list[Token]], preposition: Token) -> None:
    """List the nouns under a preposition; "because of", "on behalf of" keep their last word's place too."""
    name = preposition.lower_
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"} and child.pos_ not in {"VERB", "AUX"}:
            arguments.setdefault(name, []).extend(conjuncts(child))
        elif name != "according" and (child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP")):
            add_preposition(arguments, child)  # nothing is done to whom something is according to


def _under(preposition: Token) -> list[Token]:
    return [noun for c in preposition.children if c.dep_ == "pobj" for noun in conjuncts(c)]


def frozen(arguments: Mapping[str, list[Token]]) -> dict[str, tuple[Token, ...]]:
    """Heads by place, each once; places without heads are left out."""
    return {place: tuple(dict.fromkeys(heads)) for place, heads in arguments.items() if heads}
