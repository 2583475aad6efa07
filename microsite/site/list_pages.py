"""Home and the pages that list makers, partners and news."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice
from operator import itemgetter

from microsite.problems import N_
from microsite.records.schema import PARTNER_KINDS, Article, Product, Words
from microsite.records.shelves import Row
from microsite.site.press import LONG_LIST, PagePlan, Press, part
from microsite.site.structured import Node, item_list, web_site
from microsite.site.urls import home_path, list_path, page_of
from microsite.site.views import Link, Page, Pagination, PartnerGroup, PlaceGroup

ON_HOME = 8  # products
MAKERS_ON_HOME = 24  # where they are too many for one page


def home(press: Press) -> Page:
    """The home page: the promise, some products, the makers."""
    edition, viewer = press.viewer.edition, press.viewer
    every = edition.enterprises.row()
    shown = every if len(every) <= LONG_LIST else every[:MAKERS_ON_HOME]
    makers = list(map(viewer.enterprise_card, shown))
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
            "maker_count": len(every),
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


def enterprises(press: Press) -> Iterator[PagePlan]:
    """All makers by place, in pages where they are many."""
    edition = press.viewer.edition
    path = list_path(edition.language, "enterprise")
    for number, pagination in press.cut(path, len(edition.enterprises)):
        make = partial(_enterprises, press, number, pagination)
        yield press.plan(page_of(path, number), "enterprises.html", make)


def _enterprises(press: Press, number: int, pagination: Pagination | None) -> Page:
    edition, viewer = press.viewer.edition, press.viewer
    in_order = [
        (key, slug)
        for key in edition.places
        if key in edition.enterprises_in
        for slug in edition.enterprises_in[key].slugs
    ]
    shown = in_order[part(number, len(in_order))]
    groups = [
        PlaceGroup(
            edition.places[key].name,
            viewer.term_url("place", key),
            tuple(viewer.enterprise_card(edition.enterprises[slug]) for _, slug in there),
        )
        for key, there in groupby(shown, itemgetter(0))
    ]
    cards = [card for group in groups for card in group.enterprises]
    said = press.said(N_("The makers of {site}: who they are, and where."))
    title = press.said(N_("Makers"))
    return press.page(
        page_of(list_path(edition.language, "enterprise"), number),
        "enterprises.html",
        title=title,
        number=number,
        description=[said.format(site=edition.site.name)],
        section="enterprises",
        things=lambda: press.listed(title, cards),
        flags=[card.flag for card in cards],
        context={"groups": groups, "count": len(in_order), "pagination": pagination},
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
    for number, pagination in press.cut(path, len(articles)):
        make = partial(_news, press, articles, number, pagination)
        yield press.plan(page_of(path, number), "news.html", make)


def _news(press: Press, articles: Row[Article], number: int, pagination: Pagination | None) -> Page:
    edition = press.viewer.edition
    cards = list(map(press.viewer.article_card, articles[part(number, len(articles))]))
    title, said = press.said(N_("News")), press.said(N_("News of {site}."))
    feed_links = [Link(press.frame.feed_url, Words("Atom"))] if press.frame.feed_url else []
    return press.page(
        page_of(list_path(edition.language, "article"), number),
        "news.html",
        title=title,
        number=number,
        description=[said.format(site=edition.site.name)],
        section="news",
        things=lambda: press.listed(title, cards),
        context={"articles": cards, "feed_links": feed_links, "pagination": pagination},
    )
