"""Indirect speech: the clause under a word of saying."""

from __future__ import annotations

from spacy.tokens import Token

from polybius.parse import Clause, Parsed
from polybius.record import Span
from polybius.statements.aside import aside
from polybius.statements.extent import around, carries_on, extent, stands_apart
from polybius.statements.plainly import made_plain
from polybius.statements.saying import Speech
from polybius.statements.sources import one_of_them, past_an_insertion, speakers, widened
from polybius.statements.unsaid import is_unsaid, recalls, skips
from polybius.statements.words import cues, words

_VERBS = {"VERB", "AUX"}
_WIDTH = 30  # words behind a verb within which its "that" may follow
_THAT_CLAUSES = {"ccomp", "advcl", "acl", "relcl", "pcomp"}


def told(clause: Clause, parsed: Parsed) -> Speech | None:
    """What a clause of saying outside quotation marks tells; None when it tells nothing."""
    takes = cues().get(clause.lemma, frozenset()) | _with_preposition(clause)
    plain = made_plain(clause)
    if plain is not None:
        takes = frozenset({"clause"})
    if (
        not takes - {"quote", "somebody"}
        or is_unsaid(clause, parsed)
        or parsed.quote_at(clause.predicate.idx)
    ):
        return None
    content = plain or _content(clause, takes)
    source: tuple[Token, ...] = ()
    if content is None and takes & {"clause", "finding"}:
        content, source = _set_apart(clause)
    before = content is not None and content[0] < clause.predicate.idx
    if before and ("behind" in takes or recalls(clause, takes)):
        return None
    if content is not None and (whole := _with_its_subject(content, clause.predicate)) is not None:
        content, source = whole
    if content is not None and (one := one_of_them(clause.predicate, parsed)):
        content, source = (content[0], min(content[1], one[-1].idx - 1)), widened(one)
    governing = _governing_saying(clause.predicate, parsed) or _carried_on(clause, parsed) or clause
    source = source or (speakers(governing, parsed, content) if content is not None else ())
    if content is not None and not source and content[0] > clause.predicate.idx:
        source = past_an_insertion(clause.predicate, parsed)
    if not source and takes & {"clause", "inside"} and not recalls(clause, takes):
        content, source = aside(clause, parsed, inside="aside" not in takes)
    if content is None or not source:
        return None
    content = _up_to_quotation(content, clause.predicate, parsed)
    if content is None or _runs_out(content, clause.predicate, parsed):
        return None
    content = around(content, clause)
    thing = not takes & {"clause", "that"} and bool(takes & {"finding", "inside"})
    return Speech(content, clause.predicate, clause, source, needs_actor=thing)


def _with_its_subject(content: Span, verb: Token) -> tuple[Span, tuple[Token, ...]] | None:
    """ "Mr X, for his part, left early, aides said": both subjects hang on "said", one of them by mistake."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    if len(subjects) < 2 or not subjects[0].idx < content[0] < content[1] <= subjects[-1].idx:
        return None
    return (subjects[0].left_edge.idx, content[1]), (subjects[-1],)


def _up_to_quotation(content: Span, verb: Token, parsed: Parsed) -> Span | None:
    """ "said they asked for $5m. "We have none," X said": a quotation that begins a sentence is another saying.

    None where the verb stands behind that quotation, and so tells nothing before it.
    """
    start, end = content
    for first, _ in parsed.quotes:
        if start < first < max(end, verb.idx) and parsed.text[first].isupper():
            before = parsed.text[start:first].rstrip(" \"“‘'")
            if before.endswith((".", "!", "?")):
                return (start, min(end, start + len(before) - 1)) if verb.idx < first else None
    return content


def _runs_out(content: Span, cue: Token, parsed: Parsed) -> bool:
    """Whether it is told in the headline and goes on below it: a title is no word of saying there."""
    headline = parsed.report.headline
    return headline is not None and headline[0] <= cue.idx < headline[1] < content[1]


def _with_preposition(clause: Clause) -> frozenset[str]:
    for place in (*clause.arguments, *(p.lower_ for p in _before_figures(clause))):
        if found := cues().get(f"{clause.lemma} {place}"):
            return found
    return frozenset()


def _governing_saying(verb: Token, parsed: Parsed) -> Clause | None:
    """The saying whose speaker a verb shares that the parser joined to what is said.

    "X said they had left and urged Y to stay": "urged" goes with "said" when "left" has an auxiliary and
    "urged" has none, as a report's own past tense.
    """
    saying = parsed.clause_at(verb.head.head) if stands_apart(verb) else None
    return saying if saying is not None and saying.lemma in cues() else None


def _carried_on(clause: Clause, parsed: Parsed) -> Clause | None:
    """ "X said they would fight, adding that …": it is X who adds, though the parser joins it to the fighting."""
    said = clause.predicate.head
    if not carries_on(clause.predicate) or said.dep_ != "ccomp":
        return None
    saying = parsed.clause_at(said.head)
    return saying if saying is not None and saying.lemma in cues() else None


def _content(clause: Clause, takes: frozenset[str]) -> Span | None:
    verb = clause.predicate
    infinitive = bool(takes & {"infinitive", "request"})
    # What stands behind the verb is what it says; what stands before a colon is not.
    for child in sorted(verb.children, key=lambda c: c.i < verb.i):
        to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and to:
            if "clause" in takes and _has_that(child):  # "told them that a bill to set up a court would be …"
                later = (c for c in verb.children if c.dep_ == "ccomp" and c.i > child.i)
                return extent(child.left_edge, verb, max(later, default=child, key=lambda c: c.i))
            if infinitive and ("infinitive" in takes or _is_asked(clause, child)):
                return extent(_infinitive(child), verb, child)
        elif child.dep_ == "ccomp" and takes & {"clause", "finding"}:
            if (
                not skips(verb, child)
                and _is_clause(child)
                and not _is_apart(child, verb)
                and not _is_relative(child, verb)
            ):
                first = _cut_subject(child, verb, "somebody" in takes) or child.left_edge
                return _parenthetical(child, verb) or extent(first, verb, child)
        elif child.dep_ == "ccomp" and "that" in takes and child.i > verb.i and _has_that(child):
            return extent(child.left_edge, verb, child)
        elif "of" in takes and (content := _after_of(child, verb)) is not None:
            return content
    if "figure" in takes and (content := _figure(clause)) is not None:
        return content
    if takes & {"clause", "finding"}:
        return (
            _that_clause(verb, "somebody" in takes)
            or _bare_clause(verb, "somebody" in takes)
            or _beside(clause)
        )
    return _of_object(verb) if "of" in takes else None


def _has_that(content: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in content.children)


def _cut_subject(content: Token, verb: Token, to_somebody: bool) -> Token | None:
    """ "said Paris "will not wait"": where the subject begins that the parser took for the object of the saying."""
    finite = content.tag_ in {"VBZ", "VBP", "VBD"} or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in {"MD", "VBZ", "VBP", "VBD"} for c in content.children
    )
    if not finite or any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in content.children):
        return None
    first = content.left_edge
    cut = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < first.i), None)
    if cut is None or not all(t.is_quote for t in verb.doc[cut.right_edge.i + 1 : first.i]):
        return None
    told = (
        to_somebody and cut.left_edge.pos_ == "NOUN" and cut.pos_ == "PROPN"
    )  # "told reporters Niger "would …""
    return cut.left_edge if not told else next(t for t in cut.subtree if t.pos_ == "PROPN")


def _before_figures(clause: Clause) -> list[Token]:
    """ "at" or "of" behind the verb or its object; money is no argument of the clause ("put the damage at $5m")."""
    verb, objects = clause.predicate, clause.args("obj")
    behind = [*verb.children, *(c for noun in objects for c in noun.subtree if c.lower_ == "at")]
    return [c for c in behind if c.dep_ == "prep" and c.lower_ in {"at", "of"}]


def _figure(clause: Clause) -> Span | None:
    """ "put the toll at 20", "spoke of several hundred": the figure, with what it is put on."""
    verb = clause.predicate
    for place in _before_figures(clause):
        for number in (c for c in place.children if c.dep_ == "pobj"):
            if not any(t.pos_ == "NUM" or t.like_num for t in number.subtree):
                continue
            if place.lower_ == "of":
                return extent(number.left_edge, verb, number)
            on = [t for t in clause.args("obj") if t.i > verb.i]
            return extent(on[0].left_edge, verb, number) if on else None
    return None


def _bare_clause(verb: Token, to_somebody: bool) -> Span | None:
    """ "said envoys could be named": the parser at times takes the subject for an object, its verb for an epithet."""
    for noun in verb.children:
        if noun.dep_ != "dobj" or noun.i < verb.i:
            continue
        for inner in noun.children:
            finite = any(
                c.tag_ in {"MD", "VBZ", "VBP", "VBD"} and c.dep_ in {"aux", "auxpass"} for c in inner.children
            )
            subject = any(c.dep_ == "nsubj" for c in inner.children)
            by_pronoun = subject and inner.left_edge.tag_ == "PRP"  # "told the crowd he hopes to stay"
            if to_somebody and inner.dep_ == "relcl" and by_pronoun and inner.tag_ in {"VBZ", "VBP", "VBD"}:
                return extent(inner.left_edge, verb, inner)
            joined = inner.left_edge.tag_ in {"WDT", "WP", "WRB", "IN", "WP$"}
            if (
                inner.dep_ in {"acl", "relcl"}
                and finite
                and not joined
                and inner.left_edge.i <= noun.right_edge.i
            ):
                return extent(noun.left_edge, verb, noun) if not _sets_off(noun, inner) else None
    return None


def _sets_off(noun: Token, inner: Token) -> bool:
    return any(t.text == "," for t in noun.doc[noun.i + 1 : inner.i])


def _of_object(verb: Token) -> Span | None:
    """ "accused Greek officers of beating refugees": the parser at times hangs "of" on who is accused."""
    phrases = [c for noun in verb.children if noun.dep_ == "dobj" for c in noun.children]
    doings = [c for c in phrases if any(g.dep_ == "pcomp" for g in c.children)]
    return next((content for c in doings if (content := _after_of(c, verb)) is not None), None)


def _after_of(child: Token, verb: Token) -> Span | None:
    """What somebody is accused of; the parser may hang "of" on the accuser ("accused by experts of …")."""
    if child.dep_ == "agent":
        nouns = [n for n in child.children if n.dep_ == "pobj"]
        prepositions = [c for n in nouns for c in n.children if any(g.dep_ == "pcomp" for g in c.children)]
    else:
        prepositions = [child]
    for preposition in prepositions:
        if preposition.dep_ == "prep" and preposition.lower_ in {"of", "for"}:
            for inner in preposition.children:
                noun = inner.dep_ == "pobj" and preposition.lower_ == "of"
                if noun or (inner.dep_ in {"pcomp", "pobj"} and inner.pos_ in _VERBS):
                    return inner.left_edge.idx, _end_of_clause(inner, verb)
    return None


def _is_clause(root: Token) -> bool:
    """A verb of its own, unlike the bare ascription in "declared them illegal" or an "interview published Sunday"."""
    helped = any(c.dep_ in {"aux", "auxpass", "cop"} for c in root.children)
    if root.lower_ in words("magnitude"):  # "announced Rs 5 lakh for each"
        return False
    if root.lemma_.lower() in words("aired") and not helped and not _has_own_subject(root):
        return False
    return helped or (root.pos_ in _VERBS and root.tag_ != "VBG")  # not "showed police firing"


def _is_apart(content: Token, verb: Token) -> bool:
    """Whether a colon or semicolon stands between: "They disagreed: their head said …"."""
    first, last = (content, verb) if content.i < verb.i else (verb, content)
    between = verb.doc[first.i + 1 : last.i + 1]
    return any(t.text == ";" or (t.text == ":" and content.i < verb.i) for t in between)


def _is_relative(content: Token, verb: Token) -> bool:
    """ "It was the army, she recalls, who fired": what the comma sets off goes with the words before."""
    first = content.left_edge
    return first.i > verb.i + 1 and first.tag_ in {"WP", "WDT", "WP$"} and first.nbor(-1).text == ","


def _is_relative_behind(verb: Token) -> bool:
    comma, following = verb.doc[verb.i + 1 : verb.i + 2].text, verb.doc[verb.i + 2 : verb.i + 3]
    return comma == "," and any(t.tag_ in {"WP", "WDT", "WP$"} for t in following)


def _is_asked(clause: Clause, child: Token) -> bool:
    """Whether somebody is asked to do it: "asked him to leave", "appealed to Iran to stop"."""
    if any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children):
        return True
    before = [
        t for place in ("obj", "iobj", "to", "on", "with", "upon") for t in clause.arguments.get(place, ())
    ]
    return any(t.i < child.i for t in before)


def _infinitive(child: Token) -> Token:
    """Where the content of a request begins: at "to", or at the "not" before it."""
    to = next(c for c in child.children if c.dep_ == "aux" and c.lower_ == "to")
    before = to.nbor(-1) if to.i else to
    return before if before.dep_ == "neg" else to


def _that_clause(verb: Token, to_somebody: bool) -> Span | None:
    """ "wrote in a cable that …", "assured his guest that …": the parser at times hangs the clause on a noun."""
    for token in verb.doc[verb.i + 1 : min(verb.right_edge.i, verb.i + _WIDTH) + 1]:
        head = token.head
        if token.lower_ != "that" or head.dep_ not in _THAT_CLAUSES or head.left_edge.i < token.i - 1:
            continue
        subject = any(c.dep_ in {"nsubj", "nsubjpass", "expl"} and c != token for c in head.children)
        if subject and head.pos_ in _VERBS and _hangs_straight(head, verb, to_somebody):
            return extent(token, verb, head)
    return None


def _hangs_straight(content: Token, verb: Token, to_somebody: bool) -> bool:
    """Whether no other verb and no object ("signed a deal that …") but one spoken to comes between the two."""
    head = content.head
    if to_somebody and head.dep_ in {"dobj", "dative"} and head.head == verb:
        return True
    while head != verb:
        if head.pos_ not in {"NOUN", "PROPN", "ADP", "SCONJ"} or head.dep_ not in {"pobj", "prep"}:
            return False
        head = head.head
    return True


def _parenthetical(content: Token, verb: Token) -> Span | None:
    """ "If they refuse, X warned, it will fail": the saying stands inside what is said."""
    before = content.left_edge.nbor(-1) if content.left_edge.i else content
    if content.i < verb.i or before.text != ",":
        return None
    clauses = [
        c for c in verb.children if c.dep_ == "advcl" and c.i < verb.i and c.left_edge == verb.left_edge
    ]
    if not clauses or clauses[0].right_edge.nbor(1).text != ",":
        return None
    return verb.left_edge.idx, extent(content.left_edge, verb, content)[1]


def _end_of_clause(inner: Token, verb: Token) -> int:
    """The end of what somebody is accused of; the parser hangs its infinitives on the accusing verb."""
    last = inner.right_edge
    for child in verb.children:
        if child.i > inner.i and child.dep_ in {"advcl", "xcomp"} and child.left_edge.i == last.i + 1:
            last = max(last, child.right_edge, key=lambda t: t.i)
    return extent(inner.left_edge, verb, inner, last)[1]


def _beside(clause: Clause) -> Span | None:
    """ "The visit is off, the minister said": the parser at times hangs the saying on what is said."""
    verb, said = clause.predicate, clause.predicate.head
    if clause.link not in {"parataxis", "ccomp", "conj"} or said.pos_ not in _VERBS or _is_apart(said, verb):
        return None
    if verb.i < said.i and _is_relative_behind(verb):
        return None
    if verb.i < said.i:  # "If they refuse, X warned, it will fail"
        if clause.link == "conj" or not _has_own_subject(verb) or _says_itself(said, verb):
            return None
        return extent(said.left_edge if _led_in(verb) else verb.right_edge, verb, said)
    first = min((c.left_edge for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), default=None)
    if first is not None and first.i and first.nbor(-1).text in {",", "”", '"'}:
        return extent(said.left_edge, verb, said, first.nbor(-1))
    return None


def _says_itself(said: Token, verb: Token) -> bool:
    """ "Serbia would respond in kind, X said": the outer verb is a word of saying with a speaker of its own behind."""
    speaks = "aside" in cues().get(said.lemma_, ())
    return speaks and any(c.dep_ == "nsubj" and c.i > verb.i for c in said.children)


def _set_apart(clause: Clause) -> tuple[Span | None, tuple[Token, ...]]:
    """ "…, warned in a report the consultant X", "…, an official told the agency", misread by the parser.

    Content and speaker are told by the comma: what is said before it, a subject or the verb itself right
    behind it.
    """
    verb = clause.predicate
    doc, start = verb.doc, verb.sent.start
    comma = next((i for i in range(verb.i - 1, max(start, verb.i - 12), -1) if doc[i].text == ","), None)
    helped = any(c.dep_ == "aux" for c in verb.children)  # "he has, aides say, asked for a loan"
    if (
        helped
        or _has_own_subject(verb)
        or clause.passive
        or comma is None
        or verb.tag_ not in {"VBD", "VBZ", "VBP"}
    ):
        return None, ()
    between = doc[comma + 1 : verb.i]
    if len(between) == 0 and clause.link == "ROOT":
        content = doc[start].idx, doc[comma].idx
        after = [t for t in verb.subtree if t.i > verb.i and t.dep_ in {"dobj", "appos", "npadvmod", "attr"}]
        colon = next((t.i for t in doc[start:comma] if t.text == ":"), None)
        return (content if colon is None else (doc[colon + 1].idx, content[1])), tuple(after)
    return None, ()


def _has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def _led_in(verb: Token) -> bool:
    """Whether a clause stands before the saying that belongs to what is said."""
    first = min(verb.children, key=lambda c: c.i, default=verb)
    return first.i < verb.i and first.dep_ in {"advcl", "ccomp"}
