"""A site that was read before: only what has changed since is read."""

from __future__ import annotations

import datetime as dt
import os
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from microsite.digest import digest
from microsite.pipeline.briefly import recalled
from microsite.pipeline.catalogues import read_wording
from microsite.pipeline.content import around_of, read_file, read_shared
from microsite.pipeline.folders import Folders
from microsite.pipeline.kept import Files, Sources
from microsite.pipeline.ledgers import ADDRESSES, TRANSLATIONS, below_content
from microsite.pipeline.photos import measure_photos
from microsite.pipeline.reading import Reading, rows_of_shared
from microsite.pipeline.remembered import Remembered, recall, remember
from microsite.pipeline.translations import read_ledger
from microsite.problems import Problem
from microsite.records.brief_rows import read_problem, write_problem
from microsite.records.briefs import Key
from microsite.records.library import SHARED, library_of
from microsite.records.on_demand import OnDemand
from microsite.records.places import Located, locate, paths_of
from microsite.records.source import Entry
from microsite.storage.inputs import Found, clock_of_disk, find
from microsite.storage.unchanged import difference


class _Changes(Struct, frozen=True):
    """What has changed of a site: files of entries, at most."""

    entries: Mapping[Key, Files]  # those that are others now, by language
    has_other_ledger: bool  # of translations


def read_again(
    before: Reading | None,
    folders: Folders,
    looked: str,
    *,
    today: dt.date,
    drafts: bool,
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Reading | None:
    """The site of which a few entries say other words than when it was read before.

    `before` is used up then; without it, what the last build has read is recalled. None, and
    nothing done, where it takes `read_site` to tell: where more has changed, where an entry that
    has is known otherwise to others, or where something is wrong with it. `looked` and `meanwhile`
    as for `read_site`.
    """
    clock = clock_of_disk(folders.kept())
    if before:
        changes = _changes(folders, before.looked, looked)
    else:
        known = recall(folders, today=today, drafts=drafts)
        changes = _changes(folders, known[0], looked) if known else None
        if known and changes:
            before = _recalled(folders, *known, today)
    if not before or not changes:
        return None
    return _renewed(before, changes, folders, looked, clock, jobs, meanwhile)


def remember_site(folders: Folders, reading: Reading, *, today: dt.date, drafts: bool) -> None:
    """Keep what was read for `read_again` in a later build."""
    site = Remembered(
        reading.library.contents,
        reading.library.outdated,
        list(map(write_problem, reading.told)),
        digest(reading.ledger.data),
        reading.entries.room,
    )
    remember(folders, reading.looked, site, today=today, drafts=drafts)


def _changes(folders: Folders, since: str, looked: str) -> _Changes | None:
    """What has changed from one look to the other; None where that is more than such."""
    changed = difference(since, looked)
    if changed is None:
        return None
    other, come_or_gone = changed
    place, photos = folders.of_site("content"), folders.of_site("assets", "photos")
    content, *further = (
        f"{os.path.abspath(one)}/" for one in (place, photos, *folders.both("locale"))
    )
    further.append(content + below_content(ADDRESSES))
    ledger = content + below_content(TRANSLATIONS)
    entries: dict[Key, dict[str, tuple[Located, Found]]] = {}
    for where in (other | come_or_gone) - {ledger}:
        if where.startswith(tuple(further)):
            return None
        if not where.startswith(content):
            continue
        path = where.removeprefix(content)
        found = find(place, path)
        if where in come_or_gone or not found or found.kind != "file":
            return None
        located = locate(path, is_regular=True)
        if located and located.key in SHARED:
            return None
        if located:
            entries.setdefault(located.key, {})[located.language] = located, found
    return _Changes({**entries}, ledger in other | come_or_gone)


def _renewed(
    before: Reading,
    changes: _Changes,
    folders: Folders,
    looked: str,
    clock: int,
    jobs: int,
    meanwhile: Callable[[], object],
) -> Reading | None:
    """As `read_again`, of a site that is known; `clock`: what that of the disk said before."""
    entries, library = before.entries, before.library
    files: dict[Key, Files] = {}
    for key, changed in changes.entries.items():
        known = entries.sources.files.get(key, {})
        if not changed.keys() <= known.keys():  # of a language that is not on the site
            return None
        files[key] = {**known, **changed}
    told: list[Problem] = []
    ledger = read_ledger(folders, told) if changes.has_other_ledger else before.ledger
    if told or any(before.ledger.said_of(key) != ledger.said_of(key) for key in SHARED):
        return None
    sources = Sources(ChainMap(files, entries.sources.files), ledger, entries.sources.around, clock)
    news = entries.news(sources, files, jobs, meanwhile)
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
    return replace(
        before,
        ledger=ledger,
        looked=looked,
        told=[*others, *own],
        renewed=[now.key for now in news if now.brief],
        since=before.looked,
    )


def _recalled(folders: Folders, looked: str, site: Remembered, today: dt.date) -> Reading | None:
    """The site as the last build has read it, while inputs stood so.

    Entries are loaded when they are asked for. None where what was kept of them is not there.
    """
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
    library = library_of(
        OnDemand(keys, entries.brief),
        site.contents,
        shared,
        entries.values_of,
        outdated=site.late,
    )
    rows = rows_of_shared(shared, ledger, languages)
    told = list(map(read_problem, site.told))
    return Reading(wordings, photos, entries, ledger, rows, library, looked, told)


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
