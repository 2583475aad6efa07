"""One build from start to end: the only module that knows every step."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files as package_files

from markupsafe import Markup

from microsite.language.catalogues import UnreadableCatalogue, read_catalogue
from microsite.language.wording import ENGLISH, Wording
from microsite.media.bundles import hashed_name, stylesheet
from microsite.media.drawings import Flag, flag_css, read_flag, read_illustration
from microsite.media.photos import encode_all, measure
from microsite.media.renditions import PhotoFacts, Rendition
from microsite.media.tints import tint_css
from microsite.media.typefaces import face_css, metrics, subset
from microsite.problems import N_, Fault, Level, Place, Problem, in_order, problem_of
from microsite.records import validate
from microsite.records.fields import Checked, read_values
from microsite.records.library import Library, join
from microsite.records.places import Located, locate
from microsite.records.source import FILE_LIMIT, Entry, read_entry
from microsite.records.validate import Known, Reference
from microsite.site.plan import collisions, plan
from microsite.site.prose import Prose, read_prose
from microsite.site.templates import environment, render
from microsite.site.urls import TAKEN, Urls, file_of
from microsite.site.viewer import Media, Viewer
from microsite.site.views import Drawing, Page
from microsite.storage import cache
from microsite.storage.inputs import Found, overlay, read, scan
from microsite.storage.lock import hold
from microsite.storage.output import Written, finish_interrupted, write_output
from microsite.storage.owned import check_output

PHOTO_LIMIT = 40 * 1024 * 1024  # bytes of a photo as it comes from a camera
TEXT_LIMIT = 2 * 1024 * 1024  # bytes of a template, style sheet, drawing or catalogue
# Drawings that our templates need; of all others a site has only its own.
NEUTRAL = ("flags/default.svg", "mark.svg")
FACE = ("fontpkg_chakra_petch", "files/ChakraPetch-Bold.ttf", "LICENSE")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is told; paths as the caller would open them."""

    home: str  # the generator's folder: templates, assets and locale that a site does not bring
    site: str  # the site's folder
    output: str
    today: dt.date
    base_url: str = ""  # instead of the one in site.yaml
    drafts: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a build. `written` is None where faults kept it from being written."""

    problems: list[Problem]
    pages: int = 0
    written: Written | None = None


def build(settings: Settings, step: Callable[[str], None] = lambda _: None) -> Built:
    """The site in `settings.output`, or what is wrong with its content.

    `step` is told what is being done, as a message id.

    Raises:
        Refusal: the output is not ours, another build is running, a disk is full.
    """
    kept = _join(settings.site, ".cache")
    inputs = [_join(settings.site, name) for name in ("content", "templates", "assets", "locale")]
    check_output(settings.output, inputs)
    with hold(kept):
        finish_interrupted(settings.output, _join(kept, "output"))
        return _Build(settings, kept, step).run()


class _Build:
    """One run. Each step adds to `problems`; errors end it before anything is written."""

    def __init__(self, settings: Settings, kept: str, step: Callable[[str], None]) -> None:
        self.settings, self.kept, self.step = settings, kept, step
        self.problems: list[Problem] = []

    def run(self) -> Built:
        self.step(N_("Reading"))
        entries, present = self._entries()
        languages = self._languages(entries)
        wordings = {tag: self._wording(tag) for tag in languages}
        photos = self._photos()
        checked = self._checked(entries, languages)
        self._unlisted(present, languages)
        prose = self._prose(entries, wordings)
        self._validate(checked, present, languages, prose, photos)
        if not languages or self._has_errors():
            return self._ended()

        settings = self.settings
        library = join(checked, languages, today=settings.today, drafts=settings.drafts)
        urls = Urls(settings.base_url or library.source.site.base_url)
        assets, media = self._media(library, photos)
        if media is None or self._has_errors():
            return self._ended()
        wanted: dict[str, dict[str, Rendition]] = {}
        viewers = {
            tag: Viewer(edition, urls, media, prose, wordings[tag], settings.today, wanted)
            for tag, edition in library.editions.items()
        }
        pages = plan(library, viewers)
        self.problems += collisions(pages)
        if self._has_errors():
            return self._ended()

        self.step(N_("Rendering"))
        files = self._rendered(pages, wordings)
        self.step(N_("Preparing photos"))
        files |= assets | self._encoded(wanted)
        if self._has_errors():
            return self._ended()
        self.step(N_("Writing"))
        written = write_output(settings.output, files, _join(self.kept, "output"))
        return Built(in_order(self.problems), len(pages), written)

    def _has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    def _ended(self) -> Built:
        return Built(in_order(self.problems))

    def _add(self, fault: Fault, file: str, *, level: Level = "error") -> None:
        self.problems.append(problem_of(fault, Place(file), level=level))

    # ---- content

    def _entries(self) -> tuple[list[Entry], list[Located]]:
        """Entries that could be read, and all that are there, readable or not."""
        entries: list[Entry] = []
        present: dict[Located, str] = {}
        for found in scan(_join(self.settings.site, "content")).values():
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
                self._add(fault, found.where)
                continue
            entry, problems = read_entry(
                data,
                type=located.type,
                slug=located.slug,
                language=located.language,
                file=found.where,
            )
            self.problems += problems
            if entry is not None:
                entries.append(entry)
        return entries, list(present)

    def _languages(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """The languages of the site, the source language first; none where site.yaml is faulty."""
        shared = [one for one in entries if one.type == "site" and not one.language]
        file = _join(self.settings.site, "content", "site.yaml")
        if not shared:
            if not any(problem.place.file == file for problem in self.problems):
                message = N_("There is no site here: content/site.yaml is missing.")
                mend = N_("Go to the folder of the site, or name it with --site.")
                self._add(Fault("site-missing", message, mend), file)
            return ()
        words = _join(self.settings.site, "content", "<language>", "site.yaml")
        checked, problems = read_values(shared[0], "facts", source_file=words)
        self.problems += problems
        return tuple(dict.fromkeys(checked.values.get("languages", ())))

    def _checked(self, entries: Iterable[Entry], languages: Sequence[str]) -> list[Checked]:
        """The typed values of every entry in a language of the site."""
        checked: list[Checked] = []
        files = {(one.type, one.slug): one.file for one in entries if one.language in languages[:1]}
        for entry in entries:
            if entry.type == "site":
                file = _join(self.settings.site, "content", "site.yaml")
                one, problems = read_values(
                    entry, "words" if entry.language else "facts", source_file=file
                )
            elif entry.language == languages[0] if languages else False:
                one, problems = read_values(entry, "all")
            elif entry.language in languages:
                file = files.get((entry.type, entry.slug), "")
                one, problems = read_values(entry, "words", source_file=file)
            else:
                continue
            self.problems += problems
            checked.append(one)
        return checked

    def _prose(self, entries: Iterable[Entry], wordings: Mapping[str, Wording]) -> dict[str, Prose]:
        """The prose of every body, by file."""
        prose: dict[str, Prose] = {}
        for entry in entries:
            if not entry.body.strip() or entry.language not in wordings:
                continue
            back = wordings[entry.language].gettext(N_("Back to the text, note {}"))
            prose[entry.file], findings = read_prose(entry.body, note_back=back)
            for found in findings:
                line = found.line + entry.body_line - 1
                self.problems.append(
                    entry.problem_at(
                        found.fault, line, found.column, found.width, level=found.level
                    )
                )
        return prose

    def _validate(
        self,
        checked: Sequence[Checked],
        present: Sequence[Located],
        languages: Sequence[str],
        prose: Mapping[str, Prose],
        photos: Mapping[str, PhotoFacts | Fault],
    ) -> None:
        if not languages:
            return
        known = _known(checked, present, languages[0], photos)
        references = {
            one.entry.file: _references(prose[one.entry.file], one.entry)
            for one in checked
            if one.entry.file in prose
        }
        self.problems += validate.check(
            checked,
            languages,
            known,
            references,
            taken=TAKEN,
            today=self.settings.today,
            drafts=self.settings.drafts,
        )

    # ---- words, pictures, styles

    def _wording(self, tag: str) -> Wording:
        """The interface words of a language; English ones, with a warning, where there are none."""
        name = f"{tag}/messages.po"
        found = self._overlaid("locale").get(name)
        if found is None:
            if tag.split("-")[0] != "en":
                message = N_("There is no locale/{name}, so the interface speaks English there.")
                mend = N_("Have the words translated, or copy the file from another site.")
                file = _join(self.settings.site, "content", "site.yaml")
                self._add(
                    Fault("catalogue-missing", message, mend, name=name), file, level="warning"
                )
            return replace(ENGLISH, tag=tag)
        try:
            return read_catalogue(tag, read(found, TEXT_LIMIT))
        except UnreadableCatalogue as unreadable:
            message = N_("The interface words cannot be read: {reason}.")
            mend = N_("Undo the last change to this file.")
            fault = Fault("catalogue", message, mend, reason=unreadable.reason)
            self.problems.append(problem_of(fault, Place(found.where, unreadable.line)))
            return replace(ENGLISH, tag=tag)

    def _photos(self) -> dict[str, PhotoFacts | Fault]:
        """What each photo measures, or why it cannot be used, by path below assets/photos/."""
        measured: dict[str, PhotoFacts | Fault] = {}
        for path, found in scan(_join(self.settings.site, "assets", "photos")).items():
            try:
                measured[path] = measure(read(found, PHOTO_LIMIT))
            except Fault as fault:
                measured[path] = fault
        return measured

    def _media(
        self, library: Library, photos: Mapping[str, PhotoFacts | Fault]
    ) -> tuple[dict[str, bytes], Media | None]:
        """Style sheet and face as files of the output, and all that pages must know of them."""
        drawings = self._drawings()
        slugs = ["default", *sorted(library.source.enterprises)]
        flags: dict[str, Flag] = {}
        parts: dict[str, bytes] = {}
        files: dict[str, bytes] = {}
        try:
            for slug in slugs:
                found = drawings.get(f"flags/{slug}.svg")
                if found is not None:
                    flags[slug] = read_flag(slug, read(found, TEXT_LIMIT))
            mark = _drawing("mark", drawings["mark.svg"])
            horizon = _drawing("horizon", found) if (found := drawings.get("horizon.svg")) else None
            for path, found in self._overlaid("assets/css").items():
                parts[path] = read(found, TEXT_LIMIT)
            face, licence = self._face()
            font = hashed_name("assets/heading.woff2", face)
            files[font] = face
            files["assets/heading-licence.txt"] = licence
            extra = [face_css(_name(font), metrics(face)), tint_css()]
            styles = stylesheet(parts, [*extra, flag_css(flags.values())])
        except Fault as fault:
            self._add(fault, _join(self.settings.site, "assets"))
            return {}, None
        name = hashed_name("assets/site.css", styles)
        files[name] = styles
        facts = {path: one for path, one in photos.items() if isinstance(one, PhotoFacts)}
        return files, Media(facts, flags, name, font, mark, horizon)

    def _face(self) -> tuple[bytes, bytes]:
        """The heading face, cut down, and its licence."""
        package = package_files(FACE[0])
        whole = (package / FACE[1]).read_bytes()
        return subset(whole), (package / FACE[2]).read_bytes()

    def _drawings(self) -> dict[str, Found]:
        own = scan(_join(self.settings.site, "assets", "illustrations"))
        ours = scan(_join(self.settings.home, "assets", "illustrations"))
        return {**{name: ours[name] for name in NEUTRAL}, **own}

    def _overlaid(self, folder: str) -> dict[str, Found]:
        """Files of the site, and ours where it brings none of that name."""
        return overlay(_join(self.settings.site, folder), _join(self.settings.home, folder))

    # ---- files

    def _rendered(self, pages: Iterable[Page], wordings: Mapping[str, Wording]) -> dict[str, bytes]:
        templates = {
            path: read(found, TEXT_LIMIT).decode()
            for path, found in self._overlaid("templates").items()
        }
        environments = {tag: environment(templates, words) for tag, words in wordings.items()}
        files: dict[str, bytes] = {}
        for page in pages:
            try:
                files[file_of(page.path)] = render(environments[page.frame.language], page)
            except Fault as fault:
                self._add(fault, _join(self.settings.site, "templates", page.template))
        return files

    def _encoded(self, wanted: Mapping[str, Mapping[str, Rendition]]) -> dict[str, bytes]:
        """The renditions of photos that pages show: from the cache, else made now."""
        kept = _join(self.kept, "photos")
        folder = _join(self.settings.site, "assets", "photos")
        found = scan(folder)

        def encode(file: str) -> dict[str, bytes]:
            made = {path: cache.load(kept, _name(path)) for path in wanted[file]}
            missing = [wanted[file][path] for path, data in made.items() if data is None]
            if missing:
                for path, data in encode_all(read(found[file], PHOTO_LIMIT), missing).items():
                    cache.save(kept, _name(path), data)
                    made[path] = data
            return {path: data for path, data in made.items() if data is not None}

        # Pillow lets go of the interpreter while it works, so threads use every core; each holds
        # one photo at a time, which bounds the memory.
        with ThreadPoolExecutor(self.settings.jobs) as pool:
            done = list(pool.map(encode, sorted(wanted)))
        cache.keep_only(kept, {_name(path) for made in done for path in made})
        return {path: data for made in done for path, data in sorted(made.items())}


def _known(
    checked: Sequence[Checked],
    present: Sequence[Located],
    source: str,
    photos: Mapping[str, PhotoFacts | Fault],
) -> Known:
    taxonomies = [one for one in checked if one.key == ("taxonomy", "taxonomy")]
    of_source = [one for one in taxonomies if one.entry.language == source]
    values = of_source[0].values if of_source else None
    is_there = any(one.type == "taxonomy" and one.language == source for one in present)
    if values is None and not is_there:
        values = {}
    return Known(
        keys={(one.type, one.slug) for one in present if one.language == source},
        categories=None if values is None else set(values.get("categories", ())),
        places=None if values is None else set(values.get("places", ())),
        photos={path: one if isinstance(one, Fault) else None for path, one in photos.items()},
    )


def _references(prose: Prose, entry: Entry) -> list[Reference]:
    """Links and photos of a body, with their lines in the file."""
    shift = entry.body_line - 1
    links = [
        Reference(one.kind, one.slug, one.line + shift, one.column) for one in prose.references
    ]
    photos = [Reference("photo", one.file, one.line + shift, one.column) for one in prose.photos]
    return links + photos


def _drawing(name: str, found: Found) -> Drawing:
    made = read_illustration(name, read(found, TEXT_LIMIT))
    return Drawing(made.view_box, made.fit, Markup(made.markup))  # noqa: S704 # redrawn from an allow-list


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _join(*parts: str) -> str:
    """A path with `/`, without a leading `./`."""
    return os.path.normpath("/".join(parts)).replace(os.sep, "/")
