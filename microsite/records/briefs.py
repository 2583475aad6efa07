"""An entry in brief: what others must know of it without reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from microsite.digest import digest
from microsite.language.writing import search_key
from microsite.problems import Place
from microsite.records.declarations import fields_of
from microsite.records.fields import Checked, Values, missing_words
from microsite.records.kinds import Kind
from microsite.records.schema import TYPES
from microsite.records.source import Node

Key = tuple[str, str]  # record type and slug
PRINT = 16  # hex digits of a fingerprint; two of ten million texts are told apart
# Facts by which entries are listed, grouped, hidden and found again
FACTS = (
    "draft",
    "publish_date",
    "expiry_date",
    "order",
    "date",
    "featured",
    "availability",
    "enterprise",
    "enterprises",
    "category",
    "place",
    "aliases",
)


class Mention(Struct, frozen=True):
    """A place where an entry names another, or a category or place."""

    type: str
    slug: str
    place: Place
    width: int  # characters
    is_maker: bool = False  # in `enterprise` of a product


class Brief(Struct, frozen=True):
    """One entry in all its languages; each mapping is by language."""

    type: str
    slug: str
    facts: Values  # those of FACTS that are stated
    is_priced: bool  # whether a price is stated, its own or that of a variant
    is_checked: bool  # whether its maker has confirmed it
    has_marks: bool  # which are looked at with the calendar
    files: Mapping[str, str]  # as the caller would open them
    names: Mapping[str, str]  # name or title
    name_keys: Mapping[str, str]  # what names that readers would call the same share
    name_places: Mapping[str, tuple[int, int, int]]  # line, column and width of the name
    translated: tuple[str, ...]  # languages that have all the words they need
    with_body: tuple[str, ...]  # languages that have a text of their own
    values: Mapping[str, str]  # fingerprints of what the fields say
    bodies: Mapping[str, str]  # fingerprints of texts
    mentions: tuple[Mention, ...]
    photos: tuple[str, ...]  # in fields and texts

    @property
    def key(self) -> Key:
        """What identifies the record in all languages."""
        return self.type, self.slug


def is_known_alike(one: Brief | None, other: Brief | None) -> bool:
    """Whether others know the same of two briefs: both differ at most in words of their own."""
    if one is None or other is None:
        return one is other

    def known(brief: Brief) -> tuple[Brief, object]:
        named = [(at.type, at.slug, at.place.file, at.is_maker) for at in brief.mentions]
        return replace(brief, values={}, bodies={}, mentions=()), named

    return known(one) == known(other)


def brief_of(
    found: Mapping[str, Checked],
    source: str,
    written: Mapping[str, str],
    mentions: Iterable[Mention] = (),
    photos: Iterable[str] = (),
) -> Brief:
    """The brief of an entry that was read.

    `written` are its values as text, by language; `mentions` and `photos` those in its texts.
    """
    first = found[source]
    values = first.values
    prices = [values.get("price"), *(one.get("price") for one in values.get("variants", ()))]
    named = {
        tag: "title" if "title" in one.values else "name"
        for tag, one in found.items()
        if "title" in one.values or "name" in one.values
    }
    nodes = {tag: found[tag].entry.fields[name] for tag, name in named.items()}
    bodies = {tag: one.entry.body for tag, one in found.items() if one.entry.body.strip()}
    shown = (
        photo["file"]
        for one in found.values()
        for photo in one.values.get("photos", ())
        if "file" in photo
    )
    return Brief(
        *first.key,
        facts={name: values[name] for name in FACTS if name in values},
        is_priced=any(prices),
        is_checked="checked" in values,
        has_marks="marks" in values,
        files={tag: one.entry.file for tag, one in found.items()},
        names={tag: found[tag].values[name] for tag, name in named.items()},
        name_keys={tag: search_key(found[tag].values[name]) for tag, name in named.items()},
        name_places={tag: (node.line, node.column, node.width) for tag, node in nodes.items()},
        translated=tuple(
            tag
            for tag, one in found.items()
            if one is first or not missing_words(TYPES[first.entry.type], one.values)
        ),
        with_body=tuple(bodies),
        values={tag: digest(text)[:PRINT] for tag, text in written.items()},
        bodies={tag: digest(body)[:PRINT] for tag, body in bodies.items()},
        mentions=(*_mentions_in(first), *mentions),
        photos=tuple(sorted({*shown, *photos})),
    )


def keys_in(one: Checked) -> Iterator[tuple[str, str, Node]]:
    """Each field that names others, the type that it names, and where one is named."""
    for name, type in _naming(one.entry.type):
        if name not in one.values:
            continue
        node = one.entry.fields[name]
        for item in node.value if isinstance(node.value, list) else [node]:
            if isinstance(item, Node) and isinstance(item.value, str) and item.value.strip():
                yield name, type, item


@cache
def _naming(type: str) -> tuple[tuple[str, str], ...]:
    """The fields of a type that name others, and the type that each names."""
    kinds = {name: field.kind for name, field in fields_of(TYPES[type]).items()}
    return tuple(
        (name, kind.refers_to)
        for name, kind in kinds.items()
        if isinstance(kind, Kind) and kind.refers_to
    )


def _mentions_in(one: Checked) -> Iterator[Mention]:
    """Records that the fields name; a category or place of a record has the record in it."""
    for name, type, node in keys_in(one):
        if type in TYPES and isinstance(node.value, str):
            place = Place(one.entry.file, node.line, node.column)
            is_maker = name == "enterprise"
            yield Mention(type, node.value.strip(), place, node.width, is_maker)
