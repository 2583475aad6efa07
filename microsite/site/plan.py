"""Every page of the site: those of each language, and those that all languages share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from microsite.language.shortening import shortened
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.library import Library
from microsite.records.schema import Words
from microsite.site import list_pages, product_lists, record_pages, search_page
from microsite.site.later import Later
from microsite.site.metadata import alternate, described
from microsite.site.press import PagePlan, Press
from microsite.site.titles import LONGEST_TITLE, Naming, title_of
from microsite.site.urls import home_path, list_path, record_path, search_path
from microsite.site.views import Alternate, Head, Link, Page, Section


def plan(presses: Sequence[Press]) -> list[PagePlan]:
    """All pages but those that lead to others, in an order that depends on content alone."""
    return [
        *(one for press in presses for one in _of_one_language(press)),
        PagePlan("/404.html", "404.html", "", partial(_not_found, presses)),
    ]


def leading(presses: Sequence[Press], page_at: Callable[[str], Page]) -> list[PagePlan]:
    """Those that lead to others: at `/` and at old addresses.

    `page_at` is asked for the page at a path when a page that leads there is made.
    """
    root = presses[0].plan("/", "redirect.html", partial(_root, presses, page_at))
    return [root, *_old_addresses(presses, page_at)]


def titled(page: Page, title: str) -> Page:
    """The page with the title that tells it apart."""
    if title == page.head.title:
        return page
    return replace(page, head=replace(page.head, title=title))


def collisions(pages: Sequence[PagePlan], library: Library) -> Iterator[Problem]:
    """Pages that would lie at one address."""

    def origin(page: PagePlan) -> str:
        return library.file(page.key) if page.key else ""

    first: dict[str, PagePlan] = {}
    spelt: dict[str, str] = {}
    are_plain = all(page.path.isascii() and page.path == page.path.lower() for page in pages)
    for page in pages:
        other = first.setdefault(page.path, page)
        if other is page and not are_plain:
            yield from _spelt_otherwise(page, spelt, origin)
        elif other is not page:
            here, there = origin(page), origin(other)
            if here and there:
                message = N_("Two pages would have the address {path}; the other is {other}.")
                mend = N_("Give one of them another name.")
            else:
                message = N_("The site has a page of its own at the address {path}.")
                mend = N_("Choose another name or alias.")
            fault = Fault("address-taken", message, mend, path=page.path, other=there)
            yield problem_of(fault, Place(here or there))


def _spelt_otherwise(
    page: PagePlan, spelt: dict[str, str], origin: Callable[[PagePlan], str]
) -> Iterator[Problem]:
    """Its folder, if an earlier page has one whose name differs in capitals or Unicode form only.

    On Windows and macOS the two are one; `spelt` holds the folders so far.
    """
    folder = page.path.rpartition("/")[0]
    while folder:
        other = spelt.setdefault(unicodedata.normalize("NFC", folder).casefold(), folder)
        if other != folder:
            message = N_("“{path}” and “{other}” are one and the same on many computers.")
            mend = N_("Give one of them another name; capital letters make no difference.")
            fault = Fault("address-spelling", message, mend, path=f"{folder}/", other=f"{other}/")
            yield problem_of(fault, Place(origin(page)))
            return
        folder = folder.rpartition("/")[0]


def _of_one_language(press: Press) -> Iterator[PagePlan]:
    edition, tag = press.viewer.edition, press.frame.language
    yield press.plan(home_path(tag), "home.html", partial(list_pages.home, press))
    yield from list_pages.enterprises(press)
    yield from product_lists.products(press)
    for key in edition.categories:
        if key in edition.products_in:
            yield from product_lists.category(press, key)
    for key in edition.places:
        if key in edition.enterprises_in:
            yield from product_lists.place(press, key)
    if edition.partners:
        partners = partial(list_pages.partners, press)
        yield press.plan(list_path(tag, "partner"), "partners.html", partners)
    if edition.articles:
        yield from list_pages.news(press)
    yield press.plan(search_path(tag), "search.html", partial(search_page.search, press))
    for type, slugs, make in (
        ("enterprise", edition.enterprises, record_pages.enterprise),
        ("product", edition.products, record_pages.product),
        ("article", edition.articles, record_pages.article),
        ("page", edition.pages, record_pages.info_page),
    ):
        for slug in slugs:
            path = record_path(tag, type, slug)
            yield press.plan(path, f"{type}.html", partial(make, press, slug), (type, slug))


def _root(presses: Sequence[Press], page_at: Callable[[str], Page]) -> Page:
    """`/`: a link to each language, and on to the source language without a script."""
    source = presses[0]
    tags = [press.frame.language for press in presses]
    urls = source.viewer.urls
    languages = tuple(alternate(tag, home_path(tag), urls, is_translated=True) for tag in tags)
    to = page_at(home_path(tags[0]))
    return _redirect(source, "/", to, languages, apart=" / ".join(one.name for one in languages))


def _not_found(presses: Sequence[Press]) -> Page:
    """One page in all languages: a host cannot know which one a lost visitor reads."""
    sections = []
    for press in presses:
        said, shown = press.viewer.wording.gettext, press.frame
        links = [
            Link(shown.home_url, Words(said(N_("Home")))),
            Link(shown.products_url, Words(said(N_("All products")))),
            Link(shown.enterprises_url, Words(said(N_("Makers")))),
        ]
        if shown.contact_url:
            links.append(Link(shown.contact_url, Words(said(N_("How to get in touch")))))
        sections.append(
            Section(
                shown.language,
                shown.direction,
                said(N_("Page not found")),
                said(N_("The address may have changed, or there may be a slip in it.")),
                tuple(links),
                shown.search_url,
                said(N_("What are you looking for?")),
                said(N_("Search")),
            )
        )
    title = " / ".join(section.title for section in sections)
    sentences = " / ".join(section.sentence for section in sections)
    head = Head(
        title=shortened(title, LONGEST_TITLE),
        told=Later(lambda: described([sentences, title])),
        canonical="",
        stylesheet=presses[0].viewer.stylesheet("404.html"),
    )
    shown = presses[0].frame
    return Page(
        "/404.html", "404.html", shown, head, {"sections": sections}, language=shown.language
    )


def _old_addresses(presses: Sequence[Press], page_at: Callable[[str], Page]) -> Iterator[PagePlan]:
    """A page at each alias that leads on: to the language it names, else to the source language."""
    library = presses[0].library
    for alias, key in library.contents.aliases:
        if key in library.hidden:
            continue
        named = [press for press in presses if alias.startswith(home_path(press.frame.language))]
        press = (named or presses)[0]
        path = record_path(press.frame.language, *key)
        make = partial(_old_address, press, alias, path, page_at, library.file(key))
        yield replace(press.plan(alias, "redirect.html", make, key), is_draft=False)


def _old_address(
    press: Press, alias: str, path: str, page_at: Callable[[str], Page], origin: str
) -> Page:
    return _redirect(press, alias, page_at(path), (), apart=alias, origin=origin)


def _redirect(
    press: Press,
    path: str,
    to: Page,
    languages: tuple[Alternate, ...],
    *,
    apart: str,
    origin: str = "",
) -> Page:
    """A page that leads on and is shared like the one behind it; `apart` is what only it has."""
    head = Head(
        title=title_of(to.naming or Naming(to.head.title), apart),
        told=to.head.told,
        canonical=to.head.canonical,
        shown=to.head.shown,
        stylesheet=press.viewer.stylesheet("redirect.html"),
    )
    return Page(
        path,
        "redirect.html",
        press.frame,
        head,
        {"to": press.viewer.urls.link(to.path), "languages": languages, "title": to.head.title},
        origin=origin,
        language=press.frame.language,
    )
