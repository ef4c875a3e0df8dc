"""Decides which body or group a description stands for: one there that it fits, or a new figure."""

from __future__ import annotations

import re

from polybius.actors.candidates import Candidate, type_words, words_for
from polybius.actors.deeds import acts
from polybius.actors.people import Figure
from polybius.actors.scene import BODIES, NATIONAL, Scene, same_roles
from polybius.record.names import fold
from polybius.tables import read_table

_VAGUE = {
    "organisation",
    "organization",
    "group",
    "movement",
    "union",
    "body",
    "agency",
    "association",
    "company",
}
_SENT_BY = {"delegate", "delegation", "representative", "negotiator", "spokesman", "official", "leader"}
_MADE_UP = {"team", "group", "delegation", "crew", "band", "panel", "coalition", "network", "crowd"}
_ANYBODY = {"man", "woman"}
_PARTS = {"committee", "subcommittee", "panel", "commission", "caucus", "bench"}
_PIECES = {"faction", "wing", "unit", "branch", "element", "contingent", "detachment", "section"}
_MEN = {"man", "bodyguard", "follower", "loyalist"}
_TOLD = {"dobj", "dative", "pobj"}
_FAR = 20  # sentences: a body named once is still "the company" at a report's end
_REBELS = {"REB", "UAF", "PRM", "IMG"}
_INTERNATIONAL = {"IGO", "UNO", "EUR"}
_ARMED = {*_REBELS, "MIL", "COP"}
_OF_STATES = re.compile(r"\w-(?:nation|member|country|state)\b")  # "the 27-nation bloc"
_BANDS = {"group", "movement", "militia", "force", "army", "organisation", "organization"}
_TOLD_APART = {"other", "rival", "remaining", "unidentified", "pro", "anti", "former", "foreign"}
_RESTRICTING = {"relcl", "acl", "prep"}
_AHEAD = 10  # sentences: so far below "the rebels" they may first be called by name
# Words before "police" that make it no other body than the police of the place.
_ANY_POLICE = {
    "riot",
    "local",
    "national",
    "state",
    "federal",
    "civil",
    "armed",
    "regular",
    "uniformed",
    "the",
}
_FOLLOWERS = frozenset(row["word"] for row in read_table("polybius.actors", "followers.en.tsv"))


class BodyResolver:
    """Resolves descriptions of bodies and unnamed groups."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.company, self.knowledge = scene, scene.company, scene.knowledge

    def membership(self, candidate: Candidate) -> Figure | None:
        """ "Taliban fighters", "whose members": the body itself, where its members act for it."""
        counted = candidate.count is not None and candidate.weak  # "14 members of the party" are some of them
        if not candidate.plural or candidate.role in _FOLLOWERS or counted:
            return None
        if candidate.body is None and candidate.role == "member":  # "its members"
            owner = self.scene.figure_of(candidate.possessor)
            return owner if owner is not None and owner.kind in BODIES else None
        figure = self.scene.figure_of(candidate.body)
        if figure is None:
            return None
        armed = figure.sector in _ARMED and candidate.sector in {*_ARMED, None}
        return figure if (armed and figure.named) or candidate.weak else None

    def taken_up(self, candidate: Candidate) -> Figure | None:
        """ "the group", "the people", "the rescued" once more."""
        if not candidate.plural and (named := self._named_body(candidate)):
            return named
        sentence = self.scene.sentence(candidate)
        for figure in self.company.recent(sentence, frozenset({"group"})):
            if (
                figure.plural
                and sentence - figure.sentence <= 2
                and figure.sector not in {"MIL", "COP", "GOV"}
            ):
                return figure if candidate.plural or candidate.role == "people" else None
        return None

    def body(self, candidate: Candidate) -> Figure | None:
        """Bodies and unnamed groups: one figure for the same words about the same country."""
        if named := self._named_body(candidate):
            return named
        vague = candidate.weak and candidate.sector in {None, "CVL"} and not candidate.country
        kin = candidate.role in _FOLLOWERS and acts(candidate.head)  # "his family says"
        if vague and not (candidate.plural or kin or _made_up(candidate)):
            return None
        indefinite = any(c.lower_ in {"a", "an", "another"} for c in candidate.head.children)
        if candidate.country is None and candidate.sector in NATIONAL and not indefinite:
            self.scene.guess_country(candidate)
        lemma = candidate.head.lemma_.lower()
        for figure in reversed(self.company.figures):
            if figure.last is None or figure.kind not in candidate.kinds or figure.entry is not None:
                continue
            said = figure.role or ""
            same = candidate.role in {said, *said.split()[-1:]} or figure.last.head.lemma_.lower() == lemma
            if figure.named and not (candidate.definite and candidate.role == figure.role):
                continue
            if not figure.named and figure.sentence < self.company.begun:
                continue  # the police of another item's country
            apart = self._other_country(figure, candidate) or self._other_branch(figure, candidate)
            apart = apart or _as_many_others(figure, candidate)
            if same and not apart and not indefinite:
                return figure
        if known := self._known_body(candidate) or self._called_otherwise(candidate):
            return known
        whole = self.scene.body_of(candidate)
        if whole is not None and whole.sector in _ARMED and candidate.role in {"man", *_PIECES}:
            candidate.sector, candidate.weak = whole.sector, False  # "its men", "a faction of the army"
            candidate.country = candidate.country or whole.country
        chief = self.scene.figure_of(candidate.possessor) if candidate.role in _MEN else None
        if (
            chief is not None and chief.kind == "person" and chief.sector in _ARMED
        ):  # "the warlord's bodyguards"
            candidate.sector, candidate.country = chief.sector, candidate.country or chief.country
        if whole is not None and (whole.sector in _INTERNATIONAL or candidate.role in _SENT_BY | _PARTS):
            candidate.weak = candidate.weak and candidate.role not in _PARTS
            if candidate.sector in {None, "GOV", "LEG"}:  # "an EC commission", "the miners' delegates"
                candidate.sector = whole.sector or candidate.sector
        elif whole is not None and candidate.sector is None and candidate.kinds == {"organization"}:
            candidate.sector = whole.sector if whole.sector in NATIONAL else None  # "the Senate panel"
        figure = self.company.new(min(candidate.kinds), candidate)
        whose = candidate.possessor
        if whose is not None and whose.form == "name" and whose.head.dep_ == "poss":
            figure.owner = self.scene.figure_of(whose)
        return figure

    def _called_otherwise(self, candidate: Candidate) -> Figure | None:
        """ "The medics" after "doctors and nurses": a bare definite plural takes up the first such group."""
        if not (candidate.definite and candidate.bare and candidate.plural):
            return None
        alike = same_roles().get(candidate.role or "", frozenset())
        for figure in self.company.figures:
            group = figure.kind == "group" and figure.plural and figure.last is not None
            if group and figure.role in alike and not self._other_country(figure, candidate):
                return figure
        return None

    def _other_country(self, figure: Figure, candidate: Candidate) -> bool:
        """Whether it is of another country; what is only guessed tells two bare words apart no more."""
        differ = bool(candidate.country and figure.country and candidate.country != figure.country)
        return differ and not (candidate.bare and (candidate.guessed or figure.guessed))

    def _other_branch(self, figure: Figure, candidate: Candidate) -> bool:
        """ "The defence ministry" is not the foreign ministry: both are told apart by words of their own.

        The police are not the border police, either, unless they are told of right behind them.
        """
        if figure.kind != "organization":
            return False
        own, other = self._branch(candidate.name), self._branch(figure.label)
        if candidate.role == "police" and not own and other - _ANY_POLICE:
            return self.scene.sentence(candidate) - figure.sentence > 1 or not candidate.definite
        return bool(own and other) and not own & other

    def _branch(self, label: str) -> set[str]:
        """The words before the last of a description, countries' aside."""
        words = label.split()[:-1]
        return {fold(w) for w in words if not self.knowledge.country_of_adjective(w) and w[:1].isalpha()}

    def _known_body(self, candidate: Candidate) -> Figure | None:
        """ "the army" after "the Honduran Army": a known body of that country and sector with the word in its name."""
        if not candidate.definite:
            return None
        word, branch = candidate.head.lemma_.lower(), self._branch(candidate.name)
        for figure in self.company.figures:
            names = fold(figure.entry.name).split() if figure.entry is not None else []
            known = word in names and (not branch or bool(branch & set(names)))
            alike = figure.kind in candidate.kinds and figure.sector == candidate.sector
            if known and alike and figure.country == candidate.country:
                return figure
        return None

    def _named_body(self, candidate: Candidate) -> Figure | None:
        """ "the group", "the party", "the Spanish company", "the insurgents" after the name."""
        if (rebels := self._only_rebels(candidate)) is not None:
            return rebels
        single = not candidate.plural and candidate.definite and candidate.possessor is None
        if not (single or (candidate.definite and candidate.bare)):
            return None
        if not candidate.bare and not candidate.country and not self._by_its_kind(candidate):
            return None
        if candidate.body is not None:
            return self._agency_of(candidate)
        near = [
            figure
            for figure in self.company.recent(self.scene.sentence(candidate), BODIES, reach=_FAR)
            if figure.named and (not candidate.country or figure.country in {candidate.country, None})
        ]
        likeness = {figure.number: self._likeness(figure, candidate) for figure in near}
        likest = max(near, key=lambda f: likeness[f.number], default=None)  # of several the nearest
        if likest is not None and likest.sector is None and self._firm_since(likest):
            return None
        return likest if likest is not None and likeness[likest.number] else None

    def _firm_since(self, figure: Figure) -> bool:
        """Whether a firm without a name was told of since a body of which nothing is known but its name."""
        firms = (f for f in self.company.figures if f.sector == "BUS" and not f.named and f.last)
        return any(f.sentence >= figure.sentence for f in firms if f.kind == "organization" and not f.plural)

    def _by_its_kind(self, candidate: Candidate) -> bool:
        """ "The oil company", "the UN agency": words that say no more than of what kind a body is."""
        head, role = candidate.head, candidate.role or ""
        if _OF_STATES.search(head.doc[candidate.start : head.i + 1].text):
            return True
        told = any(c.i > head.i and c.dep_ in _RESTRICTING for c in head.children)
        if candidate.sector == "PTY" or (told and head.dep_ != "ROOT"):  # a root's verb was misread
            return False
        if candidate.body is not None:
            return candidate.kinds == {"organization"} and candidate.end - candidate.start == 2
        return " " in role and candidate.name.lower().replace("-", " ") == role.replace("-", " ")

    def _agency_of(self, candidate: Candidate) -> Figure | None:
        """ "The UN agency": the agency of the UN that was told of last."""
        whole, role = self.scene.figure_of(candidate.body), (candidate.role or "").rsplit(" ", 1)[-1]
        if whole is None or whole.sector != "UNO" or role not in _VAGUE:
            return None
        near = self.company.recent(self.scene.sentence(candidate), BODIES)
        return next((f for f in near if f.sector == "UNO" and f.named and f is not whole), None)

    def _only_rebels(self, candidate: Candidate) -> Figure | None:
        """ "The Tuareg rebels", "the rebel group": the one armed body that the report names, before or after."""
        several = candidate.plural or (candidate.role or "").rsplit(" ", 1)[-1] in _BANDS
        if candidate.sector not in {"REB", "PRM"} or not (candidate.definite and several) or candidate.count:
            return None
        head = candidate.head
        if candidate.body or candidate.possessor or {c.lower_ for c in head.subtree} & _TOLD_APART:
            return None
        if any(c.i > head.i and c.dep_ in _RESTRICTING for c in head.children):
            return None  # "the rebels holding the town"
        named = [c for c in self.scene.at_head.values() if c.form == "name" and _armed(c)]
        if len({c.entries[0].key for c in named}) != 1:
            return None
        first = min(named, key=lambda c: c.head.i)
        far = self.scene.sentence(first) - self.scene.sentence(candidate) > _AHEAD
        if far or self.scene.sentence(named[-1]) < self.company.begun:
            return None
        if self._others_told_of(candidate, ahead=first.head.i > candidate.head.i):
            return None
        figure = self.scene.settle(first)
        if figure is None or figure.sector not in _REBELS:
            return None
        return None if candidate.country and figure.country not in {candidate.country, None} else figure

    def _others_told_of(self, candidate: Candidate, *, ahead: bool) -> bool:
        """Whether unnamed rebels told of before may be meant: by the same words, or as the body is not named yet."""
        own = self._branch(candidate.name)
        groups = (f for f in self.company.figures if f.sector in _REBELS and not f.named and f.last)
        return any(ahead or own & self._branch(f.label) for f in groups if f.kind in BODIES)

    def _likeness(self, figure: Figure, candidate: Candidate) -> int:
        """How well a common noun fits a named body: by its own name, role or arms, by its type, by a like word."""
        role = candidate.role or ""
        if candidate.plural and figure.sector in _REBELS and candidate.sector in _REBELS:
            return 3
        if candidate.plural and not (candidate.head.tag_ == "NNPS" and candidate.head.text.istitle()):
            return 0  # "the Guards" are the Revolutionary Guards
        names = [*figure.names, *([figure.entry.name, *figure.entry.aliases] if figure.entry else [])]
        words = {word for name in names for word in fold(name).split()}
        own = {candidate.head.lemma_.lower(), candidate.head.lower_, *({role} - _VAGUE)}
        if figure.sector == "JRN" and figure.last is not None and figure.last.head.dep_ in _TOLD:
            return 0  # "told AFP"; "the agency" is rather who spoke
        if figure.sector in _REBELS and candidate.sector == "MIL":
            return 0  # "the army" is no rebel army
        if own & words or role in figure.roles:
            return 3
        type_ = (figure.entry.type if figure.entry else None) or ""
        if role in (type_words(type_) if figure.entry else words_for(figure.sector)):
            return 2
        unknown = figure.entry is None and figure.sector is None and not figure.roles
        if unknown and figure.kind == "organization" and role in type_words("company"):
            return 1  # of which nothing is known but its name
        alike = same_roles().get(role, frozenset())
        if None not in {figure.sector, candidate.sector} and figure.sector in {"NGO", "IGO", "UNO"}:
            return int(bool(alike & figure.roles))  # a relief council is no "junta"
        return int(bool(alike & figure.roles or (alike - _VAGUE) & words))


def _armed(candidate: Candidate) -> bool:
    """Whether a name is surely that of a body of rebels or militants."""
    entries = candidate.entries
    return len(entries) == 1 and entries[0].kind != "person" and entries[0].sector in _REBELS


def _as_many_others(figure: Figure, candidate: Candidate) -> bool:
    """ "11 people died … 600 people marched": words that say little, told apart by number but for a headline's."""
    if not (candidate.weak or candidate.role in _ANYBODY) or figure.sentence == 0:
        return False
    return None not in {figure.count, candidate.count} and figure.count != candidate.count


def _made_up(candidate: Candidate) -> bool:
    """ "A team of investigators concluded": a body by the people it is made up of, where it does something."""
    of = any(c.lower_ == "of" and c.i == candidate.head.i + 1 for c in candidate.head.children)
    return of and candidate.role in _MADE_UP and acts(candidate.head)
