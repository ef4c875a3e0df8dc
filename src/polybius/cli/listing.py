"""Writes what the store found: events, statements and ties as a table, JSON Lines or CSV; search; summary."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from polybius.cli.page import WIDEST, make_table, quoted, what_happened
from polybius.cli.words import clean, days
from polybius.cli.writers import COLUMNS, about, event_row, harmless
from polybius.record import Actor
from polybius.store import FoundEvent, FoundStatement, FoundTie, SearchHit, Summary
from polybius.store.search import CLOSE, OPEN

STATEMENT_COLUMNS = (
    "report", "given_id", "title", "source", "published", "url", "statement", "start", "end", "words", "form",
    "speaker", "speaker_country", "speaker_sector", "via", "date_start", "date_end",
)  # fmt: skip
TIE_COLUMNS = (
    "report", "given_id", "title", "source", "published", "url", "tie", "start", "end", "words", "kind",
    "from", "from_country", "from_sector", "to", "to_country", "to_sector", "rank", "since", "until", "said_by",
)  # fmt: skip
BARS = 40  # lines of the chart at most; more days than that are counted by month, more months by year
WIDTH = 50  # columns of its longest bar

Write = Callable[[Iterable[Any], TextIO], None]


def _event_row(found: FoundEvent) -> Mapping[str, Any]:
    return event_row(
        found.report,
        found.event,
        words=found.words,
        actors=found.actors,
        recipients=found.recipients,
        said_by=found.said_by,
        place=found.place,
        figures=found.figures,
    )


def _event_object(found: FoundEvent) -> dict[str, Any]:
    amounts = zip(found.amounts, found.figures, strict=True)
    return _object(found, "event") | {
        "actors": [_actor(actor) for actor in found.actors],
        "recipients": [_actor(actor) for actor in found.recipients],
        "said_by": _actor(found.said_by),
        "place": found.place and found.place.model_dump(mode="json"),
        "amounts": [amount.model_dump(mode="json") | {"words": words} for amount, words in amounts],
    }


def _event_cells(found: FoundEvent) -> Sequence[Text]:
    return (
        Text(days(found.event.date)),
        _names(found.actors),
        what_happened(found.event),
        _names(found.recipients),
        _names([found.said_by]),
        Text(clean(found.place.name) if found.place else ""),
        quoted(found.words),
        _origin(found),
    )


def _statement_row(found: FoundStatement) -> Mapping[str, Any]:
    statement, speaker = found.statement, found.speaker
    return {
        **about(found.report),
        "statement": statement.id,
        "start": statement.span[0],
        "end": statement.span[1],
        "words": found.words,
        "form": statement.form,
        **_columns("speaker", speaker),
        "via": found.via and found.via.name,
        "date_start": statement.date and statement.date.start,
        "date_end": statement.date and statement.date.end,
    }


def _statement_object(found: FoundStatement) -> dict[str, Any]:
    return _object(found, "statement") | {"speaker": _actor(found.speaker), "via": _actor(found.via)}


def _statement_cells(found: FoundStatement) -> Sequence[Text]:
    day = found.report.published
    when = days(found.statement.date) or (day.isoformat() if day else "")
    return Text(when), _names([found.speaker]), _names([found.via]), quoted(found.words), _origin(found)


def _tie_row(found: FoundTie) -> Mapping[str, Any]:
    tie = found.tie
    return {
        **about(found.report),
        "tie": tie.id,
        "start": tie.span[0],
        "end": tie.span[1],
        "words": found.words,
        "kind": tie.kind,
        **_columns("from", found.from_),
        **_columns("to", found.to),
        "rank": tie.rank,
        "since": tie.since,
        "until": tie.until,
        "said_by": found.said_by and found.said_by.name,
    }


def _tie_object(found: FoundTie) -> dict[str, Any]:
    ends = {"from": _actor(found.from_), "to": _actor(found.to), "said_by": _actor(found.said_by)}
    return _object(found, "tie") | ends


def _tie_cells(found: FoundTie) -> Sequence[Text]:
    tie = found.tie
    return (
        _names([found.from_]),
        Text(tie.kind.replace("_", " ") + (f" no. {tie.rank}" if tie.rank else "")),
        _names([found.to]),
        Text(str(tie.since or "")),
        Text(str(tie.until or "")),
        _names([found.said_by]),
        quoted(found.words),
        _origin(found),
    )


def _object(found: FoundEvent | FoundStatement | FoundTie, what: str) -> dict[str, Any]:
    """The record's own fields under the names RECORD.md gives, after the report they are from."""
    fields = getattr(found, what).model_dump(mode="json")
    return {**about(found.report), what: fields.pop("id"), "words": found.words, **fields}


def _actor(actor: Actor | None) -> dict[str, Any] | None:
    return actor.model_dump(mode="json") if actor else None


def _columns(role: str, actor: Actor | None) -> dict[str, str | None]:
    return {
        role: actor.name if actor else None,
        f"{role}_country": actor.country if actor else None,
        f"{role}_sector": actor.sector if actor else None,
    }


def _names(actors: Iterable[Actor | None]) -> Text:
    return Text(", ".join(clean(actor.name) for actor in actors if actor))


def _origin(found: FoundEvent | FoundStatement | FoundTie) -> Text:
    """Which report it is from: its source, and the id by which --report finds it."""
    report = found.report
    return Text(clean(" ".join(filter(None, (report.source, report.given_id or report.id)))), style="dim")


def _tables(title: str, cells: Callable[[Any], Sequence[Text]], **columns: int) -> Write:
    def write(found: Iterable[Any], out: TextIO) -> None:
        table = make_table(title, [cells(one) for one in found], **columns)
        console = _console(out)
        console.print(table or f"No {title.lower()} found.")

    return write


def _json_lines(make: Callable[[Any], dict[str, Any]]) -> Write:
    def write(found: Iterable[Any], out: TextIO) -> None:
        for one in found:
            out.write(json.dumps(make(one), ensure_ascii=False, default=str) + "\n")

    return write


def _csv(columns: Sequence[str], make: Callable[[Any], Mapping[str, Any]]) -> Write:
    def write(found: Iterable[Any], out: TextIO) -> None:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(columns)
        for one in found:
            row = make(one)
            rows.writerow([harmless(row[column]) for column in columns])

    return write


LISTINGS: Mapping[str, Mapping[str, Write]] = {
    "events": {
        "table": _tables(
            "Events", _event_cells,
            when=0, who=4, what=3, to_whom=4, says_who=3, where=3, in_the_words=5, report=3,
        ),
        "jsonl": _json_lines(_event_object),
        "csv": _csv(COLUMNS, _event_row),
    },
    "statements": {
        "table": _tables("Statements", _statement_cells, when=0, speaker=4, via=3, words=10, report=3),
        "jsonl": _json_lines(_statement_object),
        "csv": _csv(STATEMENT_COLUMNS, _statement_row),
    },
    "ties": {
        "table": _tables(
            "Ties", _tie_cells,
            who=4, tie=3, to_whom=4, since=0, until=0, says_who=3, in_the_words=5, report=3,
        ),
        "jsonl": _json_lines(_tie_object),
        "csv": _csv(TIE_COLUMNS, _tie_row),
    },
}  # fmt: skip
"""By what is asked for and the name of the format."""


def write_hits(hits: Sequence[SearchHit], out: TextIO, *, as_json: bool) -> None:
    """The reports found, with the words around what was found."""
    if as_json:
        for hit in hits:
            snippet = hit.snippet.replace(OPEN, "").replace(CLOSE, "")
            row = {**about(hit.report), "snippet": snippet}
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        return
    console = _console(out)
    for hit in hits:
        report = hit.report
        facts = (str(report.published or ""), report.source, report.given_id or report.id)
        console.print(Text(clean(report.title or "Report without a title"), style="bold"))
        console.print(Text(" · ".join(clean(fact) for fact in facts if fact), style="dim"))
        console.print(_marked(hit.snippet), end="\n\n")
    if not hits:
        console.print("No reports found.")


def _marked(snippet: str) -> Text:
    """A snippet with the words that were found made bold."""
    marked = Text()
    for number, part in enumerate(snippet.replace(CLOSE, OPEN).split(OPEN)):
        before, after = part[:1].isspace() * " ", part[-1:].isspace() * " "
        marked.append(before + clean(part) + after, style="bold cyan" if number % 2 else "")
    return marked


def write_summary(summary: Summary, out: TextIO, *, as_json: bool) -> None:
    """Counts, a chart of events over time, and what is most frequent."""
    if as_json:
        out.write(json.dumps(asdict(summary), ensure_ascii=False, default=str) + "\n")
        return
    console = _console(out)
    for name in ("reports", "events", "statements", "ties", "failures"):
        console.print(f"{name:10} {getattr(summary, name):>12,}")
    if summary.found != summary.events:
        console.print(f"{'asked for':10} {summary.found:>12,} events")
    if summary.days:
        console.print(_chart(summary.days))
    console.print(_frequent("Types", summary.types))
    console.print(_frequent("Dyads", [(f"{one} → {other}", count) for one, other, count in summary.dyads]))
    console.print(_frequent("Sources", summary.sources))


def bins(counts: Sequence[tuple[date, int]]) -> dict[str, int]:
    """Counts by day, by month or by year: the finest that gives no more than BARS."""
    for length in (10, 7, 4):
        binned: dict[str, int] = {}
        for day, count in counts:
            name = day.isoformat()[:length]
            binned[name] = binned.get(name, 0) + count
        if len(binned) <= BARS:
            break
    return binned


def _chart(counts: Sequence[tuple[date, int]]) -> Table:
    """A bar for each day, month or year that has events."""
    binned = bins(counts)
    longest = max(binned.values())
    table = Table.grid(padding=(0, 1))
    for name, count in binned.items():
        eighths = max(round(count / longest * WIDTH * 8), 1)
        bar = "█" * (eighths // 8) + ("▏▎▍▌▋▊▉"[eighths % 8 - 1] if eighths % 8 else "")
        table.add_row(name, Text(bar, style="cyan"), f"{count:,}")
    return table


def _frequent(title: str, counts: Sequence[tuple[str, int]]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold underline", box=None, show_header=False
    )
    for name, count in counts:
        table.add_row(Text(f"{count:,}", justify="right"), Text(clean(name)))
    return table


def _console(out: TextIO) -> Console:
    console = Console(file=out, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console
