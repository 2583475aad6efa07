"""Cache: results by key, each in a file of its own; whatever is odd about one, it is not there."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable

from microsite.storage.whole import read_whole, seal, unseal, write_whole

_SHELF = re.compile(r"[0-9a-f]{2}")
_OURS = re.compile(
    r"[0-9a-f]+(\.[0-9]+-[0-9]+\.new)?"
)  # with what a killed build left half-written


def load(folder: str, key: str) -> bytes | None:
    """What was saved under the key, a digest; None if it is missing or damaged in any way."""
    try:
        return unseal(key, read_whole(_place(folder, key)))
    except OSError:
        return None


def save(folder: str, key: str, value: bytes) -> None:
    """Keep the value for a later build, if the disk lets us: a build can do without."""
    place = _place(folder, key)
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        write_whole(place, seal(key, value))


def drop(folder: str, keys: Iterable[str]) -> None:
    """Remove what was saved under these keys."""
    for key in keys:
        with contextlib.suppress(OSError):
            os.unlink(_place(folder, key))


def keep_only(folder: str, keys: Collection[str]) -> None:
    """Remove what was saved under other keys; nothing that `save` cannot have written."""
    wanted = frozenset(keys)
    for shelf in _names(folder, _SHELF):
        unused = [name for name in _names(f"{folder}/{shelf}", _OURS) if name not in wanted]
        for name in unused:
            if name.startswith(shelf):
                with contextlib.suppress(OSError):
                    os.unlink(f"{folder}/{shelf}/{name}")
        with contextlib.suppress(OSError):  # others may still need the folder
            os.rmdir(f"{folder}/{shelf}")


def _place(folder: str, key: str) -> str:
    return f"{folder}/{key[:2]}/{key}"


def _names(folder: str, pattern: re.Pattern[str]) -> list[str]:
    if os.path.islink(folder):
        return []
    try:
        return sorted(name for name in os.listdir(folder) if pattern.fullmatch(name))
    except OSError:
        return []
