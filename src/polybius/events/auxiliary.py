"""Whether an event happened: negation, future, hypothetical and historical, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from spacy.tokens import Token

from polybius.events.attitudes import attitude, effects, is_bare, wanting
from polybius.events.slots import SPEAKING
from polybius.events.triggers import Proposal
from polybius.events.words import words
from polybius.parse import Clause, Parsed
from polybius.record import Auxiliary, Interval

HISTORICAL_AFTER_DAYS = 180
_CONDITIONS = {"if", "unless", "whether", "lest", "should"}
_POSSIBLE = {"would", "could", "may", "might", "should", "can", "must", "ought", "'d", "’d"}
_AFTER = {"after", "since", "following", "before"}
_BESIDE = {
    "after",
    "before",
    "by",
    "while",
    "without",
    "since",
    "upon",
    "despite",
}  # "urged him after meeting"
_JOURNEYS = {"go", "come", "travel", "visit", "leave", "arrive", "meet", "head", "fly", "return", "host"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An auxiliary and the word that shows it; ``asked`` marks an act that is only asked for."""

    auxiliary: Auxiliary | None = None
    word: Token | None = None
    asked: bool = False


def standings(proposal: Proposal, parsed: Parsed, *, told: bool = False) -> list[Standing]:
    """Everything that the words around a proposal say against its having plainly happened.

    Args:
        proposal: the event proposed.
        parsed: its report.
        told: whether a statement covers it, so that "would" reports what is to come.
    """
    clause = proposal.clause
    found: list[Standing] = []
    if proposal.nominal:
        if proposal.effect == "plans" and clause is not None:
            found.append(Standing("future", clause.predicate))
        determiner = next((c for c in proposal.trigger.children if c.dep_ == "det"), None)
        if determiner is not None and determiner.lower_ == "no":
            found.append(Standing("negation", determiner))
        if clause is None or proposal.effect not in {"does", "undergoes", "plans"}:
            return found
    if clause is not None:
        found.extend(_of_clause(clause, told=told))
        if proposal.frame.type == "CONSULT" and _never(clause):
            found.append(Standing("future", clause.negation))
        found.extend(_from_above(clause, parsed))
    return found


def _of_clause(clause: Clause, *, told: bool) -> list[Standing]:
    found: list[Standing] = []
    if clause.negation is not None:
        found.append(Standing("negation", clause.negation))
    if clause.mark is not None and clause.mark.lower_ in _CONDITIONS:
        found.append(Standing("hypothetical", clause.mark))
    if _progressive_future(clause):
        found.append(Standing("future", clause.predicate))
    possible = clause.modal is not None and clause.modal.lower_ in _POSSIBLE
    if clause.tense == "future" and not possible:
        found.append(Standing("future", clause.modal or clause.predicate))
    elif clause.modal is not None and possible:
        # "said it would send" reports a future; "would send if" and "may send" suppose.
        # "would not sign" is a refusal.
        refused = clause.negation is not None and not _conditioned(clause)
        reported = clause.modal.lower_ in {"would", "'d", "’d"} and (
            told or refused or clause.link in {"ccomp", "relcl"}
        )
        found.append(Standing("future" if reported else "hypothetical", clause.modal))
    return found


def _never(clause: Clause) -> bool:
    """ "does not negotiate with rebels": what is never done is refused for the time to come, too."""
    does = any(
        c.dep_ == "aux" and c.lemma_ == "do" and c.tag_ in {"VBZ", "VBP"} for c in clause.predicate.children
    )
    return clause.negation is not None and does


def _conditioned(clause: Clause) -> bool:
    """Whether a condition hangs on the clause: "would not attack if"."""
    below = [c for c in clause.predicate.children if c.dep_ == "advcl"]
    return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for verb in below for c in verb.children)


def _superlative(noun: Token) -> bool:
    """ "the first country to congratulate him": it did."""
    return any(c.lower_ in {"first", "last", "second", "third", "only", "latest"} for c in noun.children)


def _progressive_future(clause: Clause) -> bool:
    """ "announced that he was going to Russia": a journey in the progressive is one to come."""
    verb = clause.predicate
    progressive = any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    if clause.mark is not None and clause.mark.lower_ in {"as", "while", "when"}:
        return False  # "even as he was visiting the city"
    return progressive and verb.tag_ == "VBG" and verb.lemma_.lower() in _JOURNEYS


def _from_above(clause: Clause, parsed: Parsed) -> list[Standing]:
    """What governing verbs make of the clause: "failed to", "plans to", "wants to"; joined verbs share it."""
    found: list[Standing] = []
    current: Clause | None = clause
    for _ in range(4):
        if current is None or current.parent is None:
            break
        above = parsed.clause_at(current.parent)
        if above is None:
            break
        if current.link == "conj":
            current = above
            continue
        if current.link in {"xcomp", "pcomp", "advcl", "acl", "relcl", "ccomp"}:
            infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in current.predicate.children)
            gerund = current.predicate.tag_ == "VBG"
            beside = current.link == "pcomp" and current.predicate.head.lower_ in _BESIDE
            if beside:
                break
            if current.link in {"xcomp", "pcomp"} or (infinitive and current.link in {"ccomp", "advcl"}):
                found.extend(_of_attitude(current, above, infinitive=infinitive, gerund=gerund))
            elif infinitive and not _superlative(current.predicate.head):
                found.append(Standing("hypothetical", current.predicate))
            elif gerund and current.link == "acl" and attitude(above.lemma) == "negation":
                found.append(
                    Standing(None, above.predicate, asked=True)
                )  # "vetoed a text condemning the army"
            elif current.link == "ccomp" and _wanted_done(current, above):
                found.append(Standing(None, above.predicate, asked=True))
        if current.link not in {"xcomp", "pcomp"}:
            break
        current = above
    return found


def _wanted_done(clause: Clause, above: Clause) -> bool:
    """ "demanded that the army leave": the bare form says what is wanted, not what is."""
    that = clause.mark is not None and clause.mark.lower_ == "that"
    return that and is_bare(clause) and above.lemma in wanting()


def _of_attitude(clause: Clause, above: Clause, *, infinitive: bool, gerund: bool) -> list[Standing]:
    attitudes = effects()
    named = [above.lemma, above.lemma.split()[0]]
    named += [t.lemma_.lower() for t in above.args("attr")] if above.lemma == "be" else []
    if clause.link == "pcomp":  # "kept from"
        named.append(f"{above.lemma} {clause.predicate.head.lower_}")
    effect = next((attitudes[w] for w in reversed(named) if attitudes.get(w, "spoken") != "spoken"), None)
    if above.negation is not None and effect in {None, "actual", "hypothetical"}:
        return [Standing("negation", above.negation)]
    if effect is None and infinitive and above.lemma in _JOURNEYS:
        return [Standing("future", clause.predicate)]  # "flew to Rome to meet the pope"
    if effect is None and infinitive and above.lemma in words("address"):
        return []  # "wrote to the council to ask for a session": the letter asks
    if effect is None and infinitive and clause.link == "advcl":
        return [Standing("hypothetical", clause.predicate)]  # "in order to"
    spoken = above.lemma in {"wish", "want", "like"} and any(t.lower_ in SPEAKING for t in above.args("subj"))
    if effect in {None, "actual"} or (spoken and attitude(clause.lemma) == "spoken"):
        return []  # "I wish to apologise" is an apology
    if effect == "asked":
        return [Standing(None, above.predicate, asked=True)]
    if effect == "negation" and gerund and above.lemma in {"stop", "cease"}:
        return [Standing("negation", above.predicate)]
    return [Standing(effect, above.predicate)]  # type: ignore[arg-type]


def _anniversary(trigger: Token) -> Token | None:
    """ "the anniversary of the coup in which the army overthrew him": what is remembered is long past."""
    above = (trigger, *trigger.ancestors)
    for below, noun in pairwise(above):
        if below.dep_ == "prep" and noun.lemma_.lower() == "anniversary":
            return noun
    return None


def ahead(proposal: Proposal, day: Interval | None, published: date | None) -> Standing | None:
    """ "whose ministers meet on Thursday": what the present tells of a later day is to come."""
    clause = proposal.clause
    told = clause is not None and clause.tense == "present" and not clause.perfect and not proposal.nominal
    later = day is not None and published is not None and day.start > published
    return Standing("future", proposal.trigger) if told and later else None


def historical(
    proposal: Proposal, day: Interval | None, evidence: Token | None, published: date | None
) -> Standing | None:
    """Whether an event is background: long past by its date, or told in the past perfect or as what came before.

    Half a year before publication (``HISTORICAL_AFTER_DAYS``) divides news from history; the manual names no
    figure.
    """
    if day is not None and published is not None:
        if (published - day.end).days > HISTORICAL_AFTER_DAYS:
            return Standing("historical", evidence)
        return None
    if (noun := _anniversary(proposal.trigger)) is not None:
        return Standing("historical", noun)
    if proposal.nominal and not proposal.effect:
        preposition = proposal.trigger.head
        if preposition.dep_ in {"prep", "mark", "pcomp"} and preposition.lower_ in _AFTER:
            return Standing("historical", preposition)
    return None
