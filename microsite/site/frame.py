"""What is the same on every page of one language: names, menus, styles."""

from __future__ import annotations

from itertools import islice

from microsite.language.writing import og_locale, text_direction
from microsite.records.schema import Article, InfoPage
from microsite.site.urls import feed_path, home_path, list_path, record_path, search_path
from microsite.site.viewer import Viewer
from microsite.site.views import Frame, Link

STRIP = 24  # grounds in the footer: no more are told apart on a phone


def frame(viewer: Viewer) -> Frame:
    """The frame of one edition: no totals, news or dates in it, which would change every page."""
    edition, urls = viewer.edition, viewer.urls
    tag = edition.language

    def menu(place: str) -> tuple[Link, ...]:
        return tuple(
            _page_link(viewer, page) for page in edition.pages.values() if page.menu == place
        )

    def page_url(slug: str) -> str:
        return urls.link(record_path(tag, "page", slug)) if slug in edition.pages else ""

    def list_url(type: str, exists: object) -> str:
        return urls.link(list_path(tag, type)) if exists else ""

    def file_url(path: str) -> str:
        return urls.link("/" + path) if path else ""

    return Frame(
        language=tag,
        direction=text_direction(tag),
        locale=og_locale(tag),
        name=edition.site.name,
        home_url=urls.link(home_path(tag)),
        footer=edition.site.footer,
        notice=edition.site.notice,
        products_url=list_url("product", True),
        enterprises_url=list_url("enterprise", True),
        search_url=urls.link(search_path(tag)),
        news_url=list_url("article", edition.articles),
        feed_url=urls.link(feed_path(tag)) if any(map(in_feed, edition.articles.values())) else "",
        partners_url=list_url("partner", edition.partners),
        contact_url=page_url("contact"),
        how_to_buy_url=page_url("how-to-buy"),
        header=menu("header"),
        footer_links=menu("footer"),
        categories=tuple(
            Link(viewer.url("category", key), edition.categories[key].name)
            for key in edition.categories
            if key in edition.products_in
        ),
        grounds=tuple(viewer.flag(slug).ground for slug in islice(edition.enterprises, STRIP)),
        scripts=file_url(viewer.media.scripts),
        font=file_url(viewer.media.font),
        icon=file_url(viewer.media.icon),
        touch_icon=file_url(viewer.media.touch_icon),
        mark=viewer.media.mark,
        repository=edition.site.repository or "",
    )


def in_feed(article: Article) -> bool:
    """Whether the feed of a language tells an article: not a draft, and in words of its own."""
    return article.is_translated and not article.draft


def _page_link(viewer: Viewer, page: InfoPage) -> Link:
    return Link(viewer.url("page", page.slug), page.title)
