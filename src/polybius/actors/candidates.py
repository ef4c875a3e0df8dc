"""What may stand for an actor: names, descriptions and pronouns, with what their own words say of them.

``find_names`` and its sisters fill these forms in; ``chains`` decides who is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Token

from polybius.actors.roles import Role
from polybius.knowledge import Entry, Knowledge
from polybius.record.model import MentionKind
from polybius.tables import read_table, values

if TYPE_CHECKING:
    from polybius.actors.people import Figure

TITLES = {row["word"]: row["gender"] for row in read_table("polybius.actors", "titles.en.tsv")}
TITLE_ROLES = {
    row["word"]: row["role"] for row in read_table("polybius.actors", "titles.en.tsv") if row["role"]
}
ADHERENTS = {row["word"]: row["country"] for row in read_table("polybius.actors", "adherents.en.tsv")}
_TYPE_WORDS = {
    row["type"]: values(row["words"]) for row in read_table("polybius.actors", "type_words.en.tsv")
}
# The type of organisation whose common names an unknown body of a sector goes by.
_TYPE_OF = {
    "NGO": "ngo",
    "SOC": "ngo",
    "PTY": "party",
    "REB": "armed_group",
    "JRN": "media",
    "BUS": "company",
    "EDU": "school",
    "MED": "hospital",
    "LAB": "union",
}
_BODY_WORDS = tuple(
    (row["place"], row["sector"], frozenset(tuple(word.split()) for word in values(row["words"])))
    for row in read_table("polybius.actors", "body_words.en.tsv")
)
# What stands before a noun in its phrase, as spaCy labels it.
BEFORE = {"amod", "compound", "nmod", "poss", "nummod", "det", "quantmod"}


@dataclass(slots=True, eq=False)
class Candidate:
    """Words that may stand for an actor, with what they say of it.

    Attributes:
        start, end: token indices, end exclusive.
        kinds: what it may be; empty where unknown.
        name: the name as written, or the description without article and numeral.
        entries: the knowledge entries with that name.
        unsure: spaCy alone says which kind of name it is.
        country, regions, sector, office, role, age, gender: what the words say of it.
        former: "the former", "the late".
        weak: the description alone makes no actor.
        adjective: a state meant by its adjective ("French").
        bare: a description of one word with at most an article.
        guessed: its country is no more than likely.
        fresh: a description that may tell something new of a known person ("the Samoan judge").
        body: who or what it belongs to ("spokesman for the army"); ``possessor``: whose it is.
        count: how many it says they are; ``several``: the figures where it stands for more than one.
        phrase: a description in full, with article, numeral and what stands behind ("some 600 people").
        described: the tokens of descriptions that say who this name is; ``beside``: the spans, in tokens, of those
            that stand apart from it ("X, a fugitive banker").
        roles: the role words hung on a name by them.
    """

    start: int
    end: int
    head: Token
    form: MentionKind
    kinds: frozenset[str] = frozenset()
    name: str = ""
    entries: tuple[Entry, ...] = ()
    unsure: bool = False
    country: str | None = None
    regions: frozenset[str] = frozenset()
    sector: str | None = None
    office: str | None = None
    role: str | None = None
    age: str | None = None
    former: bool = False
    weak: bool = False
    plural: bool = False
    definite: bool = False
    adjective: bool = False
    bare: bool = False
    fresh: bool = False
    guessed: bool = False
    gender: str | None = None
    body: Candidate | None = None
    possessor: Candidate | None = None
    phrase: str = ""
    described: list[Token] = field(default_factory=list)
    beside: list[tuple[int, int]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    actor: str | None = None
    count: float | None = None
    several: list[Figure] = field(default_factory=list)

    def take_role(self, role: Role) -> None:
        """What a role word says."""
        self.sector, self.office, self.role, self.weak = role.sector, role.office, role.word, role.weak


def sided(token: Token) -> bool:
    """ "Pro-Russian", "anti-American": for or against a country, not of it."""
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in {"pro", "anti"}


def country_of(token: Token, at: dict[int, Candidate], knowledge: Knowledge) -> str | None:
    """The country that an adjective, possessor or name before or after a noun gives it."""
    if (candidate := at.get(token.i)) is not None and candidate.country:
        return candidate.country
    if sided(token):
        return None
    return knowledge.country_of_adjective(token.text) or ADHERENTS.get(token.text)


def single(values: list[str | None]) -> str | None:
    """The one value that all have; None where they differ."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def type_words(type_: str) -> tuple[str, ...]:
    """What the news call an organisation of that type ("party", "armed_group") without its name."""
    return _TYPE_WORDS.get(type_, ())


def sector_of_name(name: str) -> str | None:
    """What the words of a body's name say of its sector: "Gulf Justice Watch", "Bank of Utopia"."""
    if " " not in name:
        return None
    words = [word.strip(",.'’\"“”") for word in name.lower().replace("’s", "'s").split()]
    cut = next((i for i, word in enumerate(words) if i and word in {"of", "for", "in", "and"}), len(words))
    ends = [tuple(words[first:cut]) for first in range(cut)]
    inside = [tuple(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]
    for place, sector, known in _BODY_WORDS:
        if any(found in known for found in (ends if place == "last" else inside)):
            return sector
    return None


def words_for(sector: str | None) -> tuple[str, ...]:
    """What the news call an unknown body of a sector ("the group" for an NGO)."""
    return type_words(_TYPE_OF.get(sector or "", ""))
