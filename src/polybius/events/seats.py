"""Who takes part in what a frame or a verb tells: the participants of its slots, and whom it was done to unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Token

from polybius.events.frames import Frame
from polybius.events.slots import View
from polybius.events.words import words
from polybius.parse import Clause

Seat = tuple[str, Token]
"""A participant: the actor's id, and the word that names it."""

# "rejected Eritrean charges": whose charges they are; "agreed to pay their overtime": whose overtime it is
_WHOSE = (("obj",), ("poss",), ("comp.poss",))
_OF_WORDS = {"ACCUSE", "REJECT", "SUPPORT"}  # who attacks somebody's words or deeds attacks him
_SPOKEN_OF = ("obj", "comp", "about", "over", "at", "of")
_HARMING = {"ASSAULT", "COERCE", "SANCTION"}
_HIT = ("obj", "on", "at", "against")


def first(
    view: View, alternatives: Iterable[tuple[str, ...]], apart: Collection[str] = ()
) -> tuple[Seat, ...]:
    """The participants of the first alternative that names any but those; joined slots are taken together."""
    for slots in alternatives:
        heads = tuple(head for slot in slots for head in view.slot(slot))
        if found := tuple(seat for seat in view.participants(heads) if seat[0] not in apart):
            return found
    return ()


def recipients_of(
    frame: Frame, view: View, clause: Clause | None, doers: Collection[str]
) -> tuple[Seat, ...]:
    """To whom a frame's event is done.

    Args:
        frame, view: the frame that holds, and the slots it holds in.
        clause: the clause around its trigger.
        doers: ids of those who do it, who are never its recipients.
    """
    found = first(view, frame.recipient, doers)
    if found or not frame.recipient or frame.pos != "v" or frame.type == "MOBILIZE":
        return found  # nothing is done to what is moved
    # "demanded her release": who is to go free is asked for nothing
    found = first(view, _WHOSE if frame.type != "REQUEST" else _WHOSE[:1], doers)
    if not found and frame.type in _OF_WORDS:
        found = view.owners(_SPOKEN_OF)
    if not found and frame.type == "REQUEST" and clause is not None:
        found = _addressed(clause, view)
    if not found and frame.type in _HARMING and clause is not None:
        found = _told_of(clause, view, doers)
    return tuple(seat for seat in found if seat[0] not in doers)


def _addressed(clause: Clause, view: View) -> tuple[Seat, ...]:
    """ "wrote to the council to ask for a session": who is asked is named with the verb above."""
    above = view.above(clause)
    if above is None or above.trigger.lemma_ not in words("address") or clause.link not in {"advcl", "xcomp"}:
        return ()
    return first(above, (("to",), ("obj",), ("with",)))


def _told_of(clause: Clause, view: View, doers: Collection[str]) -> tuple[Seat, ...]:
    """ "the union said police had raided its offices": the union's, for nobody raids his own."""
    above = view.above(clause)
    own = {actor for actor, _ in view.owners(_HIT, through=True)}
    if above is None or clause.link not in {"ccomp", "conj", "pcomp"} or not own or not own <= set(doers):
        return ()
    told = (seat for seat in above.participants(above.slot("subj")) if seat[0] not in doers)
    return tuple((view.cast.voice.get(actor, actor), token) for actor, token in told)
