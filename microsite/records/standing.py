"""How far the content is: what is translated, outdated, without a price, never confirmed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.briefs import Brief, Key
from microsite.records.fields import Checked, missing_words
from microsite.records.ledger import Outdated
from microsite.records.library import Library
from microsite.records.said import entry_name, said_in
from microsite.records.schema import TYPES

COUNTED = ("translated", "missing", "outdated")


class Count(Struct, frozen=True):
    """Entries of one type in one further language, drafts among them."""

    language: str
    type: str
    translated: int  # the outdated ones among them
    missing: int
    outdated: int


class Late(Struct, frozen=True):
    """A translation whose source text has changed since, with the fields that are concerned."""

    language: str
    entry: str  # folder and slug, such as products/dried-squid
    file: str
    fields: tuple[Outdated, ...]


class Missing(Struct, frozen=True):
    """Words that a language lacks and borrows."""

    language: str
    entry: str
    source_file: str
    file: str  # of the translation; "" where there is none
    fields: tuple[str, ...]  # as `said.said_in` names them


class Standing(Struct, frozen=True):
    """What there is still to do, in the order of languages, types and file names."""

    counts: tuple[Count, ...]
    outdated: tuple[Late, ...]
    missing: tuple[Missing, ...]  # entries that are not translated
    borrowed: tuple[Missing, ...]  # words that are missing in entries that are
    without_price: tuple[str, ...]  # files of products on the site
    never_checked: tuple[str, ...]  # files of makers and products on the site


def stand(checked: Iterable[Checked], library: Library, outdated: Sequence[Outdated]) -> Standing:
    """What there is still to do in valid content."""
    found: dict[Key, dict[str, Checked]] = defaultdict(dict)
    for one in checked:
        found[one.key][one.entry.language] = one
    types = list(TYPES)
    keys = sorted(found, key=lambda key: (types.index(key[0]), key[1]))
    source, *others = library.languages
    late = _late(outdated)
    counts: Counter[tuple[str, str, str]] = Counter()
    lists: dict[str, list[Missing]] = {"missing": [], "partly": []}
    lates: list[Late] = []
    for tag in others:
        for key in keys:
            if source not in found[key]:
                continue
            own = found[key].get(tag)
            lacking = _lacking(found[key][source], own, tag)
            is_missing = own is None or bool(missing_words(TYPES[key[0]], own.values))
            if lacking.fields:
                lists["missing" if is_missing else "partly"].append(lacking)
            counts[tag, key[0], "missing" if is_missing else "translated"] += 1
            if one_late := late.get((tag, lacking.entry)):
                counts[tag, key[0], "outdated"] += not is_missing
                lates.append(one_late)
    return Standing(
        counts=tuple(
            Count(tag, type, *(counts[tag, type, what] for what in COUNTED))
            for tag in others
            for type in types
            if counts[tag, type, "translated"] or counts[tag, type, "missing"]
        ),
        outdated=tuple(lates),
        missing=tuple(lists["missing"]),
        borrowed=tuple(lists["partly"]),
        without_price=_files(library, "product", _has_no_price),
        never_checked=(
            *_files(library, "enterprise", _is_unconfirmed),
            *_files(library, "product", _is_unconfirmed),
        ),
    )


def note_prices(library: Library, file: str) -> list[Problem]:
    """One note for the site, at the first line of `file`, where products have no price.

    Who sells online has to show the price of each thing, or is fined up to 10,000 baht (Central
    Committee on Prices of Goods and Services, notices 102 of 2562 and 70 of 2563).
    """
    count = len(_files(library, "product", _has_no_price))
    if not count:
        return []
    message = N_("Products on the site without a price: {count}.")
    mend = N_("Shops online have to show prices; `python build.py status` lists the products.")
    fault = Fault("products-without-price", message, mend, count=count)
    return [problem_of(fault, Place(file), level="note")]


def _late(outdated: Iterable[Outdated]) -> dict[tuple[str, str], Late]:
    by_entry: dict[tuple[str, str], list[Outdated]] = defaultdict(list)
    for one in outdated:
        by_entry[one.pair.language, one.pair.entry].append(one)
    return {
        key: Late(*key, file=fields[0].pair.file, fields=tuple(fields))
        for key, fields in by_entry.items()
    }


def _lacking(source: Checked, own: Checked | None, tag: str) -> Missing:
    has = said_in(own) if own else {}
    return Missing(
        language=tag,
        entry=entry_name(*source.key),
        source_file=source.entry.file,
        file=own.entry.file if own else "",
        fields=tuple(name for name in said_in(source) if name not in has),
    )


def _has_no_price(brief: Brief) -> bool:
    """Whether it is offered and no price is stated, neither its own nor that of a variant."""
    return not brief.is_priced and brief.facts.get("availability") != "discontinued"


def _is_unconfirmed(brief: Brief) -> bool:
    return not brief.is_checked


def _files(library: Library, type: str, is_meant: Callable[[Brief], bool]) -> tuple[str, ...]:
    """The source files of records on the site, in order of name."""
    return tuple(sorted(library.file(one.key) for one in library.on_site(type) if is_meant(one)))
