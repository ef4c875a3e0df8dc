"""HTML pages: a forum thread by its program's rules, any other page by trafilatura, its day by htmldate."""

import logging
from datetime import date

from polybius.errors import IntakeError
from polybius.intake.dates import day_of
from polybius.intake.forum import first_post
from polybius.intake.plain import from_text
from polybius.intake.report import MAX_BYTES, Report

_SHORTEST = 60  # characters; below that trafilatura found a menu, not an article


def from_html(
    html: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    author: str | None = None,
    source: str | None = None,
    url: str | None = None,
    given_id: str | None = None,
    origin: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Report:
    """Make a Report of a page: its headline, a blank line, and the main text; of a forum thread, the first post.

    What is given wins over what the page says. Raises IntakeError when the page holds no article, and for all
    that ``from_text`` refuses.
    """
    post = first_post(html)
    if post is not None:
        text, found_title, found_author, found_day = post.text, post.title, post.author, post.day
        found_source = found_url = None
    else:
        text, found_title, found_author, found_day, found_source, found_url = _article(html, url, origin)
    title = title or found_title
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return from_text(
        text,
        published=published or found_day,
        title=title,
        author=author or found_author,
        source=source or found_source,
        url=url or found_url,
        given_id=given_id,
        origin=origin,
        max_bytes=max_bytes,
    )


_Article = tuple[str, str | None, str | None, date | None, str | None, str | None]


def _article(html: str, url: str | None, origin: str | None) -> _Article:
    """Give text, title, author, day, source and URL of a page's article."""
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
        raise IntakeError("a page without an article", "give the page of one report, or its plain text", source=origin)
    # Paragraphs come one to a line; a blank line between them is what plain text has.
    text = text.replace("\n", "\n\n")
    return text, found.title, found.author, _day(found.date), found.sitename or found.hostname, found.url


def _day(value: str | None) -> date | None:
    try:
        return day_of(value)
    except IntakeError:
        return None
