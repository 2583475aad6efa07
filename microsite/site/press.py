"""The press of one language: puts frame, head and drawings around what a page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from microsite.problems import N_
from microsite.records.briefs import Key
from microsite.records.library import Library
from microsite.records.schema import Article, Enterprise, InfoPage, Product, Words
from microsite.site.later import Later
from microsite.site.metadata import described, head
from microsite.site.share_pictures import of_site
from microsite.site.structured import Node, breadcrumbs, graph, item_list
from microsite.site.titles import Naming, title_of
from microsite.site.urls import list_path, page_of, record_path
from microsite.site.viewer import Viewer
from microsite.site.views import (
    ArticleCard,
    EnterpriseCard,
    FlagView,
    Frame,
    Link,
    Page,
    Pagination,
    Picture,
    ProductCard,
    SharePicture,
)

LONG_LIST, PER_PAGE = 120, 60  # entries; a longer list is cut into pages
Things = Callable[[], Sequence[Node]]


def part(number: int, length: int) -> slice:
    """What stands on the nth page of a list of so many entries; a short one stands on the first."""
    if length <= LONG_LIST:
        return slice(length if number == 1 else 0)
    return slice((number - 1) * PER_PAGE, number * PER_PAGE)


class PagePlan(Struct, frozen=True):
    """A page that is to be made: where it lies, of what, and how."""

    path: str
    template: str
    language: str  # "": all languages
    make: Callable[[], Page]
    key: Key | None = None  # of the record that it shows or leads to
    is_draft: bool = False


class Press(Struct, frozen=True):
    """What every page of one language needs."""

    library: Library
    viewer: Viewer
    frame: Frame

    def cut(self, path: str, *lengths: int) -> Iterator[tuple[int, Pagination | None]]:
        """Number and neighbours of each page on which lists of so many entries stand."""
        last = max(-(-one // PER_PAGE) if one > LONG_LIST else 1 for one in lengths)
        if last == 1:
            yield 1, None
            return
        link = self.viewer.urls.link
        for number in range(1, last + 1):
            yield (
                number,
                Pagination(
                    number,
                    last,
                    link(page_of(path, number - 1)) if number > 1 else "",
                    link(page_of(path, number + 1)) if number < last else "",
                ),
            )

    def record_page(
        self,
        record: Enterprise | Product | Article | InfoPage,
        type: str,
        *,
        name: Words,
        description: Words,
        section: str,
        above: list[Link],
        context: dict[str, object],
        short: Words | None = None,
        apart: Sequence[str] = (),
        flags: Iterable[FlagView] = (),
        things: Things = tuple,
        published: dt.date | None = None,
        picture: Callable[[], SharePicture | None] = lambda: None,
    ) -> Page:
        """The page of a record; where it is a draft, not translated, or outdated, it says so."""
        key = (type, record.slug)
        return self.page(
            record_path(self.viewer.edition.language, *key),
            f"{type}.html",
            title=name.text,
            short=short.text if short else "",
            apart=apart,
            description=(description.text, name.text, *apart),
            section=section,
            crumbs=above,
            flags=flags,
            context=context,
            things=things,
            published=published,
            picture=picture,
            translated=self.library.translated(key),
            is_outdated=record.is_outdated,
            is_draft=record.draft,
            origin=self.library.file(key),
        )

    def page(
        self,
        path: str,
        template: str,
        *,
        title: str,
        description: list[str] | tuple[str, ...],  # a str is a sequence of str, too
        section: str,
        context: dict[str, object],
        short: str = "",
        apart: Sequence[str] = (),
        number: int = 1,
        crumbs: Sequence[Link] = (),
        flags: Iterable[FlagView] = (),
        things: Things = tuple,
        translated: dict[str, bool] | None = None,
        is_outdated: bool = False,
        is_draft: bool = False,
        origin: str = "",
        is_home: bool = False,
        published: dt.date | None = None,
        picture: Callable[[], SharePicture | None] = lambda: None,
    ) -> Page:
        """A page at a path, with the site's name in its title and `Home` before its crumbs.

        `short` stands in the title for one that is too long, `number` is of a page of a list, and
        `apart` tells from others of its name, best first. Of `description` the first part is told,
        with others where it is short; further pages of a list are told by their number. `things`
        are what search engines read, besides the crumbs. Without a `picture`, links to the page
        show that of the site. Both, and the drawings of `flags`, are made only if the template
        shows them.
        """
        edition = self.viewer.edition
        site = edition.site
        home = Link(self.frame.home_url, Words(self.said(N_("Home"))))
        behind = site.tagline if is_home else site.name
        form = self._form(number)
        naming = Naming(title, short, behind.text, form, tuple(apart))
        further = [form.format(title=title)] if number > 1 else []

        def data() -> Markup | None:
            way_down = [] if is_home else [self._way_down((home, *crumbs), naming)]
            return graph([*things(), *way_down])

        about = head(
            path,
            edition.language,
            self.library.languages,
            self.viewer.urls,
            title=title_of(naming),
            told=Later(lambda: described((*further, *description, *self._about_site()))),
            section=section,
            crumbs=() if is_home else (home, *crumbs),
            translated=translated,
            is_outdated=is_outdated,
            is_draft=is_draft,
            published=published,
            shown=Later(lambda: picture() or of_site(self.viewer)),
            data=Later(data),
            stylesheet=self.viewer.stylesheet(template),
        )
        return Page(
            path,
            template,
            self.frame,
            about,
            context,
            Later(lambda: self.viewer.flag_art(flags)),
            naming=naming,
            origin=origin,
            language=edition.language,
        )

    def plan(
        self, path: str, template: str, make: Callable[[], Page], key: Key | None = None
    ) -> PagePlan:
        """A page that is to be made; `key` is of the record that it shows."""
        is_draft = key in self.library.contents.drafts
        return PagePlan(path, template, self.viewer.edition.language, make, key, is_draft)

    def said(self, message: str) -> str:
        """An interface message in this language."""
        return self.viewer.wording.gettext(message)

    def list_link(self, type: str, message: str) -> Link:
        """The list of one type, as a crumb."""
        path = list_path(self.viewer.edition.language, type)
        return Link(self.viewer.urls.link(path), Words(self.said(message)))

    def address(self, type: str, slug: str) -> str:
        """The whole address of a record in this language."""
        return self.viewer.urls.absolute(record_path(self.viewer.edition.language, type, slug))

    def addresses(self, pictures: Iterable[Picture]) -> list[str]:
        """The whole addresses of pictures, each in its largest size."""
        return [self.viewer.urls.absolute_link(one.src) for one in pictures]

    def absolute(self, link: Link) -> tuple[str, str]:
        """Name and whole address of a link, as search engines read them."""
        return link.name.text, self.viewer.urls.absolute_link(link.url)

    def listed(
        self, name: str, cards: Iterable[ProductCard | EnterpriseCard | ArticleCard]
    ) -> list[Node]:
        """What search engines read of a list: the pages behind its cards."""
        links = [
            Link(card.url, card.title if isinstance(card, ArticleCard) else card.name)
            for card in cards
        ]
        return item_list(name, list(map(self.absolute, links)))

    def _form(self, number: int) -> str:
        """How the nth page of a list is called, with a gap for the title."""
        if number == 1:
            return "{title}"
        said = self.said(N_("{title}, page {number}"))
        return said.format(title="{title}", number=number)

    def _way_down(self, crumbs: Sequence[Link], naming: Naming) -> Node:
        above = [self.absolute(one) for one in crumbs if one.url]
        return breadcrumbs(above, naming.form.format(title=naming.name))

    def _about_site(self) -> tuple[str, ...]:
        """What a page of few words can add to its description, the best first."""
        site = self.viewer.edition.site
        said = self.said(N_("Products and services of {site}: what they are, and who makes them."))
        return site.name.text, site.tagline.text, said.format(site=site.name)
