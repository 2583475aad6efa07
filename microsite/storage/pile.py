"""Pile: long texts one behind the other in a file, each found again by its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from microsite.digest import digest
from microsite.storage.whole import write_whole

Spot = tuple[int, int, str]  # where a text begins, its length in bytes, its fingerprint


def is_shared() -> bool:
    """Whether several processes may put at the same time: Windows looks for the end first."""
    return sys.platform != "win32"


def put(place: str, texts: Sequence[bytes], *, anew: bool = False) -> list[Spot] | None:
    """Where each of the texts lies now; None where the disk does not let us keep them.

    `anew`: nothing that lay there is wanted any more. Else several processes may put at the same
    time where the pile `is_shared`: the system lays what is added in one go one behind the other.
    """
    data = b"".join(texts)
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if anew:
            start = 0
            write_whole(place, data)
        else:
            with open(place, "ab", buffering=0) as file:
                if file.write(data) != len(data):
                    return None
                start = file.tell() - len(data)
    except OSError:
        return None
    spots: list[Spot] = []
    for text in texts:
        spots.append((start, len(text), digest(text)))
        start += len(text)
    return spots


def take(place: str, spot: Spot) -> bytes | None:
    """The text that lies there; None if a single bit is not as it was."""
    start, length, fingerprint = spot
    with suppress(OSError), open(place, "rb", buffering=0) as file:
        file.seek(start)
        text = file.read(length)
        if digest(text) == fingerprint:
            return text
    return None


def size(place: str) -> int:
    """Bytes in the pile."""
    try:
        return os.stat(place).st_size
    except OSError:
        return 0
