"""Home and the pages that list: makers, products by category and place, partners, news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from microsite.problems import N_
from microsite.records.schema import PARTNER_KINDS, Product, Words
from microsite.site.filters import filters
from microsite.site.list_links import category_links, maker_links, place_links
from microsite.site.press import Press
from microsite.site.structured import Node, item_list, web_site
from microsite.site.urls import data_path, home_path, list_path, page_of, record_path
from microsite.site.views import (
    ArticleCard,
    EnterpriseCard,
    FlagView,
    Link,
    Page,
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
    articles = [viewer.article_card(one) for one in list(edition.articles.values())[:3]]
    site = edition.site
    return press.page(
        home_path(edition.language),
        "home.html",
        title=site.name.text,
        description=[site.description.text] if site.description else [],
        section="home",
        is_home=True,
        things=[_site_data(press)],
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
    featured = [one for one in edition.products.values() if one.featured]
    firsts = [
        edition.products_of[slug][0] for slug in edition.enterprises if slug in edition.products_of
    ]
    in_turn = {one.slug: one for one in (*featured, *firsts, *edition.products.values())}
    available = [one for one in in_turn.values() if one.availability != "discontinued"]
    return available[:ON_HOME]


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
        things=_listed(press, title, (card for group in groups for card in group.enterprises)),
        flags=[card.flag for group in groups for card in group.enterprises],
        context={"groups": groups, "count": len(edition.enterprises)},
    )


def products(press: Press) -> Iterator[Page]:
    """All products, in pages where they are many."""
    edition = press.viewer.edition
    said = press.said(N_("Products and services of {site}: what they are, and who makes them."))
    yield from _catalogue(
        press,
        list_path(edition.language, "product"),
        "products.html",
        list(edition.products.values()),
        title=press.said(N_("All products")),
        description=[said.format(site=edition.site.name)],
        crumbs=[],
        context={
            "data_links": [
                Link(press.viewer.urls.link(data_path(edition.language, ending)), Words(name))
                for ending, name in (("csv", "CSV"), ("json", "JSON"))
            ]
        },
    )


def category(press: Press, key: str) -> Iterator[Page]:
    """The products of one category."""
    edition = press.viewer.edition
    term = edition.categories[key]
    said = press.said(N_("{name}: products and services of {site}."))
    yield from _catalogue(
        press,
        record_path(edition.language, "category", key),
        "category.html",
        list(edition.products_in[key]),
        title=term.name.text,
        description=_sentences(term.summary, said.format(name=term.name, site=edition.site.name)),
        crumbs=[press.list_link("product", N_("Products"))],
        context={"term": term},
        current=key,
    )


def place(press: Press, key: str) -> Iterator[Page]:
    """The makers of one place and their products."""
    edition, viewer = press.viewer.edition, press.viewer
    term = edition.places[key]
    makers = edition.enterprises_in[key]
    slugs = {one.slug for one in makers}
    products = [one for one in edition.products.values() if one.enterprise in slugs]
    said = press.said(N_("{name}: the makers there, and what they offer ({site})."))
    cards = list(map(viewer.enterprise_card, makers))
    yield from _catalogue(
        press,
        record_path(edition.language, "place", key),
        "place.html",
        products,
        title=term.name.text,
        description=_sentences(term.summary, said.format(name=term.name, site=edition.site.name)),
        crumbs=[press.list_link("enterprise", N_("Makers"))],
        things=_listed(press, press.said(N_("Makers")), cards),
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
        things=item_list(title, list(map(press.absolute, links))),
        context={"groups": groups},
    )


def news(press: Press) -> Iterator[Page]:
    """All articles, newest first."""
    edition, viewer = press.viewer.edition, press.viewer
    articles = list(edition.articles.values())
    said = press.said(N_("News of {site}."))
    title = press.said(N_("News"))
    feed_links = [Link(press.frame.feed_url, Words("Atom"))] if press.frame.feed_url else []
    for number, part, pagination in press.cut(list_path(edition.language, "article"), articles):
        cards = list(map(viewer.article_card, part))
        yield press.page(
            page_of(list_path(edition.language, "article"), number),
            "news.html",
            title=title,
            number=number,
            description=[said.format(site=edition.site.name)],
            section="news",
            things=_listed(press, title, cards),
            context={
                "articles": cards,
                "feed_links": feed_links,
                "pagination": pagination,
            },
        )


def _catalogue(
    press: Press,
    path: str,
    template: str,
    products: list[Product],
    *,
    title: str,
    description: list[str],
    crumbs: list[Link],
    context: dict[str, object],
    current: str = "",
    flags: Iterable[FlagView] = (),
    things: Sequence[Node] = (),
    section: str = "products",
) -> Iterator[Page]:
    """A list of products with what it can be narrowed to, in pages where it is long."""
    for number, part, pagination in press.cut(path, products):
        cards: list[ProductCard] = list(map(press.viewer.product_card, part))
        is_whole = pagination is None
        categories = category_links(press.viewer, current, products if is_whole else [])
        makers = maker_links(press.viewer, products, is_whole)
        shown = [maker.flag for maker in makers if maker.flag]
        yield press.page(
            page_of(path, number),
            template,
            title=title,
            number=number,
            apart=[one.name.text for one in crumbs],
            description=description,
            section=section,
            crumbs=crumbs,
            things=[*things, *_listed(press, title, cards)],
            flags=[*(card.flag for card in cards), *shown, *flags],
            context={
                "cards": cards,
                "count": len(products),
                "categories": categories,
                "makers_menu": makers,
                "places_menu": place_links(press.viewer, products, is_whole),
                "filters": filters(products, cards, press.viewer) if is_whole else None,
                "pagination": pagination,
                "heading": title,
                **context,
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
