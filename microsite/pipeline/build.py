"""The steps of a build, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from microsite.pipeline.appearance import encode_photos
from microsite.pipeline.content import read_content
from microsite.pipeline.folders import Folders
from microsite.pipeline.making import Making, make_pages
from microsite.pipeline.planning import footing_of, item_prints, plan_site
from microsite.pipeline.publications import Published, publish, publish_entries
from microsite.pipeline.reading import Reading, read_site
from microsite.pipeline.rendering import Renderer, compiling, read_templates, template_problems
from microsite.pipeline.share_pictures import draw_share_pictures
from microsite.pipeline.state import Numbers, Outputs, keep_state, load_outputs, load_state
from microsite.problems import N_, Problem, has_errors, in_order
from microsite.records.notes import Item
from microsite.site.makeup import words_of
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.storage.lock import hold
from microsite.storage.log import Row
from microsite.storage.output import Draft, Laid, Written, begin, discard, finish, lay
from microsite.storage.owned import check_output
from microsite.storage.unchanged import look_at_all

INPUTS = ("content", "templates", "assets", "locale")


class Settings(Struct, frozen=True):
    """What a build is told; paths as the caller would open them."""

    home: str  # the generator's folder: templates, assets and locale that a site does not bring
    site: str  # the site's folder
    output: str
    today: dt.date
    base_url: str = ""  # instead of the one in site.yaml
    drafts: bool = False
    jobs: int = 1


class Built(Struct, frozen=True):
    """What became of a build. `written` is None where faults kept it from being written."""

    problems: list[Problem]
    pages: int = 0
    written: Written | None = None
    reading: Reading | None = None  # what the site was made from
    origins: Mapping[str, str] = field(default_factory=dict)  # page's file -> its content file
    outputs: str = ""  # how the files of the output stand


def build(settings: Settings, step: Callable[[str], None] = lambda _: None) -> Built:
    """The site in `settings.output`, or what is wrong with its content.

    `step` is told what is being done, as a message id.

    Raises:
        Refusal: the output is not ours, another build is running, a disk is full.
    """
    folders = Folders(settings.home, settings.site)
    problems: list[Problem] = []
    if not folders.has("content", "site.yaml"):  # a mistyped folder: not even a cache is left in it
        read_content(folders, problems)
        return Built(in_order(problems))
    with hold(folders.kept()):
        draft = begin(settings.output, folders.kept("output"))
        outputs = Outputs(load_outputs(folders, settings.output), look_at_all(settings.output))
        check_output(
            settings.output,
            [one for name in INPUTS for one in folders.both(name)],
            is_as_left=outputs.are_as_left,
        )
        try:
            made = _make(settings, folders, draft, outputs, problems, step)
            if made is None or has_errors(problems):
                discard(draft)
                return Built(in_order(problems))
        except BaseException:
            discard(draft)
            raise
        step(N_("Writing"))
        written = finish(draft, made.laid, made.kept)
        making, published = made.making, made.published
        left = outputs.after(settings.output, made.laid, made.kept)
        keep_state(
            folders,
            settings.output,
            making.footing,
            made.items,
            making.before,
            making.numbers,
            made.pages,
            published.parts,
            made.shared,
            published.files,
            left,
        )
    plans = making.planned.all
    origins = {file_of(plan.path): plan.origin for plan in plans if plan.origin}
    return Built(in_order(problems), len(plans), written, made.reading, origins, left)


class _Made(Struct, frozen=True):
    """The next set of files."""

    reading: Reading
    making: Making
    published: Published
    items: Mapping[Item, str]  # fingerprints
    pages: Mapping[str, Row]
    shared: Mapping[int, Row]
    laid: Sequence[Laid]
    kept: Sequence[str]  # files of the output that stay as they are


def _make(
    settings: Settings,
    folders: Folders,
    draft: Draft,
    outputs: Outputs,
    problems: list[Problem],
    step: Callable[[str], None],
) -> _Made | None:
    """All files laid ready; None as soon as faults make going on pointless."""
    step(N_("Reading"))
    templates = read_templates(folders, problems)
    # For its first pages, a site needs them all.
    with compiling(templates, settings.jobs if draft.is_first else 1) as codes:
        reading = read_site(
            folders, problems, today=settings.today, drafts=settings.drafts, jobs=settings.jobs
        )
        if reading is None:
            return None

        planned = plan_site(
            folders, reading, problems, today=settings.today, base_url=settings.base_url
        )
        if planned is None:
            return None
        render = Renderer(templates, reading.wordings, codes())

    step(N_("Rendering"))
    footing = footing_of(planned, templates)
    before = load_state(folders, settings.output, footing.stamp, outputs)
    touched = outputs.touched(settings.output) if before else set()
    items = item_prints(planned) if before else {}
    changed = before.changed(items, (SHOWN + path for path in touched)) if before else set()
    numbers = Numbers(before.numbers if before else {})
    making = Making(
        planned, render, draft, footing, before, changed, touched, settings.jobs, numbers
    )
    published = publish_entries(making, folders, words_of(templates))
    make_pages(making)
    problems += template_problems(making.faults, folders)
    if making.faults:
        return None
    publish(making, published)
    step(N_("Preparing photos"))
    paths = [plan.path for plan in planned.all]
    pages, shared = making.pages(), making.shared()
    shown = making.shown(pages, shared)
    files = dict(planned.files)
    files |= encode_photos(folders, planned.wanted, shown, settings.jobs)
    files |= draw_share_pictures(folders, planned.drawn, shown, problems, settings.jobs)
    laid = {path: lay(draft, path, data) for path, data in files.items()}
    laid |= published.laid | making.laid
    kept = {*shown, *map(file_of, paths), *published.kept} - laid.keys()
    items = items or item_prints(planned)  # a first build asks only now, when there is room
    files_laid = list(laid.values())
    return _Made(reading, making, published, items, pages, shared, files_laid, sorted(kept))
