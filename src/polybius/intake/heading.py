"""The head of a plain-text report: headline, byline, day, dateline and "Source: …" lines.

Only the top of the text is looked at, and looking stops where the prose begins.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from polybius.intake.dateline import Dateline, dateline_of
from polybius.intake.dates import Stamp, find_days, stamp
from polybius.intake.lines import Line
from polybius.intake.report import Span
from polybius.intake.words import alternation, words

_TOP = 15  # lines
_LONGEST_TITLE = 200  # characters
_LONGEST_BYLINE = 160
_AFTER_WRITERS = re.compile(r"\s*[|•·]|\s[—–-]+\s|,?\s+(?:[Pp]ublished|[Uu]pdated|[Pp]osted)\b|:\s*$")
_SPEAKER = re.compile(r"[A-Z][\w .'’-]{1,40}:\s")  # "Lavrov: We will see", as an interview has it
_BETWEEN_LABELS = re.compile(
    r"\s*[|•·]\s*|\s+/\s+|\s{2,}|\t|(?<=\w) (?=(?:Last |First )?(?:Published|Updated|Posted|Modified)\b)"
)
_LONGEST_LABEL = 6  # words of a section or newspaper beside the day
_ISSUE = 6  # lines at the top among which an issue's days stand
_HEAD, _SHORT = (
    3,
    40,
)  # lines below the headline that may be of the head; characters of a town or newspaper there
_TOWN = re.compile(
    r"^[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){0,2}, (?=\d{1,4}[/.-]\d)"
)  # "Brussels, 20/02/2024"
_FOOT = 8  # lines at the end among which a writer's name may stand
_RELEASE = re.compile(r"(?:press|news|media) (?:release|statement|note)|for immediate", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w'’-]+"
_WRITER = rf"(?:{_NAME}|[A-Z]\.)(?: (?:{_NAME}|[A-Z]\.)){{1,3}}"
_NAME_AND_TOWN = re.compile(rf"{_WRITER}, {_NAME}(?: {_NAME})?")
_BARS = re.compile(r"\s*[|•·]\s*")
_PROSE = 150  # a line this long is a paragraph, not one line of text broken at a fixed width


@dataclass(slots=True)
class Heading:
    """What the head of a report says; ``furniture`` are its labelled lines. Filled from the top down."""

    headline: Span | None = None
    title: str | None = None
    byline: Span | None = None
    author: str | None = None
    dayline: Span | None = None
    stamp: Stamp | None = None
    dateline: Dateline | None = None
    source: str | None = None
    url: str | None = None
    furniture: list[Span] = field(default_factory=list)

    @property
    def published(self) -> date | None:
        """The day the head says, in full."""
        if self.stamp is None and self.dateline and self.dateline.year and self.dateline.month_day:
            try:
                return date(self.dateline.year, *self.dateline.month_day)
            except ValueError:
                return None
        return self.stamp.day if self.stamp else None

    @property
    def spans(self) -> set[Span]:
        """The lines of the head that are the report's own."""
        return {span for span in (self.headline, self.byline, self.dayline) if span}


def read_heading(lines: list[Line], is_furniture: Callable[[str], bool], title: str | None = None) -> Heading:
    """Read the head of a report off its lines; ``title``, if given, is found again among them."""
    heading = Heading()
    text_begun = False
    named = [line for line in lines if _SPEAKER.match(line.text) and not is_furniture(line.text)]
    for index, line in enumerate(lines[:_TOP]):
        dated = index + 1 < len(lines) and stamp(lines[index + 1].text) is not None
        if _take_field(heading, line) or _take_byline(heading, line, dated=dated) or _take_day(heading, line):
            continue
        if is_furniture(line.text):
            days = list(find_days(line.text)) if _RELEASE.match(line.text) else []
            heading.stamp = heading.stamp or (Stamp(days[0][1], changed=False) if days else None)
            if _is_letterhead(heading, line, lines[index + 1 : index + 2 + _HEAD]):
                heading.headline, heading.title, text_begun = None, None, False
            continue
        if _is_town_below(heading, lines, index):
            heading.furniture.append(line.span)
            continue
        dateline = dateline_of(line.text, colon_after_town=len(named) < 2)
        if dateline is not None and heading.dateline is None:
            heading.dateline = _moved(dateline, line.start)
            rest = line.text[dateline.span[1] :]
            if rest and not (heading.headline and _is_outlet(rest)):
                break
            heading.dateline = replace(heading.dateline, span=line.span)
            text_begun = False  # on a line of its own; the headline may stand below it
            continue
        following = lines[index + 1 : index + 1 + _HEAD]
        if (_is_kicker(line.text) or _is_masthead(line, following)) and not _same(line.text, title):
            continue
        below = heading.dateline is not None and line.text.isupper()
        if (heading.headline is None or below) and (
            _same(line.text, title) or (not text_begun and _is_headline(line.text, following))
        ):
            heading.headline, heading.title = line.span, line.text
        elif len(line.text) > _PROSE or (
            re.search(r"[.!?][\"”’')]*$", line.text) and not _is_deck(heading, lines, index)
        ):
            break
        text_begun = True
    for line in lines[-_FOOT:] if heading.byline is None else []:
        _take_byline(heading, line)  # a writer may sign below the report
    if heading.published is None:
        heading.stamp = _day_of_issue(lines)
    return heading


def _is_deck(heading: Heading, lines: list[Line], index: int) -> bool:
    """Whether a sentence stands between the headline and the writer or day: "Aid agencies warn of famine."."""
    if index == 0 or lines[index - 1].span != heading.headline:
        return False
    return any(stamp(line.text) or byline_of(line.text)[0] for line in lines[index + 1 : index + 2])


def _is_town_below(heading: Heading, lines: list[Line], index: int) -> bool:
    """Whether a line right below the writer's says where or for whom: "From Jane Doe", "Bamako"."""
    if index == 0 or lines[index - 1].span != heading.byline or lines[index].gap:
        return False
    return bool(re.fullmatch(rf"{_NAME}(?:,? {_NAME}){{0,3}}", lines[index].text))


def _day_of_issue(lines: list[Line]) -> Stamp | None:
    """The day of a report that covers some days ("as of 13 August 2015"), or that its foot names."""
    for sort, some in (("periods", lines[:_ISSUE]), ("feet", lines[-_HEAD:])):
        told = re.compile("|".join(words("dates.en.yaml")[sort]), re.IGNORECASE)
        for line in some:
            days = list(find_days(line.text)) if len(line.text) < _LONGEST_BYLINE else []
            if days and told.search(line.text) and not line.text.endswith("."):
                return Stamp(days[-1][1], changed=False)
    return None


def _is_letterhead(heading: Heading, label: Line, following: list[Line]) -> bool:
    """Whether what was taken for the headline names who issues: "Press release" and the headline stand below it."""
    if heading.title is None or not _RELEASE.match(label.text) or len(heading.title.split()) > _LONGEST_LABEL:
        return False
    return bool(following) and _is_headline(following[0].text, following[1:])


@cache
def _labels() -> dict[str, str]:
    fields = words("heading.en.yaml")["fields"]
    return {label: name for name, labels in fields.items() for label in labels}


def _take_field(heading: Heading, line: Line) -> bool:
    """Read a line such as "Source: Xinhua"; a headline such as "Letter: we must talk" has no known label."""
    label, colon, value = line.text.partition(":")
    value, *beside = (piece.strip() for piece in re.split(r"\s[|•·]\s", value.strip()))
    name = _labels().get(label.strip().lower())
    if not (colon and value and name) or len(line.text) > _LONGEST_TITLE:
        return False
    if name == "published":
        read = stamp(value)
        if read is None:
            return False
        heading.stamp = heading.stamp or read
        heading.dayline = heading.dayline or line.span
    elif name == "title":
        heading.title = line.text[len(label) + 1 :].lstrip()
        heading.headline = line.end - len(heading.title), line.end
    elif name == "author":
        heading.author, heading.byline = value, line.span
    else:
        setattr(heading, name, value)
        heading.furniture.append(line.span)
    # "Source: Xinhua | 2020-06-18 21:14 | Editor: Lin"
    heading.stamp = heading.stamp or next((read for piece in beside if (read := stamp(piece))), None)
    return True


def _take_day(heading: Heading, line: Line) -> bool:
    read = _stamp_among_labels(line.text) if len(line.text) < _LONGEST_BYLINE else None
    if read is None:
        return False
    # A page that says when it was edited mostly says when it was published too, and that is the day wanted.
    if heading.stamp is None or (heading.stamp.changed and not read.changed):
        heading.stamp, heading.dayline = read, line.span
    return True


def _stamp_among_labels(text: str) -> Stamp | None:
    """Read a line that says a day beside section, newspaper or writer: "THE STANDARD | Politics | 18 June 2013"."""
    if (whole := stamp(text)) is not None:
        return whole
    text = _TOWN.sub("", text)
    pieces = [piece.strip() for piece in _BETWEEN_LABELS.split(text)]
    stamps = [read for read in map(stamp, pieces) if read is not None]
    others = [piece for piece in pieces if stamp(piece) is None]
    if not stamps or any(len(o.split()) > _LONGEST_LABEL or o.endswith((".", "!", "?")) for o in others):
        return None
    return next((read for read in stamps if not read.changed), stamps[0])


def _take_byline(heading: Heading, line: Line, *, dated: bool = False) -> bool:
    """Take a line that names the writer; ``dated``: only a day stands below it."""
    author, read = byline_of(line.text, small=line.gap)
    if author is None:
        author = _writer_beside(line.text)
    if author is None and heading.headline is not None and _posted_writer().fullmatch(line.text):
        author = _without_towns(line.text)
    if author is None and heading.headline is not None and dated and _NAME_AND_TOWN.fullmatch(line.text):
        author = line.text.partition(",")[0]
    if author is None:
        return False
    if heading.byline is None:
        heading.author, heading.byline = author, line.span
        heading.stamp = heading.stamp or read
    elif heading.author and author not in heading.author and heading.headline is not None:
        heading.author += f", {author}"  # each writer on a line of their own
        heading.furniture.append(line.span)
    return True


def _writer_beside(text: str) -> str | None:
    """ "BRUSSELS | By Jane Doe", "Jane Doe and John Roe | The Courier": writers beside a town or newspaper."""
    pieces = _BARS.split(text)
    if len(pieces) < 2 or len(text) > _LONGEST_BYLINE:
        return None
    told = next((author for piece in pieces if (author := byline_of(piece)[0])), None)
    several = re.fullmatch(rf"{_WRITER}(?:, {_WRITER})*(?:,? and {_WRITER}|, {_WRITER})", pieces[0])
    return told or (pieces[0] if several else None)


@cache
def _with_role() -> re.Pattern[str]:
    roles = alternation(words("heading.en.yaml")["roles"])
    place = r"(?:,? (?:in|for|at) [^,;:.]{2,40})?"
    return re.compile(rf"([^,;:.]{{3,60}}), (?:[\w'’]+ ){{0,3}}{roles}{place}", re.IGNORECASE)


@cache
def _posted_writer() -> re.Pattern[str]:
    """ "Jane Doe in Bamako", "Jane Doe in Bamako and John Roe", "From Jane Doe, Bamako": below the headline."""
    name = rf"(?:{_NAME}(?: {_NAME}){{1,3}}|(?:[Aa]|OUR|[Oo]ur) (?:CORRESPONDENT|[Cc]orrespondent))"
    town = rf" in {_NAME}(?: {_NAME}){{0,2}}"
    return re.compile(
        rf"(?:From )?{name}{town}(?:(?:,| and|,? with) {name}(?:{town})?)*|From {name}(?:, {_NAME})?"
    )


def byline_of(text: str, small: bool = False) -> tuple[str | None, Stamp | None]:
    """Read "By Jane Doe and John Roe | May 3, 2019" or "Jane Doe, staff reporter".

    Gives the writers as written, and the day if one is there; None for a line of another kind. ``small``: "by"
    may begin the line, which goes on with no sentence.
    """
    role = _with_role().fullmatch(text)
    if role and _are_names(writer := re.sub(r"^(?:By|BY|From|FROM) ", "", role[1])):
        return writer, None
    match = re.match(
        rf"(?:{alternation(words('heading.en.yaml')['written'])} )?(?:[Bb]y|BY)\s*:?\s+(?=\S)", text
    )
    if not match or (match[0].startswith("by") and not small) or len(text) > _LONGEST_BYLINE:
        return None, None
    days = list(find_days(text))
    end = days[0][0][0] if days else len(text)
    cut = _AFTER_WRITERS.search(text[match.end() : end])
    if cut:
        end = match.end() + cut.start()
    author = _without_role(_without_towns(text[match.end() : end].rstrip(" ,;(")))
    read = _stamp_among_labels(text[end:]) if days else None  # "… on 3 May 2019 | 12 comments"
    if (days and read is None) or not _are_names(author):
        return None, None
    return author, read


def _without_role(writers: str) -> str:
    """ "Foreign affairs reporter Jane Doe": the name alone."""
    role = rf"(?:[\w'’-]+ ){{0,4}}{alternation(words('heading.en.yaml')['roles'])}s? (?-i:(?=[A-Z]))"
    return re.sub(rf"^{role}", "", writers, flags=re.IGNORECASE)


def _without_towns(writers: str) -> str:
    """ "Jane Doe in Bamako and John Roe (Dakar)", "Jane Doe / Bamako": the writers alone."""
    writers = writers.partition(" / ")[0]
    writers = re.sub(r"^From (.*?)(?:, [\w'’-]+)?$", r"\1", writers)
    return re.sub(r",? in [A-Z](?:(?!\s(?:and|with|&)\s).)*| \([A-Z][^()]*\)?", "", writers)


def _are_names(author: str) -> bool:
    lists = words("heading.en.yaml")
    tokens = re.findall(r"[^\s,;]+", author)
    if not tokens or len(tokens) > 15 or tokens[0].lower().strip(".") in lists["not_writers"]:
        return False
    if re.search(r"[!?]|[a-z]{3}\.$", author):
        return False
    return all(token[0].isupper() or token.lower() in lists["particles"] for token in tokens)


def _is_headline(text: str, following: list[Line]) -> bool:
    """A headline is short, has no full stop, and stands apart or above the byline, day or dateline.

    Between it and those a line may stand: a town, a newspaper, a second headline below the first.
    """
    if not following or len(text) > _LONGEST_TITLE or len(text.split()) < 2:
        return False
    if not re.match(r"[\"“‘'«]?[^\W_a-z]", text):
        return False
    if re.search(r"[.,;:][\"”’')]*$", text) and not re.search(r"\b(?:[A-Z]\.){2,}$|\.\.\.$", text):
        return False
    for line in following:
        if line.gap or len(line.text) > _PROSE or _is_of_the_head(line.text):
            return True
        deck = line.text[0].isupper() or line.text[0] in "\"“‘'«*•-–"  # not prose broken at a fixed width
        if line.text.endswith(".") or not (deck or len(line.text) <= _SHORT):
            return False
    return False


def _is_outlet(text: str) -> bool:
    """Whether what follows a town and a dash only says who wrote: "Bosporus Daily with wire dispatches"."""
    small = {*words("heading.en.yaml")["particles"], *words("heading.en.yaml")["wires"]}
    found = re.findall(r"[^\s,/]+", text)
    return 0 < len(found) <= 8 and all(w[0].isupper() or w in small for w in found) and text[-1].isalnum()


def _is_kicker(text: str) -> bool:
    """Whether a line above the headline only names a section or newspaper: "COURTS", "Gulf Watch | Beirut"."""
    pieces = _BETWEEN_LABELS.split(text)
    short = all(len(piece.split()) <= _LONGEST_LABEL and piece[-1:].isalnum() for piece in pieces)
    return (short and len(pieces) > 1) or bool(re.fullmatch(r"[\w&-]+|\[[^\]]*\]", text))


def _is_masthead(line: Line, following: list[Line]) -> bool:
    """Whether two words in capitals stand right above the headline: "UN NEWS"."""
    below = following[0] if following else line
    plain = (
        below is not line and not below.gap and not below.text.isupper() and not _is_of_the_head(below.text)
    )
    return line.text.isupper() and len(line.text.split()) == 2 and plain and len(below.text.split()) > 4


def _is_of_the_head(text: str) -> bool:
    return bool(_stamp_among_labels(text) or byline_of(text)[0] or dateline_of(text))


def _same(text: str, title: str | None) -> bool:
    return title is not None and " ".join(text.split()).casefold() == " ".join(title.split()).casefold()


def _moved(dateline: Dateline, by: int) -> Dateline:
    """Count a dateline's spans from the start of the text."""
    start, end = dateline.span
    place = dateline.place and (dateline.place[0] + by, dateline.place[1] + by)
    return Dateline((start + by, end + by), place, dateline.month_day, dateline.year, dateline.agency)
