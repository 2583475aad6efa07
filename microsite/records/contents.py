"""Table of contents: which entries are on a site, in which order and group, without reading one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from microsite.language.writing import sort_key
from microsite.records.briefs import Brief, Key
from microsite.records.fields import Values
from microsite.records.schema import TYPES

InOrder = Callable[[Mapping[str, tuple[int | None, str]], str, str], list[str]]
Slugs = Sequence[str]


class Lists(Struct, frozen=True):
    """What is on the site in one language, by slug, in reading order."""

    slugs: Mapping[str, Slugs]  # by type
    products_of: Mapping[str, Slugs]  # by enterprise
    products_in: Mapping[str, Slugs]  # by category
    products_at: Mapping[str, Slugs]  # by the place of their enterprise
    enterprises_in: Mapping[str, Slugs]  # by place
    articles_about: Mapping[str, Slugs]  # by enterprise
    maker_of: Mapping[str, str]  # enterprise of each product
    featured: Slugs  # products
    translated: Slugs  # products that say there what they have to in words of its own


class Contents(Struct, frozen=True):
    """What is on the site. Facts are the same in all languages, orders are not."""

    lists: Mapping[str, Lists]  # by language, the source language first
    hidden: frozenset[Key]  # what is not on the site today
    drafts: frozenset[Key]  # what is on it though it is a draft
    aliases: Sequence[tuple[str, Key]]  # old addresses of all entries, on the site or not

    def keys(self) -> list[Key]:
        """Of all entries, on the site or not."""
        slugs = next(iter(self.lists.values())).slugs
        return [*((type, one) for type, of_type in slugs.items() for one in of_type), *self.hidden]


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


def in_order(names: Mapping[str, tuple[int | None, str]], type: str, tag: str) -> list[str]:
    """The slugs of one type as a language lists them: by `order` where it is stated, then by name.

    `names` has order and name of each.
    """
    del type  # which may tell one list from another for who keeps them

    def place(slug: str) -> tuple[Any, ...]:
        order, name = names[slug]
        return order is None, order or 0, sort_key(name, tag), slug

    return sorted(names, key=place)


def contents_of(
    briefs: Mapping[Key, Brief],
    hidden: Collection[Key],
    languages: Sequence[str],
    order: InOrder = in_order,
) -> Contents:
    """The contents of a site with these entries; the first of the languages is their source.

    `order` sorts as `in_order` does.
    """
    shown = {key: brief for key, brief in briefs.items() if key not in hidden}
    aliases = ((key, brief.facts.get("aliases", ())) for key, brief in briefs.items())
    return Contents(
        {tag: _lists(tag, languages[0], shown, order) for tag in languages},
        frozenset(hidden),
        frozenset(key for key, brief in shown.items() if brief.facts.get("draft")),
        [(alias, key) for key, of_one in aliases for alias in of_one],
    )


def _lists(tag: str, source: str, shown: Mapping[Key, Brief], order: InOrder) -> Lists:
    names: dict[str, dict[str, tuple[int | None, str]]] = {type: {} for type in TYPES}
    for brief in shown.values():
        own = brief.names.get(tag) or brief.names[source]
        names[brief.type][brief.slug] = brief.facts.get("order"), own
    slugs = {type: order(named, type, tag) for type, named in names.items()}

    def fact(type: str, slug: str, field: str) -> Any:
        return shown[type, slug].facts.get(field, ())

    def grouped(type: str, value_of: Callable[[str], str | Sequence[str]]) -> dict[str, Slugs]:
        groups: dict[str, list[str]] = {}
        for slug in slugs[type]:
            value = value_of(slug)
            for key in [value] if isinstance(value, str) else value:
                groups.setdefault(key, []).append(slug)
        return {**groups}

    slugs["article"].sort(key=lambda slug: shown["article", slug].facts["date"], reverse=True)
    maker_of = {slug: fact("product", slug, "enterprise") for slug in slugs["product"]}
    return Lists(
        slugs,
        products_of=grouped("product", maker_of.__getitem__),
        products_in=grouped("product", lambda slug: fact("product", slug, "category")),
        products_at=grouped("product", lambda slug: fact("enterprise", maker_of[slug], "place")),
        enterprises_in=grouped("enterprise", lambda slug: fact("enterprise", slug, "place")),
        articles_about=grouped("article", lambda slug: fact("article", slug, "enterprises")),
        maker_of=maker_of,
        featured=[slug for slug in slugs["product"] if fact("product", slug, "featured")],
        translated=[slug for slug in slugs["product"] if tag in shown["product", slug].translated],
    )
