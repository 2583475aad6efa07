"""Facts joined with words: the records of each language, in order, and what is not on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from functools import partial
from typing import Any

from msgspec import Struct

from microsite.records.briefs import Brief, Key, brief_of
from microsite.records.contents import Contents, Slugs, contents_of, hidden_keys
from microsite.records.fields import Checked, Values
from microsite.records.joining import joined_record, joined_site, joined_taxonomy
from microsite.records.notes import Notes
from microsite.records.on_demand import OnDemand
from microsite.records.schema import (
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
    briefs: MutableMapping[Key, Brief]  # of every entry, on the site or not
    contents: Contents
    outdated: set[tuple[str, Key]]  # by language: translations that lag behind
    notes: Notes  # of what was read of the editions

    @property
    def hidden(self) -> Collection[Key]:
        """The entries that are not on the site."""
        return self.contents.hidden

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
    source = languages[0]
    briefs = {
        key: brief_of(
            by_language,
            source,
            {tag: write_values(one.values) for tag, one in by_language.items()},
        )
        for key, by_language in found.items()
        if source in by_language
    }
    facts = {key: one.facts for key, one in briefs.items()}
    hidden = hidden_keys(facts, today=today, drafts=drafts)
    contents = contents_of(briefs, hidden, languages)
    return library_of(
        briefs, contents, shared, lambda key, tag: found[key][tag].values, outdated=outdated
    )


def library_of(
    briefs: MutableMapping[Key, Brief],
    contents: Contents,
    shared: Mapping[Key, Mapping[str, Checked]],
    values_of: Callable[[Key, str], Values],
    *,
    outdated: Collection[tuple[str, Key]] = (),
) -> Library:
    """As `join`, of entries in brief, their contents, and site.yaml and taxonomy.yaml by language.

    `values_of` says what the file of an entry in one language holds; it is asked when a page first
    shows the entry.
    """
    languages = tuple(contents.lists)
    notes, late = Notes(), set(outdated)
    editions = {
        tag: _edition(tag, languages[0], briefs, contents, shared, late, values_of, notes)
        for tag in languages
    }
    return Library(languages, editions, briefs, contents, late, notes)


def _edition(
    tag: str,
    source: str,
    briefs: Mapping[Key, Brief],
    contents: Contents,
    shared: Mapping[Key, Mapping[str, Checked]],
    outdated: Collection[tuple[str, Key]],
    values_of: Callable[[Key, str], Values],
    notes: Notes,
) -> Edition:
    lists = contents.lists[tag]

    def shelf(type: str) -> Shelf[Any]:
        make = partial(_record, type, tag, source, briefs, outdated, values_of)
        return Shelf(f"{type}:{tag}", lists.slugs[type], make, notes)

    def grouped(name: str, groups: Mapping[str, Slugs], records: Shelf[Any]) -> Groups[Any]:
        return Groups(f"{name}:{tag}", records, groups, notes)

    enterprises, products, articles = shelf("enterprise"), shelf("product"), shelf("article")
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
        hidden=Hidden(tag, OnDemand(contents.hidden, partial(_name, briefs, tag, source)), notes),
        products_of=grouped("products_of", lists.products_of, products),
        products_in=grouped("products_in", lists.products_in, products),
        enterprises_in=grouped("enterprises_in", lists.enterprises_in, enterprises),
        products_at=grouped("products_at", lists.products_at, products),
        articles_about=grouped("articles_about", lists.articles_about, articles),
        maker_of=lists.maker_of,
        featured=lists.featured,
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


def _name(briefs: Mapping[Key, Brief], tag: str, source: str, key: Key) -> Words:
    """The name in one language, or the one that it has to borrow."""
    brief = briefs[key]
    if tag in brief.names:
        return Words(brief.names[tag])
    return Words(brief.names[source], source)
