"""Log: rows by name, kept by adding to the end of a file, so that a small change is soon written.

A file is a row of blocks, each a line with a checksum and a length, then JSON. What is damaged, and
all behind it, is not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct, json

from microsite.digest import digest
from microsite.storage.whole import read_whole, write_whole

Row = Sequence[Any]  # what JSON can hold


class Log(Struct, frozen=True):
    """What a log holds: the latest row of each name."""

    rows: dict[str, Row]
    is_tidy: bool  # whether adding to the file is better than writing it anew


def load(place: str, stamp: str) -> Log:
    """The log in a file; without rows where it is missing, of another stamp, or damaged."""
    try:
        data = read_whole(place)
    except OSError:
        return Log({}, False)
    rows: dict[str, Row] = {}
    count = at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        head = data[at:end].decode("ascii", "replace").split(" ")
        if end < 0 or len(head) != 2 or not head[1].isdecimal():
            break
        block = data[end + 1 : end + 1 + int(head[1])]
        if digest(stamp, block) != head[0]:
            break
        at = end + 1 + len(block)
        found = json.decode(block)
        count += len(found)
        rows.update((row.pop(0), row) for row in found)
    live = {name: row for name, row in rows.items() if row}
    return Log(live, at == len(data) and count <= 2 * len(live) + 100)


def save(place: str, stamp: str, before: Log, rows: Mapping[str, Row]) -> None:
    """Keep these rows for a later build, if the disk lets us; `before` is what `load` gave."""
    was = before.rows.get
    changed = {n: row for n, row in rows.items() if was(n) is not row and was(n) != row}
    gone = before.rows.keys() - rows.keys()
    with suppress(OSError):
        if not before.is_tidy:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_whole(place, _block(stamp, ([name, *row] for name, row in rows.items())))
        elif changed or gone:
            latest = [*([name, *row] for name, row in changed.items()), *([name] for name in gone)]
            with open(place, "ab") as file:
                file.write(_block(stamp, latest))


def _block(stamp: str, rows: Iterable[Row]) -> bytes:
    data = json.encode(list(rows))
    return f"{digest(stamp, data)} {len(data)}\n".encode() + data
