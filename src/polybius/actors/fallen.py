"""Who "the ousted president" and "the slain leader" are: one who fell, not whoever rules or acts now."""

from __future__ import annotations

from polybius.actors.candidates import Candidate
from polybius.actors.people import Figure
from polybius.actors.scene import Scene
from polybius.tables import read_table, values

_HEADS = {"head_of_state", "head_of_government"}
_RULERS = {"president", "premier", "leader", "ruler", "king", "dictator", "strongman", "emperor", "shah"}
_ROWS = [
    (row["sort"], row["fate"], values(row["words"])) for row in read_table("polybius.actors", "fallen.en.tsv")
]
_FATE = {(sort, word): fate for sort, fate, words in _ROWS for word in words}
_PLACE = {"nsubjpass": "done", "dobj": "done", "nsubj": "does"}


def fallen(scene: Scene, candidate: Candidate) -> Figure | None:
    """The one told of whom the report says so, else the last who held such an office and holds none now."""
    fate = _fate_told(candidate)
    ruler = (candidate.role or "").rsplit(" ", 1)[-1] in _RULERS or "minister" in candidate.name.split()
    if fate is None or not (candidate.definite and ruler) or candidate.plural or candidate.body is not None:
        return None
    barred = [*scene.speakers_above(candidate.head), *scene.doers(candidate)]
    people = [
        f for f in scene.company.figures if f.kind == "person" and f.named and f.last and f not in barred
    ]
    people = [f for f in people if not candidate.country or f.country in {candidate.country, None}]
    said = {c.actor for c in scene.at_head.values() if c.actor and _fate_said(c) == fate}
    known = [f for f in people if f"a{f.number}" in said] or [f for f in people if _once_held(scene, f)]
    found = max(known, key=lambda f: (_titled(f, candidate), f.sentence), default=None)
    if found is not None:
        found.fallen = True
    return found


def succeeded(scene: Scene, figure: Figure, candidate: Candidate) -> bool:
    """Whether "the president" is rather another one told of, who holds the office since this one fell."""
    if not figure.fallen or candidate.former or candidate.office not in _HEADS:
        return False
    entries = [f.entry for f in scene.company.figures if f is not figure and f.country == figure.country]
    offices = (o for e in entries if e for o in scene.knowledge.offices_of(e.key, scene.day))
    return any(o.office == candidate.office for o in offices)


def _titled(figure: Figure, candidate: Candidate) -> bool:
    """Whether he is told of by that title: of two slain the prime minister is not the president."""
    title = candidate.name.lower().split()[-1]
    return any(role.split()[-1] == title for role in {*figure.roles, figure.role or "leader"})


def _fate_told(candidate: Candidate) -> str | None:
    """What the words before a title say: "the deposed king"."""
    words = candidate.head.doc[candidate.start : candidate.head.i]
    return next((fate for t in words if (fate := _FATE.get(("told", t.lower_)))), None)


def _fate_said(candidate: Candidate) -> str | None:
    """What a mention's own clause, or a title beside the name, says has become of somebody."""
    head = candidate.head
    told = (t.nbor(-1) for t in candidate.described if t.i)
    beside = [t.lower_ for t in (*candidate.described, *told)]
    if fate := next((fate for word in beside if (fate := _FATE.get(("told", word)))), None):
        return fate
    while head.dep_ == "appos" and head.head.i != head.i:
        head = head.head
    return _FATE.get((_PLACE.get(head.dep_, ""), head.head.lemma_))


def _once_held(scene: Scene, figure: Figure) -> bool:
    """Whether a person was at the head of a state, and is no longer on the report's day."""
    if figure.entry is None or scene.day is None:
        return figure.sector == "ELI"
    now = {o.office for o in scene.knowledge.offices_of(figure.entry.key, scene.day)}
    ever = {
        o.office for o in scene.knowledge.offices_of(figure.entry.key) if not o.since or o.since < scene.day
    }
    return bool(ever & _HEADS) and not now & _HEADS
