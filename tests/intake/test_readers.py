"""Files of every kind give reports; bad ones give failures and stop nobody."""

import gzip
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from polybius.intake import (
    READERS,
    Failure,
    FieldNames,
    Raw,
    Reader,
    Report,
    Taken,
    from_text,
    read,
    read_file,
    register,
)

BODY = "The presidents of the two countries met in the capital on Wednesday and signed an agreement on gas."
ROW = {"text": BODY, "title": "Two agree", "published": "2015-05-18", "source": "Paper", "id": 7}


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(path: Path, **options: object) -> Report:
    (taken,) = read_file(path, **options)  # type: ignore[arg-type]
    assert isinstance(taken, Report), taken
    return taken


def refused(path: Path) -> str:
    (taken,) = read_file(path)
    assert isinstance(taken, Failure)
    return str(taken.error)


def test_plain_text_keeps_its_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"{BODY}\r\n{BODY}\r".encode("utf-16"))
    report = only(path, published="2015-05-18", fields=None)
    assert report.text == f"{BODY}\r\n{BODY}\r"
    assert (report.published, report.origin) == (date(2015, 5, 18), str(path))


def test_a_pipe_with_a_name_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({BODY!r})"])
    (report,) = read(pipe)
    writer.wait()
    assert isinstance(report, Report)
    assert report.text == BODY


def test_json_lines_with_a_bad_row_between(tmp_path: Path) -> None:
    lines = [json.dumps(ROW), "{broken", json.dumps({"body": BODY}), "[]", "", json.dumps({"text": BODY})]
    taken = list(read_file(write(tmp_path / "a.jsonl", "\n".join(lines)), published="2016-01-02"))
    assert [isinstance(item, Report) for item in taken] == [True, False, False, False, True]
    first, *failures, last = taken
    assert isinstance(first, Report)
    assert (first.title, first.published, first.given_id) == ("Two agree", date(2015, 5, 18), "7")
    assert first.source == "Paper"
    assert isinstance(last, Report)
    assert last.published == date(2016, 1, 2)
    told = [(item.source, item.error.message[:17]) for item in failures if isinstance(item, Failure)]
    assert told == [
        (f"{tmp_path}/a.jsonl:2", "not JSON: Expecti"),
        (f"{tmp_path}/a.jsonl:3", "no column 'text'"),
        (f"{tmp_path}/a.jsonl:4", "not a JSON object"),
    ]


def test_json_array(tmp_path: Path) -> None:
    assert len(list(read_file(write(tmp_path / "a.json", json.dumps([ROW, ROW]))))) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_own_names(tmp_path: Path, separator: str) -> None:
    rows = f'Body{separator}Day\n"{BODY}\n{BODY}"{separator}18 May 2015\n{separator}2015-05-19\n'
    path = write(tmp_path / "a.csv", "\ufeff" + rows)
    good, bad = read_file(path, fields=FieldNames(text="body", published="day"))
    assert isinstance(good, Report)
    assert (good.text, good.published) == (f"{BODY}\n{BODY}", date(2015, 5, 18))
    assert isinstance(bad, Failure)
    assert "no text" in str(bad.error)


def test_csv_without_the_column(tmp_path: Path) -> None:
    line = refused(write(tmp_path / "a.csv", "body,day\nx,y\n"))
    assert line.endswith("no column 'text'; name the column that holds the text; found: body, day")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "no text in it"),
        ("a.txt", b"%PDF-1.4 ...", "a PDF"),
        ("a.txt", b"\x00\x01\x02\x03" * 99, "binary"),
        ("a.html", b"<html><body><a href='/'>Home</a></body></html>", "a page without an article"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
    ],
)
def test_one_clear_line_for_bad_files(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = write(tmp_path / name, content)
    assert refused(path).startswith(f"{path}: ")
    assert message in refused(path)
    assert "\n" not in refused(path)


def test_missing_file(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "none.txt")


def test_folder_reads_all_known_kinds(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "b.jsonl.gz", gzip.compress(json.dumps(ROW).encode()))
    write(tmp_path / "c.txt", b"")
    write(tmp_path / ".hidden.txt", BODY)
    write(tmp_path / "d.png", b"\x89PNG")
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper" / "e.md", BODY)
    taken = list(read(tmp_path))
    assert [Path(str(item.origin)).name for item in taken if isinstance(item, Report)] == [
        "a.txt", "b.jsonl.gz:1", "e.md",
    ]  # fmt: skip
    assert [item.source for item in taken if isinstance(item, Failure)] == [str(tmp_path / "c.txt")]


def test_content_tells_where_the_extension_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    article = f"<article><h1>Two agree</h1><p>{BODY}</p><p>{BODY}</p></article>"
    (taken,) = read(f"<!DOCTYPE html><html><body>{article}</body></html>".encode())
    assert isinstance(taken, Report)
    assert "<p>" not in taken.text
    piped = io.BytesIO((json.dumps(ROW) + "\n" + json.dumps(ROW)).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=piped))
    assert len(list(read("-"))) == 2


def test_a_new_kind_of_file_is_one_more_reader(tmp_path: Path) -> None:
    def shout(raw: Raw) -> Taken:
        yield from_text(raw.read().decode().upper())

    added = Reader("shout", (".shout",), lambda head: False, shout)
    register(added)
    try:
        assert only(write(tmp_path / "a.shout", BODY)).text == BODY.upper()
    finally:
        READERS.remove(added)


def test_plain_english_loads_no_heavy_library(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    code = (
        f"import sys; from polybius.intake import read; list(read({str(path)!r}));"
        "heavy = {'trafilatura', 'htmldate', 'selectolax', 'py3langid', 'charset_normalizer', 'spacy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
