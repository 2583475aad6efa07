"""The steps of a build, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from microsite.language.wording import Wording
from microsite.pipeline.appearance import encode_photos
from microsite.pipeline.folders import Folders, read_text
from microsite.pipeline.planning import plan_site
from microsite.pipeline.publications import publications
from microsite.pipeline.reading import Reading, read_site
from microsite.pipeline.share_pictures import draw_share_pictures
from microsite.problems import N_, Fault, Place, Problem, has_errors, in_order, problem_of
from microsite.site.templates import environment, render
from microsite.site.urls import file_of
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
    reading: Reading | None = None  # what the site was made from
    origins: Mapping[str, str] = field(default_factory=dict)  # page's file -> its content file


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
        check_output(settings.output, [one for name in INPUTS for one in folders.both(name)])
        problems: list[Problem] = []
        made = _make(settings, folders, problems, step)
        if made is None or has_errors(problems):
            return Built(in_order(problems))
        reading, pages, files = made
        step(N_("Writing"))
        written = write_output(settings.output, files, work)
    origins = {file_of(page.path): page.origin for page in pages if page.origin}
    return Built(in_order(problems), len(pages), written, reading, origins)


def _make(
    settings: Settings, folders: Folders, problems: list[Problem], step: Callable[[str], None]
) -> tuple[Reading, Sequence[Page], dict[str, bytes]] | None:
    """What was read, pages and files; None as soon as faults make going on pointless."""
    step(N_("Reading"))
    reading = read_site(folders, problems, today=settings.today, drafts=settings.drafts)
    if reading is None:
        return None

    planned = plan_site(
        folders, reading, problems, today=settings.today, base_url=settings.base_url
    )
    if planned is None:
        return None
    library, pages = reading.library, planned.pages

    step(N_("Rendering"))
    files = {**planned.files, **_rendered(pages, reading.wordings, folders, problems)}
    files |= publications(library, planned.viewers, pages)
    step(N_("Preparing photos"))
    files |= encode_photos(folders, planned.wanted, settings.jobs)
    files |= draw_share_pictures(folders, planned.drawn, problems, settings.jobs)
    return reading, pages, files


def _rendered(
    pages: Iterable[Page],
    wordings: Mapping[str, Wording],
    folders: Folders,
    problems: list[Problem],
) -> dict[str, bytes]:
    templates: dict[str, str] = {}
    there = folders.overlaid("templates")
    for path, found in there.items():
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
            name, line = str(fault.values["name"]), int(str(fault.values["line"]))
            file = there[name].where if name in there else folders.of_site("templates", name)
            problems.append(problem_of(fault, Place(file, line)))
    return files
