"""Who is meant: names, titles, pronouns, descriptions and metonyms, chained and resolved on the report's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from polybius.actors.candidates import Candidate
from polybius.actors.cast import Cast
from polybius.actors.chains import Chains
from polybius.actors.deeds import acts
from polybius.actors.find_descriptions import find_descriptions
from polybius.actors.find_names import find_names
from polybius.actors.find_pronouns import find_pronouns
from polybius.actors.people import Company, Figure
from polybius.actors.roles import Roles
from polybius.actors.several import find_counts
from polybius.circumstances.datelines import inner_datelines
from polybius.knowledge import Knowledge
from polybius.parse import Parsed
from polybius.record import Actor, Mention, Place

__all__ = ["Cast", "find_actors"]

_LOCAL = {"governor", "mayor", "prefect", "councillor"}  # of no state


def find_actors(parsed: Parsed, knowledge: Knowledge, places: tuple[Place, ...]) -> Cast:
    """The cast of a report.

    Args:
        parsed: the report as parsed.
        knowledge: who and what is known, by day.
        places: what room 3 has read as a place: it is no actor here, though its state is in the cast.
    """
    doc = parsed.doc
    roles = Roles.load()
    names = find_names(parsed, knowledge, places, roles)
    pronouns = list(find_pronouns(doc))
    located = _countries_by_token(parsed, places)
    descriptions = find_descriptions(doc, names, pronouns, knowledge, roles, located)
    counts = find_counts(doc)
    candidates = sorted([*names, *descriptions, *pronouns, *counts], key=lambda c: (c.head.i, c.start))
    sentence_of = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    translated = _marks_moved(parsed)
    day = parsed.report.published
    where = _countries_by_sentence(parsed, places, sentence_of)
    dateline = parsed.report.dateline_place
    home = next(
        (p.country for p in places if dateline and p.span[0] < dateline[1] and dateline[0] < p.span[1]), None
    )
    begins = [sentence_of[t.i] for t in doc if t.i and "\n" in doc[t.i - 1].text_with_ws]
    chains = Chains(knowledge, day, sentence_of, parsed.quotes, where, home, begins, translated=translated)
    chains.homes = _homes(parsed, knowledge, places, sentence_of)
    company = chains.resolve(candidates)
    for place in places:
        if place.country:
            state = company.state(knowledge.state(place.country, day))
            if state.entry in knowledge.named(place.name) and place.name not in state.names:
                state.names.append(place.name)
    cast, led = _cast(company, candidates), _led(company, knowledge, day)
    return replace(cast, led=led, voice=_voices(cast, candidates) | led)


def _voices(cast: Cast, candidates: list[Candidate]) -> dict[str, str]:
    """Whom a person means by "we": a minister his state, a spokesman the body that he is of."""
    found: dict[str, str] = {}
    for candidate in candidates:
        speaker = cast.actors.get(candidate.actor or "")
        if speaker is None or speaker.kind != "person" or candidate.form == "pronoun":
            continue
        state = cast.states.get(speaker.country or "")
        local = (speaker.role or "").rsplit(" ", 1)[-1] in _LOCAL
        if speaker.sector == "GOV" and state is not None and not local:
            found[speaker.id] = state
            continue
        bodies = [c.actor for c in (candidate.body, candidate.possessor) if c is not None and c.actor]
        bodies = [b for b in bodies if b in cast.actors and cast.actors[b].kind in {"organization", "group"}]
        if bodies:
            found.setdefault(speaker.id, bodies[0])
    return found


def _led(company: Company, knowledge: Knowledge, day: date | None) -> dict[str, str]:
    """Who heads which body, both in the report: "Secretary-General X" where another body was told of last."""
    found = {}
    for figure in company.figures if day is not None else ():
        offices = (
            knowledge.offices_of(figure.entry.key, day) if figure.entry and figure.kind == "person" else ()
        )
        bodies = (company.by_key(o.organisation) for o in offices if o.organisation)
        if body := next((b for b in bodies if b is not None and b.mentions), None):
            found[f"a{figure.number}"] = f"a{body.number}"
    return found


def _homes(
    parsed: Parsed, knowledge: Knowledge, places: tuple[Place, ...], sentence_of: dict[int, int]
) -> dict[int, str]:
    """The country of each item of a page of briefs, by the sentence that its dateline begins."""
    starts = {start for start, _ in inner_datelines(parsed, knowledge)}
    found = [p for p in places if p.country and p.span[0] in starts]
    spans = ((parsed.doc.char_span(*p.span, alignment_mode="expand"), p.country) for p in found)
    return {sentence_of[span.start]: country for span, country in spans if span is not None and country}


def _countries_by_sentence(
    parsed: Parsed, places: tuple[Place, ...], sentence_of: dict[int, int]
) -> list[tuple[int, str]]:
    found = []
    for place in places:
        span = parsed.doc.char_span(*place.span, alignment_mode="expand")
        if place.country and span is not None:
            found.append((sentence_of[span.start], place.country))
    return found


def _countries_by_token(parsed: Parsed, places: tuple[Place, ...]) -> dict[int, str]:
    spans = ((parsed.doc.char_span(*place.span, alignment_mode="expand"), place.country) for place in places)
    return {token.i: country for span, country in spans if span is not None and country for token in span}


def _marks_moved(parsed: Parsed) -> bool:
    """Whether quotation marks stood behind a space and were moved before it, as in machine-translated copy."""
    return any(was == " " != now for was, now in zip(parsed.report.text, parsed.doc.text, strict=True))


def _cast(company: Company, candidates: list[Candidate]) -> Cast:
    doubtful = _doubtful(company, candidates)
    mentions, beside, by_token, gloss, acting = [], [], {}, {}, set()
    several: dict[int, tuple[str, ...]] = {}
    for candidate in sorted(candidates, key=lambda c: c.start - c.end):
        words = candidate.head.doc[candidate.start : candidate.end]
        if candidate.several:
            span, both = (words.start_char, words.end_char), [f"a{f.number}" for f in candidate.several]
            both = [one for one in both if one not in doubtful]
            several[candidate.head.i] = tuple(both)
            mentions += [Mention(span=span, actor=one, kind=candidate.form) for one in both]
        if candidate.actor is None or candidate.actor in doubtful:
            continue
        form = "description" if candidate.adjective else candidate.form
        mentions.append(Mention(span=(words.start_char, words.end_char), actor=candidate.actor, kind=form))
        by_token.update({token.i: candidate.actor for token in words})
        gloss.update({token.i: candidate.actor for token in candidate.described})
        for start, end in candidate.beside:
            said = candidate.head.doc[start:end]
            span = said.start_char, said.end_char
            beside.append(Mention(span=span, actor=candidate.actor, kind="description"))
        if acts(candidate.head) or _suffers(candidate) or _does(candidate):
            acting.add(candidate.actor)
    actors = {f"a{f.number}": _actor(f) for f in company.figures if f"a{f.number}" not in doubtful}
    states: dict[str, str] = {}
    for figure in company.figures:
        if figure.kind == "state" and figure.country:  # the state before what has broken away from it
            own = figure.sector != "PRE"
            states[figure.country] = (
                f"a{figure.number}" if own else states.get(figure.country, f"a{figure.number}")
            )
    mentions.sort(key=lambda m: (m.span, m.actor))
    return Cast(
        actors, tuple(mentions), by_token, states, gloss, tuple(beside), frozenset(acting), several=several
    )


def _does(candidate: Candidate) -> bool:
    """A body that does something, with an object or without: "the Federal Government gave way"."""
    body = candidate.form == "description" and candidate.kinds == {"organization"} and not candidate.weak
    return body and candidate.head.dep_ == "nsubj" and candidate.head.head.pos_ == "VERB"


def _suffers(candidate: Candidate) -> bool:
    """A group of a country's own ("Belgian diplomats") to whom something is done."""
    own = candidate.form == "description" and candidate.plural and not candidate.weak
    stated = candidate.country is not None and not candidate.guessed
    return own and stated and candidate.head.dep_ in {"dobj", "nsubjpass", "nsubj"}


def _doubtful(company: Company, candidates: list[Candidate]) -> set[str]:
    """Single words that spaCy alone takes for a name, once, and that neither act nor are described."""
    mentions: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.actor is not None:
            mentions.setdefault(candidate.actor, []).append(candidate)
    doubtful = set()
    for figure in company.figures:
        found = mentions.get(f"a{figure.number}", [])
        if figure.entry is None and figure.named and len(found) == 1 and figure.kind != "state":
            only = found[0]
            plain = only.unsure and not only.described and " " not in only.name
            if plain and not acts(only.head):
                doubtful.add(f"a{figure.number}")
    return doubtful


def _described(figure: Figure) -> str:
    """The label, with the owner of a body that one bare word describes: "Benjamin Netanyahu's office"."""
    owner = figure.owner
    whose = (owner.entry.name if owner.entry else max(owner.names, key=len, default="")) if owner else ""
    bare = figure.kind == "organization" and not figure.plural and figure.label.islower()
    return f"{whose}'s {figure.label}" if whose and bare and " " not in figure.label else figure.label


def _actor(figure: Figure) -> Actor:
    names = sorted(figure.names, key=len, reverse=True)
    own = [figure.label] if figure.kind == "organization" and figure.label else []
    own += [figure.phrase] if figure.phrase and not names and not figure.entry else []
    if figure.entry:
        name = figure.entry.name
    elif names:
        name = names[0]
    else:
        name = _described(figure)
    return Actor(
        id=f"a{figure.number}",
        name=name,
        aliases=tuple(n for n in dict.fromkeys([*figure.names, *own]) if n != name),
        kind="group" if figure.kind == "organization" and figure.plural and not figure.named else figure.kind,
        country=figure.country,
        sector=figure.sector,
        role=figure.role if figure.kind == "person" else None,
        known_as=figure.key,
    )
