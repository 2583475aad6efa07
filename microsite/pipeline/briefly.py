"""Content in brief: entries of which nothing has changed are not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial

from msgspec import json
from msgspec.structs import replace

from microsite.digest import digest
from microsite.pipeline.content import Around, read_file
from microsite.pipeline.folders import Folders
from microsite.pipeline.kept import (
    Files,
    Kept,
    Sources,
    kept_in,
    print_of,
    read_to_keep,
    row_of,
    still,
)
from microsite.pipeline.remembered import forget, generation_of
from microsite.pipeline.spread import WORTH, ahead, spread
from microsite.problems import has_errors
from microsite.records.briefs import Brief, Key, is_known_alike
from microsite.records.fields import Values
from microsite.records.ledger import Row
from microsite.records.on_demand import OnDemand
from microsite.records.places import Located, locate
from microsite.records.stored import read_values
from microsite.site.prose import Prose
from microsite.site.prose_stored import read_prose
from microsite.storage import log, pile
from microsite.storage.version import stamp

_AT_ONCE = 200  # entries that are read before what they say goes to the disk
_ENTRIES = "entries"  # the one table of their log
_SPARE = 1_000_000  # bytes of texts that nobody wants any more, before the pile is made anew


def read_briefly(
    folders: Folders, sources: Sources, jobs: int, meanwhile: Callable[[], object]
) -> Entries:
    """All entries that there are files of.

    `meanwhile` is what could be done while another process reads the few that have changed.
    """
    heap = _heap(folders)
    place, mark = _index(folders, sources.around)
    before = log.load(place, mark)
    rows = before.table(_ENTRIES).all()

    kept: dict[Key, Kept] = {}
    for key, files in sources.files.items():
        row = rows.get(_name(key))
        one = kept_in(row, key, files) if row else None
        if one and (held := still(one, sources)):
            kept[key] = held
    if not before.is_tidy or pile.size(heap) > _room(kept.values()):
        kept = _moved(heap, kept)
    stale = [key for key in sources.files if key not in kept]
    together = heap if pile.is_shared() else ""
    read_share = partial(_read_share, sources, together)
    for share in _read_stale(stale, read_share, jobs, meanwhile):
        kept |= {one.key: one for one in (share if together else _laid(heap, share))}
    kept = {key: kept[key] for key in sources.files}
    # A faulty entry is kept as it was: once it is mended, others may know it as before.
    faulty = {_name(key) for key in stale if not kept[key].spot} & rows.keys()
    renewed = {key: kept[key].brief for key in stale if _name(key) not in faulty}
    if not rows.keys() <= set(map(_name, kept)) or not _are_known(renewed, rows, sources):
        forget(folders)
    tables = {_ENTRIES: {**{name: rows[name] for name in faulty}, **_rows(kept.values())}}
    log.save(place, mark, before, tables)
    return Entries(folders, kept, sources, _room(kept.values()))


def recalled(folders: Folders, keys: Sequence[Key], sources: Sources, room: int) -> Entries | None:
    """These entries as they are kept, each when it is asked for; None where not all are there.

    `room`: bytes that the pile of texts may take.
    """
    known = log.load(*_index(folders, sources.around))
    rows = known.table(_ENTRIES)
    is_all = known.is_tidy and rows.keys() == set(map(_name, keys))
    if not is_all or pile.size(_heap(folders)) > room:
        return None
    return Entries(folders, OnDemand(keys, partial(_unread, rows, sources)), sources, room)


def _are_known(
    briefs: Mapping[Key, Brief | None], rows: Mapping[str, log.Row], sources: Sources
) -> bool:
    """Whether others know these entries as they are kept."""
    for key, brief in briefs.items():
        row = rows.get(_name(key))
        was = kept_in(row, key, sources.files[key]) if row else None
        if was is None or not is_known_alike(was.brief, brief):
            return False
    return True


def _unread(rows: Mapping[str, log.Row], sources: Sources, key: Key) -> Kept:
    one = kept_in(rows[_name(key)], key, sources.files[key])
    return one or read_to_keep(sources, [key])[0]


class Entries:
    """All entries of a site: in brief, and what each of them says when that is asked for."""

    def __init__(
        self, folders: Folders, kept: MutableMapping[Key, Kept], sources: Sources, room: int
    ) -> None:
        self.kept, self.sources, self._folders = kept, sources, folders
        self.room = room  # bytes that the pile of texts may take before it is made anew
        self._generation = generation_of(folders)
        self._heap = _heap(folders)
        self._last: tuple[Key, list[str]] | None = None  # a page asks for values, then for a text

    def news(
        self, sources: Sources, changed: Iterable[Key], jobs: int, meanwhile: Callable[[], object]
    ) -> list[Kept] | None:
        """Those of which something has changed: a file, or what the ledger says; for `take`.

        None where others would know one of them otherwise, or it has errors. `meanwhile` as for
        `read_briefly`.
        """
        stale = dict.fromkeys(changed)
        news: list[Kept] = []
        if sources.ledger.lines != self.sources.ledger.lines:
            for key, one in self.kept.items():
                ledger = print_of(sources.ledger.said_of(key))
                if not one.agrees(ledger):
                    stale[key] = None
                elif ledger != one.ledger and key not in stale:
                    news.append(replace(one, ledger=ledger, row=()))
        read_share = partial(read_to_keep, sources)
        fresh = [
            one for share in _read_stale([*stale], read_share, jobs, meanwhile) for one in share
        ]
        for one in fresh:
            before = self.kept[one.key].brief
            if not is_known_alike(before, one.brief) or has_errors(one.problems):
                return None
        return news + _laid(self._heap, fresh)

    def take(self, sources: Sources, files: Mapping[Key, Files], news: Iterable[Kept]) -> None:
        """Have entries with these files say what they say now, and keep that."""
        self.sources.files.update(files)
        self.sources, self._last = replace(sources, files=self.sources.files), None
        self.kept.update((one.key, one) for one in news)
        if self._generation != generation_of(self._folders):  # another build has read otherwise
            self._generation = forget(self._folders)
        log.add(*_index(self._folders, sources.around), {_ENTRIES: _rows(news)})

    def brief(self, key: Key) -> Brief:
        """What others must know of an entry that has a file in the source language."""
        brief = self.kept[key].brief
        assert brief is not None  # noqa: S101 # it has such a file
        return brief

    def values_of(self, key: Key, tag: str) -> Values:
        """What the fields of an entry say in one language."""
        return next(read_values(values) for of, values, _ in self._told(key) if of == tag)

    def prose_in(self, file: str) -> Prose:
        """The text below the fields of a file."""
        at = self._located(file)
        told = self._told(at.key)
        return next(read_prose(json.decode(text)) for tag, _, text in told if tag == at.language)

    def line(self, file: str, number: int) -> str:
        """A line of a content file, counted from 1."""
        at = self._located(file)
        entry, _ = read_file(*self.sources.files[at.key][at.language], [])
        return entry.lines[number - 1] if entry else ""

    def rows_of(self, key: Key) -> list[Row]:
        """What the ledger of translations should say of an entry."""
        return [Row(*row) for row in json.decode(self._lines(key)[-1])]

    def _located(self, file: str) -> Located:
        path = file.removeprefix(self._folders.of_site("content") + "/")
        located = locate(path, is_regular=True)
        assert located is not None  # noqa: S101 # it was read as an entry
        return located

    def _told(self, key: Key) -> Iterator[tuple[str, str, str]]:
        """Language, values and text, as they are kept."""
        tags, *told, _ = self._lines(key)
        return zip(json.decode(tags), told[::2], told[1::2], strict=True)

    def _lines(self, key: Key) -> list[str]:
        if self._last and self._last[0] == key:
            return self._last[1]
        one = self.kept[key]
        taken = pile.take(self._heap, one.spot) if one.spot else None
        text = taken.decode() if taken else one.text
        if not text:  # somebody has damaged the pile
            self.kept[key], *_ = read_to_keep(self.sources, [key])
            text = self.kept[key].text
        self._last = key, text.split("\n")
        return self._last[1]


def _read_stale(
    stale: Sequence[Key],
    read_share: Callable[[Sequence[Key]], list[Kept]],
    jobs: int,
    meanwhile: Callable[[], object],
) -> list[list[Kept]]:
    if not stale:
        return []
    if len(stale) < WORTH:  # what takes its time is to load all that reads an entry
        with ahead(partial(read_share, stale), jobs) as answer:
            meanwhile()
            return [answer()]
    from microsite.pipeline import entries  # noqa: F401 # once, before processes are copied

    return spread(stale, read_share, jobs)


def _read_share(sources: Sources, heap: str, share: Sequence[Key]) -> list[Kept]:
    """These entries; what they say lies in the pile, if one is named."""
    pieces = (share[at : at + _AT_ONCE] for at in range(0, len(share), _AT_ONCE))
    if not heap:
        return [one for piece in pieces for one in read_to_keep(sources, piece)]
    return [one for piece in pieces for one in _laid(heap, read_to_keep(sources, piece))]


def _laid(heap: str, entries: Sequence[Kept]) -> list[Kept]:
    """The same with what they say in the pile; entries with errors are read again later."""
    sound = [one for one in entries if one.brief and not has_errors(one.problems)]
    spots = pile.put(heap, [one.text.encode() for one in sound]) or ()
    at = dict(zip((one.key for one in sound), spots, strict=bool(spots)))
    return [replace(one, spot=at[one.key], text="") if one.key in at else one for one in entries]


def _moved(heap: str, kept: Mapping[Key, Kept]) -> dict[Key, Kept]:
    """The same, and nothing else, in a new pile; what is lost or will not go there is forgotten."""
    texts = {key: pile.take(heap, one.spot) for key, one in kept.items() if one.spot}
    whole = {key: text for key, text in texts.items() if text}
    spots = pile.put(heap, list(whole.values()), anew=True)
    return {
        key: replace(kept[key], spot=spot, row=())
        for key, spot in zip(whole, spots or (), strict=bool(spots))
    }


def _room(entries: Iterable[Kept]) -> int:
    live = sum(one.spot[1] for one in entries if one.spot)
    return 2 * live + _SPARE


def _heap(folders: Folders) -> str:
    """Where the pile of what entries say lies."""
    return folders.kept("entries", "texts")


def _index(folders: Folders, around: Around) -> tuple[str, str]:
    """Where the log of entries lies, and its stamp: what is wrong is told with paths as typed."""
    mark = digest(stamp(), folders.site, around.languages, around.notes_back)
    return folders.kept("entries", "index"), mark


def _rows(entries: Iterable[Kept]) -> dict[str, log.Row]:
    """Of those of which what they say lies in the pile."""
    return {_name(one.key): row_of(one) for one in entries if one.spot}


def _name(key: Key) -> str:
    return "/".join(key)
