"""The figures of a report while it is read: who has been named so far, and what is known of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from polybius.actors.candidates import Candidate
from polybius.knowledge import Entry
from polybius.record.names import fold
from polybius.tables import read_table

_RECENT = 8  # sentences; further back a description or pronoun no longer finds its actor
_CLAUSE_WEIGHT = {
    "ROOT": 2.4,
    "conj": 2.2,
    "ccomp": 1.5,
    "relcl": 1.0,
    "acl": 1.0,
    "advcl": 1.4,
}  # of subjects
_PLACE_WEIGHT = {"ROOT": 1.8, "agent": 1.0, "dobj": 1.0, "pobj": 0.5, "poss": -0.5}
_FRONTED_WEIGHT = 1.5  # "For Mr X, the day came late"
_SPEAKER_BONUS = 0.4
# Whose country says little of where a report is set: a UN official's, that of a firm the world over.
AT_LARGE = {"IGO", "UNO", "EUR", "NGO", "MNC", "ISM", "IMG", "BUS", "JRN"}
SAYING = frozenset(
    row["word"] for row in read_table("polybius.statements", "speech.en.tsv") if "aside" in row["takes"]
)
_ADJECTIVE_WEIGHT = -2.0  # "the French company": France is hardly spoken of


@dataclass(slots=True, eq=False)
class Figure:
    """One actor in the making.

    ``label`` is the fullest description of it, for one without a name, and ``phrase`` the first in the report's
    own words, with article and numeral; ``last`` the mention most recently
    read, in the sentence numbered ``sentence``; ``weight`` how prominent it stands there. ``guessed`` says
    that its country is no more than likely; ``body`` is the one it belongs to or speaks for;
    ``owner`` is whose an unnamed body is; ``count`` is how many they are; ``told`` is sentence and weight of
    its last mention in the report's own voice, outside quotations; ``fallen``: called ousted or killed.
    """

    number: int
    kind: str
    names: list[str] = field(default_factory=list)
    label: str = ""
    phrase: str = ""
    entry: Entry | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    role: str | None = None
    roles: set[str] = field(default_factory=set)
    gender: str | None = None
    age: str | None = None
    body: Figure | None = None
    owner: Figure | None = None
    guessed: bool = False
    titled: bool = False
    fallen: bool = False
    plural: bool = False
    named: bool = False
    last: Candidate | None = None
    sentence: int = -1
    weight: float = 0.0
    mentions: int = 0
    told: tuple[int, float] = (-1, 0.0)
    count: float | None = None

    @property
    def key(self) -> str | None:
        """The knowledge entry's key, if it resolved to one."""
        return self.entry.key if self.entry else None

    def absorb(self, candidate: Candidate) -> None:
        """Take over what a mention says of the figure and what is not known of it yet."""
        first = not candidate.guessed or candidate.form != "description" or not self.mentions
        if candidate.country and (first if self.country is None else self.guessed and not candidate.guessed):
            self.country, self.guessed = candidate.country, candidate.guessed
        self.age, self.count = self.age or candidate.age, self.count or candidate.count
        if candidate.form != "description" or not (self.entry or candidate.former or candidate.weak):
            self.sector = self.sector or candidate.sector
        if not candidate.former:
            self.office = self.office or candidate.office
        if candidate.form != "pronoun":
            self.role = self.role or candidate.role
        self.gender = self.gender or candidate.gender
        if candidate.role and candidate.form != "pronoun":
            self.roles.add(candidate.role)
        self.roles.update(candidate.roles)
        self.phrase = self.phrase or candidate.phrase
        if candidate.form == "description" and (_fullness(candidate.name) > _fullness(self.label)):
            self.label = candidate.name
        if candidate.form in {"name", "metonym"} and candidate.name not in self.names:
            self.names.append(candidate.name)


def _fullness(label: str) -> int:
    """How many words a label has: of two with as many the first stays ("gunmen", "attackers")."""
    return len(label.split())


def _standing(candidate: Candidate) -> float:
    """How prominent a mention is, by the grammatical place of the phrase it names or of one that describes it."""
    if _says(candidate):
        return _CLAUSE_WEIGHT["ROOT"] + _SPEAKER_BONUS
    subjects = [token for token in candidate.described if token.dep_ == "nsubj"]
    return max(_place(token) for token in (candidate.head, *subjects))


def _says(candidate: Candidate) -> bool:
    """Whether a verb of saying stands right behind ("police commander Kibue said"), whatever the parser makes of it."""
    doc, end = candidate.head.doc, candidate.end
    if candidate.form == "pronoun" or candidate.adjective or end >= len(doc):
        return False
    return doc[end].tag_ in {"VBD", "VBZ"} and doc[end].lemma_ in SAYING


def _place(head: Token) -> float:
    if head.dep_ in {"amod", "compound", "nmod"}:
        return _ADJECTIVE_WEIGHT
    while head.dep_ == "appos" and head.head.i != head.i:
        head = head.head
    if head.dep_ in {"nsubj", "nsubjpass"}:
        says = any(c.dep_ == "ccomp" for c in head.head.children)
        return _CLAUSE_WEIGHT.get(head.head.dep_, 2.0) + (_SPEAKER_BONUS if says else 0.0)
    before = head.head
    if (
        head.dep_ == "pobj"
        and before.dep_ == "prep"
        and before.i < before.head.i
        and before.head.dep_ == "ROOT"
    ):
        return _FRONTED_WEIGHT
    return _PLACE_WEIGHT.get(head.dep_, 0.0)


class Company:
    """All figures of one report, in the order of their first mention."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self._by_key: dict[str, Figure] = {}
        self._by_name: dict[str, Figure] = {}
        self.countries: Counter[str] = Counter()
        self.earlier: Counter[str] = Counter()  # what it was about before another item began
        self.begun = 0  # the sentence that the item began with, on a page of several

    def new(self, kind: str, candidate: Candidate, entry: Entry | None = None) -> Figure:
        """Add a figure for a candidate that takes up none that is there."""
        figure = Figure(len(self.figures) + 1, kind, entry=entry, plural=candidate.plural)
        figure.named = candidate.form in {"name", "metonym"}
        self.figures.append(figure)
        if entry:
            self._by_key[entry.key] = figure
        return figure

    def state(self, entry: Entry) -> Figure:
        """The figure of a state, which may stand behind one of its places without being named."""
        figure = self._by_key.get(entry.key)
        if figure is None:
            figure = Figure(len(self.figures) + 1, "state", [entry.name], entry=entry, country=entry.country)
            self.figures.append(figure)
            self._by_key[entry.key] = figure
        return figure

    def know(self, figure: Figure, entry: Entry | None) -> None:
        """Let a figure that is there be the one the knowledge has."""
        figure.named = True
        if entry is not None:
            figure.entry = entry
            self._by_key[entry.key] = figure

    def by_key(self, key: str) -> Figure | None:
        """The figure that resolved to a knowledge entry."""
        return self._by_key.get(key)

    def by_name(self, name: str) -> Figure | None:
        """The figure that the report has called exactly so, case and accents aside."""
        return self._by_name.get(fold(name))

    def learn(self, figure: Figure, name: str) -> None:
        """Remember that the report calls a figure so; the first figure keeps a name."""
        self._by_name.setdefault(fold(name), figure)

    def mention(self, figure: Figure, candidate: Candidate, sentence: int, *, quoted: bool) -> None:
        """Note that a candidate stands for a figure, and how prominently; ``quoted``: within a quotation."""
        candidate_weight = _standing(candidate)
        figure.weight = (
            candidate_weight if sentence != figure.sentence else max(figure.weight, candidate_weight)
        )
        figure.last, figure.sentence = candidate, sentence
        if not quoted:
            weight = candidate_weight if sentence != figure.told[0] else max(figure.told[1], candidate_weight)
            figure.told = sentence, weight
        figure.mentions += 1
        if figure.country and candidate.form != "pronoun" and figure.sector not in AT_LARGE:
            self.countries[figure.country] += 1

    def recent(
        self, sentence: int, kinds: frozenset[str], *, reach: int = _RECENT, quoted: bool = True
    ) -> list[Figure]:
        """Figures of these kinds near a sentence, the most prominent first.

        Nearness counts most, then the grammatical place of the last mention (a subject before an object
        before a possessor), then how often the report has mentioned the figure.

        Args:
            sentence: the number of the sentence.
            kinds: the kinds wanted.
            reach: how many sentences back.
            quoted: whether mentions inside quotations count.
        """

        def prominence(figure: Figure) -> float:
            last, weight = (figure.sentence, figure.weight) if quoted else figure.told
            name_bonus = 0.5 if figure.named else 0.0
            return weight + name_bonus + min(figure.mentions, 5) * 0.15 - 2.0 * (sentence - last)

        def last(figure: Figure) -> int:
            return figure.sentence if quoted else figure.told[0]

        first = max(sentence - reach, self.begun)
        near = [f for f in self.figures if f.kind in kinds and f.last and last(f) >= first]
        return sorted(near, key=lambda f: (-prominence(f), f.number))

    def home(self) -> str | None:
        """The country the report has spoken of most so far."""
        return min(self.countries, key=lambda c: (-self.countries[c], c), default=None)
