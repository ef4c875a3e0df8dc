"""News pages and forum threads; the markup follows each program's default theme."""

from datetime import date

import pytest

from polybius.intake import from_html
from polybius.intake.forum import block_text

FIRST = (
    "<p>Anna Bravo wants to remind the world that she has allies. She met the president on Wednesday.</p>"
    "<p>“We will <b>stand</b> together,” she said.<br>She flew home with a loan of 52 million dollars.</p>"
)
REPLY = "<p>I do not believe a word of this report, said the man who replied to it.</p>"
TEXT = (
    "Bravo abroad\n\nAnna Bravo wants to remind the world that she has allies. She met the president "
    "on Wednesday.\n\n“We will stand together,” she said.\nShe flew home with a loan of 52 million dollars."
)

THREADS = {
    "Invision": f"""<body class="ipsApp"><h1 class="ipsType_pageTitle">Bravo abroad</h1>
        <div>Recommended Posts</div>
        <article class="cPost ipsComment"><h3 class="cAuthorPane_author"><a>quill</a></h3>
        <div class="ipsComment_meta">        Posted <time datetime="2015-05-18T14:05:00Z">May 18, 2015</time></div>
        <div data-role="commentContent">{FIRST}</div>
        <div data-role="memberSignature">Sent with care</div></article>
        <article class="cPost ipsComment"><div data-role="commentContent">{REPLY}</div></article></body>""",
    "phpBB": f"""<body id="phpbb"><h2 class="topic-title"><a>Bravo abroad</a></h2><div class="post">
        <dl class="postprofile"><a class="username">quill</a></dl><div class="postbody"><p class="author">by
        <a class="username">quill</a> » Mon May 18, 2015 10:12 am</p><div class="content">{FIRST}</div>
        <div class="signature">sig</div></div></div>
        <div class="post"><div class="postbody"><p class="author">by x »
        Tue May 19, 2015</p><div class="content">{REPLY}</div></div></div></body>""",
    "vBulletin": f"""<body><span class="threadtitle"><a>Bravo abroad</a></span><ol>
        <li class="postbit postbitlegacy">
        <span class="postdate"><span class="date">05-18-2015, <span class="time">03:45 PM</span></span></span>
        <a class="username"><strong>quill</strong></a>
        <div class="postbody"><div class="content"><div id="post_message_1">
        <blockquote class="postcontent">{FIRST}</blockquote></div></div></div></li>
        <li class="postbit"><blockquote class="postcontent">{REPLY}</blockquote></li></ol></body>""",
    "Discourse": f"""<head><meta name="generator" content="Discourse 3.1"></head><body>
        <div id="topic-title"><h1><a>Bravo abroad</a></h1></div>
        <div class="topic-body crawler-post"><span class="creator"><span itemprop="name">quill</span></span>
        <time datetime="2015-05-18T10:12:00Z" class="post-time">May 18</time>
        <div class="post" itemprop="text">{FIRST}</div></div><div class="topic-body crawler-post">
        <div class="post" itemprop="text">{REPLY}</div></div></body>""",
}


@pytest.mark.parametrize("engine", THREADS)
def test_first_post_of_a_thread(engine: str) -> None:
    report = from_html(f"<!DOCTYPE html><html>{THREADS[engine]}</html>")
    assert report.text == TEXT
    assert (report.title, report.author, report.published) == ("Bravo abroad", "quill", date(2015, 5, 18))
    assert report.headline == (0, 12)


def page(head: str = "", more: str = "") -> str:
    return (
        f"<html><head><title>Bravo abroad | The Paper</title>{head}</head><body><nav><a>Home</a></nav>"
        f"<article><h1>Bravo abroad</h1>{FIRST}{FIRST.replace('Anna', 'Madam')}{more}</article>"
        "<footer>Imprint</footer></body></html>"
    )


def test_news_page_with_metadata() -> None:
    report = from_html(
        page(
            '<meta property="og:title" content="Bravo abroad"><meta name="author" content="Ada Lind">'
            '<meta property="og:site_name" content="The Paper">'
            '<meta property="article:published_time" content="2015-05-18T08:00:00Z">'
        )
    )
    assert report.text.startswith("Bravo abroad\n\nAnna Bravo wants")
    assert "Home" not in report.text
    assert (report.published, report.author, report.source) == (date(2015, 5, 18), "Ada Lind", "The Paper")


def test_a_day_the_report_speaks_of_is_not_its_own() -> None:
    more = "<p>The two had last signed a treaty on 3 March 2001, and the first one long before that.</p>"
    assert from_html(page(more=more)).published is None


def test_what_is_given_wins() -> None:
    assert from_html(page(), published="2015-05-20", source="Desk").source == "Desk"


def test_deep_nesting_does_not_break() -> None:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser("<div>" * 5000 + "text" + "</div>" * 5000)
    assert block_text(tree.body) == "text"
