"""Content files become entries; what it takes to check them; what is wrong between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.folders import Folders
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.between import check_between
from microsite.records.briefs import Brief, Key
from microsite.records.contents import hidden_keys
from microsite.records.fields import Checked, Scope, read_values
from microsite.records.library import SHARED
from microsite.records.pictures import check_unused
from microsite.records.places import Located, locate
from microsite.records.schema import FOLDERS
from microsite.records.source import FILE_LIMIT, Entry, read_entry
from microsite.records.validate import Known, check_shared, without_unread
from microsite.storage.inputs import Found, read


class Around(Struct, frozen=True):
    """What it takes to check an entry, besides its files."""

    languages: Sequence[str]  # the source language first
    known: Known
    today: dt.date
    # What names the way back from a note, by language; empty: the texts are not read.
    notes_back: Mapping[str, str]


def find_entries(content: Mapping[str, Found], problems: list[Problem]) -> dict[Located, Found]:
    """Which file is which entry; `content` is everything below content/."""
    present: dict[Located, Found] = {}
    for found in content.values():
        try:
            located = locate(found.path, is_regular=found.kind == "file")
            if located is None:
                continue
            if located in present:
                message = N_("The entry exists twice: here and in {other}.")
                mend = N_("Keep one of the two files.")
                raise Fault("entry-twice", message, mend, other=present[located].where)
        except Fault as fault:
            problems.append(problem_of(fault, Place(found.where)))
        else:
            present[located] = found
    return present


def read_file(
    located: Located, found: Found, problems: list[Problem]
) -> tuple[Entry | None, bytes]:
    """The entry in a file, or none where it cannot be read; and the bytes of the file."""
    try:
        data = read(found, FILE_LIMIT)
    except Fault as fault:
        problems.append(problem_of(fault, Place(found.where)))
        return None, b""
    entry, faults = read_entry(
        data, type=located.type, slug=located.slug, language=located.language, file=found.where
    )
    problems += faults
    return entry, data


def languages_in(
    folders: Folders, entries: Iterable[Entry], problems: list[Problem]
) -> tuple[str, ...]:
    """The languages that site.yaml, which is among the entries, lists; none where it is faulty.

    None either where a whole folder of the source language is not read, such as a link: all that
    is said of what should be in it would only hide that.
    """
    shared = [one for one in entries if one.type == "site" and not one.language]
    if shared:
        words = folders.of_site("content", "<language>", "site.yaml")
        checked, faults = read_values(shared[0], "facts", source_file=words)
        problems += faults
        languages = tuple(dict.fromkeys(checked.values.get("languages", ())))
        needed = {folders.of_site("content", *languages[:1], name) for name in ("", *FOLDERS)}
        return () if any(problem.place.file in needed for problem in problems) else languages
    file = folders.of_site("content", "site.yaml")
    if not any(problem.place.file == file for problem in problems):
        message = N_("There is no site here: content/site.yaml is missing.")
        mend = N_("Go to the folder of the site, or name it with --site.")
        problems.append(problem_of(Fault("site-missing", message, mend), Place(file)))
    return ()


def unlisted(
    folders: Folders, present: Iterable[Located], languages: Sequence[str]
) -> Iterable[Problem]:
    """A warning for each folder of a language that site.yaml does not list."""
    place = Place(folders.of_site("content", "site.yaml"))
    for tag in sorted({one.language for one in present} - {"", *languages}):
        if languages:
            message = N_("content/{tag}/ is not on the site: its language is not listed.")
            mend = N_("Add {tag} to `languages`, or delete the folder.")
            fault = Fault("language-not-listed", message, mend, tag=tag)
            yield problem_of(fault, place, level="warning")


def read_shared(
    by_key: Mapping[Key, Mapping[str, Entry]],
    languages: Sequence[str],
    folders: Folders,
    problems: list[Problem],
) -> dict[Key, dict[str, Checked]]:
    """What site.yaml and taxonomy.yaml say, by language."""
    file = folders.of_site("content", "site.yaml")
    shared: dict[Key, dict[str, Checked]] = {key: {} for key in SHARED}
    for key in SHARED:
        for tag, entry in by_key.get(key, {}).items():
            if not tag:  # its faults are known from reading the languages
                shared[key][tag] = read_values(entry, "facts")[0]
                continue
            is_whole = key[0] != "site" and tag == languages[0]
            source = by_key[key].get(languages[0])
            of = file if key[0] == "site" else source.file if source else ""
            scope: Scope = "all" if is_whole else "words"
            shared[key][tag], faults = read_values(entry, scope, source_file=of)
            problems += faults
    return shared


def keys_in(present: Iterable[Located], language: str) -> set[Key]:
    """What has a file in a language."""
    return {(one.type, one.slug) for one in present if one.language == language}


def around_of(
    shared: Mapping[Key, Mapping[str, Checked]],
    keys: Collection[Key],
    languages: Sequence[str],
    folders: Folders,
    wordings: Mapping[str, Wording],
    photos: Mapping[str, PhotoFacts | Fault],
    today: dt.date,
    problems: list[Problem],
) -> Around:
    """What it takes to check entries; what is wrong with the shared files is told meanwhile.

    `keys` are those of all that has a file in the source language, readable or not.
    """
    taxonomy = shared["taxonomy", "taxonomy"].get(languages[0])
    terms = taxonomy.values if taxonomy else None if ("taxonomy", "taxonomy") in keys else {}
    known = Known(
        keys=keys,
        categories=None if terms is None else set(terms.get("categories", ())),
        places=None if terms is None else set(terms.get("places", ())),
        photos={
            path: one if isinstance(one, Fault) else (one.width, one.height)
            for path, one in photos.items()
        },
        photo_folder=folders.of_site("assets", "photos"),
    )
    known = without_unread(known, taxonomy)
    every = [one for found in shared.values() for one in found.values()]
    problems += check_shared(every, languages, known)
    back = N_("Back to the text, note {}")
    return Around(
        languages, known, today, {tag: wording.gettext(back) for tag, wording in wordings.items()}
    )


def check_briefs(
    briefs: Mapping[Key, Brief],
    around: Around,
    problems: list[Problem],
    line_of: Callable[[str, int], str],
    *,
    today: dt.date,
    drafts: bool,
) -> set[Key]:
    """The entries that are not on the site; what is wrong between entries is told meanwhile."""
    facts = {key: one.facts for key, one in briefs.items()}
    hidden = hidden_keys(facts, today=today, drafts=drafts)
    problems += check_between(briefs, hidden, around.known, line_of)
    return hidden


def idle_photos(briefs: Iterable[Brief], known: Known) -> Sequence[Problem]:
    """Warnings for photos that nothing shows, for where nothing else is wrong.

    A slip elsewhere may be why a photo is idle: its name misspelt, its entry not to be read.
    """
    used = {photo for brief in briefs for photo in brief.photos}
    return check_unused(known.photos, used, known.photo_folder)
