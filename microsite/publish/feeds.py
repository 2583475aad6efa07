"""The news of each language as an Atom feed, for people who follow it with a feed reader."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from html import escape

from microsite.problems import N_
from microsite.records.schema import Article, Words
from microsite.site.frame import in_feed
from microsite.site.urls import Urls, feed_path, file_of, list_path, record_path
from microsite.site.viewer import Viewer

MOST = 50  # entries; who asks more seldom than that finds the rest on the page of news
# What XML 1.0 has no way to write (its production 2, `Char`)
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feeds(viewers: Iterable[Viewer]) -> dict[str, bytes]:
    """Path in the output → bytes, for each language in which there is news to tell."""
    files: dict[str, bytes] = {}
    for viewer in viewers:
        told = [one for one in viewer.edition.articles.values() if in_feed(one)]
        if told:
            path = feed_path(viewer.edition.language)
            files[file_of(path)] = feed(viewer, told).encode()
    return files


def feed(viewer: Viewer, articles: Iterable[Article]) -> str:
    """The feed of one language with its newest articles, by RFC 4287.

    Its times are the beginning of a day in UTC: an article has a day, not an hour. An entry is
    known by the address of its page, which stays (aliases lead on from it, were it to change).
    """
    edition, urls = viewer.edition, viewer.urls
    tag, site = edition.language, edition.site
    newest = sorted(articles, key=lambda one: (appeared(one), one.slug), reverse=True)[:MOST]
    said = viewer.wording.gettext(N_("News of {site}."))
    own = urls.absolute(feed_path(tag))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_in_xml(tag)}">',
        f"<id>{_in_xml(own)}</id>",
        _text("title", site.name),
        f"<subtitle>{_in_xml(said.format(site=site.name))}</subtitle>",
        f"<updated>{_time(appeared(newest[0]))}</updated>",
        f"<author>{_text('name', Words(site.name.text))}</author>",
        f'<link rel="self" type="application/atom+xml" href="{_in_xml(own)}"/>',
        _page(urls.absolute(list_path(tag, "article")), tag),
    ]
    for article in newest:
        lines += _entry(article, tag, urls)
    return "\n".join([*lines, "</feed>", ""])


def appeared(article: Article) -> dt.date:
    """The day on which an article came onto the site, as far as it says so."""
    return article.publish_date or article.date


def _entry(article: Article, tag: str, urls: Urls) -> Iterator[str]:
    address = urls.absolute(record_path(tag, "article", article.slug))
    yield "<entry>"
    yield f"<id>{_in_xml(address)}</id>"
    yield _text("title", article.title)
    yield f"<updated>{_time(appeared(article))}</updated>"
    yield _page(address, tag)
    yield _text("summary", article.summary)
    yield "</entry>"


def _page(address: str, tag: str) -> str:
    href = _in_xml(address)
    return f'<link rel="alternate" type="text/html" hreflang="{_in_xml(tag)}" href="{href}"/>'


def _text(name: str, words: Words) -> str:
    """An element of plain text, with the language that it had to be borrowed from."""
    lang = f' xml:lang="{_in_xml(words.borrowed_from)}"' if words.borrowed_from else ""
    return f"<{name}{lang}>{_in_xml(words.text)}</{name}>"


def _time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _in_xml(text: str) -> str:
    """Text as it stands between tags or in an attribute."""
    return escape(_NOT_XML.sub("\ufffd", text))
