"""Finds the name that a description stands beside, and hangs the one on the other."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from polybius.actors.candidates import TITLES, Candidate, sector_of_name, type_words
from polybius.tables import read_table

_PLAIN = {"party", "movement", "group", "militia", "company", "newspaper", "alliance", "rebel group"}
# Words for persons and bodies alike: "its owner, Norwold Marine", "their partner, Z".
_EITHER = frozenset(
    row["word"]
    for row in read_table("polybius.ties", "ties.en.tsv")
    if row["pos"] == "n"
    and row["kind"] in {"owner", "supplier", "creditor", "debtor", "partner", "opponent", "ally"}
)
_CALLING = {"call", "name", "identify", "know", "dub", "nickname"}
_LOOSE = {"appos", "npadvmod", "dep", "intj"}  # how the parser hangs a name behind a comma


class Apposition:
    """The names of a report by token, asked for the one beside a description."""

    def __init__(self, doc: Doc, named: dict[int, Candidate]) -> None:
        self.doc, self.named = doc, named

    def name_of(self, candidate: Candidate, first: int) -> Candidate | None:
        """The name that a role word stands before ("President X") or beside ("X, the president"), if any.

        Args:
            candidate: a description.
            first: the first token of its role phrase.
        """
        token = owner = candidate.head
        if "state" in candidate.kinds:
            return None
        modifies = owner.dep_ in {"compound", "amod", "nmod"}
        if modifies and (right := self._name_behind(candidate)) is not None and _fits(candidate, right):
            return right  # "Prime Minister X and Foreign Minister Y", which the parser hangs all on Y
        while owner.dep_ in {"compound", "amod", "nmod"} and owner.head.i != owner.i:
            owner = owner.head
            named = self.named.get(owner.i) if owner.i > token.i else None
            if named is not None and not named.adjective:
                return named if _fits(candidate, named) else None
        if (body := self._name_before(candidate, first)) is not None:
            return body
        for other in self._beside(candidate):
            named = self.named.get(other.i)
            own = named is not None and named in (candidate.body, candidate.possessor)  # "X, whose head, Y,"
            if named is not None and not own and _fits(candidate, named):
                return named
        return self._name_behind(candidate) or self._closed(candidate) or self._shared(candidate)

    def names_of(self, candidate: Candidate) -> list[Candidate]:
        """ "Its owners, X and Y": the persons whom a plural stands before."""
        first = next(
            (c for c in candidate.head.children if c.dep_ == "appos" and c.i > candidate.head.i), None
        )
        if candidate.kinds != {"group"} or first is None or first.left_edge.i > candidate.head.i + 2:
            return []
        second = [c for c in first.children if c.dep_ == "conj"]
        both = [self.named.get(token.i) for token in (first, *second)]
        people = [c for c in both if c is not None and not c.entries]
        people += [c for c in both if c is not None and c.entries and c.kinds == {"person"}]
        known = any("person" in c.kinds for c in people) or len(people) < len(both)
        if len(both) < 2 or None in both[1:] or not people or not known:
            return []
        candidate.kinds, candidate.plural = frozenset({"person"}), False
        for one in people:
            one.kinds = candidate.kinds
        return people

    def _closed(self, candidate: Candidate) -> Candidate | None:
        """ "The Attorney General, X, said": the name between two commas, whatever the parser makes of it."""
        i = candidate.head.i + 1
        i += self.doc[i : i + 1].text in {"abroad", "here", "there"}  # "the rebels' envoy abroad, X,"
        if candidate.plural or "person" not in candidate.kinds or self.doc[i : i + 1].text != ",":
            return None
        named = self._after_titles(i + 1)
        if named is None or not (named.unsure or "person" in named.kinds):
            return None
        return named if self.doc[named.end : named.end + 1].text in {",", ")", "."} else None

    def _shared(self, candidate: Candidate) -> Candidate | None:
        """ "State Councilor and Foreign Minister X": two titles of one name."""
        i = candidate.head.i + 1
        if candidate.plural or "person" not in candidate.kinds or self.doc[i : i + 1].text != "and":
            return None
        if not candidate.head.text[0].isupper():
            return None
        for j in range(i + 1, min(i + 5, len(self.doc))):
            named = self.named.get(j)
            if named is not None or not self.doc[j].is_title:
                second = named is not None and j > i + 1 and named.start == j
                return named if second and named is not None and named.kinds == {"person"} else None
        return None

    def _after_titles(self, i: int) -> Candidate | None:
        """The name that starts here, forms of address and ranks aside ("Sir", "colonel")."""
        for j in range(i, min(i + 3, len(self.doc))):
            named = self.named.get(j)
            rank = self.doc[j].dep_ in {"compound", "amod"} and self.doc[j].head.i > j
            if named is not None or not (rank or self.doc[j].text[:1].isupper()):
                return named if named is not None and named.start == j else None
        return None

    def _name_before(self, candidate: Candidate, first: int) -> Candidate | None:
        """ "the M23 rebel movement", "Tass agency": a body called what it is."""
        named = self.named.get(first - 1)
        if named is None or candidate.plural or "person" in candidate.kinds | named.kinds:
            return None
        if named.end != first or not named.kinds & {"organization", "group"}:
            return None
        types = {entry.type or "" for entry in named.entries}
        called = any(candidate.role in type_words(type_) for type_ in types)
        plain = candidate.role in _PLAIN or (candidate.sector == "JRN" and named.sector in {None, "JRN"})
        return named if called or (plain and not named.entries) else None

    def _beside(self, candidate: Candidate) -> Iterator[Token]:
        """Heads of what stands in apposition, or is said to be what the description says ("X is the head")."""
        token = candidate.head
        if token.dep_ == "appos":
            yield token.head
        for child in token.children:
            if child.dep_ == "appos":
                yield child  # and beyond it: "the envoy, the diplomat X"
                yield from (c for c in child.children if c.dep_ == "appos" and child.i not in self.named)
        if token.dep_ == "attr" and not any(c.dep_ == "neg" for c in token.head.children):
            yield from (c for c in token.head.children if c.dep_ == "nsubj")
        yield from _called(token)
        yield from self._one_of(candidate)
        yield from self._behind_comma(candidate)

    def _one_of(self, candidate: Candidate) -> Iterator[Token]:
        """ "X, one of her aides", "one of her aides, X, said": the person of the group who is named beside it."""
        token = candidate.head
        one = token.head.head
        if token.dep_ != "pobj" or one.lower_ != "one" or candidate.kinds != {"group"}:
            return
        beside = [one.head] if one.dep_ == "appos" else []
        beside += [c for c in (*one.children, *token.children) if c.dep_ == "appos" and c.i > token.i]
        closed = self.named.get(token.i + 2) if self.doc[token.i + 1 : token.i + 2].text == "," else None
        beside += [closed.head] if closed is not None and closed.start == token.i + 2 else []
        if any(t.i in self.named for t in beside):
            candidate.kinds, candidate.plural = frozenset({"person"}), False
            yield from beside

    def _behind_comma(self, candidate: Candidate) -> Iterator[Token]:
        """ "the head of the union, X": the parser hangs X on the union, or nowhere."""
        for child in candidate.head.children:
            if child.dep_ != "prep" or child.i < candidate.head.i or candidate.kinds == {"organization"}:
                continue  # "the house of the minister, X"
            for i in range(child.i + 1, min(child.i + 15, len(self.doc) - 1)):
                named = self._after_titles(i + 1) if self.doc[i].text == "," else None
                closed = named is not None and self.doc[named.end : named.end + 1].text == ","
                if named is not None and ("person" in named.kinds or (closed and named.unsure)):
                    astray = (
                        named.head.dep_ == "nsubj" and named.head.head.i < named.start
                    )  # of no verb behind
                    if named.head.dep_ in _LOOSE or (closed and (astray or named.head.dep_ == "conj")):
                        yield named.head
                ended = i + 1 < len(self.doc) and self.doc[i + 1].is_sent_start
                if ended or self.doc[i].text == "," or self.doc[i].pos_ == "VERB":
                    return

    def _name_behind(self, candidate: Candidate) -> Candidate | None:
        """ "Prime Minister Koirala", where the parser sees no such link."""
        i = candidate.head.i + 1
        while i < len(self.doc) and self.doc[i].text in TITLES:
            i += 1
        named = self.named.get(i)
        if named is None or named.start != i or candidate.plural:
            return None
        person = "person" in named.kinds or (named.unsure and not candidate.definite)
        outlet = candidate.sector == "JRN" and candidate.kinds | named.kinds == {"organization"}
        return named if (person and "person" in candidate.kinds) or outlet else None


def _called(token: Token) -> Iterator[Token]:
    """ "A clerk named X", "a man known as X", "identified only by his surname, X": who is so called."""
    for clause in token.children:
        if clause.dep_ != "acl" or clause.lemma_ not in _CALLING:
            continue
        for child in clause.children:
            if child.dep_ in {"oprd", "dobj", "attr"}:
                yield child
            for noun in child.children if child.lower_ in {"as", "by"} else ():
                yield noun
                yield from (c for c in noun.children if c.dep_ == "appos")


def _fits(candidate: Candidate, named: Candidate) -> bool:
    """Whether a description can be one of the name; where spaCy alone says what is named, it decides."""
    if named.adjective:
        return False
    apt = not candidate.weak or candidate.kinds <= {"organization", "group"}
    if named.unsure and not named.entries and not candidate.plural and apt:
        return True
    if candidate.kinds <= {"organization", "group"}:
        return "person" not in named.kinds
    return bool(candidate.kinds & named.kinds)


def hang(description: Candidate, named: Candidate) -> None:
    """Let a description say who the name is: what the name's own entry does not settle."""
    tokens = description.head.doc[description.start : description.end]
    named.described.extend(t for t in tokens if not t.is_punct)
    if description.end < named.start or named.end < description.start:
        named.beside.append((description.start, description.end))
    either = named.kinds <= {"organization", "group"} and description.role in _EITHER
    if named.unsure and not named.entries and not description.plural and not named.roles and not either:
        firm = description.role in _EITHER and sector_of_name(named.name) == "BUS"
        named.kinds = frozenset({"organization"}) if firm else description.kinds
    if named.kinds == {"state"}:  # "France, the former colonial power": no sector of a state's
        return
    if description.role:
        named.roles.append(description.role)
    if not (description.weak and description.sector == "CVL"):  # "his son" is no sector
        named.sector = named.sector or description.sector
    for field in ("country", "office", "role", "age", "gender", "body", "possessor"):
        if getattr(named, field) is None:
            setattr(named, field, getattr(description, field))
    named.unsure = False
    named.former = named.former or description.former
