"""How well a coded record agrees with a gold table: what was found, right in full, missing, wrong or false.

A gold table says what a report says, entry by entry (``tests/gate/*.gold.yaml``). An entry finds its place by
``at``, an anchor: a piece of text that occurs once in the report. An entry of the record answers it when their
spans touch, and answers it in full when every field that the gold entry gives is right as well. An ``optional``
gold entry may be missing, and is no false positive when present. A list as a field's value means any one of
these; in ``actors`` and ``recipients``, which are lists themselves, a list inside the list means the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from polybius.errors import RecordError
from polybius.scoring.align import align
from polybius.scoring.fields import Seen, any_of, entries, touch
from polybius.scoring.figures import ActorsScore, DocumentScore, MentionsScore, Miss, Score, TableScore
from polybius.scoring.match import gold_span, score_table

__all__ = ["ActorsScore", "DocumentScore", "MentionsScore", "Miss", "Score", "TableScore", "score"]

SPANNED = ("times", "amounts", "events", "statements", "ties")


def score(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Score:
    """Compare a record (``Record.model_dump()``, or its JSON read back) with a gold table.

    Raises:
        RecordError: when an anchor of the gold table does not occur exactly once in the report, or when either
            side lacks what every record and gold table has.
    """
    try:
        seen = Seen(record, align(record, gold))
        return Score(
            actors=_actors(seen, gold),
            mentions=_mentions(seen, gold),
            tables={name: score_table(name, seen, entries(gold, name)) for name in SPANNED},
            document=_document(seen, gold),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise RecordError(
            f"the record or the gold table does not hold together ({type(error).__name__}: {error})",
            "give a record as `polybius code --format json` prints it, and a gold table as in tests/gate",
        ) from error


def _actors(seen: Seen, gold: Mapping[str, Any]) -> ActorsScore:
    """Each gold actor is found by name; in full when kind, country and sector are right too."""
    aligned = seen.aligned
    need = [actor for actor in entries(gold, "actors") if not actor.get("optional")]
    wrong = []
    for actor in need:
        found = aligned.record_actor.get(actor["id"])
        if found is None:
            wrong.append(Miss("wrong", actor["name"], "missing"))
            continue
        fields = [
            f for f in ("kind", "country", "sector") if f in actor and not any_of(actor[f], found.get(f))
        ]
        if fields:
            wrong.append(Miss("wrong", actor["name"], ", ".join(fields)))
    there = entries(seen.record, "actors")
    extra = [actor for actor in there if actor["id"] not in aligned.gold_id]
    return ActorsScore(
        gold=len(need),
        predicted=len(there) - sum(id_ in aligned.optional for id_ in aligned.gold_id.values()),
        found=sum(actor["id"] in aligned.record_actor for actor in need),
        full=len(need) - len(wrong),
        misses=(*wrong, *(Miss("false", actor["name"], str(actor.get("kind", ""))) for actor in extra)),
    )


def _mentions(seen: Seen, gold: Mapping[str, Any]) -> MentionsScore:
    """Each gold mention stands for its actor, or is a place and no actor."""
    wanted = entries(gold, "mentions")
    wrong = [
        Miss("wrong", mention["at"], str(mention.get("actor") or mention.get("place")))
        for mention in wanted
        if not _mention_is_right(seen, mention)
    ]
    return MentionsScore(gold=len(wanted), full=len(wanted) - len(wrong), misses=tuple(wrong))


def _mention_is_right(seen: Seen, mention: Mapping[str, Any]) -> bool:
    span = gold_span(seen.text, mention)
    here = [m for m in entries(seen.record, "mentions") if touch(span, m["span"]) and m.get("actor")]
    if "actor" in mention:
        return any(seen.aligned.gold_id.get(m["actor"]) == mention["actor"] for m in here)
    places = (p for p in entries(seen.record, "places") if touch(span, p["span"]))
    return not here and any(p.get("country") == mention["place"] for p in places)


def _document(seen: Seen, gold: Mapping[str, Any]) -> DocumentScore:
    """What the report says of itself, and the entries that rest on page furniture."""
    wanted = {key: value for key, value in gold.get("document", {}).items() if key != "not_text"}
    document = seen.record["document"]
    wrong = [key for key, value in wanted.items() if str(document.get(key)) != str(value)]
    dirty = list(_on_furniture(seen, gold.get("document", {}).get("not_text", [])))
    return DocumentScore(
        right=len(wanted) - len(wrong),
        of=len(wanted),
        records_on_furniture=len(dirty),
        misses=(*(Miss("wrong", key) for key in wrong), *dirty),
    )


def _on_furniture(seen: Seen, furniture: list[str]) -> Iterator[Miss]:
    spans = [span for junk in furniture for span in _everywhere(seen.text, junk)]
    for table in ("mentions", *SPANNED):
        for entry in entries(seen.record, table):
            if any(touch(span, entry["span"]) for span in spans):
                yield Miss("furniture", f"{table}: {seen.words(entry)!r}")


def _everywhere(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)
