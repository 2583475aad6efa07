"""The links beside a list of products: to categories, makers and places that it can be narrowed to.

On a list that is whole on its page they know which of its cards are theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from microsite.problems import N_
from microsite.records.schema import Product, Words
from microsite.records.shelves import Row
from microsite.site.filters import cards_at, places_of
from microsite.site.press import LONG_LIST
from microsite.site.urls import list_path
from microsite.site.viewer import Viewer
from microsite.site.views import TermLink


def category_links(viewer: Viewer, current: str, listed: Sequence[Product]) -> list[TermLink]:
    """All categories, with the number of all their products; `listed` is a whole list, or empty."""
    edition, places = viewer.edition, places_of(one.category for one in listed)
    return [
        TermLink(
            viewer.url("category", key),
            term.name,
            len(edition.products_in[key]),
            key == current,
            key=key,
            cards="" if current else cards_at(places.get(key, [])),
        )
        for key, term in edition.categories.items()
        if key in edition.products_in
    ]


def maker_links(viewer: Viewer, listed: Row[Product], is_whole: bool) -> list[TermLink]:
    """The makers of what is listed, with how much of it is theirs.

    Of too many for one page, all that is there is a link to the list of all makers.
    """
    makers = viewer.edition.enterprises
    places = places_of(map(viewer.edition.maker_of.__getitem__, listed.slugs))
    if len(places) > LONG_LIST:
        path = list_path(viewer.edition.language, "enterprise")
        name = Words(viewer.wording.gettext(N_("All makers")))
        return [TermLink(viewer.urls.link(path), name, len(makers))]
    return [
        TermLink(
            viewer.url("enterprise", slug),
            makers[slug].short_name or makers[slug].name,
            len(places[slug]),
            flag=viewer.flag(slug),
            key=slug,
            cards=cards_at(places[slug]) if is_whole else "",
        )
        for slug in makers
        if slug in places
    ]


def place_links(viewer: Viewer, listed: Row[Product], is_whole: bool) -> list[TermLink]:
    """Where the makers of what is listed are, with how much of it comes from there."""
    edition = viewer.edition
    lies_in = {slug: key for key, row in edition.enterprises_in.items() for slug in row.slugs}
    places = places_of(lies_in[edition.maker_of[slug]] for slug in listed.slugs)
    return [
        TermLink(
            viewer.url("place", key),
            term.name,
            len(places[key]),
            key=key,
            cards=cards_at(places[key]) if is_whole else "",
        )
        for key, term in edition.places.items()
        if key in places
    ]
