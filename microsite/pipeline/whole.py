"""All of a site's content read and checked anew, with the places of everything that was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
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
from microsite.pipeline.entries import Together, read_together
from microsite.pipeline.folders import Folders
from microsite.pipeline.photos import measure_photos
from microsite.pipeline.translations import Translations, read_translations
from microsite.problems import Fault, Problem, has_errors
from microsite.records.briefs import Key
from microsite.records.fields import Checked
from microsite.records.library import SHARED, Library, join
from microsite.records.places import Located
from microsite.records.source import Entry
from microsite.records.standing import note_prices


class Content(Struct, frozen=True):
    """What people have written, as far as it could be read."""

    entries: Sequence[Entry]
    present: Sequence[Located]  # every entry that has a file, readable or not
    languages: tuple[str, ...]  # the source language first; none where site.yaml is faulty


class AllEntries(Struct, frozen=True):
    """All entries in a language of the site, checked."""

    shared: Mapping[Key, Mapping[str, Checked]]  # site.yaml and taxonomy.yaml, by language
    together: Sequence[Together]

    @property
    def checked(self) -> list[Checked]:
        """Every file."""
        of_entries = (one.checked for one in self.together)
        return [one for found in (*self.shared.values(), *of_entries) for one in found.values()]


class Whole(Struct, frozen=True):
    """Every file of a site whose content is valid, with all places in it."""

    checked: Sequence[Checked]
    wordings: Mapping[str, Wording]
    library: Library
    translations: Translations


def read_whole(
    folders: Folders,
    problems: list[Problem],
    *,
    today: dt.date,
    drafts: bool,
    accepted: Sequence[str] = (),
) -> Whole | None:
    """As `read_site`, with everything that was typed: each file is read again.

    `accepted` are files of translations that are still right whatever has changed.

    Raises:
        Refusal: one of the accepted files is no translation.
    """
    content = read_content(folders, problems)
    wordings = {tag: read_wording(tag, folders, problems) for tag in content.languages}
    photos = measure_photos(folders, folders.photos())
    checked = check_content(
        content, folders, problems, wordings=wordings, photos=photos, today=today, drafts=drafts
    ).checked
    if not content.languages or has_errors(problems):
        return None
    translations = read_translations(folders, checked, content.languages, accepted, problems)
    library = join(
        checked, content.languages, today=today, drafts=drafts, outdated=translations.keys
    )
    problems += note_prices(library, folders.of_site("content", "site.yaml"))
    return Whole(checked, wordings, library, translations)


def read_content(folders: Folders, problems: list[Problem]) -> Content:
    """Every entry, and the languages of the site."""
    present = find_entries(folders.content(), problems)
    entries = [
        entry
        for located, found in present.items()
        if (entry := read_file(located, found, problems)[0]) is not None
    ]
    languages = languages_in(folders, entries, problems)
    problems += unlisted(folders, present, languages)
    return Content(entries, list(present), languages)


def check_content(
    content: Content,
    folders: Folders,
    problems: list[Problem],
    *,
    wordings: Mapping[str, Wording],
    photos: Mapping[str, PhotoFacts | Fault],
    today: dt.date,
    drafts: bool,
) -> AllEntries:
    """All entries in a language of the site, with their texts in the languages of `wordings`."""
    if not content.languages:
        return AllEntries({}, [])
    by_key: dict[Key, dict[str, Entry]] = {}
    for entry in content.entries:
        if entry.language in ("", *content.languages):
            by_key.setdefault((entry.type, entry.slug), {})[entry.language] = entry
    shared = read_shared(by_key, content.languages, folders, problems)
    keys = keys_in(content.present, content.languages[0])
    around = around_of(shared, keys, content.languages, folders, wordings, photos, today, problems)
    found = [
        by_language(entries, content.languages)
        for key, entries in by_key.items()
        if key not in SHARED
    ]
    together = read_together(found, around)
    for one in together:
        problems += one.problems
    briefs = {one.brief.key: one.brief for one in together if one.brief}
    lines = {entry.file: entry.lines for entry in content.entries}
    hidden = check_briefs(
        briefs,
        around,
        problems,
        lambda file, line: lines[file][line - 1],
        today=today,
        drafts=drafts,
    )
    for one in together:
        if one.brief and one.brief.key not in hidden:
            problems += one.if_shown
    if not has_errors(problems):
        problems += idle_photos(briefs.values(), around.known)
    return AllEntries(shared, together)


def by_language(entries: Mapping[str, Entry], languages: Sequence[str]) -> dict[str, Entry]:
    """Those in a language of the site, the source language first."""
    return {tag: entries[tag] for tag in languages if tag in entries}
