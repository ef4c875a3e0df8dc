"""Finds the words that may stand for an actor: names, descriptions, demonyms and pronouns.

Nothing is decided here about who is meant; ``chains`` does that. What a candidate's own words say of it
(kind, country, sector, office) is read here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from polybius.actors.roles import Role, Roles
from polybius.knowledge import Entry, Knowledge
from polybius.parse import Parsed
from polybius.record import Place
from polybius.record.model import MentionKind
from polybius.tables import read_table

_ENTITY_KINDS = {"PERSON": "person", "ORG": "organization", "NORP": "group"}
STATE_WORDS = {"country", "nation", "state", "republic", "kingdom"}
_PRONOUNS = {row["word"]: row for row in read_table("polybius.actors", "pronouns.en.tsv")}
_ADHERENTS = {row["word"]: row["country"] for row in read_table("polybius.actors", "adherents.en.tsv")}
_TITLES = {row["word"]: row["gender"] for row in read_table("polybius.actors", "titles.en.tsv")}


@dataclass(slots=True, eq=False)
class Candidate:
    """Words that may stand for an actor, with what they say of it.

    ``start`` and ``end`` are token indices, end exclusive; ``kinds`` what it may be (empty: unknown);
    ``described`` the tokens of descriptions that say who this name is.
    """

    start: int
    end: int
    head: Token
    form: MentionKind
    kinds: frozenset[str] = frozenset()
    name: str = ""
    entries: tuple[Entry, ...] = ()
    country: str | None = None
    regions: frozenset[str] = frozenset()
    sector: str | None = None
    office: str | None = None
    role: str | None = None
    former: bool = False
    weak: bool = False
    plural: bool = False
    definite: bool = False
    bare: bool = False
    gender: str | None = None
    body: Candidate | None = None
    possessor: Candidate | None = None
    described: list[Token] = field(default_factory=list)
    actor: str | None = None


def find_names(
    parsed: Parsed, knowledge: Knowledge, places: Iterable[Place], roles: Roles
) -> list[Candidate]:
    """Known names, and what spaCy takes for a person, a body or a people; in the order of the text."""
    doc = parsed.doc
    not_states = _place_tokens(doc, places, knowledge)
    found = [*_known(doc, knowledge, not_states)]
    taken = {i: candidate for candidate in found for i in range(candidate.start, candidate.end)}
    for entity in doc.ents:
        kind = _ENTITY_KINDS.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(doc, entity.start, entity.end)
        if (named := _after_title(doc, start, end, roles)) > start:
            start, kind = named, "person"
        if start >= end or any(i in not_states for i in range(start, end)) or not _name_like(doc, start, end):
            continue
        if kind != "person" and _no_proper_name(doc, start, end, roles):
            continue
        inside = {id(taken[i]): taken[i] for i in range(start, end) if i in taken}
        if any(c.start <= start and c.end >= end for c in inside.values()):
            continue
        if kind == "person":
            if any(c.end - c.start > 1 or c.end > end or c.start < start for c in inside.values()):
                continue
            found = [c for c in found if id(c) not in inside]
        elif kind == "group" or any(c.end > end or c.start < start for c in inside.values()):
            continue
        head = doc[start:end].root
        candidate = Candidate(start, end, head, "name", frozenset({kind}), doc[start:end].text)
        candidate.country = next((c.country for c in inside.values() if c.country), None)
        candidate.plural = head.tag_ == "NNPS"
        found = [c for c in found if not (id(c) in inside and c.form == "name" and c.head.i == head.i)]
        found.append(candidate)
    found.extend(_surnames_again(doc, found, not_states))
    for candidate in found:
        before = doc[candidate.start - 1] if candidate.start else None
        if before is not None and before.text in _TITLES and "person" in candidate.kinds:
            candidate.gender = _TITLES[before.text] or None
    return sorted(found, key=lambda c: (c.start, -c.end))


def _surnames_again(doc: Doc, found: list[Candidate], skip: set[int]) -> Iterator[Candidate]:
    """Surnames of persons named in full elsewhere, where spaCy did not see a name."""
    people = [c for c in found if "person" in c.kinds and c.end - c.start > 1]
    surnames = {doc[c.end - 1].text for c in people}
    taken = {i for c in found for i in range(c.start, c.end)} | skip
    for token in doc:
        if token.i not in taken and token.text in surnames and token.pos_ in {"PROPN", "NOUN", "ADJ"}:
            yield Candidate(token.i, token.i + 1, token, "name", frozenset({"person"}), token.text)


def find_pronouns(doc: Doc) -> Iterator[Candidate]:
    """Personal and possessive pronouns; not "it" as in "it rains" or "it is clear that"."""
    for token in doc:
        row = _PRONOUNS.get(token.lower_)
        if row is None or token.pos_ not in {"PRON", "DET"} or token.text == "US":
            continue
        if token.lower_ == "it" and _empty_it(token):
            continue
        kinds = {"person": {"person"}, "body": {"state", "organization", "group"}, "group": {"group"}}
        yield Candidate(
            token.i,
            token.i + 1,
            token,
            "pronoun",
            frozenset(kinds[row["kind"]]),
            plural=bool(row["plural"]),
            gender=row["gender"] or None,
            role=row["person"],
        )


def find_descriptions(
    doc: Doc, names: list[Candidate], knowledge: Knowledge, roles: Roles
) -> Iterator[Candidate]:
    """Noun phrases whose head is a role word or a demonym; those that describe a name are hung on it."""
    at = {i: c for c in names for i in range(c.start, c.end)}
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or (token.i in at and at[token.i].form != "metonym"):
            continue
        candidate = _described_by_role(token, at, roles, knowledge) or _described_by_people(
            token, knowledge, at
        )
        if candidate is None:
            continue
        named = _described_name(token, candidate, at)
        if named is None:
            if token.dep_ not in {"compound", "amod"} or candidate.form == "name":
                yield candidate
        else:
            _hang(candidate, named)


def country_of(token: Token, at: dict[int, Candidate], knowledge: Knowledge) -> str | None:
    """The country that an adjective, possessor or name before or after a noun gives it."""
    if (candidate := at.get(token.i)) is not None and candidate.country:
        return candidate.country
    return knowledge.country_of_adjective(token.text) or _ADHERENTS.get(token.text)


def _place_tokens(doc: Doc, places: Iterable[Place], knowledge: Knowledge) -> set[int]:
    """Tokens of places that are no state's name: "in Moscow", not "in Russia", which names the state too."""
    tokens: set[int] = set()
    for place in places:
        if any(entry.kind == "state" for entry in knowledge.named(place.name)):
            continue
        span = doc.char_span(*place.span, alignment_mode="expand")
        if span is not None:
            tokens.update(range(span.start, span.end))
    return tokens


def _known(doc: Doc, knowledge: Knowledge, skip: set[int]) -> Iterator[Candidate]:
    words = [token.text for token in doc]
    i = 0
    while i < len(words):
        if i in skip or not words[i][:1].isalnum():
            i += 1
            continue
        match = knowledge.longest_match(words, i)
        if match is None:
            if knowledge.countries_of_region(" ".join(words[i : i + 2])):
                i += 2  # "Latin American" is no American
                continue
            if capital := _capital(words, i, knowledge):
                length, code = capital
                yield _state_by(doc, i, i + length, knowledge.state(code), "metonym")
                i += length
                continue
            adjective = knowledge.country_of_adjective(words[i]) if words[i][0].isupper() else None
            if adjective and not _stands_for_people(doc[i], knowledge):
                yield _state_by(doc, i, i + 1, knowledge.state(adjective), "name")
            i += 1
            continue
        length, entries = match
        if entries and any(word[:1].isupper() for word in words[i : i + length]):
            yield _known_name(doc, i, i + length, entries)
        i += length


def _known_name(doc: Doc, start: int, end: int, entries: tuple[Entry, ...]) -> Candidate:
    kinds = frozenset(entry.kind for entry in entries)
    countries = {entry.country for entry in entries}
    candidate = Candidate(start, end, doc[start:end].root, "name", kinds, doc[start:end].text, entries)
    candidate.country = countries.pop() if len(countries) == 1 else None
    return candidate


def _capital(words: list[str], start: int, knowledge: Knowledge) -> tuple[int, str] | None:
    """The capital whose name begins here, if it was not read as a place: its government."""
    if not words[start][0].isupper():
        return None
    for length in (3, 2, 1):
        name = words[start : start + length]
        if len(name) == length and (code := knowledge.country_of_capital(" ".join(name))):
            return length, code
    return None


def _stands_for_people(token: Token, knowledge: Knowledge) -> bool:
    """ "the Venezuelan said": a demonym that is a noun phrase of its own."""
    alone = token.dep_ not in {"amod", "compound", "nmod", "poss"} and token.pos_ != "ADJ"
    determined = any(c.dep_ == "det" for c in token.children) or token.text.endswith("s")
    return alone and determined and knowledge.country_of_people(token.text) is not None


def _state_by(doc: Doc, start: int, end: int, state: Entry, form: MentionKind) -> Candidate:
    """A state meant by its adjective or its capital."""
    kinds = frozenset({"state"})
    words = doc[start:end]
    return Candidate(start, end, words.root, form, kinds, state.name, (state,), country=state.country)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Drop "the", forms of address and the possessive mark from the ends of an entity."""
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].text in _TITLES):
        start += 1
    bracket = next((i for i in range(start, end) if doc[i].text in {"(", "["}), end)
    end = min(end, bracket) if bracket > start else end
    while start < end and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_punct):
        end -= 1
    return start, end


def _after_title(doc: Doc, start: int, end: int, roles: Roles) -> int:
    """Where the name begins in "Major Salou Djibo", which spaCy may take for a body."""
    for first in range(end - 1, start, -1):
        found = roles.ending_at(doc[first - 1])
        if found is not None and found[0].kind == "person" and found[1] <= start:
            return first if doc[first].pos_ == "PROPN" else start
    return start


def _no_proper_name(doc: Doc, start: int, end: int, roles: Roles) -> bool:
    """Whether an entity is only a role word ("Parliament") or a word for a leader's followers."""
    if doc[start].text in _ADHERENTS and end - start == 1:
        return True
    found = roles.ending_at(doc[end - 1])
    return found is not None and found[1] <= start


def _name_like(doc: Doc, start: int, end: int) -> bool:
    """Whether every word of weight is capitalised, and the whole is no stretch of shouted headline."""
    words = [t for t in doc[start:end] if t.is_alpha and len(t) > 3]
    capitalised = any(t.text[0].isupper() for t in doc[start:end])
    return capitalised and all(t.text[0].isupper() for t in words) and "\n" not in doc[start:end].text


def _empty_it(token: Token) -> bool:
    verb = token.head
    if token.dep_ == "expl":
        return True
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} for c in verb.children)
    return (
        token.dep_ in {"nsubj", "nsubjpass"}
        and clause
        and verb.lemma_ in {"be", "seem", "appear", "announce"}
    )


def _described_by_role(
    token: Token, at: dict[int, Candidate], roles: Roles, knowledge: Knowledge
) -> Candidate | None:
    found = _country_word(token) or roles.ending_at(token)
    if found is None or token.pos_ == "ADJ":
        return None
    role, first = found
    start = min([first, *(c.left_edge.i for c in token.children if c.dep_ in _BEFORE and c.i < token.i)])
    while start < token.i and (token.doc[start].dep_ == "det" or token.doc[start].lower_ in _NOT_FIRST):
        start += 1
    plural = token.tag_ in {"NNS", "NNPS"}
    candidate = Candidate(start, token.i + 1, token, "description", frozenset({role.kind}))
    if plural and role.kind in {"person", "state"}:
        candidate.kinds = frozenset({"group"})
    candidate.name = token.doc[start : token.i + 1].text
    candidate.sector, candidate.office, candidate.role = role.sector, role.office, role.word
    candidate.weak, candidate.plural = role.weak, plural
    candidate.gender = "f" if role.word.endswith(("woman", "queen")) else None
    _read_modifiers(candidate, first, at, knowledge)
    described = any(c.dep_ not in {"det", "punct", "cc", "conj"} for c in token.children)
    candidate.bare = not described and first == token.i
    return candidate


_NOT_FIRST = {"whose", "his", "her", "its", "their", "our", "my", ",", "-", "’s", "'s", '"', "“", "”"}


def _country_word(token: Token) -> tuple[Role, int] | None:
    """ "the country", "50 nations": states spoken of without their names."""
    if token.lemma_.lower() in STATE_WORDS:
        return Role(token.lemma_.lower(), "state", None, None, False), token.i
    return None


_BEFORE = {"amod", "compound", "nmod", "poss", "nummod", "det", "quantmod"}
_FORMER = {"former", "ex", "ex-", "late", "then", "then-", "ousted", "deposed", "outgoing", "erstwhile"}


def _read_modifiers(candidate: Candidate, first: int, at: dict[int, Candidate], knowledge: Knowledge) -> None:
    """Country, body and standing from what stands before the role word and in its "of" and "for" phrases."""
    head = candidate.head
    for child in head.children:
        if child.dep_ == "det" or child.dep_ == "poss":
            candidate.definite = child.lower_ not in {"a", "an", "some", "any", "no", "every", "each"}
        if child.lower_ == "whose":
            candidate.body = candidate.body or _antecedent_of(child, at)
        elif child.dep_ in _BEFORE:
            for token in child.subtree:
                _take_modifier(candidate, token, child.dep_ == "poss" and token == child, at, knowledge)
        elif child.dep_ == "prep" and child.lower_ in {"of", "for", "from", "in", "at"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    _take_modifier(candidate, noun, child.lower_ in {"of", "for"}, at, knowledge)
    for token in head.doc[candidate.start : first]:
        _take_modifier(candidate, token, False, at, knowledge)


def _antecedent_of(whose: Token, at: dict[int, Candidate]) -> Candidate | None:
    for ancestor in whose.ancestors:
        if ancestor.dep_ == "relcl":
            return at.get(ancestor.head.i)
    return None


def _take_modifier(
    candidate: Candidate, token: Token, owner: bool, at: dict[int, Candidate], knowledge: Knowledge
) -> None:
    if token.lower_ in _FORMER or token.lower_.startswith("ex-"):
        candidate.former = candidate.former or token.lower_ not in {"outgoing"}
    other = at.get(token.i)
    before = token.nbor(-1).text if token.i else ""
    if region := knowledge.countries_of_region(f"{before} {token.text}"):
        candidate.regions = region
        return
    candidate.country = candidate.country or country_of(token, at, knowledge)
    if other is not None and other.kinds & {"organization", "group"}:
        candidate.body = candidate.body or other
        candidate.sector = candidate.sector or other.sector or _single(e.sector for e in other.entries)
        candidate.country = candidate.country or _single(e.country for e in other.entries)
    if owner and other is not None:
        candidate.possessor = candidate.possessor or other
    if not candidate.country and not candidate.regions:
        candidate.regions = knowledge.countries_of_region(token.text)


def _single(values: Iterable[str | None]) -> str | None:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def _described_by_people(token: Token, knowledge: Knowledge, at: dict[int, Candidate]) -> Candidate | None:
    """ "the Venezuelan", "Bangladeshis": a demonym used as a noun."""
    code = knowledge.country_of_people(token.text) or _ADHERENTS.get(token.text)
    if code is None or token.dep_ in {"amod", "compound", "nmod"} or not token.text[0].isupper():
        return None
    determiner = next((c for c in token.children if c.dep_ == "det"), None)
    plural = token.tag_ in {"NNS", "NNPS"} or token.text.endswith("s")
    if not plural and determiner is None:
        return None
    kinds = frozenset({"group"} if plural else {"person"})
    candidate = Candidate(token.i, token.i + 1, token, "description", kinds, token.text, country=code)
    candidate.plural, candidate.definite = plural, determiner is not None and determiner.lower_ == "the"
    return candidate


def _described_name(token: Token, candidate: Candidate, at: dict[int, Candidate]) -> Candidate | None:
    """The name that a role word stands before ("President X") or beside ("X, the president")."""
    owner = token
    while owner.dep_ in {"compound", "amod", "nmod"} and owner.head.i != owner.i:
        owner = owner.head
        if (named := at.get(owner.i)) is not None and owner.i > token.i:
            return named if _fits(candidate, named) else None
    if token.dep_ == "appos" and (named := at.get(token.head.i)) is not None and _fits(candidate, named):
        return named
    for child in token.children:
        if child.dep_ == "appos" and (named := at.get(child.i)) is not None and _fits(candidate, named):
            return named
    following = at.get(token.i + 1) if token.i + 1 < len(token.doc) else None
    if following is not None and "person" in following.kinds and "person" in candidate.kinds:
        return following
    return None


def _fits(candidate: Candidate, named: Candidate) -> bool:
    if candidate.kinds <= {"organization", "group"}:
        return "person" not in named.kinds
    return bool(candidate.kinds & named.kinds)


def _hang(description: Candidate, named: Candidate) -> None:
    """Let a description say who the name is: what the name's own entry does not settle."""
    named.described.extend(
        t for t in description.head.doc[description.start : description.end] if not t.is_punct
    )
    named.country = named.country or description.country
    named.sector = named.sector or description.sector
    named.office = named.office or description.office
    named.role = named.role or description.role
    named.former = named.former or description.former
    named.gender = named.gender or description.gender
    named.body = named.body or description.body
