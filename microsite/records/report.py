"""The standing in words: a table and lists, which the terminal and the preview show alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from microsite.language.wording import Wording
from microsite.language.writing import language_name
from microsite.problems import N_
from microsite.records.ledger import Outdated
from microsite.records.standing import Late, Missing, Standing

QUOTED = 60  # characters of a block
_TYPES = {
    "enterprise": N_("Makers"),
    "product": N_("Products"),
    "partner": N_("Partners"),
    "article": N_("News"),
    "page": N_("Other pages"),
    "site": N_("Words of the site"),
    "taxonomy": N_("Categories and places"),
}


class Item(Struct, frozen=True):
    """One thing to do: a file, and what about it."""

    file: str
    details: tuple[str, ...] = ()


class Section(Struct, frozen=True):
    """Things of one sort."""

    heading: str
    hint: str  # what to do about them, or ""
    items: tuple[Item, ...]


class Report(Struct, frozen=True):
    """A table, its head first, and lists; none of them empty."""

    table: tuple[tuple[str, ...], ...]  # no rows where there is one language
    sections: tuple[Section, ...]


def report(standing: Standing, wording: Wording) -> Report:
    """The standing in the wording's language."""
    said = wording.gettext
    head = (N_("Language"), N_("Kind of entry"), N_("Translated"), N_("Missing"), N_("Outdated"))
    rows = [
        (
            language_name(one.language),
            said(_TYPES[one.type]),
            *map(str, (one.translated, one.missing, one.outdated)),
        )
        for one in standing.counts
    ]
    table = (tuple(map(said, head)), *rows) if rows else ()
    return Report(table, tuple(one for one in _sections(standing, wording) if one.items))


def quoted(text: str) -> str:
    """The beginning of a text on one line; no mark is cut from its letter."""
    line = " ".join(text.split())
    end = QUOTED
    while end < len(line) and unicodedata.category(line[end]) in {"Mn", "Mc", "Me"}:
        end += 1
    return line if len(line) <= end else line[:end] + "…"


def _sections(standing: Standing, wording: Wording) -> Iterator[Section]:
    said = wording.gettext
    yield Section(
        said(N_("Outdated: the text has changed since it was translated")),
        said(N_("Where a translation is still right: python build.py status --accept FILE")),
        tuple(_late(one, wording) for one in standing.outdated),
    )
    yield Section(
        said(N_("Not translated")), "", tuple(_missing(one, wording) for one in standing.missing)
    )
    yield Section(
        said(N_("Words that are shown in the source language")),
        "",
        tuple(Item(one.file, (", ".join(one.fields),)) for one in standing.borrowed),
    )
    for heading, hint, files in (
        (
            N_("Products on the site without a price: {count}"),
            N_("Shops online have to show the price of each thing."),
            standing.without_price,
        ),
        (
            N_("Never confirmed with the maker: {count}"),
            N_("After a talk with the maker, add `checked: ` with the day."),
            standing.never_checked,
        ),
    ):
        title = said(heading).format(count=len(files))
        yield Section(title, said(hint), tuple(map(Item, files)))


def _late(late: Late, wording: Wording) -> Item:
    return Item(late.file, tuple(line for one in late.fields for line in _changes(one, wording)))


def _changes(one: Outdated, wording: Wording) -> Iterator[str]:
    pair = one.pair
    for block in one.new:
        yield f"{pair.source_file}:{block.line}  {pair.field}: “{quoted(block.text)}”"
    less = one.gone - len(one.new)
    if less > 0:
        gone = wording.ngettext(
            "{count} paragraph is no longer there.",
            "{count} paragraphs are no longer there.",
            less,
        )
        yield f"{pair.source_file}  {pair.field}: {gone.format(count=less)}"


def _missing(one: Missing, wording: Wording) -> Item:
    if one.file:
        return Item(one.file, (", ".join(one.fields),))
    told = wording.gettext(N_("There is no file for {language} yet."))
    return Item(one.source_file, (told.format(language=language_name(one.language)),))
