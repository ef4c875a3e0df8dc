"""Who held a post at a body, by which alone he is told of: "the UN secretary-general", "the IMF chief"."""

from __future__ import annotations

from functools import cache

from polybius.actors.candidates import Candidate
from polybius.actors.scene import Scene
from polybius.knowledge import Entry
from polybius.tables import read_table, values

_OFFICES = ("organisation_head", "other")
_PLACED = {"for", "in", "to", "on"}
_BEHIND = 6  # words: "for Refugees", "to the Middle East peace process"


def holder_of_post(scene: Scene, candidate: Candidate) -> Entry | None:
    """The one who held the post on the report's day; None where the tables know of none, or of several."""
    one = "person" in candidate.kinds and not candidate.plural and not candidate.former
    if scene.day is None or candidate.body is None or not one:
        return None
    if any(child.lower_ in {"a", "an", "one", "another"} for child in candidate.head.children):
        return None
    body = scene.figure_of(candidate.body)
    if body is None or body.entry is None or body.kind == "state":
        return None
    said, behind = _said(candidate)
    for of, title in _posts(body.entry.key, said):
        if (found := _holders(scene, of or body.entry.key, title, behind)) is not None:
            return found
    return _holders(scene, body.entry.key, said, behind)


def _holders(scene: Scene, body: str, title: str, behind: str) -> Entry | None:
    """Who held a post of that title there, or headed the body where no title is given."""
    if scene.day is None:
        return None
    found = []
    for office in _OFFICES if title else _OFFICES[:1]:
        for entry in scene.knowledge.holders(office, body, scene.day):
            titles = (o.title for o in scene.knowledge.offices_of(entry.key, scene.day) if o.office == office)
            if not title or any(_is(_plain(own), title, behind) for own in titles):
                found.append(entry)
    return found[0] if len(found) == 1 else None


def _is(own: str, title: str, behind: str) -> bool:
    """Whether the title is the one said, or that with what stands behind it: "special envoy" "for Syria"."""
    if own == title:
        return True
    place = own.removeprefix(title).split()
    if not own.startswith(f"{title} ") or place[0] not in _PLACED or not behind:
        return False
    return f"{behind} ".startswith(" ".join(word for word in place[1:] if word != "the") + " ")


@cache
def _posts(body: str, said: str) -> tuple[tuple[str, str], ...]:
    """The rows of the table for these words: the body whose post it is, and each title."""
    rows = [r for r in read_table("polybius.actors", "posts.en.tsv") if r["body"] in {"", body}]
    rows = [r for r in rows if said in values(r["words"])]
    return tuple((r["of"], title) for r in rows for title in values(r["titles"]) or ("",))


def _said(candidate: Candidate) -> tuple[str, str]:
    """The title without article, body and hyphens, and what the preposition behind it brings in."""
    doc, body = candidate.head.doc, candidate.body
    within = range(body.start, body.end) if body is not None else range(0)
    start, end = min(candidate.start, candidate.head.left_edge.i), candidate.end
    words = [t for t in doc[start:end] if t.i not in within and t.dep_ not in {"det", "case"} and t.is_alpha]
    behind = [t.lower_ for t in doc[end : end + _BEHIND] if t.lower_ != "the"]
    placed = bool(behind) and behind[0] in _PLACED
    return " ".join(t.lower_ for t in words), " ".join(behind[1:]) if placed else ""


def _plain(title: str) -> str:
    return title.replace("-", " ").lower()
