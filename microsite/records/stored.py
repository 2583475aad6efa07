"""Values of an entry as text, for a later build, and back."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from microsite.records.fields import Values
from microsite.records.price import Price

_DAY, _PRICE = "\0day", "\0price"  # no field is called so


def write_values(values: Values) -> str:
    """JSON; `read_values` gives back equal values."""
    return _WRITER.encode(values)


def read_values(text: str) -> Values:
    """The values that were written.

    Raises:
        ValueError: it is no such text.
    """
    values: Values = _READER.decode(text)
    return values


def _written(value: object) -> dict[str, Any]:
    match value:
        case dt.date():
            return {_DAY: value.isoformat()}
        case Price():
            return {_PRICE: [str(value.low), str(value.high)]}
        case _:
            raise TypeError(f"no field has a value of type {type(value).__name__}")


def _read(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        if _DAY in found:
            return dt.date.fromisoformat(found[_DAY])
        if _PRICE in found:
            return Price(*map(Decimal, found[_PRICE]))
    return found


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_written)
_READER = json.JSONDecoder(object_hook=_read)
