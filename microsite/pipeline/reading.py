"""Reading a site: from its folders to a library of valid records, or what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.briefly import Entries, read_briefly
from microsite.pipeline.catalogues import read_wording
from microsite.pipeline.content import (
    around_of,
    check_briefs,
    find_entries,
    idle_photos,
    keys_in,
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
from microsite.records.contents import contents_of
from microsite.records.fields import Checked
from microsite.records.ledger import Ledger, as_lines, compare, lines_of, pairs, rows_in
from microsite.records.library import SHARED, Library, library_of
from microsite.records.places import Located
from microsite.records.said import entry_name
from microsite.records.source import Entry
from microsite.records.standing import note_prices
from microsite.storage.inputs import Found, clock_of_disk


class Reading(Struct, frozen=True):
    """All that pages are made from, of a site whose content is valid."""

    wordings: Mapping[str, Wording]  # by language, the source language first
    photos: Mapping[str, PhotoFacts | Fault]
    entries: Entries
    ledger: LedgerFile  # of translations
    shared_rows: Ledger  # what it should say of site.yaml and taxonomy.yaml
    library: Library
    looked: str  # how inputs stood, as `storage.unchanged.look` says
    told: Sequence[Problem]  # what is wrong, none of it an error
    renewed: Collection[Key] | None = None  # entries that say other words; None: all may
    since: str = ""  # how inputs stood before those did

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
    looked: str = "",
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Reading | None:
    """The site in a folder; None where its content has faults, which are among the problems then.

    Entries that have not changed since an earlier build are not read again. `looked` is how inputs
    stood just before, if the site is to be recalled. `meanwhile` is what could be done while
    another process reads the few that have.
    """
    # A folder that somebody has mistyped is to stay as it is.
    clock = clock_of_disk(folders.kept()) if folders.has("content", "site.yaml") else 0
    start = len(problems)
    present = find_entries(folders.content(), problems)
    shared_entries: dict[Key, dict[str, Entry]] = {}
    for located, found in present.items():
        if located.key in SHARED:
            entry, _ = read_file(located, found, problems)
            if entry is not None:
                shared_entries.setdefault(located.key, {})[located.language] = entry
    languages = languages_in(folders, shared_entries.get(SHARED[0], {}).values(), problems)
    problems += unlisted(folders, present, languages)
    wordings = {tag: read_wording(tag, folders, problems) for tag in languages}
    photos = measure_photos(folders, folders.photos())
    if not languages:
        return None
    shared = read_shared(shared_entries, languages, folders, problems)
    keys = keys_in(present, languages[0])
    around = around_of(shared, keys, languages, folders, wordings, photos, today, problems)
    ledger = read_ledger(folders, problems)
    by_key: dict[Key, dict[str, tuple[Located, Found]]] = {}
    for tag in languages:
        for located, found in present.items():
            if located.language == tag and located.key not in SHARED:
                by_key.setdefault(located.key, {})[tag] = located, found
    sources = Sources({**by_key}, ledger, around, clock)
    entries = read_briefly(folders, sources, jobs, meanwhile)
    for one in entries.kept.values():
        problems += one.problems
    briefs = {key: one.brief for key, one in entries.kept.items() if one.brief}
    hidden = check_briefs(briefs, around, problems, entries.line, today=today, drafts=drafts)
    for key in briefs.keys() - hidden:
        problems += entries.kept[key].if_shown
    if has_errors(problems):
        return None
    problems += idle_photos(briefs.values(), around.known)
    library = library_of(
        briefs,
        contents_of(briefs, hidden, languages, remembered_order(folders)),
        shared,
        entries.values_of,
        outdated={(tag, key) for key, one in entries.kept.items() for tag in one.late},
    )
    problems += note_prices(library, folders.of_site("content", "site.yaml"))
    rows = rows_of_shared(shared, ledger, languages)
    told = problems[start:]
    return Reading(wordings, photos, entries, ledger, rows, library, looked, told)


def rows_of_shared(
    shared: Mapping[Key, Mapping[str, Checked]], ledger: LedgerFile, languages: Sequence[str]
) -> Ledger:
    """What the ledger of translations should say of site.yaml and taxonomy.yaml."""
    every = [one for found in shared.values() for one in found.values()]
    said = chain.from_iterable(rows_in(ledger.said_of(key)) for key in SHARED)
    rows, _ = compare(frozenset(said), pairs(every, languages))
    return rows
