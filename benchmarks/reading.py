"""What a site holds, as other generators are to be told: records, words and bodies with links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from microsite.pipeline.folders import Folders
from microsite.pipeline.whole import Whole, read_whole
from microsite.problems import Problem
from microsite.records.library import Edition
from microsite.records.schema import Body, name_of
from microsite.site.urls import record_path

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 25)  # of every build, so that all show the same entries
# What the templates of all contestants say beside content, by the key that the others use.
WORDS = {
    "all-products": "All products",
    "availability": "Availability",
    "category": "Category",
    "home": "Home",
    "main-menu": "Main menu",
    "maker": "Maker",
    "makers": "Makers",
    "more-from-this-maker": "More from this maker",
    "news": "News",
    "next-page": "Next page",
    "page-not-found": "Page not found",
    "partners": "Partners",
    "place": "Place",
    "previous-page": "Previous page",
    "price": "Price",
    "products": "Products",
    "products-and-services": "Products and services",
    "search": "Search",
    "similar-from-other-makers": "Similar, from other makers",
    "unit": "Unit",
}
_REFERENCE = re.compile(
    r"\[(?P<text>[^\]]*)\]"
    r"\((?P<kind>product|enterprise|category|place|page|article|partner):(?P<slug>[^)#\s]+)\)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A site in one language."""

    edition: Edition
    words: Mapping[str, str]  # by the keys of WORDS
    bodies: Mapping[str, str]  # Markdown by file, with references as typed

    def body(self, body: Body | None) -> str:
        """Its Markdown, with references to entries as links that any generator understands."""
        return _REFERENCE.sub(self._link, self.bodies[body.file]) if body else ""

    def _link(self, found: re.Match[str]) -> str:
        edition, kind, slug = self.edition, found["kind"], found["slug"]
        if (kind, slug) in edition.hidden:
            return found["text"] or edition.hidden[kind, slug].text
        if kind in {"category", "place"}:
            terms = edition.categories if kind == "category" else edition.places
            there = edition.products_in if kind == "category" else edition.enterprises_in
            name, has_page = terms[slug].name.text, slug in there
        else:
            name, has_page = name_of(edition.record(kind, slug)).text, True
        text = found["text"] or name
        return f"[{text}]({record_path(edition.language, kind, slug)})" if has_page else text


def told(site: Path) -> dict[str, Told]:
    """The site in a folder, by language, the source language first.

    Raises:
        ValueError: its content has faults.
    """
    problems: list[Problem] = []
    reading = read_whole(Folders(str(ROOT), str(site)), problems, today=TODAY, drafts=False)
    if reading is None:
        raise ValueError(problems)
    bodies = {one.entry.file: one.entry.body for one in reading.checked}
    return {
        tag: Told(edition, _words(reading, tag), bodies)
        for tag, edition in reading.library.editions.items()
    }


def _words(reading: Whole, tag: str) -> dict[str, str]:
    said = reading.wordings[tag].gettext
    return {key: said(message) for key, message in WORDS.items()}
