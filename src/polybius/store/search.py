"""Full-text search over titles and texts: FTS5 on SQLite, a tsvector on PostgreSQL; the same words for both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Date, text

from polybius.store.found import ReportHead

_SQLITE = """
    WITH best AS MATERIALIZED (
        SELECT rowid AS number, bm25(reports_search, 4.0, 1.0) AS score
        FROM reports_search WHERE reports_search MATCH :query ORDER BY score LIMIT :near
    )
    SELECT r.number, r.id, r.given_id, r.title, r.published, r.author, r.source, r.url, r.language,
           snippet(reports_search, -1, :open, :close, '…', 24) AS snippet
    FROM best CROSS JOIN reports_search ON reports_search.rowid = best.number
    CROSS JOIN reports r ON r.number = best.number
    WHERE reports_search MATCH :query
    ORDER BY best.score, r.id LIMIT :limit
"""
"""Only the reports near the best are looked up: a common word stands in most of them."""

_POSTGRESQL = """
    SELECT number, id, given_id, title, published, author, source, url, language,
           ts_headline('english', left(text, 400000), query,
                       'MaxFragments=1, MaxWords=24, MinWords=12, StartSel=' || :open || ', StopSel=' || :close
           ) AS snippet
    FROM reports, websearch_to_tsquery('english', :query) query
    WHERE search @@ query
    ORDER BY ts_rank(search, query) DESC, id LIMIT :limit
"""

NEAR = (
    10  # times as many reports as are wanted are put in order by their ids too, where they are equally good
)
OPEN, CLOSE = "\x02", "\x03"
"""What stands around a word found in a snippet: characters that no text shown to a reader holds."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A report found, and the words around what was found, each of them between OPEN and CLOSE."""

    report: ReportHead
    snippet: str


def search(connection: Connection, words: str, limit: int) -> list[SearchHit]:
    """Reports that hold all the words, in any form of theirs, and every "phrase in quotes"; best first."""
    parts = terms(words)
    if not parts:
        return []
    query = " ".join(f'"{part}"' for part in parts)
    sql = _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
    asked = text(sql).columns(published=Date())
    values = {"query": query, "limit": limit, "near": NEAR * limit, "open": OPEN, "close": CLOSE}
    hits = []
    for row in connection.execute(asked, values).mappings():
        facts = dict(row)
        snippet = facts.pop("snippet")
        hits.append(SearchHit(ReportHead(**facts), snippet))
    return hits


def terms(words: str) -> list[str]:
    """The words and phrases asked for, without any sign that either back end would read as an operator."""
    parts = (quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', words))
    cleaned = (" ".join(re.findall(r"\w+", part)) for part in parts)
    return [part for part in cleaned if part]
