"""Home and the pages that list: makers, products by category and place, partners, news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from msgspec import Struct

from microsite.problems import N_
from microsite.records.schema import PARTNER_KINDS, Article, Product, Words
from microsite.records.shelves import Row
from microsite.site.filters import filters
from microsite.site.later import Later
from microsite.site.list_links import category_links, maker_links, place_links
from microsite.site.press import PagePlan, Press, Things
from microsite.site.structured import Node, item_list, web_site
from microsite.site.urls import data_path, home_path, list_path, page_of, record_path
from microsite.site.views import (
    ArticleCard,
    EnterpriseCard,
    FlagView,
    Link,
    Page,
    Pagination,
    PartnerGroup,
    PlaceGroup,
    ProductCard,
)

ON_HOME = 8  # products


def home(press: Press) -> Page:
    """The home page: the promise, some products, all makers."""
    edition, viewer = press.viewer.edition, press.viewer
    makers = [viewer.enterprise_card(one) for one in edition.enterprises.values()]
    cards = [viewer.product_card(one) for one in _on_home(press)]
    articles = [viewer.article_card(one) for one in islice(edition.articles.values(), 3)]
    site = edition.site
    return press.page(
        home_path(edition.language),
        "home.html",
        title=site.name.text,
        description=[site.description.text] if site.description else [],
        section="home",
        is_home=True,
        things=lambda: [_site_data(press)],
        flags=[one.flag for one in makers] + [card.flag for card in cards],
        context={
            "tagline": site.tagline,
            "description": site.description,
            "makers": makers,
            "cards": cards,
            "product_count": len(edition.products),
            "articles": articles,
            "horizon": viewer.media.horizon,
        },
    )


def _site_data(press: Press) -> Node:
    edition, urls = press.viewer.edition, press.viewer.urls
    site, editions = edition.site, press.library.editions
    return web_site(
        name=site.name.text,
        others=[editions[tag].site.name.text for tag in press.library.languages],
        url=urls.absolute(home_path(edition.language)),
        description=(site.description or site.tagline).text,
        tag=edition.language,
    )


def _on_home(press: Press) -> list[Product]:
    """Featured products, then one of each enterprise, then others, each once."""
    edition = press.viewer.edition
    every = list(edition.products)
    firsts = (
        edition.products_of[slug].slugs[0]
        for slug in edition.enterprises
        if slug in edition.products_of
    )
    in_turn = map(edition.products.__getitem__, dict.fromkeys([*edition.featured, *firsts, *every]))
    there = (one for one in in_turn if one.availability != "discontinued")
    return list(islice(there, ON_HOME))


def enterprises(press: Press) -> Page:
    """All makers by place."""
    edition, viewer = press.viewer.edition, press.viewer
    groups = [
        PlaceGroup(
            edition.places[key].name,
            viewer.term_url("place", key),
            tuple(map(viewer.enterprise_card, edition.enterprises_in[key])),
        )
        for key in edition.places
        if key in edition.enterprises_in
    ]
    said = press.said(N_("The makers of {site}: who they are, and where."))
    title = press.said(N_("Makers"))
    return press.page(
        list_path(edition.language, "enterprise"),
        "enterprises.html",
        title=title,
        description=[said.format(site=edition.site.name)],
        section="enterprises",
        things=lambda: _listed(
            press, title, (card for group in groups for card in group.enterprises)
        ),
        flags=[card.flag for group in groups for card in group.enterprises],
        context={"groups": groups, "count": len(edition.enterprises)},
    )


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
    products = edition.products_at.row(key)
    path = record_path(edition.language, "place", key)
    yield from _catalogue(press, path, "place.html", products, partial(_of_place, press, key))


def _of_place(press: Press, key: str) -> _Told:
    edition, viewer = press.viewer.edition, press.viewer
    term = edition.places[key]
    cards = list(map(viewer.enterprise_card, edition.enterprises_in[key]))
    said = press.said(N_("{name}: the makers there, and what they offer ({site})."))
    sentence = said.format(name=term.name, site=edition.site.name)
    return _Told(
        title=term.name.text,
        description=_sentences(term.summary, sentence),
        crumbs=[press.list_link("enterprise", N_("Makers"))],
        things=lambda: _listed(press, press.said(N_("Makers")), cards),
        context={"term": term, "makers": cards},
        flags=[card.flag for card in cards],
        section="enterprises",
    )


def partners(press: Press) -> Page:
    """The organisations that the site names, by kind."""
    edition, viewer = press.viewer.edition, press.viewer
    groups = [
        PartnerGroup(kind, tuple(map(viewer.partner, of_kind)))
        for kind in PARTNER_KINDS
        if (of_kind := [one for one in edition.partners.values() if one.kind == kind])
    ]
    said = press.said(N_("The association and organisations named on {site}."))
    title = press.said(N_("Partners"))
    shown = [one for group in groups for one in group.partners]
    links = [Link(viewer.url("partner", one.slug), one.name) for one in shown]
    return press.page(
        list_path(edition.language, "partner"),
        "partners.html",
        title=title,
        description=[said.format(site=edition.site.name)],
        section="partners",
        things=lambda: item_list(title, list(map(press.absolute, links))),
        context={"groups": groups},
    )


def news(press: Press) -> Iterator[PagePlan]:
    """All articles, newest first."""
    edition = press.viewer.edition
    path, articles = list_path(edition.language, "article"), edition.articles.row()
    for number, part, pagination in press.cut(path, articles):
        make = partial(_news, press, number, part, pagination)
        yield press.plan(page_of(path, number), "news.html", make)


def _news(press: Press, number: int, shown: Row[Article], pagination: Pagination | None) -> Page:
    edition = press.viewer.edition
    cards = list(map(press.viewer.article_card, shown))
    title, said = press.said(N_("News")), press.said(N_("News of {site}."))
    feed_links = [Link(press.frame.feed_url, Words("Atom"))] if press.frame.feed_url else []
    return press.page(
        page_of(list_path(edition.language, "article"), number),
        "news.html",
        title=title,
        number=number,
        description=[said.format(site=edition.site.name)],
        section="news",
        things=lambda: _listed(press, title, cards),
        context={"articles": cards, "feed_links": feed_links, "pagination": pagination},
    )


class _Told(Struct, frozen=True):
    """What a list of products says of itself."""

    title: str
    description: list[str]
    context: dict[str, object]
    crumbs: Sequence[Link] = ()
    current: str = ""  # the category, on its own page
    flags: Sequence[FlagView] = ()
    things: Things = tuple
    section: str = "products"


def _catalogue(
    press: Press, path: str, template: str, products: Row[Product], tell: Callable[[], _Told]
) -> Iterator[PagePlan]:
    """A list of products with what it can be narrowed to, in pages where it is long."""
    for number, shown, pagination in press.cut(path, products):
        make = partial(_products, press, path, template, products, shown, number, pagination, tell)
        yield press.plan(page_of(path, number), template, make)


def _products(
    press: Press,
    path: str,
    template: str,
    products: Row[Product],
    shown: Row[Product],
    number: int,
    pagination: Pagination | None,
    tell: Callable[[], _Told],
) -> Page:
    viewer, told = press.viewer, tell()
    cards: list[ProductCard] = list(map(viewer.product_card, shown))
    is_whole = pagination is None
    makers, places = viewer.notes.once(
        f"menus:{path}",
        lambda: (
            maker_links(viewer, products, is_whole),
            place_links(viewer, products, is_whole),
        ),
    )
    flags = [maker.flag for maker in makers if maker.flag]
    return press.page(
        page_of(path, number),
        template,
        title=told.title,
        number=number,
        apart=[one.name.text for one in told.crumbs],
        description=told.description,
        section=told.section,
        crumbs=told.crumbs,
        things=lambda: [*told.things(), *_listed(press, told.title, cards)],
        flags=[*(card.flag for card in cards), *flags, *told.flags],
        context={
            "cards": cards,
            "count": len(products),
            "categories": category_links(viewer, told.current, shown if is_whole else ()),
            "makers_menu": makers,
            "places_menu": places,
            "filters": Later(lambda: filters(shown, cards, viewer) if is_whole else None),
            "pagination": pagination,
            "heading": told.title,
            **told.context,
        },
    )


def _sentences(said: Words | None, otherwise: str) -> list[str]:
    return [said.text, otherwise] if said else [otherwise]


def _listed(
    press: Press, name: str, cards: Iterable[ProductCard | EnterpriseCard | ArticleCard]
) -> list[Node]:
    """What search engines read of a list: the pages behind its cards."""
    links = [
        Link(card.url, card.title if isinstance(card, ArticleCard) else card.name) for card in cards
    ]
    return item_list(name, list(map(press.absolute, links)))
