"""Feeds, WARC archives and Parquet files give reports like any other file."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from polybius.intake import Failure, FieldNames, Report, read

BODY = "The presidents of the two countries met in the capital on Wednesday and signed an agreement on gas."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Coast</title><link>https://coast.example</link>
<item><title>Two agree &amp; sign</title><link>https://coast.example/1</link><guid>g-1</guid>
<pubDate>Mon, 18 May 2015 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>alert(1)</script><p>“It is <b>done</b>,” one said.<br>All left.</p>]]>
</content:encoded></item>
<item><title></title><guid>g-2</guid></item>
<item><title>Later</title><guid>g-3</guid><description>{BODY}</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill</title>
<entry><id>tag:1</id><title>Two agree</title><updated>2015-05-18T10:00:00Z</updated>
<author><name>A. Writer</name></author><content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"""
PAGE = (
    f"<html><head><title>Two agree</title></head><body><article><h1>Two agree</h1><p>{BODY}</p><p>{BODY}é</p>"
)


def reports(path: Path, **options: Any) -> list[Report]:
    taken = list(read(path, **options))
    assert not [item for item in taken if isinstance(item, Failure)], taken
    return [item for item in taken if isinstance(item, Report)]


def archive(path: Path, *pages: tuple[str, str, bytes], packed: bool = True) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
        for number, (status, kind, body) in enumerate(pages):
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://coast.example/{number}", "response", payload=io.BytesIO(body), http_headers=head
                )
            )
    return path


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a"])
def test_rss(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS)
    first, empty, last = read(tmp_path / name, published="2016-01-01")
    assert isinstance(first, Report)
    assert first.text == f"Two agree & sign\n\n{BODY}\n\n“It is done,” one said.\n\nAll left."
    assert (first.title, first.given_id, first.url) == ("Two agree & sign", "g-1", "https://coast.example/1")
    assert (first.published, first.source) == (date(2015, 5, 18), "The Coast")
    assert isinstance(empty, Failure)
    assert str(empty.error).startswith(f"{tmp_path / name}:2: no text")
    assert isinstance(last, Report)
    assert (last.text, last.published) == (f"Later\n\n{BODY}", date(2016, 1, 1))


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    (report,) = reports(tmp_path / "a.atom")
    assert (report.text, report.author) == (f"Two agree\n\n{BODY}", "A. Writer")
    assert (report.published, report.given_id, report.source) == (date(2015, 5, 18), "tag:1", "Hill")


@pytest.mark.parametrize("content", ["<data>no feed</data>", "<rss", "no xml"])
def test_no_feed(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xml").write_text(content)
    (failure,) = read(tmp_path / "a.xml")
    assert isinstance(failure, Failure)
    assert "feed" in str(failure.error)


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False), ("b.warc", True)])
def test_warc(tmp_path: Path, name: str, packed: bool) -> None:
    path = archive(
        tmp_path / name,
        ("200 OK", "text/html; charset=ISO-8859-1", PAGE.encode("latin-1")),
        ("404 Not Found", "text/html", PAGE.encode()),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html", PAGE.encode()),
        packed=packed,
    )
    first, second = reports(path, published="2015-05-18")
    assert (first.url, first.published) == ("https://coast.example/0", date(2015, 5, 18))
    assert first.text == second.text == f"Two agree\n\n{BODY}\n\n{BODY}é"
    assert [r.origin for r in (first, second)] == [f"{path}:1", f"{path}:4"]


def test_a_bad_page_stops_no_other(tmp_path: Path) -> None:
    menu = b"<html><body><a href='/'>Home</a></body></html>"
    path = archive(
        tmp_path / "a.warc.gz", ("200 OK", "text/html", menu), ("200 OK", "text/html", PAGE.encode())
    )
    bad, good = read(path)
    assert isinstance(bad, Failure)
    assert str(bad.error).startswith(f"{path}:1: a page without an article")
    assert isinstance(good, Report)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08 not gzip at all", b"WARC/1.0\r\n"])
def test_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    (failure,) = read(tmp_path / "a.warc.gz")
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("name", "cut"), [("a.warc.gz", 20), ("a.warc.gz", 120), ("a.warc.gz", 300), ("a.warc", 120)]
)
def test_an_archive_cut_short_gives_what_is_whole_and_says_so(tmp_path: Path, name: str, cut: int) -> None:
    page = ("200 OK", "text/html", PAGE.encode())
    path = archive(tmp_path / name, page, page, page, packed=name.endswith("gz"))
    path.write_bytes(path.read_bytes()[:-cut])
    whole = [item for item in read(path) if isinstance(item, Report)]
    assert {report.text for report in whole} == {f"Two agree\n\n{BODY}\n\n{BODY}é"}
    assert len(whole) == 2
    assert isinstance(list(read(path))[-1], Failure)


@pytest.mark.parametrize("name", ["a.parquet", "a"])
def test_parquet(tmp_path: Path, name: str) -> None:
    rows = {
        "Body": [BODY, "", BODY],
        "day": [datetime(2015, 5, 18, 12), None, None],
        "id": [7, 8, 9],
        "other": [1, 2, 3],
    }
    pq.write_table(pa.table(rows), tmp_path / name)
    fields = FieldNames(text="body", published="day")
    first, empty, last = read(tmp_path / name, fields=fields, published="2016-01-01")
    assert isinstance(first, Report)
    assert (first.published, first.given_id, first.origin) == (date(2015, 5, 18), "7", f"{tmp_path / name}:1")
    assert isinstance(empty, Failure)
    assert isinstance(last, Report)
    assert last.published == date(2016, 1, 1)


def test_parquet_without_the_column_and_no_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": [BODY]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 nothing")
    messages = [str(item.error) for item in read(tmp_path) if isinstance(item, Failure)]
    assert "found: body" in messages[0]
    assert "not Parquet" in messages[1]
