"""The dateline of a report: "MOSCOW, Sept 25 (Reuters) -", "KYIV, Ukraine (AP) —", "GENEVA (3 June 2014) –".

A dateline names a place, a day or both, and the agency, and ends in a dash or colon. What could as well begin
a sentence or name a speaker ("Putin — who", "NATO –", "TRUMP:") is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from polybius.intake.dates import month_number, month_pattern, weekday_pattern
from polybius.intake.report import Span
from polybius.intake.words import alternation, words

_WORD = r"[^\W\d_][\w.'’]*"
_SMALL = {"de", "da", "do", "del", "la", "of", "the", "on", "upon", "au", "am", "and"}
_NO_PART_OF_A_NAME = {"TO", "FOR", "IN", "WITH", "FROM", "AFTER", "BEFORE", "BY"}
_LED_IN = re.compile(r"(?m)^[ \t]*((?=[^\W\d_a-z])[^\n]{2,70}[—–-]\s[^\n]*)")
_LABEL = re.compile(  # "Update, 9pm: The army"
    r"(?m)^[ \t]*[^\W\d_a-z][\w'’&-]*(?: (?:[^\W\d_a-z][\w'’&-]*|&|and|of|the)){0,3}(?:, \d[\w:. ]{0,9})?:[ \t]+"
    r"(?=[\"“'‘]?[^\W\d_a-z])"
)
_LONGEST = 120  # characters
_PROSE = 60  # characters that must follow where only a colon marks the dateline off


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's span and that of its place; month and day, the year when it is written; the agency."""

    span: Span
    place: Span | None
    month_day: tuple[int, int] | None
    year: int | None
    agency: str | None


def dateline_of(text: str, *, colon_after_town: bool = False) -> Dateline | None:
    """Read the dateline that ``text``, a line, begins with; spans count from the line's start.

    ``colon_after_town``: a paragraph may begin "Colombo: The …", as nobody is made to speak so elsewhere.
    """
    forms = (_agency_only(), _day_only(), _form())
    match = next((found for form in forms if (found := form.match(text[:_LONGEST]))), None)
    if match is None:
        return None
    groups = match.groupdict()
    agency = groups.get("agency") or groups.get("bare")
    month, day, year = (
        next((groups[name] for name in names if groups.get(name)), None)
        for names in (("m1", "m2", "m3"), ("d1", "d2", "d3"), ("year", "y3"))
    )
    if groups.get("place") and not _is_place(match, text, bool(month)):
        ends = ":—–-" if colon_after_town else "—–-"
        if not _is_lone_town(match, text, ends):
            return None
    place = None
    outlet = (groups.get("place") or "").lower().split(" ")[-1] in words("heading.en.yaml")["outlets"]
    if outlet:
        agency = agency or groups["place"]
    elif groups.get("place"):
        place = (match.start("place"), match.start("place") + len(_without_stop(match["place"])))
    return Dateline(
        span=(match.start(), match.start() + len(match[0].rstrip())),
        place=place,
        month_day=(month_number(month), int(day)) if month and day else None,
        year=int(year) if year else None,
        agency=agency,
    )


def prose_below(text: str) -> Iterator[int]:
    """Where prose begins behind a dateline of a roundup ("LIMA - Congress voted") or a label ("Background: Peru …")."""
    yield from (label.end() for label in _LABEL.finditer(text))
    for line in _LED_IN.finditer(text):
        start = line.start(1)
        found = dateline_of(line[1])
        if found is None or text[start + found.span[1] - 1] not in "—–-":
            continue
        rest = re.match(r"\s*(?=[\"“‘']?[^\W\d_a-z])", text[start + found.span[1] :])
        if rest and rest.end():
            yield start + found.span[1] + rest.end()


@cache
def _form() -> re.Pattern[str]:
    month, weekday = f"(?i:{month_pattern()})", f"(?i:{weekday_pattern()})"
    nth = "(?:st|nd|rd|th)?"
    day = (
        rf"(?:{weekday},? )?(?:(?P<m1>{month})\.? (?P<d1>\d{{1,2}}){nth}|(?P<d2>\d{{1,2}}){nth} (?P<m2>{month})\.?)"
        rf"(?:,? (?P<year>\d{{4}}))?|{weekday}\b"
    )
    # "3 May, BAMAKO –", "Bamako, 3 May –"
    before = rf"(?:(?:{weekday},? )?(?P<d3>\d{{1,2}}){nth} (?P<m3>{month})\.?(?:,? (?P<y3>\d{{4}}))?[,.:]? )?"
    region = rf", (?!(?:{weekday}|{month})\b){_WORD}(?:[ -]{_WORD}){{0,3}}"
    place = rf"(?P<place>{_WORD}(?:(?:[ /-]| / ?|/ ){_WORD}){{0,4}}(?:{region})?)"
    bare = alternation([re.escape(name) for name in words("heading.en.yaml")["agencies"]])
    agency = rf"\s?[(/](?P<agency>{bare}|[A-Z][^()/\n]{{1,39}})[)/]|,? (?P<bare>{bare})\b"
    remark = rf"(?: \((?i:{alternation(words('heading.en.yaml')['remarks'])})\))?"
    return re.compile(
        rf"(?P<open>\()?{before}{place}(?P<when>(?:[,.]| [—–-])? ?\(?(?:{day})\)?[.,]?)?(?(open)\)?)"
        rf"{remark}(?:{agency})?"
        r"(?P<end>\s?--+\s?|\.?\s?[—–](?:\s|(?=[\"“A-Z])|$)|\s[-_]\s|(?<=[.)])\.?-\s"
        r"|\s?:\s|(?<=/)\.\s|(?<=\))\s?(?=[A-Z])|(?<=[A-Z]\.)\s(?=[\"“A-Z])|\s*$)"
    )


@cache
def _agency_only() -> re.Pattern[str]:
    bare = alternation([re.escape(name) for name in words("heading.en.yaml")["agencies"]])
    # "(CNS) -": capitals alone in brackets name an agency, not a town
    return re.compile(rf"\((?P<agency>{bare}|[A-Z]{{2,5}})\)(?P<end>\s?--+\s?|\s?[—–]\s?|\s-\s)")


@cache
def _day_only() -> re.Pattern[str]:
    """ "(17 June 2015) – The Forum …": a release that names no town."""
    month = f"(?i:{month_pattern()})"
    day = (
        rf"(?:(?P<m1>{month})\.? (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{month})\.?),? (?P<year>\d{{4}})"
    )
    return re.compile(rf"\({day}\)(?P<end>\s?--+\s?|\s?[—–]\s?|\s-\s)")


def _is_lone_town(match: re.Match[str], text: str, ends: str) -> bool:
    """Whether a name before a dash or colon leads a paragraph: "Nairobi – Police on Tuesday fired tear gas …".

    A subject would have its aside closed by another dash ("Putin – Washington's foe – left").
    """
    place, rest = match["place"], text[match.end() :]
    if match["end"].strip() not in ends or place.upper() in words("heading.en.yaml")["not_places"]:
        return False
    named = all(word[:1].isupper() and word[1:].islower() for word in re.split(r"[ -]", place))
    aside = re.search(r"\s[—–-]\s", rest[:_LONGEST])
    sentence = re.match(r"[\"“‘']?[A-Z]", rest) and re.search(r"[.!?][\"”’']?$", rest)
    return named and len(place.split()) < 4 and not aside and bool(sentence) and len(rest) > _PROSE


def _without_stop(place: str) -> str:
    """Take the full stop off "MOSCOW." but leave that of "WASHINGTON D.C."."""
    return place if re.search(r"\b\w\.\w\.$", place) else place.rstrip(". ")


def _is_place(match: re.Match[str], text: str, dated: bool) -> bool:
    place, end = match["place"].rstrip(". "), match["end"].strip(". ")
    lists = words("heading.en.yaml")
    bare_words = re.split(r"[ ,/-]+", place)
    if place.upper().replace(".", "") in lists["not_places"] or any(
        not word[:1].isupper() and word not in _SMALL for word in bare_words if word
    ):
        return False
    if place.isupper() and _NO_PART_OF_A_NAME & set(bare_words):  # "THE ROAD TO AUGUST 8"
        return False
    capitals = bare_words[0].isupper() and len(bare_words[0]) > 2
    known_agency = match["bare"] or match["agency"] in lists["agencies"]
    # On a line of its own; "Clashes in Minsk, August 9" may be a headline.
    if not end and match.end() == len(text):
        return bool(known_agency) or (dated and (capitals or bool(match["year"])))
    if not end and match["place"].endswith("."):  # "KATHMANDU. The"; a short word may be "PROF." or "U.N."
        return place.isupper() and bool(re.match(r"[^\W\d_]{5}", place)) and len(bare_words) < 4
    if not end:
        return bool(known_agency)
    if known_agency or dated:
        return True
    if end == ":":
        return capitals and len(bare_words) < 4 and len(text) - match.end() > _PROSE
    if capitals:
        return True
    # "Kyiv, Ukraine – The" names a city in its country; a lone name before a dash may be the subject.
    return "," in place and end in "—–" and bool(re.match(r"[\"“‘']?[A-Z]", text[match.end() :]))
