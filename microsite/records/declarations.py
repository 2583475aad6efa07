"""How a field is declared: its kind, word or fact, label and help; and what a type declares."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any

from microsite.records.kinds import YES_NO, Kind


@dataclass(frozen=True, slots=True)
class Field:
    """What is declared of one field."""

    kind: Kind | type  # of a single value: a kind, or the type of a group of fields
    label: str  # message id
    help: str = ""  # message id
    is_word: bool = False  # said in each language, or a fact stated once in the source language
    required: bool = False
    many: bool = False  # a list of such values
    keyed: bool = False  # such values by key
    joined_by: str = ""  # field by which a list of groups is joined across languages


def word(kind: Kind, label: str, help: str = "", *, required: bool = False) -> Any:
    """A field that each language says in its own words."""
    return declared(Field(kind, label, help, is_word=True, required=required))


def fact(
    kind: Kind | type,
    label: str,
    help: str = "",
    *,
    required: bool = False,
    many: bool = False,
    keyed: bool = False,
    joined_by: str = "",
) -> Any:
    """A field that is stated once, in the source language."""
    return declared(Field(kind, label, help, False, required, many, keyed, joined_by))


def declared(field: Field) -> Any:
    """A field of a record, declared by a value that several record types may share."""
    many = field.many or field.keyed
    default: Any = () if many else False if field.kind is YES_NO else None
    return dataclasses.field(default=default, metadata={"declared": field})


@functools.cache
def fields_of(type: type) -> dict[str, Field]:
    """The declared fields of a record type or group, by name, in their order."""
    return {
        field.name: field.metadata["declared"]
        for field in dataclasses.fields(type)
        if "declared" in field.metadata
    }


@functools.cache
def has_words(type: type) -> bool:
    """Whether a group holds anything that each language says for itself."""
    return any(field.is_word for field in fields_of(type).values())
