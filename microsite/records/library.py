"""Facts joined with words: the records of each language, in order, and what is not on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from microsite.language.writing import sort_key
from microsite.records.briefs import Brief, Key, brief_of
from microsite.records.fields import Checked, Values
from microsite.records.joining import joined_record, joined_site, joined_taxonomy
from microsite.records.notes import Notes
from microsite.records.schema import (
    TYPES,
    Article,
    Enterprise,
    InfoPage,
    Partner,
    Product,
    Record,
    Site,
    Term,
    Words,
)
from microsite.records.shelves import Groups, Hidden, Shelf, item_of
from microsite.records.stored import write_values

SHARED = (("site", "site"), ("taxonomy", "taxonomy"))
InOrder = Callable[[Mapping[str, tuple[int | None, str]], str, str], list[str]]
TRANSLATED = "translated"  # in an item, instead of a language: in which languages it is translated


class Edition(Struct, frozen=True):
    """What is on the site in one language. Every mapping is by slug or key, in reading order.

    Records are joined when they are first asked for; `Library.notes` tells which have been.
    """

    language: str
    source_language: str
    site: Site
    enterprises: Shelf[Enterprise]
    products: Shelf[Product]
    partners: Shelf[Partner]
    articles: Shelf[Article]
    pages: Shelf[InfoPage]
    categories: Mapping[str, Term]
    places: Mapping[str, Term]
    hidden: Mapping[Key, Words]  # names of entries that are not on the site today
    products_of: Groups[Product]  # by enterprise
    products_in: Groups[Product]  # by category
    enterprises_in: Groups[Enterprise]  # by place
    products_at: Groups[Product]  # by the place of their enterprise
    articles_about: Groups[Article]  # by enterprise
    # These two belong to what a list of products is known by.
    maker_of: Mapping[str, str]  # enterprise of each product
    featured: Sequence[str]  # products

    def record(self, type: str, slug: str) -> Record:
        """The record of a type; a KeyError means that validation was skipped."""
        record: Record = self.shelf(type)[slug]
        return record

    def shelf(self, type: str) -> Shelf[Any]:
        """All records of a type."""
        by_type: Mapping[str, Shelf[Any]] = {
            "enterprise": self.enterprises,
            "product": self.products,
            "partner": self.partners,
            "article": self.articles,
            "page": self.pages,
        }
        return by_type[type]


class Library(Struct, frozen=True):
    """Everything that is known, in each language."""

    languages: tuple[str, ...]  # the first is the source language
    editions: Mapping[str, Edition]
    briefs: dict[Key, Brief]  # of every entry, on the site or not
    hidden: Collection[Key]
    outdated: set[tuple[str, Key]]  # by language: translations that lag behind
    notes: Notes  # of what was read of the editions

    @property
    def source(self) -> Edition:
        """The edition of the source language."""
        return self.editions[self.languages[0]]

    def file(self, key: Key) -> str:
        """The source file of a record."""
        return self.briefs[key].files[self.languages[0]]

    def translated(self, key: Key) -> dict[str, bool]:
        """By language, whether a record says there what it has to in words of its own."""
        self.notes.read.add(item_of(key[0], TRANSLATED, key[1]))
        return {tag: tag in self.briefs[key].translated for tag in self.languages}

    def name_in(self, tag: str, key: Key) -> str:
        """What an entry is called in one language in words of its own, or ""; none is joined."""
        self.notes.read.add(item_of(key[0], tag, key[1]))
        return self.briefs[key].names.get(tag, "")

    def renew(self, entries: Iterable[tuple[Brief, Collection[str]]]) -> None:
        """Have entries say other words; others know them as before (`briefs.is_known_alike`).

        With each come the languages whose words lag behind.
        """
        for brief, late in entries:
            self.briefs[brief.key] = brief
            for tag, edition in self.editions.items():
                edition.shelf(brief.type).forget(brief.slug)
                self.outdated.discard((tag, brief.key))
            self.outdated.update((tag, brief.key) for tag in late)
        self.notes.forget()

    def on_site(self, type: str) -> Iterator[Brief]:
        """The briefs of what is on the site."""
        return (
            one for key, one in self.briefs.items() if key[0] == type and key not in self.hidden
        )


def join(
    checked: Iterable[Checked],
    languages: Sequence[str],
    *,
    today: dt.date,
    drafts: bool,
    outdated: Collection[tuple[str, Key]] = (),
) -> Library:
    """The library of valid entries: every reference among them leads to an entry.

    `drafts` puts drafts on the site too; `outdated` are translations, by language and entry, whose
    source text has changed since they were made.
    """
    found: dict[Key, dict[str, Checked]] = {}
    for one in checked:
        found.setdefault(one.key, {})[one.entry.language] = one
    shared = {key: found.pop(key, {}) for key in SHARED}
    return library_of(
        [
            brief_of(
                by_language,
                languages[0],
                {tag: write_values(one.values) for tag, one in by_language.items()},
            )
            for by_language in found.values()
            if languages[0] in by_language
        ],
        shared,
        languages,
        lambda key, tag: found[key][tag].values,
        today=today,
        drafts=drafts,
        outdated=outdated,
    )


def in_order(names: Mapping[str, tuple[int | None, str]], type: str, tag: str) -> list[str]:
    """The slugs of one type as a language lists them: by `order` where it is stated, then by name.

    `names` has order and name of each.
    """
    del type  # which may tell one list from another for who keeps them

    def place(slug: str) -> tuple[Any, ...]:
        order, name = names[slug]
        return order is None, order or 0, sort_key(name, tag), slug

    return sorted(names, key=place)


def library_of(
    briefs: Iterable[Brief],
    shared: Mapping[Key, Mapping[str, Checked]],
    languages: Sequence[str],
    values_of: Callable[[Key, str], Values],
    *,
    today: dt.date,
    drafts: bool,
    outdated: Collection[tuple[str, Key]] = (),
    order: InOrder = in_order,
) -> Library:
    """As `join`, of entries in brief, and site.yaml and taxonomy.yaml by language.

    `values_of` says what the file of an entry in one language holds; it is asked when a page first
    shows the entry. `order` sorts as `in_order` does.
    """
    by_key = {one.key: one for one in briefs}
    source = languages[0]
    hidden = hidden_keys(
        {key: one.facts for key, one in by_key.items()}, today=today, drafts=drafts
    )
    notes, late = Notes(), set(outdated)
    editions = {
        tag: _edition(tag, source, by_key, shared, hidden, late, values_of, order, notes)
        for tag in languages
    }
    return Library(tuple(languages), editions, by_key, hidden, late, notes)


def hidden_keys(values: Mapping[Key, Values], *, today: dt.date, drafts: bool) -> set[Key]:
    """Which records are not on the site: drafts, too early, too late, or without their maker."""
    hidden = {key for key, facts in values.items() if not _is_on(facts, today, drafts)}
    orphans = {
        key
        for key, facts in values.items()
        if key[0] == "product" and ("enterprise", facts.get("enterprise", "")) in hidden
    }
    return hidden | orphans


def _is_on(facts: Values, today: dt.date, drafts: bool) -> bool:
    starts, ends = facts.get("publish_date"), facts.get("expiry_date")
    is_early = starts is not None and today < starts
    is_late = ends is not None and today >= ends
    return (drafts or not facts.get("draft")) and not is_early and not is_late


def _edition(
    tag: str,
    source: str,
    briefs: Mapping[Key, Brief],
    shared: Mapping[Key, Mapping[str, Checked]],
    hidden: set[Key],
    outdated: Collection[tuple[str, Key]],
    values_of: Callable[[Key, str], Values],
    order: InOrder,
    notes: Notes,
) -> Edition:
    names: dict[str, dict[str, tuple[int | None, str]]] = {type: {} for type in TYPES}
    for key, brief in briefs.items():
        if key not in hidden:
            own = brief.names.get(tag) or brief.names[source]
            names[brief.type][brief.slug] = brief.facts.get("order"), own
    slugs = {type: order(named, type, tag) for type, named in names.items()}

    def shelf(type: str) -> Shelf[Any]:
        make = partial(_record, type, tag, source, briefs, outdated, values_of)
        return Shelf(f"{type}:{tag}", slugs[type], make, notes)

    def fact(type: str, slug: str, field: str) -> Any:
        return briefs[type, slug].facts.get(field, ())

    def grouped(
        name: str, records: Shelf[Any], type: str, value_of: Callable[[str], str | Sequence[str]]
    ) -> Groups[Any]:
        groups: dict[str, list[str]] = {}
        for slug in slugs[type]:
            value = value_of(slug)
            for key in [value] if isinstance(value, str) else value:
                groups.setdefault(key, []).append(slug)
        return Groups(f"{name}:{tag}", records, groups, notes)

    slugs["article"].sort(key=lambda slug: briefs["article", slug].facts["date"], reverse=True)
    enterprises, products, articles = shelf("enterprise"), shelf("product"), shelf("article")
    maker_of = {slug: fact("product", slug, "enterprise") for slug in slugs["product"]}
    taxonomy = joined_taxonomy(tag, shared.get(("taxonomy", "taxonomy"), {}), source)
    return Edition(
        language=tag,
        source_language=source,
        site=joined_site(tag, shared["site", "site"], source),
        enterprises=enterprises,
        products=products,
        partners=shelf("partner"),
        articles=articles,
        pages=shelf("page"),
        categories=taxonomy.categories or {},
        places=taxonomy.places or {},
        hidden=Hidden(tag, {key: _name(briefs[key], tag, source) for key in hidden}, notes),
        products_of=grouped("products_of", products, "product", maker_of.__getitem__),
        products_in=grouped(
            "products_in", products, "product", lambda slug: fact("product", slug, "category")
        ),
        enterprises_in=grouped(
            "enterprises_in",
            enterprises,
            "enterprise",
            lambda slug: fact("enterprise", slug, "place"),
        ),
        products_at=grouped(
            "products_at",
            products,
            "product",
            lambda slug: fact("enterprise", maker_of[slug], "place"),
        ),
        articles_about=grouped(
            "articles_about", articles, "article", lambda slug: fact("article", slug, "enterprises")
        ),
        maker_of=maker_of,
        featured=[slug for slug in slugs["product"] if fact("product", slug, "featured")],
    )


def _record(
    type: str,
    tag: str,
    source: str,
    briefs: Mapping[Key, Brief],
    outdated: Collection[tuple[str, Key]],
    values_of: Callable[[Key, str], Values],
    slug: str,
) -> Any:
    """A record in one language, joined."""
    key = type, slug
    values = {of: values_of(key, of) for of in {tag, source} & briefs[key].files.keys()}
    return joined_record(briefs[key], tag, source, values, (tag, key) in outdated)


def _name(brief: Brief, tag: str, source: str) -> Words:
    """The name in one language, or the one that it has to borrow."""
    if tag in brief.names:
        return Words(brief.names[tag])
    return Words(brief.names[source], source)
