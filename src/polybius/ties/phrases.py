"""Describing phrases, read from left to right: what stands before a role word, behind it, and whose name is next.

News print roles beside names in a few fixed shapes ("Foreign Minister X", "the leader of the SPD, X,", "X, an
ally of Y"), which the parser often attaches to the wrong word; their order and commas do not mislead.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from polybius.ties.words import words

_BEFORE = {"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "ADV", "PRON"}
_PLACES = {"of", "to", "for", "in", "at", "on", "with", "from"}
_INSIDE = {"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "PRON", "ADP", "CCONJ"}
_LONGEST = 12  # words on either side of a role word that may still belong to it
_SUFFIXES = {"general", "elect", "designate", "law", "in"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A role word with what describes it.

    Attributes:
        noun: the role word ("minister").
        before: the words of its phrase before it, nearest last ("Rwanda", "'s", "foreign").
        after: the words under a preposition right behind it ("of", "the", "SPD"), or none.
        start, end: the phrase's first token and the one after its last.
    """

    noun: Token
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    start: int
    end: int

    @property
    def has_ended(self) -> bool:
        """Whether the role is held no longer ("former") or not yet ("-elect")."""
        behind = self.noun.doc[self.noun.i + 1 : self.noun.i + 3] if not self.after else ()  # "-elect"
        around = (*self.before, *behind)
        return any(t.lower_ in words("ended") or t.lower_.startswith(("ex-", "then-")) for t in around)


def phrase_of(noun: Token) -> Phrase:
    """The phrase around a role word."""
    doc, start = noun.doc, noun.i
    while start > max(noun.sent.start, noun.i - _LONGEST) and _belongs_before(doc[start - 1]):
        start -= 1
    if start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in {"one", "two", "three"}:
        start -= 2  # "X, one of the leaders of Y"
    end = noun.i + 1
    while end < len(doc) and (
        doc[end].text == "-" or (doc[end - 1].text == "-" and doc[end].lower_ in _SUFFIXES)
    ):
        end += 1
    if end < len(doc) and doc[end].lower_ in {"general", "elect", "abroad", "overseas", "here", "there"}:
        end += 1
    after = _behind(doc, end)
    return Phrase(noun, tuple(doc[start : noun.i]), after, start, after[-1].i + 1 if after else end)


def _belongs_before(token: Token) -> bool:
    if token.pos_ in _BEFORE and token.tag_ not in {"EX", "WDT", "WP"}:
        return not (token.pos_ == "PRON" and token.dep_ != "poss")
    if token.is_title and token.lower_ in words("deputy"):  # "Under Secretary of State"
        return True
    return token.text in {"-", "–"} or token.dep_ in {"amod", "poss", "case", "compound"}


def _behind(doc: Doc, start: int) -> tuple[Token, ...]:
    """The words of the prepositional phrase that begins here: to the next comma or verb."""
    if start >= len(doc) or doc[start].lower_ not in _PLACES:
        return ()
    end = start + 1
    while end < min(len(doc), start + _LONGEST) and (doc[end].pos_ in _INSIDE or doc[end].text in {"-", "–"}):
        if doc[end].lower_ in {"after", "behind", "as", "by", "during", "since"}:
            break
        end += 1
    return tuple(doc[start:end]) if end > start + 1 else ()
