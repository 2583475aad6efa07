"""The page of each enterprise, product, article and free page."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urljoin

from microsite.problems import N_
from microsite.records.schema import Article, Enterprise, InfoPage, Product
from microsite.site.contact import channels
from microsite.site.press import Press
from microsite.site.structured import product_data
from microsite.site.viewer import CARD, WHOLE, WIDE, price_of
from microsite.site.views import Link, Page

RELATED = 8  # products


def enterprise(press: Press, enterprise: Enterprise) -> Page:
    """A maker: contact first, then products, story and sources."""
    edition, viewer = press.viewer.edition, press.viewer
    cards = list(map(viewer.product_card, edition.products_of.get(enterprise.slug, ())))
    place = edition.places[enterprise.place]
    mentor = edition.partners.get(enterprise.mentor or "")
    news = [
        viewer.article_card(one)
        for one in edition.articles.values()
        if enterprise.slug in one.enterprises
    ]
    name = enterprise.short_name or enterprise.name
    return press.record_page(
        enterprise,
        "enterprise",
        name=name,
        description=enterprise.summary,
        section="enterprises",
        above=[press.list_link("enterprise", N_("Makers"))],
        flags=[viewer.flag(enterprise.slug), *(card.flag for card in cards)],
        context={
            "enterprise": enterprise,
            "flag": viewer.flag(enterprise.slug),
            "place": Link(viewer.url("place", enterprise.place), place.name),
            "channels": channels(enterprise.contact),
            "pictures": [viewer.picture(one, WIDE) for one in enterprise.photos],
            "cards": cards,
            "marks": viewer.marks(enterprise.marks),
            "mentor": viewer.partner(mentor) if mentor else None,
            "mentor_url": viewer.url("partner", mentor.slug) if mentor else "",
            "news": news,
            "body": viewer.body(enterprise.body),
            "sources": viewer.sources(enterprise.sources),
        },
    )


def product(press: Press, product: Product) -> Page:
    """A product: what it is, what it costs, how its maker is reached."""
    edition, viewer = press.viewer.edition, press.viewer
    made_by = edition.enterprises[product.enterprise]
    siblings = (one for one in edition.products_of[made_by.slug] if one is not product)
    others = (
        one for one in edition.products_in[product.category] if one.enterprise != made_by.slug
    )
    more = [viewer.product_card(one) for one in islice(siblings, RELATED)]
    kin = [viewer.product_card(one) for one in islice(others, RELATED)]
    category = edition.categories[product.category]
    pictures = [viewer.picture(one, WIDE) for one in product.photos]
    base, price = viewer.urls.base_url, price_of(product)
    return press.record_page(
        product,
        "product",
        name=product.name,
        description=product.summary,
        section="products",
        above=[
            press.list_link("product", N_("Products")),
            Link(viewer.url("category", product.category), category.name),
        ],
        flags=[viewer.flag(made_by.slug), *(card.flag for card in (*more, *kin))],
        context={
            "product": product,
            "price": price,
            "variants": viewer.variants(product),
            "pictures": pictures,
            "thumbnails": [viewer.picture(one, CARD) for one in product.photos],
            "maker": viewer.enterprise_card(made_by),
            "channels": channels(made_by.contact),
            "category": Link(viewer.url("category", product.category), category.name),
            "place": Link(viewer.url("place", made_by.place), edition.places[made_by.place].name),
            "marks": viewer.marks(product.marks),
            "body": viewer.body(product.body),
            "sources": viewer.sources(product.sources),
            "more": more,
            "kin": kin,
            "structured": product_data(
                product,
                price,
                made_by,
                url=urljoin(base, viewer.url("product", product.slug)),
                picture=urljoin(base, pictures[0].src) if pictures else "",
            ),
        },
    )


def article(press: Press, article: Article) -> Page:
    """A piece of news."""
    edition, viewer = press.viewer.edition, press.viewer
    makers = [
        viewer.enterprise_card(edition.enterprises[slug])
        for slug in article.enterprises
        if slug in edition.enterprises
    ]
    return press.record_page(
        article,
        "article",
        name=article.title,
        description=article.summary,
        section="news",
        above=[press.list_link("article", N_("News"))],
        flags=[card.flag for card in makers],
        context={
            "article": article,
            "pictures": [viewer.picture(one, WHOLE) for one in article.photos],
            "makers": makers,
            "body": viewer.body(article.body),
            "sources": viewer.sources(article.sources),
        },
    )


def info_page(press: Press, page: InfoPage) -> Page:
    """A page of its own, such as `about`; below `contact` stand the channels of the site."""
    site = press.viewer.edition.site
    said = page.summary or site.description
    return press.record_page(
        page,
        "page",
        name=page.title,
        description=said or page.title,
        section=page.slug,
        above=[],
        context={
            "page": page,
            "body": press.viewer.body(page.body),
            "channels": channels(site.contact) if page.slug == "contact" else (),
        },
    )
