"""Facts joined with words: the records of each language, in order, and what is not on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from microsite.language.writing import sort_key
from microsite.records.fields import Checked, Values, missing_words
from microsite.records.schema import (
    TYPES,
    Article,
    Body,
    Enterprise,
    Field,
    InfoPage,
    Partner,
    Product,
    Record,
    Site,
    Taxonomy,
    Term,
    Words,
    fields_of,
    has_words,
    name_of,
)

Key = tuple[str, str]  # record type and slug
R = TypeVar("R", Enterprise, Product, Partner, Article, InfoPage)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is on the site in one language. Every mapping is by slug or key, in reading order."""

    language: str
    source_language: str
    site: Site
    enterprises: Mapping[str, Enterprise]
    products: Mapping[str, Product]
    partners: Mapping[str, Partner]
    articles: Mapping[str, Article]
    pages: Mapping[str, InfoPage]
    categories: Mapping[str, Term]
    places: Mapping[str, Term]
    hidden: Mapping[Key, Words]  # names of entries that are not on the site today
    products_of: Mapping[str, tuple[Product, ...]]  # by enterprise
    products_in: Mapping[str, tuple[Product, ...]]  # by category
    enterprises_in: Mapping[str, tuple[Enterprise, ...]]  # by place
    rank_of: Mapping[str, int]  # of a product among those of its maker, from 0

    def record(self, type: str, slug: str) -> Record:
        """The record of a type; a KeyError means that validation was skipped."""
        by_type: Mapping[str, Mapping[str, Record]] = {
            "enterprise": self.enterprises,
            "product": self.products,
            "partner": self.partners,
            "article": self.articles,
            "page": self.pages,
        }
        return by_type[type][slug]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is known, in each language."""

    languages: tuple[str, ...]  # the first is the source language
    editions: Mapping[str, Edition]
    files: Mapping[Key, str]  # the source file of each record

    @property
    def source(self) -> Edition:
        """The edition of the source language."""
        return self.editions[self.languages[0]]


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
    source = languages[0]
    hidden = hidden_keys(
        {
            key: by_language[source].values
            for key, by_language in found.items()
            if source in by_language
        },
        today=today,
        drafts=drafts,
    )
    editions = {
        tag: _edition(tag, source, found, hidden, {key for of, key in outdated if of == tag})
        for tag in languages
    }
    files = {key: by[source].entry.file for key, by in found.items() if source in by}
    return Library(tuple(languages), editions, files)


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
    found: Mapping[Key, Mapping[str, Checked]],
    hidden: set[Key],
    outdated: set[Key],
) -> Edition:
    records: dict[str, dict[str, Any]] = {type: {} for type in TYPES}
    names: dict[Key, Words] = {}
    for (type, slug), by_language in found.items():
        if type not in {"site", "taxonomy"}:
            own = by_language.get(tag)
            is_outdated = (type, slug) in outdated
            record = _record(type, slug, tag, by_language[source], own, is_outdated)
            if (type, slug) in hidden:
                names[type, slug] = name_of(record)
            else:
                records[type][slug] = record

    def ordered(type: str) -> dict[str, Any]:
        return dict(sorted(records[type].items(), key=lambda pair: _place_in_list(pair[1], tag)))

    by_date = sorted(ordered("article").items(), key=lambda pair: pair[1].date, reverse=True)
    taxonomy = _taxonomy(tag, found.get(("taxonomy", "taxonomy"), {}), source)
    enterprises, products = ordered("enterprise"), ordered("product")
    products_of = _grouped(products.values(), "enterprise")
    return Edition(
        language=tag,
        source_language=source,
        site=_site(tag, found["site", "site"], source),
        enterprises=enterprises,
        products=products,
        partners=ordered("partner"),
        articles=dict(by_date),
        pages=ordered("page"),
        categories=taxonomy.categories or {},
        places=taxonomy.places or {},
        hidden=names,
        products_of=products_of,
        products_in=_grouped(products.values(), "category"),
        enterprises_in=_grouped(enterprises.values(), "place"),
        rank_of={one.slug: rank for of in products_of.values() for rank, one in enumerate(of)},
    )


def _grouped(records: Iterable[Any], field: str) -> dict[str, tuple[Any, ...]]:
    groups: dict[str, list[Any]] = {}
    for record in records:
        groups.setdefault(getattr(record, field), []).append(record)
    return {key: tuple(group) for key, group in groups.items()}


def _place_in_list(record: Record, tag: str) -> tuple[Any, ...]:
    order = None if isinstance(record, Article) else record.order
    by_name = sort_key(name_of(record).text, tag)
    return (order is None, order or 0, by_name, record.slug)


def _record(
    type: str, slug: str, tag: str, source: Checked, own: Checked | None, is_outdated: bool
) -> Any:
    """One record in one language: facts of the source, words of its own or borrowed ones."""
    record_type = TYPES[type]
    is_source = own is source
    own_words = own.values if own else {}
    is_translated = is_source or (own is not None and not missing_words(record_type, own_words))
    body = None
    with_body = [one for one in (own, source) if one is not None and one.entry.body.strip()]
    if with_body:
        entry = with_body[0].entry
        body = Body(entry.file, "" if entry.language == tag else entry.language)
    joined = _joined(record_type, own_words, source.values, source.entry.language, is_source)
    return record_type(
        slug=slug,
        is_translated=is_translated,
        is_outdated=is_translated and is_outdated,
        body=body,
        **joined,
    )


def _joined(
    type: type, own: Values, source: Values, source_language: str, is_source: bool
) -> Values:
    """Arguments for a record or group: its words from `own`, else borrowed; its facts."""
    joined: Values = {}
    for name, field in fields_of(type).items():
        if field.is_word:
            if name in own:
                joined[name] = Words(own[name])
            elif name in source and not is_source:
                joined[name] = Words(source[name], source_language)
        elif name in source:
            build = _builder(field, own.get(name), source_language, is_source)
            value = source[name]
            joined[name] = tuple(map(build, value)) if field.many else build(value)
    return joined


def _builder(field: Field, own: Any, source_language: str, is_source: bool) -> Callable[[Any], Any]:
    """What makes the value of a field from what was typed in the source language."""
    group = field.kind
    if not isinstance(group, type):
        return lambda value: value
    by_key = {item.get(field.joined_by): item for item in own or []} if field.joined_by else {}

    def build(value: Values) -> Any:
        words = by_key.get(value.get(field.joined_by), {}) if has_words(group) else {}
        return group(**_joined(group, words, value, source_language, is_source))

    return build


def _site(tag: str, files: Mapping[str, Checked], source: str) -> Site:
    facts = files[""].values
    own = files[tag].values if tag in files else {}
    words = {**files[source].values, **facts}
    return Site(**_joined(Site, own, words, source, tag == source))


def _taxonomy(tag: str, files: Mapping[str, Checked], source: str) -> Taxonomy:
    if source not in files:
        return Taxonomy(categories={}, places={})
    own = files[tag].values if tag in files else {}
    keyed: dict[str, dict[str, Term]] = {}
    for name in fields_of(Taxonomy):
        keyed[name] = {
            key: Term(**_joined(Term, own.get(name, {}).get(key, {}), term, source, tag == source))
            for key, term in files[source].values.get(name, {}).items()
        }
    return Taxonomy(**keyed)
