"""What a visitor can find: for each page of one language, its names and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from microsite.problems import N_
from microsite.records.declarations import fields_of
from microsite.records.library import Edition, Library
from microsite.records.schema import (
    Body,
    Contact,
    Mark,
    Record,
    Term,
    Words,
    name_of,
)
from microsite.site.urls import home_path, record_path
from microsite.site.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are searched, and what readers call the place where they stand."""

    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Findable:
    """A page, or a place on a page, as the search knows it."""

    path: str  # below the home page of the language, such as products/dried-squid/
    kind: str  # what readers call such a page
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
        **dict(_terms("category", N_("Category"), edition.categories, library, viewer)),
        **dict(_terms("place", N_("Place"), edition.places, library, viewer)),
        **dict(of("product", edition.products)),
        **dict(of("article", edition.articles)),
        **dict(of("page", edition.pages)),
        **dict(of("partner", edition.partners)),
    }


def _enterprise(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.enterprises[slug]
    edition, said = viewer.edition, viewer.wording.gettext
    mentor = edition.partners.get(one.mentor or "")
    texts = [
        *_texts(said(N_("Description")), _prose(one.body, viewer)),
        *_texts(said(N_("Place")), edition.places[one.place].name),
        *_texts(said(N_("Address")), one.address),
        *_texts(said(N_("Opening hours")), one.hours),
        *_texts(said(N_("Visits")), one.visits),
        *_texts(said(N_("Marks")), *_marks(one.marks, viewer)),
        *_texts(said(N_("Mentor")), mentor.name if mentor else None),
        *_texts(said(N_("Contact")), *_channels(one.contact)),
    ]
    shown = one.short_name or one.name
    return Findable(
        path=_path("enterprise", one.slug, edition),
        kind=said(N_("Maker")),
        flag=viewer.flag(one.slug).name,
        name=shown,
        others=_others("enterprise", one, shown, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _product(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.products[slug]
    edition, said = viewer.edition, viewer.wording.gettext
    maker = edition.enterprises[one.enterprise]
    numbers = filter(None, [one.sku, *(variant.sku for variant in one.variants)])
    texts = [
        *_texts(said(N_("Description")), _prose(one.body, viewer)),
        *_texts(said(N_("Ingredients")), one.ingredients),
        *_texts(said(N_("Sizes and sorts")), *(variant.name for variant in one.variants)),
        *_texts(said(N_("Stock number")), *map(Words, numbers)),
        *_texts(said(N_("Marks")), *_marks(one.marks, viewer)),
        *_texts(said(N_("Category")), edition.categories[one.category].name),
        *_texts(said(N_("Maker")), maker.name),
        *_texts(said(N_("Place")), edition.places[maker.place].name),
        *_texts(said(N_("Unit")), one.unit),
        *_texts(said(N_("About the season")), one.season_note),
        *_texts(said(N_("Allergens")), one.allergens),
        *_texts(said(N_("Price")), one.price_note),
        *_texts(said(N_("Storage")), one.storage),
        *_texts(said(N_("Keeps for")), one.shelf_life),
        *_texts(said(N_("Delivery")), one.delivery),
    ]
    return Findable(
        path=_path("product", one.slug, edition),
        kind=said(_KINDS.get(one.kind, N_("Product"))),
        flag=viewer.flag(maker.slug).name,
        name=one.name,
        others=_others("product", one, one.name, library, edition),
        maker=maker.short_name or maker.name,
        summary=one.summary,
        texts=tuple(texts),
    )


_KINDS = {"service": N_("Service"), "visit": N_("Visit")}


def _article(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.articles[slug]
    edition, said = viewer.edition, viewer.wording.gettext
    makers = [edition.enterprises[slug] for slug in one.enterprises if slug in edition.enterprises]
    texts = [
        *_texts(said(N_("Text")), _prose(one.body, viewer)),
        *_texts(said(N_("Where it takes place")), one.event_place),
        *_texts(said(N_("Makers")), *(maker.name for maker in makers)),
    ]
    return Findable(
        path=_path("article", one.slug, edition),
        kind=said(N_("News")),
        flag=viewer.flag(makers[0].slug if len(makers) == 1 else "").name,
        name=one.title,
        others=_others("article", one, one.title, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _info_page(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.pages[slug]
    edition, said = viewer.edition, viewer.wording.gettext
    texts = [*_texts(said(N_("Text")), _prose(one.body, viewer))]
    if one.slug == "contact":
        texts += _texts(said(N_("Contact")), *_channels(edition.site.contact))
    return Findable(
        path=_path("page", one.slug, edition),
        kind=said(N_("Page")),
        flag=viewer.flag("").name,
        name=one.title,
        others=_others("page", one, one.title, library, edition),
        summary=one.summary,
        texts=tuple(texts),
    )


def _partner(slug: str, library: Library, viewer: Viewer) -> Findable:
    one = viewer.edition.partners[slug]
    edition, said = viewer.edition, viewer.wording.gettext
    return Findable(
        path=_path("partner", one.slug, edition),
        kind=said(N_("Partner")),
        flag=viewer.flag("").name,
        name=one.name,
        others=_others("partner", one, one.name, library, edition),
        summary=one.summary,
        texts=_texts(said(N_("Text")), _prose(one.body, viewer)),
    )


def _terms(
    type: str, kind: str, terms: Mapping[str, Term], library: Library, viewer: Viewer
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
            kind=viewer.wording.gettext(kind),
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


def _texts(label: str, *words: Words | None) -> tuple[Text, ...]:
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
        there = one.record(type, record.slug)
        names += [(tag, name_of(there)), (tag, getattr(there, "short_name", None))]
    return _beside(shown, names, edition)


def _beside(
    shown: Words, names: Iterable[tuple[str, Words | None]], edition: Edition
) -> tuple[Words, ...]:
    """Each of these names once, with its language, without borrowed ones and the one shown."""
    found = {shown.text: shown}
    for tag, name in names:
        if name is not None and not name.borrowed_from:
            language = "" if tag == edition.language else tag
            found.setdefault(name.text, Words(name.text, language))
    return tuple(found.values())[1:]
