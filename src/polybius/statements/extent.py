"""How far a content clause reaches."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Words
from spacy.tokens import Token

from polybius.parse import Clause
from polybius.record import Span
from polybius.statements.words import cues, words

_RELATIVES = {"WDT", "WP", "WP$"}


def extent(first: Token, verb: Token, root: Token, last: Token | None = None) -> Span:
    """The span of a content clause, without the commas and marks at its ends or the saying beside it."""
    doc = verb.doc
    start, end = first.i, (last or root.right_edge).i
    if root.dep_ != "ROOT" and verb.head != root:
        start, end = (max(start, verb.i + 1), end) if root.i > verb.i else (start, min(end, verb.i - 1))
    if start > verb.i and _inverted(root):
        end = root.sent.end - 1
    end = min([end, *(c.left_edge.i - 1 for c in root.children if c.i > root.i and _sprung(c))])
    end = min([end, *_answers(doc[start : end + 1])])
    if doc[max(start, end - 2) : end + 1].text.lower() == ", or so":  # "…, or so the general says"
        end -= 2
    while end > start and (doc[end].is_punct or doc[end].is_space or doc[end].dep_ == "cc"):
        end -= 1
    if doc[start : start + 2].text == "only that":
        start += 1
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ == "that"):
        start += 1
    return doc[start].idx, doc[end].idx + len(doc[end])


def around(content: Span, clause: Clause) -> Span:
    """ "The war, he said, must end": with the subject that stands before a saying between commas."""
    verb, doc = clause.predicate, clause.predicate.doc
    if content[0] < verb.idx or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return content
    own = [t.left_edge.i for t in clause.args("subj") if t.head == verb and t.i < verb.i]
    comma = max(own, default=verb.i) - 1
    if comma <= verb.sent.start or doc[comma].text != "," or doc[comma + 1].tag_ in _RELATIVES:
        return content
    before, helper = doc[verb.sent.start : comma], doc[comma - 1]  # "He had, he added, given up"
    for subject in reversed(before):
        awaits = subject.head.i > verb.i or (subject.head == helper and helper.pos_ in {"AUX", "VERB"})
        named = subject.dep_ in {"nsubj", "nsubjpass", "expl"} and subject.head != verb
        if named and awaits and subject.tag_ not in _RELATIVES:
            return subject.left_edge.idx, content[1]
    goes_on = doc.char_span(content[0], content[0] + 1, alignment_mode="expand")
    finite = goes_on is not None and goes_on[0].tag_ in {"VBD", "VBZ", "VBP", "MD"}
    if finite and _is_subject(before):
        return before[before[0].pos_ == "CCONJ"].idx, content[1]
    return content


def _is_subject(words: Words) -> bool:
    """Whether words without a verb can be what a verb behind them tells of."""
    verbs = any(t.tag_[:2] in {"VB", "MD"} or t.tag_ in _RELATIVES for t in words)
    return not verbs and words.root.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} and words[0].pos_ != "ADP"


def _answers(content: Words) -> Iterator[int]:
    """The last token before what another says of it: "had fled, which the army denied", "…, a charge it denies"."""
    for verb in content:
        takes = verb.dep_ == "relcl" and cues().get(verb.lemma_.lower())
        if not takes or not any(c.dep_ == "nsubj" and c.tag_ not in _RELATIVES for c in verb.children):
            continue
        first = verb.head.left_edge if verb.head.dep_ == "appos" else verb.left_edge
        set_off = first.i > content.start and first.nbor(-1).text == ","
        if set_off and (first != verb.left_edge or first.tag_ == "WDT"):
            yield first.i - 2


def _inverted(root: Token) -> bool:
    """ "Fears that, should the talks fail, …": a condition without "if", before what is told."""
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    helped = [
        c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.lower_ in {"should", "had", "were"}
    ]
    return subject is not None and any(c.i == subject.left_edge.i - 1 for c in helped)


def carries_on(verb: Token) -> bool:
    """ "…, adding that …": whoever speaks goes on."""
    return verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"} and verb.lemma_ in words("addition")


def _sprung(verb: Token) -> bool:
    """Whether a joined verb inside a content is no part of it: a saying of the outer speaker
    (``_governing_saying``), or what the report goes on to tell ("would go on and left the room").
    """
    takes = cues().get(verb.lemma_.lower(), frozenset())
    if carries_on(verb) or _follows_from(verb) or _says_more(verb, takes) or _contrasts(verb, takes):
        return True
    done = (verb.tag_ == "VBD" or _did(verb)) and any(c.tag_ == "MD" for c in verb.head.children)
    return (bool(takes) or done) and stands_apart(verb)


def stands_apart(verb: Token) -> bool:
    """Whether a verb is joined to what somebody said without sharing its subject: that has an auxiliary, or only
    says how things are ("says the figure is false and accuses", "said he felt betrayed and likened him").
    """
    return (
        verb.dep_ == "conj"
        and verb.head.dep_ in {"ccomp", "xcomp"}
        and (verb.tag_ in {"VBD", "VBN", "VBZ"} or _did(verb))
        and not any(
            c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children if c.lower_ != "did"
        )
        and _says_how_things_are(verb.head)
    )


def _did(verb: Token) -> bool:
    """ "Said he would leave but did not say when"."""
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "did" for c in verb.children)


def _says_how_things_are(said: Token) -> bool:
    return said.lemma_ in words("state") or any(c.dep_ == "aux" for c in said.children)


def _follows_from(verb: Token) -> bool:
    """ "said they would stay, prompting a protest by X": what came of the saying, not what is said."""
    came = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.lemma_ in words("outcome")
    return came and verb.i > 0 and verb.nbor(-1).text == "," and _says_how_things_are(verb.head)


def _says_more(verb: Token, takes: frozenset[str]) -> bool:
    """ "Said they had left, and he added that …": whoever speaks goes on."""
    he = any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children)
    that = any(c.dep_ == "ccomp" and c.left_edge.lower_ == "that" for c in verb.children)
    return verb.dep_ == "conj" and he and that and bool(takes & {"clause", "that"})


def _contrasts(verb: Token, takes: frozenset[str]) -> bool:
    """ "Said it was against a war, while Iran offered troops": what another did or said meanwhile."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in {"while", "whereas"}), None)
    if verb.dep_ != "advcl" or mark is None or mark.nbor(-1).text != ",":
        return False
    other = any(c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"} for c in verb.children)
    done = verb.tag_ == "VBD" and (verb.head.tag_ in {"VBZ", "VBP"} or _says_how_things_are(verb.head))
    helped = any(c.dep_ == "aux" for c in verb.children)
    return other and not helped and (done or bool(takes - {"finding", "figure"}))
