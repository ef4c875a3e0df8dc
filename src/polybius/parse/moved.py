"""What the shape of a sentence puts away from the verb it belongs to."""

from __future__ import annotations

from spacy.tokens import Token

from polybius.parse.arguments import conjuncts

Arguments = dict[str, tuple[Token, ...]]

_HAVING = {"have", "get", "see"}


def of_cleft(verb: Token, arguments: Arguments) -> Arguments:
    """ "It was Nigeria that expelled the consul": who is singled out does it, or suffers it."""
    above = verb.head
    if verb.dep_ not in {"ccomp", "relcl", "advcl"} or above.lemma_ != "be":
        return arguments
    singled = [t for c in above.children if c.dep_ == "attr" for t in conjuncts(c)]
    empty = any(c.dep_ in {"nsubj", "expl"} and c.lower_ == "it" for c in above.children)
    if not (singled and empty):
        return arguments

    def put(heads: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(
            t for h in heads for t in (singled if h.lower_ in {"that", "who", "which", "whom"} else (h,))
        )

    return {place: put(heads) for place, heads in arguments.items()}


def having(verb: Token) -> Token | None:
    """ "have had their passports confiscated", "had him detained": the verb above; None where it is no such thing."""
    own = {c.dep_ for c in verb.children}
    if verb.tag_ != "VBN" or own & {"aux", "auxpass", "mark"}:
        return None
    if verb.dep_ in {"ccomp", "xcomp"} and own & {"nsubj", "nsubjpass"}:
        above = verb.head
    elif verb.dep_ == "acl" and verb.head.dep_ == "dobj" and _owned(verb.head):
        above = verb.head.head  # "had his equipment seized"
    else:
        return None
    return above if above.lemma_ in _HAVING else None


def of_causative(verb: Token, above: Token, arguments: Arguments) -> Arguments:
    """Who takes part: the owner of what was taken suffers it, who "had him detained" does it."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or [verb.head]
    first = above.head if above.dep_ == "conj" else above  # "cited him and had him detained"
    above_it = [t for c in first.children if c.dep_ == "nsubj" for t in conjuncts(c)]
    things = [t for thing in own for t in conjuncts(thing)]
    agents = [t for t in arguments.get("subj", ()) if t not in things]
    if any(_owned(thing) for thing in own):
        things += above_it
    elif not agents and all(thing.pos_ == "PRON" for thing in own):
        agents = above_it
    return {**arguments, "subj": tuple(agents), "obj": tuple(things)}


def _owned(noun: Token) -> bool:
    return any(c.tag_ == "PRP$" for c in noun.children)
