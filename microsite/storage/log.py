"""Log: tables of rows, kept by adding to the end of a file, so that a small change is soon written.

A file is a row of blocks, each a line with a checksum and a length, then JSON: the rows that have
come or changed, by table and name; one that is gone is empty. What is damaged, and all behind it,
is not there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct, json

from microsite.digest import digest
from microsite.storage.whole import read_whole, write_whole

Row = Sequence[Any]  # what JSON can hold
Tables = Mapping[str, Mapping[str, Row]]


class Log(Struct, frozen=True):
    """What a log holds: the latest row of each name, by table."""

    tables: dict[str, dict[str, Row]]
    is_tidy: bool  # whether adding to the file is better than writing it anew

    def table(self, name: str) -> dict[str, Row]:
        """Its rows; none where there is no such table."""
        return self.tables.get(name, {})


def load(place: str, stamp: str) -> Log:
    """The log in a file; without rows where it is missing, of another stamp, or damaged."""
    try:
        data = read_whole(place)
    except OSError:
        return Log({}, False)
    tables: dict[str, dict[str, Row]] = {}
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
        for table, rows in json.decode(block).items():
            count += len(rows)
            tables.setdefault(table, {}).update(rows)
    live = {table: _live(rows) for table, rows in tables.items()}
    return Log(live, at == len(data) and count <= 2 * sum(map(len, live.values())) + 100)


def save(place: str, stamp: str, before: Log, tables: Tables) -> None:
    """Keep these rows for a later build, if the disk lets us; `before` is what `load` gave."""
    with suppress(OSError):
        if not before.is_tidy:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_whole(place, _block(stamp, tables))
            return
        names = before.tables.keys() | tables.keys()
        latest = {name: _latest(before.table(name), tables.get(name, {})) for name in names}
        if any(latest.values()):
            with open(place, "ab") as file:
                file.write(_block(stamp, latest))


def _live(rows: dict[str, Row]) -> dict[str, Row]:
    return rows if all(rows.values()) else {name: row for name, row in rows.items() if row}


def _latest(before: Mapping[str, Row], now: Mapping[str, Row]) -> dict[str, Row]:
    was = before.get
    changed = {name: row for name, row in now.items() if was(name) is not row and was(name) != row}
    return changed | dict.fromkeys(before.keys() - now.keys(), ())


def _block(stamp: str, tables: Tables) -> bytes:
    data = json.encode(tables)
    return f"{digest(stamp, data)} {len(data)}\n".encode() + data
