"""Log: tables of rows, kept by adding to the end of a file, so that a small change is soon written.

A file is a row of blocks, each a line with a checksum and a length, then JSON: the rows that have
come or changed, by table and name; one that is gone is empty. What is damaged, and all behind it,
is not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Raw, Struct, json

from microsite.digest import digest
from microsite.storage.whole import read_whole, write_whole

Row = Sequence[Any]  # what JSON can hold
Tables = Mapping[str, Mapping[str, Row]]
_GONE = b"[]"  # the row of a name that is gone


class Log(Struct, frozen=True):
    """What a log holds: the latest row of each name, by table."""

    tables: Tables
    count: int = 0  # rows in the file, with those that came later under the same name
    is_whole: bool = False  # whether all of the file could be read

    @property
    def is_tidy(self) -> bool:
        """Whether adding to the file is better than writing it anew."""
        return self.is_whole and _is_tidy(self.count, sum(map(len, self.tables.values())))

    def table(self, name: str) -> Mapping[str, Row]:
        """Its rows; none where there is no such table."""
        return self.tables.get(name, {})


def load(place: str, stamp: str) -> Log:
    """The log in a file; without rows where it is missing, of another stamp, or damaged."""
    data = _read(place)
    tables: dict[str, dict[str, Row]] = {}
    count = end = 0
    for block, end in _blocks(data, stamp):  # noqa: B007 # where the last one ends
        for table, rows in json.decode(block).items():
            count += len(rows)
            tables.setdefault(table, {}).update(rows)
    live = {table: _live(rows) for table, rows in tables.items()}
    return Log(live, count, is_whole=bool(data) and end == len(data))


def load_unread(place: str, stamp: str, table: str) -> dict[str, Raw]:
    """The latest rows of one table, each as JSON that is to be read when it is asked for.

    None of them where a part of the file is damaged, or it is too untidy to be added to.
    """
    rows: dict[str, Raw] = {}
    data, count, end = _read(place), 0, 0
    for block, end in _blocks(data, stamp):  # noqa: B007 # where the last one ends
        fresh = json.decode(block, type=dict[str, dict[str, Raw]]).get(table, {})
        count += len(fresh)
        rows |= fresh
    live = {name: row for name, row in rows.items() if bytes(row) != _GONE}
    return live if end == len(data) and _is_tidy(count, len(live)) else {}


def save(place: str, stamp: str, before: Log, tables: Tables) -> Log:
    """Keep these rows for a later build, if the disk lets us; `before` is what there was.

    The answer is what there is now: what `load` would give.
    """
    if not before.is_tidy:
        before = Log({})
    names = before.tables.keys() | tables.keys()
    latest = {name: _latest(before.table(name), tables.get(name, {})) for name in names}
    count = sum(map(len, latest.values()))
    try:
        if not before.is_whole:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_whole(place, _block(stamp, tables))
        elif count:
            _add(place, _block(stamp, latest))
    except OSError:
        return Log({})
    return Log(tables, before.count + count, is_whole=True)


def add(place: str, stamp: str, tables: Tables) -> None:
    """Keep these rows, too, where there is a log and the disk lets us."""
    with suppress(OSError):
        _add(place, _block(stamp, tables))


def _read(place: str) -> bytes:
    try:
        return read_whole(place)
    except OSError:
        return b""


def _blocks(data: bytes, stamp: str) -> Iterator[tuple[bytes, int]]:
    """Each block that is as it was written, up to the first that is not, and where it ends."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        head = data[at:end].decode("ascii", "replace").split(" ")
        if end < 0 or len(head) != 2 or not head[1].isdecimal():
            return
        block = data[end + 1 : end + 1 + int(head[1])]
        if digest(stamp, block) != head[0]:
            return
        at = end + 1 + len(block)
        yield block, at


def _is_tidy(count: int, live: int) -> bool:
    return count <= 2 * live + 100


def _add(place: str, block: bytes) -> None:
    with open(place, "r+b") as file:  # one that somebody has deleted is not begun here
        file.seek(0, os.SEEK_END)
        file.write(block)


def _live(rows: dict[str, Row]) -> dict[str, Row]:
    return rows if all(rows.values()) else {name: row for name, row in rows.items() if row}


def _latest(before: Mapping[str, Row], now: Mapping[str, Row]) -> dict[str, Row]:
    was = before.get
    changed = {name: row for name, row in now.items() if was(name) is not row and was(name) != row}
    return changed | dict.fromkeys(before.keys() - now.keys(), ())


def _block(stamp: str, tables: Tables) -> bytes:
    data = json.encode(tables)
    return f"{digest(stamp, data)} {len(data)}\n".encode() + data
