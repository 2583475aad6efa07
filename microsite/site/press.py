"""The press of one language: puts frame, head and drawings around what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from microsite.problems import N_
from microsite.records.library import Library
from microsite.records.schema import Article, Enterprise, InfoPage, Product, Words
from microsite.site.metadata import head, with_site
from microsite.site.urls import list_path, page_of, record_path
from microsite.site.viewer import Viewer
from microsite.site.views import FlagView, Frame, Link, Page, Pagination

LONG_LIST, PER_PAGE = 120, 60  # entries; a longer list is cut into pages
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Press:
    """What every page of one language needs."""

    library: Library
    viewer: Viewer
    frame: Frame

    def cut(self, path: str, items: list[T]) -> Iterator[tuple[int, list[T], Pagination | None]]:
        """Number, items and neighbours of each page of a list."""
        if len(items) <= LONG_LIST:
            yield 1, items, None
            return
        last = -(-len(items) // PER_PAGE)
        link = self.viewer.urls.link
        for number in range(1, last + 1):
            yield (
                number,
                items[(number - 1) * PER_PAGE : number * PER_PAGE],
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
        flags: Iterable[FlagView] = (),
    ) -> Page:
        """The page of a record; where it is a draft, not translated, or outdated, it says so."""
        key = (type, record.slug)
        return self.page(
            record_path(self.viewer.edition.language, *key),
            f"{type}.html",
            title=name.text,
            description=description.text,
            section=section,
            crumbs=above,
            flags=flags,
            context=context,
            translated={
                tag: edition.record(*key).is_translated
                for tag, edition in self.library.editions.items()
            },
            is_outdated=record.is_outdated,
            is_draft=record.draft,
            origin=self.library.files[key],
        )

    def page(
        self,
        path: str,
        template: str,
        *,
        title: str,
        description: str,
        section: str,
        context: dict[str, object],
        crumbs: Sequence[Link] = (),
        flags: Iterable[FlagView] = (),
        translated: dict[str, bool] | None = None,
        is_outdated: bool = False,
        is_draft: bool = False,
        origin: str = "",
        is_home: bool = False,
    ) -> Page:
        """A page at a path, with the site's name in its title and `Home` before its crumbs."""
        edition = self.viewer.edition
        home = Link(self.frame.home_url, Words(self.said(N_("Home"))))
        if not is_home:
            title = with_site(title, edition.site.name.text)
        about = head(
            path,
            edition.language,
            self.library.languages,
            self.viewer.urls,
            title=title,
            description=description,
            section=section,
            crumbs=() if is_home else (home, *crumbs),
            translated=translated,
            is_outdated=is_outdated,
            is_draft=is_draft,
        )
        art = self.viewer.flag_art(flags)
        return Page(path, template, self.frame, about, context, art, origin, edition.language)

    def said(self, message: str) -> str:
        """An interface message in this language."""
        return self.viewer.wording.gettext(message)

    def numbered(self, title: str, number: int) -> str:
        """The title of the nth page of a list."""
        if number == 1:
            return title
        said = self.said(N_("{title}, page {number}"))
        return said.format(title=title, number=number)

    def list_link(self, type: str, message: str) -> Link:
        """The list of one type, as a crumb."""
        path = list_path(self.viewer.edition.language, type)
        return Link(self.viewer.urls.link(path), Words(self.said(message)))
