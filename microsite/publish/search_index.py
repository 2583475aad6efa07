"""The search index of one language: what can be found, in files that a browser fetches as needed.

A small site has one file. A large one has an index that names shards: groups of entries, and for
every three characters in a row the entries that have them (`search_grams`). A browser fetches what
it needs to know of the words that were typed, then the groups with entries that may have them, best
first, and verifies each on its text (assets/js/search-index.js reads what is written here).

Where words of a few entries change and nothing else, `renewed` makes only the files that change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from msgspec import Struct, json

from microsite.digest import digest
from microsite.language.writing import search_key
from microsite.publish.search_entries import Findable, Label, PageKind
from microsite.publish.search_grams import (
    GAP,
    Move,
    Noted,
    grams_of,
    moves_of,
    noted,
    numbers_of,
    renewed_shard,
    shard_count,
    shard_of,
    shards_of,
    size_of,
    steps_of,
)
from microsite.records.schema import Words

MOST_WHOLE = 500  # entries of an index that is one file
LARGEST_WHOLE = 300_000  # bytes of it; Thai shrinks to less than a third on the way
PER_GROUP = 8  # entries, on average
_FOLDER = "assets/search/"
_KINDS = {kind: number for number, kind in enumerate(PageKind)}
_LABELS = {label: number for number, label in enumerate(Label)}
_NOTHING = Words("")
_END = 6  # hex digits of a digest, at the end of a shard's name
_AT_ONCE = 200  # entries that take one step before they take the next

T = TypeVar("T")
Entry = list[Any]  # as JSON has it: path, kind, flag, name, other names, maker, summary, texts
Keys = tuple[list[str], str, list[str]]  # of names, summary and texts


class Search(Struct, frozen=True):
    """What a search stands on beside its shards."""

    index: bytes
    kept: bytes  # what `renewed` needs; nothing where there are no shards


class Renewal(Struct, frozen=True):
    """How the files of a renewed search differ from before."""

    search: Search
    shards: dict[str, bytes]  # by path in the output
    gone: list[str]  # paths of shards that the index no longer names


def search_files(
    entries: Iterable[Findable],
    put: Callable[[str, bytes], object],
    *,
    language: str,
    home: str,
    said: Callable[[str], str],
) -> Search:
    """The search of a language; `put` is handed each shard with its path in the output.

    `home` is the link to its home page, `said` says a message of ours in it. Entries are taken and
    shards put one by one, so that they need not all be there at once.
    """
    index: dict[str, Any] = {
        "home": home,
        "kinds": [said(kind.value) for kind in PageKind],
        "labels": [said(label.value) for label in Label],
    }
    written = _in_batches(map(_entry, _in_batches(entries)))
    few = list(islice(written, MOST_WHOLE + 1))
    if len(few) <= MOST_WHOLE:
        whole = json.encode({**index, "entries": [entry for entry, _ in few]})
        if len(whole) <= LARGEST_WHOLE:
            return Search(whole, b"")
    stem = f"{_FOLDER}{language}-"
    index["folder"] = home.removesuffix(f"{language}/") + stem
    known = _Known(index, stem, grams=[], groups=[], size=0, paths=[])
    those = noted(grams_of(*keys) for keys in _grouped(chain(few, written), known, put))
    known.size = size_of(those)
    known.grams = [""] * shard_count(known.size)
    for number, shard in enumerate(shards_of(those)):
        for path, data in _grams_files(known, number, shard).items():
            put(path, data)
    return known.search()


def _grouped(
    written: Iterable[tuple[Entry, Keys]], known: _Known, put: Callable[[str, bytes], object]
) -> Iterator[Keys]:
    """The keys of entries, which meanwhile go into groups.

    An entry begins one by its own path, so that a new product moves no border but its own.
    """
    starts = [0]
    group: list[Entry] = []

    def close() -> None:
        known.groups.append("")
        for path, data in _group_files(known, len(known.groups) - 1, group).items():
            put(path, data)

    for number, (entry, keys) in enumerate(written):
        is_border = int(digest(entry[0])[:8], 16) % PER_GROUP == 0
        if number and (is_border or len(group) == 2 * PER_GROUP):
            close()
            group = []
            starts.append(number)
        group.append(entry)
        known.paths.append(entry[0])
        yield keys
    close()
    known.index |= {"count": len(known.paths), "starts": steps_of(starts)}


# ---- a few entries anew


class _Deeper(Exception):
    """More has changed than the words of single entries."""


def renewed(
    kept: bytes, previous_file: Callable[[str], bytes], changed: Mapping[str, Findable]
) -> Renewal | None:
    """The files of a search after a few entries changed, as if all had been made again.

    `kept` is of the files as they were, `previous_file` reads a shard of these by its path in the
    output, `changed` has each entry that changed by its path. Nothing comes back where the change
    goes deeper, or a shard is not as it was made: then all have to be made. Whether entries came,
    went or stand in another order is for the caller to know.
    """
    if not kept:
        return None
    try:
        return _renewed(_Known.from_bytes(kept), previous_file, changed)
    except _Deeper:
        return None


def _renewed(
    known: _Known, previous_file: Callable[[str], bytes], changed: Mapping[str, Findable]
) -> Renewal:
    places = {path: number for number, path in enumerate(known.paths)}
    if len(places) <= MOST_WHOLE or not changed.keys() <= places.keys():
        raise _Deeper  # a few with less text may be one file
    starts = numbers_of(known.index["starts"])
    gone: list[str] = []

    def previous(kind: str, number: int, end: str) -> Any:
        gone.append(known.path(kind, number, end))
        data = previous_file(gone[-1])
        if _end(data) != end:
            raise _Deeper
        return json.decode(data)

    groups: dict[int, list[Entry]] = {}
    moves: defaultdict[int, list[Move]] = defaultdict(list)
    for path, one in changed.items():
        group = bisect_right(starts, places[path]) - 1
        if group not in groups:
            groups[group] = previous("entries", group, known.groups[group])
            gone.append(known.path("cards", group, known.groups[group]))
        before, (after, keys) = groups[group][places[path] - starts[group]], _entry(one)
        for move in moves_of(places[path], grams_of(*_keys_of(before)), grams_of(*keys)):
            moves[shard_of(move[0], len(known.grams))].append(move)
        groups[group][places[path] - starts[group]] = after
    files: dict[str, bytes] = {}
    for number, of_shard in moves.items():
        shard = previous("grams", number, known.grams[number])
        known.size -= size_of(shard)
        shard = renewed_shard(shard, of_shard)
        known.size += size_of(shard)
        files |= _grams_files(known, number, shard)
    for number, entries in groups.items():
        files |= _group_files(known, number, entries)
    if shard_count(known.size) != len(known.grams):
        raise _Deeper
    gone = [path for path in gone if path not in files]
    return Renewal(known.search(), files, gone)


class _Known(Struct):
    """An index in shards, and what tells how far a change of entries goes."""

    index: dict[str, Any]  # without the names of shards
    stem: str  # with which the paths of shards begin
    grams: list[str]  # with which their names end
    groups: list[str]
    size: int  # of all that is known of characters
    paths: list[str]  # of entries

    def path(self, kind: str, number: int, end: str) -> str:
        """Where a shard is."""
        return f"{self.stem}{kind}{number}-{end}.json"

    def search(self) -> Search:
        """The index as browsers get it, and all of this, which `from_bytes` reads back."""
        ends = {"grams": "".join(self.grams), "groups": "".join(self.groups)}
        kept = [getattr(self, name) for name in self.__struct_fields__]
        return Search(json.encode({**self.index, **ends}), json.encode(kept))

    @classmethod
    def from_bytes(cls, data: bytes) -> _Known:
        """What `search` kept."""
        return cls(*json.decode(data))


# ---- entries


def _in_batches(items: Iterable[T]) -> Iterator[T]:
    """The same; some are made before the first is handed on.

    So the code of each step stays in the processor's cache for a while.
    """
    waiting = iter(items)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield from batch


def _entry(one: Findable) -> tuple[Entry, Keys]:
    """An entry as JSON has it, and its keys."""
    named = 1 + len(one.others)
    some = [one.name, *one.others, one.maker, one.summary, *(text.words for text in one.texts)]
    words = [each or _NOTHING for each in some]
    lines, keys = _keyed([" ".join(each.text.split()) for each in words])
    said = [
        [line, each.borrowed_from] if each.borrowed_from else [line] if line else []
        for line, each in zip(lines, words, strict=True)
    ]
    of_texts = zip(one.texts, said[named + 2 :], strict=True)
    texts = [[_LABELS[text.label], *line] for text, line in of_texts]
    card = [one.path, _KINDS[one.kind], one.flag, said[0], said[1:named], *said[named : named + 2]]
    return [*card, texts], (keys[:named], keys[named + 1], keys[named + 2 :])


def _keys_of(entry: Entry) -> Keys:
    """The keys of an entry that was written before."""
    *_, name, others, _, summary, texts = entry
    names = [words[0] for words in (name, *others)]
    _, keys = _keyed([*names, *(summary[:1] or [""]), *(text[1] for text in texts)])
    return keys[: len(names)], keys[len(names)], keys[len(names) + 1 :]


def _keyed(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines as an excerpt shows them, and their keys.

    Letter by letter they are as long as their keys, so that places agree.
    """
    keys = search_key(GAP.join(lines)).split(GAP)
    if len(keys) != len(lines):  # one has the gap in it
        keys = list(map(search_key, lines))
    for at, (line, key) in enumerate(zip(lines, keys, strict=True)):
        while len(line) != len(key):
            line, key = key, search_key(key)
            lines[at], keys[at] = line, key
    return lines, keys


# ---- shards


def _grams_files(known: _Known, number: int, shard: Noted) -> dict[str, bytes]:
    data = json.encode(shard)
    known.grams[number] = _end(data)
    return {known.path("grams", number, _end(data)): data}


def _group_files(known: _Known, number: int, entries: Sequence[Entry]) -> dict[str, bytes]:
    """What results show of a group, and that with its texts: a browser needs one of both."""
    data = json.encode(entries)
    known.groups[number] = _end(data)
    return {
        known.path("cards", number, _end(data)): json.encode([card for *card, _ in entries]),
        known.path("entries", number, _end(data)): data,
    }


def _end(data: bytes) -> str:
    return digest(data)[:_END]
