"""Changes to content, as rows say them: what would change is planned first, written later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from microsite.editing.cells import at_cells, in_cell
from microsite.editing.columns import columns_of
from microsite.editing.differences import Difference, name_in, sentences
from microsite.editing.drafts import new_entry
from microsite.editing.entries import changed
from microsite.editing.rows import Row, Typing, merged, read_rows
from microsite.editing.scalars import Typed
from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.folders import Folders
from microsite.pipeline.photos import measure_photos
from microsite.pipeline.settings import Settings
from microsite.pipeline.translations import read_translations, record_translations
from microsite.pipeline.whole import Content, check_content, read_content
from microsite.problems import N_, Fault, Place, Problem, Refusal, in_order, problem_of
from microsite.records.declarations import fields_of
from microsite.records.fields import Checked, read_values
from microsite.records.places import Located
from microsite.records.schema import FOLDERS, TYPES
from microsite.records.source import FILE_LIMIT, Entry, read_entry
from microsite.storage.content import Rewritten, write_content
from microsite.storage.inputs import read
from microsite.storage.lock import hold

_IN_YAML = ("partner",)  # types whose new entries have no prose to begin with


class Catalogue(Struct, frozen=True):
    """All entries of a site as they are now, and what else it takes to check them."""

    folders: Folders
    content: Content
    checked: Sequence[Checked]
    photos: Mapping[str, PhotoFacts | Fault]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the source language first."""
        return self.content.languages

    def keys(self) -> dict[str, list[str]]:
        """What fields may refer to, by type, in order."""
        known: dict[str, list[str]] = {}
        for one in self.content.present:
            if one.language == self.languages[0]:
                known.setdefault(one.type, []).append(one.slug)
        terms = self._terms()
        return {type: sorted(slugs) for type, slugs in known.items()} | terms

    def _terms(self) -> dict[str, list[str]]:
        for one in self.checked:
            if one.entry.type == "taxonomy" and one.entry.language == self.languages[0]:
                return {
                    "category": list(one.values.get("categories", {})),
                    "place": list(one.values.get("places", {})),
                }
        return {}


class Plan(Struct, frozen=True):
    """What would be written, or the errors for which nothing will be."""

    problems: list[Problem]
    sentences: list[str]  # what changes, in words
    files: Mapping[str, Rewritten]  # by path below content/
    without_row: int = 0  # entries that no row speaks of
    checked: Sequence[Checked] = ()  # all entries as they would be

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be written."""
        return any(problem.level == "error" for problem in self.problems)


def open_catalogue(settings: Settings, problems: list[Problem]) -> Catalogue | None:
    """The entries of the site; None where errors in them must be mended first."""
    folders = Folders(settings.home, settings.site)
    content = read_content(folders, problems)
    photos = measure_photos(folders, folders.photos())
    checked = _checked(content, folders, photos, settings, problems)
    if any(problem.level == "error" for problem in problems):
        return None
    return Catalogue(folders, content, checked, photos)


def plan_changes(
    catalogue: Catalogue,
    typings: Sequence[Typing],
    settings: Settings,
    wording: Wording,
    *,
    is_guided: bool = False,
) -> Plan:
    """What the rows would change. Entries without a row stay as they are."""
    problems: list[Problem] = []
    rows: list[Row] = []
    for typing in typings:
        faults: list[Problem] = []
        rows += read_rows(typing, catalogue.languages, faults)
        problems += [in_cell(fault, typing, wording) for fault in faults]
    content, row_of = _with_rows(catalogue, rows)
    found: list[Problem] = []
    checked = (
        _checked(content, catalogue.folders, catalogue.photos, settings, found) if row_of else []
    )
    differences = _differences(catalogue, checked, row_of)
    told = [one for one in found if one.level == "error" or one.place.file in row_of]
    problems += at_cells(told, row_of, wording)
    spoken = {(row.typing.type, row.slug) for row in rows}
    types = {typing.type for typing in typings}
    without = sum(
        one.language == catalogue.languages[0]
        and one.type in types
        and (one.type, one.slug) not in spoken
        for one in catalogue.content.present
    )
    if any(problem.level == "error" for problem in problems):
        return Plan(in_order(problems), [], {}, without)
    files: dict[str, Rewritten] = {}
    found_files = catalogue.folders.content() if differences else {}
    root = catalogue.folders.of_site("content") + "/"
    for one in differences:
        path = one.after.entry.file.removeprefix(root)
        try:
            before = read(found_files[path], FILE_LIMIT) if one.before else None
            after = _text_of(one, before, wording, is_guided=is_guided).encode()
            _expect_as_wanted(after, one)
            files[path] = Rewritten(before, after)
        except Fault as fault:
            problems.append(problem_of(fault, Place(one.after.entry.file)))
    names = {
        (one.entry.type, one.entry.slug): name_in(one.values, one.entry.slug)
        for one in checked
        if one.entry.language == catalogue.languages[0]
    }
    said = [
        sentence
        for one in differences
        for sentence in sentences(one, wording, names[one.after.entry.type, one.after.entry.slug])
    ]
    return Plan(in_order(problems), said, files, without, checked)


def write_plan(catalogue: Catalogue, plan: Plan) -> None:
    """Write what was planned, all of it or nothing, and what each translation was made from.

    Raises:
        Refusal: a build is running, a file has changed meanwhile, the disk is full.
    """
    with hold(catalogue.folders.kept()):
        # First as it was: a text that changes now must not pass for what its translation says.
        _record(catalogue, catalogue.checked)
        write_content(catalogue.folders.of_site("content"), plan.files)
        _record(catalogue, plan.checked)


def _record(catalogue: Catalogue, checked: Sequence[Checked]) -> None:
    translations = read_translations(catalogue.folders, checked, catalogue.languages, (), [])
    record_translations(catalogue.folders, translations.data, translations.lines)


def file_of_new(catalogue: Catalogue, type: str, slug: str, language: str) -> str:
    """The file that a new entry will be, as the caller would open it."""
    folder = next(name for name, (one, _) in FOLDERS.items() if one == type)
    ending = "yaml" if type in _IN_YAML else "md"
    return catalogue.folders.of_site("content", language, folder, f"{slug}.{ending}")


def typing_of_new(catalogue: Catalogue, type: str, slug: str, said: Mapping[str, str]) -> Typing:
    """A new entry as a row; `said` is by key of the column.

    Raises:
        Refusal: there is such an entry.
    """
    for one in catalogue.content.present:
        if (one.type, one.slug) == (type, slug):
            message = N_("There is already an entry “{slug}”.")
            mend = N_("Choose another file name, or edit that entry.")
            raise Refusal("entry-exists", message, mend, slug=slug)
    columns = columns_of(type, catalogue.languages)
    file = file_of_new(catalogue, type, slug, catalogue.languages[0])
    cells = [slug if not column.path else said.get(column.key, "") for column in columns]
    names = ["--slug" if not column.path else column.option for column in columns]
    return Typing(type, file, "", [column.key for column in columns], {3: cells}, names=names)


def _checked(
    content: Content,
    folders: Folders,
    photos: Mapping[str, PhotoFacts | Fault],
    settings: Settings,
    problems: list[Problem],
) -> list[Checked]:
    whole = check_content(
        content,
        folders,
        problems,
        wordings={},  # no sheet holds the text below the fields
        photos=photos,
        today=settings.today,
        drafts=settings.drafts,
    )
    return whole.checked


def _with_rows(catalogue: Catalogue, rows: Iterable[Row]) -> tuple[Content, dict[str, Row]]:
    """The content as it would be, and which row each file comes from that would be another."""
    entries = {(one.type, one.slug, one.language): one for one in catalogue.content.entries}
    values = {(*one.key, one.entry.language): one for one in catalogue.checked}
    present = list(catalogue.content.present)
    row_of: dict[str, Row] = {}
    source = catalogue.languages[0]
    for row in rows:
        for tag, fields in row.fields.items():
            key = (row.typing.type, row.slug, tag)
            old = entries.get(key)
            is_said = any(not _is_blank(node.value) for node in fields.values())
            if old is None and tag != source and not is_said:
                continue
            file = file_of_new(catalogue, row.typing.type, row.slug, tag)
            entry = merged(row, tag, old, Entry(row.typing.type, row.slug, tag, file, {}))
            after, faults = read_values(entry, _scope(tag == source), source_file=file)
            if old is not None and not faults and not Difference(values[key], after, True).names:
                continue
            if old is None:
                present.append(Located(entry.type, entry.slug, tag))
            entries[key] = entry
            row_of[entry.file] = replace(row, language=tag)
    return replace(catalogue.content, entries=list(entries.values()), present=present), row_of


def _scope(is_source: bool) -> Literal["all", "words"]:
    return "all" if is_source else "words"


def _is_blank(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(one.value) for one in value.values())
    return not value


def _differences(
    catalogue: Catalogue, checked: Iterable[Checked], row_of: Mapping[str, Row]
) -> list[Difference]:
    before = {(one.key, one.entry.language): one for one in catalogue.checked}
    found: list[Difference] = []
    for one in checked:
        if one.entry.file not in row_of:
            continue
        old = before.get((one.key, one.entry.language))
        difference = Difference(old, one, one.entry.language == catalogue.languages[0])
        if old is None or difference.names:
            found.append(difference)
    return found


def _text_of(one: Difference, before: bytes | None, wording: Wording, *, is_guided: bool) -> str:
    entry, changes = one.after.entry, one.changes()
    if before is not None:
        return changed(before.decode(), changes, list(fields_of(TYPES[entry.type])))
    fields: dict[str, Typed] = {path[0]: said for path, said in changes.items() if said is not None}
    is_markdown = entry.file.endswith(".md")
    return new_entry(
        entry.type,
        fields,
        wording,
        is_source=one.is_source,
        is_markdown=is_markdown,
        is_guided=is_guided,
    )


def _expect_as_wanted(data: bytes, one: Difference) -> None:
    """The last look before anything is written: the file says what the sheet says."""
    entry = one.after.entry
    read, problems = read_entry(
        data, type=entry.type, slug=entry.slug, language=entry.language, file=entry.file
    )
    if read is not None and not problems:
        values, problems = read_values(read, _scope(one.is_source), source_file=entry.file)
        if not problems and not Difference(values, one.after, one.is_source).names:
            return
    message = N_("The fields are written in a way that only a person can change.")
    raise Fault("entry-unchangeable", message, N_("Change this file by hand."))
