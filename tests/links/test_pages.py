"""What a page says is read as browsers read it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.links.pages import read_page

PAGE = """<!doctype html>
<html lang="th"><head><title>ปลา &amp;
 หมึก</title>
<meta name="description" content="ดี &quot;มาก&quot;">
<meta http-equiv="refresh" content="0; url=/th/a/?b=c">
<link rel="canonical" href="https://x.example/th/">
<link rel="alternate" hreflang="en" href="https://x.example/en/">
<link rel="alternate" type="application/atom+xml" href="/th/feed.xml">
<link rel="preload" href="/f.woff2" as="font"><link rel="me" href="https://y.example/">
<script type="application/ld+json">{"a": "<b>"}</script>
</head><body id="top"><svg><title>drawing</title><use href="#flag"/></svg>
<a href="/a?x=1&amp;y=2">a</a><a href="/a?x=1&amp;y=2">again</a><a>no link</a>
<picture><source srcset="/p-1.avif 1x, /p-2.avif 2x"><img src="/p.jpg" alt="" id=p></picture>
<!-- <a href="/hidden"> --><script src="/s.js"></script><form action="/find"></form>
</body></html>
"""


@pytest.mark.parametrize(
    ("kind", "addresses"),
    [
        ("link", ["/th/feed.xml", "#flag", "/a?x=1&y=2", "/find"]),
        ("picture", ["/p-1.avif", "/p-2.avif", "/p.jpg"]),
        ("file", ["/f.woff2", "/s.js"]),
    ],
)
def test_every_address_is_read_once(kind, addresses):
    ways = read_page(PAGE).ways
    assert [way.address for way in ways if way.kind == kind] == addresses


def test_an_address_has_its_place():
    (way,) = [way for way in read_page(PAGE).ways if way.address == "/s.js"]
    line = PAGE.split("\n")[way.line - 1]
    assert line[way.column - 1 :].startswith('<script src="/s.js">')


def test_the_head_is_read():
    read = read_page(PAGE)
    assert read.said.title == "ปลา & หมึก"
    assert read.said.description == 'ดี "มาก"'
    assert (read.said.language, read.said.canonical) == ("th", "https://x.example/th/")
    assert read.said.leads_to == "/th/a/?b=c"
    assert read.said.alternates == {"en": "https://x.example/en/"}
    assert read.data == (('{"a": "<b>"}', 10),)
    assert read.names == {"top", "p"}


@example("<![a[")
@given(st.text(st.sampled_from("<>=\"'/ a&#;![]-\nส"), max_size=60))
def test_no_text_is_too_odd_to_be_read(text):
    ways = read_page(f'<a href="/x">{text}').ways
    assert ways[0].address == "/x"
