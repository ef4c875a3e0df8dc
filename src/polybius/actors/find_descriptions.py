"""Finds descriptions: noun phrases whose head is a role word or a demonym, and what they say of whom they mean.

Those that stand beside a name ("the spokesman, Dmitri Peskov") are hung on it; the others are candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from polybius.actors.apposition import Apposition, hang
from polybius.actors.belonging import Belonging
from polybius.actors.candidates import ADHERENTS, BEFORE, Candidate, country_of, single
from polybius.actors.deeds import acts
from polybius.actors.demonyms import people_at
from polybius.actors.fullest import widen
from polybius.actors.outlets import told
from polybius.actors.roles import Role, Roles
from polybius.actors.several import count_of
from polybius.knowledge import Knowledge
from polybius.tables import read_table, values

STATE_WORDS = {"country", "nation", "state", "republic"}
_STATES_BY_FORM = {
    row["word"]: frozenset(values(row["countries"]))
    for row in read_table("polybius.actors", "state_words.en.tsv")
}
_APART = {"minority", "diaspora"}  # "the Albanian minority" is not Albania's
_NEIGHBOURS = {"neighbour", "neighbor"}
REGIONS = {"Asian", "African", "European", "American", "Eurasian"}  # "the Asian giant" is no firm
_NOT_FIRST = {"whose", "his", "her", "its", "their", "our", "my", ",", "-", "’s", "'s", "'", "’"}
_MARKS = {'"', "“", "”", "(", "["}
_FORMER = {"former", "ex", "late", "then", "ousted", "deposed", "outgoing", "erstwhile", "onetime"}
_SEVERAL = {"some", "both", "several", "many", "few"}
_INDEFINITE = _SEVERAL | {"a", "an", "any", "no", "every", "each", "another"}
_QUANTITIES = _SEVERAL | {"more", "most", "all", "other", "two", "such", "over"}
_PREDICATING = {"be", "become", "remain", "make", "swear"} | {"name", "elect", "appoint", "declare"}
_PREDICATING |= {"proclaim", "call"}
_POSTS = {"post", "office", "title", "job", "role", "position", "rank", "candidate", "bid", "run", "election"}
_SENT = frozenset(row["word"] for row in read_table("polybius.actors", "sent.en.tsv"))
_SENT_OUT = {"MIL", "UNO", "IGO", "NGO", "REB", "UAF"}
_AIDES = {"aide", "adviser", "advisor", "assistant"}
_COUNTS = frozenset(row["word"] for row in read_table("polybius.actors", "counts.en.tsv"))
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")  # "09:45 A UN official says", on a page of notes
_AGED = re.compile(r"\b(\d{1,3})-year-old\b")
_ENDINGS = ("woman", "women", "queen", "princess", "empress", "nun")
_THINGS = frozenset(row["word"] for row in read_table("polybius.actors", "things.en.tsv"))
_HELPED = frozenset(row["word"] for row in read_table("polybius.actors", "helped.en.tsv"))
_NOUN_PLACES = {"nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "dative", "conj", "ROOT"}


def find_descriptions(
    doc: Doc,
    names: list[Candidate],
    pronouns: list[Candidate],
    knowledge: Knowledge,
    roles: Roles,
    located: Mapping[int, str],
) -> list[Candidate]:
    """The descriptions that are not hung on a name, in the order of their heads.

    Args:
        doc: the parsed text.
        names: what ``find_names`` found; names that a description stands beside take over what it says.
        pronouns: what ``find_pronouns`` found: possessors.
        knowledge: for adjectives of countries and regions.
        roles: role words.
        located: the country of each token that names a place.
    """
    return list(_Descriptions(doc, names, pronouns, knowledge, roles, located).run())


class _Descriptions:
    def __init__(
        self,
        doc: Doc,
        names: list[Candidate],
        pronouns: list[Candidate],
        knowledge: Knowledge,
        roles: Roles,
        located: Mapping[int, str],
    ) -> None:
        self.doc, self.knowledge, self.roles, self.located = doc, knowledge, roles, located
        self.named = {i: c for c in names for i in range(c.start, c.end)}
        self.at = self.named | {c.start: c for c in pronouns}
        self.first: dict[int, int] = {}

    def run(self) -> Iterator[Candidate]:
        found = [c for token in self.doc if (c := self._at_head(token)) is not None]
        for candidate in found:
            self.at.setdefault(candidate.head.i, candidate)
        for candidate in found:
            self._read_modifiers(candidate)
        beside, taken = Apposition(self.doc, self.named), self.named.keys() | self.located.keys()
        heads = {candidate.head.i: candidate for candidate in found}
        for candidate in found:
            token = candidate.head
            behind = heads.get(token.i + 1)
            if behind is not None and token.dep_ == "compound":  # "tribunal" in "tribunal president X"
                if self.first.get(behind.head.i, token.i) > token.i:
                    if candidate.sector == "PTY":  # "Party spokesman X": the one spoken of
                        candidate.definite = not any(c.lower_ in _INDEFINITE for c in behind.head.children)
                    behind.body = behind.body or candidate
                    yield candidate
                continue
            named = beside.name_of(candidate, self.first.get(token.i, candidate.start))
            several = beside.names_of(candidate) if named is None else [named]
            if several:
                for one in several:
                    hang(candidate, one)
            elif token.dep_ not in {"compound", "amod"} and not self._inert(candidate):
                widen(candidate, self.doc, taken)
                yield candidate
        belonging = Belonging(self.doc, self.at, self.named, self.located)
        for named in {id(c): c for c in self.named.values()}.values():
            belonging.read(named)

    def _at_head(self, token: Token) -> Candidate | None:
        taken = self.named.get(token.i)
        whole = taken is not None and (taken.form != "metonym" or taken.end - taken.start > 1)
        if whole or (token.i in self.located and token.pos_ == "PROPN"):
            return None
        before_name = (
            named := self.named.get(token.i + 1)
        ) is not None and named.unsure  # "the weekly Vodiy"
        if (token.pos_ in {"NOUN", "PROPN"} or before_name) and (candidate := self._by_role(token)):
            return candidate
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} and (candidate := self._by_people(token)):
            return candidate
        return self._by_age(token) or self._by_participle(token) or self._by_quantity(token)

    def _by_role(self, token: Token) -> Candidate | None:
        found = _country_word(token) or self.roles.ending_at(token)
        beside = {self.doc[i].text for i in (token.i - 1, token.i + 1) if 0 <= i < len(self.doc)}
        if found is None or ("-" in beside and token.lemma_ in STATE_WORDS):  # "state-owned", "27-nation"
            return None
        role, first = found
        party = self.named.get(first) if first < token.i else None
        if party is not None and party.sector == "PTY" and (alone := self.roles.named(token.lemma_)):
            role, first = alone, token.i  # "the Labor leader" is no trade unionist
        start = self._start(token, first)
        plural = self.roles.is_plural(token)
        joined = self.doc[
            token.i : token.i + 3
        ].text.lower()  # "secretary-general", whose head is its first word
        end = token.i + (3 if "-" in joined and role.word.endswith((joined, joined.replace("-", " "))) else 1)
        candidate = Candidate(start, end, token, "description", frozenset({role.kind}))
        if role.kind == "organization":  # "companies", not "police"
            plural = plural and token.lower_ != role.word.rsplit(" ", 1)[-1]
        if plural and role.kind in {"person", "state"}:
            candidate.kinds = frozenset({"group"})
        if role.word.startswith(("former ", "ex-", "ex ")):
            candidate.former = True
            role = (
                self.roles.named(role.word.split("-", 1)[-1].removeprefix("former ").removeprefix("ex "))
                or role
            )
        candidate.take_role(role)
        if role.kind == "state":
            candidate.regions = _STATES_BY_FORM.get(role.word, candidate.regions)
        candidate.plural, candidate.count = plural, count_of(token) if plural else None
        candidate.name = self._label(start, token) + self.doc[token.i + 1 : end].text
        candidate.gender = "f" if role.word.endswith(_ENDINGS) else None
        if aged := _AGED.search(self.doc[start : token.i + 1].text):
            candidate.age = aged.group(1)
        self.first[token.i] = first
        return candidate

    def _start(self, token: Token, first: int) -> int:
        before = [c for c in token.children if c.dep_ in BEFORE and c.i < token.i]
        start = min([first, *(c.left_edge.i for c in before)])
        for i in range(token.i - 1, start - 1, -1):
            word = self.doc[i]
            apart = i in self.located and i and self.doc[i - 1].lower_ in {"in", "at", "near"}
            dash = word.text in {"-", "--", "–", "—"} and bool(word.whitespace_)
            dated = word.ent_type_ == "DATE" and word.pos_ == "PROPN"  # "on Monday soldiers took"
            if word.text in _MARKS or dash or apart or dated or _CLOCK.fullmatch(word.text):
                return i + 1  # "in Togo doctors went on strike"
        while start < token.i and (
            self.doc[start].is_space or self.doc[start].dep_ == "det" or self.doc[start].lower_ in _NOT_FIRST
        ):
            start += 1
        return start

    def _label(self, start: int, token: Token) -> str:
        """The description without possessor, numeral and quantity: "soldiers", not "his 200 soldiers"."""
        for child in token.children:
            if child.dep_ == "poss" and child.i < token.i:
                start = max(start, child.i + 1)
        quantity = {t.i for c in token.children if c.dep_ in {"nummod", "quantmod"} for t in c.subtree}
        while start < token.i and not _AGED.match(self.doc[start : token.i].text):  # "45-year-old shopkeeper"
            counts = start in quantity or self.doc[start].like_num
            if not counts and self.doc[start].lower_ not in _QUANTITIES | _NOT_FIRST:
                break
            start += 1
        return self.doc[start : token.i + 1].text

    def _by_people(self, token: Token) -> Candidate | None:
        """ "the Venezuelan", "Bangladeshis": a demonym used as a noun."""
        people = people_at(token, self.knowledge)
        first, code = people or (token.i, ADHERENTS.get(token.text))
        plural = token.tag_ in {"NNS", "NNPS"} or token.text.endswith("s")
        if code is None or not token.text[0].isupper():
            return None
        if token.dep_ in {"amod", "compound", "nmod"} and not (plural and token.tag_ in {"NNS", "NNPS"}):
            return None
        determiner = next((c for c in token.children if c.dep_ == "det"), None)
        if not plural and determiner is None:
            return None
        kinds = frozenset({"group"} if plural else {"person"})
        before = [c.i for c in token.children if c.dep_ in {"amod", "compound"} and c.i == token.i - 1]
        start = min([first, *before])
        name = self.doc[start : token.i + 1].text
        candidate = Candidate(start, token.i + 1, token, "description", kinds, name, country=code)
        candidate.plural, candidate.definite = plural, determiner is not None and determiner.lower_ == "the"
        return candidate

    def _by_age(self, token: Token) -> Candidate | None:
        """ "the 61-year-old"."""
        aged = (
            token.lower_ == "old" and token.i > 4 and _AGED.search(self.doc[token.i - 4 : token.i + 1].text)
        )
        if not aged or token.dep_ not in _NOUN_PLACES or self.doc[token.i - 5].lower_ != "the":
            return None
        candidate = Candidate(token.i - 4, token.i + 1, token, "description", frozenset({"person"}))
        candidate.name, candidate.age = self.doc[token.i - 4 : token.i + 1].text, aged.group(1)
        candidate.definite = candidate.weak = candidate.fresh = True
        return candidate

    def _by_participle(self, token: Token) -> Candidate | None:
        """ "the rescued", "the wounded": those spoken of already."""
        if token.tag_ not in {"VBN", "JJ", "NN"} or token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            return None
        if not token.lower_.endswith("ed") or not (token.i and token.nbor(-1).lower_ == "the"):
            return None
        candidate = Candidate(token.i, token.i + 1, token, "description", frozenset({"group"}), token.text)
        candidate.definite = candidate.weak = candidate.bare = candidate.plural = True
        if any(t.lower_ in {"is", "has", "was"} for t in (*token.head.children, token.head)):
            candidate.kinds, candidate.plural = frozenset({"person"}), False
        return candidate

    def _by_quantity(self, token: Token) -> Candidate | None:
        """ "Thousands rallied in Baghdad", "dozens were arrested": people, though it is not said who."""
        whom = any(c.dep_ in {"prep", "compound"} for c in token.children)
        if token.lower_ not in _COUNTS or token.dep_ not in {"nsubj", "nsubjpass"} or whom:
            return None
        if token.head.pos_ != "VERB":
            return None
        candidate = Candidate(token.i, token.i + 1, token, "description", frozenset({"group"}), token.text)
        candidate.plural, candidate.sector = True, "CVL"
        return candidate

    # what stands around the head

    def _read_modifiers(self, candidate: Candidate) -> None:
        """Country, body and standing from what stands before the role word and in its "of" and "for" phrases."""
        head = candidate.head
        if head.i not in self.first:
            return
        determiners = [c for c in head.children if c.dep_ in {"det", "poss"}]
        determiners += self.doc[candidate.start - 1 : candidate.start] if candidate.start else []
        for determiner in determiners:
            if determiner.dep_ in {"det", "poss"}:
                candidate.definite = determiner.lower_ not in _INDEFINITE
        for child in head.children:
            if child.lower_ == "whose":
                whose = self._antecedent_of(child)
                if whose is not None and whose.kinds == {"person"}:
                    candidate.possessor = candidate.possessor or whose
                else:
                    candidate.body = candidate.body or whose
            elif child.dep_ in BEFORE:
                for token in child.subtree:
                    self._take(candidate, token, owner=child.dep_ == "poss" and token == child)
            elif child.dep_ == "prep" and child.lower_ in self._telling(candidate):
                for noun in (c for c in child.children if c.dep_ == "pobj"):
                    self._take(candidate, noun, owner=child.lower_ in {"of", "for", "to"})
                    if child.lower_ != "for":
                        self._take_place(candidate, noun, child.lower_)
        for token in self.doc[candidate.start : self.first[head.i]]:
            self._take(candidate, token, owner=False)
        self._judge(candidate)

    def _telling(self, candidate: Candidate) -> set[str]:
        """Prepositions behind which whose he is stands: "an aide to X" is his; an envoy to him is another's."""
        aide = (candidate.role or "").split(" ")[-1] in _AIDES
        return {"of", "for", "from", "in", "at", *(["to"] if aide else [])}

    def _judge(self, candidate: Candidate) -> None:
        """Whether the phrase is bare ("the group"), and whether it may tell something new of a known person."""
        head = candidate.head
        empty = {"det", "punct", "cc", "conj", "appos", "case"}
        if "person" in candidate.kinds and head.i + 1 < len(self.doc) and head.nbor(1).text == ",":
            empty.add("relcl")  # ", who won by a landslide" tells nobody apart
        said = [c for c in head.children if c.dep_ not in empty and not (candidate.weak and c.tag_ == "VBN")]
        # "accused the alliance of killing two": what it is accused of tells it apart from none
        said = [c for c in said if c.dep_ != "prep" or all(g.tag_ != "VBG" for g in c.children)]
        if candidate.former and candidate.sector == "GOV":
            candidate.sector = "ELI"
        if candidate.role == "deputy" and candidate.possessor is not None:
            candidate.sector = None  # "his deputy" need sit in no parliament
        if candidate.role in _APART:
            candidate.country = None
        counted = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _COUNTS
        candidate.bare = not said and self.first[head.i] == head.i and not counted  # "thousands of people"
        owned = candidate.possessor is not None or candidate.body is not None
        tells = candidate.age or candidate.former or any(c.dep_ == "amod" for c in said) or candidate.country
        candidate.fresh = candidate.definite and not candidate.plural and bool(tells) and not owned

    def _antecedent_of(self, whose: Token) -> Candidate | None:
        for ancestor in whose.ancestors:
            if ancestor.dep_ == "relcl":
                return self.at.get(ancestor.head.i)
        return None

    def _take(self, candidate: Candidate, token: Token, *, owner: bool) -> None:
        if token.lower_ in _FORMER or token.lower_.startswith("ex-"):
            candidate.former = candidate.former or token.lower_ != "outgoing"
        other = self.at.get(token.i)
        if other is candidate:
            return
        if other is None and self._region(candidate, token):
            return
        candidate.country = candidate.country or country_of(token, self.at, self.knowledge)
        if other is None:
            return
        if other.form != "pronoun" and other.kinds & {"organization", "group"} and not other.weak:
            candidate.body = candidate.body or other
            candidate.country = candidate.country or single([e.country for e in other.entries])
        named_after = token.dep_ == "compound" and other.kinds == {"person"} and candidate.sector == "GOV"
        if owner or named_after:  # "the Chávez government"
            candidate.possessor = candidate.possessor or other

    def _take_place(self, candidate: Candidate, noun: Token, preposition: str) -> None:
        """ "Troops from Saudi Arabia", "workers in Manama"; but the embassy in Tehran is another country's."""
        sent = (candidate.role or "").rsplit(" ", 1)[-1] in _SENT
        country = self.located.get(noun.i)
        if country is None or candidate.country is not None or candidate.body is not None or sent:
            return
        if preposition in {"of", "from"}:
            candidate.country = country
        elif candidate.sector not in _SENT_OUT - {"MIL"} and (
            "person" not in candidate.kinds or candidate.sector in {"GOV", "MIL", "COP"}
        ):
            candidate.country, candidate.guessed = country, True

    def _region(self, candidate: Candidate, token: Token) -> bool:
        """ "the Latin American country": which countries it may be."""
        before = token.nbor(-1).text if token.i else ""
        if region := self.knowledge.countries_of_region(f"{before} {token.text}"):
            candidate.regions = region
            return True
        if not candidate.country and not candidate.regions:
            candidate.regions = self.knowledge.countries_of_region(token.text)
        return False

    def _inert(self, candidate: Candidate) -> bool:
        """A building or a vehicle that does and says nothing; a rank or office that nobody is meant by."""
        token = candidate.head
        if "person" in candidate.kinds and not candidate.plural:
            if token.dep_ in {"attr", "oprd", "acomp"} and token.head.lemma_ in _PREDICATING:
                return True
            before = token.head
            if token.dep_ == "pobj" and (before.lower_ == "as" or before.head.lemma_ in _POSTS):
                return True
        word = candidate.role or ""
        thing = word in _THINGS or word.rsplit(" ", 1)[-1] in _THINGS
        if thing and candidate.sector == "JRN" and told(token):
            candidate.weak = False  # "told state television"
            return False
        if thing and candidate.bare and candidate.definite and not candidate.plural:
            candidate.weak, thing = True, False  # "the station", if a broadcaster has been named
        return thing and (not acts(token) or _helps(token))


def _helps(head: Token) -> bool:
    """Whether a thing is but what somebody acts with: "backed by drones and artillery"."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head.dep_ == "pobj" and head.head.head.lemma_ in _HELPED


def _country_word(token: Token) -> tuple[Role, int] | None:
    """ "the country", "50 nations": states spoken of without their names."""
    word = token.lemma_.lower()
    by_form = word in _STATES_BY_FORM and token.is_lower and token.i and token.nbor(-1).lower_ == "the"
    children = list(token.children)
    told = {"poss", "amod"}  # "its neighbour", "the communist neighbour"
    by_form = by_form or (
        word in _NEIGHBOURS and token.tag_ == "NN" and any(c.dep_ in told for c in children)
    )
    by_form = by_form or (word == "giant" and any(c.text in REGIONS for c in children))
    if word in STATE_WORDS or by_form:
        return Role(token.lemma_.lower(), "state", None, None, False), token.i
    return None
