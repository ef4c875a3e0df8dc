"""Hangs circumstances on an event: its day, its place, its amounts, its contexts, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from polybius.events.triggers import Proposal
from polybius.events.words import words
from polybius.parse import Clause, Parsed
from polybius.record import Amount, Place, Span, Statement, Time
from polybius.tables import read_table, values

_WITHIN = {"in", "inside", "across", "through", "throughout", "on", "at"}
_LOCATIVE = _WITHIN | {"near", "outside", "around", "off", "along", "from", "to"}


def event_span(proposal: Proposal) -> Span:
    """The words that say it: the trigger with its auxiliaries and participants, in one sentence."""
    sentence = proposal.trigger.sent
    tokens = [proposal.trigger]
    if not proposal.nominal and proposal.clause is not None:
        tokens += [
            c for c in proposal.clause.predicate.children if c.dep_ in {"aux", "auxpass", "neg", "prt"}
        ]
        tokens += [proposal.clause.predicate]
        for slot in ("obj", "subj", "iobj"):
            tokens += [
                t for t in proposal.clause.arguments.get(slot, ()) if abs(t.i - proposal.trigger.i) < 25
            ]
    else:
        tokens += [
            t
            for heads in (proposal.view.nominal.arguments.values() if proposal.view.nominal else ())
            for t in heads
        ]
    tokens += [t for _, t in (*proposal.actors, *proposal.recipients) if abs(t.i - proposal.trigger.i) < 25]
    inside = [t for t in tokens if sentence.start <= t.i < sentence.end]
    first, last = min(inside, key=lambda t: t.i), max(inside, key=lambda t: t.i)
    return first.idx, last.idx + len(last)


def date_of(proposal: Proposal, times: Iterable[Time], parsed: Parsed) -> Time | None:
    """The time expression that says when: under the trigger, else in its clause, else opening its sentence."""
    in_sentence = _in_sentence(proposal.trigger, times, parsed.doc)
    if not in_sentence:
        return None
    subtree = {t.i for t in proposal.trigger.subtree}
    governing = proposal.clause.predicate if proposal.clause is not None else proposal.trigger
    ranked = []
    published = parsed.report.published
    for time, token in in_sentence:
        anchor = parsed.clause_around(token)
        direct = anchor is not None and anchor.predicate.i == governing.i
        inside_noun = proposal.nominal and token.i in subtree
        governed = proposal.view.nominal is not None and proposal.view.nominal.place is not None
        if proposal.nominal and not (inside_noun or (direct and governed)):
            continue
        noun = token.head.head if token.head.lower_ == "of" else None
        if not proposal.nominal and noun is not None and noun.pos_ == "NOUN" and governing.is_ancestor(noun):
            continue  # "charged over the riot of May 3": the riot's day
        if direct or inside_noun:
            ranked.append((0 if inside_noun else 1, abs(token.i - proposal.trigger.i), time))
        elif not proposal.nominal and (
            _opens_for(token, anchor, proposal.clause, parsed)
            or (not _described(anchor) and _opens_clause(token, governing))
            or _of_what_follows(token, anchor, proposal)
            or _of_occasion(anchor, proposal)
        ):
            ranked.append((2, abs(token.i - proposal.trigger.i), time))
        elif proposal.clause is not None and not proposal.nominal and anchor is not None:
            if _antecedent(token, proposal.clause):
                ranked.append((0, 0, time))
            elif _shared(token, anchor, proposal.clause) or _story_goes_on(
                token, anchor, proposal.clause, parsed
            ):
                ranked.append((3, abs(token.i - proposal.trigger.i), time))
            elif _under(anchor, proposal.clause) and published is not None and time.end < published:
                ranked.append((4, abs(token.i - proposal.trigger.i), time))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _in_sentence(trigger: Token, times: Iterable[Time], doc: Doc) -> list[tuple[Time, Token]]:
    sentence = trigger.sent
    found = []
    for time in times:
        if sentence.start_char <= time.span[0] < sentence.end_char:
            span = doc.char_span(*time.span, alignment_mode="expand")
            if span is not None:
                found.append((time, span.root))
    return found


def _opens_clause(token: Token, predicate: Token) -> bool:
    """A time right before the subject, which the parser hung elsewhere: "since, on May 1, X took …"."""
    return predicate.left_edge.i - 6 <= token.i < predicate.i and token.i <= predicate.left_edge.i + 6


def _described(anchor: Clause | None) -> bool:
    """ "Brazil, which sold steel in 2017, said": the day of what describes somebody is that alone's."""
    return anchor is not None and anchor.link in {"relcl", "acl"}


def _opens_for(token: Token, anchor: Clause | None, clause: Clause | None, parsed: Parsed) -> bool:
    """A time at the head of a sentence holds for joined verbs and participles under its own verb."""
    while (
        clause is not None
        and clause.parent is not None
        and clause.link in {"conj", "xcomp", "advcl", "pcomp"}
    ):
        clause = parsed.clause_at(clause.parent)
        if anchor is not None and clause is not None and clause.predicate.i == anchor.predicate.i:
            return True
    return False


def _antecedent(token: Token, clause: Clause) -> bool:
    """ "since the first of May, when Morales nationalised the gas": the time that "when" takes up."""
    noun = clause.predicate.head
    when = any(c.lower_ == "when" for c in clause.predicate.children)
    return (
        clause.link == "relcl"
        and when
        and (noun == token or token.is_ancestor(noun) or noun.is_ancestor(token))
    )


def _of_what_follows(token: Token, anchor: Clause | None, proposal: Proposal) -> bool:
    """ "was due to meet on Thursday": the day of what is to come; "urged him to wait in a call on Tuesday"."""
    if proposal.clause is None or anchor is None or anchor.link != "xcomp":
        return False
    above = proposal.trigger if proposal.frame.pos == "a" else proposal.clause.predicate
    occasion = token.head.head.lemma_.lower() in words("occasion") and token.head.dep_ == "prep"
    return above.is_ancestor(anchor.predicate) and (proposal.frame.pos == "a" or occasion)


def _of_occasion(anchor: Clause | None, proposal: Proposal) -> bool:
    """ "In a letter sent on Monday, Iran warned": the day of what it is told in."""
    if anchor is None or anchor.link != "acl" or proposal.clause is None:
        return False
    occasion, governing = anchor.predicate.head, proposal.clause.predicate
    told = {governing, governing.head} if proposal.clause.link == "conj" else {governing}
    return (
        occasion.lemma_.lower() in words("occasion")
        and occasion.dep_ == "pobj"
        and occasion.head.head in told
    )


def _under(anchor: Clause, clause: Clause) -> bool:
    """ "agreed to halt broadcasts at talks in 2004": a day gone by, of what stands in the infinitive below."""
    return anchor.link in {"xcomp", "pcomp"} and anchor.parent == clause.predicate


def _shared(token: Token, anchor: Clause, clause: Clause) -> bool:
    """ "condemned the coup and suspended Niger on Friday": a time behind the last of joined verbs is each one's."""
    last = anchor.predicate
    own = any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in last.children)
    joined = anchor.link == "conj" and anchor.parent is not None and anchor.parent.i == clause.predicate.i
    return joined and not own and token.i > last.i and anchor.tense == clause.tense


def _story_goes_on(token: Token, anchor: Clause, clause: Clause, parsed: Parsed) -> bool:
    """ "On Monday he flew to Havana, where Castro received him": what a clause behind a comma goes on to tell."""
    first = clause.predicate.left_edge
    behind = clause.link == "relcl" and first.i > 0 and first.nbor(-1).text == ","
    plain = clause.tense == "past" and not clause.perfect
    around = parsed.clause_around(clause.predicate.head)
    of_main = around is not None and around.predicate.i == anchor.predicate.i and anchor.tense == "past"
    return behind and plain and of_main and token.i < first.i


def place_of(proposal: Proposal, places: Iterable[Place], parsed: Parsed) -> Place | None:
    """Where: the place nearest to the trigger that a preposition ties to it, its object or its clause."""
    sentence = proposal.trigger.sent
    ranked = []
    for place in places:
        if not sentence.start_char <= place.span[0] < sentence.end_char:
            continue
        span = parsed.doc.char_span(*place.span, alignment_mode="expand")
        if span is None or span.root.head.lower_ not in _LOCATIVE or span.root.dep_ not in {"pobj", "conj"}:
            continue
        clause = parsed.clause_around(span.root)
        same = (
            clause is not None
            and proposal.clause is not None
            and clause.predicate.i == proposal.clause.predicate.i
        )
        if same and span.root.head.lower_ not in {"from", "to"}:
            ranked.append((abs(span.root.i - proposal.trigger.i), place))
    return min(ranked, key=lambda r: r[0])[1] if ranked else None


def amounts_of(proposal: Proposal, amounts: Iterable[Amount], parsed: Parsed) -> tuple[str, ...]:
    """The figures under the trigger or in its clause's own arguments, not those of clauses below it."""
    sentence = proposal.trigger.sent
    subtree = {t.i for t in proposal.trigger.subtree}
    found = []
    for amount in amounts:
        if not sentence.start_char <= amount.span[0] < sentence.end_char:
            continue
        span = parsed.doc.char_span(*amount.span, alignment_mode="expand")
        if span is None:
            continue
        clause = parsed.clause_around(span.root)
        same = (
            clause is not None
            and proposal.clause is not None
            and clause.predicate.i == proposal.clause.predicate.i
        )
        if (span.root.i in subtree and (proposal.nominal or same)) or (same and not proposal.nominal):
            found.append(amount.id)
    return tuple(found)


def statement_over(span: Span, trigger: Token, statements: Iterable[Statement]) -> Statement | None:
    """The innermost statement whose content covers the trigger."""
    covering = [s for s in statements if s.span[0] <= trigger.idx < s.span[1]]
    return min(covering, key=lambda s: s.span[1] - s.span[0], default=None)


@cache
def _context_words() -> dict[str, list[tuple[str, str]]]:
    """The words of contexts, padded, with their context, by the first of them."""
    by_first: dict[str, list[tuple[str, str]]] = {}
    for row in read_table("polybius.events", "contexts.en.tsv"):
        for phrase in map(str.lower, values(row["words"])):
            by_first.setdefault(phrase.split()[0], []).append((f" {phrase} ", row["context"]))
    return by_first


class Contexts:
    """The contexts that the words of each sentence show, and those that run through the whole report.

    PLOVER takes contexts from paragraph or document: a context that a fifth of the sentences show, and at
    least three of them, is the report's own.
    """

    def __init__(self, doc: Doc) -> None:
        self._seen: dict[int, frozenset[str]] = {}
        sentences = [self._shown(sentence) for sentence in doc.sents]
        counts = Counter(context for shown in sentences for context in shown)
        self._whole = {c for c, n in counts.items() if n >= max(3, len(sentences) / 5)}

    def of(self, trigger: Token) -> frozenset[str]:
        """The contexts of the trigger's sentence and of the report."""
        return self._shown(trigger.sent) | self._whole

    def _shown(self, sentence: Sentence) -> frozenset[str]:
        if sentence.start not in self._seen:
            told = [t for t in sentence if not t.is_space]
            forms = [*(t.lemma_.lower() for t in told), "|", *(t.lower_ for t in told)]
            read = f" {' '.join(forms)} "
            begun = (found for form in set(forms) for found in _context_words().get(form, ()))
            self._seen[sentence.start] = frozenset(context for phrase, context in begun if phrase in read)
        return self._seen[sentence.start]


def place_countries(places: Iterable[Place], doc: Doc) -> dict[int, str | None]:
    """The country of every token that belongs to a place."""
    countries: dict[int, str | None] = {}
    for place in places:
        span = doc.char_span(*place.span, alignment_mode="expand")
        if span is not None:
            countries.update(dict.fromkeys(range(span.start, span.end), place.country))
    return countries
