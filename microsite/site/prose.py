"""Prose: the text of an entry as safe HTML, its links and photos still to be filled in."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from msgspec import Struct


class Reference(Struct, frozen=True):
    """An entry that a link names; line and column count from 1, in characters of the body."""

    kind: str  # one of KINDS
    slug: str  # whether it exists, others know
    line: int
    column: int
    fragment: str = ""


class PhotoReference(Struct, frozen=True):
    """A photo by its path in the folder of photos; line and column as in `Reference`."""

    file: str
    alt: str
    line: int
    column: int


class Heading(Struct, frozen=True):
    """A heading as a list of contents needs it."""

    level: int  # 2 to 6
    id: str
    text: str


class LinkStart(Struct, frozen=True):
    """Where a link to an entry begins; `empty` asks for the entry's name as its text."""

    reference: Reference
    empty: bool


class LinkEnd(Struct, frozen=True):
    """Where the link that began last ends."""


class Prose(Struct, frozen=True):
    """A body that was read: clean HTML, between it what is filled in when a page is planned."""

    parts: tuple[str | LinkStart | LinkEnd | PhotoReference, ...] = ()
    text: str = ""  # what is shown, a line for each block, without photos
    headings: tuple[Heading, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The entries that links name, in their order."""
        return tuple(part.reference for part in self.parts if isinstance(part, LinkStart))

    @property
    def photos(self) -> tuple[PhotoReference, ...]:
        """The photos, in their order."""
        return tuple(part for part in self.parts if isinstance(part, PhotoReference))


def render_prose(
    prose: Prose,
    link: Callable[[Reference], tuple[str | None, str]],
    picture: Callable[[PhotoReference], Markup],
) -> Markup:
    """The prose with everything filled in.

    `link` gives an entry's URL and its name; without a URL the link becomes its text. The
    reference's fragment is added here, unless the URL has one. `picture` gives what may stand
    inside a paragraph.
    """
    out = Markup("")
    closing = Markup("")
    for part in prose.parts:
        match part:
            case str():
                out += Markup(part)  # noqa: S704 - nh3 had the last word on it
            case LinkStart(reference, empty):
                url, name = link(reference)
                closing = Markup("") if url is None else Markup("</a>")
                if url is not None:
                    if reference.fragment and "#" not in url:
                        url = f"{url}#{reference.fragment}"
                    out += Markup('<a href="{}">').format(url)
                out += name if empty else ""
            case LinkEnd():
                out += closing
            case PhotoReference():
                out += picture(part)
    return out
