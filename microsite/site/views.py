"""What the parts of a page show: plain values, chosen and named for their part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from microsite.records.price import Price
from microsite.records.schema import Words
from microsite.site.later import NOTHING, Later
from microsite.site.titles import Naming


class Link(Struct, frozen=True):
    """A named link; without `url` its name is shown as plain text."""

    url: str
    name: Words
    is_current: bool = False


class TermLink(Struct, frozen=True):
    """A category, place or maker to narrow a list to."""

    url: str
    name: Words
    count: int
    is_current: bool = False
    flag: FlagView | None = None
    key: str = ""
    cards: str = ""  # on a list that is whole on its page: `filters.Cards`


class Alternate(Struct, frozen=True):
    """The same page in another language."""

    language: str
    name: str  # of the language, in itself
    direction: Literal["ltr", "rtl"]
    url: str  # link
    absolute: str
    locale: str  # language and territory, as Open Graph writes them
    is_translated: bool


class SharePicture(Struct, frozen=True):
    """What a chat or a social network shows of a page that is shared."""

    url: str  # absolute
    width: int
    height: int
    alt: str
    type: str  # such as image/jpeg


class FlagView(Struct, frozen=True):
    """An enterprise's flag: its symbols are `flag-<name>` and `cloth-<name>`."""

    name: str  # slug of the enterprise, or "default"
    ground: str  # class that sets its colours


class FlagArt(Struct, frozen=True):
    """The drawings of a flag, once on each page that shows it."""

    name: str
    ground: str
    flag: Markup
    cloth: Markup


class Drawing(Struct, frozen=True):
    """What stands inside an `<svg>`."""

    view_box: str
    fit: str  # preserveAspectRatio
    markup: Markup


class Source(Struct, frozen=True):
    """One format of a picture."""

    type: str
    srcset: str


class Picture(Struct, frozen=True):
    """A photo in all its renditions."""

    alt: Words
    credit: Words | None
    sources: tuple[Source, ...]  # before the JPEG
    srcset: str
    src: str
    width: int
    height: int
    tint: int  # class `tint-<n>` paints the place while it loads


class ProductCard(Struct, frozen=True):
    """A product on a list."""

    url: str
    name: Words
    maker: Words
    price: Price | None
    unit: Words | None
    picture: Picture | None
    flag: FlagView
    drawing: Literal["flag", "close-up", "patch"]  # what stands in for a missing photo
    availability: str | None

    @property
    def can_be_had(self) -> bool:
        """Whether it is worth a price now or, as far as is known, in its season."""
        return self.availability not in {"out-of-stock", "discontinued"}

    @property
    def shown_price(self) -> Price | None:
        """The price, unless the product is no longer made."""
        return None if self.availability == "discontinued" else self.price


class EnterpriseCard(Struct, frozen=True):
    """An enterprise on a list."""

    url: str
    name: Words  # the short one, where there is one
    summary: Words
    place: Words
    flag: FlagView
    products: int
    picture: Picture | None = None


class ArticleCard(Struct, frozen=True):
    """A piece of news on a list."""

    url: str
    title: Words
    summary: Words
    date: dt.date


class PartnerView(Struct, frozen=True):
    """A partner among the partners."""

    slug: str
    name: Words
    short_name: Words | None
    summary: Words | None
    body: Markup | None
    body_borrowed_from: str
    website: str | None
    sources: tuple[SourceView, ...]


class PartnerGroup(Struct, frozen=True):
    """Partners of one kind."""

    kind: str
    partners: tuple[PartnerView, ...]


class PlaceGroup(Struct, frozen=True):
    """The enterprises of one place."""

    name: Words
    url: str
    enterprises: tuple[EnterpriseCard, ...]


class Channel(Struct, frozen=True):
    """One way to reach somebody. `kind` is the field of `Contact` that it comes from."""

    kind: str
    url: str
    shown: str  # number, id or name, as text


class Code(Struct, frozen=True):
    """A QR code: dark lines, one unit wide, on a white square."""

    side: int  # units
    path: str  # `d` of the lines


class MarkView(Struct, frozen=True):
    """A mark that is valid today."""

    kind: str
    number: str | None
    certificate: str | None
    stars: int | None
    year: dt.date | None  # first day of the year
    name: Words | None
    expires: dt.date | None


class SourceView(Struct, frozen=True):
    """Where facts come from: an address, or words."""

    text: Words
    url: str = ""


class VariantView(Struct, frozen=True):
    """One size or sort."""

    name: Words
    price: Price | None
    sku: str | None


class BodyView(Struct, frozen=True):
    """Prose, ready to show."""

    html: Markup
    borrowed_from: str


class Pagination(Struct, frozen=True):
    """Where a page stands in a list that is cut into pages."""

    number: int
    last: int
    previous_url: str
    next_url: str


class Section(Struct, frozen=True):
    """The page in one of several languages on it, as the 404 page needs it."""

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    sentence: str
    links: tuple[Link, ...]
    search_url: str
    search_label: str
    search_button: str


class Frame(Struct, frozen=True):
    """What is the same on every page of one language."""

    language: str
    direction: Literal["ltr", "rtl"]
    locale: str  # language and territory, as Open Graph writes them
    name: Words
    home_url: str
    footer: Words | None
    notice: Words | None
    products_url: str
    enterprises_url: str
    search_url: str
    news_url: str  # "" where there is no news
    feed_url: str  # the same for feed readers; "" where there is none in this language
    partners_url: str  # "" where there are none
    contact_url: str  # "" where there is no page `contact`
    how_to_buy_url: str  # "" where there is no page `how-to-buy`
    header: tuple[Link, ...]  # free pages
    footer_links: tuple[Link, ...]
    categories: tuple[Link, ...]
    grounds: tuple[str, ...]  # classes of the first flags, for the strip in the footer
    scripts: str  # the folder they lie in
    font: str  # to load early; "" where there is none
    icon: str
    touch_icon: str  # for home screens
    mark: Drawing | None
    repository: str


class Head(Struct, frozen=True):
    """What is said of one page: to machines, and above its content."""

    title: str  # whole, with the site's name
    told: Later[str]
    canonical: str
    section: str = ""  # which link of the header is current: products, news, a page's slug
    crumbs: tuple[Link, ...] = ()
    languages: tuple[Alternate, ...] = ()  # the same page in every other language: the switch
    alternates: tuple[Alternate, ...] = ()  # translated pages, this one among them: hreflang
    default: str = ""  # x-default
    is_translated: bool = True
    is_outdated: bool = False  # translated, from a text that has changed since
    is_draft: bool = False  # shown because drafts were asked for
    source_page: Alternate | None = None  # where the text of such a page can be read
    published: dt.date | None = None  # of news, which Open Graph calls an article
    shown: Later[SharePicture | None] = NOTHING
    data: Later[Markup | None] = NOTHING  # JSON-LD, the text of its script element
    stylesheet: str = ""
    # as templates ask for them
    description = property(lambda head: head.told())
    picture = property(lambda head: head.shown())
    structured = property(lambda head: head.data())


_NO_FLAGS: Later[tuple[FlagArt, ...]] = Later(tuple)


class Page(Struct, frozen=True):
    """One file to render."""

    path: str  # from the root of the site, such as /th/products/
    template: str
    frame: Frame
    head: Head
    context: Mapping[str, object]  # a `Later` among them is for templates what it makes
    flags: Later[tuple[FlagArt, ...]] = _NO_FLAGS
    naming: Naming | None = None  # where its title may have to be told from another
    origin: str = ""  # the content file that it comes from
    language: str = ""
