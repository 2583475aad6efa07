"""Every URL of the site, and the slugs that it keeps for itself."""

from __future__ import annotations

from functools import cache
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

# Slugs that a free page may not have.
TAKEN = frozenset(
    [
        "enterprises",
        "products",
        "categories",
        "places",
        "partners",
        "news",
        "search",
        "404",
        "assets",
        "index",
    ]
)
SECTIONS = {
    "enterprise": "enterprises",
    "product": "products",
    "category": "categories",
    "place": "places",
    "partner": "partners",
    "article": "news",
}
SITEMAP_PATH, ROBOTS_PATH = "/sitemap.xml", "/robots.txt"


def home_path(tag: str) -> str:
    """The path of a language's home page, from the root of the site."""
    return f"/{tag}/"


def list_path(tag: str, type: str, number: int = 1) -> str:
    """The path of the list of one type; `number` counts its pages from 1."""
    return page_of(f"/{tag}/{SECTIONS[type]}/", number)


def record_path(tag: str, type: str, slug: str) -> str:
    """The path of a record, category or place; partners share one page, each at its fragment."""
    if type == "page":
        return f"/{tag}/{slug}/"
    if type == "partner":
        return f"/{tag}/partners/#{slug}"
    return f"/{tag}/{SECTIONS[type]}/{slug}/"


def feed_path(tag: str) -> str:
    """The path of the news of a language as a feed."""
    return f"/{tag}/feed.xml"


def data_path(tag: str, ending: str) -> str:
    """The path of the products of a language as data, in a file with that ending."""
    return f"/{tag}/products.{ending}"


def search_path(tag: str) -> str:
    """The path of the search page of a language."""
    return f"/{tag}/search/"


def search_index_path(tag: str) -> str:
    """The path of what that page searches, or of the list of its parts."""
    return f"{search_path(tag)}index.json"


def page_of(path: str, number: int) -> str:
    """The path of the nth page of a list, counted from 1."""
    return path if number == 1 else f"{path}page/{number}/"


def file_of(path: str) -> str:
    """Where a page lies in the output, such as `th/products/index.html`."""
    return (path + "index.html" if path.endswith("/") else path).lstrip("/")


class Urls(Struct, frozen=True):
    """Addresses below the `base_url` of a site, which has no slash at its end."""

    base_url: str

    def link(self, path: str) -> str:
        """A path from the root of the site as links in pages have it: from the root of the host."""
        return _host_and_root(self.base_url)[1] + path

    def absolute(self, path: str) -> str:
        """The whole address of a path from the root of the site."""
        return self.base_url + path

    def absolute_link(self, link: str) -> str:
        """The whole address of a link, as pages have them, to this site or another."""
        if link.startswith("/") and not link.startswith("//"):
            return _host_and_root(self.base_url)[0] + link
        return urljoin(self.base_url, link)


@cache
def _host_and_root(base_url: str) -> tuple[str, str]:
    """What stands before the path, and the path."""
    root = urlsplit(base_url).path
    return base_url.removesuffix(root), root
