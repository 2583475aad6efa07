"""Fingerprints of what a library holds: which of its items are not what they were."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from microsite.digest import digest
from microsite.records.briefs import PRINT, Brief
from microsite.records.library import TRANSLATED, Edition, Library
from microsite.records.notes import Item
from microsite.records.shelves import item_of


def fingerprints(library: Library) -> dict[Item, str]:
    """By item, as the editions note them: records, their order, groups of them."""
    found = of_records(library, library.briefs.values())
    for edition in library.editions.values():
        found |= _lists(library, edition)
    return found


def of_records(library: Library, briefs: Collection[Brief]) -> dict[Item, str]:
    """By item, of some entries."""
    found = {item_of(one.type, TRANSLATED, one.slug): ",".join(one.translated) for one in briefs}
    for edition in library.editions.values():
        found |= _records(library, edition, briefs)
    return found


def _records(
    library: Library, edition: Edition, briefs: Collection[Brief]
) -> Iterator[tuple[Item, str]]:
    tag, source = edition.language, edition.source_language
    for brief in briefs:
        key = brief.key
        own = "" if tag == source else brief.values.get(tag, "-")
        body = next((one for one in (tag, source) if one in brief.with_body), "")
        hidden = "hidden" if key in library.hidden else ""
        late = "outdated" if (tag, key) in library.outdated else ""
        told = f"{brief.values[source]}{own} {body}{hidden}{late}"
        yield item_of(brief.type, tag, brief.slug), told


def _lists(library: Library, edition: Edition) -> Iterator[tuple[Item, str]]:
    """Orders and groups; a product in them is known by its maker, category and rank, too."""
    told = {
        slug: f"{slug} {maker} {library.briefs['product', slug].facts['category']}"
        for slug, maker in edition.maker_of.items()
    }
    told |= {slug: f"{told[slug]} featured" for slug in edition.featured}
    for of_products in (
        edition.products,
        edition.products_of,
        edition.products_in,
        edition.products_at,
    ):
        for item, slugs in of_products.lists():
            yield item, digest(" ".join(told.get(slug, slug) for slug in slugs))[:PRINT]
    for others in (
        edition.enterprises,
        edition.partners,
        edition.articles,
        edition.pages,
        edition.enterprises_in,
        edition.articles_about,
    ):
        for item, slugs in others.lists():
            yield item, digest(" ".join(slugs))[:PRINT]
