"""Which proposals stand: what only the model knows gets its type, what is told twice goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from polybius.events.attitudes import answering, attitude
from polybius.events.judging import Verdict
from polybius.events.openings import telling
from polybius.events.triggers import Proposal

_HARDLY = 0.2  # a noun the model holds so little likely yields to what it reads in the verb above


def settle(proposals: list[Proposal], verdicts: Mapping[int, Verdict]) -> list[Proposal]:
    """The proposals that stand: what only the model knows gets its type, doubles go."""
    typed = []
    for proposal in proposals:
        verdict = verdicts[id(proposal)]
        if proposal.open:
            type_ = verdict.opened(someone=bool(proposal.actors))
            below = _said_below(proposal, proposals) or _told_below(proposal, proposals, verdicts)
            if type_ is None or below:
                continue
            proposal.frame = replace(proposal.frame, type=type_, mode=proposal.modes.get(type_))
        typed.append(proposal)
    typed = [p for p in typed if not _covered(p, typed) and not _willed_above(p, typed)]
    twice = [(p, o) for p in typed for o in typed if p.nominal and o.open and _governs(o, p)]
    dropped = {id(p if verdicts[id(p)].likelihood(p.frame.type) < _HARDLY else o) for p, o in twice}
    return [p for p in typed if id(p) not in dropped]


def _governs(verb: Proposal, noun: Proposal) -> bool:
    """ "imposed a travel ban": a verb that only the model knows and the noun under it tell one event."""
    if verb.clause is None or noun.effect not in {"does", "undergoes"}:
        return False
    answered = verb.clause.lemma in answering() and noun.trigger in verb.clause.args("with")
    return answered or noun.trigger in verb.clause.args("obj")


def _willed_above(proposal: Proposal, proposals: list[Proposal]) -> bool:
    """ "agreed to cool things down": the verb above says it, where no list knows the one below."""
    clause = proposal.clause
    if not proposal.open or clause is None or clause.link != "xcomp" or clause.parent is None:
        return False
    willed = attitude(clause.parent.lemma_) in {"future", "negation", "asked"}
    return willed and any(other.trigger == clause.parent for other in proposals)


def _said_below(proposal: Proposal, proposals: list[Proposal]) -> bool:
    """ "plans to hold exercises": a frame knows what is planned, and the verb above only says that it will be."""
    if proposal.clause is None or attitude(proposal.clause.lemma) not in {"future", "negation", "actual"}:
        return False
    below = [p.clause for p in proposals if not p.open and p.clause is not None]
    return any(c.link in {"xcomp", "pcomp"} and c.parent == proposal.trigger for c in below)


def _told_below(proposal: Proposal, proposals: list[Proposal], verdicts: Mapping[int, Verdict]) -> bool:
    """ "warned that they would close the road": what is told is an event of its own."""
    if not telling(proposal.frame.trigger[0]):
        return False
    clauses = ((p, p.clause) for p in proposals if p.clause is not None)
    told = [p for p, clause in clauses if clause.link == "ccomp" and clause.parent == proposal.trigger]
    return any(not p.open or _surer(verdicts[id(p)], p, verdicts[id(proposal)]) for p in told)


def _surer(below: Verdict, proposal: Proposal, above: Verdict) -> bool:
    """Whether the model is surer of what is told than of the telling."""
    type_ = below.opened(someone=bool(proposal.actors))
    return type_ is not None and below.likelihood(type_) >= above.likelihood(above.judgement.type)


def _covered(proposal: Proposal, proposals: list[Proposal]) -> bool:
    """A noun that only names again what the verb above it says: "killed in an attack"."""
    if proposal.clause is None:
        return False
    if not proposal.nominal:
        return any(_joined(o, proposal) or _means_of(proposal, o) for o in proposals)
    for other in proposals:
        same_clause = other.clause is not None and other.clause.predicate.i == proposal.clause.predicate.i
        same_type = other.frame.type == proposal.frame.type
        does = other.open and proposal.effect in {"does", "undergoes"}  # settled by which of the two is surer
        if other is not proposal and not other.nominal and same_clause and same_type and not does:
            if other.frame.mode is None and proposal.frame.mode is not None:
                other.frame = replace(other.frame, mode=proposal.frame.mode)
            other.actors = other.actors or proposal.actors
            other.recipients = other.recipients or proposal.recipients
            return True
    return False


def _means_of(means: Proposal, deed: Proposal) -> bool:
    """ "Shells fired by rebels killed a woman": the firing is part of the killing."""
    if means is deed or means.clause is None or deed.clause is None or means.clause.link != "acl":
        return False
    what = means.clause.args("obj")
    return deed.frame.type == means.frame.type and any(t in deed.clause.args("subj") for t in what)


def _joined(first: Proposal, second: Proposal) -> bool:
    """ "trains and equips the army", "marched to protest": verbs that say the same of the same are one event."""
    assert second.clause is not None
    if second.clause.link not in {"conj", "xcomp", "advcl"} or first.nominal or first.clause is None:
        return False
    same_verb = second.clause.parent is not None and second.clause.parent.i == first.clause.predicate.i
    same_actors = [a for a, _ in first.actors] == [a for a, _ in second.actors]
    said, again = {a for a, _ in first.recipients}, {a for a, _ in second.recipients}
    shown = second.clause.link == "advcl" and second.frame.type == "PROTEST"  # "rallied, waving flags"
    same_recipients = said == again or (shown and not (said and again))
    gerund = second.clause.link == "advcl" and second.trigger.tag_ == "VBG"
    if gerund and (second.open or not again):
        return (
            same_verb and same_actors and first.frame.type == second.frame.type
        )  # "fired at them, injuring 12"
    modes = {first.frame.mode, second.frame.mode} - {None}
    same_type = first.frame.type == second.frame.type and len(modes) < 2  # not "captured and executed"
    return same_verb and same_actors and same_recipients and same_type
