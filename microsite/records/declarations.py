"""How a field is declared: its kind, word or fact, label and help; and what a type declares."""

from __future__ import annotations

import functools
from typing import Any, TypeVar, dataclass_transform

from msgspec import NODEFAULT, Struct, defstruct

from microsite.records.kinds import YES_NO, Kind

_OF_ANY_CLASS = ("__dict__", "__weakref__")


class Field(Struct, frozen=True):
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
    return field  # until `declaring` takes it for what the field is without a value


T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def declaring(type: type[T]) -> type[T]:
    """The type as a frozen Struct with its declared fields, told by name only."""
    inside = {name: value for name, value in vars(type).items() if name not in _OF_ANY_CLASS}
    fields: list[Any] = []
    declared: dict[str, Field] = {}
    for name, said in inside.pop("__annotations__").items():
        default = inside.pop(name, NODEFAULT)
        if isinstance(default, Field):
            declared[name], default = default, _without_value(default)
        fields.append((name, said, default))
    namespace = {**inside, "_declared": declared}
    module = inside["__module__"]
    return defstruct(  # type: ignore[return-value] # it is the type, made anew
        type.__name__, fields, namespace=namespace, module=module, frozen=True, kw_only=True
    )


def fields_of(type: type) -> dict[str, Field]:
    """The declared fields of a record type or group, by name, in their order."""
    found: dict[str, Field] = getattr(type, "_declared", {})
    return found


@functools.cache
def has_words(type: type) -> bool:
    """Whether a group holds anything that each language says for itself."""
    return any(field.is_word for field in fields_of(type).values())


def _without_value(field: Field) -> object:
    if field.many or field.keyed:
        return ()
    return False if field.kind is YES_NO else None
