"""The tree of a text, mended before it becomes HTML: ids, tables, lists, notes, spaces."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from xml.etree.ElementTree import Element

from microsite.language.thai import mend
from microsite.site.prose import Heading

NOTE_BACK, NOTES, TABLE = "prose__note-back", "prose__notes", "prose__table"  # our classes

Slot = tuple[Literal["break", "text", "code", "tail"], Element]

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_INLINE = frozenset({"a", "code", "em", "img", "span", "strong", "sup"})
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE | re.ASCII)
_NOTE = re.compile(r"(fn(?:ref\d*)?):(.*)", re.DOTALL)
_BEFORE_REPEAT = re.compile(r"(?<![ \n])[ \n]+(?=ๆ)")
# ๆ and digits are left out: a space belongs behind the one and around the others
_BETWEEN_THAI = re.compile(
    r"(?<=[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e])\n *(?=[\u0e01-\u0e3a\u0e40-\u0e45])"
)
_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_BEFORE_MONTH = re.compile(rf"(?<=[0-9๐-๙])[ \n]+(?={_MONTHS})")
_BEFORE_YEAR = re.compile(rf"({_MONTHS})[ \n]+(?=[0-9๐-๙]{{4}}(?![0-9๐-๙]))")
_BEFORE_ORDINAL = re.compile(r"(?<=ที่)[ \n]+(?=[0-9๐-๙])")  # รุ่นที่ 7
# What each of the five finds has this in it: looked for once, in all of a text
_MAY_GAP = re.compile(
    # Digits: behind the last letters of months and of ที่
    rf"[ \n](?:ๆ|{_MONTHS}|(?<=[\u0e19\u0e21\u0e48\u0e4c \n][ \n])[0-9๐-๙]"
    r"|(?<=\n) *[\u0e01-\u0e3a\u0e40-\u0e45])"
)


def name_headings(root: Element, taken: Iterable[str]) -> tuple[Heading, ...]:
    """The headings, each with an id that none of `taken` and no other heading has.

    The page's own title is the only h1, so `#` and `##` both become h2.
    """
    used = set(taken)
    counts: dict[str, int] = {}
    headings = []
    for element in root.iter():
        if element.tag not in _HEADINGS:
            continue
        element.tag = "h2" if element.tag == "h1" else element.tag
        text = plain(slots_in(element)).replace("\n", " ")
        slug = unique = heading_slug(text) or "section"
        while unique in used:
            counts[slug] = counts.get(slug, 1) + 1
            unique = f"{slug}-{counts[slug]}"
        used.add(unique)
        element.set("id", unique)
        headings.append(Heading(int(element.tag[1]), unique, text))
    return tuple(headings)


def heading_slug(text: str) -> str:
    """Letters, marks and digits of the text in small letters, hyphens for spaces; may be empty.

    Thai vowels and tone marks stay: ป่า, ปา and ป้า are three words.
    """
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return "-".join(filter(None, "".join(map(_in_slug, small)).split("-")))


@lru_cache(1000)  # a text has few letters, each of them often
def _in_slug(char: str) -> str:
    if char.isspace() or char in "-_":
        return "-"
    return char if unicodedata.category(char)[0] in "LMN" else ""


def wrap_tables(root: Element) -> None:
    """Put each table into a box that scrolls sideways; alignment becomes classes."""
    for outer in list(root.iter("table")):
        inner = Element("table")
        inner.extend(list(outer))
        for child in list(outer):
            outer.remove(child)
        outer.tag = "div"
        outer.attrib = {"class": TABLE, "tabindex": "0"}
        outer.append(inner)
        for cell in inner.iter():
            align = cell.attrib.pop("align", "left")
            if align != "left":
                cell.set("class", f"prose__cell--{align}")
            if cell.tag == "th":
                cell.set("scope", "col")


def tidy_lists(root: Element) -> None:
    """A list that begins with another number than 1 says so, whatever digits were typed."""
    for element in root.iter("ol"):
        typed = element.attrib.pop("start", "1")
        if len(typed) <= 9 and int(typed) != 1:
            element.set("start", str(int(typed)))


def number_notes(root: Element) -> None:
    """Give footnotes ids by number, whatever their labels; drop ways back to nowhere."""
    numbers: dict[str, int] = {}
    for box in root.iter("div"):
        if box.get("class") != "footnote":
            continue
        box.set("class", NOTES)
        for item in box.iterfind("ol/li"):
            numbers[item.get("id", "").partition(":")[2]] = len(numbers) + 1
    if not numbers:
        return
    for element in root.iter():
        for name, sign in (("id", ""), ("href", "#")):
            found = _NOTE.fullmatch(element.get(name, "").removeprefix(sign))
            if found and found[2] in numbers:
                element.set(name, f"{sign}{found[1]}:{numbers[found[2]]}")
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter("a"):
        kind = element.attrib.pop("class", "")
        if kind == "footnote-backref":
            element.set("class", NOTE_BACK)
            if element.get("href", "")[1:] not in ids:
                unwrap(element)
                element.text = ""


def may_gap(run: str) -> bool:
    """False where `mend_spacing` surely changes nothing in a text as `run_of` gives it."""
    return not run.isascii() and _MAY_GAP.search(run) is not None


def mend_spacing(slots: Sequence[Slot]) -> None:
    """Take out line ends between Thai letters, where they would show as spaces.

    ๆ, the parts of a date and the number behind ที่ stay with what is before them.
    Code stays as it is.
    """
    before = ""
    for slot, following in pairwise([*slots, slots[0]]):  # the first is a break, as the last
        if slot[0] not in ("text", "tail"):
            before = ""
            continue
        after = _read(following)[:1] if following[0] in ("text", "tail") else ""
        whole = before + _read(slot) + after
        for gap in (_BEFORE_REPEAT, _BEFORE_MONTH, _BEFORE_ORDINAL):
            whole = gap.sub("\u00a0", whole)
        whole = _BETWEEN_THAI.sub("", _BEFORE_YEAR.sub("\\1\u00a0", whole))
        mended = whole[len(before) : len(whole) - len(after)]
        setattr(slot[1], slot[0], mended)
        before = mended[-1:] or before


def mend_letters(slots: Sequence[Slot]) -> None:
    """Put marks that were typed in an odd order or twice right, but for code.

    In the tree and not in the text as typed, so that places in it stay what they are.
    """
    for kind, element in slots:
        if kind == "text" or kind == "tail":
            setattr(element, kind, mend(_read((kind, element))))


def plain(slots: Iterable[Slot]) -> str:
    """The text that is shown: a line for each block, without numbers of footnotes."""
    pieces = ["\n" if s[0] == "break" else decoded(_read(s)).replace("\n", " ") for s in slots]
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n") if line)
    return "\n".join(filter(None, lines))


def decoded(text: str) -> str:
    """The text with `&amp;` and its like as characters."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def unwrap(element: Element) -> None:
    """Make the element one that the page does without; what is in it stays."""
    element.tag = "span"
    element.attrib.clear()


def slots_in(element: Element) -> list[Slot]:
    """Every piece of text below the element in its order, and where blocks begin and end."""
    slots: list[Slot] = []
    _find_slots(element, slots.append)
    return slots


def run_of(slots: Iterable[Slot]) -> str:
    """All text but code; what is not in it is in no piece, nor between a piece and the next."""
    return "".join(
        [
            e.text or "" if kind == "text" else e.tail or "" if kind == "tail" else "\0"
            for kind, e in slots
        ]
    )


def _find_slots(element: Element, add: Callable[[Slot], None]) -> None:
    tag = element.tag
    if tag == "sup" or (element.attrib and element.get("class") == NOTE_BACK):
        return
    is_block = tag not in _INLINE
    if is_block:
        add(("break", element))
    if element.text:
        add(("code" if tag == "code" else "text", element))
    for child in element:
        _find_slots(child, add)
        if child.tail:
            add(("tail", child))
    if is_block:
        add(("break", element))


def _read(slot: Slot) -> str:
    return (slot[1].tail if slot[0] == "tail" else slot[1].text) or ""
