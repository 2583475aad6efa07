"""Whether two built sites say the same: links, texts and descriptions, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

MOST = 3_000  # pages that are read of each site, spread evenly
_ADDRESSES = ("canonical", "alternate", "icon")
_ARROWS = re.compile("[\N{RIGHTWARDS ARROW}\N{LEFTWARDS ARROW WITH HOOK}\ufe0e]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two sites differ."""

    pages: int  # that both have
    read: int  # of these
    equal: int  # of those that were read
    missing: list[str]  # pages that only the first has
    extra: list[str]  # pages that only the second has
    differing: dict[str, list[str]]  # what differs → pages

    def __str__(self) -> str:
        """In a few lines, with an example of each difference."""
        lines = [f"{self.equal} of {self.read} pages read are equal ({self.pages} in both)"]
        for what, paths in (
            ("only in the first", self.missing),
            ("only in the second", self.extra),
            *((f"other {what}", paths) for what, paths in self.differing.items()),
        ):
            if paths:
                lines.append(f"  {what}: {len(paths)}, such as {paths[0]}")
        return "\n".join(lines)


def compare(first: Path, second: Path, most: int = MOST) -> Comparison:
    """The pages of two folders; of many, every nth is read."""
    ours, theirs = pages(first), pages(second)
    both = sorted(ours & theirs)
    read = both[:: max(1, -(-len(both) // most))]
    differing: dict[str, list[str]] = {}
    equal = 0
    for path in read:
        one, other = (
            said((first / path).read_text("utf-8")),
            said((second / path).read_text("utf-8")),
        )
        wrong = [what for what, value in one.items() if value != other[what]]
        equal += not wrong
        for what in wrong:
            differing.setdefault(what, []).append(path)
    return Comparison(
        len(both), len(read), equal, sorted(ours - theirs), sorted(theirs - ours), differing
    )


def pages(folder: Path) -> set[str]:
    """The paths of all pages in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def said(html: str) -> dict[str, object]:
    """What a page says, by kind: its text word by word, links, the addresses and words of its head.

    Left out is what each generator names as it likes: style sheets, ids of headings and notes.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = _ARROWS.sub(" ", " ".join(reader.text)).split()
    return {
        "text": text,
        "links": [one for one in reader.links if not one.startswith("#")],
        "head": reader.head,
    }


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.head: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "link" and given.get("rel") in _ADDRESSES:
            self.head.append((given["rel"], given.get("hreflang", ""), given["href"]))
        elif tag == "meta" and (name := given.get("property") or given.get("name")):
            self.head.append((name, given["content"]))
        elif tag == "html":
            self.head.append(("language", given.get("lang", "")))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
