"""The search page: a field, a place for results, and the other ways to what there is."""

from __future__ import annotations

from microsite.problems import N_
from microsite.site.press import Press
from microsite.site.urls import search_index_path, search_path
from microsite.site.views import FlagView, Page, TermLink

MOST_FLAGS = 12  # makers; each flag is about 180 bytes of every search


def search(press: Press) -> Page:
    """The search page of one language."""
    edition, viewer = press.viewer.edition, press.viewer
    few = edition.enterprises if len(edition.enterprises) <= MOST_FLAGS else ()
    flags = [FlagView("default", "flag--default"), *map(viewer.flag, few)]
    said = press.said(N_("Search {site}: products, makers, places and news."))
    return press.page(
        search_path(edition.language),
        "search.html",
        title=press.said(N_("Search")),
        description=[said.format(site=edition.site.name)],
        section="search",
        flags=flags,
        context={
            "index_url": viewer.urls.link(search_index_path(edition.language)),
            "categories": [
                TermLink(viewer.url("category", key), term.name, len(edition.products_in[key]))
                for key, term in edition.categories.items()
                if key in edition.products_in
            ],
        },
    )
