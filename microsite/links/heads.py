"""Whether what pages say of themselves is true: addresses, languages, titles, share pictures."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

from microsite.links.findings import LOST_PAGE, Finding, Output
from microsite.links.inside import addresses_in, target_of
from microsite.links.pages import Read
from microsite.media.renditions import SHARED_BYTES
from microsite.problems import N_, Fault
from microsite.site.metadata import LONGEST_DESCRIPTION, SHORTEST_DESCRIPTION
from microsite.site.titles import LONGEST_TITLE, SHORTEST_TITLE
from microsite.site.urls import SITEMAP_PATH, file_of

_DEFAULT = "x-default"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG segments that tell the size (ITU T.81)


def check_heads(output: Output, read: Callable[[str], bytes]) -> Iterator[Finding]:
    """What is wrong with the heads of all pages. `read` gives the bytes of a file."""
    titles: dict[str, str] = {}
    pictures: dict[str, Fault | None] = {}
    for file, page in output.pages.items():
        yield from _check_words(file, page, titles, output)
        yield from _check_canonical(file, page, output)
        yield from _check_alternates(file, page, output)
        yield from _check_data(file, page, output)
        said = page.said
        if said.picture:
            key = f"{said.picture} {said.width} {said.height}"
            if key not in pictures:
                pictures[key] = _picture_fault(page, file, output, read)
            fault = pictures[key]
            if fault:
                yield Finding(file, fault, subject=said.picture)


def check_sitemap(output: Output, read: Callable[[str], bytes]) -> Iterator[Finding]:
    """What is wrong between the sitemap and the pages; where its addresses lead is seen to."""
    first = file_of(SITEMAP_PATH)
    if first not in output.files:
        message = N_("There is no sitemap: search engines find pages by it.")
        yield Finding(first, Fault("sitemap-gone", message))
        return
    listed: dict[str, str] = {}  # page -> the map that names it
    for file in sorted(one for one in output.files if one.startswith("sitemap")):
        for address, _ in addresses_in(read(file).decode("utf-8", "replace"), output.urls):
            target = target_of(address, "", output.urls)
            if target and target.file in output.pages:
                listed[target.file] = file
    for file, page in output.pages.items():
        own = output.urls.absolute(_path_of(file))
        if file in listed and page.said.canonical != own:
            message = N_("The sitemap names {address}, a page that leads to another.")
            yield Finding(listed[file], Fault("sitemap-page", message, address=own), subject=own)
        elif file not in listed and page.said.alternates and not page.said.is_hidden:
            message = N_("The sitemap lacks {address}.")
            yield Finding(first, Fault("sitemap-lacks", message, address=own), subject=own)


def _path_of(file: str) -> str:
    return "/" + file.removesuffix("index.html")


def _check_words(
    file: str, page: Read, titles: dict[str, str], output: Output
) -> Iterator[Finding]:
    title, description = page.said.title, page.said.description
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        message = N_(
            "The title of a page has {least} to {most} characters, and this {length}: “{title}”."
        )
        mend = N_("It is made of the name: write a longer or shorter one, or `short_name`.")
        more = {"least": SHORTEST_TITLE, "most": LONGEST_TITLE, "title": title}
        fault = Fault("title-length", message, mend, length=len(title), **more)
        yield Finding(file, fault, level="warning", is_in_content=True)
    elif title in titles:
        message = N_("Another page has the same title, “{title}”: {other}.")
        other = output.urls.absolute(_path_of(titles[title]))
        mend = N_("It is made of the name: write there what tells the two apart.")
        fault = Fault("title-twice", message, mend, title=title, other=other)
        yield Finding(file, fault, level="warning", is_in_content=True)
    titles.setdefault(title, file)
    if not SHORTEST_DESCRIPTION <= len(description) <= LONGEST_DESCRIPTION:
        message = N_(
            "The description of a page has {least} to {most} characters, and this {length}."
        )
        mend = N_("It is made of `summary`: say there in a sentence what visitors find.")
        more = {"least": SHORTEST_DESCRIPTION, "most": LONGEST_DESCRIPTION}
        fault = Fault("description-length", message, mend, length=len(description), **more)
        yield Finding(file, fault, level="warning", is_in_content=True)


def _check_canonical(file: str, page: Read, output: Output) -> Iterator[Finding]:
    """A page is canonical to itself; one that leads on, to where it leads."""
    said = page.said
    own = output.urls.absolute(_path_of(file))
    due = output.urls.absolute_link(said.leads_to) if said.leads_to else own
    if file == LOST_PAGE or said.canonical == due:
        return
    if said.canonical:
        message = N_("The page says that its address is {said}, and it is {due}.")
    else:
        message = N_("The page does not say that its address is {due}.")
    yield Finding(file, Fault("canonical", message, said=said.canonical, due=due))


def _check_alternates(file: str, page: Read, output: Output) -> Iterator[Finding]:
    """Pages in several languages name each other, all of them all, and one for everybody else.

    Source: Google Search Central, "Tell Google about localized versions of your page".
    """
    named = page.said.alternates
    if not named:
        return
    if named.get(page.said.language) != output.urls.absolute(_path_of(file)):
        message = N_("The page names other languages, and not itself among them.")
        yield Finding(file, Fault("alternates", message))
    if named.get(_DEFAULT) not in {one for tag, one in named.items() if tag != _DEFAULT}:
        message = N_("The page does not say which language is for all other visitors.")
        yield Finding(file, Fault("alternates-default", message))
    for tag, address in sorted(named.items()):
        target = target_of(address, file, output.urls)
        other = output.pages.get(target.file) if target else None
        if other is None:
            message = N_("The page in another language, {address}, is not there.")
        elif other.said.alternates != named:
            message = N_("The page and {address} do not name the same other languages.")
        else:
            continue
        yield Finding(file, Fault("alternates", message, address=address), subject=f"{file} {tag}")


def _check_data(file: str, page: Read, output: Output) -> Iterator[Finding]:
    """JSON-LD can be read, and every address of ours in it is there."""
    for text, line in page.data:
        try:
            found = json.loads(text)
        except ValueError as error:
            message = N_("Search engines cannot read the data of this page: {what}.")
            yield Finding(file, Fault("structured-data", message, what=error), line)
            continue
        for address in sorted(set(_texts(found))):
            target = target_of(address, file, output.urls) if ":" in address else None
            if target is not None and target.file not in output.files:
                message = N_("The data for search engines names {address}, and nothing is there.")
                fault = Fault("structured-data", message, address=address)
                yield Finding(file, fault, line, subject=address)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _picture_fault(
    page: Read, file: str, output: Output, read: Callable[[str], bytes]
) -> Fault | None:
    """What is wrong with the picture that stands beside links to the page."""
    address = page.said.picture
    target = target_of(address, file, output.urls)
    if not address.startswith(f"{output.urls.base_url}/") or target is None:
        message = N_(
            "The picture beside links to a page, {address}, lies elsewhere. Pages: {count}."
        )
        return Fault("share-picture", message, address=address)
    if target.file not in output.files:
        message = N_("The picture beside links to a page, {address}, is not there. Pages: {count}.")
        return Fault("share-picture", message, address=address)
    data = read(target.file)
    if len(data) > SHARED_BYTES:
        message = N_(
            "The picture beside links to a page has {bytes} bytes, at most {most} are shown."
        )
        return Fault("share-picture", message, bytes=len(data), most=SHARED_BYTES)
    size = "{}×{}".format(*jpeg_size(data))
    if size != f"{page.said.width}×{page.said.height}":
        message = N_(
            "The picture beside links to a page is said to be {said} pixels, and is {size}."
        )
        said = f"{page.said.width}×{page.said.height}"
        return Fault("share-picture", message, said=said, size=size)
    return None


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, 0 and 0 for what is no JPEG."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0
