"""A page as lists of pages know it: where it lies, whether search engines name it, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from microsite.records.schema import Article, Enterprise, Product
from microsite.site.urls import Urls
from microsite.site.views import ArticleCard, Page


@dataclass(frozen=True, slots=True)
class Listed:
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
        tuple(sorted({day for value in page.context.values() for day in _days(value)})),
        str(page.context["to"]) if page.template == "redirect.html" else "",
    )


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
