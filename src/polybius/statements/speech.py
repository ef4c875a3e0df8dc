"""Finds who says what in the text: cues ("said", "according to") with their content, before names are asked."""

from __future__ import annotations

from polybius.parse import Parsed
from polybius.statements.headlines import in_headline
from polybius.statements.phrases import according_to, in_view, named
from polybius.statements.quoted import give_quotations
from polybius.statements.saying import Speech
from polybius.statements.told import told

__all__ = ["Speech", "find_speech"]


def find_speech(parsed: Parsed) -> list[Speech]:
    """All sayings of a report, in the order of their content."""
    found = [speech for clause in parsed.clauses if (speech := told(clause, parsed)) is not None]
    found.extend(according_to(parsed))
    found.extend(in_view(parsed))
    found.extend(named(parsed))
    found.extend(in_headline(parsed))
    return _without_doubles(give_quotations(found, parsed), parsed)


def _without_doubles(found: list[Speech], parsed: Parsed) -> list[Speech]:
    """In order, each saying once: of those that overlap under one cue the longer stays."""
    kept: list[Speech] = []
    for speech in sorted(found, key=lambda s: (s.content[0], -s.content[1], s.cue.i if s.cue else 0)):
        while speech.quoted and parsed.text[speech.content[1] - 1] in ", ":
            speech.content = speech.content[0], speech.content[1] - 1
        same = (s for s in reversed(kept[-4:]) if s.cue == speech.cue or s.content == speech.content)
        if not any(s.content[0] < speech.content[1] and speech.content[0] < s.content[1] for s in same):
            kept.append(speech)
    return kept
