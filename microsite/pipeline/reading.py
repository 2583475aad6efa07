"""Reading a site: from its folders to a library of valid records, or what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline import lasting, translations
from microsite.pipeline.briefly import Entries, read_briefly
from microsite.pipeline.catalogues import read_wording
from microsite.pipeline.content import (
    around_of,
    check_briefs,
    find_entries,
    idle_photos,
    languages_in,
    read_file,
    read_shared,
    unlisted,
)
from microsite.pipeline.folders import Folders
from microsite.pipeline.kept import Sources
from microsite.pipeline.orders import remembered_order
from microsite.pipeline.photos import measure_photos
from microsite.pipeline.translations import LedgerFile, read_ledger
from microsite.problems import Fault, Problem, has_errors
from microsite.records.briefs import Key
from microsite.records.ledger import Ledger, as_lines, compare, lines_of, pairs, rows_in
from microsite.records.library import SHARED, Library, library_of
from microsite.records.places import Located, locate
from microsite.records.said import entry_name
from microsite.records.source import Entry
from microsite.records.standing import note_prices
from microsite.storage.inputs import Found, changed, clock_of_disk


class Seen(Struct, frozen=True):
    """Files that a site is read from, by path, as they were when they were looked at."""

    content: Mapping[str, Found]
    photos: Mapping[str, Found]
    words: Mapping[str, Found]  # of the interface
    clock: int  # what the clock of the disk said before


class Reading(Struct, frozen=True):
    """All that pages are made from, of a site whose content is valid."""

    wordings: Mapping[str, Wording]  # by language, the source language first
    photos: Mapping[str, PhotoFacts | Fault]
    entries: Entries
    ledger: LedgerFile  # of translations
    shared_rows: Ledger  # what it should say of site.yaml and taxonomy.yaml
    library: Library
    seen: Seen
    told: Sequence[Problem]  # what is wrong, none of it an error
    renewed: Collection[Key] | None = None  # entries that say other words than before; None: all

    def ledger_now(self) -> dict[str, str]:
        """The lines of the ledger of translations by entry, as they should be."""
        lines = lines_of(self.shared_rows)
        for key, one in self.entries.kept.items():
            name = entry_name(*key)
            known = self.ledger.lines.get(name, "")
            wanted = as_lines(self.entries.rows_of(key)) if one.is_news else known
            if wanted:
                lines[name] = wanted
        return lines


def read_site(
    folders: Folders,
    problems: list[Problem],
    *,
    today: dt.date,
    drafts: bool,
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Reading | None:
    """The site in a folder; None where its content has faults, which are among the problems then.

    Entries that have not changed since an earlier build are not read again. `meanwhile` is what
    could be done while another process reads the few that have.
    """
    seen = _look(folders)
    start = len(problems)
    present = find_entries(seen.content, problems)
    shared_entries: dict[Key, dict[str, Entry]] = {}
    for located, found in present.items():
        if located.key in SHARED:
            entry, _ = read_file(located, found, problems)
            if entry is not None:
                shared_entries.setdefault(located.key, {})[located.language] = entry
    languages = languages_in(folders, shared_entries.get(SHARED[0], {}).values(), problems)
    problems += unlisted(folders, present, languages)
    wordings = {tag: read_wording(tag, folders, problems) for tag in languages}
    photos = measure_photos(folders, seen.photos)
    if not languages:
        return None
    shared = read_shared(shared_entries, languages, folders, problems)
    around = around_of(shared, present, languages, folders, wordings, photos, today, problems)
    ledger = read_ledger(folders, problems)
    by_key: dict[Key, dict[str, tuple[Located, Found]]] = {}
    for tag in languages:
        for located, found in present.items():
            if located.language == tag and located.key not in SHARED:
                by_key.setdefault(located.key, {})[tag] = located, found
    sources = Sources(by_key, ledger, around, seen.clock)
    entries = read_briefly(folders, sources, jobs, meanwhile)
    for one in entries.kept.values():
        problems += one.problems
    briefs = entries.briefs
    hidden = check_briefs(briefs, around, problems, entries.line, today=today, drafts=drafts)
    for key in briefs.keys() - hidden:
        problems += entries.kept[key].if_shown
    if has_errors(problems):
        return None
    problems += idle_photos(briefs.values(), around.known)
    library = library_of(
        briefs.values(),
        shared,
        languages,
        entries.values_of,
        today=today,
        drafts=drafts,
        outdated={(tag, key) for key, one in entries.kept.items() for tag in one.late},
        order=remembered_order(folders),
    )
    problems += note_prices(library, folders.of_site("content", "site.yaml"))
    every = [one for found in shared.values() for one in found.values()]
    of_shared = (rows_in(ledger.said_of(key)) for key in SHARED)
    rows, _ = compare(frozenset(chain.from_iterable(of_shared)), pairs(every, languages))
    return Reading(wordings, photos, entries, ledger, rows, library, seen, problems[start:])


def read_again(before: Reading, folders: Folders) -> Reading | None:
    """The site of `before`, of which a few entries say other words now; `before` is used up then.

    None, and nothing done, where it takes `read_site` to tell: where more has changed, where an
    entry that has is known otherwise to others, or where something is wrong with it.
    """
    was, seen, entries = before.seen, _look(folders), before.entries
    if changed(was.photos, seen.photos, was.clock) or changed(was.words, seen.words, was.clock):
        return None
    told: list[Problem] = []
    ledger, known = before.ledger, entries.sources.files
    files: dict[Key, dict[str, tuple[Located, Found]]] = {}
    for path in changed(was.content, seen.content, was.clock):
        found = seen.content.get(path)
        if path == translations.PLACE:
            ledger = read_ledger(folders, told)
        elif path == lasting.PLACE or path not in was.content or not found or found.kind != "file":
            return None
        elif (located := locate(path, is_regular=True)) is not None:
            if located.language not in known.get(located.key, {}):
                return None
            files.setdefault(located.key, {**known[located.key]})[located.language] = located, found
    around = entries.sources.around
    sources = Sources({**known, **files}, ledger, around, seen.clock)
    if told or any(before.ledger.said_of(key) != ledger.said_of(key) for key in SHARED):
        return None
    library, news = before.library, entries.news(sources, files)
    if news is None:
        return None
    own = [one for now in news for one in entries.kept[now.key].told(library.hidden)]
    others = [one for one in before.told if one not in own]
    quoted = {found.where for key in files for _, found in files[key].values()}
    if any(one.place.file in quoted for one in others):  # for its lines may have moved
        return None
    own = [one for now in news for one in now.told(library.hidden)]
    entries.take(sources, news)
    library.renew((now.brief, now.late) for now in news if now.brief)
    keys = [now.key for now in news if now.brief]
    return replace(before, ledger=ledger, seen=seen, told=[*others, *own], renewed=keys)


def _look(folders: Folders) -> Seen:
    # A folder that somebody has mistyped is to stay as it is.
    clock = clock_of_disk(folders.kept()) if folders.has("content", "site.yaml") else 0
    return Seen(folders.content(), folders.photos(), folders.overlaid("locale"), clock)
