"""A site that was read before: only what has changed since is read."""

from __future__ import annotations

import datetime as dt
import os
from collections import ChainMap
from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace

from microsite.digest import digest
from microsite.pipeline import lasting, translations
from microsite.pipeline.briefly import recalled
from microsite.pipeline.catalogues import read_wording
from microsite.pipeline.content import around_of, read_file, read_shared
from microsite.pipeline.folders import Folders
from microsite.pipeline.kept import Files, Sources
from microsite.pipeline.photos import measure_photos
from microsite.pipeline.reading import Reading, rows_of_shared
from microsite.pipeline.remembered import Remembered, recall, remember
from microsite.pipeline.translations import read_ledger
from microsite.problems import Problem
from microsite.records.brief_rows import read_problem, write_problem
from microsite.records.briefs import Brief, Key
from microsite.records.library import SHARED, library_of
from microsite.records.on_demand import OnDemand
from microsite.records.places import Located, locate, paths_of
from microsite.records.source import Entry
from microsite.storage.inputs import Found, clock_of_disk, find
from microsite.storage.unchanged import difference


def read_again(
    before: Reading,
    folders: Folders,
    looked: str,
    *,
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Reading | None:
    """The site of `before`, of which a few entries say other words now; `before` is used up then.

    None, and nothing done, where it takes `read_site` to tell: where more has changed, where an
    entry that has is known otherwise to others, or where something is wrong with it. `looked` and
    `meanwhile` as for `read_site`.
    """
    clock, entries = clock_of_disk(folders.kept()), before.entries
    changed = _changed(before, folders, looked)
    if changed is None:
        return None
    files, has_other_ledger = changed
    told: list[Problem] = []
    ledger = read_ledger(folders, told) if has_other_ledger else before.ledger
    if told or any(before.ledger.said_of(key) != ledger.said_of(key) for key in SHARED):
        return None
    sources = Sources(ChainMap(files, entries.sources.files), ledger, entries.sources.around, clock)
    library, news = before.library, entries.news(sources, files, jobs, meanwhile)
    if news is None:
        return None
    own = [one for now in news for one in entries.kept[now.key].told(library.hidden)]
    others = [one for one in before.told if one not in own]
    quoted = {found.where for key in files for _, found in files[key].values()}
    if any(one.place.file in quoted for one in others):  # for its lines may have moved
        return None
    own = [one for now in news for one in now.told(library.hidden)]
    entries.take(sources, files, news)
    library.renew((now.brief, now.late) for now in news if now.brief)
    keys = [now.key for now in news if now.brief]
    return replace(
        before,
        ledger=ledger,
        looked=looked,
        told=[*others, *own],
        renewed=keys,
        since=before.looked,
    )


def recall_site(folders: Folders, *, today: dt.date, drafts: bool) -> Reading | None:
    """The site as the last build has read it, for `read_again`; None where that is not known.

    Entries are loaded when they are asked for.
    """
    known = recall(folders, today=today, drafts=drafts)
    if known is None:
        return None
    looked, site = known
    told: list[Problem] = []  # which is known
    ledger = read_ledger(folders, told)
    if digest(ledger.data) != site.ledger:
        return None
    languages, keys = tuple(site.contents.lists), site.contents.keys()
    shared_entries: dict[Key, dict[str, Entry]] = {}
    for key in SHARED:
        for tag, of in _files_of(folders, languages, key).items():
            if (entry := read_file(*of, told)[0]) is not None:
                shared_entries.setdefault(key, {})[tag] = entry
    wordings = {tag: read_wording(tag, folders, told) for tag in languages}
    photos = measure_photos(folders, folders.photos())
    shared = read_shared(shared_entries, languages, folders, told)
    present = {*keys, *(key for key in SHARED if languages[0] in shared[key])}
    around = around_of(shared, present, languages, folders, wordings, photos, today, told)
    files = OnDemand(keys, partial(_files_of, folders, languages))
    entries = recalled(folders, keys, Sources(files, ledger, around, 0), site.room)
    if entries is None:
        return None

    def brief(key: Key) -> Brief:
        found = entries.kept[key].brief
        assert found is not None  # noqa: S101 # entries without one are not kept
        return found

    library = library_of(
        OnDemand(keys, brief), site.contents, shared, entries.values_of, outdated=site.late
    )
    rows = rows_of_shared(shared, ledger, languages)
    told = list(map(read_problem, site.told))
    return Reading(wordings, photos, entries, ledger, rows, library, looked, told)


def remember_site(folders: Folders, reading: Reading, *, today: dt.date, drafts: bool) -> None:
    """Keep for `recall_site` what was read."""
    site = Remembered(
        reading.library.contents,
        reading.library.outdated,
        list(map(write_problem, reading.told)),
        digest(reading.ledger.data),
        reading.entries.room,
    )
    remember(folders, reading.looked, site, today=today, drafts=drafts)


def _changed(
    before: Reading, folders: Folders, looked: str
) -> tuple[dict[Key, Files], bool] | None:
    """The files of entries of which one is another, and whether the ledger of translations is.

    None where something else has changed of what a site is read from, or has come or gone.
    """
    changed = difference(before.looked, looked)
    if changed is None:
        return None
    content, *further = (
        f"{os.path.abspath(one)}/"
        for one in (
            folders.of_site("content"),
            folders.of_site("assets", "photos"),
            *folders.both("locale"),
        )
    )
    other, some = changed
    ledger, known = content + translations.PLACE, before.entries.sources.files
    files: dict[Key, Files] = {}
    for where in (other | some) - {ledger}:
        if not where.startswith(content):
            if where.startswith(tuple(further)):
                return None
            continue
        path = where.removeprefix(content)
        if where in some or path == lasting.PLACE:
            return None
        located = locate(path, is_regular=True)
        if located is None:
            continue
        found = find(folders.of_site("content"), path)
        if not found or found.kind != "file" or located.key not in known:
            return None
        files.setdefault(located.key, known[located.key])
        if located.language not in files[located.key]:
            return None
        files[located.key] = {**files[located.key], located.language: (located, found)}
    return files, ledger in other | some


def _files_of(folders: Folders, languages: Iterable[str], key: Key) -> Files:
    """What there is of an entry, by language."""
    content = folders.of_site("content")
    files: dict[str, tuple[Located, Found]] = {}
    for tag in ("", *languages) if key == SHARED[0] else languages:
        located = Located(*key, tag)
        for path in paths_of(located):
            if found := find(content, path):
                files[tag] = located, found
    return files
