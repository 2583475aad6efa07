"""Content files become checked entries and prose; what is wrong is collected on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.folders import Folders
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records import validate
from microsite.records.fields import Checked, read_values
from microsite.records.places import Located, locate
from microsite.records.source import FILE_LIMIT, Entry, read_entry
from microsite.records.validate import Known, Reference
from microsite.site.prose import Prose, read_prose
from microsite.site.urls import TAKEN
from microsite.storage.inputs import read
from microsite.values import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """What people have written, as far as it could be read."""

    entries: Sequence[Entry]
    present: Sequence[Located]  # every entry that has a file, readable or not
    languages: tuple[str, ...]  # the source language first; none where site.yaml is faulty


def read_content(folders: Folders, problems: list[Problem]) -> Content:
    """Every entry, and the languages of the site."""
    entries: list[Entry] = []
    present: dict[Located, str] = {}
    for found in folders.content().values():
        try:
            located = locate(found.path, is_regular=found.kind == "file")
            if located is None:
                continue
            if located in present:
                message = N_("The entry exists twice: here and in {other}.")
                mend = N_("Keep one of the two files.")
                raise Fault("entry-twice", message, mend, other=present[located])
            present[located] = found.where
            data = read(found, FILE_LIMIT)
        except Fault as fault:
            problems.append(problem_of(fault, Place(found.where)))
            continue
        entry, faults = read_entry(
            data,
            type=located.type,
            slug=located.slug,
            language=located.language,
            file=found.where,
        )
        problems += faults
        if entry is not None:
            entries.append(entry)
    languages = _languages(folders, entries, problems)
    problems += _unlisted(folders, present, languages)
    return Content(entries, list(present), languages)


def _languages(
    folders: Folders, entries: Iterable[Entry], problems: list[Problem]
) -> tuple[str, ...]:
    shared = [one for one in entries if one.type == "site" and not one.language]
    if shared:
        words = folders.of_site("content", "<language>", "site.yaml")
        checked, faults = read_values(shared[0], "facts", source_file=words)
        problems += faults
        return tuple(dict.fromkeys(checked.values.get("languages", ())))
    file = folders.of_site("content", "site.yaml")
    if not any(problem.place.file == file for problem in problems):
        message = N_("There is no site here: content/site.yaml is missing.")
        mend = N_("Go to the folder of the site, or name it with --site.")
        problems.append(problem_of(Fault("site-missing", message, mend), Place(file)))
    return ()


def _unlisted(
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


def check_content(
    content: Content,
    folders: Folders,
    problems: list[Problem],
    *,
    prose: Mapping[str, Prose],
    photos: Mapping[str, PhotoFacts | Fault],
    today: dt.date,
    drafts: bool,
) -> list[Checked]:
    """The typed values of every entry in a language of the site."""
    if not content.languages:
        return []
    source, *others = content.languages
    files = {(one.type, one.slug): one.file for one in content.entries if one.language == source}
    checked: list[Checked] = []
    for entry in content.entries:
        if entry.type == "site":
            file = folders.of_site("content", "site.yaml")
            if not entry.language:  # its faults are known from reading the languages
                checked.append(read_values(entry, "facts")[0])
                continue
            one, faults = read_values(entry, "words", source_file=file)
        elif entry.language == source:
            one, faults = read_values(entry, "all")
        elif entry.language in others:
            file = files.get((entry.type, entry.slug), "")
            one, faults = read_values(entry, "words", source_file=file)
        else:
            continue
        problems += faults
        checked.append(one)
    references = {
        one.entry.file: _references(prose[one.entry.file], one.entry)
        for one in checked
        if one.entry.file in prose
    }
    known = _known(checked, content, photos, folders.of_site("assets", "photos"))
    problems += validate.check(
        checked,
        content.languages,
        known,
        references,
        taken=TAKEN,
        today=today,
        drafts=drafts,
    )
    if not any(problem.level == "error" for problem in problems):
        problems += validate.check_idle_photos(checked, known, references)
    return checked


def read_bodies(
    content: Content, wordings: Mapping[str, Wording], problems: list[Problem]
) -> dict[str, Prose]:
    """The prose of every body, by file."""
    prose: dict[str, Prose] = {}
    for entry in content.entries:
        if not entry.body.strip() or entry.language not in wordings:
            continue
        back = wordings[entry.language].gettext(N_("Back to the text, note {}"))
        prose[entry.file], findings = read_prose(entry.body, note_back=back)
        for found in findings:
            line = found.line + entry.body_line - 1
            problems.append(
                entry.problem_at(found.fault, line, found.column, found.width, level=found.level)
            )
    return prose


def _known(
    checked: Sequence[Checked],
    content: Content,
    photos: Mapping[str, PhotoFacts | Fault],
    photo_folder: str,
) -> Known:
    source = content.languages[0]
    of_source = [
        one.values
        for one in checked
        if one.key == ("taxonomy", "taxonomy") and one.entry.language == source
    ]
    has_file = Located("taxonomy", "taxonomy", source) in content.present
    terms = of_source[0] if of_source else None if has_file else {}
    return Known(
        keys={(one.type, one.slug) for one in content.present if one.language == source},
        categories=None if terms is None else set(terms.get("categories", ())),
        places=None if terms is None else set(terms.get("places", ())),
        photos={
            path: one if isinstance(one, Fault) else (one.width, one.height)
            for path, one in photos.items()
        },
        photo_folder=photo_folder,
    )


def _references(prose: Prose, entry: Entry) -> list[Reference]:
    """Links and photos of a body, with their lines in the file."""
    shift = entry.body_line - 1
    links = [
        Reference(one.kind, one.slug, one.line + shift, one.column) for one in prose.references
    ]
    photos = [Reference("photo", one.file, one.line + shift, one.column) for one in prose.photos]
    return links + photos
