"""RSS and Atom feeds, as files: a report for each entry that brings its text along."""

from __future__ import annotations

import io
import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from polybius.errors import IntakeError
from polybius.intake.dates import day_of
from polybius.intake.plain import from_text
from polybius.intake.raw import Raw
from polybius.intake.report import Failure, Report, Taken

_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_BLOCKS = "p, div, br, li, h1, h2, h3, h4, h5, h6, blockquote, tr, section, article"


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return bool(_FEED.match(head.removeprefix(b"\xef\xbb\xbf")))


def read_feed(raw: Raw) -> Taken:
    """Give a report for each entry; its guid is its ``given_id``, the feed's title its source."""
    import feedparser  # type: ignore[import-untyped]  # a fifth of a second to import: only where a feed is read

    data = raw.read()
    if not is_feed(data):
        raise IntakeError("not a feed", "give RSS or Atom, or save the reports as text")
    # A stream and not bytes: bytes that look like a path or an address would be opened as such.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo and not feed.entries:
        raise IntakeError(f"the feed cannot be read: {feed.bozo_exception}", "save it anew")
    for number, entry in enumerate(feed.entries, start=1):
        yield _taken(entry, feed.feed.get("title"), raw, f"{raw.name}:{number}")


def _taken(entry: Any, source: str | None, raw: Raw, origin: str) -> Report | Failure:
    try:
        return from_text(
            _text(entry),
            title=_plain(entry.get("title", "")),
            published=_day(entry) or raw.published,
            author=entry.get("author"),
            source=source,
            url=entry.get("link"),
            given_id=entry.get("id"),
            origin=origin,
            max_bytes=raw.max_bytes,
        )
    except IntakeError as error:
        return Failure(origin, IntakeError(error.message, error.remedy, source=origin))


def _text(entry: Any) -> str:
    """The headline, a blank line, and the longest of the texts that the entry brings."""
    bodies = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    body = max((_plain(body) for body in bodies), key=len)
    title = _plain(entry.get("title", ""))
    return body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()


def _plain(html: str) -> str:
    """The text of a piece of HTML, a blank line between its blocks; of plain text, the text."""
    if not re.search(r"<\w|&\w|&#", html):
        return html.strip()
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, template"):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\x00")  # not text anywhere, so it can only be the edge of a block
        node.insert_after("\x00")
    text = tree.body.text() if tree.body else ""
    blocks = (" ".join(block.split()) for block in text.split("\x00"))
    return "\n\n".join(block for block in blocks if block)


def _day(entry: Any) -> date | None:
    """The day as the feed writes it, in its own time zone; else as feedparser reads it, in UTC."""
    written = entry.get("published") or entry.get("updated") or ""
    try:
        return parsedate_to_datetime(written).date()  # RSS: Mon, 18 May 2015 23:30:00 -0500
    except ValueError:
        pass
    try:
        return day_of(written)  # Atom: 2015-05-18T23:30:00Z
    except IntakeError:
        read = entry.get("published_parsed") or entry.get("updated_parsed")
        return date(*read[:3]) if read else None
