"""Makes statements of sayings: asks the cast who speaks, and where and when the words were said."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.parse import Clause, Parsed
from polybius.record import Interval, Span, Statement, StatementEvidence, Time
from polybius.record.model import Form
from polybius.statements.saying import Speech
from polybius.statements.sources import authors, is_document
from polybius.statements.words import words

_THINGS = {"it", "this", "that", "which", "what", "there", "one", "you"}
_ONE_OF_THEM = {"one", "another"}
_MEDIUM_PLACES = ("obj", "iobj", "comp", "to", "in", "on", "with", "by", "at", "via", "through", "for")
_WIDTH = 14  # words to either side of a noun within which a medium still belongs to it
_NOUN_LINKS = {
    "pobj",
    "prep",
    "npadvmod",
    "compound",
    "nummod",
    "amod",
    "appos",
    "dobj",
    "nmod",
    "advmod",
    "pcomp",
}


class Reader:
    """Reads the sayings of one report, in the order of their content."""

    def __init__(self, parsed: Parsed, cast: Cast, times: tuple[Time, ...]) -> None:
        self.parsed = parsed
        self.cast = cast
        self.sentence = [s.start for s in parsed.doc.sents for _ in s]  # first token of each token's sentence
        self.times: dict[int, list[tuple[Time, tuple[Token, ...]]]] = {}  # by the sentence they stand in
        for time in times:
            if tokens := self._words(time.span):
                self.times.setdefault(self.sentence[tokens[0].i], []).append((time, tokens))
        self.mediums: dict[int, Token] = {}
        self.kept: list[Speech] = []
        self.papers: dict[str, Token] = {}  # the last speaker "in a statement", by that noun

    def _words(self, span: Span) -> tuple[Token, ...]:
        found = self.parsed.doc.char_span(*span, alignment_mode="expand")
        return tuple(found) if found is not None else ()

    def statements(self, speeches: list[Speech]) -> tuple[Statement, ...]:
        """The statements among these sayings; a saying of nobody, or told twice, is none."""
        kept = self._merge_carried(self._merge_retold(speeches))
        self.kept = kept
        found: list[Statement] = []
        made: dict[int, Statement] = {}
        for speech in kept:
            statement = self._statement(speech, made, f"s{len(found) + 1}")
            if statement is not None:
                made[id(speech)] = statement
                found.append(statement)
        return tuple(found)

    def _merge_retold(self, speeches: list[Speech]) -> list[Speech]:
        """ "X assured that …, he told Tass": one statement, whose medium the outer saying names."""
        kept: list[Speech] = []
        for outer in speeches:
            inner = next((s for s in speeches if s is not outer and self._retells(outer, s)), None)
            if inner is None:
                kept.append(outer)
            elif medium := self._medium(outer, self._speaker(outer)):
                self.mediums[id(inner)] = medium
        return kept

    def _retells(self, outer: Speech, inner: Speech) -> bool:
        if outer.cue is None or inner.cue is None or outer.clause is None or inner.clause is None:
            return False
        if not outer.content[0] <= inner.cue.idx < outer.content[1]:
            return False
        speaker = self._speaker(outer)
        return speaker is not None and self._name(speaker) == self._name(self._speaker(inner))

    def _merge_carried(self, speeches: list[Speech]) -> list[Speech]:
        """ "X said …, according to MEDIUM": the medium only carries what X said."""
        kept = []
        for speech in speeches:
            if speech.clause is None and speech.heads:
                medium = self._medium_of(speech)
                inner = next((s for s in speeches if self._carries(speech, s)), None)
                unnamed = any(t.lemma_.lower() in words("medium") for t in speech.heads)  # "local media"
                unnamed = unnamed or any(is_document(t) for t in speech.heads)
                if inner is not None and (medium is not None or unnamed):
                    if medium is not None:
                        self.mediums[id(inner)] = medium
                    continue
            kept.append(speech)
        return kept

    def _carries(self, outer: Speech, inner: Speech) -> bool:
        """Whether the source phrase stands in the very clause of the other saying."""
        if outer.cue is None or inner.cue is None or inner.clause is None or outer is inner:
            return False
        verb, governing = inner.cue, outer.cue.head
        first, last = sorted((verb.i, governing.i))
        if any(t.text == ";" for t in self.parsed.doc[first:last]):
            return False  # "prices fell, according to the daily; the ministry denied it"
        return self.sentence[verb.i] == self.sentence[governing.i] and (
            verb == governing or verb in governing.children or governing in verb.children
        )

    def _statement(self, speech: Speech, made: dict[int, Statement], number: str) -> Statement | None:
        """The statement of a saying; None when nobody is known to say it."""
        if speech.continues is not None:
            before = made.get(id(speech.continues))
            fields = {"id": number, "span": speech.content, "cue": None, "form": "direct"}
            return before.model_copy(update=fields) if before is not None and before.speaker else None
        token = self._speaker(speech)
        if speech.may_be_site and self._is_medium(token):
            return None
        medium = self.mediums.get(id(speech)) or self._medium(speech, token)
        if speech.clause is None and medium is None and self._is_medium(token):
            medium = token
        if token is None and medium is None and (speech.needs_actor or not self._somebody(speech)):
            return None
        if speech.needs_actor and speech.clause is not None and token is not None and token.lower_ in _THINGS:
            return None  # "it showed that …"
        actor = self._name(token)
        if speech.may_be_topic and actor is not None and self.cast.actors[actor].kind == "state":
            return None
        self._note_paper(speech, token)
        time = self._time(speech) or self._time_before(speech, token)
        span = self._without_time(speech, time)
        return Statement(
            id=number,
            span=span,
            cue=(speech.cue.idx, speech.cue.idx + len(speech.cue)) if speech.cue is not None else None,
            speaker=actor,
            via=self._name(medium),
            form=self._form(span, speech),
            date=Interval(start=time.start, end=time.end) if time else None,
            evidence=StatementEvidence(
                speaker=self.cast.span_of(token) if token is not None else None,
                via=self.cast.span_of(medium) if medium is not None else None,
                date=time.span if time else None,
            ),
        )

    def _name(self, token: Token | None) -> str | None:
        return self.cast.at(token) if token is not None else None

    def _speaker(self, speech: Speech) -> Token | None:
        """The first of the heads that stands for an actor; a paper speaks for its author."""
        for head in speech.source:
            if is_document(head) and speech.cue is not None and speech.cue.pos_ in {"VERB", "AUX"}:
                found = next((a for a in authors(head) if self.cast.at(a)), None)
                found = found or self.papers.get(head.lemma_.lower())
                if found is not None:
                    return found
            elif self.cast.at(head):
                return head
        one = next((h for h in speech.source if speech.quoted and h.lower_ in _ONE_OF_THEM), None)
        if one is not None:
            return self._those_before(one)
        return next((part for head in speech.source if (part := self._part_of_name(head))), None)

    def _those_before(self, one: Token) -> Token | None:
        """ "Two clerks came. "I had to," said one": those whom the sentence before tells of."""
        start = one.sent.start
        before = self.parsed.doc[start - 1].sent if start else ()
        for token in before:
            actor = self.cast.actors.get(self.cast.at(token) or "")
            if token.dep_ in {"nsubj", "nsubjpass"} and actor is not None and actor.kind == "group":
                return token
        return None

    def _part_of_name(self, head: Token) -> Token | None:
        """The part of a name that the cast knows, where the name was cut ("Park Jin" of "Park Jin-ho")."""
        parts = [c for c in head.children if c.dep_ == "compound" and c.pos_ == "PROPN"]
        return next((c for c in parts if head.pos_ == "PROPN" and self.cast.at(c)), None)

    def _note_paper(self, speech: Speech, token: Token | None) -> None:
        """Remember who spoke "in a statement", for a later "the statement said"."""
        if speech.clause is not None and token is not None:
            for noun in speech.clause.arguments.get("in", ()):
                if is_document(noun):
                    self.papers[noun.lemma_.lower()] = token

    def _somebody(self, speech: Speech) -> bool:
        """Whether the words that name the speaker can mean one who speaks, though nobody the cast knows."""
        return any(t.lower_ not in _THINGS and not is_document(t) for t in speech.source)

    def _is_medium(self, token: Token | None) -> bool:
        """Whether the actor is a medium, by the cast or by the words beside its name ("the daily X")."""
        actor = self._name(token)
        if token is None or actor is None:
            return False
        if self.cast.actors[actor].sector == "JRN" and self.cast.actors[actor].kind == "organization":
            return True
        beside = (
            [token, token.head, *token.children]
            if token.dep_ in {"appos", "compound"}
            else [token, *token.children]
        )
        if any(t.lemma_.lower() in words("medium") for t in beside):
            return self.cast.actors[actor].kind == "organization"
        return token.lower_.rstrip(".") in words("platform") and token.head.lower_ in {
            "on",
            "via",
            "to",
            "through",
        }

    def _medium(self, speech: Speech, speaker: Token | None) -> Token | None:
        """The medium somebody spoke to or through: "told Tass", "in an interview with …", "quoted by …"."""
        return next(
            (
                self._named_beside(token)
                for token in self._setting(speech)
                if self._name(token) != self._name(speaker) and self._is_medium(token)
            ),
            None,
        )

    def _medium_of(self, speech: Speech) -> Token | None:
        return next((t for t in speech.heads if self._is_medium(t)), None)

    def _named_beside(self, medium: Token) -> Token:
        """The name behind "the state news agency", where the parser took it for something else."""
        following = medium.doc[medium.i + 1 : medium.i + 2]
        return next((t for t in following if t.pos_ == "PROPN" and self._is_medium(t)), medium)

    def _setting(self, speech: Speech) -> Iterator[Token]:
        """The words around a saying, outside what is said, that tell to whom and through what it was said."""
        heads = list(speech.heads)
        for clause in self._clauses_of(speech):
            heads.extend(t for place in _MEDIUM_PLACES for t in clause.arguments.get(place, ()))
            if clause is not speech.clause or clause.passive:
                heads.extend(clause.args("subj"))
        for head in heads:
            first, last = max(head.left_edge.i, head.i - _WIDTH), min(head.right_edge.i, head.i + _WIDTH)
            for token in self.parsed.doc[first : last + 1]:
                said = speech.content[0] <= token.idx < speech.content[1]
                if not said and token.i in self.cast.by_token and self.parsed.quote_at(token.idx) is None:
                    yield token

    def _clauses_of(self, speech: Speech) -> list[Clause]:
        """The clause of saying and the one it hangs on: "was quoted by X as saying", "told Y, adding that"."""
        clause = speech.clause
        if clause is None:
            return []
        found = [clause]
        if clause.link in {"pcomp", "xcomp", "advcl"} and clause.parent is not None:
            above = self.parsed.clause_at(clause.parent)
            if above is not None:
                found.append(above)
        return found

    def _time(self, speech: Speech) -> Time | None:
        """The time expression that hangs on the saying or on its occasion ("in an interview aired Sunday")."""
        verbs = [c.predicate for c in self._clauses_of(speech)]
        opened = self._opened(verbs[0]) if verbs else None
        for time, tokens in self.times.get(self.sentence[verbs[0].i], ()) if verbs else ():
            between = verbs[0].idx < time.span[0] and time.span[1] <= speech.content[0]
            leading = self._leads(time, speech)
            outside = not (speech.content[0] <= time.span[0] < speech.content[1])
            if leading or (between and self._nothing_but_time(verbs[0], tokens)):
                return time
            if outside and any(_hangs_on(tokens, verb) for verb in verbs):
                return time
            if opened is not None and tokens[-1].i < opened.i and _hangs_on(tokens, opened):
                return time
        return None

    def _opened(self, verb: Token) -> Token | None:
        """ "On Friday Mr X met the envoys and said …": the verb before, whose subject the saying shares."""
        shares = verb.dep_ == "conj" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        return verb.head if shares and verb.head.tag_ == verb.tag_ else None

    def _nothing_but_time(self, verb: Token, tokens: tuple[Token, ...]) -> bool:
        between = self.parsed.doc[verb.i + 1 : tokens[0].i]
        return all(t.pos_ in {"ADP", "ADV", "PRON", "PROPN"} for t in between) and len(between) <= 3

    def _leads(self, time: Time, speech: Speech) -> bool:
        """ "said on Friday he needed …": the parser gave the day to what is said, but it is the saying's."""
        if speech.cue is None or speech.cue.idx > speech.content[0]:
            return False
        cue, start = speech.cue.idx + len(speech.cue), speech.content[0]
        if start > time.span[0]:
            return False
        # "told the paper on Monday he felt …"; but "told the paper that on Monday …"
        free = self.parsed.text[cue:start].split()[-1:] != ["that"]
        return any(
            self.parsed.text[first : min(time.span[0], first + 40)].split()
            in ([], ["on"], ["late", "on"], ["in"])
            for first in (cue, start)[: 1 + free]
        )

    def _without_time(self, speech: Speech, time: Time | None) -> Span:
        """The content without a day of saying that stands at its head."""
        start, end = speech.content
        if time is not None and start <= time.span[0] < end and self._leads(time, speech):
            rest = self.parsed.text[time.span[1] : end]
            start = time.span[1] + len(rest) - len(rest.lstrip(" ,"))
        return start, end

    def _time_before(self, speech: Speech, speaker: Token | None) -> Time | None:
        """The day of the sentence before, if it tells what the same speaker did that day."""
        where = speech.cue if speech.cue is not None else speaker
        if where is None or speaker is None or not speech.quoted or where.sent.start == 0:
            return None
        before = self.parsed.doc[where.sent.start - 1].sent
        clause = self.parsed.clause_at(before.root)
        if clause is None or self._name(speaker) not in self.cast.ids(clause.args("subj")):
            return None
        for time, tokens in self.times.get(before.start, ()):
            one_day = time.start == time.end
            if one_day and _hangs_on(tokens, clause.predicate):
                return time
        return None

    def _form(self, span: Span, speech: Speech) -> Form:
        start, end = span
        within = [
            q for q in self.parsed.quotes if q[0] < end and start < q[1] and not self._others(q, speech)
        ]
        quoted = sum(min(end, q[1]) - max(start, q[0]) for q in within)
        if quoted == 0:
            return "indirect"
        length = len(self.parsed.text[start:end].strip(" \"“”‘’'"))
        return "mixed" if quoted < 0.95 * length or self._is_fragment(within[0]) else "direct"

    def _others(self, quote: Span, outer: Speech) -> bool:
        """ "The bloc, whose chairman said he was "very concerned", will act, X said": not X is quoted."""
        start, end = outer.content
        return any(
            inner.quoted
            and inner.content[0] <= quote[0] + 1
            and quote[1] <= inner.content[1] + 1
            and start <= inner.cue.idx < end
            and inner.cue.idx < quote[0]
            for inner in self.kept
            if inner.cue is not None and inner is not outer
        )

    def _is_fragment(self, quote: Span) -> bool:
        """Whether the quoted words are part of the reporter's sentence: called it "a fairy tale"."""
        found = self.parsed.doc.char_span(*quote, alignment_mode="expand")
        if found is None or not self.parsed.text[quote[0]].islower():
            return False
        return not any(
            c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i >= found.start for c in found.root.children
        )


def _hangs_on(tokens: tuple[Token, ...], verb: Token) -> bool:
    """Whether the time hangs on a verb, straight or over nouns and participles like "broadcast"."""
    head = next((t for t in tokens if t.head not in tokens), tokens[0])  # "the same day" by its noun
    while head.head.i != head.i:
        # not "Mr X, released last year": what is aired is a paper or a talk, no person
        aired = head.dep_ == "acl" and head.lemma_.lower() in words("aired") and head.head.pos_ != "PROPN"
        if head.dep_ not in _NOUN_LINKS and not aired:
            return False
        head = head.head
        if head == verb:
            return True
    return False
