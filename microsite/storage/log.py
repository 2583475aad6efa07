"""Log: tables of rows, kept by adding to the end of a file, so that a small change is soon written.

A file is a row of blocks, each a line with a checksum and a length, then JSON: the rows that have
come or changed, by table and name; one that is gone is empty. What is damaged, and all behind it,
is not there.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast

from msgspec import Raw, Struct, json
from msgspec.structs import replace

from microsite.digest import digest
from microsite.storage.whole import read_whole, write_whole

Row = Sequence[Any]  # what JSON can hold
Tables = Mapping[str, Mapping[str, Row]]
_GONE = b"[]"  # the row of a name that is gone
_FEW = 8  # numbers up to which looking for their digits is faster than reading all rows


class Rows(MutableMapping[str, Row]):
    """Rows by name, each taken out of its JSON when it is first asked for."""

    __slots__ = ("_apart", "_has_packed", "_names", "_rows", "_text")

    def __init__(self, rows: dict[str, Raw | Row], *, has_packed: bool = True) -> None:
        self._rows, self._has_packed = rows, has_packed
        self._text = b""  # the JSON of the rows of these names, a line each
        self._names: list[str] = []
        self._apart: set[str] = set()  # those of rows that are not, or not as they are now

    def all(self) -> Mapping[str, Row]:
        """The same with all of them taken out, which is faster in one go."""
        if self._has_packed:
            packed = {name: row for name, row in self._rows.items() if isinstance(row, Raw)}
            data = b"[%b]" % b",".join(map(bytes, packed.values()))
            self._rows.update(zip(packed, json.decode(data), strict=True))
            self._has_packed, self._text, self._names = False, b"", []
        return self._rows

    def with_any(self, numbers: Collection[int]) -> set[str]:
        """Names of the rows that have one of these numbers in the list at their end.

        For a few numbers, only rows with their digits are taken out.
        """
        rows: Iterable[tuple[str, Row]]
        if self._has_packed and len(numbers) <= _FEW:
            rows = ((name, self[name]) for name in self._with_digits(numbers))
        else:
            rows = self.all().items()
        is_without = frozenset(numbers).isdisjoint
        return {name for name, row in rows if not is_without(row[-1])}

    def _with_digits(self, numbers: Collection[int]) -> set[str]:
        """Names of the rows that have the digits of one of them anywhere, or are not in `_text`."""
        if not self._text:
            packed = {name: row for name, row in self._rows.items() if isinstance(row, Raw)}
            self._names, self._text = list(packed), b"\n".join([*packed.values(), b""])
            self._apart = self._rows.keys() - packed.keys()
        found, text = {*self._apart}, self._text
        for digits in {b"%d" % number for number in numbers}:
            line = seen = 0
            while (at := text.find(digits, seen)) >= 0:
                line += text.count(b"\n", seen, at)
                found.add(self._names[line])
                seen = text.index(b"\n", at)
        return {name for name in found if name in self._rows}

    def __getitem__(self, name: str) -> Row:
        row = self._rows[name]
        if isinstance(row, Raw):
            row = self._rows[name] = json.decode(row)
        return row

    def __setitem__(self, name: str, row: Row) -> None:
        self._rows[name] = row
        self._apart.add(name)

    def __delitem__(self, name: str) -> None:
        del self._rows[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Log(Struct, frozen=True):
    """What a log holds: the latest row of each name, by table."""

    tables: dict[str, Rows]
    count: int = 0  # rows in the file, with those that came later under the same name
    is_whole: bool = False  # whether all of the file could be read

    @property
    def is_tidy(self) -> bool:
        """Whether adding to the file is better than writing it anew."""
        return self.is_whole and self.count <= 2 * sum(map(len, self.tables.values())) + 100

    def table(self, name: str) -> Rows:
        """Its rows; none where there is no such table."""
        return self.tables.get(name) or Rows({})

    def with_more(self, tables: Tables) -> Log:
        """The same after these rows were added; this one is used up."""
        for name, rows in tables.items():
            self.tables.setdefault(name, Rows({})).update(rows)
        return replace(self, count=self.count + sum(map(len, tables.values())))


def load(place: str, stamp: str) -> Log:
    """The log in a file; without rows where it is missing, of another stamp, or damaged."""
    try:
        data = read_whole(place)
    except OSError:
        return Log({})
    tables: dict[str, dict[str, Raw | Row]] = {}
    count = at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        head = data[at:end].decode("ascii", "replace").split(" ")
        if end < 0 or len(head) != 2 or not head[1].isdecimal():
            break
        block = data[end + 1 : end + 1 + int(head[1])]
        if digest(stamp, block) != head[0]:
            break
        is_first, at = at == 0, end + 1 + len(block)
        for table, rows in json.decode(block, type=dict[str, dict[str, Raw]]).items():
            count += len(rows)
            if is_first:  # where nothing is gone
                tables[table] = cast("dict[str, Raw | Row]", rows)
                continue
            known = tables.setdefault(table, {})
            known.update(rows)
            for name in [name for name, row in rows.items() if bytes(row) == _GONE]:
                del known[name]
    return Log({table: Rows(rows) for table, rows in tables.items()}, count, at == len(data))


def save(place: str, stamp: str, before: Log, tables: Tables) -> Log:
    """Keep these rows for a later build, if the disk lets us; `before` is what there was.

    The answer is what there is now: what `load` would give.
    """
    if not before.is_tidy:
        before = Log({})
    names = before.tables.keys() | tables.keys()
    latest = {name: _latest(before.table(name).all(), tables.get(name, {})) for name in names}
    count = sum(map(len, latest.values()))
    try:
        if not before.is_whole:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_whole(place, _block(stamp, tables))
        elif count:
            _add(place, _block(stamp, latest))
    except OSError:
        return Log({})
    now = {name: Rows({**rows}, has_packed=False) for name, rows in tables.items()}
    return Log(now, before.count + count, is_whole=True)


def add(place: str, stamp: str, tables: Tables) -> bool:
    """Whether the disk has let us keep these rows, too, in a log that is there."""
    try:
        _add(place, _block(stamp, tables))
    except OSError:
        return False
    return True


def _add(place: str, block: bytes) -> None:
    with open(place, "r+b") as file:  # one that somebody has deleted is not begun here
        file.seek(0, os.SEEK_END)
        file.write(block)


def _latest(before: Mapping[str, Row], now: Mapping[str, Row]) -> dict[str, Row]:
    was = before.get
    changed = {name: row for name, row in now.items() if was(name) is not row and was(name) != row}
    return changed | dict.fromkeys(before.keys() - now.keys(), ())


def _block(stamp: str, tables: Tables) -> bytes:
    data = json.encode(tables)
    return f"{digest(stamp, data)} {len(data)}\n".encode() + data
