"""The records of one language become what parts show."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct, field

from microsite.language.wording import Wording
from microsite.media.drawings import Flag
from microsite.media.renditions import WIDTHS, PhotoFacts, Rendition, renditions
from microsite.media.share_pictures import ShareDrawing
from microsite.records.library import Edition
from microsite.records.marks import is_current
from microsite.records.notes import Item, Notes
from microsite.records.price import Price, spanning
from microsite.records.schema import (
    Article,
    Body,
    Enterprise,
    Mark,
    Partner,
    Photo,
    Product,
    Words,
    name_of,
)
from microsite.site.picture_markup import picture_markup
from microsite.site.prose import LinkStart, PhotoReference, Prose, Reference, render_prose
from microsite.site.urls import Urls, record_path
from microsite.site.views import (
    ArticleCard,
    BodyView,
    Drawing,
    EnterpriseCard,
    FlagArt,
    FlagView,
    MarkView,
    PartnerView,
    Picture,
    ProductCard,
    Source,
    SourceView,
    VariantView,
)

_MIME = {"avif": "image/avif", "webp": "image/webp"}
_DRAWINGS: tuple[Literal["flag", "close-up", "patch"], ...] = ("flag", "close-up", "patch")
_BLOCK = re.compile(r"</?(?:[bh]r|h[2-6]|d[dlt]|t[dhr]|blockquote|div|li|ol|p|table|ul)\b[^>]*>")
CARD, WIDE, WHOLE = (1, 1), (4, 3), None  # width to height of photos
# What notes say beside the items of records: photos, texts, the day, pictures that a page shows
TODAY, SHOWN = "today", "shown:"
CARD_WIDEST = 640  # pixels: a card is at most 300 wide, on screens of twice the density


class Media(Struct, frozen=True):
    """Pictures and styles, as far as pages must know them."""

    photos: Mapping[str, PhotoFacts]  # by path below assets/photos/
    flags: Mapping[str, Flag]  # by slug; `default` is always there
    stylesheets: Mapping[str, str]  # by template: path in the output
    scripts: str  # the folder they lie in, in the output, or ""
    font: str  # path in the output, or ""
    icon: str  # path in the output, or ""
    touch_icon: str  # path in the output, or ""
    mark: Drawing | None  # the site's own
    horizon: Drawing | None  # behind the flags on the home page
    is_shared: bool  # whether templates show pictures beside links to pages


class Viewer(Struct, frozen=True):
    """Makes the views of one edition; notes in `wanted` and `drawn` which pictures they show."""

    edition: Edition
    urls: Urls
    media: Media
    prose_in: Callable[[str], Prose]  # a content file
    wording: Wording
    today: dt.date
    wanted: dict[str, dict[str, Rendition]]  # photo -> path -> rendition
    drawn: dict[str, ShareDrawing] = field(default_factory=dict)  # by path
    notes: Notes = field(default_factory=Notes)  # of what is read, and of the pictures shown

    def url(self, type: str, slug: str) -> str:
        """The link to a record, category or place in this language."""
        return self.urls.link(record_path(self.edition.language, type, slug))

    def stylesheet(self, template: str) -> str:
        """The link to the style sheet of a template."""
        return self.urls.link("/" + self.media.stylesheets.get(template, ""))

    def product_card(self, product: Product) -> ProductCard:
        """The product as lists show it: one card, on however many pages."""
        name = f"card:{self.edition.language}:{product.slug}"
        return self.notes.once(name, lambda: self._product_card(product))

    def _product_card(self, product: Product) -> ProductCard:
        maker = self.edition.enterprises[product.enterprise]
        return ProductCard(
            url=self.url("product", product.slug),
            name=product.name,
            maker=maker.short_name or maker.name,
            price=price_of(product),
            unit=product.unit,
            picture=self.picture(product.photos[0], CARD) if product.photos else None,
            flag=self.flag(maker.slug),
            drawing=_DRAWINGS[self._rank(product) % len(_DRAWINGS)],
            availability=product.availability,
        )

    def _rank(self, product: Product) -> int:
        return self.edition.products_of.rank(product.enterprise, product.slug)

    def enterprise_card(self, enterprise: Enterprise) -> EnterpriseCard:
        """The enterprise as lists show it: one card, on however many pages."""
        name = f"maker-card:{self.edition.language}:{enterprise.slug}"
        return self.notes.once(name, lambda: self._enterprise_card(enterprise))

    def _enterprise_card(self, enterprise: Enterprise) -> EnterpriseCard:
        return EnterpriseCard(
            url=self.url("enterprise", enterprise.slug),
            name=enterprise.short_name or enterprise.name,
            summary=enterprise.summary,
            place=self.edition.places[enterprise.place].name,
            flag=self.flag(enterprise.slug),
            products=len(self.edition.products_of.get(enterprise.slug, ())),
        )

    def article_card(self, article: Article) -> ArticleCard:
        """The article as lists show it."""
        url = self.url("article", article.slug)
        return ArticleCard(url, article.title, article.summary, article.date)

    def partner(self, partner: Partner) -> PartnerView:
        """The partner as the page of partners shows it."""
        body = self.body(partner.body)
        return PartnerView(
            slug=partner.slug,
            name=partner.name,
            short_name=partner.short_name,
            summary=partner.summary,
            body=body.html if body else None,
            body_borrowed_from=body.borrowed_from if body else "",
            website=partner.website,
            sources=self.sources(partner.sources),
        )

    def flag(self, slug: str) -> FlagView:
        """An enterprise's flag, or the default one."""
        name = slug if slug in self.media.flags else "default"
        return FlagView(name, f"flag--{name}")

    def flag_art(self, views: Iterable[FlagView]) -> tuple[FlagArt, ...]:
        """The drawings behind flags, each once, by name."""
        by_name = {view.name: view for view in views}
        return tuple(self._flag_art(by_name[name]) for name in sorted(by_name))

    def _flag_art(self, view: FlagView) -> FlagArt:
        def make() -> FlagArt:
            flag = self.media.flags[view.name]
            return FlagArt(view.name, view.ground, Markup(flag.flag), Markup(flag.cloth))  # noqa: S704 # redrawn by media.flags from an allow-list

        return self.notes.once(f"flag:{view.name}", make)

    def picture(self, photo: Photo, ratio: tuple[int, int] | None) -> Picture:
        """A photo cropped to a ratio, kept in view at its focus."""
        widest = CARD_WIDEST if ratio == CARD else WIDTHS[-1]
        return self._picture(
            photo.file, photo.alt or Words(""), photo.credit, ratio, _focus(photo), widest
        )

    def thumbnails(self, photos: Sequence[Photo]) -> list[Picture]:
        """Each photo small, where there are several to choose from."""
        return [
            self._picture(one.file, one.alt or Words(""), None, CARD, _focus(one), WIDTHS[0])
            for one in (photos if len(photos) > 1 else ())
        ]

    def _picture(
        self,
        file: str,
        alt: Words,
        credit: Words | None,
        ratio: tuple[int, int] | None,
        focus: tuple[float, float],
        widest: int = WIDTHS[-1],
    ) -> Picture:
        facts = self.photo(file)
        stem = file.rsplit(".", 1)[0]
        made = renditions(stem, facts, ratio=ratio, focus=focus, widest=widest)
        self.show(file, made)
        by_format: dict[str, list[Rendition]] = {}
        for one in made:
            by_format.setdefault(one.format, []).append(one)
        largest = by_format["jpeg"][-1]
        return Picture(
            alt=alt,
            credit=credit,
            sources=tuple(
                Source(type, self._srcset(by_format[name])) for name, type in _MIME.items()
            ),
            srcset=self._srcset(by_format["jpeg"]),
            src=self.urls.link("/" + largest.path),
            width=largest.width,
            height=largest.height,
            tint=facts.tint,
        )

    def photo(self, file: str) -> PhotoFacts:
        """What is known of a photo."""
        self.notes.read.add(photo_item(file))
        return self.media.photos[file]

    def show(self, file: str, made: Iterable[Rendition]) -> None:
        """Have these renditions of a photo made for the page."""
        for one in made:
            self.wanted.setdefault(file, {})[one.path] = one
            self.notes.read.add(SHOWN + one.path)

    def draw(self, drawing: ShareDrawing) -> None:
        """Have this picture drawn for the page."""
        self.drawn[drawing.path] = drawing
        self.notes.read.add(SHOWN + drawing.path)

    def _srcset(self, made: list[Rendition]) -> str:
        return ", ".join(f"{self.urls.link('/' + one.path)} {one.width}w" for one in made)

    def marks(self, marks: Iterable[Mark]) -> tuple[MarkView, ...]:
        """The marks that are valid today."""
        marks = list(marks)
        if any(mark.expires for mark in marks):
            self.notes.read.add(TODAY)
        return tuple(
            MarkView(
                mark.kind,
                mark.number,
                mark.certificate,
                mark.stars,
                dt.date(mark.year, 1, 1) if mark.year else None,
                self._as_typed(mark.name) if mark.name else None,
                mark.expires,
            )
            for mark in marks
            if is_current(mark.expires, self.today)
        )

    def sources(self, sources: Iterable[str]) -> tuple[SourceView, ...]:
        """Addresses as links; plain words are in the source language."""
        return tuple(
            SourceView(Words(typed), typed)
            if typed.startswith(("http://", "https://"))
            else SourceView(self._as_typed(typed))
            for typed in sources
        )

    def _as_typed(self, text: str) -> Words:
        """Words that are stated once, in the source language."""
        source = self.edition.source_language
        return Words(text, "" if source == self.edition.language else source)

    def variants(self, product: Product) -> tuple[VariantView, ...]:
        """Sizes and sorts; one without a name shows its key."""
        return tuple(
            VariantView(one.name or Words(one.key), one.price, one.sku) for one in product.variants
        )

    def body(self, body: Body | None) -> BodyView | None:
        """The prose of a record with its links and photos in this language."""
        if body is None:
            return None
        prose = self._prose(body)
        return BodyView(render_prose(prose, self._link, self._photo_in_prose), body.borrowed_from)

    def _prose(self, body: Body) -> Prose:
        self.notes.read.add(prose_item(body.file))
        return self.prose_in(body.file)

    def text(self, body: Body) -> str:
        """What the prose of a record says, with the names of entries that its links take."""
        prose = self._prose(body)
        if not any(part.empty for part in prose.parts if isinstance(part, LinkStart)):
            return prose.text
        html = render_prose(prose, self._link, lambda _: Markup(""))
        return Markup(_BLOCK.sub(" ", html)).striptags()  # noqa: S704 # only its text is taken

    def term_url(self, type: str, key: str) -> str:
        """The link to a category or place, or "" where nothing is on it."""
        edition = self.edition
        used = edition.products_in if type == "category" else edition.enterprises_in
        return self.url(type, key) if key in used else ""

    def _link(self, reference: Reference) -> tuple[str | None, str]:
        type, slug = reference.kind, reference.slug
        edition = self.edition
        if type in {"category", "place"}:
            terms = edition.categories if type == "category" else edition.places
            return self.term_url(type, slug) or None, terms[slug].name.text
        if (type, slug) in edition.hidden:
            return None, edition.hidden[type, slug].text
        record = edition.record(type, slug)
        return self.url(type, slug), name_of(record).text

    def _photo_in_prose(self, reference: PhotoReference) -> Markup:
        picture = self._picture(reference.file, Words(reference.alt), None, WHOLE, (0.5, 0.5))
        return picture_markup(picture, sizes="(min-width: 48rem) 40rem, 100vw")


def photo_item(file: str) -> Item:
    """The item that stands for a photo."""
    return f"photo:{file}"


def prose_item(file: str) -> Item:
    """The item that stands for the text in a content file."""
    return f"prose:{file}"


def _focus(photo: Photo) -> tuple[float, float]:
    return (photo.focus.x, photo.focus.y) if photo.focus else (0.5, 0.5)


def price_of(product: Product) -> Price | None:
    """The price of a product; where there are variants, the range of theirs."""
    if product.variants:
        return spanning([one.price for one in product.variants if one.price])
    return product.price
