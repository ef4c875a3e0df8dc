"""Plain text becomes a Report; every other reader ends here too, with the text and facts of its file."""

import re
from datetime import date

from polybius.errors import IntakeError
from polybius.intake.dates import day_in_year, day_of
from polybius.intake.furniture import furniture_in, is_furniture
from polybius.intake.heading import Heading, read_heading
from polybius.intake.language import require_supported
from polybius.intake.lines import Line, lines_of, merged
from polybius.intake.posts import PostHead, split_posts
from polybius.intake.report import MAX_BYTES, Report, Span, report_id

_FIRST_POST = 10  # a post's head below this line is a reply's


def from_text(
    text: str,
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
    """Make a Report of a text, which stays as it is but for a byte order mark at its start.

    What is given wins over what the text says of itself: its headline, byline, day, and the poster's name and
    day where a forum post was pasted. ``published`` is a date or text such as "2019-09-26" or "3 June 2014";
    ``max_bytes`` bounds the text as UTF-8. Raises IntakeError when there is no text, too much of it, a
    language that is not read, or an unknown date.
    """
    text = text.removeprefix("\ufeff")
    _require_text(text, max_bytes, origin)
    try:
        given_day = day_of(published)
        posts, lines = split_posts(lines_of(text))
        heading = read_heading(lines, is_furniture, title)
        post = _first_post(posts, text)
        around = furniture_in(lines, _byline_again(heading, text))
        furniture = merged(
            [post.span for post in posts]
            + [span for span in around if span not in heading.spans]
            + heading.furniture
        )
        language = require_supported(_prose(text, lines, furniture))
    except IntakeError as error:
        raise IntakeError(error.message, error.remedy, source=error.source or origin) from None
    day = given_day or (post.day if post else None) or heading.published
    dateline = heading.dateline
    return Report(
        id=report_id(text, day),
        text=text,
        language=language,
        title=_filled(title) or heading.title,
        published=day,
        author=_filled(author) or _poster(post, text) or heading.author,
        source=_filled(source) or heading.source,
        url=_filled(url) or heading.url,
        given_id=_filled(given_id),
        origin=origin,
        furniture=furniture,
        headline=heading.headline,
        byline=heading.byline or (post.author if post else None),
        dayline=heading.dayline,
        dateline=dateline.span if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_day=_dateline_day(heading, day),
        agency=dateline.agency if dateline else None,
    )


def _require_text(text: str, max_bytes: int, origin: str | None) -> None:
    if not text.strip():
        raise IntakeError("no text in it", "give a report", source=origin)
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        broken = "holds half a character (a lone surrogate)"
        raise IntakeError(broken, "write it as UTF-8 anew", source=origin) from None
    if size > max_bytes:
        raise IntakeError(
            f"{size:,} bytes of text, more than the {max_bytes:,} allowed for one report",
            "split it into reports, or raise max_bytes",
            source=origin,
        )


def _first_post(posts: list[PostHead], text: str) -> PostHead | None:
    """Give the head of the post the text begins with; further down it is a reply's."""
    if posts and len(lines_of(text[: posts[0].span[0]])) < _FIRST_POST:
        return posts[0]
    return None


def _byline_again(heading: Heading, text: str) -> tuple[str, ...]:
    """Give the forms in which a page repeats its byline below the text."""
    if heading.byline is None or heading.author is None:
        return ()
    return text[slice(*heading.byline)], heading.author, *re.split(r",? and |, ", heading.author)


def _poster(post: PostHead | None, text: str) -> str | None:
    return text[slice(*post.author)] if post and post.author else None


def _prose(text: str, lines: list[Line], furniture: tuple[Span, ...]) -> str:
    """Give the lines that are not furniture, by which the language is told."""
    marked = set(furniture)
    prose = "\n".join(line.text for line in lines if line.span not in marked)
    return prose or text


def _dateline_day(heading: Heading, published: date | None) -> date | None:
    dateline = heading.dateline
    if dateline is None or dateline.month_day is None:
        return None
    if dateline.year is None:
        return day_in_year(*dateline.month_day, near=published)
    try:
        return date(dateline.year, *dateline.month_day)
    except ValueError:
        return None


def _filled(value: str | None) -> str | None:
    """Give a value without white space around it, and nothing for an empty one."""
    return (value or "").strip() or None
