"""All files of a site that was read: made where something has changed, and laid ready."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import TypeVar

from msgspec import Struct

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.pipeline.making import Making, make_pages
from microsite.pipeline.photos import encode_photos
from microsite.pipeline.planning import (
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
from microsite.pipeline.spread import beside
from microsite.pipeline.state import Numbers, Outputs, State
from microsite.problems import N_, Problem
from microsite.records.notes import Item
from microsite.site.makeup import words_of
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.storage.log import Row, Rows, Tables
from microsite.storage.output import Draft, Laid, lay
from microsite.storage.whole import make_all_lasting

_MANY = 2000  # pages for which the disk takes its time
T = TypeVar("T")


class Made(Struct, frozen=True):
    """The next set of files."""

    reading: Reading
    templates: Mapping[str, str]
    making: Making
    parts: dict[str, Parts]  # what there is to tell in each language
    laid: Sequence[Laid]
    kept: Collection[str] | None  # files of the output that stay as they are; None: all but `gone`
    gone: Collection[str]
    outputs: Outputs  # how all stood before
    tables: Tables  # for the next build, as `keep_state` takes them
    is_all: bool  # whether those are whole


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
    renewed = reading.renewed
    if before and before.read != digest(reading.since):
        renewed = None
    items: Mapping[Item, str] = {}
    if before:
        library = reading.library
        items = item_prints(planned) if renewed is None else prints_of_entries(library, renewed)
    pictures = (SHOWN + path for path in touched)
    changed = before.changed(items, pictures, is_all=renewed is None) if before else set()
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
        Numbers(before),
        are_same=before is not None and before.heads.keys() == set(paths),
    )
    parts = last.parts if last and planned is last.making.planned else {}
    published = publish_entries(making, folders, words_of(templates), parts)
    make_pages(making)
    problems += template_problems(making.faults, folders)
    if making.faults:
        return None
    publish(making, published)
    step(N_("Preparing photos"))
    # Many pages go on to the disk itself while the rest is made: `finish` has less to wait for.
    with beside(make_all_lasting) if len(making.laid) > _MANY else nullcontext():
        is_all = renewed is None or not making.leaves_the_rest
        tables = _tables(making, published, items, are_all_known=renewed is None, is_all=is_all)
        shown = making.shown(tables["pages"], tables["shared"]) if is_all else None
        lost = making.not_shown_any_more() if shown is None else []
        laid: dict[str, Laid] = {}

        def put(path: str, data: bytes) -> None:
            laid[path] = lay(draft, path, data)

        for path, data in planned.files.items():
            put(path, data)
        lacking = partial(_lacking, settings.output, touched if before else None)
        wanted = {file: made for file, of in planned.wanted.items() if (made := lacking(of))}
        encode_photos(folders, wanted, shown, lost, put, settings.jobs)
        drawn = lacking(planned.drawn)
        draw_share_pictures(folders, drawn, shown, lost, problems, put, settings.jobs)
    laid = dict(sorted(laid.items())) | published.laid | making.laid
    kept: Collection[str] | None = None
    gone: Collection[str] = ()
    if shown is None:
        gone = {*published.gone, *lost} - laid.keys()
    else:
        kept = {*shown, *map(file_of, paths), *published.kept} - laid.keys()
    laid_now = list(laid.values())
    return Made(reading, templates, making, parts, laid_now, kept, gone, outputs, tables, is_all)


def _tables(
    making: Making,
    published: Published,
    prints: Mapping[Item, str],
    *,
    are_all_known: bool,
    is_all: bool,
) -> dict[str, Mapping[str, Row]]:
    """What `keep_state` takes: all, or what has come or changed.

    `prints`: fingerprints, if not of all items then of those that can have another one than before.
    """
    pages, heads, shared = making.rows, making.heads, making.shared_now()
    parts = {name: published.parts[name] for name in published.read}
    if is_all:
        pages, heads = making.all_rows()
        if making.before:
            shared = {**making.before.shared.all(), **shared}
            parts = {**published.kept_parts(making.before), **parts}
    items = _item_rows(making, prints, shared, are_all_known=are_all_known, is_all=is_all)
    return {
        "pages": pages,
        "heads": heads,
        "shared": shared,
        "items": items,
        "parts": parts,
        "files": published.files,
    }


def _item_rows(
    making: Making,
    prints: Mapping[Item, str],
    shared: Collection[Item],
    *,
    are_all_known: bool,
    is_all: bool,
) -> dict[Item, Row]:
    """Number and fingerprint of items: of all, or of those that are new or have another one."""
    known = making.before.items if making.before else Rows({})
    fresh = [item for item in making.numbers.fresh if item not in shared]
    names = known.keys() if are_all_known else prints.keys() & known.keys()
    if any(item not in prints and not item.startswith(SHOWN) for item in fresh):
        prints = {**item_prints(making.planned), **prints}  # a first build has room only now
    rows = {**known.all()} if is_all else {}
    for item in (*names, *fresh):
        row, told = known.get(item), prints.get(item, "")
        rows[item] = row if row and row[1] == told else [making.numbers[item], told]
    return rows


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
