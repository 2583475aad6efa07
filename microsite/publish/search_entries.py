"""What a visitor can find: for each page of one language, its names and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import partial

from msgspec import Struct

from microsite.problems import N_
from microsite.records.declarations import fields_of
from microsite.records.library import Edition, Library
from microsite.records.schema import (
    Body,
    Contact,
    Enterprise,
    Mark,
    Partner,
    Record,
    Term,
    Words,
)
from microsite.site.urls import home_path, record_path
from microsite.site.viewer import Viewer


class PageKind(Enum):
    """What readers call a page; values are message ids."""

    MAKER = N_("Maker")
    CATEGORY = N_("Category")
    PLACE = N_("Place")
    PRODUCT = N_("Product")
    SERVICE = N_("Service")
    VISIT = N_("Visit")
    NEWS = N_("News")
    PAGE = N_("Page")
    PARTNER = N_("Partner")


class Label(Enum):
    """What readers call the place where words stand; values are message ids."""

    DESCRIPTION = N_("Description")
    PLACE = N_("Place")
    ADDRESS = N_("Address")
    HOURS = N_("Opening hours")
    VISITS = N_("Visits")
    MARKS = N_("Marks")
    MENTOR = N_("Mentor")
    CONTACT = N_("Contact")
    INGREDIENTS = N_("Ingredients")
    SIZES = N_("Sizes and sorts")
    STOCK_NUMBER = N_("Stock number")
    CATEGORY = N_("Category")
    MAKER = N_("Maker")
    UNIT = N_("Unit")
    SEASON = N_("About the season")
    ALLERGENS = N_("Allergens")
    PRICE = N_("Price")
    STORAGE = N_("Storage")
    SHELF_LIFE = N_("Keeps for")
    DELIVERY = N_("Delivery")
    TEXT = N_("Text")
    EVENT_PLACE = N_("Where it takes place")
    MAKERS = N_("Makers")


class Text(Struct, frozen=True):
    """Words that are searched, and where they stand."""

    label: Label
    words: Words


class Findable(Struct, frozen=True):
    """A page, or a place on a page, as the search knows it."""

    path: str  # below the home page of the language, such as products/dried-squid/
    kind: PageKind
    flag: str  # name of the flag beside it
    name: Words
    others: tuple[Words, ...] = ()  # its short name, and its names in other languages
    maker: Words | None = None
    summary: Words | None = None
    texts: tuple[Text, ...] = ()  # everything else that its page says


Maker = Callable[[], Findable]


def findables(library: Library, viewer: Viewer) -> dict[str, Maker]:
    """Everything that can be found in one language, in the order in which equal hits are shown.

    By path; what is found there is made when it is asked for.
    """
    edition = viewer.edition

    def of(type: str, slugs: Iterable[str]) -> Iterator[tuple[str, Maker]]:
        for slug in slugs:
            yield _path(type, slug, edition), partial(_MAKERS[type], slug, library, viewer)

    return {
        **dict(of("enterprise", edition.enterprises)),
        **dict(_terms("category", PageKind.CATEGORY, edition.categories, library, viewer)),
        **dict(_terms("place", PageKind.PLACE, edition.places, library, viewer)),
        **dict(of("product", edition.products)),
        **dict(of("article", edition.articles)),
        **dict(of("page", edition.pages)),
        **dict(of("partner", edition.partners)),
    }


def _enterprise(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.enterprises[slug]
    edition = viewer.edition
    mentor = edition.partners.get(one.mentor or "")
    texts = [
        *_texts(Label.DESCRIPTION, _prose(one.body, viewer)),
        *_texts(Label.PLACE, edition.places[one.place].name),
        *_texts(Label.ADDRESS, one.address),
        *_texts(Label.HOURS, one.hours),
        *_texts(Label.VISITS, one.visits),
        *_texts(Label.MARKS, *_marks(one.marks, viewer)),
        *_texts(Label.MENTOR, mentor.name if mentor else None),
        *_texts(Label.CONTACT, *_channels(one.contact)),
    ]
    shown = one.short_name or one.name
    return Findable(
        path=_path("enterprise", one.slug, edition),
        kind=PageKind.MAKER,
        flag=viewer.flag(one.slug).name,
        name=shown,
        others=_others("enterprise", one, shown, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _product(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.products[slug]
    edition = viewer.edition
    maker = edition.enterprises[one.enterprise]
    numbers = filter(None, [one.sku, *(variant.sku for variant in one.variants)])
    texts = [
        *_texts(Label.DESCRIPTION, _prose(one.body, viewer)),
        *_texts(Label.INGREDIENTS, one.ingredients),
        *_texts(Label.SIZES, *(variant.name for variant in one.variants)),
        *_texts(Label.STOCK_NUMBER, *map(Words, numbers)),
        *_texts(Label.MARKS, *_marks(one.marks, viewer)),
        *_texts(Label.CATEGORY, edition.categories[one.category].name),
        *_texts(Label.MAKER, maker.name),
        *_texts(Label.PLACE, edition.places[maker.place].name),
        *_texts(Label.UNIT, one.unit),
        *_texts(Label.SEASON, one.season_note),
        *_texts(Label.ALLERGENS, one.allergens),
        *_texts(Label.PRICE, one.price_note),
        *_texts(Label.STORAGE, one.storage),
        *_texts(Label.SHELF_LIFE, one.shelf_life),
        *_texts(Label.DELIVERY, one.delivery),
    ]
    return Findable(
        path=_path("product", one.slug, edition),
        kind=_KINDS.get(one.kind, PageKind.PRODUCT),
        flag=viewer.flag(maker.slug).name,
        name=one.name,
        others=_others("product", one, one.name, library, edition),
        maker=maker.short_name or maker.name,
        summary=one.summary,
        texts=tuple(texts),
    )


_KINDS = {"service": PageKind.SERVICE, "visit": PageKind.VISIT}


def _article(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.articles[slug]
    edition = viewer.edition
    makers = [edition.enterprises[slug] for slug in one.enterprises if slug in edition.enterprises]
    texts = [
        *_texts(Label.TEXT, _prose(one.body, viewer)),
        *_texts(Label.EVENT_PLACE, one.event_place),
        *_texts(Label.MAKERS, *(maker.name for maker in makers)),
    ]
    return Findable(
        path=_path("article", one.slug, edition),
        kind=PageKind.NEWS,
        flag=viewer.flag(makers[0].slug if len(makers) == 1 else "").name,
        name=one.title,
        others=_others("article", one, one.title, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _info_page(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.pages[slug]
    edition = viewer.edition
    texts = [*_texts(Label.TEXT, _prose(one.body, viewer))]
    if one.slug == "contact":
        texts += _texts(Label.CONTACT, *_channels(edition.site.contact))
    return Findable(
        path=_path("page", one.slug, edition),
        kind=PageKind.PAGE,
        flag=viewer.flag("").name,
        name=one.title,
        others=_others("page", one, one.title, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _partner(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.partners[slug]
    edition = viewer.edition
    return Findable(
        path=_path("partner", one.slug, edition),
        kind=PageKind.PARTNER,
        flag=viewer.flag("").name,
        name=one.name,
        others=_others("partner", one, one.name, library, edition),
        summary=one.summary,
        texts=_texts(Label.TEXT, _prose(one.body, viewer)),
    )


def _terms(
    type: str, kind: PageKind, terms: Mapping[str, Term], library: Library, viewer: Viewer
) -> Iterator[tuple[str, Maker]]:
    """The categories or places that have a page."""
    edition = viewer.edition

    def make(key: str) -> Findable:
        names = (
            (tag, (one.categories if type == "category" else one.places)[key].name)
            for tag, one in library.editions.items()
        )
        return Findable(
            path=_path(type, key, edition),
            kind=kind,
            flag=viewer.flag("").name,
            name=terms[key].name,
            others=_beside(terms[key].name, names, edition),
            summary=terms[key].summary,
        )

    for key in terms:
        if viewer.term_url(type, key):
            yield _path(type, key, edition), partial(make, key)


_MAKERS: Mapping[str, Callable[[str, Library, Viewer], Findable]] = {
    "enterprise": _enterprise,
    "product": _product,
    "article": _article,
    "page": _info_page,
    "partner": _partner,
}


def _path(type: str, slug: str, edition: Edition) -> str:
    return record_path(edition.language, type, slug).removeprefix(home_path(edition.language))


def _texts(label: Label, *words: Words | None) -> tuple[Text, ...]:
    return tuple(Text(label, one) for one in words if one is not None and one.text)


def _prose(body: Body | None, viewer: Viewer) -> Words | None:
    return Words(viewer.text(body), body.borrowed_from) if body else None


def _marks(marks: Iterable[Mark], viewer: Viewer) -> Iterator[Words]:
    """What is written on the marks that are valid today."""
    for mark in viewer.marks(marks):
        yield from map(Words, filter(None, [mark.number, mark.certificate]))
        if mark.kind == "otop":
            yield Words("OTOP")
        if mark.name:
            yield mark.name


def _channels(contact: Contact | None) -> Iterator[Words]:
    """Numbers and names by which somebody may look for a maker."""
    values = (getattr(contact, name) for name in fields_of(Contact)) if contact else ()
    yield from (Words(str(value)) for value in values if value)


def _others(
    type: str, record: Record, shown: Words, library: Library, edition: Edition
) -> tuple[Words, ...]:
    """The names of a record beside the one that is shown."""
    names: list[tuple[str, Words | None]] = []
    for tag, one in library.editions.items():
        names.append((tag, Words(library.name_in(tag, (type, record.slug)))))
        if isinstance(record, Enterprise | Partner):
            there = one.enterprises if type == "enterprise" else one.partners
            names.append((tag, there[record.slug].short_name))
    return _beside(shown, names, edition)


def _beside(
    shown: Words, names: Iterable[tuple[str, Words | None]], edition: Edition
) -> tuple[Words, ...]:
    """Each of these names once, with its language, without borrowed ones and the one shown."""
    found = {shown.text: shown}
    for tag, name in names:
        if name and name.text and not name.borrowed_from:
            language = "" if tag == edition.language else tag
            found.setdefault(name.text, Words(name.text, language))
    return tuple(found.values())[1:]
