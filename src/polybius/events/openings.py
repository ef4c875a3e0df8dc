"""Proposes what no frame settles, for the model alone to judge: verbs, adjectives and nouns with somebody by them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from spacy.tokens import Token

from polybius.events.attitudes import bidden, supposing, to_come
from polybius.events.frames import Frame
from polybius.events.seats import Seat, first
from polybius.events.slots import View, is_issued
from polybius.parse import Clause
from polybius.parse.arguments import verbs
from polybius.tables import read_table

_RECIPIENTS = ("obj", "iobj", "against", "to", "with", "on", "at", "from", "for", "between")
_OF_NOUNS = ("against", "on", "with", "to", "at", "for", "of")
_OWN_OF = {"REQUEST", "PROTEST"}
_WHERE = {
    *("into", "to", "towards", "toward", "from", "out", "through", "across", "along", "outside", "onto"),
    *("around", "near", "over", "at", "in", "on"),
}
_MOVING = {"MIL", "REB", "UAF", "COP", "PRM", "CVL", "LAB", "EDU", "AGR", "REF", "OPP", "CRM", "UNO"}


def open_frame(trigger: str, pos: str) -> Frame:
    """A frame that says nothing yet: the model will give it its type."""
    return Frame((trigger,), pos, "", None, (), (), (), (), weak=False, sure=False, rank=0)


def of_verb(clause: Clause, view: View) -> tuple[tuple[Seat, ...], tuple[Seat, ...]] | None:
    """Who and whom of a verb that no frame fits; None where it is not worth asking about."""
    complement = view.complement()
    telling = _tells(clause.lemma, "v", complement, view) or _tells(
        clause.lemma.split()[0], "v", complement, view
    )
    going = clause.lemma == "go" and clause.tense == "future"  # "is not going to yield"
    wished = going or clause.lemma in supposing()
    empty = _says_nothing(clause.lemma.split()[0]) or (wished and complement is not None)
    described = clause.link == "acl" and clause.predicate.head.lower_ != "those"
    able = (
        clause.link == "pcomp" and clause.predicate.head.head.pos_ == "ADJ"
    )  # "a missile capable of carrying"
    issues = any(is_issued(t) and _says_more(t) for t in clause.args("obj"))  # "passed a law banning"
    if (empty and not telling) or described or able or issues:
        return None
    actors = view.participants(view.slot("subj"))
    recipients = _named(view, (*_RECIPIENTS, "comp") if telling else _RECIPIENTS, actors)
    if not recipients and clause.link != "xcomp":  # "slashed his tyres"
        recipients = tuple(seat for seat in view.owners(("obj",)) if seat[0] not in {a for a, _ in actors})
    told = clause.passive and (
        clause.link in {"ROOT", "ccomp", "conj"} or (bool(recipients) and clause.link in {"relcl", "advcl"})
    )
    purpose = telling or any(c.dep_ == "xcomp" for c in clause.predicate.children)
    if not (actors or told) or not (
        recipients or purpose or clause.arguments.get("obj") or _moves(clause, view, actors)
    ):
        return None
    return actors, recipients


def _says_more(noun: Token) -> bool:
    return any(c.dep_ in {"acl", "relcl"} for c in noun.children)


def called_so(clause: Clause) -> bool:
    """ "over what it called aggression": a name in passing, whatever it names."""
    naming = clause.lemma in verbs("naming")
    return naming and any(c.lower_ == "what" for c in clause.predicate.children)


def of_adjective(adjective: Token, view: View) -> tuple[tuple[Seat, ...], tuple[Seat, ...]] | None:
    """ "is ready to withdraw": who and whom; None for adjectives that tell nothing."""
    if not _tells(adjective.lemma_.lower(), "a", view.complement(), view):
        return None
    actors = view.participants(view.slot("subj"))
    whom = ("to", "with", "comp.obj", "comp.to", "comp.with", "comp.from", "comp.on")
    return (actors, _named(view, whom, actors)) if actors else None


def _moves(clause: Clause, view: View, actors: tuple[Seat, ...]) -> bool:
    """ "commandos crossed into northern Iraq", "protesters burst into the hall": a body of people and a place."""
    bodies = [view.cast.actors[actor] for actor, _ in actors]
    crowd = any(body.kind != "person" and body.sector in _MOVING for body in bodies)
    told = clause.link in {"ROOT", "ccomp", "conj", "relcl", "advcl"} and clause.tense in {"past", "present"}
    return crowd and told and view.complement() is None and bool(_WHERE & set(clause.arguments))


def of_noun(
    view: View, types: set[str], sufferers: tuple[Seat, ...]
) -> tuple[tuple[Seat, ...], tuple[Seat, ...]] | None:
    """ "a threat by Beijing to halt imports": who and whom; an owner alone ("the OAS's proposal") tells too little.

    ``types``: those that the word's frames have, as "the request of" is somebody's own, "the killing of" is not.
    ``sufferers``: whom it was done to, as who "came under attack".
    """
    if sufferers:
        return _named(view, ("by", "from", "of"), sufferers), sufferers
    if actors := _named(view, ("by", "of") if types <= _OWN_OF else ("by",), ()):
        return actors, _named(view, _OF_NOUNS, actors) or _asked_of(view, types)
    owners = _named(view, ("poss", "from"), ())
    actors = tuple((actor, token) for actor, token in owners if token.pos_ != "PRON")
    recipients = _named(view, ("to", "against"), actors)
    return (actors, recipients) if actors and recipients else None


def _asked_of(view: View, types: set[str]) -> tuple[Seat, ...]:
    """ "landed at the request of the mayor": who does what was asked."""
    asked = types == {"REQUEST"} and view.trigger.head.lower_ == "at" and view.clause is not None
    return view.participants(view.clause.args("subj")) if asked and view.clause is not None else ()


def _says_nothing(verb: str) -> bool:
    return "nothing" in _openings().get((verb, "v"), ())


def telling(verb: str) -> bool:
    """Whether the table has the verb, as one that tells something whatever stands under it."""
    return any(asked != "nothing" for asked in _openings().get((verb, "v"), ()))


def _tells(word: str, pos: str, complement: Clause | None, view: View) -> bool:
    """Whether the word has under it what the table asks for."""
    for asked in _openings().get((word, pos), ()):
        if asked == "nothing":
            continue
        if asked not in {"any", "done", "future"}:
            doing = complement is not None and complement.link == "pcomp"  # "warned against lifting the ban"
            if view.slot(asked) or (
                doing and complement is not None and complement.predicate.head.lower_ == asked
            ):
                return True
        elif complement is not None and (
            asked == "any" or (bidden(complement) if asked == "done" else to_come(complement))
        ):
            return True
    return False


@cache
def _openings() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_table("polybius.events", "openings.en.tsv"):
        found[row["word"], row["pos"]].append(row["asks"])
    return found


def _named(view: View, slots: tuple[str, ...], others: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """The participants of the first slot that names any but the others."""
    return first(view, ((slot,) for slot in slots), {actor for actor, _ in others})
