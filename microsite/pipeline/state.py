"""What a build leaves for the next one: its pages, and fingerprints of what they were made from."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.publish.listing import Listed
from microsite.records.notes import Item
from microsite.site.titles import Naming, title_of
from microsite.site.viewer import SHOWN
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
        """As a log has it; `made_of` reads it."""
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
    """The number of each item; one that has none gets the next when it is asked for.

    Those of pictures that a page shows are below 0.
    """

    def __init__(self, before: State | None) -> None:
        super().__init__()
        self._before = before
        self.next = before.next if before else 0
        self.fresh: list[Item] = []  # those that had none

    def __missing__(self, item: Item) -> int:
        row = self._before.row(item) if self._before else None
        if row:
            number: int = row[0]
        else:
            number = ~self.next if item.startswith(SHOWN) else self.next
            self.next += 1
            self.fresh.append(item)
        self[item] = number
        return number

    def of(self, items: Iterable[Item]) -> list[int]:
        """Their numbers, as rows have them at their end."""
        return sorted(map(self.__getitem__, items))


class State(Struct, frozen=True):
    """How a build left things; rows as the log has them, some with numbers of items at the end."""

    kept: log.Log
    grounds: Mapping[str, str]
    templates: Mapping[str, str]
    next: int  # number of the next item
    read: str  # fingerprint of how inputs stood when the site was read

    @property
    def items(self) -> log.Rows:
        """Number and fingerprint, by item."""
        return self.kept.table("items")

    @property
    def shared(self) -> log.Rows:
        """The number of items that stand for others, and those; by item."""
        return self.kept.table("shared")

    @property
    def heads(self) -> log.Rows:
        """What is known of pages, by path."""
        return self.kept.table("heads")

    @property
    def pages(self) -> log.Rows:
        """What pages were made from, by path."""
        return self.kept.table("pages")

    @property
    def parts(self) -> log.Rows:
        """What parts of files were made from, by name."""
        return self.kept.table("parts")

    @property
    def files(self) -> Rows:
        """Names of files that were made of parts, by what they are."""
        return self.kept.table("files").all()

    def row(self, item: Item) -> log.Row | None:
        """That of an item, whether it stands for others or not."""
        return self.items.get(item) or self.shared.get(item)

    @property
    def spliced(self) -> list[str]:
        """Those of them that are put together of what is there, which nothing else tells whole."""
        return [place[0] for _, _, *more in self.files.values() for place in (more or [()])[0]]

    def changed(
        self, now: Mapping[Item, str], touched: Iterable[Item], *, is_all: bool
    ) -> set[int]:
        """The items that are not what they were; `now` are their fingerprints.

        `is_all`: whether those are all that there are, and not only those that can be others.
        """
        items = self.items
        rows = items.all() if is_all else {item: items.get(item) for item in now}
        found = {row[0] for item, row in rows.items() if row and now.get(item, "") != row[1]}
        return self.reached(found | self.of(touched))

    def of(self, items: Iterable[Item]) -> set[int]:
        """The numbers of those items that are known."""
        return {row[0] for row in map(self.row, items) if row}

    def reached(self, changed: set[int]) -> set[int]:
        """Those that are not what they were because one of these is not, and these."""
        shared, found, fresh = self.shared, changed, changed
        while fresh:
            fresh = {shared[name][0] for name in shared.with_any(fresh)} - found
            found = found | fresh
        return found


class Outputs(Struct, frozen=True):
    """How the files of an output stood when a build left them, and how they stand now."""

    left: str
    now: str

    @property
    def are_as_left(self) -> bool:
        """Whether nothing has changed since."""
        return bool(self.now) and self.now == self.left

    def after(
        self, output: str, laid: Sequence[Laid], kept: Collection[str] | None, gone: Iterable[str]
    ) -> str:
        """How the files stand when these have been written and others deleted: all but `kept`.

        Where that is None, only those that are `gone`.
        """
        if not self.now:
            lines = [one.stands for one in laid]
            if lines and all(lines):  # a first output
                return looked_again("\n".join(lines), output, [MARK])
            return look_at_all(output)
        fresh = [one for one in laid if not one.is_same]
        if kept is not None:
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
    grounds, templates, after, read, mark = known.table("footing")[""]
    return State(known, grounds, templates, after, read) if mark == digest(outputs.left) else None


def keep_state(
    folders: Folders,
    output: str,
    footing: Footing,
    read: str,
    before: State | None,
    after: int,
    tables: log.Tables,
    outputs: str,
    *,
    is_all: bool,
) -> State:
    """Keep what `load_state` gives to the next build, and give it at once; `before` is used up.

    `after`: number of the next item. `tables`: of `items`, `shared`, `pages`, `heads`, `parts` and
    `files` all rows, or those that have come or changed while none has gone. `outputs`: how the
    files stand now.
    """
    known = before.kept if before else log.Log({})
    place, mark = _place(folders, output), digest(outputs)
    footing_row = [footing.grounds, footing.templates, after, read, mark]
    tables = {**tables, "footing": {"": footing_row}}
    cache.save(folders.kept("outputs"), _key(output), outputs.encode("utf-8", "surrogateescape"))
    if is_all:
        kept = log.save(place, footing.stamp, known, _used(tables, known))
    elif log.add(place, footing.stamp, tables):
        kept = known.with_more(tables)
    else:
        kept = log.Log({})
    return State(kept, footing.grounds, footing.templates, after, read)


def _used(tables: log.Tables, before: log.Log) -> log.Tables:
    """The same without items that no page reads any more, now and then."""
    if before.is_tidy:
        return tables
    shared = tables["shared"]
    used = within([*tables["pages"].values(), *tables["parts"].values()], shared)
    items = {
        table: {name: row for name, row in tables[table].items() if row[0] in used}
        for table in ("items", "shared")
    }
    return {**tables, **items}


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
    is_named, days, leads_to, (name, short, site, form, *apart), own, title = row
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
