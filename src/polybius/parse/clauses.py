"""Reads each clause of a report once: predicate, arguments, negation, tense, modality.

What grammar moves about is put back: a passive's agent is its ``subj`` and its subject the ``obj``; a
relative clause gets the noun it describes in the place of "which"; an infinitive or participle without a
subject gets it from the clause above; joined verbs share what is said once. Statements, events and ties
all read these clauses, and none of them walks the parse tree for it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from polybius.parse.arguments import add_preposition, conjuncts, frozen, own_arguments, verbs
from polybius.parse.joining import clause_above, shares_auxiliary
from polybius.parse.moved import having, of_causative, of_cleft
from polybius.tables import read_table

_LEMMAS = {row["word"]: row["lemma"] for row in read_table("polybius.parse", "lemmas.en.tsv")}
_RELATIVES = {"who", "whom", "which", "that", "whose", "where", "when"}
_NEGATIVE_WORDS = {"never", "nor", "neither", "hardly", "nowhere"}
_NEGATIVE_DETERMINERS = {"no", "neither", "nobody", "none", "nothing"}
# The object, not the subject, of these does what their infinitive says ("ordered the army to leave").
_SUBJECT_CONTROL = {"promise", "vow", "threaten", "pledge", "commit", "agree", "offer", "plan", "intend"}
# "is prepared to help", "was determined to stay": a state of mind, nothing done to anybody.
_STATES_OF_MIND = {"prepare", "determine", "resolve", "incline", "commit"}
_REACH = 6  # words between a verb and its particle; farther off stands some other verb's
_CLAUSE_DEPS = {
    "ROOT",
    "ccomp",
    "xcomp",
    "advcl",
    "relcl",
    "acl",
    "conj",
    "pcomp",
    "csubj",
    "csubjpass",
    "parataxis",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its arguments.

    Attributes:
        predicate: the verb.
        lemma: its lemma, with a particle where it has one ("carry out").
        arguments: heads by place. ``subj`` (who does it), ``obj`` (what it is done to), ``iobj``,
            ``comp`` (subject of the complement clause), ``attr`` (what a copula ascribes), and every
            preposition ("with", "to") with the nouns under it. Joined nouns are each listed.
        passive: whether the report says it in the passive.
        negation: the word that negates it, if any.
        tense: past, present, future or none (infinitives and participles take the governing clause's).
        modal: the modal auxiliary, if any ("would", "may", "will").
        mark: the conjunction that opens it, if any ("if", "that").
        link: how it hangs on ``parent``: spaCy's label of the dependency (ROOT, ccomp, xcomp, relcl …).
        parent: the predicate of the clause it hangs on.
    """

    predicate: Token
    lemma: str
    arguments: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)
    passive: bool = False
    negation: Token | None = None
    tense: str = "none"
    perfect: bool = False
    modal: Token | None = None
    mark: Token | None = None
    link: str = "ROOT"
    parent: Token | None = None

    def args(self, *places: str) -> tuple[Token, ...]:
        """The heads in the first of these places that holds any."""
        return next((found for place in places if (found := self.arguments.get(place))), ())


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun that may name a happening ("Russia's annexation of Crimea"), with its arguments.

    Attributes:
        head: the noun.
        arguments: heads by place: ``poss`` (possessor, adjective or compound before the noun: "Russia's",
            "Russian", "police"), and every preposition after it.
        support: the clause whose object, subject or prepositional object the noun is, if any.
        place: the noun's place in that clause (``obj``, ``subj``, a preposition).
    """

    head: Token
    arguments: Mapping[str, tuple[Token, ...]]
    support: Clause | None = None
    place: str | None = None

    def args(self, *places: str) -> tuple[Token, ...]:
        """The heads in the first of these places that holds any."""
        return next((found for place in places if (found := self.arguments.get(place))), ())


def read_clauses(doc: Doc) -> tuple[Clause, ...]:
    """All clauses of a parsed text, in the order of their predicates."""
    clauses: dict[int, Clause] = {}
    for sentence in doc.sents:
        # Governing clauses come first, so that what hangs on them can take from them.
        for token in sorted((t for t in sentence if _is_predicate(t)), key=_depth):
            clauses[token.i] = _read(token, clauses)
    return tuple(_share_later_object(clauses[i], clauses) for i in sorted(clauses))


def read_nominal(head: Token, clause: Clause | None) -> Nominal:
    """The arguments of a noun.

    Args:
        head: the noun.
        clause: the clause around it (``Parsed.clause_around``), for its support verb.
    """
    arguments: dict[str, list[Token]] = {}
    for owner in _with_first_conjunct(head):
        for child in owner.children:
            if child.dep_ in {"poss", "compound", "nmod"} or (child.dep_ == "amod" and owner is head):
                arguments.setdefault("poss", []).extend(conjuncts(child))
            elif child.dep_ in {"prep", "agent"}:
                add_preposition(arguments, child)
    place = None
    if clause:
        first = _with_first_conjunct(head)[-1]
        place = next(
            (name for name, heads in clause.arguments.items() if first in heads or head in heads), None
        )
    return Nominal(head, frozen(arguments), clause, place)


def _with_first_conjunct(head: Token) -> list[Token]:
    """The noun and, when it is joined to others, the first of them, whose possessor it may share."""
    owners = [head]
    while owners[-1].dep_ == "conj" and owners[-1].head.pos_ in {"NOUN", "PROPN"}:
        owners.append(owners[-1].head)
    return owners


def _is_predicate(token: Token) -> bool:
    # "Washington does supply fuel": an auxiliary makes a verb of what the tagger takes for a noun.
    verb = token.pos_ in {"VERB", "AUX"} or any(c.dep_ in {"aux", "auxpass"} for c in token.children)
    asked = (c for c in token.children if c.tag_ in {"WP", "WDT"})  # "whom the office investigates"
    verb = verb or (token.dep_ == "relcl" and any(c.dep_ in {"nsubj", "dobj"} for c in asked))
    if not verb or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return False
    return token.dep_ in _CLAUSE_DEPS or any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in token.children)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _read(verb: Token, above: Mapping[int, Clause]) -> Clause:
    children = {child.dep_: child for child in reversed(list(verb.children))}
    passive = "auxpass" in children or "nsubjpass" in children or _reduced_passive(verb)
    main = _is_main(verb)
    if main or (_lemma(verb) in _STATES_OF_MIND and "xcomp" in children and "agent" not in children):
        passive = False
    parent = clause_above(verb, above)
    passive = passive or (parent is not None and parent.passive and shares_auxiliary(verb, parent))
    above_things = having(verb)
    passive = passive or above_things is not None
    arguments = of_cleft(verb, own_arguments(verb, passive))
    clause = Clause(
        predicate=verb,
        lemma=_lemma(verb),
        arguments=of_causative(verb, above_things, arguments) if above_things is not None else arguments,
        passive=passive,
        negation=_negation(verb),
        tense="past" if main else _tense(verb),
        perfect=any(c.dep_ in {"aux", "auxpass"} and c.lemma_ == "have" for c in verb.children),
        modal=next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None),
        mark=children.get("mark") or next((c for c in verb.children if c.lower_ == "if"), None),
        link="ROOT" if main else verb.dep_,
        parent=parent.predicate if parent else None,
    )
    if main and "obj" not in clause.arguments:
        objects = [c for c in verb.head.children if c.dep_ == "appos" and c.i > verb.i]
        clause = replace(clause, arguments={**clause.arguments, **frozen({"obj": objects})})
    if verb.dep_ in {"relcl", "acl"}:
        clause = _undo_relative(clause, _whole(verb.head) if main else verb.head)
    return _inherit(clause, parent) if parent else clause


def _lemma(verb: Token) -> str:
    particle = next((c for c in verb.children if c.dep_ == "prt" and abs(c.i - verb.i) <= _REACH), None)
    lemma = _LEMMAS.get(verb.lower_, verb.lemma_.lower())
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def _is_main(verb: Token) -> bool:
    """ "The president, Hosni Mubarak, held a meeting": the parser takes the verb behind a title, a name and a comma
    for a participle; it is the sentence's own verb.
    """
    if verb.dep_ != "acl" or verb.tag_ not in {"VBD", "VBN"}:
        return False
    noun = _whole(verb.head)
    # "Gunmen on motorbikes killed 30 villagers, the ministry said": two subjects of one verb.
    doubled = noun.dep_ == "nsubj" and sum(c.dep_ == "nsubj" for c in noun.head.children) > 1
    if (noun.dep_ != "ROOT" and not doubled) or any(
        c.dep_ in {"agent", "aux", "auxpass"} for c in verb.children
    ):
        return False
    named = any(c.dep_ == "appos" and noun.i < c.i < verb.i for c in noun.children)
    intransitive = verb.lemma_ in verbs("intransitive")
    given = intransitive or verb.lemma_ in verbs("giving")
    active = not given and any(c.dep_ == "dobj" for c in verb.children)
    of_itself = verb.tag_ == "VBD" or intransitive or (named and verb.nbor(-1).text == ",")
    return active or (of_itself and noun == verb.head)


def _whole(noun: Token) -> Token:
    """ "Gunmen on motorbikes": the noun that the phrase around a noun is of."""
    while noun.dep_ == "pobj" and noun.head.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head.head
    return noun


def _reduced_passive(verb: Token) -> bool:
    """A participle that describes a noun in the passive: "the assembly, directed by Guaidó"."""
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" for c in verb.children):
        return False
    if any(c.dep_ == "agent" for c in verb.children):
        return True
    return verb.dep_ in {"acl", "relcl", "advcl"} and not any(
        c.dep_ in {"dobj", "nsubj"} for c in verb.children
    )


def _negation(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in _NEGATIVE_WORDS:
            affirms = child.i + 1 < len(child.doc) and child.nbor(1).lower_ in {"only", "just"}  # "not only"
            if not affirms:
                return child
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            if child.lower_ in _NEGATIVE_DETERMINERS:
                return child
            for word in child.children:
                if word.dep_ == "det" and word.lower_ in _NEGATIVE_DETERMINERS:
                    return word
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return verb.head
    return None


def _tense(verb: Token) -> str:
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(a.lower_ in {"will", "shall", "'ll", "’ll", "wo"} for a in auxiliaries):
        return "future"
    if verb.tag_ == "VBG" and verb.lemma_ == "go" and any(c.dep_ == "xcomp" for c in verb.children):
        return "future"
    tags = {a.tag_ for a in auxiliaries} | {verb.tag_}
    if any(a.lemma_ == "have" and a.tag_ in {"VBZ", "VBP", "VBD", "VB"} for a in auxiliaries):
        return "past"
    if "VBD" in tags or (verb.tag_ == "VBN" and verb.dep_ == "ROOT"):
        return "past"
    if tags & {"VBZ", "VBP"}:
        return "present"
    return "none"


def _undo_relative(clause: Clause, noun: Token) -> Clause:
    """Put the described noun where the relative word stands, or where its place was left empty."""
    if noun.pos_ in {"VERB", "AUX"}:
        return clause
    joined = conjuncts(noun)  # "China and India, which fought a war"
    antecedents = _listed(noun) or joined[: None if clause.predicate.left_edge.i > joined[-1].i else 1]
    arguments = dict(clause.arguments)
    subjects = arguments.get("subj", ())
    others = tuple(s for s in subjects if s.lower_ not in _RELATIVES)
    if others and len(others) < len(subjects) and "obj" not in arguments:
        arguments["subj"], arguments["obj"] = others, antecedents  # "which the two have criticised"
    filled = False
    for place, heads in arguments.items():
        if any(head.lower_ in _RELATIVES and head.tag_ in {"WP", "WDT", "WP$", "WRB"} for head in heads):
            arguments[place] = tuple(
                dict.fromkeys(t for h in heads for t in (antecedents if h.lower_ in _RELATIVES else (h,)))
            )
            filled = True
    if not filled:
        if clause.predicate.dep_ == "acl":
            infinitive = clause.predicate.tag_ == "VB"
            place = "obj" if clause.passive else "subj"
            if not infinitive and place not in arguments:
                arguments[place] = antecedents
        elif "subj" in arguments and "obj" not in arguments and not clause.passive:
            arguments["obj"] = antecedents
        elif "subj" not in arguments and not clause.passive:
            arguments["subj"] = antecedents
        elif clause.passive and "obj" not in arguments:
            arguments["obj"] = antecedents
    return replace(clause, arguments=arguments)


def _listed(noun: Token) -> tuple[Token, ...]:
    """ "Among those arrested were A and B", "those killed included C": whom "those" are said to be."""
    if noun.lower_ not in {"those", "people"}:
        return ()
    if noun.dep_ == "pobj" and noun.head.lower_ == "among" and noun.head.head.lemma_ == "be":
        verb, places = noun.head.head, {"nsubj", "attr"}
    elif noun.dep_ == "nsubj" and noun.head.lemma_ == "include":
        verb, places = noun.head, {"dobj"}
    else:
        return ()
    return tuple(t for c in verb.children if c.dep_ in places for t in conjuncts(c))


def _inherit(clause: Clause, parent: Clause) -> Clause:
    """Take subject, tense, modal and negation from the clause above where the verb has none of its own."""
    arguments = dict(clause.arguments)
    place = ("iobj" if "obj" in arguments else "obj") if clause.passive else "subj"
    if place not in arguments and (subjects := _inherited_subject(clause, parent)):
        arguments[place] = subjects
    joined = clause.link == "conj"
    if joined and clause.passive and parent.passive and "subj" in parent.arguments:
        arguments.setdefault("subj", parent.arguments["subj"])  # "detained by the army and beaten"
    if joined and "obj" in parent.arguments and not clause.passive and _shares_object(clause, parent):
        arguments.setdefault("obj", parent.arguments["obj"])
    own_tense = clause.tense != "none"
    # "will visit Kyiv and sign": the second verb has no auxiliary and takes the first one's.
    same_form = joined and not own_tense and clause.modal is None
    tense = clause.tense if own_tense or clause.link in {"ccomp", "relcl"} else parent.tense
    return replace(
        clause,
        arguments=arguments,
        tense=tense,
        modal=parent.modal if same_form else clause.modal,
        mark=clause.mark or (parent.mark if joined else None),
        negation=clause.negation or (parent.negation if same_form and _negation_spreads(clause) else None),
    )


def _negation_spreads(clause: Clause) -> bool:
    return any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in clause.predicate.head.children)


def _shares_object(clause: Clause, parent: Clause) -> bool:
    """ "beat and arrested protesters": the first verb's object, if any, stands after the second verb."""
    return any(noun.i > clause.predicate.i for noun in parent.arguments["obj"])


def _share_later_object(clause: Clause, clauses: Mapping[int, Clause]) -> Clause:
    """ "beat and arrested protesters": the first verb, right before the second, has its object too."""
    if clause.passive or "obj" in clause.arguments or len(clause.arguments) > 1:
        return clause
    following = [clauses[c.i] for c in clause.predicate.children if c.dep_ == "conj" and c.i in clauses]
    for later in following:
        if later.predicate.i == clause.predicate.i + 2 and not later.passive and "obj" in later.arguments:
            return replace(clause, arguments={**clause.arguments, "obj": later.arguments["obj"]})
    return clause


def _inherited_subject(clause: Clause, parent: Clause) -> tuple[Token, ...]:
    surface = parent.args("obj") if parent.passive else parent.args("subj")
    if clause.link == "conj":
        return surface
    if clause.link == "xcomp":
        if parent.passive or parent.lemma in _SUBJECT_CONTROL:
            return surface
        return parent.args("obj", "iobj") or surface
    if clause.link == "pcomp":
        preposition = clause.predicate.head
        if preposition.dep_ == "conj":  # "of beating them and of taking their phones"
            preposition = preposition.head
        # "accused officers of beating refugees": the parser may hang it on the officers
        near = {parent.predicate, *(parent.args("obj") if parent.lemma in verbs("charging") else ())}
        if preposition.head in near and preposition.lower_ in {"of", "from", "for", "into"}:
            return parent.args("obj") or surface
        return surface
    if clause.link in {"advcl", "acl", "ROOT", "parataxis"} and clause.tense in {"none", parent.tense}:
        has_to = any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.predicate.children)
        if clause.predicate.tag_ in {"VBG", "VBN"} or has_to:
            return surface
    return ()
