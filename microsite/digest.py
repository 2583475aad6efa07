"""One hash for values and bytes: what names hashed files and tells one content from another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from msgspec import Struct


def digest(*values: object) -> str:
    """32 hex digits that differ when any value differs, in content or in type.

    Takes None, booleans, numbers, text, bytes, dates, Structs, and lists, tuples and mappings
    of these (mappings in any order). Everything else is refused with a TypeError: a digest of a
    value that cannot be told from another would let an old page stand.
    """
    state = blake2b(digest_size=16)
    for value in values:
        state.update(_bytes(value))
    return state.hexdigest()


def _bytes(value: object) -> bytes:
    match value:
        case bytes():
            body, kind = value, b"b"
        case str():
            body, kind = value.encode("utf-8", "surrogatepass"), b"s"
        case None | bool() | int() | float() | Decimal() | date():
            body, kind = f"{type(value).__name__} {value}".encode(), b"v"
        case list() | tuple():
            body, kind = b"".join(map(_bytes, value)), b"l"
        case Mapping():
            pairs = sorted((_bytes(key), _bytes(item)) for key, item in value.items())
            body, kind = b"".join(key + item for key, item in pairs), b"m"
        case Struct():
            fields = [getattr(value, name) for name in value.__struct_fields__]
            body, kind = _bytes(type(value).__name__) + _bytes(fields), b"d"
        case _:
            raise TypeError(f"no digest for {type(value).__name__}")
    return kind + str(len(body)).encode() + b":" + body
