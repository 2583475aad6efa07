"""A page as lists of pages know it: where it lies, whether search engines name it, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from microsite.records.schema import Article, Enterprise, Product
from microsite.site.urls import Urls
from microsite.site.views import ArticleCard, Page

_DAYS: Mapping[type, tuple[str, ...]] = {
    Enterprise: ("checked", "publish_date"),
    Product: ("checked", "publish_date"),
    Article: ("date", "publish_date"),
    ArticleCard: ("date",),
}


class Listed(Struct, frozen=True):
    """One page."""

    path: str  # from the root of the site
    is_named: bool  # whether search engines should show it
    days: tuple[dt.date, ...]  # on which what it shows was new, the latest last
    leads_to: str  # the link on which it leads, or ""


def listed(page: Page, urls: Urls) -> Listed:
    """What lists of pages know of a page.

    Named are pages that are translated and canonical to themselves.
    """
    head = page.head
    is_own = head.canonical == urls.absolute(page.path)
    return Listed(
        page.path,
        is_own and head.is_translated and not head.is_draft,
        tuple(sorted(set(_days(page.context.values())))),
        str(page.context["to"]) if page.template == "redirect.html" else "",
    )


def _days(values: Iterable[object]) -> Iterator[dt.date]:
    """`checked`, `date` and `publish_date` of entries, and of the news on lists."""
    for value in values:
        for one in value if isinstance(value, list | tuple) else (value,):
            for name in _DAYS.get(type(one), ()):
                day = getattr(one, name)
                if day is not None:
                    yield day
