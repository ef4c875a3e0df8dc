"""A saying that stands last or between commas, read off the words however the parser joined them."""

from __future__ import annotations

from spacy.tokens import Span as Words
from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span

_SHORTEST = 6  # tokens that tell something before a saying though the parser sees no verb in them
_NOUNS = {"NOUN", "PROPN", "PRON"}
_RELATIVES = {"WDT", "WP", "WP$"}


def aside(clause: Clause, parsed: Parsed, *, inside: bool = False) -> tuple[Span | None, tuple[Token, ...]]:
    """ "…, killing six, a police officer said on Sunday", "soldiers who, says his wife, took the car".

    When nothing but a noun phrase stands between the last comma and the word of saying, or behind it, that names
    who says it, and the sentence around them is what is said. ``inside``: the saying must stand between subject
    and verb, as one of "replied" or "continued" only does when it tells something ("The war, he continued, is lost").
    """
    verb, doc, sentence = clause.predicate, clause.predicate.doc, clause.predicate.sent
    comma = _last_comma(verb)
    if comma is None or comma == sentence.start or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None, ()
    stop = next((i for i in range(verb.i + 1, sentence.end) if doc[i].text == ","), sentence.end)
    if inside and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[stop + 1 : stop + 2]):
        return None, ()
    before, behind = _without_or_so(doc[comma + 1 : verb.i]), doc[verb.i + 1 : stop]
    if not before and _is_name(opened := _between_commas(comma, parsed), parsed):
        comma, before = opened.start - 1, opened  # "…, its minister, Mr X, confirmed"
    lead = doc[sentence.start : comma]
    named = before or _without_marks(behind)
    if not _is_noun_phrase(named, parsed) or any(parsed.clause_at(t) or t.text == ":" for t in behind):
        return None, ()
    if any(parsed.quote_at(t.idx) for t in (lead[0], lead[-1])):
        return None, ()
    if lead[-1].tag_ in _RELATIVES and stop < sentence.end:
        return _relative(doc[stop + 1 : sentence.end], parsed), (named.root,)
    if comma - sentence.start < 2 - inside:
        return None, ()
    rest = doc[stop : sentence.end]
    appended = not before and _tells(lead, parsed) and not _is_condition(lead)  # "…, said Mr X, who leads it"
    told_before = (stop == sentence.end or appended) and (len(lead) >= _SHORTEST or _tells(lead, parsed))
    if told_before and _is_condition(lead):  # "As troops moved in, the minister warned."
        return None, ()
    if not told_before and not _tells(rest, parsed):
        return None, ()
    colon = next((t.i + 1 for t in lead if t.text == ":"), sentence.start)
    return _bare(doc[colon : comma if told_before else sentence.end]), (named.root,)


def _without_or_so(words: Words) -> Words:
    """ "…, or so the ministry claims": the rest names who says it."""
    return words[2:] if words.text.lower().startswith("or so ") else words


def _last_comma(verb: Token) -> int | None:
    return next((i for i in range(verb.i - 1, verb.sent.start - 1, -1) if verb.doc[i].text == ","), None)


def _between_commas(comma: int, parsed: Parsed) -> Words:
    """A noun phrase with a name set off behind it, up to the comma before it: "its minister, Mr X"."""
    doc, start = parsed.doc, parsed.doc[comma].sent.start
    first = next((i for i in range(comma - 1, start, -1) if doc[i].text == ","), start)
    second = next((i for i in range(first - 1, start, -1) if doc[i].text == ","), start)
    return doc[second + 1 : comma] if start < second else doc[comma:comma]


def _is_name(words: Words, parsed: Parsed) -> bool:
    joined = any(t.dep_ == "appos" for t in words) and len(words) > 2
    return (
        joined and words[0].pos_ in {"DET", "PRON", "NOUN", "PROPN", "ADJ"} and _is_noun_phrase(words, parsed)
    )


def _relative(words: Words, parsed: Parsed) -> Span | None:
    """What a relative clause tells behind the saying: up to the comma that closes it."""
    if not _tells(words, parsed):
        return None
    comma = next((t.i for t in words if t.text == ","), words.end)
    return _bare(words.doc[words.start : comma])


def _bare(words: Words) -> Span:
    """The span of the words without the marks behind them."""
    words = _without_marks(words)
    return words.start_char, words.end_char


def _without_marks(words: Words) -> Words:
    last = words.end
    while last > words.start + 1 and (words.doc[last - 1].is_punct or words.doc[last - 1].is_space):
        last -= 1
    return words.doc[words.start : last]


def _is_noun_phrase(words: Words, parsed: Parsed) -> bool:
    """Whether the words are a name or noun with what describes it, nothing that could join clauses."""
    if not words or words.root.pos_ not in _NOUNS or words[0].pos_ in {"CCONJ", "SCONJ", "ADP"}:
        return False
    return not any(t.tag_ in {*_RELATIVES, "WRB"} or parsed.clause_at(t) for t in words)


def _is_condition(words: Words) -> bool:
    """ "If they refuse, said X, it will fail": the words wait for what follows."""
    return all(t.text != "," for t in words) and (words[0].dep_ == "mark" or words[0].tag_ == "WRB")


def _tells(words: Words, parsed: Parsed) -> bool:
    return any(parsed.clause_at(t) and t.tag_ in {"VBD", "VBZ", "VBP", "VB", "VBN"} for t in words)
