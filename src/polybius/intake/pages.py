"""HTML pages: a forum thread by its program's rules, any other page by trafilatura, its day by htmldate."""

import logging
from datetime import date
from typing import TypedDict, Unpack

from polybius.errors import IntakeError
from polybius.intake.dates import day_of
from polybius.intake.forum import first_post
from polybius.intake.plain import from_text
from polybius.intake.report import Report

_SHORTEST = 60  # characters; below that trafilatura found a menu, not an article


class Facts(TypedDict, total=False):
    """What may be given beside a text; the names of ``from_text``."""

    published: date | str | None
    title: str | None
    author: str | None
    source: str | None
    url: str | None
    given_id: str | None
    origin: str | None
    max_bytes: int


def from_html(html: str, **given: Unpack[Facts]) -> Report:
    """Make a Report of a page: its headline, a blank line, and the main text; of a thread, the first post.

    What is given wins over what the page says. Raises IntakeError when the page holds no article, and for all
    that ``from_text`` refuses.
    """
    try:
        text, facts = _post(html) or _article(html, given.get("url"))
    except IntakeError as error:
        raise IntakeError(error.message, error.remedy, source=given.get("origin")) from None
    for name, value in given.items():
        if value is not None:
            facts[name] = value  # type: ignore[literal-required]
    title = facts.get("title")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return from_text(text, **facts)


def _post(html: str) -> tuple[str, Facts] | None:
    post = first_post(html)
    if post is None:
        return None
    return post.text, Facts(title=post.title, author=post.author, published=post.day)


def _article(html: str, url: str | None) -> tuple[str, Facts]:
    """Give the text of a page's article and what the page says about it."""
    import trafilatura  # half a second to import: only where a page is read

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # A day only found somewhere in the text may be any day the report speaks of, so no extensive search.
    found = trafilatura.bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = (getattr(found, "text", None) or "").strip()
    if found is None or isinstance(found, dict) or len(text) < _SHORTEST:
        raise IntakeError("a page without an article", "give the page of one report, or its plain text")
    # Paragraphs come one to a line; a blank line between them is what plain text has.
    text = text.replace("\n", "\n\n")
    return text, Facts(
        title=found.title,
        author=found.author,
        published=_day(found.date),
        source=found.sitename or found.hostname,
        url=found.url,
    )


def _day(value: str | None) -> date | None:
    try:
        return day_of(value)
    except IntakeError:
        return None
