"""What is wrong with an entry as a whole, and between entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from microsite.language.writing import search_key
from microsite.problems import N_, Fault, Level, Problem
from microsite.records.briefs import Key
from microsite.records.declarations import fields_of
from microsite.records.doubtful import check_claims, check_letters, check_signs
from microsite.records.fields import Checked
from microsite.records.groups import below, check_repeated, groups_in, unread
from microsite.records.kinds import Kind, did_you_mean
from microsite.records.library import hidden_keys
from microsite.records.marks import check_bearer, check_day, check_mark
from microsite.records.offers import check_offer
from microsite.records.pictures import (
    Size,
    check_borrowed,
    check_photos,
    check_unused,
    faults_of,
)
from microsite.records.quotes import is_quoted, without_quotes
from microsite.records.schema import TYPES
from microsite.records.source import Entry, Node
from microsite.records.translations import check_shared_words, check_words
from microsite.values import dataclass

# Rules about photos and marks that keep nothing from being shown
DOUBTS = {"mark-elsewhere", "mark-expired", "mark-expires", "photo-smallish"}
MOST_NAMED = 8  # keys that a message lists; who wants all looks into the folder
SOURCED = ("enterprise", "product", "partner", "article")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link in prose to another entry, or to a photo (`kind` "photo", the file as `slug`)."""

    kind: str
    slug: str
    line: int  # in the file
    column: int


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may refer to, whether or not it could be read.

    An entry whose file has a fault of its own is known, so that nothing else is blamed for it.
    """

    keys: Collection[Key]
    categories: Collection[str] | None  # None: taxonomy.yaml could not be read
    places: Collection[str] | None
    # Path below assets/photos/ -> what it measures, or why it cannot be used
    photos: Mapping[str, Size | Fault]
    photo_folder: str = "assets/photos"  # as the caller would open it

    def of(self, type: str) -> list[str] | None:
        """The keys of one type, sorted; None where they are not known."""
        if type == "category":
            return None if self.categories is None else sorted(self.categories)
        if type == "place":
            return None if self.places is None else sorted(self.places)
        return sorted(slug for found, slug in self.keys if found == type)


def check_entry(one: Checked, today: dt.date) -> Iterator[Problem]:
    """What is wrong between the fields of one entry in the source language."""
    entry, values = one.entry, one.values
    starts, ends = values.get("publish_date"), values.get("expiry_date")
    if starts and ends and ends <= starts:
        message = N_("The entry is taken down before it is published.")
        mend = N_("`expiry_date` is the first day on which it is gone.")
        yield entry.problem(
            Fault("expiry-before-publish", message, mend), entry.fields["expiry_date"]
        )
    event = values.get("event") or {}
    if event.get("end") and event.get("date") and event["end"] < event["date"]:
        message = N_("The event ends before it begins.")
        fault = Fault("event-backwards", message, N_("Check both dates."))
        yield entry.problem(fault, below(entry.fields["event"], "end"))
    yield from _check_variants(entry, values)
    yield from _check_marks(one, today)
    for name, by in (("photos", "file"), ("variants", "key")):
        yield from check_repeated(entry, values, name, by)


def _check_marks(one: Checked, today: dt.date) -> Iterator[Problem]:
    entry, kind = one.entry, one.values.get("kind", "goods")
    for node, mark in groups_in(entry, one.values, "marks"):
        typed = node.value if isinstance(node.value, dict) else {}
        if "kind" not in mark or unread(typed, mark):
            continue
        try:
            check_mark(mark)
            check_day(mark, today)
            if "kind" not in unread(entry.fields, one.values):
                check_bearer(mark, entry.type, kind)
        except Fault as fault:
            level: Level = "warning" if fault.rule in DOUBTS else "error"
            at = below(node, str(fault.values.get("name", "number")))
            yield entry.problem(fault, at, level=level)


def _check_variants(entry: Entry, values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("variants") and "price" in values:
        message = N_("The price is stated twice: here and in the variants.")
        mend = N_("Delete `price`; the range is taken from the variants.")
        yield entry.problem(
            Fault("price-beside-variants", message, mend),
            entry.fields["price"],
            at_key=True,
            width=len("price"),
        )


def check(
    checked: Sequence[Checked],
    languages: Sequence[str],
    known: Known,
    references: Mapping[str, Sequence[Reference]],
    *,
    taken: Collection[str],
    today: dt.date,
    drafts: bool,
) -> Iterator[Problem]:
    """Everything that is wrong with entries as a whole and between them.

    `references` are the links and photos in the prose of each file; `taken` are slugs that a
    page may not have because the site uses them.
    """
    source = languages[0]
    facts = {one.key: one for one in checked if one.entry.language == source}
    hidden = hidden_keys(
        {key: one.values for key, one in facts.items()}, today=today, drafts=drafts
    )
    known = _without_unread(known, facts.get(("taxonomy", "taxonomy")))
    terms = {term for key, one in facts.items() if key not in hidden for term in _terms_of(one)}
    everything = set(known.keys) <= facts.keys()  # a file that is not read may fill a category
    for one in checked:
        entry = one.entry
        if entry.language == source:
            yield from check_entry(one, today)
            yield from check_photos(one, known.photos)
            if entry.type in SOURCED and one.key not in hidden:
                yield from _check_sources(one)
            if entry.type == "page" and entry.slug in taken:
                message = N_("A page cannot be called “{slug}”: the site has a page of that name.")
                mend = N_("Give the file another name.")
                yield entry.problem(Fault("page-taken", message, mend, slug=entry.slug))
        elif one.key in facts:
            yield from check_words(one, facts[one.key])
            yield from check_borrowed(one, facts[one.key], known.photos)
        elif entry.language and entry.type != "site" and one.key not in known.keys:
            message = N_("The entry has no file in the source language, where its facts stand.")
            mend = N_("Add {file}, or delete this file.")
            file = entry.file.replace(f"/{entry.language}/", f"/{source}/", 1)
            yield entry.problem(Fault("source-missing", message, mend, file=file))
        yield from check_letters(entry)
        yield from check_signs(entry)
        if entry.type == "product" and one.key in facts and one.key not in hidden:
            yield from check_claims(entry, facts[one.key].values.get("kind", "goods"))
            yield from check_offer(one)
        yield from _check_keys(one, known, hidden)
        for reference in references.get(entry.file, ()):
            yield from _check_reference(
                one, reference, known, hidden, terms if everything else None
            )
    yield from _check_names([one for one in checked if one.key not in hidden])
    yield from check_shared_words(
        checked, facts, languages, has_site=("site", "site") in known.keys
    )


def _without_unread(known: Known, taxonomy: Checked | None) -> Known:
    """Known, but for groups of taxonomy.yaml that are there and could not be read."""
    if taxonomy is None:
        return known
    names = unread(taxonomy.entry.fields, taxonomy.values)
    return replace(
        known,
        categories=None if "categories" in names else known.categories,
        places=None if "places" in names else known.places,
    )


def _terms_of(one: Checked) -> Iterator[Key]:
    """The category or place on whose page the record stands."""
    for name in ("category", "place"):
        if name in one.values:
            yield name, one.values[name]


def _check_sources(one: Checked) -> Iterator[Problem]:
    typed = one.entry.fields.get("sources")
    if typed is None or typed.is_empty:
        message = N_("Nothing says where these facts come from.")
        mend = N_("Add `sources:` with an address or a few words.")
        yield one.entry.problem(Fault("sources-missing", message, mend), level="warning")


def _check_keys(one: Checked, known: Known, hidden: set[Key]) -> Iterator[Problem]:
    entry = one.entry
    for name, field in fields_of(TYPES[entry.type]).items():
        if not isinstance(field.kind, Kind) or not field.kind.refers_to or name not in one.values:
            continue
        node = entry.fields[name]
        nodes = node.value if isinstance(node.value, list) else [node]
        for item in nodes:
            if not isinstance(item, Node) or not isinstance(item.value, str):
                continue
            slug = item.value.strip()
            if slug:
                yield from _check_key(entry, field.kind.refers_to, slug, item, known)
            key = (field.kind.refers_to, slug)
            if key in hidden and one.key not in hidden | {key}:
                yield entry.problem(_not_on_site(slug), item, level="warning")
            elif key in hidden and name == "enterprise" and not one.values.get("draft"):
                message = N_("The product is not on the site, since its maker “{slug}” is not.")
                mend = N_("Publish the maker, or mark the product as a draft.")
                fault = Fault("maker-not-on-site", message, mend, slug=slug)
                yield entry.problem(fault, item, level="warning")


def _check_key(entry: Entry, type: str, slug: str, node: Node, known: Known) -> Iterator[Problem]:
    if (type, slug) in known.keys:  # most are there, and sorting all keys takes its time
        return
    keys = known.of(type)
    if keys is not None and slug not in keys:
        yield entry.problem(_unknown(type, slug, keys), node)


def _check_reference(
    one: Checked, reference: Reference, known: Known, hidden: set[Key], terms: set[Key] | None
) -> Iterator[Problem]:
    is_photo = reference.kind == "photo"
    typed = reference.slug if is_photo else f"{reference.kind}:{reference.slug}"
    at = (reference.line, reference.column, len(typed))
    if is_photo:
        for fault in faults_of(reference.slug, known.photos):
            level: Level = "warning" if fault.rule in DOUBTS else "error"
            yield one.entry.problem_at(fault, *at, level=level)
        return
    key, keys = (reference.kind, reference.slug), known.of(reference.kind)
    if keys is not None and reference.slug not in keys:
        yield one.entry.problem_at(_unknown(reference.kind, reference.slug, keys), *at)
    elif one.key in hidden:
        return
    elif key in hidden:
        yield one.entry.problem_at(_not_on_site(reference.slug), *at, level="warning")
    elif reference.kind in {"category", "place"} and terms is not None and key not in terms:
        message = N_("There is nothing in “{slug}” yet, so it has no page for this link.")
        fault = Fault(
            "nothing-there",
            message,
            N_("Take the link out, or leave it for later."),
            slug=reference.slug,
        )
        yield one.entry.problem_at(fault, *at, level="warning")


def check_idle_photos(
    checked: Sequence[Checked], known: Known, references: Mapping[str, Sequence[Reference]]
) -> Sequence[Problem]:
    """Warnings for photos that nothing shows, where nothing else is wrong.

    A slip elsewhere may be why a photo is idle: its name misspelt, its entry not to be read.
    """
    used = {photo["file"] for one in checked for photo in one.values.get("photos", ())}
    used |= {one.slug for found in references.values() for one in found if one.kind == "photo"}
    return check_unused(known.photos, used, known.photo_folder)


def _check_names(checked: Sequence[Checked]) -> Iterator[Problem]:
    """A warning for each entry that is called like an earlier one of its type and language."""
    first: dict[tuple[str, str, str], str] = {}
    for one in sorted(checked, key=lambda one: one.entry.file):
        field = "title" if "title" in one.values else "name"
        name, entry = one.values.get(field), one.entry
        if name is None or entry.type in {"site", "taxonomy"}:
            continue
        other = first.setdefault((entry.type, entry.language, search_key(name)), entry.file)
        if other != entry.file:
            message = N_("“{name}” is what {other} is called, too.")
            mend = N_("Tell the two apart by size, sort or maker; or delete one of them.")
            fault = Fault("name-twice", message, mend, name=name, other=other)
            yield entry.problem(fault, entry.fields[field], level="warning")


def _unknown(type: str, slug: str, keys: list[str]) -> Fault:
    near = did_you_mean(slug, keys)
    messages = {
        "enterprise": N_("There is no enterprise “{slug}”."),
        "product": N_("There is no product “{slug}”."),
        "partner": N_("There is no partner “{slug}”."),
        "article": N_("There is no article “{slug}”."),
        "page": N_("There is no page “{slug}”."),
        "category": N_("There is no category “{slug}” in taxonomy.yaml."),
        "place": N_("There is no place “{slug}” in taxonomy.yaml."),
    }
    if near:
        mend = N_("Did you mean “{near}”?")
    elif len(keys) > MOST_NAMED:
        mend = N_("There are {count}, such as {keys}.")
    else:
        mend = N_("There are: {keys}.") if keys else N_("Add it first.")
    named = {"near": near, "keys": ", ".join(keys[:MOST_NAMED]), "count": len(keys)}
    fault = Fault(f"unknown-{type}", messages[type], mend, slug=slug, **named)
    return without_quotes(fault) if is_quoted(slug) else fault


def _not_on_site(slug: str) -> Fault:
    message = N_("“{slug}” is not on the site today, so nothing leads to it.")
    mend = N_("Publish it, or take it out here.")
    return Fault("not-on-site", message, mend, slug=slug)
