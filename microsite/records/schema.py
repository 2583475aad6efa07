"""The record types, every field declared once: its kind, word or fact, label and help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from microsite.problems import N_
from microsite.records import kinds
from microsite.records.declarations import Field, declared, declaring, fact, word
from microsite.records.price import Price


class Words(Struct, frozen=True):
    """Text that people wrote, and the language that it had to be borrowed from, if any."""

    text: str
    borrowed_from: str = ""

    def __str__(self) -> str:
        return self.text


class Body(Struct, frozen=True):
    """Where the prose of a record stands, and the language it was borrowed from, if any."""

    file: str
    borrowed_from: str = ""


@declaring
class Focus:
    """The point of a photo that cropping keeps, from the top left corner."""

    x: float = fact(kinds.between(0, 1), N_("Across"), required=True)
    y: float = fact(kinds.between(0, 1), N_("Down"), required=True)


@declaring
class Photo:
    """A photo below assets/photos/."""

    file: str = fact(kinds.PHOTO, N_("File"), N_("Path below assets/photos/."), required=True)
    focus: Focus | None = fact(Focus, N_("Focus"), N_("The point that cropping keeps."))
    alt: Words | None = word(kinds.LINE, N_("What the photo shows"))
    credit: Words | None = word(kinds.LINE, N_("Who took it"))


@declaring
class Contact:
    """The channels by which a maker is reached, in the order in which they are offered."""

    line: str | None = fact(kinds.LINE_ID, N_("LINE"), N_("The id, or an address at line.me."))
    phone: str | None = fact(kinds.PHONE, N_("Phone"), N_("One number."))
    facebook: str | None = fact(
        kinds.profile_on("facebook.com", "fb.com", "fb.me", "m.me"),
        N_("Facebook"),
        N_("Name or address."),
    )
    whatsapp: str | None = fact(kinds.PHONE, N_("WhatsApp"), N_("One number."))
    instagram: str | None = fact(
        kinds.profile_on("instagram.com", "instagr.am"), N_("Instagram"), N_("Name or address.")
    )
    tiktok: str | None = fact(kinds.profile_on("tiktok.com"), N_("TikTok"), N_("Name or address."))
    email: str | None = fact(kinds.EMAIL, N_("E-mail"))
    website: str | None = fact(kinds.ADDRESS, N_("Website"))
    shopee: str | None = fact(kinds.address_on("shopee.co.th", "shp.ee", "shope.ee"), N_("Shopee"))
    lazada: str | None = fact(kinds.address_on("lazada.co.th"), N_("Lazada"))


@declaring
class Position:
    """A point on the map, in Thailand."""

    lat: float = fact(kinds.between(5, 21), N_("Latitude"), required=True)
    lon: float = fact(kinds.between(97, 106), N_("Longitude"), required=True)


@declaring
class Mark:
    """A mark or licence; `marks.DETAILS` says which details go with which kind."""

    kind: str = fact(
        kinds.choice("otop", "fda-food", "cosmetic", "tcps", "gi"), N_("Kind"), required=True
    )
    stars: int | None = fact(kinds.whole(1, 5), N_("Stars"))
    year: int | None = fact(kinds.YEAR, N_("Year"))
    number: str | None = fact(kinds.LINE, N_("Number"), N_("As on the certificate."))
    certificate: str | None = fact(kinds.LINE, N_("Certificate"))
    expires: dt.date | None = fact(kinds.DATE, N_("Valid until"))
    name: str | None = fact(kinds.LINE, N_("Name"))


@declaring
class Variant:
    """One size or sort of a product, with a price of its own."""

    key: str = fact(kinds.LINE, N_("Key"), N_("Joins the languages; not shown."), required=True)
    name: Words | None = word(kinds.LINE, N_("Name"))
    price: Price | None = fact(kinds.PRICE, N_("Price"))
    sku: str | None = fact(kinds.LINE, N_("Stock number"))


@declaring
class Event:
    """When something takes place."""

    date: dt.date = fact(kinds.DATE, N_("First day"), required=True)
    end: dt.date | None = fact(kinds.DATE, N_("Last day"))


# Fields that several record types have.
ORDER = Field(kinds.WHOLE, N_("Order"), N_("Place in lists; without it after the others, by name."))
PHOTOS = Field(Photo, N_("Photos"), many=True, joined_by="file")
MARKS = Field(Mark, N_("Marks"), many=True)
SOURCES = Field(
    kinds.SOURCE,
    N_("Sources"),
    N_("Where the facts come from: addresses, or plain words."),
    many=True,
)
CHECKED = Field(
    kinds.DATE,
    N_("Last confirmed"),
    N_("The day on which a person last confirmed the facts with the maker."),
)
PUBLISH_DATE = Field(kinds.DATE, N_("Publish on"), N_("On the site from this day on."))
EXPIRY_DATE = Field(kinds.DATE, N_("Take down on"), N_("On the site until the day before."))
ALIASES = Field(kinds.ALIAS, N_("Old addresses"), N_("Old addresses that lead here."), many=True)
DRAFT = Field(kinds.YES_NO, N_("Draft"), N_("Not on the site yet."))


@declaring
class Enterprise:
    """A community enterprise: who makes things."""

    slug: str
    is_translated: bool
    is_outdated: bool  # translated from a text that has changed since
    name: Words = word(kinds.LINE, N_("Name"), N_("The full name."), required=True)
    short_name: Words | None = word(kinds.LINE, N_("Short name"), N_("For cards and titles."))
    summary: Words = word(kinds.LINE, N_("In a sentence"), required=True)
    address: Words | None = word(kinds.LINE, N_("Address"))
    hours: Words | None = word(kinds.LINE, N_("Opening hours"))
    visits: Words | None = word(kinds.LINE, N_("Visits"))
    place: str = fact(
        kinds.key_of("place"), N_("Place"), N_("A key of taxonomy.yaml."), required=True
    )
    order: int | None = declared(ORDER)
    contact: Contact | None = fact(Contact, N_("Contact"))
    map: Position | None = fact(Position, N_("On the map"))
    photos: tuple[Photo, ...] = declared(PHOTOS)
    marks: tuple[Mark, ...] = declared(MARKS)
    founded: int | None = fact(kinds.YEAR, N_("Founded"))
    mentor: str | None = fact(kinds.key_of("partner"), N_("Mentor"))
    sources: tuple[str, ...] = declared(SOURCES)
    checked: dt.date | None = declared(CHECKED)
    publish_date: dt.date | None = declared(PUBLISH_DATE)
    expiry_date: dt.date | None = declared(EXPIRY_DATE)
    aliases: tuple[str, ...] = declared(ALIASES)
    draft: bool = declared(DRAFT)
    body: Body | None = None


@declaring
class Product:
    """A product or a service."""

    slug: str
    is_translated: bool
    is_outdated: bool  # translated from a text that has changed since
    name: Words = word(kinds.LINE, N_("Name"), required=True)
    summary: Words = word(kinds.LINE, N_("In a sentence"), required=True)
    unit: Words | None = word(kinds.LINE, N_("Unit"), N_("What the price buys: 200 g bag."))
    price_note: Words | None = word(kinds.LINE, N_("Note on the price"))
    season_note: Words | None = word(kinds.LINE, N_("Note on the season"))
    ingredients: Words | None = word(kinds.TEXT, N_("Ingredients"))
    allergens: Words | None = word(kinds.LINE, N_("Allergens"))
    storage: Words | None = word(kinds.LINE, N_("Storage"))
    shelf_life: Words | None = word(kinds.LINE, N_("Shelf life"))
    delivery: Words | None = word(kinds.LINE, N_("Delivery"))
    enterprise: str = fact(
        kinds.key_of("enterprise"), N_("Maker"), N_("File name of the enterprise."), required=True
    )
    category: str = fact(
        kinds.key_of("category"), N_("Category"), N_("A key of taxonomy.yaml."), required=True
    )
    kind: str = fact(kinds.choice("goods", "food", "service", "visit"), N_("Kind"))
    price: Price | None = fact(kinds.PRICE, N_("Price"), N_("Baht: 180, or 120-250."))
    variants: tuple[Variant, ...] = fact(Variant, N_("Sizes and sorts"), many=True, joined_by="key")
    availability: str | None = fact(
        kinds.choice(
            "in-stock",
            "made-to-order",
            "by-appointment",
            "seasonal",
            "out-of-stock",
            "discontinued",
        ),
        N_("Availability"),
    )
    season: tuple[int, ...] = fact(kinds.MONTH, N_("Season"), N_("Months: [11, 12, 1]."), many=True)
    sku: str | None = fact(kinds.LINE, N_("Stock number"))
    photos: tuple[Photo, ...] = declared(PHOTOS)
    marks: tuple[Mark, ...] = declared(MARKS)
    order: int | None = declared(ORDER)
    featured: bool = fact(kinds.YES_NO, N_("On the home page"))
    sources: tuple[str, ...] = declared(SOURCES)
    checked: dt.date | None = declared(CHECKED)
    publish_date: dt.date | None = declared(PUBLISH_DATE)
    expiry_date: dt.date | None = declared(EXPIRY_DATE)
    aliases: tuple[str, ...] = declared(ALIASES)
    draft: bool = declared(DRAFT)
    body: Body | None = None


PARTNER_KINDS = ("association", "founder", "member", "university", "state", "bank")  # as listed


@declaring
class Partner:
    """Who stands behind the network."""

    slug: str
    is_translated: bool
    is_outdated: bool  # translated from a text that has changed since
    name: Words = word(kinds.LINE, N_("Name"), required=True)
    short_name: Words | None = word(kinds.LINE, N_("Short name"))
    summary: Words | None = word(kinds.LINE, N_("In a sentence"))
    kind: str = fact(
        kinds.choice(*PARTNER_KINDS),
        N_("Kind"),
        required=True,
    )
    website: str | None = fact(kinds.ADDRESS, N_("Website"))
    order: int | None = declared(ORDER)
    sources: tuple[str, ...] = declared(SOURCES)
    draft: bool = declared(DRAFT)
    body: Body | None = None


@declaring
class Article:
    """A piece of news."""

    slug: str
    is_translated: bool
    is_outdated: bool  # translated from a text that has changed since
    title: Words = word(kinds.LINE, N_("Title"), required=True)
    summary: Words = word(kinds.LINE, N_("In a sentence"), required=True)
    event_place: Words | None = word(kinds.LINE, N_("Where it takes place"))
    date: dt.date = fact(kinds.DATE, N_("Date"), required=True)
    event: Event | None = fact(Event, N_("Event"))
    enterprises: tuple[str, ...] = fact(kinds.key_of("enterprise"), N_("Makers"), many=True)
    photos: tuple[Photo, ...] = declared(PHOTOS)
    sources: tuple[str, ...] = declared(SOURCES)
    publish_date: dt.date | None = declared(PUBLISH_DATE)
    expiry_date: dt.date | None = declared(EXPIRY_DATE)
    aliases: tuple[str, ...] = declared(ALIASES)
    draft: bool = declared(DRAFT)
    body: Body | None = None


@declaring
class InfoPage:
    """A page of its own, such as `about`."""

    slug: str
    is_translated: bool
    is_outdated: bool  # translated from a text that has changed since
    title: Words = word(kinds.LINE, N_("Title"), required=True)
    summary: Words | None = word(kinds.LINE, N_("In a sentence"))
    order: int | None = declared(ORDER)
    menu: str | None = fact(kinds.choice("header", "footer"), N_("Menu"), N_("Where it is linked."))
    aliases: tuple[str, ...] = declared(ALIASES)
    draft: bool = declared(DRAFT)
    body: Body | None = None


@declaring
class Term:
    """A category or a place."""

    name: Words = word(kinds.LINE, N_("Name"), required=True)
    summary: Words | None = word(kinds.LINE, N_("In a sentence"))


@declaring
class Taxonomy:
    """What taxonomy.yaml holds: keys, their order and their names."""

    categories: Mapping[str, Term] = fact(Term, N_("Categories"), keyed=True)
    places: Mapping[str, Term] = fact(Term, N_("Places"), keyed=True)


@declaring
class Site:
    """What site.yaml holds: facts for all languages beside the folders, words in each."""

    format: int = fact(kinds.FORMAT, N_("Format"), N_("Always 1."), required=True)
    base_url: str = fact(kinds.BASE_URL, N_("Address of the site"), required=True)
    languages: tuple[str, ...] = fact(kinds.LANGUAGE, N_("Languages"), many=True, required=True)
    repository: str | None = fact(kinds.ADDRESS, N_("Repository"))
    contact: Contact | None = fact(Contact, N_("Contact"))
    name: Words = word(kinds.LINE, N_("Name"), required=True)
    tagline: Words = word(
        kinds.LINE, N_("Promise"), N_("The first words on the home page."), required=True
    )
    description: Words | None = word(kinds.LINE, N_("Description"))
    footer: Words | None = word(kinds.TEXT, N_("Words at the foot of each page"))
    notice: Words | None = word(kinds.LINE, N_("Notice at the top of each page"))


Record = Enterprise | Product | Partner | Article | InfoPage


def name_of(record: Record) -> Words:
    """What a record is called: its name, or the title of an article or page."""
    return record.title if isinstance(record, Article | InfoPage) else record.name


# Folder below content/<language>/ -> record type. The singular of the folder names the type.
FOLDERS: Mapping[str, tuple[str, type]] = {
    "enterprises": ("enterprise", Enterprise),
    "products": ("product", Product),
    "partners": ("partner", Partner),
    "articles": ("article", Article),
    "pages": ("page", InfoPage),
}
TYPES: Mapping[str, type] = {
    **dict(FOLDERS.values()),
    "site": Site,
    "taxonomy": Taxonomy,
}
