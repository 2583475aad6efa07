"""All files of a site that was read: made where something has changed, and laid ready."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from msgspec import Struct

from microsite.pipeline.folders import Folders
from microsite.pipeline.making import Making, make_pages
from microsite.pipeline.photos import encode_photos
from microsite.pipeline.planning import (
    Planned,
    footing_of,
    item_prints,
    plan_again,
    plan_site,
    prints_of_entries,
)
from microsite.pipeline.publications import Parts, Published, publish, publish_entries
from microsite.pipeline.reading import Reading
from microsite.pipeline.rendering import Renderer, template_problems
from microsite.pipeline.settings import Settings
from microsite.pipeline.share_pictures import draw_share_pictures
from microsite.pipeline.state import Numbers, Outputs, State
from microsite.problems import N_, Problem
from microsite.records.notes import Item
from microsite.site.makeup import words_of
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.storage.log import Row
from microsite.storage.output import Draft, Laid, lay

T = TypeVar("T")


class Made(Struct, frozen=True):
    """The next set of files."""

    reading: Reading
    templates: Mapping[str, str]
    making: Making
    parts: dict[str, Parts]  # what there is to tell in each language
    published: Published
    items: Mapping[Item, str]  # fingerprints
    pages: Mapping[str, Row]
    shared: Mapping[Item, Row]
    laid: Sequence[Laid]
    kept: Collection[str]  # files of the output that stay as they are
    outputs: Outputs  # how all stood before


def make_files(
    settings: Settings,
    folders: Folders,
    reading: Reading,
    templates: Mapping[str, str],
    draft: Draft,
    outputs: Outputs,
    before: State | None,
    last: Made | None,
    problems: list[Problem],
    step: Callable[[str], None],
) -> Made | None:
    """The next set of files; None where a fault of a page or template keeps it from being made.

    `before` is what the last build left; `last` what it made, where this is known in this process.
    """
    is_known = last and reading.renewed is not None and last.templates == templates
    planned = plan_again(last.making.planned, folders, reading) if last and is_known else None
    if planned:
        problems += planned.told
    else:
        planned = plan_site(
            folders, reading, problems, today=settings.today, base_url=settings.base_url
        )
    if planned is None:
        return None

    step(N_("Rendering"))
    render = last.making.render if last and is_known else Renderer(templates, reading.wordings)
    footing = footing_of(planned, templates)
    touched = outputs.touched(settings.output) if before else set()
    items, among = _prints(planned, reading, last, before) if before else ({}, None)
    pictures = (SHOWN + path for path in touched)
    changed = before.changed(items, pictures, among) if before else set()
    paths = [plan.path for plan in planned.all]
    making = Making(
        planned,
        render,
        draft,
        footing,
        before,
        changed,
        touched,
        settings.jobs,
        last.making.numbers if last else Numbers(before.numbers() if before else {}),
        are_same=before is not None and before.pages.keys() == set(paths),
    )
    parts = last.parts if last and planned is last.making.planned else {}
    published = publish_entries(making, folders, words_of(templates), parts)
    make_pages(making)
    problems += template_problems(making.faults, folders)
    if making.faults:
        return None
    publish(making, published)
    step(N_("Preparing photos"))
    pages, shared = making.pages(), making.shared()
    shown = making.shown(pages, shared)
    files = dict(planned.files)
    lacking = partial(_lacking, settings.output, touched if before else None)
    wanted = {file: made for file, of in planned.wanted.items() if (made := lacking(of))}
    files |= encode_photos(folders, wanted, shown, settings.jobs)
    files |= draw_share_pictures(folders, lacking(planned.drawn), shown, problems, settings.jobs)
    laid = {path: lay(draft, path, data) for path, data in files.items()}
    laid |= published.laid | making.laid
    kept = {*shown, *map(file_of, paths), *published.kept} - laid.keys()
    if not items or _has_more(making.numbers.fresh, shared, items):
        items = item_prints(planned)  # a first build asks only now, when there is room
    files_laid = list(laid.values())
    return Made(
        reading,
        templates,
        making,
        parts,
        published,
        items,
        pages,
        shared,
        files_laid,
        kept,
        outputs,
    )


def _has_more(fresh: Iterable[Item], shared: Collection[Item], known: Collection[Item]) -> bool:
    """Whether pages have read something of which no fingerprint is known."""
    return any(
        item not in shared and item not in known and not item.startswith(SHOWN) for item in fresh
    )


def _lacking(
    output: str, touched: Collection[str] | None, by_path: Mapping[str, T]
) -> dict[str, T]:
    """Those pictures that the output has not; `touched`: its files that are not as they were left.

    A picture is named after all that it is made of, so one that is there is the same.
    """
    if touched is None:
        return dict(by_path)
    return {
        path: one
        for path, one in by_path.items()
        if path in touched or not os.path.lexists(f"{output}/{path}")
    }


def _prints(
    planned: Planned, reading: Reading, last: Made | None, before: State
) -> tuple[Mapping[Item, str], Collection[Item] | None]:
    """Fingerprints of all items, and which of them can be others than in the last build."""
    if reading.renewed is None:
        return item_prints(planned), None
    renewed = prints_of_entries(reading.library, reading.renewed)
    known = last.items if last else {item: row[1] for item, row in before.items.items()}
    return {**known, **renewed}, renewed.keys()
