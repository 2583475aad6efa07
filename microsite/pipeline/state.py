"""What a build leaves for the next one: its pages, and fingerprints of what they were made from."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from typing import Any

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.publish.listing import Listed
from microsite.records.notes import Item
from microsite.site.views import Naming
from microsite.storage import cache
from microsite.storage.unchanged import look_at_all
from microsite.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was made."""

    listed: Listed
    naming: Naming
    own_title: str  # the one that it has for itself
    title: str  # the one that tells it from all others
    items: frozenset[Item]  # what it was made from, and the pictures that it shows


@dataclass(frozen=True, slots=True)
class Footing:
    """Fingerprints of everything that pages are made from."""

    stamp: str  # of the generator and its libraries
    grounds: Mapping[str, str]  # by language: what all its pages stand on
    templates: Mapping[str, str]  # of pages, with all that they touch
    items: Mapping[Item, str]


@dataclass(frozen=True, slots=True)
class State:
    """How a build left things."""

    footing: Footing
    made: Mapping[str, Made]  # by path
    outputs: str = field(repr=False)  # how the files of the output stood


def load_state(folders: Folders, output: str) -> State | None:
    """What the last build of an output left; None if that is nothing, or not to be trusted."""
    data = cache.load(folders.kept("pages"), _key(output))
    if data is None:
        return None
    stamp, grounds, templates, items, pages, outputs = json.loads(data)
    names = list(items)
    made = {row[0]: _made(row, names) for row in pages}
    return State(Footing(stamp, grounds, templates, items), made, outputs)


def keep_state(folders: Folders, output: str, footing: Footing, made: Mapping[str, Made]) -> None:
    """Keep what `load_state` gives to the next build."""
    used = dict.fromkeys(item for one in made.values() for item in sorted(one.items))
    items = {item: footing.items.get(item, "") for item in used}
    numbers = {item: number for number, item in enumerate(items)}
    pages = [_row(one, numbers) for one in made.values()]
    outputs = look_at_all(output)
    kept = [footing.stamp, footing.grounds, footing.templates, items, pages, outputs]
    data = json.dumps(kept, separators=(",", ":")).encode()
    cache.save(folders.kept("pages"), _key(output), data)


def touched_since(before: State | None, output: str) -> set[str]:
    """Files of the output that are not as the last build left them, by path."""
    if before is None or (now := look_at_all(output)) == before.outputs:
        return set()
    left, there = _lines(before.outputs, output), _lines(now, output)
    return {path for path in left.keys() | there.keys() if left.get(path) != there.get(path)}


def _lines(look: str, output: str) -> dict[str, str]:
    lines = (line.partition("\t") for line in look.split("\n"))
    return {path[len(output) + 1 :]: told for path, _, told in lines}


def _key(output: str) -> str:
    """An output has its state under its own path, so that a moved site begins anew."""
    return digest(os.path.realpath(output))


def _row(one: Made, numbers: Mapping[Item, int]) -> list[Any]:
    listed, naming = one.listed, one.naming
    return [
        listed.path,
        int(listed.is_named),
        [day.isoformat() for day in listed.days],
        listed.leads_to,
        [naming.name, naming.short, naming.site, naming.form, *naming.apart],
        one.own_title,
        one.title if one.title != one.own_title else "",
        sorted(numbers[item] for item in one.items),
    ]


def _made(row: list[Any], names: list[Item]) -> Made:
    path, is_named, days, leads_to, (name, short, site, form, *apart), own, title, items = row
    return Made(
        Listed(path, bool(is_named), tuple(map(dt.date.fromisoformat, days)), leads_to),
        Naming(name, short, site, form, tuple(apart)),
        own,
        title or own,
        frozenset(map(names.__getitem__, items)),
    )
