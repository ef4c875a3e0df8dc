"""Which words name the one who says it: subject, inverted subject, agent, the noun after "according to"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span
from polybius.statements.words import words

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}
_WIDTH = 15  # words behind a verb within which its subject may follow it
_INVERTED = {"nsubj", "nsubjpass", "dobj", "attr", "oprd", "appos", "npadvmod", "dep", "conj", "ccomp"}


def speakers(clause: Clause, parsed: Parsed, content: Span | None = None) -> tuple[Token, ...]:
    """The heads that may name who speaks in a clause of saying, the likeliest first.

    Args:
        clause: the clause around the word of saying.
        parsed: the report; nobody inside quotation marks speaks the words around them.
        content: what is said, if known: where it comes first, the speaker may follow the verb.
    """
    verb = clause.predicate
    if quoted := _quoted_one(clause, parsed):
        return widened(quoted)
    if beside := _with_whom(verb):
        return widened(beside)
    if one := one_of_them(verb, parsed):
        return widened(one)
    heads = [t for t in clause.args("subj") if parsed.quote_at(t.idx) is None]
    heads = sorted(heads, key=lambda t: not _inserted(t, verb))
    if content is not None and not content[0] <= verb.idx < content[1]:
        heads = [t for t in heads if not content[0] <= t.idx < content[1]]
        if content[0] < verb.idx:
            heads = [*_after(verb, heads, content), *heads]
    return widened(dict.fromkeys(heads))


def _with_whom(verb: Token) -> tuple[Token, ...]:
    """ "Talks collapsed, with their envoy, Mr X, telling reporters that …": the envoy tells, not the talks."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return ()
    nouns = (n for c in verb.head.children if c.lower_ == "with" for n in c.children if n.dep_ == "pobj")
    near = (n for n in nouns if n.i < verb.i)
    return tuple(n for n in near if all(t.text == "," for t in verb.doc[n.right_edge.i + 1 : verb.i]))


def one_of_them(verb: Token, parsed: Parsed) -> tuple[Token, ...]:
    """ ""They beat us," one of them, X, told reporters": the one, whatever the parser hung it on."""
    start = max((end for _, end in parsed.quotes if end <= verb.idx), default=-1)
    between = verb.doc[max(verb.sent.start, verb.i - _WIDTH) : verb.i]
    said = [t for t in between if t.idx >= start >= 0 and not t.is_punct]
    begins = len(said) > 2 and said[0].lower_ in {"one", "another"} and said[1].lower_ == "of"
    if not begins or any(t.pos_ in {"VERB", "AUX"} for t in said):
        return ()
    return (*right_before(verb, parsed), said[0])


def _inserted(subject: Token, verb: Token) -> bool:
    """ "Rebels took the town, in which, aides said, …": of two subjects the one behind the comma is of the saying."""
    first = subject.left_edge
    direct = subject.head == verb and subject.i < verb.i and first.i > verb.sent.start
    return direct and first.nbor(-1).text == ","


def right_before(verb: Token, parsed: Parsed) -> tuple[Token, ...]:
    """ "Asked whether …, its spokesman, Mr X, replied": the name before the verb, whatever the parser made of it."""
    before = next((t for t in reversed(verb.sent[: verb.i - verb.sent.start]) if not t.is_punct), None)
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and before is not None and before.pos_ == "PROPN"
    return (before,) if finite and before is not None and parsed.quote_at(before.idx) is None else ()


def past_an_insertion(verb: Token, parsed: Parsed) -> tuple[Token, ...]:
    """ "Wen is due, and an official, asking not to be named, said …": the noun before what the commas set off."""
    doc, last = verb.doc, verb.i - 1
    if last <= verb.sent.start or doc[last].text != "," or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return ()
    first = next((i for i in range(last - 1, verb.sent.start, -1) if doc[i].text == ","), None)
    if first is None or doc[first + 1].tag_ not in {"VBG", "WP"}:
        return ()
    noun = doc[first - 1]
    return (noun,) if noun.pos_ in {"NOUN", "PROPN"} and parsed.quote_at(noun.idx) is None else ()


def _quoted_one(clause: Clause, parsed: Parsed) -> tuple[Token, ...]:
    """Who "was quoted by Tass as saying", or whom "Tass quoted as saying": the one quoted, not the one who quotes."""
    as_saying = False
    if clause.link == "pcomp" and clause.parent is not None and clause.predicate.head.lower_ == "as":
        above = parsed.clause_at(clause.parent)
        as_saying, clause = above is not None, above or clause
    quoting = (clause.passive or as_saying) and clause.lemma in {"quote", "cite"}
    return clause.args("obj") if quoting else ()


def _after(verb: Token, heads: list[Token], content: Span) -> list[Token]:
    """ "…, said Mr X", "…, warned in a report the consultant Y": the subject behind its verb."""
    if any(t.i < verb.i and t.idx > content[1] for t in heads):
        return []
    behind = [t for t in verb.children if t.i > verb.i and t.dep_ == "nsubj"]
    if behind:
        return behind
    following = verb.doc[verb.i + 1 : min(verb.right_edge.i, verb.i + _WIDTH) + 1]
    nouns = [t for t in following if t.pos_ in _NOMINAL and t.dep_ in _INVERTED]
    near = [t for t in nouns if not content[0] <= t.idx < content[1]]
    return sorted(near, key=lambda t: (t.head != verb, t.i))


def widened(heads: Iterable[Token]) -> tuple[Token, ...]:
    """With those in apposition, and those of whom a part is meant: "two of his aides", "Another, X,"."""
    found: dict[Token, None] = {}
    parts: dict[Token, None] = {}  # those of whom one is meant, in case that the one has no name
    for head in heads:
        found.update(dict.fromkeys(c for c in head.children if c.dep_ == "npadvmod" and _runs_on(head, c)))
        found[head] = None
        for child in head.children:
            if child.dep_ == "appos":
                found[child] = None
            elif child.lower_ == "of" and head.pos_ in {"NUM", "PRON", "DET", "ADJ"}:
                those = [c for c in child.children if c.dep_ == "pobj"]
                names = (c for noun in (head, *those) for c in noun.children if c.dep_ == "appos")
                found.update(dict.fromkeys(c for c in names if c.pos_ == "PROPN"))  # "one of them, X,"
                parts.update(dict.fromkeys(those))
    return tuple({**found, **parts})


def _runs_on(head: Token, name: Token) -> bool:
    """ "the commission chief Mr X", of which the parser takes the first word for the head."""
    between = head.doc[head.i + 1 : name.i]
    return (
        name.pos_ == "PROPN" and name.i > head.i and all(t.pos_ in {"NOUN", "PROPN", "ADJ"} for t in between)
    )


def authors(document: Token) -> tuple[Token, ...]:
    """Whose paper it is: "the ministry's report", "a report by the UN", "a letter from Kyiv"."""
    found = [c for c in document.children if c.dep_ in {"poss", "compound", "amod", "nmod"}]
    for child in document.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            found.extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "acl" and child.lower_ in {"signed", "issued", "published", "released", "written"}:
            found.extend(a for by in child.children if by.dep_ == "agent" for a in by.children)
    return tuple(found)


def is_document(token: Token) -> bool:
    """Whether the noun is a paper that speaks for its author."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in words("document")
