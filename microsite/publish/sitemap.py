"""The sitemap, by which search engines find every page, and robots.txt, which names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from microsite.publish.listing import Listed
from microsite.site.urls import ROBOTS_PATH, SITEMAP_PATH, Urls, file_of

MOST = 50_000  # addresses of one file; sitemaps.org, "Sitemaps XML format"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(
    pages: Iterable[Listed], urls: Urls, today: dt.date, most: int = MOST
) -> dict[str, bytes]:
    """Path in the output → bytes: `sitemap.xml`, and robots.txt that leads to it.

    A page is named with the day on which what it says was last known to be new. Which languages it
    has it says itself: search engines ask for one of the two (Google, "Tell Google about localized
    versions of your page"). More than `most` addresses go into several files, which `sitemap.xml`
    then names.
    """
    named = {
        urls.absolute(page.path): max((day for day in page.days if day <= today), default=None)
        for page in pages
        if page.is_named
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
