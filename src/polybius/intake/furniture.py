"""Page furniture in plain text: what stands around a report on its page and came along when it was copied.

The patterns are data (``data/furniture.en.tsv``). Precision first: a box that stays costs a false record at
worst, a sentence taken for furniture loses true ones. So a whole line must match, a short line that continues
a sentence is left alone, and only a few unmistakable phrases are looked for inside a paragraph.
"""

import re
from functools import cache

from polybius.intake.dates import stamp
from polybius.intake.lines import Line
from polybius.intake.report import Span
from polybius.intake.words import alternation, table, words

_LONGEST_LINE = 400  # characters; longer lines are prose, whatever they begin with
_LONGEST_ITEM = 150  # characters of a headline in a "Most read" box
_PROSE, _FEWEST = 80, 3  # a line of so many characters tells something; so many of them are a report
_PAREN = re.compile(r"\(([^()\n]{3,320})\)|\[([^\[\]\n]{3,320})\]")
_SENTENCE_ENDS = re.compile(r"[.!?][\"”’')]?(?=\s+[\"“‘']?[^\W\d_a-z]|\s*$)")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’')\]]*$")


@cache
def _patterns(scope: str) -> str:
    return "|".join(f"(?:{row['pattern']})" for row in table("furniture.en.tsv") if row["scope"] == scope)


@cache
def _compiled(scope: str) -> re.Pattern[str]:
    form = {
        "caption": r"(?:{})\.?$",
        "tail": r"(?<=[.!?…\"”’)])(?:\s+(?:{}))+$",
        "sentence": r"(?:^|(?<=[.!?…\"”’)]\s))(?:{})[^.!?\n]*(?:[.!?](?=\s|$)|$)",
    }.get(scope, "{}")
    return re.compile(form.replace("{}", _patterns(scope)), re.IGNORECASE)


def furniture_in(lines: list[Line], own_lines: tuple[str, ...] = ()) -> list[Span]:
    """Give the spans of furniture in the lines of a report.

    ``own_lines`` are whole lines known to be no prose, such as the author's name; found, they are furniture.
    """
    repeated = {line.casefold() for line in own_lines}
    whole = [
        not _continues(lines, index) and (is_furniture(line.text) or line.text.casefold() in repeated)
        for index, line in enumerate(lines)
    ]
    _spread_boxes(lines, whole)
    _close(lines, whole)
    spans: list[Span] = []
    for index, line in enumerate(lines):
        if whole[index]:
            spans.append(line.span)
        else:
            last = index + 1 == len(lines) or whole[index + 1]
            spans.extend((line.start + start, line.start + end) for start, end in _inside(line.text, last))
    return spans


def is_furniture(text: str) -> bool:
    """Say whether a line without the white space around it is furniture as a whole."""
    if len(text) > _LONGEST_LINE:
        return False
    if any(_compiled(scope).fullmatch(text) for scope in ("line", "box", "end")) or _labelled_day(text):
        return True
    return bool(_compiled("caption").search(text)) and len(_SENTENCE_ENDS.findall(text)) <= 2


def _continues(lines: list[Line], index: int) -> bool:
    """Say whether a line goes on with the sentence of the line above, as in text broken at a fixed width."""
    if index == 0 or lines[index].gap or re.search(r"\s[|»›]\s|^By\b", lines[index].text):
        return False
    above = lines[index - 1].text
    return len(above) > 50 and bool(re.search(r"[^\W\d_A-Z]$|,$", above)) and not is_furniture(above)


def _spread_boxes(lines: list[Line], whole: list[bool]) -> None:
    """Mark the headlines listed under a box's heading, up to the first line that is a sentence or long."""
    inside = False
    for index, line in enumerate(lines):
        if _compiled("box").fullmatch(line.text) and whole[index]:
            inside = True
        elif inside and (len(line.text) > _LONGEST_ITEM or _ENDS_SENTENCE.search(line.text)):
            inside = False
        elif inside:
            whole[index] = True


def _close(lines: list[Line], whole: list[bool]) -> None:
    """Mark what stands below "ENDS": a press release's contacts and notes."""
    told = 0  # lines of prose so far
    for index, line in enumerate(lines):
        told += not whole[index] and len(line.text) > _PROSE
        if told >= _FEWEST and _compiled("end").fullmatch(line.text):
            whole[index:] = [True] * (len(lines) - index)
            return


def _labelled_day(text: str) -> bool:
    """Say whether a line only says when the page was published or changed: "Last modified on 3 May 2022"."""
    labels = words("dates.en.yaml")["labels"]
    labelled = re.match(alternation([*labels["issued"], *labels["changed"]]), text, re.IGNORECASE)
    return bool(labelled) and stamp(text) is not None


def _inside(text: str, last: bool) -> list[Span]:
    """Give the furniture within a line of prose; ``last``: nothing of the report follows it."""
    spans: list[Span] = []
    for match in _PAREN.finditer(text):
        if _compiled("paren").fullmatch((match[1] or match[2]).strip()):
            spans.append(match.span())
    spans.extend(match.span() for match in _compiled("sentence").finditer(text))
    tail = _compiled("tail").search(text)
    # A number after the last full stop counts likes only where the report ends; elsewhere it is a footnote.
    if tail and (last or not tail[0].strip().isdigit()):
        spans.append((tail.end() - len(tail[0].lstrip()), tail.end()))
    return spans
