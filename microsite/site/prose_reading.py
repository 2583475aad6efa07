"""The Markdown of an entry read: safe HTML, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import nh3
from msgspec import Struct

from microsite.language.thai import is_mended, mend
from microsite.problems import Fault, Level
from microsite.site.prose import LinkEnd, LinkStart, PhotoReference, Prose, Reference
from microsite.site.prose_links import read_link, read_photo
from microsite.site.prose_markdown import read_tree, to_html
from microsite.site.prose_tree import (
    NOTE_BACK,
    NOTES,
    TABLE,
    decoded,
    may_gap,
    mend_letters,
    mend_spacing,
    name_headings,
    number_notes,
    plain,
    run_of,
    slots_in,
    tidy_lists,
    unwrap,
    wrap_tables,
)
from microsite.site.prose_typed import Remark, finder, hints, too_deep, too_much, without_code

RESERVED = frozenset({"main", "content", "results", "search"})  # ids that templates use

# Marks of what is filled in later. Content cannot make them: every address that is typed is
# checked before, and a tag that is typed is text.
_LINK, _PHOTO = "microsite-link", "microsite-photo"
_MARKED = re.compile(rf'<a href="{_LINK}:(\d+)">|</a>|<img src="{_PHOTO}:(\d+)">')

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "ul"}
_TABLE = {"table", "tbody", "td", "th", "thead", "tr"}
_INLINE = {"a", "br", "code", "em", "img", "strong", "sup"}
_CELLS = {"prose__cell--center", "prose__cell--right"}
_CLEANER = nh3.Cleaner(
    tags=_HEADINGS | _BLOCKS | _TABLE | _INLINE,
    attributes={
        "a": {"href", "rel", "title", "aria-label"},
        "div": {"tabindex"},
        **{tag: {"id"} for tag in _HEADINGS | {"li", "sup"}},
        "img": {"src"},
        "ol": {"start"},
        "th": {"scope"},
    },
    allowed_classes={"a": {NOTE_BACK}, "div": {NOTES, TABLE}, "td": _CELLS, "th": _CELLS},
    url_schemes={"http", "https", "mailto", "tel", _LINK, _PHOTO},
    url_relative=lambda url: url if url.startswith("#") else None,
    link_rel=None,
)


class Finding(Struct, frozen=True):
    """A fault at its place in the body; line and column count from 1, in characters."""

    fault: Fault
    line: int
    column: int
    width: int
    level: Level


def read_prose(body: str, *, note_back: str) -> tuple[Prose, tuple[Finding, ...]]:
    """The prose, and what is wrong in it, from top to bottom; raises for nothing that is typed.

    A text that is too much to read gives empty prose. `note_back` names the way back from a
    footnote, with `{}` for its number.
    """
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    body = body.encode("utf-8", "replace").decode()  # half a character cannot be written
    prose, remarks = Prose(), too_much(body)
    if not remarks:
        try:
            prose, remarks = _read(body, note_back)
        except RecursionError:
            remarks = [too_deep(body)]
    remarks.sort(key=lambda remark: remark.start)
    places = [_place(body, remark.start) for remark in remarks]
    pairs = zip(remarks, places, strict=True)
    return prose, tuple(Finding(r.fault, *place, r.width, r.level) for r, place in pairs)


def _read(body: str, note_back: str) -> tuple[Prose, list[Remark]]:
    typed = without_code(body)
    root = read_tree(body, note_back)
    number_notes(root)
    marked, remarks = _mark(root, typed)
    slots = slots_in(root)
    run = run_of(slots)
    if not is_mended(run):
        mend_letters(slots)
        slots = slots_in(root)  # some may be empty now
        run = run_of(slots)
    headings = name_headings(root, RESERVED)
    tidy_lists(root)
    wrap_tables(root)
    if may_gap(run):
        mend_spacing(slots)
    text = plain(slots)
    for block in root:
        block.tail = "\n"
    clean = _CLEANER.clean(to_html(root))
    remarks.extend(hints(typed, text))
    return Prose(tuple(_parts(clean, marked)), text, headings), remarks


def _mark(root: Element, typed: str) -> tuple[list[LinkStart | PhotoReference], list[Remark]]:
    """Check every address; leave a mark in the tree for each that is filled in later."""
    marked: list[LinkStart | PhotoReference] = []
    remarks: list[Remark] = []
    if all(next(root.iter(tag), None) is None for tag in ("a", "img")):
        return marked, remarks
    find = finder(typed)
    for outer in root.iter("a"):
        for inner in outer.iter("a"):
            if inner is not outer:
                unwrap(inner)
    for element in root.iter():
        if element.tag not in ("a", "img"):
            continue
        name, read, sign = ("href", _link, _LINK) if element.tag == "a" else ("src", _photo, _PHOTO)
        address = element.get(name, "")
        start, width = find(address)
        try:
            mark = read(element, decoded(address).strip(), *_place(typed, start))
        except Fault as fault:
            remarks.append(Remark(fault, start, width))
            unwrap(element)
            continue
        if mark is not None:
            element.attrib = {name: f"{sign}:{len(marked)}"}
            marked.append(mark)
    return marked, remarks


def _photo(element: Element, address: str, line: int, column: int) -> PhotoReference:
    alt = " ".join(mend(decoded(element.get("alt", ""))).split())
    return read_photo(address, alt, line, column)


def _link(element: Element, address: str, line: int, column: int) -> LinkStart | None:
    target = read_link(address, line, column)
    empty = element.find(".//img") is None and not "".join(element.itertext()).strip()
    if empty:
        element[:], element.text = [], ""
    if isinstance(target, Reference):
        return LinkStart(target, empty)
    back = element.get("class") == NOTE_BACK
    title = element.get("title", "")
    # A title that is typed is left out: nobody on a phone or a keyboard gets to see it
    element.attrib = {"class": NOTE_BACK, "title": title, "aria-label": title} if back else {}
    element.set("href", target.replace("&", "&amp;"))
    if target.lower().startswith("http"):
        element.set("rel", "noopener")
    if empty:
        element.text = target.replace("&", "&amp;")
    return None


def _parts(
    clean: str, marked: list[LinkStart | PhotoReference]
) -> Iterator[str | LinkStart | LinkEnd | PhotoReference]:
    """The HTML cut where something is filled in."""
    if not marked:
        yield from filter(None, (clean,))
        return
    done = 0
    linked = False
    for found in _MARKED.finditer(clean):
        if found[0] == "</a>" and not linked:
            continue
        if found.start() > done:
            yield clean[done : found.start()]
        done = found.end()
        if found[0] == "</a>":
            linked = False
            yield LinkEnd()
        else:
            linked = linked or found[1] is not None
            yield marked[int(found[1] or found[2])]
    if done < len(clean):
        yield clean[done:]


def _place(body: str, start: int) -> tuple[int, int]:
    return body.count("\n", 0, start) + 1, start - body.rfind("\n", 0, start)
