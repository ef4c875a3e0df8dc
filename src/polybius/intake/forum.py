"""Forum threads: the first post is the report, its poster the author, its posting day the day of publication.

General extractors drop replies without a word or mix them in; here one row of selectors per forum program
(``data/forums.tsv``) says where a post, its text, its author and its day stand.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from polybius.errors import IntakeError
from polybius.intake.dates import day_of, find_days
from polybius.intake.words import table

_BLOCKS = {
    "p", "div", "blockquote", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
    "pre", "section", "article", "aside", "figure", "figcaption", "hr", "dl", "dt", "dd",
}  # fmt: skip
_NO_TEXT = {"script", "style", "noscript", "template", "iframe", "svg", "form", "button"}


@dataclass(frozen=True, slots=True)
class Post:
    """The first post of a thread."""

    text: str
    title: str | None
    author: str | None
    day: date | None


def first_post(html: str) -> Post | None:
    """Give the first post of a forum thread, or None when the page is of no forum program known here."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    for engine in table("forums.tsv"):
        if _first(page, engine["mark"]) is None:
            continue
        for selector in engine["post"].split(" | "):
            for post in page.css(selector):
                body = _first(post, engine["text"])
                if body is None:
                    continue
                day = _day(post, engine["day"])
                author = _first(post, engine["author"])
                title = _first(page, engine["title"])
                text = block_text(body, engine["drop"])
                if text:
                    return Post(text, _line(title), _line(author), day)
    return None


def block_text(node: Any, drop: str = "") -> str:
    """Give the text under an HTML node, paragraphs apart by a blank line, without what ``drop`` selects."""
    for selector in filter(None, drop.split(" | ")):
        for unwanted in node.css(selector):
            unwanted.decompose()
    parts: list[str] = []
    # An own stack, not recursion: a hostile page may nest thousands deep.
    stack: list[Any] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag == "-text":
            parts.append(re.sub(r"\s+", " ", item.text(deep=True) or ""))
        elif item.tag == "br":
            parts.append("\n")
        elif item.tag not in _NO_TEXT and not item.tag.startswith("-") and not item.tag.startswith("_"):
            inside = list(item.iter(include_text=True))
            gap = ["\n\n"] if item.tag in _BLOCKS else []
            stack.extend([*gap, *reversed(inside), *gap])
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parts))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", text)).strip()


def _first(node: Any, selectors: str) -> Any:
    for selector in selectors.split(" | "):
        found = node.css_first(selector)
        if found is not None:
            return found
    return None


def _line(node: Any) -> str | None:
    return " ".join(node.text(separator=" ").split()) or None if node is not None else None


def _day(post: Any, selectors: str) -> date | None:
    """Read the posting day off the first node that says one in full; "Yesterday" does not."""
    for selector in selectors.split(" | "):
        for node in post.css(selector):
            attributes = node.attributes
            for value in (attributes.get("datetime"), attributes.get("title"), node.text(separator=" ")):
                day = _certain_day(value or "")
                if day is not None:
                    return day
    return None


def _certain_day(value: str) -> date | None:
    try:
        return day_of(value)
    except IntakeError:
        return next((day for _, day in find_days(value)), None)
