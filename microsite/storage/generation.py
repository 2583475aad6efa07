"""Generation: what is counted on when nobody may use any more what he holds of a folder."""

from __future__ import annotations

import os
from contextlib import suppress

from microsite.storage.whole import read_whole, write_plain

_NAME = "generation"


def generation(folder: str) -> str:
    """Another text than ever before as soon as somebody has counted on; "" where nobody has."""
    place = f"{folder}/{_NAME}"
    try:
        number, found = read_whole(place, 20).decode("ascii", "replace"), os.lstat(place)
    except OSError:
        return ""
    # A folder that was emptied counts from the beginning.
    return f"{number} {found.st_mtime_ns} {found.st_ino}"


def count_on(folder: str) -> str:
    """The generation that begins now."""
    number = generation(folder).partition(" ")[0]
    with suppress(OSError):
        os.unlink(f"{folder}/{_NAME}")  # which a full disk allows, too
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        following = int(number) + 1 if number.isdecimal() else 1
        write_plain(f"{folder}/{_NAME}", str(following).encode())
    return generation(folder)
