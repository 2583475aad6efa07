"""What is wrong with an entry as a whole, and between entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from microsite.problems import N_, Fault, Problem
from microsite.records.fields import Checked
from microsite.records.groups import below, check_repeated, groups_in, unread
from microsite.records.kinds import Kind, did_you_mean
from microsite.records.library import Key, hidden_keys
from microsite.records.marks import check_mark
from microsite.records.schema import TYPES, fields_of
from microsite.records.source import Entry, Node
from microsite.records.translations import check_shared_words, check_words

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
    photos: Mapping[str, Fault | None]  # path below assets/photos/ -> why it cannot be used

    def of(self, type: str) -> list[str] | None:
        """The keys of one type, sorted; None where they are not known."""
        if type == "category":
            return None if self.categories is None else sorted(self.categories)
        if type == "place":
            return None if self.places is None else sorted(self.places)
        return sorted(slug for found, slug in self.keys if found == type)


def check_entry(one: Checked) -> Iterator[Problem]:
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
    for node, mark in groups_in(entry, values, "marks"):
        typed = node.value if isinstance(node.value, dict) else {}
        if "kind" in mark and not unread(typed, mark):
            try:
                check_mark(mark)
            except Fault as fault:
                yield entry.problem(fault, below(node, str(fault.values.get("name", "number"))))
    for node, _ in groups_in(entry, values, "photos"):
        if below(node, "alt") is node or below(node, "alt").is_empty:
            message = N_("The photo has no `alt`, the words for people who cannot see it.")
            mend = N_("Add `alt: ` with what the photo shows.")
            yield entry.problem(Fault("photo-alt-missing", message, mend), node)
    for name, by in (("photos", "file"), ("variants", "key")):
        yield from check_repeated(entry, values, name, by)


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
            yield from check_entry(one)
            yield from check_photos(one, known)
            if entry.type in SOURCED and one.key not in hidden:
                yield from _check_sources(one)
            if entry.type == "page" and entry.slug in taken:
                message = N_("A page cannot be called “{slug}”: the site has a page of that name.")
                mend = N_("Give the file another name.")
                yield entry.problem(Fault("page-taken", message, mend, slug=entry.slug))
        elif one.key in facts:
            yield from check_words(one, facts[one.key])
        elif entry.language and entry.type != "site" and one.key not in known.keys:
            message = N_("The entry has no file in the source language, where its facts stand.")
            mend = N_("Add {file}, or delete this file.")
            file = entry.file.replace(f"/{entry.language}/", f"/{source}/", 1)
            yield entry.problem(Fault("source-missing", message, mend, file=file))
        yield from _check_keys(one, known, hidden)
        for reference in references.get(entry.file, ()):
            yield from _check_reference(
                one, reference, known, hidden, terms if everything else None
            )
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
        if reference.slug not in known.photos:
            near = did_you_mean(reference.slug, sorted(known.photos))
            yield one.entry.problem_at(photo_unknown(reference.slug, near), *at)
        elif (broken := known.photos[reference.slug]) is not None:
            yield one.entry.problem_at(broken, *at)
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


def check_photos(one: Checked, known: Known) -> Iterator[Problem]:
    """What is wrong with the photos that the fields of an entry name."""
    for node, photo in groups_in(one.entry, one.values, "photos"):
        file = photo.get("file")
        if file is None:
            continue
        if file not in known.photos:
            near = did_you_mean(file, sorted(known.photos))
            yield one.entry.problem(photo_unknown(file, near), below(node, "file"))
        elif (broken := known.photos[file]) is not None:
            yield one.entry.problem(broken, below(node, "file"))


def photo_unknown(file: str, near: str) -> Fault:
    """The fault of a photo that is not there."""
    message = N_("There is no photo assets/photos/{file}.")
    guess, otherwise = N_("Did you mean “{near}”?"), N_("Put the photo there, or correct the name.")
    mend = guess if near else otherwise
    return Fault("photo-unknown", message, mend, file=file, near=near)


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
    else:
        mend = N_("There are: {keys}.") if keys else N_("Add it first.")
    shown = ", ".join(keys[:20])
    return Fault(f"unknown-{type}", messages[type], mend, slug=slug, near=near, keys=shown)


def _not_on_site(slug: str) -> Fault:
    message = N_("“{slug}” is not on the site today, so nothing leads to it.")
    mend = N_("Publish it, or take it out here.")
    return Fault("not-on-site", message, mend, slug=slug)
