"""Gives every quotation its saying: the one it is the content of, the one beside it, or the one before it.

A quotation without a verb or of few words is a scare quote unless it is what a word of saying takes
("called it "absurd""); one over several sentences is one saying.
"""

from __future__ import annotations

import re

from spacy.tokens import Span as Words
from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span
from polybius.statements.saying import Speech
from polybius.statements.sources import right_before, speakers
from polybius.statements.words import cues

_SHORTEST_QUOTE = 4  # words; a shorter one without a verb is a scare quote
_REACH = (
    80  # code points between a quotation and the verb that tells who says it, unless its subject is nearer
)
_LONG_AGO = 1000  # code points; a quotation goes on with a saying of the sentence before
_FAR = 300  # code points; a subject right behind the quotation may have a long apposition before its verb
_COMPLEMENTS = {"dobj", "oprd", "attr", "ccomp", "acomp", "xcomp", "pobj", "amod", "appos", "dep", "advcl"}
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bCol)[.!?]\s")
_MARKS = " \t\"“”'‘’«»`"


def give_quotations(found: list[Speech], parsed: Parsed) -> list[Speech]:
    """The sayings with what is quoted in them, and one more for every quotation that had none."""
    sayings = list(found)
    last: Speech | None = None
    for quote in parsed.quotes:
        words = parsed.doc.char_span(*quote, alignment_mode="expand")
        if words is None:
            continue
        clause = _taken(quote, words, parsed)
        speech = _around(quote, words, sayings, clause, parsed)
        if speech is None:
            speech = _new(quote, words, clause, parsed, sayings, last)
            if speech is not None:
                sayings.append(speech)
        last = speech or last
    return sayings


def _taken(quote: Span, words: Words, parsed: Parsed) -> Clause | None:
    """The clause of saying that takes the quotation as what it says or calls something."""
    clause = _governing(words.root, quote, parsed)
    if clause is None or not (_weighty(words, parsed) or _is_complement(words.root, words, clause)):
        return None
    return clause


def _around(
    quote: Span, words: Words, sayings: list[Speech], taken: Clause | None, parsed: Parsed
) -> Speech | None:
    """The saying whose content the quotation is, is part of, or goes on with: it takes the quotation in."""
    for speech in sayings:
        cue, (start, end) = speech.cue, speech.content
        if cue is None or quote[0] <= cue.idx < quote[1]:
            continue
        if taken is not None and speech.clause is taken and _names_the_accused(quote, speech, parsed):
            speech.content, speech.quoted = (quote[0], end), True
            return speech
        inner = taken is not None and start <= taken.predicate.idx < end and _only_quotes(taken, words)
        inner = inner and words.root.head.tag_ != "VBG"  # not "accused him of applauding the "…""
        if taken is not None and (speech.heads or (inner and not speech.quoted)):
            continue  # "X called it "…", according to Y", "Y said X had called it "…"": X says it
        touches = start < quote[1] and quote[0] < end
        if touches and speech.quoted and start <= quote[0] and quote[1] <= end + 1:
            return speech
        if speech.quoted and _cue_between(speech, quote):
            continue
        if not touches and not _goes_on(quote, speech, parsed):
            continue
        whole = _fills(quote, (start, end), parsed) or _before_the_cue(quote, speech, parsed)
        whole = whole or (quote[1] <= cue.idx and parsed.text[: quote[0]].rstrip(_MARKS).endswith(":"))
        if whole or _is_second_half(quote, speech, parsed):
            speech.content = quote
        else:
            speech.content = min(start, quote[0]), max(end, quote[1])
        speech.quoted = True
        return speech
    return None


def _names_the_accused(quote: Span, speech: Speech, parsed: Parsed) -> bool:
    """ "accused "the street" of stirring up hatred": the quotation stands before the rest of one content."""
    return quote[1] <= speech.content[0] and len(parsed.text[quote[1] : speech.content[0]].split()) <= 2


def _only_quotes(clause: Clause, words: Words) -> bool:
    """Whether a verb tells nothing but the few words it quotes: "call", "describe", not "say"."""
    few = len([t for t in words if t.is_alpha]) < _SHORTEST_QUOTE
    return few and "clause" not in cues().get(clause.lemma, frozenset({"quote"}))


def _goes_on(quote: Span, speech: Speech, parsed: Parsed) -> bool:
    """ "said the marches would go on "until …"": the quotation follows the unquoted words at once."""
    end = speech.content[1]
    between = parsed.text[end : quote[0]]
    behind = speech.cue is not None and speech.cue.idx < quote[0]
    if parsed.text[end - 1] in ".!?" and parsed.text[quote[0]].isupper():  # "… for $5m. "We have none," …"
        return False
    return behind and not speech.quoted and 0 <= quote[0] - end <= 3 and not between.strip(_MARKS)


def _before_the_cue(quote: Span, speech: Speech, parsed: Parsed) -> bool:
    """ ""…," he said, "…"": two quotations, though the parser took both for what is said."""
    start, end = speech.content
    if speech.cue is None or speech.quoted or not start <= speech.cue.idx < end:
        return False
    return quote[1] <= speech.cue.idx and _fills(quote, (start, speech.cue.idx), parsed)


def _is_second_half(quote: Span, speech: Speech, parsed: Parsed) -> bool:
    """ ""…," he told the press at the airport, "…": what the parser took in before the quotation is not said."""
    cue, start = speech.cue, speech.content[0]
    if cue is None or cue.idx > start or not start < quote[0]:
        return False
    split = any(cue.sent.start_char <= first and last <= cue.idx for first, last in parsed.quotes)
    return split and parsed.text[: quote[0]].rstrip(_MARKS).endswith(",")


def _cue_between(speech: Speech, quote: Span) -> bool:
    return speech.cue is not None and speech.content[1] <= speech.cue.idx < quote[0]


def _fills(quote: Span, span: Span, parsed: Parsed) -> bool:
    """Whether nothing but marks stands in the span outside the quotation."""
    text = parsed.text
    before, after = text[span[0] : max(quote[0], span[0])], text[min(quote[1], span[1]) : span[1]]
    return not (before + after).strip(_MARKS + ",.;:-–—")


def _new(
    quote: Span,
    words: Words,
    taken: Clause | None,
    parsed: Parsed,
    sayings: list[Speech],
    last: Speech | None,
) -> Speech | None:
    if taken is not None:
        return _said_in(taken, quote, parsed)
    answers = parsed.text[max(0, quote[0] - 4) : quote[0]].rstrip(_MARKS).endswith(":") and _is_whole(
        quote, parsed
    )
    if not answers and not _weighty(words, parsed) and not _stands_alone(quote, words, parsed):
        return None
    if (clause := _beside(quote, parsed)) is not None:
        return _said_in(clause, quote, parsed)
    if _is_whole(quote, parsed):
        before = _before(quote, parsed, [*sayings, last] if last is not None else sayings)
        if before is not None:
            return Speech(quote, quoted=True, continues=before)
        if source := _introduced(quote, words, parsed):
            return Speech(quote, source=source, quoted=True, needs_actor=True)
    return None


def _said_in(clause: Clause, quote: Span, parsed: Parsed) -> Speech:
    """The saying of a quotation, with the unquoted words that lead into it: "If they go, "we …", he said"."""
    content = quote
    opening = parsed.doc.char_span(quote[0], quote[0] + 1, alignment_mode="expand")
    if opening is not None and parsed.text[quote[0]].islower() and clause.predicate.idx > quote[1]:
        start = opening[0].sent.start_char
        lead = parsed.text[start : quote[0]].rstrip(_MARKS)
        if lead.endswith(",") and parsed.quote_at(start) is None:
            content = start, quote[1]
    source = speakers(clause, parsed, content) or right_before(clause.predicate, parsed)
    return Speech(content, clause.predicate, clause, source, quoted=True)


def _weighty(words: Words, parsed: Parsed) -> bool:
    """Whether a quotation says something: four words, or a verb among fewer."""
    alphabetic = [t for t in words if t.is_alpha]
    verb = any(parsed.clause_at(t) for t in alphabetic)
    return len(alphabetic) >= _SHORTEST_QUOTE or (len(alphabetic) > 1 and verb)


def _stands_alone(quote: Span, words: Words, parsed: Parsed) -> bool:
    """ ""Nobody," he answered.": few words, but a sentence begins with them; a single one is not torn apart, too."""
    sentence = words[0].sent
    opens = not parsed.text[sentence.start_char : quote[0]].strip(_MARKS)
    more = any(quote[1] <= start < sentence.end_char for start, _ in parsed.quotes)
    more = more and len([t for t in words if t.is_alpha]) < 2
    return opens and not more and _is_whole(quote, parsed) and parsed.text[quote[1] - 1] in ",?!"


def _governing(root: Token, quote: Span, parsed: Parsed) -> Clause | None:
    """The clause of saying that the quotation hangs on, if no other clause comes between."""
    head = root
    while head.head.i != head.i:
        head = head.head
        clause = parsed.clause_at(head)
        if clause is not None and not quote[0] <= head.idx < quote[1]:
            takes = cues().get(clause.lemma) or _with_preposition(clause)
            said = bool(takes) and clause.negation is None and parsed.quote_at(head.idx) is None
            return clause if said else None
    return None


def _with_preposition(clause: Clause) -> frozenset[str]:
    return next((cues()[k] for p in clause.arguments if (k := f"{clause.lemma} {p}") in cues()), frozenset())


def _is_complement(root: Token, words: Words, clause: Clause) -> bool:
    """Whether the words are what the verb takes ("called it "absurd""), not an epithet inside it."""
    head = root
    while head != clause.predicate:
        inside = words.start <= head.i < words.end
        if head.i > head.head.i and head.dep_ in {"amod", "acl"} and head.head.dep_ in {"dobj", "nsubj"}:
            head = head.head  # called the reports "fabricated"
            continue
        if head.dep_ not in _COMPLEMENTS | {"prep"} or (
            head.dep_ == "amod" and head.head.pos_ != "ADP" and inside
        ):
            return False
        if head.dep_ == "appos" and head.head.dep_ != "dobj":
            return False
        if head.dep_ == "pobj" and head.head.lower_ not in {"as", "at", "for", "of", "to"}:
            return False
        head = head.head
    return root.i > clause.predicate.i


def _beside(quote: Span, parsed: Parsed) -> Clause | None:
    """The clause beside the quotation that tells who says it: behind it after a comma, before it otherwise."""
    text = parsed.text
    behind = text[quote[1] : quote[1] + 3].strip(_MARKS)
    open_ended = text[quote[1] - 1] in ",?!…-—–" or behind[:1] in {",", "–", "—"}
    ranked = []
    for clause in parsed.clauses:
        verb = clause.predicate
        if not quote[0] - _FAR <= verb.idx <= quote[1] + _FAR or parsed.quote_at(verb.idx) is not None:
            continue
        after = verb.idx >= quote[1]
        gap = text[quote[1] : verb.idx] if after else text[verb.idx : quote[0]]
        inner = gap.strip(_MARKS + "\n")
        if (after and not open_ended) or "\n" in (gap if after else inner) or '"' in inner:
            continue
        if _SENTENCE_END.search(inner) or (not after and inner.endswith((".", "!", "?"))):
            continue
        near = _near(clause, quote, after)
        saying = clause.lemma in cues() and (near or len(gap) <= _REACH)
        if saying or (near and after and text[quote[1] - 1] not in "?!"):
            ranked.append((after != open_ended, not saying, len(gap), clause))
    return min(ranked, key=lambda r: r[:3])[3] if ranked else None


def _near(clause: Clause, quote: Span, after: bool) -> bool:
    """Whether the clause begins right behind the quotation, or ends right before it."""
    verb = clause.predicate
    if not after:
        return quote[0] - verb.idx - len(verb) <= 4
    first = min([verb, *(t.left_edge for t in clause.args("subj") if t.idx >= quote[1])], key=lambda t: t.i)
    return first.idx - quote[1] <= 4


def _is_whole(quote: Span, parsed: Parsed) -> bool:
    """Whether the quotation is a sentence of its own: a capital at its start and a stop at its end."""
    words = parsed.text[quote[0] : quote[1]]
    return words[:1].isupper() and (
        words[-1] in ".?!…," or parsed.text[quote[1] : quote[1] + 3].strip(_MARKS)[:1] == "."
    )


def _before(quote: Span, parsed: Parsed, sayings: list[Speech]) -> Speech | None:
    """The saying whose sentence ends where the quotation begins; over a paragraph's end it must be quoted."""
    text = parsed.text
    ranked = []
    for speech in sayings:
        end = speech.content[1]
        if not 0 <= quote[0] - end <= _LONG_AGO:
            continue
        if speech.cue is not None:
            end = max(end, speech.cue.sent.end_char)
        gap = text[end : quote[0]]
        if end <= quote[0] and not gap.strip(_MARKS + "\n.,;"):
            if "\n" in gap and not speech.quoted:
                continue
            ranked.append((end, speech.content[0], speech))
    outer = [r for r in ranked if not any(_holds(other[2], r[2]) for other in ranked)]
    return max(outer, key=lambda r: r[:2])[2] if outer else None


def _holds(outer: Speech, inner: Speech) -> bool:
    """Whether one saying is told within the other: "X says Y has promised to …"."""
    first, last = outer.content
    return inner.cue is not None and inner is not outer and first <= inner.cue.idx < last


def _introduced(quote: Span, words: Words, parsed: Parsed) -> tuple[Token, ...]:
    """Who is named before a colon ("Mr X shrugged: "…""), or is the subject of the sentence before."""
    start = words.start
    while start and (parsed.doc[start - 1].is_quote or parsed.doc[start - 1].is_space):
        if "\n" in parsed.doc[start - 1].text:
            return ()
        start -= 1
    if start == 0:
        return ()
    previous = parsed.doc[start - 1].sent
    if previous.start_char >= quote[0]:
        return ()
    if (
        parsed.quote_at(previous.root.idx) is not None
    ):  # "Mr X was blunt: "…"", all one sentence to the parser
        colon = parsed.doc[start - 1].text == ":"
        lead = parsed.doc[previous.start : start - 1] if colon else ()
        return tuple(t for t in lead if t.dep_ == "nsubj")[:1]
    clause = parsed.clause_at(previous.root)
    if clause is not None:
        return speakers(clause, parsed)
    return (previous.root,) if parsed.doc[start - 1].text == ":" else ()
