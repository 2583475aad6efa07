"""All files of a site that was read: made where something has changed, and laid ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from microsite.pipeline.folders import Folders
from microsite.pipeline.making import Making, make_pages
from microsite.pipeline.photos import encode_photos
from microsite.pipeline.planning import footing_of, item_prints, plan_site
from microsite.pipeline.publications import Published, publish, publish_entries
from microsite.pipeline.reading import Reading
from microsite.pipeline.rendering import Renderer, template_problems
from microsite.pipeline.settings import Settings
from microsite.pipeline.share_pictures import draw_share_pictures
from microsite.pipeline.state import Numbers, Outputs, load_state
from microsite.problems import N_, Problem
from microsite.records.notes import Item
from microsite.site.makeup import words_of
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.storage.log import Row
from microsite.storage.output import Draft, Laid, lay


class Made(Struct, frozen=True):
    """The next set of files."""

    reading: Reading
    making: Making
    published: Published
    items: Mapping[Item, str]  # fingerprints
    pages: Mapping[str, Row]
    shared: Mapping[Item, Row]
    laid: Sequence[Laid]
    kept: Sequence[str]  # files of the output that stay as they are
    outputs: Outputs  # how all stood before


def make_files(
    settings: Settings,
    folders: Folders,
    reading: Reading,
    templates: Mapping[str, str],
    draft: Draft,
    outputs: Outputs,
    problems: list[Problem],
    step: Callable[[str], None],
) -> Made | None:
    """The next set of files; None where a fault of a page or template keeps it from being made."""
    planned = plan_site(
        folders, reading, problems, today=settings.today, base_url=settings.base_url
    )
    if planned is None:
        return None

    step(N_("Rendering"))
    render = Renderer(templates, reading.wordings)
    footing = footing_of(planned, templates)
    before = load_state(folders, settings.output, footing.stamp, outputs)
    touched = outputs.touched(settings.output) if before else set()
    items = item_prints(planned) if before else {}
    changed = before.changed(items, (SHOWN + path for path in touched)) if before else set()
    numbers = Numbers(before.numbers() if before else {})
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
    return Made(reading, making, published, items, pages, shared, files_laid, sorted(kept), outputs)
