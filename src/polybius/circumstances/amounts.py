"""How much: figures with their unit, bound, what is counted, and the earlier value they are compared with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from polybius.circumstances.compared import Found, compare, ranges
from polybius.circumstances.grammar import lower, time_words
from polybius.circumstances.numbers import Figure, figures
from polybius.parse import Parsed
from polybius.record import Amount, Span
from polybius.record.model import AmountKind, Bound
from polybius.tables import read_table, values

_PACKAGE = "polybius.circumstances"
_GAP = r"[\s\u00a0-]{0,2}"
_BETWEEN = {"ADJ", "DET", "ADV", "PART", "CCONJ"}  # what may stand between figure and noun
_OF = re.compile(r"\sof\s")
_CLOCK = re.compile(r"\s?(?:a\.m\.|p\.m\.|am\b|pm\b|gmt|hours|st\b|nd\b|rd\b|th\b)")
_LETTER = re.compile(  # a sign of one letter, as only money has it: "N50m", "R1,500", "K86.50"
    r"\b([A-Z])(?:\d{1,3}(?:,\d{3})+|\d+\.\d\d|\d+(?:\.\d+)?\s?(?:m|mn|bn|b|tn|million|billion|trillion))(?!\w)"
)


@dataclass(frozen=True)
class _Lexicon:
    units: Mapping[str, tuple[AmountKind, str | None, float]]
    signs: Mapping[str, str]
    bounds: Mapping[str, Bound]
    before: re.Pattern[str]
    after: re.Pattern[str]
    unit: re.Pattern[str]
    sign: re.Pattern[str]
    durations: frozenset[str]
    numbered: frozenset[str]
    people: frozenset[str]
    alone: frozenset[str]
    stands: frozenset[str]


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


@cache
def _lexicon() -> _Lexicon:
    units: dict[str, tuple[AmountKind, str | None, float]] = {}
    for row in read_table(_PACKAGE, "units.en.tsv"):
        kind: AmountKind = row["kind"]  # type: ignore[assignment]
        units |= dict.fromkeys(values(row["words"]), (kind, row["unit"], float(row["factor"])))
    signs: dict[str, str] = {}
    for row in read_table(_PACKAGE, "currencies.en.tsv"):
        units |= dict.fromkeys(values(row["words"]), ("money", row["code"] or None, 1.0))
        signs |= dict.fromkeys(values(row["signs"]), row["code"])
    bounds: dict[str, dict[str, Bound]] = {"before": {}, "after": {}}
    for row in read_table(_PACKAGE, "bounds.en.tsv"):
        bound: Bound = row["bound"]  # type: ignore[assignment]
        bounds[row["place"]] |= dict.fromkeys(values(row["words"]), bound)
    around: dict[str, frozenset[str]] = {}
    for row in read_table(_PACKAGE, "not-counted.en.tsv"):
        around[row["place"]] = frozenset(values(row["words"]))
    return _Lexicon(
        units=units,
        signs=signs,
        bounds=bounds["before"] | bounds["after"],
        before=re.compile(rf"\b({_alternatives(bounds['before'])})\s(?:a\stotal\sof\s|the\s)?$"),
        after=re.compile(rf"\s({_alternatives(bounds['after'])})\b"),
        unit=re.compile(rf"{_GAP}({_alternatives(units)})(?!\w)"),
        sign=re.compile(rf"(?<!\w)({_alternatives(signs)})\s?$"),
        durations=around["after"],
        numbered=around["before"],
        people=around["people"],
        alone=around["alone"],
        stands=around["stands"],
    )


def find_amounts(parsed: Parsed, taken: Iterable[Span]) -> tuple[Amount, ...]:
    """The amounts of a report, in the order of the text.

    Args:
        parsed: the report.
        taken: spans of times, whose figures are no amounts.
    """
    text = lower(parsed.doc.text)
    found = [one for one in compare(ranges(_Finder(parsed, taken).run(), text), text) if not one.doubtful]
    return tuple(
        Amount(
            id=f"q{number}",
            span=one.span,
            value=one.value,
            bound=one.bound,
            kind=one.kind,
            unit=one.unit,
            of=one.of,
            previous=one.previous,
        )
        for number, one in enumerate(found, 1)
    )


class _Finder:
    def __init__(self, parsed: Parsed, taken: Iterable[Span]) -> None:
        self.doc = parsed.doc
        self.text = parsed.doc.text
        self.low = lower(self.text)
        self.taken = list(taken)
        self.offsets = [token.idx for token in parsed.doc]
        self.words = _lexicon()
        self.letters = set(_LETTER.findall(self.text))
        self.sentence_end = [sentence.end for sentence in parsed.doc.sents for _ in range(len(sentence))]

    def run(self) -> list[Found]:
        found: list[Found] = []
        for figure in figures(self.low):
            if any(start < figure.end and figure.start < end for start, end in self.taken):
                continue
            letter = self.text[figure.start - 1 : figure.start]
            if letter.isalpha() and not self.text[max(0, figure.start - 2) : figure.start - 1].isalpha():
                small = (
                    figure.value is not None
                    and figure.value < 10
                    and not _LETTER.match(self.text, figure.start - 1)
                )
                if letter not in self.letters or small:  # "the N1", "R7"
                    continue
            if one := self._read(figure):
                found.append(one)
        return found

    def _read(self, figure: Figure) -> Found | None:
        start, bound = self._bound(figure)
        return self._measure(figure, start, bound) or self._count(figure, start, bound)

    def _token(self, offset: int) -> Token:
        return self.doc[max(0, bisect_right(self.offsets, offset) - 1)]

    def _bound(self, figure: Figure) -> tuple[int, Bound]:
        """Where the amount begins with its words of bound and currency sign, and the bound."""
        start = figure.start
        if sign := self._sign(figure):
            start = sign.start()
        vague = figure.value is None
        if before := self.words.before.search(self.low, max(0, start - 40), start):
            bound = self.words.bounds[" ".join(before.group(1).split())]
            return before.start(), "vague" if vague else bound
        if after := self.words.after.match(self.low, figure.end):
            return start, "vague" if vague else self.words.bounds[" ".join(after.group(1).split())]
        return start, "vague" if vague else "exact"

    def _sign(self, figure: Figure) -> re.Match[str] | None:
        """The currency sign before the figure; one of a single letter stands right before it."""
        sign = self.words.sign.search(self.low, max(0, figure.start - 8), figure.start)
        apart = sign is not None and sign.group(1).isalpha() and len(sign.group(1)) == 1 < len(sign.group())
        return None if apart else sign

    def _measure(self, figure: Figure, start: int, bound: Bound) -> Found | None:
        """Money, percentages and measures: a sign before the figure or a unit after it."""
        code = None
        if sign := self._sign(figure):
            code = self.words.signs[" ".join(sign.group(1).split())]
            return Found((start, figure.end), figure.value, bound, "money", code, self._goods(figure.end))
        joint = r"\sof" if figure.value is None or self.low[figure.end - 1] == "s" else ""
        gap = re.compile(joint).match(self.low, figure.end)
        unit = self.words.unit.match(self.low, gap.end() if gap else figure.end)
        if unit is None:
            return None
        kind, code, factor = self.words.units[" ".join(unit.group(1).split())]
        value = figure.value if figure.value is None else round(figure.value * factor, 6)
        return Found((start, unit.end()), value, bound, kind, code, self._goods(unit.end()))

    def _goods(self, end: int) -> str | None:
        """What is measured: "tons of grain"."""
        goods = _OF.match(self.low, end)
        return self._phrase(self._token(goods.end())) if goods else None

    # -- counts ----------------------------------------------------------------------------------------

    def _count(self, figure: Figure, start: int, bound: Bound) -> Found | None:
        first, last = self._token(figure.start), self._token(figure.end - 1)
        if self._is_name(figure, first, last):
            return None
        noun = self._noun(last)
        if noun is not None and any(start <= noun.idx < end for start, end in self.taken):
            noun = None  # "compared to the 700,000 of three years ago"
        if noun is not None and noun.lemma_.lower() in self.words.durations:
            return None
        if not figure.digits and figure.value == 1 and (noun is None or not self._is_emphatic(noun, last)):
            return None
        doubtful = noun is None and not self._stands_alone(figure, first, last, bound)
        known = first.i and first.nbor(-1).lower_ in {"the", "these", "those", "both"}
        if known and not figure.digits and figure.value is not None and figure.value < 13:
            at_of = first.i > 1 and first.nbor(-2).lower_ == "of"  # "five of the nine judges"
            if not at_of:
                return None
        end = noun.idx + len(noun) if noun is not None else figure.end
        of = self._phrase(last.nbor(1)) if noun is not None else None
        return Found((start, end), figure.value, bound, "count", None, of, None, noun is None, doubtful)

    def _is_emphatic(self, noun: Token, one: Token) -> bool:
        """ "One soldier was killed" counts, "one diplomat said" does not."""
        if noun.lemma_.lower() not in self.words.people or one.nbor(1).lower_ == "of":
            return False
        return noun.dep_ in {"dobj", "nsubjpass", "conj", "attr"} or noun.head.lemma_ in {"die", "perish"}

    def _noun(self, last: Token) -> Token | None:
        """The counted noun: right after the figure, past "of", "of the", "of its", "more" and adjectives."""
        doc, end = self.doc, min(self.sentence_end[last.i], last.i + 8)
        for i in range(last.i + 1, end):
            token = doc[i]
            if token.tag_ in {"NNS", "NNPS"} or (token.lower_ == "others" and token.pos_ in {"NOUN", "PRON"}):
                return token
            if token.pos_ in {"NOUN", "PROPN"}:
                following = doc[i + 1] if i + 1 < end else None
                goes_on = following is None or following.pos_ in {"NOUN", "PROPN"}
                if not goes_on and following is not None and following.tag_ not in {"POS", "HYPH"}:
                    return token
            elif not _may_precede_noun(token):
                return None
        return None

    def _phrase(self, token: Token) -> str | None:
        """The counted noun with what stands before it, without articles and possessors."""
        words: list[Token] = []
        for i in range(token.i, min(token.i + 7, self.sentence_end[token.i])):
            one = self.doc[i]
            if any(start <= one.idx < end for start, end in self.taken):  # "tons of grain last year"
                break
            if one.pos_ in {"NOUN", "PROPN", "ADJ"} or one.tag_ in {"VBN", "VBG", "HYPH"}:
                words.append(one)
                if one.tag_ in {"NNS", "NNPS"}:
                    break
            elif words and one.pos_ != "ADV":
                break
        while words and (
            words[0].tag_ == "HYPH" or words[0].nbor(-1).tag_ == "HYPH"
        ):  # a 20,000-strong force
            words.pop(0)
        while words and words[-1].pos_ not in {"NOUN", "PROPN"}:
            words.pop()
        if not words:
            return None
        return self.text[words[0].idx : words[-1].idx + len(words[-1])]

    def _is_name(self, figure: Figure, first: Token, last: Token) -> bool:
        """Figures that number, name, date or score something."""
        before = self.text[max(0, figure.start - 1) : figure.start]
        after = self.text[figure.end : figure.end + 2]
        if _CLOCK.match(self.low, figure.end) or before in {"/", "#", "+"} or after[:1] == "/":
            return True
        if before in {"-", "–"} and not self.text[figure.start - 2 : figure.start - 1].isdigit():
            return True
        if after[:1] in {"-", "–"} and after[1:2].isalpha():
            return not self.low.startswith("strong", figure.end + 1)  # a 20,000-strong force
        if figure.digits and (figure.value or 0) <= 31 and self._beside_month(first, last):
            return True
        if first.i == 0 or first.is_sent_start:
            return False
        previous = first.nbor(-1)
        if previous.lower_ == "of" and previous.i:  # the Group of 77
            previous = previous.nbor(-1)
            return previous.lower_ in self.words.numbered and previous.text[:1].isupper()
        numbering = previous.lower_ in self.words.numbered or previous.lemma_.lower() in self.words.numbered
        if numbering and (
            previous.pos_ != "VERB" or previous.lower_ in {"aged", "turned"}
        ):  # not "ordered 18"
            return True
        if previous.pos_ == "PROPN" and figure.digits and previous.ent_type_ not in {"GPE", "DATE"}:
            return True
        # "Petkovic, 39," is an age
        closes = last.i + 1 >= len(self.doc) or last.nbor(1).text in {",", ")", "."}
        return figure.digits and previous.text in {",", "("} and closes and (figure.value or 0) < 120

    def _beside_month(self, first: Token, last: Token) -> bool:
        """ "20 January", "Feb. 20": a day, though its year is not known."""
        beside = [first.nbor(-1)] if first.i else []
        beside += [last.nbor(1)] if last.i + 1 < len(self.doc) else []
        words = [t.lower_.rstrip(".") for t in beside if t.text[0].isupper()]
        return any(word in time_words()[kind] for word in words for kind in ("month", "month_short"))

    def _stands_alone(self, figure: Figure, first: Token, last: Token, bound: Bound) -> bool:
        """Whether a figure without a noun counts something: "15 were hurt", "at least 12", "killing 30"."""
        following = last.nbor(1).lower_ if last.i + 1 < len(self.doc) else ""
        if figure.value is None:
            return first.lower_ != "scores" or following == "of"
        if bound != "exact":
            return True
        if following in self.words.alone or self.low.startswith("in fav", figure.end + 1):
            return figure.value != 1
        if not figure.digits:
            return (
                first.dep_ in {"nsubj", "nsubjpass", "dobj"}
                and first.head.pos_ == "VERB"
                and figure.value != 1
            )
        if first.dep_ == "pobj" and first.head.lower_ == "at":
            return first.head.head.lemma_ in self.words.stands
        previous = first.nbor(-1).lower_ if first.i else ""
        if self.text[figure.start] == "0":  # 0600, 007
            return False
        deps = {first.dep_, last.dep_}
        return bool(deps & {"nsubj", "nsubjpass", "dobj", "pobj"}) and previous not in {"in", "since", "by"}


def _may_precede_noun(token: Token) -> bool:
    """Words between a figure and what it counts: "of the nine", "more", "of its", adjectives."""
    if token.lower_ in {"a", "an", "per"}:  # "1,145 a year earlier"
        return False
    if token.pos_ == "CCONJ" and token.lower_ == "and" and token.nbor(-1).like_num:
        return token.nbor(1).lower_ == "more"  # not "at 3,000 and insisted civilians …"
    if token.pos_ == "VERB":
        return token.dep_ in {"amod", "compound"}
    if token.pos_ == "PRON":
        return token.tag_ == "PRP$"
    if token.pos_ == "NUM":
        model = token.text[:1].isalpha() and any(letter.isdigit() for letter in token.text)  # four F-16 jets
        return model or token.nbor(-1).lower_ in {"the", "its", "their", "his", "her", "of", "'s"}
    return token.pos_ in _BETWEEN or token.lower_ in {"of", "-", "or"}
