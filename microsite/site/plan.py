"""Every page of the site: those of each language, and those that all languages share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from microsite.language.shortening import shortened
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.library import Library
from microsite.records.schema import Words
from microsite.site import list_pages, record_pages, search_page
from microsite.site.frame import frame
from microsite.site.metadata import alternate, described
from microsite.site.press import Press
from microsite.site.titles import LONGEST_TITLE, title_of, told_apart
from microsite.site.urls import home_path, record_path
from microsite.site.viewer import Viewer
from microsite.site.views import Alternate, Head, Link, Naming, Page, Section


def plan(library: Library, viewers: Mapping[str, Viewer]) -> list[Page]:
    """All pages, in an order that depends on content alone; `viewers` by language."""
    presses = [Press(library, viewers[tag], frame(viewers[tag])) for tag in library.languages]
    pages = told_apart([page for press in presses for page in _of_one_language(press)])
    leading = [_root(presses, pages), *_old_addresses(presses, pages)]
    pages = told_apart([*pages, leading[0], _not_found(presses), *leading[1:]])
    return [_dressed(page, presses[0].viewer) for page in pages]


def _dressed(page: Page, viewer: Viewer) -> Page:
    """With the style sheet of its template."""
    sheet = viewer.urls.link("/" + viewer.media.stylesheets.get(page.template, ""))
    return replace(page, head=replace(page.head, stylesheet=sheet))


def collisions(pages: Sequence[Page]) -> Iterator[Problem]:
    """Pages that would lie at one address."""
    first: dict[str, Page] = {}
    spelt: dict[str, str] = {}
    for page in pages:
        other = first.setdefault(page.path, page)
        if other is page:
            yield from _spelt_otherwise(page, spelt)
        else:
            message = N_("Two pages would have the address {path}; the other is {other}.")
            mend = N_("Give one of them another name.")
            by = other.origin or other.template
            fault = Fault("address-taken", message, mend, path=page.path, other=by)
            yield problem_of(fault, Place(page.origin or other.origin))


def _spelt_otherwise(page: Page, spelt: dict[str, str]) -> Iterator[Problem]:
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
            yield problem_of(fault, Place(page.origin))
            return
        folder = folder.rpartition("/")[0]


def _of_one_language(press: Press) -> Iterator[Page]:
    edition = press.viewer.edition
    yield list_pages.home(press)
    yield list_pages.enterprises(press)
    yield from list_pages.products(press)
    for key in edition.categories:
        if key in edition.products_in:
            yield from list_pages.category(press, key)
    for key in edition.places:
        if key in edition.enterprises_in:
            yield from list_pages.place(press, key)
    if edition.partners:
        yield list_pages.partners(press)
    if edition.articles:
        yield from list_pages.news(press)
    yield search_page.search(press)
    for enterprise in edition.enterprises.values():
        yield record_pages.enterprise(press, enterprise)
    for product in edition.products.values():
        yield record_pages.product(press, product)
    for article in edition.articles.values():
        yield record_pages.article(press, article)
    for page in edition.pages.values():
        yield record_pages.info_page(press, page)


def _root(presses: Sequence[Press], pages: Sequence[Page]) -> Page:
    """`/`: a link to each language, and on to the source language without a script."""
    source = presses[0]
    tags = [press.frame.language for press in presses]
    urls = source.viewer.urls
    languages = tuple(alternate(tag, home_path(tag), urls, is_translated=True) for tag in tags)
    to = next(page for page in pages if page.path == home_path(tags[0]))
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
        description=described([sentences, title]),
        canonical="",
    )
    shown = presses[0].frame
    return Page(
        "/404.html", "404.html", shown, head, {"sections": sections}, language=shown.language
    )


def _old_addresses(presses: Sequence[Press], pages: Sequence[Page]) -> Iterator[Page]:
    """A page at each alias that leads on: to the language it names, else to the source language."""
    library = presses[0].library
    there = {page.path: page for page in pages}
    for (type, slug), file in library.files.items():
        if (type, slug) in library.source.hidden or type in {"site", "taxonomy"}:
            continue
        for alias in getattr(library.source.record(type, slug), "aliases", ()):
            named = [
                press for press in presses if alias.startswith(home_path(press.frame.language))
            ]
            press = (named or presses)[0]
            to = there[record_path(press.frame.language, type, slug)]
            yield _redirect(press, alias, to, (), apart=alias, origin=file)


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
        description=to.head.description,
        canonical=to.head.canonical,
        picture=to.head.picture,
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
