"""An entry in brief: what others must know of it without reading it."""

from __future__ import annotations

from collections.abc import Mapping

from microsite.digest import digest
from microsite.records.fields import Checked, Values, missing_words
from microsite.records.schema import TYPES
from microsite.values import dataclass

Key = tuple[str, str]  # record type and slug
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


@dataclass(frozen=True, slots=True)
class Brief:
    """One entry in all its languages; each mapping is by language."""

    type: str
    slug: str
    facts: Values  # those of FACTS that are stated
    is_priced: bool  # whether a price is stated, its own or that of a variant
    is_checked: bool  # whether its maker has confirmed it
    files: Mapping[str, str]  # as the caller would open them
    names: Mapping[str, str]  # name or title
    translated: tuple[str, ...]  # languages that have all the words they need
    with_body: tuple[str, ...]  # languages that have a text of their own
    values: Mapping[str, str]  # fingerprints of what the fields say
    bodies: Mapping[str, str]  # fingerprints of texts

    @property
    def key(self) -> Key:
        """What identifies the record in all languages."""
        return self.type, self.slug


def brief_of(found: Mapping[str, Checked], source: str, written: Mapping[str, str]) -> Brief:
    """The brief of an entry that was read; `written` are its values as text, by language."""
    first = found[source]
    values = first.values
    prices = [values.get("price"), *(one.get("price") for one in values.get("variants", ()))]
    record_type = TYPES[first.entry.type]
    return Brief(
        *first.key,
        facts={name: values[name] for name in FACTS if name in values},
        is_priced=any(prices),
        is_checked="checked" in values,
        files={tag: one.entry.file for tag, one in found.items()},
        names={
            tag: one.values["title" if "title" in one.values else "name"]
            for tag, one in found.items()
            if "title" in one.values or "name" in one.values
        },
        translated=tuple(
            tag
            for tag, one in found.items()
            if one is first or not missing_words(record_type, one.values)
        ),
        with_body=tuple(tag for tag, one in found.items() if one.entry.body.strip()),
        values={tag: digest(text) for tag, text in written.items()},
        bodies={
            tag: digest(one.entry.body) for tag, one in found.items() if one.entry.body.strip()
        },
    )
