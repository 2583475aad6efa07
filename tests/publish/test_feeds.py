"""Whoever follows the news with a feed reader gets all of it, in the language of the feed."""

import datetime as dt
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from microsite.publish.feeds import MOST, feed, feeds
from microsite.records.schema import Words

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
# RFC 4287: how often an element may stand in its parent (4.1.1, 4.1.2), of those that are used here
ONCE = {"feed": {"id", "title", "updated", "subtitle"}, "entry": {"id", "title", "updated"}}
NEEDED = {"feed": {"id", "title", "updated", "author"}, "entry": {"id", "title", "updated"}}
KNOWN = {
    "feed": {*NEEDED["feed"], "subtitle", "link", "entry"},
    "entry": {*NEEDED["entry"], "link", "summary"},
}


def read(data):
    """The `<feed>` of a feed, checked by the rules of RFC 4287."""
    tree = ElementTree.fromstring(data)  # noqa: S314 # our own
    assert tree.tag == ATOM + "feed"
    entries = tree.findall(ATOM + "entry")
    ids = [tree.findtext(ATOM + "id"), *(one.findtext(ATOM + "id") for one in entries)]
    assert len(ids) == len(set(ids))
    for element in (tree, *entries):
        kind = element.tag.removeprefix(ATOM)
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert set(names) <= KNOWN[kind]
        assert set(names) >= NEEDED[kind]
        assert all(names.count(name) <= 1 for name in ONCE[kind] | {"summary"})
        assert urlsplit(element.findtext(ATOM + "id")).scheme  # 4.2.6: an absolute IRI
        assert TIME.fullmatch(element.findtext(ATOM + "updated"))  # 3.3, RFC 3339
        links = element.findall(ATOM + "link")
        ways = [(one.get("rel"), one.get("type"), one.get("hreflang")) for one in links]
        assert len(ways) == len(set(ways))  # 4.1.1
        assert all(urlsplit(one.get("href")).scheme for one in links)
        assert [one for one in links if one.get("rel") == "alternate"]
        for name in ("title", "subtitle", "summary"):  # 3.1.1.1: plain text has no elements
            assert all(not list(one) for one in element.findall(ATOM + name))
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    updated = [one.findtext(ATOM + "updated") for one in entries]
    assert updated == sorted(updated, reverse=True)
    assert tree.findtext(ATOM + "updated") == updated[0]
    return tree


def links(page, rel, type):
    return [
        one.get("href")
        for one in page.iter("link")
        if one.get("rel") == rel and one.get("type") == type
    ]


def stays(page):
    """Whether people stay on a page: it is no old address that leads on."""
    return page.find(".//meta[@http-equiv='refresh']") is None


def test_a_feed_tells_all_news_of_its_language_newest_first(site):
    for tag in ("th", "en"):
        tree = read((site.dist / tag / "feed.xml").read_bytes())
        assert tree.get(LANG) == tag
        told = [one.findtext(ATOM + "id") for one in tree.findall(ATOM + "entry")]
        pages = [name for name in site.pages if re.fullmatch(rf"{tag}/news/[^/]+/index.html", name)]
        stay = {name for name in pages if stays(site.pages[name])}
        assert set(told) == {f"{site.base_url}/{n.removesuffix('index.html')}" for n in stay}
        assert tree.find(ATOM + "link").get("href") == f"{site.base_url}/{tag}/feed.xml"


def test_an_entry_says_what_its_page_says(sample_dist):
    tree = read((sample_dist.dist / "th" / "feed.xml").read_bytes())
    first = tree.find(ATOM + "entry")
    page = sample_dist.pages["th/news/year-end-market/index.html"]
    assert first.findtext(ATOM + "title") == "".join(page.find(".//h1").itertext()).strip()
    assert first.findtext(ATOM + "summary").startswith("สามกลุ่มยกของมาขาย")
    assert first.findtext(ATOM + "updated") == "2026-11-16T00:00:00Z"


def test_every_page_and_the_news_lead_to_the_feed_of_their_language(site):
    for name, page in site.pages.items():
        if stays(page) and name != "404.html":
            tag = page.get("lang")
            assert links(page, "alternate", "application/atom+xml") == [
                site.link(f"{tag}/feed.xml")
            ], name
    for tag in ("th", "en"):
        news = site.pages[f"{tag}/news/index.html"].find(".//main")
        assert site.link(f"{tag}/feed.xml") in [one.get("href") for one in news.iter("a")]


def test_where_there_is_no_news_there_is_no_feed_and_no_link_to_one(copy_of, build, tmp_path):
    pages = build(copy_of("tiny", tmp_path))
    assert not list(tmp_path.glob("dist/**/feed*.xml"))
    for page in pages.values():
        assert links(page, "alternate", "application/atom+xml") == []


NEWS = """---
title: {title}
summary: {title}
date: {date}
sources: [ใครบอก]
---
"""


def test_an_article_is_told_only_in_languages_in_which_it_is_written(copy_of, build, tmp_path):
    site = copy_of("tiny", tmp_path)
    for tag, slug in (("th", "first"), ("th", "second"), ("en", "second")):
        file = site / "content" / tag / "articles" / f"{slug}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = NEWS.format(title=f"{tag} {slug}", date="2026-11-01")
        if tag == "en":
            text = re.sub("(?m)^(date|sources):.*\n", "", text)
        file.write_text(text, "utf-8")
    pages = build(site)
    told = {
        tag: [
            one.text
            for one in read((site / f"dist/{tag}/feed.xml").read_bytes()).iter(ATOM + "title")
        ][1:]
        for tag in ("th", "en")
    }
    assert told == {"th": ["th second", "th first"], "en": ["en second"]}
    assert "en/news/first/index.html" in pages

    (site / "content/en/articles/second.md").unlink()
    pages = build(site)
    assert not (site / "dist/en/feed.xml").exists()
    english = pages["en/news/index.html"]
    assert "feed.xml" not in "".join(one.get("href", "") for one in english.iter())


def test_news_appears_on_the_day_from_which_it_is_on_the_site(copy_of, build, tmp_path):
    site = copy_of("tiny", tmp_path)
    folder = site / "content/th/articles"
    folder.mkdir()
    text = NEWS.format(title="ข่าว", date="2026-10-01\npublish_date: 2026-11-02")
    (folder / "late.md").write_text(text, "utf-8")
    build(site)
    tree = read((site / "dist/th/feed.xml").read_bytes())
    assert tree.findtext(f"{ATOM}entry/{ATOM}updated") == "2026-11-02T00:00:00Z"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_whatever_a_title_holds_a_reader_shows_it_as_it_is(planned, text):
    viewer = planned.viewers["en"]
    article = replace(
        next(iter(viewer.edition.articles.values())), title=Words(text), summary=Words(text, "th")
    )
    entry = read(feed(viewer, [article]).encode()).find(ATOM + "entry")
    # XML 1.0 has no way to write some characters, and reads every line end as \n
    seen = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    seen = re.sub("\r\n?", "\n", seen)
    assert entry.findtext(ATOM + "title") == entry.findtext(ATOM + "summary") == seen
    assert entry.find(ATOM + "summary").get(LANG) == "th"


def test_a_long_feed_keeps_the_newest(planned):
    viewer = planned.viewers["th"]
    article = next(iter(viewer.edition.articles.values()))
    start = dt.date(2026, 1, 1)
    many = [
        replace(article, slug=f"n{n}", publish_date=None, date=start + dt.timedelta(n))
        for n in range(MOST + 10)
    ]
    entries = read(feed(viewer, many).encode()).findall(ATOM + "entry")
    assert len(entries) == MOST
    assert feed(viewer, many[::-1]) == feed(viewer, many)
    assert entries[-1].findtext(ATOM + "updated").startswith("2026-01-11")


@pytest.mark.parametrize("tag", ["th", "en"])
def test_drafts_are_not_told(copy_of, plan_folder, tmp_path, tag):
    _, planned = plan_folder(copy_of("sample-market", tmp_path), drafts=True)
    assert "next-season" in planned.viewers[tag].edition.articles
    assert b"next-season" not in feeds(planned.viewers.values())[f"{tag}/feed.xml"]
