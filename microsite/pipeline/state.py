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
        self.fresh: list[Item] = []  # those that had none

    def __missing__(self, item: Item) -> int:
        number = self[item] = self._next
        self._next += 1
        self.fresh.append(item)
        return number

    def of(self, items: Iterable[Item]) -> list[int]:
        """Their numbers, as rows have them at their end."""
        return sorted(map(self.__getitem__, items))


class State(Struct, frozen=True):
    """How a build left things; rows as the log has them, most with numbers of items at the end."""

    log: log.Log
    grounds: Mapping[str, str]
    templates: Mapping[str, str]

    @property
    def items(self) -> Rows:
        """Number and fingerprint, by item."""
        return self.log.table("items")

    @property
    def shared(self) -> Rows:
        """The number of items that stand for others, and those; by item."""
        return self.log.table("shared")

    @property
    def pages(self) -> Rows:
        """By path."""
        return self.log.table("pages")

    @property
    def parts(self) -> Rows:
        """By name."""
        return self.log.table("parts")

    @property
    def files(self) -> Rows:
        """Names of files that were made of parts, by what they are."""
        return self.log.table("files")

    @property
    def spliced(self) -> list[str]:
        """Those of them that are put together of what is there, which nothing else tells whole."""
        return [place[0] for _, _, *more in self.files.values() for place in (more or [()])[0]]

    def numbers(self) -> dict[Item, int]:
        """Of all items."""
        return {item: row[0] for of in (self.items, self.shared) for item, row in of.items()}

    def changed(
        self, now: Mapping[Item, str], touched: Iterable[Item], among: Iterable[Item] | None = None
    ) -> set[int]:
        """The items that are not what they were; `now` are their fingerprints.

        `among`: the only ones that can be others, where that is known.
        """
        rows = self.items if among is None else {item: self.items.get(item) for item in among}
        found = {row[0] for item, row in rows.items() if row and now.get(item, "") != row[1]}
        return self.reached(found | self.of(touched))

    def of(self, items: Iterable[Item]) -> set[int]:
        """The numbers of those items that are known."""
        rows = (self.items.get(item) or self.shared.get(item) for item in items)
        return {row[0] for row in rows if row}

    def reached(self, changed: set[int]) -> set[int]:
        """Those that are not what they were because one of these is not, and these."""
        found = changed
        while True:
            more = {
                number
                for number, others in self.shared.values()
                if number not in found and not found.isdisjoint(others)
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
    known = log.load(_place(folders, output), stamp)
    if "footing" not in known.tables:
        return None
    grounds, templates, mark = known.table("footing")[""]
    return State(known, grounds, templates) if mark == digest(outputs.left) else None


def keep_state(
    folders: Folders,
    output: str,
    footing: Footing,
    items: Mapping[Item, str],
    before: State | None,
    numbers: Numbers,
    pages: Rows,
    parts: Rows,
    shared: Rows,
    files: Rows,
    outputs: str,
) -> State:
    """Keep what `load_state` gives to the next build, and give it at once.

    `items`: fingerprints of what was read; `outputs`: how the files stand now.
    """
    known = before.log if before else log.Log({})
    used = None if known.is_tidy else within([*pages.values(), *parts.values()], shared)
    was = known.table("items").get
    rows: dict[Item, log.Row] = {}
    for item, number in numbers.items():
        if item not in shared and (used is None or number in used):
            row, told = was(item), items.get(item, "")
            rows[item] = row if row and row[1] == told else [number, told]
    tables = {
        "pages": pages,
        "parts": parts,
        "items": rows,
        "shared": {name: row for name, row in shared.items() if used is None or row[0] in used},
        "files": files,
        "footing": {"": [footing.grounds, footing.templates, digest(outputs)]},
    }
    cache.save(folders.kept("outputs"), _key(output), outputs.encode("utf-8", "surrogateescape"))
    kept = log.save(_place(folders, output), footing.stamp, known, tables)
    return State(kept, footing.grounds, footing.templates)


def within(rows: Iterable[log.Row], shared: Rows) -> set[int]:
    """The numbers of all items of these rows, and of all that those stand for."""
    stands_for: dict[int, list[int]] = {row[0]: row[1] for row in shared.values()}
    found = set[int]().union(*(row[-1] for row in rows))
    fresh = stands_for.keys() & found
    while fresh:
        more = set[int]().union(*map(stands_for.__getitem__, fresh)) - found
        found |= more
        fresh = stands_for.keys() & more
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
