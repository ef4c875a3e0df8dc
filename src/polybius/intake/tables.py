"""Many reports in one file: JSON lines, a JSON array, CSV or TSV, with a named column for each fact."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from polybius.errors import IntakeError
from polybius.intake.decode import decode, encoding_of
from polybius.intake.plain import from_text
from polybius.intake.raw import Raw
from polybius.intake.report import Failure, FieldNames, Report, Taken

_SNIFF = 4096  # characters of a CSV from which its separator is told


def read_json_lines(raw: Raw) -> Taken:
    """Give a report for each line that holds a JSON object; a bad line gives a Failure that names it."""
    with raw.open() as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                origin = f"{raw.name}:{number}"
                yield _taken(_line_report, line, raw, origin)


def read_json(raw: Raw) -> Taken:
    """Give a report for each object of a JSON array, or for the one object of the file."""
    loaded = _loads(decode(raw.read()))
    items = loaded if isinstance(loaded, list) else [loaded]
    for number, item in enumerate(items, start=1):
        origin = f"{raw.name}:{number}" if isinstance(loaded, list) else raw.name
        yield _taken(_report, item, raw, origin)


def read_csv(raw: Raw) -> Taken:
    """Give a report for each row of a CSV or TSV file with a header row."""
    csv.field_size_limit(max(csv.field_size_limit(), raw.max_bytes * 2))
    with raw.open() as binary:
        file = io.TextIOWrapper(binary, encoding=encoding_of(raw.head()), newline="")
        head = raw.head().decode(file.encoding, errors="ignore")[:_SNIFF]
        rows = csv.DictReader(file, delimiter=_separator(head, raw.name))
        if rows.fieldnames:
            rows.fieldnames = [name.removeprefix("\ufeff") for name in rows.fieldnames]
            require_column(rows.fieldnames, raw)
        while True:
            try:
                row = next(rows, None)
            except (csv.Error, UnicodeDecodeError) as error:
                what = f"line {rows.line_num} cannot be read: {error}"
                raise IntakeError(what, "save it as UTF-8 CSV") from None
            if row is None:
                return
            origin = f"{raw.name}:{rows.line_num}"
            yield _taken(_report, row, raw, origin)


def _separator(head: str, name: str) -> str:
    """Tell the separator by which of the usual ones the header row holds most of."""
    header = head.splitlines()[0] if head.strip() else ""
    return max("\t,;|", key=header.count)


def read_row(row: dict[str, Any], raw: Raw, origin: str) -> Report | Failure:
    """Give the report of one row of any table, by the names of its columns."""
    return _taken(_report, row, raw, origin)


def _taken(take: Callable[[Any, Raw, str], Report], item: Any, raw: Raw, origin: str) -> Report | Failure:
    """Give the report of one row, or the failure that stands for it."""
    try:
        return take(item, raw, origin)
    except IntakeError as error:
        return Failure(origin, IntakeError(error.message, error.remedy, source=error.source or origin))


def _line_report(line: bytes, raw: Raw, origin: str) -> Report:
    return _report(_loads(decode(line)), raw, origin)


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise IntakeError(f"not JSON: {error}", "give one object with a text in each line") from None


def _report(row: Any, raw: Raw, origin: str) -> Report:
    """Make the report of one row; its own day wins over the one given for the whole file."""
    if not isinstance(row, dict):
        raise IntakeError("not a JSON object", 'write {"text": "…", "published": "YYYY-MM-DD"}')
    require_column([str(name) for name in row if name], raw)
    values = {str(name).lower(): value for name, value in row.items() if name}
    facts: dict[str, Any] = {}
    for column in fields_of(FieldNames):
        value = values.get(getattr(raw.columns, column.name).lower())
        if value not in (None, ""):
            facts["given_id" if column.name == "id" else column.name] = value
    text = facts.pop("text", "")
    if not isinstance(text, str):
        raise IntakeError(f"{raw.columns.text!r} holds no text", "give the report's text as a string")
    published: date | str | None = facts.pop("published", None) or raw.published
    facts = {name: str(value) for name, value in facts.items()}
    return from_text(text, published=published, origin=origin, max_bytes=raw.max_bytes, **facts)


def require_column(names: Iterable[str], raw: Raw) -> None:
    """Raises IntakeError when none of a table's columns holds the text."""
    found = list(names)
    if raw.columns.text.lower() not in (name.lower() for name in found):
        remedy = f"name the column that holds the text; found: {', '.join(found[:12]) or 'none'}"
        raise IntakeError(f"no column {raw.columns.text!r}", remedy)
