"""The search index of one language: what can be found, in files that a browser fetches as needed.

A small site has one file. A large one has an index that names shards: groups of entries, and for
every three characters in a row the entries that have them (`search_grams`). A browser fetches what
it needs to know of the words that were typed, then the groups with entries that may have them, best
first, and verifies each on its text (assets/js/search-index.js reads what is written here).

Where words of a few entries change and nothing else, `renewed` makes only the files that change.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from microsite.digest import digest
from microsite.language.writing import search_key
from microsite.publish.search_entries import Findable
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
_NOTHING = Words("")
_END = 6  # hex digits of a digest, at the end of a shard's name
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Entry = list[Any]  # as JSON has it: path, kind, flag, name, other names, maker, summary, texts
Keys = tuple[list[str], str, list[str]]  # of names, summary and texts


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The files of a search; of a renewed one, those that differ from before."""

    index: bytes
    shards: dict[str, bytes]  # by path in the output
    gone: list[str]  # paths of shards that a renewed index no longer names
    kept: bytes  # what `renewed` needs; nothing where there are no shards


def search_files(entries: Sequence[Findable], *, language: str, home: str) -> SearchFiles:
    """The search of a language; `home` is the link to its home page."""
    kinds = Counter(one.kind for one in entries)
    labels = Counter(text.label for one in entries for text in one.texts)
    index: dict[str, Any] = {"home": home, "kinds": sorted(kinds), "labels": sorted(labels)}
    numbers = _numbered(index["kinds"]), _numbered(index["labels"])
    written = [_entry(one, *numbers) for one in entries]
    if len(entries) <= MOST_WHOLE:
        whole = _json({**index, "entries": [entry for entry, _ in written]})
        if len(whole) <= LARGEST_WHOLE:
            return SearchFiles(whole, {}, [], b"")
    stem = f"{_FOLDER}{language}-"
    paths = [one.path for one in entries]
    starts = _cut(paths)
    those = noted(grams_of(*keys) for _, keys in written)
    known = _Known(
        {
            **index,
            "count": len(entries),
            "folder": home.removesuffix(f"{language}/") + stem,
            "starts": steps_of(starts),
        },
        stem=stem,
        grams=[""] * shard_count(size_of(those)),
        groups=[""] * len(starts),
        kinds=[kinds[kind] for kind in sorted(kinds)],
        labels=[labels[label] for label in sorted(labels)],
        size=size_of(those),
        paths="\n".join(paths),
    )
    files: dict[str, bytes] = {}
    for number, shard in enumerate(shards_of(those)):
        files |= _grams_files(known, number, shard)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(entries)], strict=True)):
        files |= _group_files(known, number, [entry for entry, _ in written[start:end]])
    return SearchFiles(known.index_bytes(), files, [], known.as_bytes())


# ---- a few entries anew


class _Deeper(Exception):
    """More has changed than the words of single entries."""


def renewed(
    kept: bytes, previous_file: Callable[[str], bytes], changed: Mapping[str, Findable]
) -> SearchFiles | None:
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
) -> SearchFiles:
    places = _numbered(known.paths.split("\n"))
    if len(places) <= MOST_WHOLE or not changed.keys() <= places.keys():
        raise _Deeper  # a few with less text may be one file
    starts = numbers_of(known.index["starts"])
    numbers = _numbered(known.index["kinds"]), _numbered(known.index["labels"])
    gone: list[str] = []

    def previous(kind: str, number: int, end: str) -> Any:
        gone.append(known.path(kind, number, end))
        data = previous_file(gone[-1])
        if _end(data) != end:
            raise _Deeper
        return json.loads(data)

    groups: dict[int, list[Entry]] = {}
    moves: defaultdict[int, list[Move]] = defaultdict(list)
    for path, one in changed.items():
        group = bisect_right(starts, places[path]) - 1
        if group not in groups:
            groups[group] = previous("entries", group, known.groups[group])
            gone.append(known.path("cards", group, known.groups[group]))
        labels = {text.label for text in one.texts}
        if one.kind not in numbers[0] or not labels <= numbers[1].keys():
            raise _Deeper
        before, (after, keys) = groups[group][places[path] - starts[group]], _entry(one, *numbers)
        known.count(before, -1)
        known.count(after, 1)
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
    if not all([*known.kinds, *known.labels]) or shard_count(known.size) != len(known.grams):
        raise _Deeper
    gone = [path for path in gone if path not in files]
    return SearchFiles(known.index_bytes(), files, gone, known.as_bytes())


@dataclass(slots=True)
class _Known:
    """An index in shards, and what tells how far a change of entries goes."""

    index: dict[str, Any]  # without the names of shards
    stem: str  # with which the paths of shards begin
    grams: list[str]  # with which their names end
    groups: list[str]
    kinds: list[int]  # how many entries have each kind
    labels: list[int]  # how many texts have each label
    size: int  # of all that is known of characters
    paths: str  # of entries, in lines

    def path(self, kind: str, number: int, end: str) -> str:
        """Where a shard is."""
        return f"{self.stem}{kind}{number}-{end}.json"

    def count(self, entry: Entry, by: int) -> None:
        """Takes an entry in, or out."""
        self.kinds[entry[1]] += by
        for label, *_ in entry[-1]:
            self.labels[label] += by

    def index_bytes(self) -> bytes:
        """The index as browsers get it."""
        return _json({**self.index, "grams": "".join(self.grams), "groups": "".join(self.groups)})

    def as_bytes(self) -> bytes:
        """All of it; `from_bytes` reads it back."""
        return _json([getattr(self, name) for name in self.__slots__])

    @classmethod
    def from_bytes(cls, data: bytes) -> _Known:
        """What `as_bytes` wrote."""
        return cls(*json.loads(data))


# ---- entries


def _numbered(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words)}


def _entry(one: Findable, kinds: dict[str, int], labels: dict[str, int]) -> tuple[Entry, Keys]:
    """An entry as JSON has it, and its keys."""
    named = 1 + len(one.others)
    some = [one.name, *one.others, one.maker, one.summary, *(text.words for text in one.texts)]
    words = [each or _NOTHING for each in some]
    lines, keys = _keyed([" ".join(each.text.split()) for each in words])
    said = [
        [line, each.borrowed_from] if each.borrowed_from else [line] if line else []
        for line, each in zip(lines, words, strict=True)
    ]
    texts = [
        [labels[text.label], *line] for text, line in zip(one.texts, said[named + 2 :], strict=True)
    ]
    card = [one.path, kinds[one.kind], one.flag, said[0], said[1:named], *said[named : named + 2]]
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


def _cut(paths: Sequence[str]) -> list[int]:
    """Where groups begin.

    An entry begins one by its own path, so that a new product moves no border but its own.
    """
    starts = [0]
    for number, path in enumerate(paths):
        is_border = int(digest(path)[:8], 16) % PER_GROUP == 0
        if number and (is_border or number - starts[-1] == 2 * PER_GROUP):
            starts.append(number)
    return starts


def _grams_files(known: _Known, number: int, shard: Noted) -> dict[str, bytes]:
    data = _json(shard)
    known.grams[number] = _end(data)
    return {known.path("grams", number, _end(data)): data}


def _group_files(known: _Known, number: int, entries: Sequence[Entry]) -> dict[str, bytes]:
    """What results show of a group, and that with its texts: a browser needs one of both."""
    cards = [_WRITER.encode(card) for *card, _ in entries]
    full = [
        f"{card[:-1]},{_WRITER.encode(entry[-1])}]"
        for card, entry in zip(cards, entries, strict=True)
    ]
    data = f"[{','.join(full)}]".encode()
    known.groups[number] = _end(data)
    return {
        known.path("cards", number, _end(data)): f"[{','.join(cards)}]".encode(),
        known.path("entries", number, _end(data)): data,
    }


def _end(data: bytes) -> str:
    return digest(data)[:_END]


def _json(value: object) -> bytes:
    return _WRITER.encode(value).encode()
