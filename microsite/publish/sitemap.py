"""The sitemap, by which search engines find every page, and robots.txt, which names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from microsite.records.schema import Article, Enterprise, Product
from microsite.site.urls import ROBOTS_PATH, SITEMAP_PATH, Urls, file_of
from microsite.site.views import ArticleCard, Page

MOST = 50_000  # addresses of one file; sitemaps.org, "Sitemaps XML format"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(
    pages: Iterable[Page], urls: Urls, today: dt.date, most: int = MOST
) -> dict[str, bytes]:
    """Path in the output → bytes: `sitemap.xml`, and robots.txt that leads to it.

    It names pages that are translated and canonical to themselves, with the day on which what they
    say was last known to be new. Which languages a page has it leaves to the pages: search engines
    ask for one of the two (Google, "Tell Google about localized versions of your page"). More than
    `most` addresses go into several files, which `sitemap.xml` then names.
    """
    named = {
        urls.absolute(page.path): last_changed(page, today)
        for page in pages
        if is_named(page, urls)
    }
    parts = list(_cut(sorted(named), most))
    files = {file_of(ROBOTS_PATH): _robots(urls).encode()}
    if len(parts) == 1:
        files[file_of(SITEMAP_PATH)] = _addresses(parts[0], named).encode()
        return files
    root = SITEMAP_PATH.removesuffix(".xml")
    paths = [f"{root}-{number}.xml" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        files[file_of(path)] = _addresses(part, named).encode()
    files[file_of(SITEMAP_PATH)] = _index(map(urls.absolute, paths)).encode()
    return files


def is_named(page: Page, urls: Urls) -> bool:
    """Whether a page is one that search engines should show."""
    head = page.head
    return head.canonical == urls.absolute(page.path) and head.is_translated and not head.is_draft


def last_changed(page: Page, today: dt.date) -> dt.date | None:
    """The latest day not after `today` that a page shows of its entries, or none."""
    days = [day for value in page.context.values() for day in _days(value) if day <= today]
    return max(days, default=None)


def _days(value: object) -> Iterator[dt.date]:
    """`checked`, `date` and `publish_date` of an entry, or of the news on a list."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _days(one)
        return
    names: tuple[str, ...] = ()
    if isinstance(value, Enterprise | Product):
        names = ("checked", "publish_date")
    elif isinstance(value, Article):
        names = ("date", "publish_date")
    elif isinstance(value, ArticleCard):
        names = ("date",)
    for name in names:
        day = getattr(value, name)
        if day is not None:
            yield day


def _cut(addresses: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(addresses), most):
        yield addresses[start : start + most]


def _addresses(addresses: Iterable[str], days: Mapping[str, dt.date | None]) -> str:
    lines = [f"{_HEAD}<urlset{_SPACE}>"]
    for address in addresses:
        day = days[address]
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _index(addresses: Iterable[str]) -> str:
    lines = [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses]
    return "\n".join([f"{_HEAD}<sitemapindex{_SPACE}>", *lines, "</sitemapindex>", ""])


def _robots(urls: Urls) -> str:
    """Everything may be read. A crawler asks for this file at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(SITEMAP_PATH)}\n"
