"""The page of each enterprise, product, article and free page."""

from __future__ import annotations

from itertools import chain, islice

from microsite.language.writing import format_date
from microsite.problems import N_
from microsite.records.schema import Enterprise, Product
from microsite.site.contact import channels, line_code, map_address
from microsite.site.later import Later
from microsite.site.press import Press
from microsite.site.share_pictures import of_article, of_enterprise, of_product
from microsite.site.structured_makers import maker_data, maker_named
from microsite.site.structured_marks import awards, label_numbers
from microsite.site.structured_news import news_data
from microsite.site.structured_products import product_data
from microsite.site.viewer import WHOLE, WIDE, price_of
from microsite.site.views import ArticleCard, Link, Page, ProductCard

RELATED = 8  # products
NEWS = 3  # articles beside a product


def enterprise(press: Press, slug: str) -> Page:
    """A maker: contact first, then products, story and sources."""
    edition, viewer = press.viewer.edition, press.viewer
    enterprise = edition.enterprises[slug]
    cards = list(map(viewer.product_card, edition.products_of.get(enterprise.slug, ())))
    place = edition.places[enterprise.place]
    pictures = [viewer.picture(one, WIDE) for one in enterprise.photos]
    marks = viewer.marks(enterprise.marks)
    return press.record_page(
        enterprise,
        "enterprise",
        name=enterprise.name,
        short=enterprise.short_name,
        apart=[place.name.text],
        description=enterprise.summary,
        section="enterprises",
        things=lambda: [
            maker_data(
                enterprise,
                url=press.address("enterprise", enterprise.slug),
                place=place.name.text,
                pictures=press.addresses(pictures),
                awards=awards(marks, viewer.wording),
            )
        ],
        above=[press.list_link("enterprise", N_("Makers"))],
        flags=chain([viewer.flag(enterprise.slug)], (card.flag for card in cards)),
        picture=lambda: of_enterprise(viewer, enterprise),
        context={
            "enterprise": enterprise,
            "flag": viewer.flag(enterprise.slug),
            "place": Link(viewer.url("place", enterprise.place), place.name),
            "channels": channels(enterprise.contact),
            "code": line_code(enterprise.contact),
            "map_url": map_address(enterprise.map),
            "pictures": pictures,
            "thumbnails": viewer.thumbnails(enterprise.photos),
            "cards": cards,
            "marks": marks,
            "mentor": _mentor(press, enterprise),
            "news": _news_of(press, enterprise),
            "body": viewer.body(enterprise.body),
            "sources": viewer.sources(enterprise.sources),
        },
    )


def product(press: Press, slug: str) -> Page:
    """A product: what it is, what it costs, how its maker is reached."""
    edition, viewer = press.viewer.edition, press.viewer
    product = edition.products[slug]
    made_by = edition.enterprises[product.enterprise]
    of_kind = edition.products_in[product.category]
    more, kin = _siblings(press, product), _kin(press, product)
    category = edition.categories[product.category]
    pictures = [viewer.picture(one, WIDE) for one in product.photos]
    price = price_of(product)
    marks, variants = viewer.marks(product.marks), viewer.variants(product)
    return press.record_page(
        product,
        "product",
        name=product.name,
        apart=[
            (made_by.short_name or made_by.name).text,
            *([product.unit.text] if product.unit else []),
            category.name.text,
        ],
        description=product.summary,
        section="products",
        things=lambda: product_data(
            product,
            price,
            url=press.address("product", product.slug),
            category=category.name.text,
            maker=maker_named(made_by, press.address("enterprise", made_by.slug)),
            pictures=press.addresses(pictures),
            variants=variants,
            awards=awards(marks, viewer.wording),
            numbers=label_numbers(marks, viewer.wording),
        ),
        above=[
            press.list_link("product", N_("Products")),
            Link(viewer.url("category", product.category), category.name),
        ],
        flags=chain([viewer.flag(made_by.slug)], (card.flag for card in chain(more, kin))),
        picture=lambda: of_product(viewer, product),
        context={
            "product": product,
            "price": price,
            "variants": variants,
            "pictures": pictures,
            "thumbnails": viewer.thumbnails(product.photos),
            "maker": viewer.enterprise_card(made_by),
            "channels": Later(lambda: channels(made_by.contact, _message(press, product))),
            "code": line_code(made_by.contact),
            "map_url": map_address(made_by.map),
            "point": made_by.map,
            "mentor": _mentor(press, made_by),
            "news": _news_of(press, made_by)[:NEWS],
            "category": Link(viewer.url("category", product.category), category.name),
            "place": Link(viewer.url("place", made_by.place), edition.places[made_by.place].name),
            "marks": marks,
            "body": viewer.body(product.body),
            "sources": viewer.sources(product.sources),
            "more": more,
            "kin": kin,
            "has_kind": any(one is not product and _is_made(one) for one in of_kind),
        },
    )


def article(press: Press, slug: str) -> Page:
    """A piece of news."""
    edition, viewer = press.viewer.edition, press.viewer
    article = edition.articles[slug]
    about = [
        edition.enterprises[slug] for slug in article.enterprises if slug in edition.enterprises
    ]
    makers = list(map(viewer.enterprise_card, about))
    pictures = [viewer.picture(one, WHOLE) for one in article.photos]
    return press.record_page(
        article,
        "article",
        name=article.title,
        apart=[format_date(article.date, edition.language)],
        description=article.summary,
        section="news",
        published=article.date,
        things=lambda: news_data(
            article,
            url=press.address("article", article.slug),
            tag=edition.language,
            pictures=press.addresses(pictures),
            makers=[maker_named(one, press.address("enterprise", one.slug)) for one in about],
        ),
        above=[press.list_link("article", N_("News"))],
        flags=[card.flag for card in makers],
        picture=lambda: of_article(viewer, article),
        context={
            "article": article,
            "pictures": pictures,
            "makers": makers,
            "body": viewer.body(article.body),
            "sources": viewer.sources(article.sources),
        },
    )


def info_page(press: Press, slug: str) -> Page:
    """A page of its own, such as `about`; below `contact` stand the channels of the site."""
    page = press.viewer.edition.pages[slug]
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


def _message(press: Press, product: Product) -> str:
    """What a visitor would type to ask for a product; its maker finds it by their own name too."""
    original = press.library.name_in(press.library.languages[0], ("product", product.slug))
    name = product.name.text
    said = press.said(N_("Hello, I am interested in {product} {address}"))
    return said.format(
        product=name if name == original else f"{name} ({original})",
        address=press.address("product", product.slug),
    )


def _siblings(press: Press, product: Product) -> list[ProductCard]:
    """Others by the same maker; what is chosen from is the same for each of them."""
    viewer, maker = press.viewer, product.enterprise
    row = viewer.edition.products_of[maker]

    def first(count: int) -> dict[str, ProductCard]:
        made = islice((one for one in row if _is_made(one)), count)
        return {one.slug: viewer.product_card(one) for one in made}

    def kept(count: int) -> dict[str, ProductCard]:
        name = f"first:{viewer.edition.language}:{maker}:{count}"
        return viewer.notes.once(name, lambda: first(count))

    found = kept(RELATED)
    if product.slug in found:
        found = kept(RELATED + 1)
    return [card for slug, card in found.items() if slug != product.slug]


def _kin(press: Press, product: Product) -> list[ProductCard]:
    """Others of the same kind by other makers: the same ones for all of this kind by this maker."""
    viewer, maker = press.viewer, product.enterprise

    def first() -> list[ProductCard]:
        edition = viewer.edition
        others = edition.products_in[product.category].without(edition.products_of[maker])
        made = islice((one for one in others if _is_made(one)), RELATED)
        return list(map(viewer.product_card, made))

    name = f"kin:{viewer.edition.language}:{product.category}:{maker}"
    return viewer.notes.once(name, first)


def _is_made(product: Product) -> bool:
    """Whether it is worth a look beside another."""
    return product.availability != "discontinued"


def _news_of(press: Press, enterprise: Enterprise) -> list[ArticleCard]:
    """The articles that mention an enterprise, newest first."""
    articles = press.viewer.edition.articles_about.get(enterprise.slug, ())
    return list(map(press.viewer.article_card, articles))


def _mentor(press: Press, enterprise: Enterprise) -> Link | None:
    """The partner who guides an enterprise, where it is known."""
    partner = press.viewer.edition.partners.get(enterprise.mentor or "")
    if partner is None:
        return None
    return Link(press.viewer.url("partner", partner.slug), partner.short_name or partner.name)
