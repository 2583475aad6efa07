"""What is wrong with an entry as a whole, and between entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from microsite.problems import N_, Fault, Level, Problem
from microsite.records.briefs import Key, keys_in
from microsite.records.doubtful import check_claims, check_letters, check_signs, texts_in
from microsite.records.fields import Checked
from microsite.records.groups import below, check_repeated, groups_in, unread
from microsite.records.kinds import did_you_mean
from microsite.records.marks import check_bearer, check_day, check_mark
from microsite.records.offers import check_offer
from microsite.records.pictures import (
    Size,
    check_borrowed,
    check_photos,
    faults_of,
)
from microsite.records.quotes import is_quoted, without_quotes
from microsite.records.source import Entry, Node
from microsite.records.translations import check_shared_words, check_words

# Rules about photos and marks that keep nothing from being shown
DOUBTS = {"mark-elsewhere", "mark-expired", "mark-expires", "photo-smallish"}
MOST_NAMED = 8  # keys that a message lists; who wants all looks into the folder
SOURCED = ("enterprise", "product", "partner", "article")


class Reference(Struct, frozen=True):
    """A link in prose to another entry, or to a photo (`kind` "photo", the file as `slug`)."""

    kind: str
    slug: str
    line: int  # in the file
    column: int

    @property
    def width(self) -> int:
        """Characters of it as typed."""
        return len(self.slug) if self.kind == "photo" else len(f"{self.kind}:{self.slug}")


class Known(Struct, frozen=True):
    """What entries may refer to, whether or not it could be read.

    An entry whose file has a fault of its own is known, so that nothing else is blamed for it.
    """

    keys: Collection[Key]
    categories: Collection[str] | None  # None: taxonomy.yaml could not be read
    places: Collection[str] | None
    # Path below assets/photos/ -> what it measures, or why it cannot be used
    photos: Mapping[str, Size | Fault]
    photo_folder: str = "assets/photos"  # as the caller would open it

    def has(self, type: str, slug: str) -> bool:
        """Whether there is such an entry, category or place."""
        if type == "category":
            return slug in (self.categories or ())
        if type == "place":
            return slug in (self.places or ())
        return (type, slug) in self.keys

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


class Verdict(Struct, frozen=True):
    """What is wrong with an entry in all its languages."""

    problems: list[Problem]
    if_shown: list[Problem]  # these count only while it is on the site


def check_together(
    found: Mapping[str, Checked],
    source: str,
    known: Known,
    references: Mapping[str, Sequence[Reference]],
    *,
    taken: Collection[str],
    today: dt.date,
) -> Verdict:
    """What is wrong with one entry, as far as it can be told without reading others.

    `found` and `references`, the links and photos in its prose, are by language;
    `taken` are slugs that a page may not have because the site uses them.
    """
    verdict = Verdict([], [])
    facts = found.get(source)
    for tag, one in found.items():
        if tag == source:
            verdict.problems.extend(_check_source(one, known, taken, today))
            if one.entry.type in SOURCED:
                verdict.if_shown.extend(_check_sources(one))
        elif facts is not None:
            verdict.problems.extend(check_words(one, facts))
            verdict.problems.extend(check_borrowed(one, facts, known.photos))
        elif one.key not in known.keys:
            verdict.problems.append(_no_source(one.entry, source))
        texts = list(texts_in(one.entry))
        verdict.problems.extend(check_letters(one.entry, texts))
        verdict.problems.extend(check_signs(one.entry, texts))
        if one.entry.type == "product" and facts is not None:
            kind = facts.values.get("kind", "goods")
            verdict.if_shown.extend(check_claims(one.entry, texts, kind))
            verdict.if_shown.extend(check_offer(one))
        verdict.problems.extend(_check_keys(one, known))
        for reference in references.get(tag, ()):
            verdict.problems.extend(_check_reference(one, reference, known))
    return verdict


def check_shared(
    shared: Sequence[Checked], languages: Sequence[str], known: Known
) -> Iterator[Problem]:
    """What is wrong with site.yaml and taxonomy.yaml in all languages."""
    for one in shared:
        is_lost = one.entry.type == "taxonomy" and one.key not in known.keys
        if is_lost and one.entry.language != languages[0]:
            yield _no_source(one.entry, languages[0])
        texts = list(texts_in(one.entry))
        yield from check_letters(one.entry, texts)
        yield from check_signs(one.entry, texts)
    facts = {one.key: one for one in shared if one.entry.language == languages[0]}
    yield from check_shared_words(shared, facts, languages, has_site=("site", "site") in known.keys)


def _check_source(
    one: Checked, known: Known, taken: Collection[str], today: dt.date
) -> Iterator[Problem]:
    entry = one.entry
    yield from check_entry(one, today)
    yield from check_photos(one, known.photos)
    if entry.type == "page" and entry.slug in taken:
        message = N_("A page cannot be called “{slug}”: the site has a page of that name.")
        mend = N_("Give the file another name.")
        yield entry.problem(Fault("page-taken", message, mend, slug=entry.slug))


def _no_source(entry: Entry, source: str) -> Problem:
    message = N_("The entry has no file in the source language, where its facts stand.")
    mend = N_("Add {file}, or delete this file.")
    file = entry.file.replace(f"/{entry.language}/", f"/{source}/", 1)
    return entry.problem(Fault("source-missing", message, mend, file=file))


def without_unread(known: Known, taxonomy: Checked | None) -> Known:
    """Known, but for groups of taxonomy.yaml that are there and could not be read."""
    if taxonomy is None:
        return known
    names = unread(taxonomy.entry.fields, taxonomy.values)
    return replace(
        known,
        categories=None if "categories" in names else known.categories,
        places=None if "places" in names else known.places,
    )


def _check_sources(one: Checked) -> Iterator[Problem]:
    typed = one.entry.fields.get("sources")
    if typed is None or typed.is_empty:
        message = N_("Nothing says where these facts come from.")
        mend = N_("Add `sources:` with an address or a few words.")
        yield one.entry.problem(Fault("sources-missing", message, mend), level="warning")


def _check_keys(one: Checked, known: Known) -> Iterator[Problem]:
    for _, type, node in keys_in(one):
        yield from _check_key(one.entry, type, str(node.value).strip(), node, known)


def _check_key(entry: Entry, type: str, slug: str, node: Node, known: Known) -> Iterator[Problem]:
    if (type, slug) in known.keys:  # most are there, and sorting all keys takes its time
        return
    keys = known.of(type)
    if keys is not None and slug not in keys:
        yield entry.problem(_unknown(type, slug, keys), node)


def _check_reference(one: Checked, reference: Reference, known: Known) -> Iterator[Problem]:
    at = (reference.line, reference.column, reference.width)
    if reference.kind == "photo":
        for fault in faults_of(reference.slug, known.photos):
            level: Level = "warning" if fault.rule in DOUBTS else "error"
            yield one.entry.problem_at(fault, *at, level=level)
        return
    keys = known.of(reference.kind)
    if keys is not None and reference.slug not in keys:
        yield one.entry.problem_at(_unknown(reference.kind, reference.slug, keys), *at)


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
