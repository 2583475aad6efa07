"""The steps of a build, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from microsite.language.wording import Wording
from microsite.media.renditions import Rendition
from microsite.pipeline.appearance import (
    encode_photos,
    measure_photos,
    prepare_media,
    read_wording,
)
from microsite.pipeline.content import check_content, read_bodies, read_content
from microsite.pipeline.folders import Folders, read_text
from microsite.problems import N_, Fault, Place, Problem, in_order, problem_of
from microsite.records.library import join
from microsite.site.plan import collisions, plan
from microsite.site.templates import environment, render
from microsite.site.urls import Urls, file_of
from microsite.site.viewer import Viewer
from microsite.site.views import Page
from microsite.storage.lock import hold
from microsite.storage.output import Written, finish_interrupted, write_output
from microsite.storage.owned import check_output

INPUTS = ("content", "templates", "assets", "locale")


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
    folders = Folders(settings.home, settings.site)
    work = folders.kept("output")
    with hold(folders.kept()):
        finish_interrupted(settings.output, work)
        check_output(settings.output, [folders.of_site(name) for name in INPUTS])
        problems: list[Problem] = []
        made = _make(settings, folders, problems, step)
        if made is None or _has_errors(problems):
            return Built(in_order(problems))
        pages, files = made
        step(N_("Writing"))
        written = write_output(settings.output, files, work)
    return Built(in_order(problems), len(pages), written)


def _make(
    settings: Settings, folders: Folders, problems: list[Problem], step: Callable[[str], None]
) -> tuple[Sequence[Page], dict[str, bytes]] | None:
    """Pages and all files of the output; None as soon as faults make going on pointless."""
    step(N_("Reading"))
    content = read_content(folders, problems)
    wordings = {tag: read_wording(tag, folders, problems) for tag in content.languages}
    photos = measure_photos(folders)
    prose = read_bodies(content, wordings, problems)
    checked = check_content(
        content,
        folders,
        problems,
        prose=prose,
        photos=photos,
        today=settings.today,
        drafts=settings.drafts,
    )
    if not content.languages or _has_errors(problems):
        return None

    library = join(checked, content.languages, today=settings.today, drafts=settings.drafts)
    files, media = prepare_media(folders, library.source.enterprises, photos, problems)
    if media is None:
        return None
    urls = Urls(settings.base_url or library.source.site.base_url)
    wanted: dict[str, dict[str, Rendition]] = {}
    viewers = {
        tag: Viewer(edition, urls, media, prose, wordings[tag], settings.today, wanted)
        for tag, edition in library.editions.items()
    }
    pages = plan(library, viewers)
    problems += collisions(pages)
    if _has_errors(problems):
        return None

    step(N_("Rendering"))
    files |= _rendered(pages, wordings, folders, problems)
    step(N_("Preparing photos"))
    files |= encode_photos(folders, wanted, settings.jobs)
    return pages, files


def _rendered(
    pages: Iterable[Page],
    wordings: Mapping[str, Wording],
    folders: Folders,
    problems: list[Problem],
) -> dict[str, bytes]:
    templates: dict[str, str] = {}
    for path, found in folders.overlaid("templates").items():
        try:
            templates[path] = read_text(found)
        except Fault as fault:
            problems.append(problem_of(fault, Place(found.where)))
    environments = {tag: environment(templates, words) for tag, words in wordings.items()}
    files: dict[str, bytes] = {}
    for page in pages:
        try:
            files[file_of(page.path)] = render(environments[page.frame.language], page)
        except Fault as fault:
            place = Place(folders.of_site("templates", page.template))
            problems.append(problem_of(fault, place))
    return files


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)
