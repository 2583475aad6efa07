"""One page of an output as programs read it: where it leads, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Literal

from msgspec import Struct

Kind = Literal["link", "picture", "file"]  # followed; shown; loaded or kept by programs

_PICTURES = {"img", "source", "image", "video"}
_LOADED = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"}


class Way(Struct, frozen=True):
    """One address in a page, as written, and where it stands first."""

    address: str
    kind: Kind
    line: int
    column: int


class Said(Struct, frozen=True):
    """What the head of a page says."""

    language: str
    title: str
    description: str
    canonical: str  # "" where there is none
    leads_to: str  # where `meta refresh` leads; "" where the page stays
    is_hidden: bool  # from search engines
    alternates: Mapping[str, str]  # address by language, `x-default` among them
    picture: str  # that stands beside links to the page; "" where there is none
    width: str  # of the picture, in pixels, as written
    height: str


class Read(Struct, frozen=True):
    """A page that was read."""

    said: Said
    ways: tuple[Way, ...]  # each address once
    names: frozenset[str]  # places in the page that links can lead to
    data: tuple[tuple[str, int], ...]  # texts of its data blocks (JSON-LD), and their lines


def read_page(text: str) -> Read:
    """What the HTML says; nothing in it is an error, as browsers know none either."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # the parser's own, at `<![x[`, which no page of ours has
        pass
    found = reader.said
    said = Said(
        language=found.get("lang", ""),
        title=" ".join(reader.text.get("title", "").split()),
        description=found.get("description", ""),
        canonical=found.get("canonical", ""),
        leads_to=found.get("refresh", ""),
        is_hidden="noindex" in found.get("robots", ""),
        alternates=reader.alternates,
        picture=found.get("og:image", ""),
        width=found.get("og:image:width", ""),
        height=found.get("og:image:height", ""),
    )
    return Read(said, tuple(reader.ways.values()), frozenset(reader.names), tuple(reader.data))


class _Reader(HTMLParser):
    """The parser of the standard library works by inheritance only."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.text: dict[str, str] = {}
        self.alternates: dict[str, str] = {}
        self.ways: dict[tuple[str, Kind], Way] = {}
        self.names: set[str] = set()
        self.data: list[tuple[str, int]] = []
        self._inside = ""  # title or data, whose text is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of one element."""
        has = {name: value or "" for name, value in attrs}
        if "id" in has:
            self.names.add(has["id"])
        if tag == "a" and "href" in has:
            self._leads(has["href"], "link")
        elif tag in _PICTURES:
            self._shows(has)
        elif tag == "link":
            self._joins(has)
        elif tag == "meta":
            self._says(has)
        elif tag == "script":
            self._scripts(has)
        elif tag == "form" and "action" in has:
            self._leads(has["action"], "link")
        elif tag in {"use", "iframe"}:
            address = has.get("href", has.get("xlink:href", has.get("src", "")))
            self._leads(address, "link" if address.startswith("#") else "file")
        elif tag == "html":
            self.said["lang"] = has.get("lang", "")
        elif tag == "title" and "title" not in self.text:  # a drawing may have one of its own
            self._inside = "title"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of an element that ends at once."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """No text of a title or data block follows."""
        if tag in {"title", "script"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Text of a title or data block."""
        if self._inside == "title":
            self.text["title"] = self.text.get("title", "") + data
        elif self._inside == "data":
            self.data.append((data, self.getpos()[0]))

    def _leads(self, address: str, kind: Kind) -> None:
        address = address.strip()
        line, offset = self.getpos()
        self.ways.setdefault((address, kind), Way(address, kind, line, offset + 1))

    def _shows(self, has: Mapping[str, str]) -> None:
        for name in ("src", "href", "poster"):
            if name in has:
                self._leads(has[name], "picture")
        for address in _candidates(has.get("srcset", "")):
            self._leads(address, "picture")

    def _joins(self, has: Mapping[str, str]) -> None:
        relations = set(has.get("rel", "").lower().split())
        address = has.get("href", "")
        if "canonical" in relations:
            self.said.setdefault("canonical", address)
        elif "alternate" in relations and "hreflang" in has:
            self.alternates.setdefault(has["hreflang"], address)
        elif "alternate" in relations:
            self._leads(address, "link")
        elif relations & _LOADED and address:
            self._leads(address, "file")
        for candidate in _candidates(has.get("imagesrcset", "")):
            self._leads(candidate, "picture")

    def _says(self, has: Mapping[str, str]) -> None:
        name = has.get("property") or has.get("name", "")
        if has.get("http-equiv", "").lower() == "refresh":
            self.said["refresh"] = has.get("content", "").partition("=")[2].strip()
        elif name in {"description", "robots", "og:image", "og:image:width", "og:image:height"}:
            self.said.setdefault(name, has.get("content", ""))

    def _scripts(self, has: Mapping[str, str]) -> None:
        if "src" in has:
            self._leads(has["src"], "file")
        elif has.get("type") == "application/ld+json":
            self._inside = "data"


def _candidates(srcset: str) -> list[str]:
    return [one.split()[0] for one in srcset.split(",") if one.strip()]
