"""Of which type a sheet is: by the keys of its columns, whatever somebody has called it."""

from __future__ import annotations

from collections.abc import Iterable

from microsite.editing.columns import SLUG, columns_of
from microsite.records.schema import FOLDERS


def sheet_name(type: str) -> str:
    """What the sheet of a type is called."""
    return next(folder for folder, (name, _) in FOLDERS.items() if name == type).capitalize()


def titled(title: str) -> str:
    """The type whose sheet is called so, or ""."""
    types = (type for type, _ in FOLDERS.values())
    return next((one for one in types if sheet_name(one).casefold() == title.casefold()), "")


def type_of_sheet(title: str, keys: Iterable[str]) -> str:
    """The type with the most of these keys; of equals the one in the title, else ""."""
    said = {key.partition(" [")[0] for key in keys}  # `name [en]`: in every language one field
    by_title = titled(title)
    if SLUG not in said:
        return by_title
    found = {type: len(said & _keys(type)) for type, _ in FOLDERS.values()}
    most = max(found.values())
    best = [type for type, count in found.items() if count == most]
    return best[0] if len(best) == 1 and most > 1 else by_title


def _keys(type: str) -> set[str]:
    return {column.key for column in columns_of(type, ("",))}
