"""Lists of products: all, those of a category, those of a place with its makers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from microsite.problems import N_
from microsite.records.schema import Enterprise, Product, Words
from microsite.records.shelves import Row
from microsite.site.filters import filters
from microsite.site.later import Later
from microsite.site.list_links import category_links, maker_links, place_links
from microsite.site.press import PagePlan, Press, part
from microsite.site.urls import data_path, list_path, page_of, record_path
from microsite.site.views import Link, Page, Pagination, ProductCard


class _Told(Struct, frozen=True):
    """What a list of products says of itself."""

    title: str
    description: list[str]
    context: dict[str, object]
    crumbs: Sequence[Link] = ()
    current: str = ""  # the category, on its own page
    section: str = "products"


def products(press: Press) -> Iterator[PagePlan]:
    """All products, in pages where they are many."""
    edition = press.viewer.edition
    path, row = list_path(edition.language, "product"), edition.products.row()
    yield from _catalogue(press, path, "products.html", row, partial(_of_all, press))


def _of_all(press: Press) -> _Told:
    edition = press.viewer.edition
    said = press.said(N_("Products and services of {site}: what they are, and who makes them."))
    return _Told(
        title=press.said(N_("All products")),
        description=[said.format(site=edition.site.name)],
        context={
            "data_links": [
                Link(press.viewer.urls.link(data_path(edition.language, ending)), Words(name))
                for ending, name in (("csv", "CSV"), ("json", "JSON"))
            ]
        },
    )


def category(press: Press, key: str) -> Iterator[PagePlan]:
    """The products of one category."""
    edition = press.viewer.edition
    path, row = record_path(edition.language, "category", key), edition.products_in[key]
    yield from _catalogue(press, path, "category.html", row, partial(_of_category, press, key))


def _of_category(press: Press, key: str) -> _Told:
    edition = press.viewer.edition
    term = edition.categories[key]
    said = press.said(N_("{name}: products and services of {site}."))
    sentence = said.format(name=term.name, site=edition.site.name)
    return _Told(
        title=term.name.text,
        description=_sentences(term.summary, sentence),
        crumbs=[press.list_link("product", N_("Products"))],
        context={"term": term},
        current=key,
    )


def place(press: Press, key: str) -> Iterator[PagePlan]:
    """The makers of one place and their products."""
    edition = press.viewer.edition
    products, makers = edition.products_at.row(key), edition.enterprises_in[key]
    path, tell = record_path(edition.language, "place", key), partial(_of_place, press, key)
    yield from _catalogue(press, path, "place.html", products, tell, makers)


def _of_place(press: Press, key: str) -> _Told:
    edition = press.viewer.edition
    term = edition.places[key]
    said = press.said(N_("{name}: the makers there, and what they offer ({site})."))
    sentence = said.format(name=term.name, site=edition.site.name)
    return _Told(
        title=term.name.text,
        description=_sentences(term.summary, sentence),
        crumbs=[press.list_link("enterprise", N_("Makers"))],
        context={"term": term},
        section="enterprises",
    )


def _catalogue(
    press: Press,
    path: str,
    template: str,
    products: Row[Product],
    tell: Callable[[], _Told],
    makers: Row[Enterprise] | tuple[()] = (),
) -> Iterator[PagePlan]:
    """A list of products with what it can be narrowed to, in pages where it is long.

    `makers` stand above the products, and are cut into pages with them.
    """
    for number, pagination in press.cut(path, len(products), len(makers)):
        make = partial(_products, press, path, template, products, number, pagination, tell, makers)
        yield press.plan(page_of(path, number), template, make)


def _products(
    press: Press,
    path: str,
    template: str,
    products: Row[Product],
    number: int,
    pagination: Pagination | None,
    tell: Callable[[], _Told],
    makers: Row[Enterprise] | tuple[()],
) -> Page:
    viewer, told = press.viewer, tell()
    shown = products[part(number, len(products))]
    cards: list[ProductCard] = list(map(viewer.product_card, shown))
    maker_cards = list(map(viewer.enterprise_card, makers[part(number, len(makers))]))
    is_whole = pagination is None
    makers_menu, places_menu = viewer.notes.once(
        f"menus:{path}",
        lambda: (
            maker_links(viewer, products, is_whole),
            place_links(viewer, products, is_whole),
        ),
    )
    return press.page(
        page_of(path, number),
        template,
        title=told.title,
        number=number,
        apart=[one.name.text for one in told.crumbs],
        description=told.description,
        section=told.section,
        crumbs=told.crumbs,
        things=lambda: [
            *press.listed(press.said(N_("Makers")), maker_cards),
            *press.listed(told.title, cards),
        ],
        flags=[
            *(card.flag for card in cards),
            *(one.flag for one in makers_menu if one.flag),
            *(card.flag for card in maker_cards),
        ],
        context={
            "cards": cards,
            "count": len(products),
            "makers": maker_cards,
            "maker_count": len(makers),
            "categories": category_links(viewer, told.current, shown if is_whole else ()),
            "makers_menu": makers_menu,
            "places_menu": places_menu,
            "filters": Later(lambda: filters(shown, cards, viewer) if is_whole else None),
            "pagination": pagination,
            "heading": told.title,
            **told.context,
        },
    )


def _sentences(said: Words | None, otherwise: str) -> list[str]:
    return [said.text, otherwise] if said else [otherwise]
