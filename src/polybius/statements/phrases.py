"""What stands under "according to" or "a claim that"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span
from polybius.statements.extent import extent
from polybius.statements.saying import Speech
from polybius.statements.sources import authors, is_document, speakers, widened
from polybius.statements.words import cues, words


def according_to(parsed: Parsed) -> Iterator[Speech]:
    """ "according to X", "as reported by X", "as X put it": the clause they stand in is X's."""
    for token in parsed.doc:
        if token.lower_ not in {"according", "as"} or parsed.quote_at(token.idx) is not None:
            continue
        if token.lower_ == "according":
            cue = token
            to = [c for c in token.children if c.lower_ == "to"] or [
                t for t in [token] if token.dep_ == "prep"
            ]
            source = tuple(n for c in to for n in c.children if n.dep_ == "pobj")
            source = source or tuple(n for c in to for n in _who_told(c, parsed))
        else:
            cue = token.head
            clause = parsed.clause_at(cue) if token.dep_ == "mark" and cue.dep_ == "advcl" else None
            if clause is None or not _quotes_by_as(clause):
                continue
            source = clause.args("subj")
        if source and (governing := _governing(cue, parsed)) is not None:
            papers = tuple(a for s in source if is_document(s) for a in authors(s))
            told = _before(cue) if cue.i < governing.i else None
            yield Speech(told or _around(governing, cue), cue, None, papers or widened(source), heads=source)


def in_view(parsed: Parsed) -> Iterator[Speech]:
    """ "In his view, the war is lost", "in the words of Mr X": the clause they stand in is theirs."""
    for cue in parsed.doc:
        if cue.lower_ != "in" or cue.dep_ != "prep" or parsed.quote_at(cue.idx) is not None:
            continue
        views = [c for c in cue.children if c.dep_ == "pobj" and c.lemma_.lower() in words("view")]
        source = tuple(
            a
            for view in views
            for a in authors(view)
            if a.dep_ in {"poss", "pobj"} and a.i < view.right_edge.i + 1
        )
        if source and (governing := _governing(cue, parsed)) is not None:
            yield Speech(_around(governing, cue), cue, None, source, needs_actor=True)


def _who_told(to: Token, parsed: Parsed) -> Iterator[Token]:
    """ "According to what X told the agency": who told it, and to whom."""
    for verb in to.children:
        clause = parsed.clause_at(verb) if verb.dep_ == "pcomp" else None
        if clause is not None and clause.lemma in cues():
            yield from (*clause.args("subj"), *clause.args("obj"))


def _quotes_by_as(clause: Clause) -> bool:
    """ "as X said", "as X put it"; not "as X demanded", "as X had said", which compare, nor "as X adds names"."""
    objects = {t.lower_ for t in clause.predicate.children if t.dep_ == "dobj"}
    if clause.lemma == "put":
        return objects == {"it"}
    if any(
        t.dep_ in {"xcomp", "ccomp"} for t in clause.predicate.children
    ):  # "as rebels claimed to have won"
        return False
    return "aside" in cues().get(clause.lemma, ()) and not clause.perfect and not objects


def _governing(token: Token, parsed: Parsed) -> Token | None:
    """The verb whose clause the phrase stands in."""
    head = token.head
    while parsed.clause_at(head) is None and head.head.i != head.i:
        head = head.head
    while head.dep_ == "conj" and head.head.pos_ in {"VERB", "AUX"} and not _has_subject(head):
        head = head.head  # "raided her home and took her brother, according to her party": both
    return head if head.i != token.i else None


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in verb.children)


def _before(cue: Token) -> Span | None:
    """What stands before a phrase that ends its sentence, where the parser took its last name for a verb."""
    sentence = cue.sent
    if (
        cue.i - sentence.start < 3
        or cue.nbor(-1).text != ","
        or any(t.text == "," for t in sentence[cue.i - sentence.start :])
    ):
        return None
    last = cue.nbor(-2)
    return sentence.start_char, last.idx + len(last)


def _around(root: Token, cue: Token) -> Span:
    """The whole of the governing clause on the far side of the cue, or around it."""
    doc = cue.doc
    first, last = root.left_edge.i, root.right_edge.i
    if cue.left_edge.i <= first:
        first = cue.right_edge.i + 1
    if doc[first].tag_ in {"WP", "WP$", "WDT"}:  # "According to the mission, whose men …, it has begun"
        first = next((t.i + 1 for t in doc[first:last] if t.text == ","), first)
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if cue.right_edge.i >= last:
        last = cue.left_edge.i - 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return doc[first].idx, max(doc[last].idx + len(doc[last]), doc[first].idx + 1)


def named(parsed: Parsed) -> Iterator[Speech]:
    """Nouns of saying: "Rwanda's claim that …", "issued a statement that …", "accusations by X of …"."""
    for noun in parsed.doc:
        takes = cues("n").get(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None
        if not takes or parsed.quote_at(noun.idx) is not None:
            continue
        content = _named_content(noun, takes)
        if content is None:
            continue
        source = authors(noun)
        clause = parsed.clause_at(noun.head) if noun.dep_ == "dobj" else None
        if clause is not None and clause.lemma in words("issue") and clause.negation is None:
            source = (*source, *speakers(clause, parsed))
        yield Speech(content, noun, None, source, needs_actor=True)


def _named_content(noun: Token, takes: frozenset[str]) -> Span | None:
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp", "relcl"} and child.left_edge.lower_ == "that":
            subject = any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ != "that" for c in child.children)
            if subject and child.left_edge.i <= noun.i + 2:
                return extent(child.left_edge, noun, child)
        if "of" in takes and child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pcomp":
                    return extent(inner.left_edge, noun, inner)
    return None
