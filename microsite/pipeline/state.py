"""What a build leaves for the next one: its pages, and fingerprints of what they were made from."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.publish.listing import Listed
from microsite.records.notes import Item
from microsite.site.titles import Naming, title_of
from microsite.storage import cache, log
from microsite.storage.output import Laid
from microsite.storage.paths import MARK
from microsite.storage.unchanged import look_at_all, looked_again

# Names of rows: pages go by their path, which begins with a slash; the others have these in front.
_ITEM, _SHARED, _PART, _FILES = "#", "&", ":", "*"
_GROUND = "="  # of the one row of grounds and templates
Rows = Mapping[str, log.Row]


class Made(Struct, frozen=True):
    """A page that was made."""

    listed: Listed
    naming: Naming
    own_title: str  # the one that it has for itself
    title: str  # the one that tells it from all others

    def row(self) -> list[Any]:
        """As a log has it before the numbers of what it was made from; `made_of` reads it."""
        listed, naming = self.listed, self.naming
        return [
            int(listed.is_named),
            [day.isoformat() for day in listed.days],
            listed.leads_to,
            [naming.name, naming.short, naming.site, naming.form, *naming.apart],
            self.own_title if self.own_title != title_of(naming) else "",
            self.title if self.title != self.own_title else "",
        ]


class Footing(Struct, frozen=True):
    """Fingerprints of all that pages are made from but items."""

    stamp: str  # of the generator and its libraries
    grounds: Mapping[str, str]  # by language: what all its pages stand on
    templates: Mapping[str, str]  # of pages, with all that they touch


class Numbers(dict[Item, int]):
    """The number of each item; one that has none gets the next when it is asked for."""

    def __init__(self, known: Mapping[Item, int]) -> None:
        super().__init__(known)
        self._next = max(known.values(), default=-1) + 1

    def __missing__(self, item: Item) -> int:
        number = self[item] = self._next
        self._next += 1
        return number

    def of(self, items: Iterable[Item]) -> list[int]:
        """Their numbers, as rows have them at their end."""
        return sorted(map(self.__getitem__, items))


class State(Struct, frozen=True):
    """How a build left things; rows as the log has them, each with numbers of items at its end."""

    rows: log.Log
    grounds: Mapping[str, str]
    templates: Mapping[str, str]
    items: Mapping[int, tuple[Item, str]]  # with their fingerprints
    shared: Mapping[int, log.Row]  # items that stand for others: their names, and those
    numbers: Mapping[Item, int]
    pages: Rows  # by path
    parts: Rows  # by name
    files: Rows  # names of files that were made of parts, by what they are

    def changed(self, now: Mapping[Item, str], touched: Iterable[Item]) -> set[int]:
        """The items that are not what they were; `now` are their fingerprints."""
        found = {number for number, (item, said) in self.items.items() if now.get(item, "") != said}
        return self.reached(found | self.of(touched))

    def of(self, items: Iterable[Item]) -> set[int]:
        """The numbers of those items that are known."""
        return {self.numbers[item] for item in items if item in self.numbers}

    def reached(self, changed: set[int]) -> set[int]:
        """Those that are not what they were because one of these is not, and these."""
        found = changed
        while True:
            more = {
                number
                for number, row in self.shared.items()
                if number not in found and not found.isdisjoint(row[-1])
            }
            if not more:
                return found
            found = found | more


class Outputs(Struct, frozen=True):
    """How the files of an output stood when a build left them, and how they stand now."""

    left: str
    now: str

    @property
    def are_as_left(self) -> bool:
        """Whether nothing has changed since."""
        return bool(self.now) and self.now == self.left

    def after(self, output: str, laid: Iterable[Laid], kept: Iterable[str]) -> str:
        """How the files stand when these have been written, and all others but `kept` deleted."""
        if not self.now:
            return look_at_all(output)
        fresh = [one for one in laid if not one.is_same]
        known = {*kept, *(one.path for one in laid)}
        gone = [path for path in _lines(self.now, output) if path not in known]
        taken = [path for one in fresh for path in one.takes]
        return looked_again(self.now, output, [*(one.path for one in fresh), *gone, *taken, MARK])

    def touched(self, output: str) -> set[str]:
        """Files that are not as the last build left them, by path."""
        if self.are_as_left:
            return set()
        left, there = _lines(self.left, output), _lines(self.now, output)
        return {path for path in left.keys() | there.keys() if left.get(path) != there.get(path)}


def load_outputs(folders: Folders, output: str) -> str:
    """How the last build left the files of an output; "" where that is not known."""
    data = cache.load(folders.kept("outputs"), _key(output)) or b""
    return data.decode("utf-8", "surrogateescape")


def load_state(folders: Folders, output: str, stamp: str, outputs: Outputs) -> State | None:
    """What the last build of an output left; None if that is nothing, or not to be trusted."""
    if not outputs.left or not outputs.now:
        return None
    rows = log.load(_place(folders, output), stamp)
    if _GROUND not in rows.rows:
        return None
    grounds, templates, mark = rows.rows[_GROUND]
    if mark != digest(outputs.left):
        return None
    items: dict[int, tuple[Item, str]] = {}
    shared: dict[int, log.Row] = {}
    pages: dict[str, log.Row] = {}
    parts: dict[str, log.Row] = {}
    files: dict[str, log.Row] = {}
    for name, row in rows.rows.items():
        if name[0] == "/":
            pages[name] = row
        elif name[0] == _ITEM:
            items[int(name[1:])] = row[0], row[1]
        elif name[0] == _SHARED:
            shared[int(name[1:])] = row
        elif name[0] == _PART:
            parts[name[1:]] = row
        elif name[0] == _FILES:
            files[name[1:]] = row
    numbers = {item: number for number, (item, _) in items.items()}
    numbers |= {row[0]: number for number, row in shared.items()}
    return State(rows, grounds, templates, items, shared, numbers, pages, parts, files)


def keep_state(
    folders: Folders,
    output: str,
    footing: Footing,
    items: Mapping[Item, str],
    before: State | None,
    numbers: Numbers,
    pages: Rows,
    parts: Rows,
    shared: Mapping[int, log.Row],
    files: Rows,
    outputs: str,
) -> None:
    """Keep what `load_state` gives to the next build.

    `items`: fingerprints of what was read; `outputs`: how the files stand now.
    """
    rows: dict[str, log.Row] = {**pages}
    rows |= {_PART + name: row for name, row in parts.items()}
    is_tidy = before is not None and before.rows.is_tidy
    used = set(numbers.values()) if is_tidy else within(rows.values(), shared)
    for item, number in numbers.items():
        if number in used and number not in shared:
            rows[f"{_ITEM}{number}"] = [item, items.get(item, "")]
    rows |= {f"{_SHARED}{number}": row for number, row in shared.items() if number in used}
    rows |= {_FILES + name: row for name, row in files.items()}
    rows[_GROUND] = [footing.grounds, footing.templates, digest(outputs)]
    cache.save(folders.kept("outputs"), _key(output), outputs.encode("utf-8", "surrogateescape"))
    known = before.rows if before else log.Log({}, is_tidy=False)
    log.save(_place(folders, output), footing.stamp, known, rows)


def within(rows: Iterable[log.Row], shared: Mapping[int, log.Row]) -> set[int]:
    """The numbers of all items of these rows, and of all that those stand for."""
    found = fresh = set[int]().union(*(row[-1] for row in rows))
    while fresh:
        fresh = set[int]().union(*(shared[one][-1] for one in fresh if one in shared)) - found
        found = found | fresh
    return found


def made_of(path: str, row: log.Row) -> Made:
    """The page of a row."""
    is_named, days, leads_to, (name, short, site, form, *apart), own, title, _ = row
    naming = Naming(name, short, site, form, tuple(apart))
    own = own or title_of(naming)
    days = tuple(map(dt.date.fromisoformat, days))
    return Made(Listed(path, bool(is_named), days, leads_to), naming, own, title or own)


def _lines(look: str, output: str) -> dict[str, str]:
    lines = (line.partition("\t") for line in look.split("\n"))
    return {path[len(output) + 1 :]: told for path, _, told in lines}


def _place(folders: Folders, output: str) -> str:
    return folders.kept("pages", _key(output))


def _key(output: str) -> str:
    """An output has its state under its own path, so that a moved site begins anew."""
    return digest(os.path.realpath(output))
