"""Turns proposals into coded events, by PLOVER's rules."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from polybius.actors import Cast
from polybius.circumstances import Circumstances
from polybius.events.auxiliary import Standing, ahead, historical, standings
from polybius.events.frames import Frames
from polybius.events.implied import Implied
from polybius.events.judging import Verdict, confidence_of
from polybius.events.linking import (
    Contexts,
    amounts_of,
    date_of,
    event_span,
    place_of,
    statement_over,
)
from polybius.events.public import PublicLife
from polybius.events.seats import Seat
from polybius.events.slots import SPEAKING
from polybius.events.triggers import Proposal
from polybius.ontology import Ontology
from polybius.parse import Parsed
from polybius.record import (
    Auxiliary,
    Event,
    EventEvidence,
    Interval,
    Omission,
    Place,
    Span,
    Statement,
)

_LEAD_SENTENCES = 3
_SURE = 0.75  # a report hardly of politics holds only what is as sure as this
_NEWS_DAYS = 3
_ASKED = {
    "CONCEDE": ("REQUEST", "yield"),
    "RETREAT": ("REQUEST", "yield"),
    "AID": ("REQUEST", "assist"),
    "COOPERATE": ("REQUEST", "assist"),
    "CONSULT": ("REQUEST", "meet"),
    "SANCTION": ("REQUEST", "change"),
    "SUPPORT": ("REQUEST", None),
}
_MOVED = {"troops": {"MIL"}, "police": {"COP"}, "militia": {"REB", "UAF", "PRM"}}
Sides = tuple[Seat, ...]
"""Participants on one side of an event."""

_ORDER: tuple[Auxiliary, ...] = ("negation", "future", "hypothetical", "historical")


class Coding:
    """Turns proposals into events, by PLOVER's rules."""

    def __init__(
        self,
        parsed: Parsed,
        cast: Cast,
        circumstances: Circumstances,
        statements: tuple[Statement, ...],
        ontology: Ontology,
        omissions: list[Omission],
    ) -> None:
        self.parsed = parsed
        self.cast = cast
        self.circumstances = circumstances
        self.statements = statements
        self.ontology = ontology
        self.omissions = omissions
        self.contexts = Contexts(parsed.doc)
        self.public_life = PublicLife(parsed, cast, ontology)
        self.quiet = self.public_life.quiet
        self.implied = Implied(cast, parsed)
        self.story_day = _story_day(parsed, circumstances)

    def of_public_life(self, proposals: list[Proposal]) -> list[Proposal]:
        """The proposals that are PLOVER's; what happens among private persons, firms and clubs is not."""
        public = []
        for proposal in proposals:
            reason = self.public_life.against(proposal, self._speaker_over(proposal))
            if reason is None:
                public.append(proposal)
            else:
                self._omit(proposal, reason)
        return public

    def _speaker_over(self, proposal: Proposal) -> str | None:
        statement = statement_over(event_span(proposal), proposal.trigger, self.statements)
        return statement.speaker if statement is not None else None

    def event(self, proposal: Proposal, verdict: Verdict) -> Event | None:
        """The coded event; None, with the reason among the omissions, where nothing happened."""
        statement = statement_over(event_span(proposal), proposal.trigger, self.statements)
        found = standings(proposal, self.parsed, told=statement is not None)
        if any(s.asked for s in found):
            self._omit(proposal, "asked for, not done")
            return None
        day, day_span = self._day(proposal, statement)
        published = self.parsed.report.published
        by_date = (historical(proposal, day, None, published), ahead(proposal, day, published))
        found += [s for s in by_date if s is not None]
        if proposal.open and any(s.auxiliary == "hypothetical" for s in found):
            self._omit(proposal, "supposed, by a verb no word list knows")
            return None
        listed = proposal.frame.type
        if statement is not None and statement.speaker and self._urged(proposal, statement.speaker):
            found = [s for s in found if s.auxiliary not in {"hypothetical", "negation"}]
        if (
            proposal.open and proposal.frame.type == "REJECT"
        ):  # "would not sign": the model has read the "not"
            found = [s for s in found if s.auxiliary not in {"negation", "future"}]
        by_means = Frames.load().mode_by_means(listed, proposal.means)  # what it was done with
        proven = proposal.frame.sure or by_means is not None
        plain = not found and not (proposal.open or proven) and proposal.frame.type == listed
        type_, mode, found = self._reduce(proposal.frame.type, proposal.frame.mode, found)
        to_come = self.ontology.reduce(type_, mode, "future")  # whether it is to come, grammar says
        other = verdict.overrules(type_) if plain else None
        if other is not None and other != (to_come[0] if to_come else None):
            type_, mode = other, None
        if type_ in {"AGREE", "REJECT"} and proposal.frame.type == "CONSULT":
            self._to_one_side(proposal)
        if (reason := self._against(proposal, type_, verdict, plain=not found)) is not None:
            self._omit(proposal, reason)
            return None
        place = place_of(proposal, self.circumstances.places, self.parsed)
        actors, recipients = self._doers(proposal, statement), proposal.recipients
        if type_ == "CONSULT":
            actors, recipients, mode = self._meeting(actors, recipients, place, mode, verdict)
        if (reason := self._no_meeting(proposal, type_, mode, actors, recipients)) is not None:
            self._omit(proposal, reason)
            return None
        mode = mode or Frames.load().mode_by_means(type_, proposal.means) or verdict.judgement.mode_of(type_)
        mode = mode or self._mode_by_actor(type_, actors)
        auxiliary = tuple(a for a in _ORDER if any(s.auxiliary == a for s in found))
        evidence = next((s.word for a in auxiliary for s in found if s.auxiliary == a and s.word), None)
        if day is None and not auxiliary and proposal.frame.pos != "n" and self._fresh(proposal):
            day = self.story_day
        speaker = statement.speaker if statement else None
        doers = tuple(a for a, _ in actors)
        recipients = tuple(r for r in recipients if r[0] not in doers)
        implied = () if recipients else self.implied.recipients(proposal, type_, mode, doers)
        self.implied.tell(proposal, type_, doers)
        confidence = confidence_of(proposal, auxiliary, verdict.likelihood(type_))
        if self.quiet and confidence < _SURE:
            self._omit(proposal, "a report hardly of politics, and no sure reading")
            return None
        return Event(
            id="e0",
            span=event_span(proposal),
            type=type_,
            mode=mode,
            contexts=tuple(sorted(self._contexts(proposal, type_, mode))),
            actors=tuple(a for a, _ in actors),
            recipients=tuple(r for r, _ in recipients) or implied,
            date=day,
            place=place.id if place else None,
            auxiliary=auxiliary,
            amounts=amounts_of(proposal, self.circumstances.amounts, self.parsed),
            said_by=speaker,
            statement=statement.id if statement else None,
            quad=self.ontology.quad(type_),
            intensity=self.ontology.score(type_, mode),
            cameo=self.ontology.cameo(type_, mode),
            confidence=confidence,
            evidence=EventEvidence(
                actors=tuple(self.cast.span_of(t) for _, t in actors),
                recipients=tuple(self.cast.span_of(t) for _, t in recipients),
                date=day_span,
                place=place.span if place else None,
                auxiliary=_token_span(evidence),
                said_by=statement.evidence.speaker if statement and speaker else None,
            ),
        )

    def _against(self, proposal: Proposal, type_: str, verdict: Verdict, *, plain: bool) -> str | None:
        """Why a reading is no event of its type; None where it is. ``plain``: nothing says that it did not happen."""
        if not proposal.open and verdict.denies(type_) and verdict.denies(proposal.frame.type):
            return f"{type_} by the word lists, nothing by the model"
        if (proposal.open and type_ == "ASSAULT" and _nobody(proposal)) or _by_nobody(proposal):
            return "nobody did it, or nobody was harmed"
        if type_ == "REQUEST" and proposal.trigger.lemma_ == "ask" and self._with_media(proposal.actors):
            return "a question of the press"
        one_sided = not proposal.recipients and (proposal.nominal or not proposal.actors)
        if proposal.nominal and type_ == "AGREE" and not plain and proposal.frame.type == "AGREE":
            return "no such plan"
        if self.ontology.types[type_].recipient and one_sided and plain:
            return f"{type_} needs a recipient"
        return None

    def _doers(self, proposal: Proposal, statement: Statement | None) -> Sides:
        """Who does it; where nobody is named and a speaker says "we", the speaker."""
        if proposal.actors or statement is None or not statement.speaker or statement.form == "indirect":
            return proposal.actors
        said = [t for t in proposal.view.slot("subj") if t.lower_ in SPEAKING]
        return tuple((statement.speaker, t) for t in said[:1])

    def _meeting(
        self, actors: Sides, recipients: Sides, place: Place | None, mode: str | None, verdict: Verdict
    ) -> tuple[Sides, Sides, str | None]:
        """Guests and hosts of a meeting, where place or office tell them apart."""
        if mode in {None, "visit"} and not recipients:
            actors, recipients, mode = self._at_home(actors, place, mode)
        if mode in {None, "visit"} and not recipients:
            actors, recipients, mode = self._called_on(actors, mode, verdict)
        return actors, recipients, mode

    def _mode_by_actor(self, type_: str, actors: Sides) -> str | None:
        """ "Militias poured into the city": who moves says what is moved."""
        sectors = {self.cast.actors[a].sector for a, _ in actors}
        modes = {m for m, s in _MOVED.items() if sectors & s}
        return modes.pop() if type_ == "MOBILIZE" and len(modes) == 1 else None

    def _no_meeting(
        self, proposal: Proposal, type_: str, mode: str | None, actors: Sides, recipients: Sides
    ) -> str | None:
        """Why what looks like a visit or talks is none; None where it may be one."""
        if mode == "visit" and self._stays_home(actors, recipients):
            return "a journey home is no visit"
        if proposal.nominal and type_ == "CONSULT" and self._with_media(actors, recipients):
            return "a call to the press is no consultation"
        return None

    def _day(self, proposal: Proposal, statement: Statement | None) -> tuple[Interval | None, Span | None]:
        """The event's day: its own time expression, else that of the statement it is told in."""
        if time := date_of(proposal, self.circumstances.times, self.parsed):
            return Interval(start=time.start, end=time.end), time.span
        clause = proposal.clause
        present = clause is not None and clause.tense in {"present", "future", "none"}
        if statement is not None and statement.date is not None and (present or statement.form == "direct"):
            return statement.date, statement.evidence.date
        return None, None

    def _fresh(self, proposal: Proposal) -> bool:
        clause = proposal.clause
        return clause is not None and clause.tense in {"past", "present"} and not clause.perfect

    def _reduce(
        self, type_: str, mode: str | None, found: list[Standing]
    ) -> tuple[str, str | None, list[Standing]]:
        """PLOVER never codes a type with an auxiliary where one type says both: a future visit is AGREE."""
        kept: list[Standing] = []
        said = {s.auxiliary for s in found}
        if {"negation", "future"} <= said and (
            refused := self.ontology.reduce(type_, mode, "negated future")
        ):
            return *refused, [s for s in found if s.auxiliary not in {"negation", "future"}]
        for standing in found:
            reduced = self.ontology.reduce(type_, mode, standing.auxiliary or "")
            if reduced is not None and not any(s.auxiliary == "negation" for s in found):
                type_, mode = reduced
            elif standing.auxiliary == "future" and type_ in {"AGREE", "CONCEDE", "THREATEN"}:
                continue
            else:
                kept.append(standing)
        return type_, mode, kept

    def _urged(self, proposal: Proposal, speaker: str) -> bool:
        """ "Bahrain should free the doctors, the group said": who says so asks it of Bahrain."""
        clause = proposal.clause
        type_, mode = _ASKED.get(proposal.frame.type, (None, None))
        bound = clause is not None and clause.modal is not None and clause.modal.lower_ in {"should", "must"}
        others = tuple(a for a in proposal.actors if a[0] != speaker)
        asking = bound and clause is not None and clause.mark is None
        if not asking or type_ is None or not others or proposal.nominal or proposal.open:
            return False
        refrain = clause is not None and clause.negation is not None  # "should not recognise the result"
        proposal.frame = replace(proposal.frame, type=type_, mode=None if refrain else mode)
        proposal.actors, proposal.recipients = ((speaker, others[0][1]),), others
        return True

    def _to_one_side(self, proposal: Proposal) -> None:
        """Who says he will meet someone agrees to it, and who will not refuses; the other is the recipient."""
        willing = proposal.view.participants(proposal.view.slot("subj"))
        if willing and not proposal.recipients:
            proposal.recipients = tuple(a for a in proposal.actors if a[0] not in {w for w, _ in willing})
            proposal.actors = tuple(a for a in proposal.actors if a not in proposal.recipients)

    def _stays_home(self, actors: Sides, recipients: Sides) -> bool:
        homes = {self.cast.actors[a].country for a, _ in actors}
        hosts = {self.cast.actors[r] for r, _ in recipients}
        return bool(hosts) and all(h.kind == "state" and h.country in homes for h in hosts)

    def _with_media(self, *participants: Sides) -> bool:
        return any(self.cast.actors[a].sector == "JRN" for side in participants for a, _ in side)

    def _at_home(
        self, actors: Sides, place: Place | None, mode: str | None
    ) -> tuple[Sides, Sides, str | None]:
        """A meeting at one side's home is a visit: the guests are the actors, the host the recipient."""
        if place is None or place.country is None or len(actors) < 2:
            return actors, (), mode
        hosts = tuple(a for a in actors if self.cast.actors[a[0]].country == place.country)
        guests = tuple(a for a in actors if a not in hosts and self.cast.actors[a[0]].country)
        if hosts and guests and len(hosts) + len(guests) == len(actors):
            return guests, hosts, "visit"
        return actors, (), mode

    def _called_on(
        self, actors: Sides, mode: str | None, verdict: Verdict
    ) -> tuple[Sides, Sides, str | None]:
        """Somebody of an international body who meets those of a state is their guest, where the model sees a visit."""
        hosts = tuple(a for a in actors if self.cast.actors[a[0]].sector in {"GOV", "LEG", "MIL", "REB"})
        guests = tuple(a for a in actors if self.cast.actors[a[0]].sector in {"UNO", "IGO", "EUR", "NGO"})
        told = hosts and guests and len(hosts) + len(guests) == len(actors)
        if told and "visit" in {mode, verdict.judgement.mode_of("CONSULT")}:
            return guests, hosts, "visit"
        return actors, (), mode

    def _contexts(self, proposal: Proposal, type_: str, mode: str | None) -> set[str]:
        implied = self.ontology.mode_contexts.get(f"{type_} {mode}", ())
        return proposal.contexts | self.contexts.of(proposal.trigger) | set(implied)

    def _omit(self, proposal: Proposal, reason: str) -> None:
        span = _token_span(proposal.trigger)
        if span is not None:
            self.omissions.append(Omission(span=span, room="events", reason=reason))


def _nobody(proposal: Proposal) -> bool:
    """ "No one was hurt", "none of the soldiers was injured"."""
    clause = proposal.clause
    return clause is not None and clause.passive and clause.negation is not None


def _by_nobody(proposal: Proposal) -> bool:
    """ "Nobody asked us"."""
    clause = proposal.clause
    return clause is not None and any(t.lower_ == "nobody" for t in clause.args("subj"))


def _story_day(parsed: Parsed, circumstances: Circumstances) -> Interval | None:
    """The day a report tells of where it names none: the day in its first sentences, else that of publication.

    A day more than ``_NEWS_DAYS`` before publication is no news.
    """
    published = parsed.report.published
    if published is None:
        return None
    lead_end = next((s.end_char for n, s in enumerate(parsed.doc.sents) if n == _LEAD_SENTENCES), 0)
    for time in circumstances.times:
        fresh = time.start == time.end and 0 <= (published - time.end).days <= _NEWS_DAYS
        if time.span[0] < lead_end and fresh:
            return Interval(start=time.start, end=time.end)
    return Interval(start=published, end=published)


def _token_span(token: Token | None) -> Span | None:
    return (token.idx, token.idx + len(token)) if token is not None else None
