"""Finds who says what in the text: cues ("said", "according to") with their content, before names are asked.

A statement's content is a clause under a word of saying, or what stands in quotation marks; a quotation over
several sentences is one statement, and one without a word of saying goes on with the speaker before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span
from polybius.tables import read_table, values

_SHORTEST_QUOTE = 4  # words; a shorter one without a verb is a scare quote
_REACH = 60  # code points between a quotation and the clause that tells who says it
_FACTUAL = {"show", "find"}


@dataclass(slots=True, eq=False)
class Speech:
    """One saying: its content, the word of saying, the clause around that word, and what names the source.

    ``source`` are the heads of "according to X" or "as reported by X"; a cue clause has its subject.
    """

    content: Span
    cue: Token | None = None
    clause: Clause | None = None
    source: tuple[Token, ...] = ()
    quoted: bool = False
    continues: Speech | None = None


@cache
def cues() -> dict[str, frozenset[str]]:
    """The words of saying, with what content each takes."""
    table: dict[str, set[str]] = {}
    for row in read_table("polybius.statements", "speech.en.tsv"):
        table.setdefault(row["word"], set()).update(values(row["takes"]))
    return {word: frozenset(takes) for word, takes in table.items()}


def find_speech(parsed: Parsed) -> list[Speech]:
    """All sayings of a report, in the order of their content."""
    quotes = [q for q in parsed.quotes if _weighty(q, parsed)]
    found = [speech for clause in parsed.clauses if (speech := _told(clause, parsed)) is not None]
    found = _join_quotes(found, quotes, parsed)
    found.extend(_according_to(parsed, found))
    found.sort(key=lambda s: (s.content, s.cue.i if s.cue else 0))
    return _without_doubles(found)


def _weighty(quote: Span, parsed: Parsed) -> bool:
    """Whether a quotation says something: four words, or a verb among fewer."""
    span = parsed.doc.char_span(*quote, alignment_mode="expand")
    if span is None:
        return False
    words = [t for t in span if t.is_alpha]
    return len(words) >= _SHORTEST_QUOTE or (len(words) > 1 and any(parsed.clause_at(t) for t in words))


def _told(clause: Clause, parsed: Parsed) -> Speech | None:
    """Indirect speech: the clause under a word of saying that is outside quotation marks."""
    takes = cues().get(clause.lemma) or _with_preposition(clause)
    if not takes or takes == {"quote"}:
        return None
    speaker = clause.args("subj")
    if not speaker and not (clause.passive and clause.link == "ROOT"):
        return None
    content = _content(clause, takes, parsed)
    if content is None or (clause.lemma in _FACTUAL and clause.negation is not None):
        return None
    return Speech(content, clause.predicate, clause)


def _with_preposition(clause: Clause) -> frozenset[str]:
    for place in clause.arguments:
        if found := cues().get(f"{clause.lemma} {place}"):
            return found
    return frozenset()


def _content(clause: Clause, takes: frozenset[str], parsed: Parsed) -> Span | None:
    for child in clause.predicate.children:
        if child.dep_ == "ccomp" and "clause" in takes:
            return _extent(child, clause.predicate)
        to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if "infinitive" in takes and child.dep_ in {"xcomp", "ccomp", "advcl"} and to:
            return _extent(child, clause.predicate)
        if "of" in takes and child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            for inner in child.children:
                if inner.dep_ in {"pcomp", "pobj"} and (
                    inner.pos_ in {"VERB", "AUX"} or child.lower_ == "of"
                ):
                    return inner.left_edge.idx, _end_of_clause(inner, clause.predicate)
    return _paratactic(clause, takes, parsed)


def _end_of_clause(inner: Token, verb: Token) -> int:
    """The end of what somebody is accused of; the parser hangs its infinitives on the accusing verb."""
    last = inner.right_edge
    for child in verb.children:
        if child.i > inner.i and child.dep_ in {"advcl", "xcomp"}:
            last = max(last, child.right_edge, key=lambda t: t.i)
    return last.idx + len(last)


def _paratactic(clause: Clause, takes: frozenset[str], parsed: Parsed) -> Span | None:
    """ "The visit is off, the minister said": the parser at times hangs the saying on what is said."""
    verb = clause.predicate
    if "clause" in takes and clause.link == "parataxis" and verb.head.pos_ in {"VERB", "AUX"}:
        sentence = verb.sent
        if verb.left_edge.i > verb.head.i:
            return sentence.start_char, verb.left_edge.idx
    return None


def _extent(root: Token, verb: Token) -> Span:
    """The span of a content clause, without the commas and marks at its ends or the saying inside it."""
    tokens = [
        t for t in root.subtree if (t != verb and verb not in t.ancestors) or root in t.ancestors or t == root
    ]
    tokens = sorted(tokens, key=lambda t: t.i)
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].is_space or tokens[0].lower_ == "that"):
        tokens.pop(0)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _join_quotes(told: list[Speech], quotes: list[Span], parsed: Parsed) -> list[Speech]:
    """Give every quotation its saying: the one it is the content of, the nearest in its sentences, or the last."""
    found = list(told)
    previous: Speech | None = None
    for quote in quotes:
        inside = next(
            (s for s in found if _overlap(s.content, quote) and s.cue and not _within(s.cue, quote)), None
        )
        if inside is not None and not inside.quoted:
            inside.quoted = True
            if inside.content[0] >= quote[0] - 1 or quote[0] <= inside.content[0]:
                inside.content = (min(inside.content[0], quote[0]), max(inside.content[1], quote[1]))
            speech = inside
        elif (clause := _saying_near(quote, parsed)) is not None:
            speech = Speech(quote, clause.predicate, clause, quoted=True)
            found.append(speech)
        else:
            follows = previous is not None and _follows(previous, quote, parsed)
            speech = Speech(quote, quoted=True, continues=previous if follows else None)
            if speech.continues is not None:
                found.append(speech)
        previous = speech if speech.cue or speech.continues else previous
    return [s for s in found if not (not s.quoted and _inside_any(s, quotes) and s.cue is None)]


def _within(token: Token, span: Span) -> bool:
    return span[0] <= token.idx < span[1]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _inside_any(speech: Speech, quotes: list[Span]) -> bool:
    return any(q[0] <= speech.content[0] and speech.content[1] <= q[1] for q in quotes)


def _saying_near(quote: Span, parsed: Parsed) -> Clause | None:
    """The nearest clause of saying outside the quotation, in the sentence where it ends or begins."""
    ranked = []
    for clause in parsed.clauses:
        verb = clause.predicate
        if clause.lemma not in cues() or parsed.quote_at(verb.idx) is not None or not clause.args("subj"):
            continue
        sentence = verb.sent
        touches = sentence.start_char < quote[1] + 2 and quote[0] - 2 < sentence.end_char
        distance = min(abs(verb.idx - quote[1]), abs(quote[0] - verb.idx - len(verb)))
        if touches and distance <= _REACH:
            ranked.append((distance, clause.predicate.i, clause))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _follows(previous: Speech, quote: Span, parsed: Parsed) -> bool:
    """Whether nothing but a sentence's end stands between a saying and the next quotation."""
    end = max(previous.content[1], previous.cue.sent.end_char if previous.cue else 0)
    return quote[0] - end <= 4 and not parsed.doc.text[end : quote[0]].strip(" \n\"“”'.")


def _according_to(parsed: Parsed, told: list[Speech]) -> Iterator[Speech]:
    """ "according to X", "as reported by X": the clause they stand in is X's."""
    for token in parsed.doc:
        if parsed.quote_at(token.idx) is not None:
            continue
        source: tuple[Token, ...] = ()
        if token.lower_ == "according":
            to = [c for c in token.children if c.lower_ == "to"]
            source = tuple(n for c in to for n in c.children if n.dep_ == "pobj")
        elif token.dep_ == "advcl" and token.lemma_.lower() in cues() and _opened_by_as(token):
            clause = parsed.clause_at(token)
            source = clause.args("subj") if clause is not None else ()
        if source and (governing := _governing(token, parsed)) is not None:
            yield Speech(_clause_extent(governing, token), token, None, source)


def _opened_by_as(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "as" for c in token.children)


def _governing(token: Token, parsed: Parsed) -> Token | None:
    head = token.head
    while head.dep_ == "prep" and head.head.i != head.i:
        head = head.head
    return head if head.i != token.i else None


def _clause_extent(root: Token, cue: Token) -> Span:
    """The whole of the governing clause on the far side of the cue, or around it."""
    outside = {t.i for t in cue.subtree}
    tokens = [t for t in root.subtree if t.i not in outside and not t.is_space]
    while len(tokens) > 1 and tokens[-1].is_punct:
        tokens.pop()
    while len(tokens) > 1 and tokens[0].is_punct:
        tokens.pop(0)
    if not tokens:
        return root.idx, root.idx + len(root)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _without_doubles(found: list[Speech]) -> list[Speech]:
    """Each content once for each cue."""
    kept: dict[tuple[Span, int], Speech] = {}
    for speech in found:
        kept.setdefault((speech.content, speech.cue.i if speech.cue else -1), speech)
    return list(kept.values())
