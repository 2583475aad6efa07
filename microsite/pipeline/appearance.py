"""Drawings, face, styles and scripts: what pages look like."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from markupsafe import Markup
from msgspec import json

from microsite.digest import digest
from microsite.media.bundles import hashed_name, scripts, stylesheets
from microsite.media.drawings import (
    Flag,
    Illustration,
    flag_css,
    icon,
    read_flag,
    read_illustration,
    touch_icon,
)
from microsite.media.renditions import PhotoFacts
from microsite.media.tints import tint_css
from microsite.pipeline.folders import Folders, read_small, read_templates
from microsite.problems import Fault, Place, Problem, problem_of
from microsite.site.makeup import parts_of, words_of
from microsite.site.viewer import Media
from microsite.site.views import Drawing
from microsite.storage import cache
from microsite.storage.inputs import Found

T = TypeVar("T")
# Words of templates that no page is drawn on without
DRAWN = {"flag", "flags", "ground", "grounds", "horizon", "icon", "mark", "picture", "touch_icon"}
TOUCH_SIDE = 180  # pixels: what the largest phones ask for
STYLES = 1  # raised with each change to how style sheets are put together


def prepare_media(
    folders: Folders,
    slugs: Iterable[str],
    photos: Mapping[str, PhotoFacts | Fault],
    problems: list[Problem],
) -> tuple[dict[str, bytes], Media | None]:
    """Styles, scripts, face and icons as files of the output, and all that pages must know of them.

    Of these, only what templates name is made: where none says `site.font`, there is no face.
    `slugs` are those of the enterprises. None instead of the media means that a style sheet or
    drawing has a fault.
    """
    before = len(problems)
    templates = read_templates(folders, [])  # whose faults are told already
    named = words_of(templates)
    drawings = folders.drawings() if named & DRAWN else {}
    flags = _flags(drawings, slugs, problems)
    mark, horizon = (_illustration(drawings, name, problems) for name in ("mark", "horizon"))
    if len(problems) > before:
        return {}, None
    files: dict[str, bytes] = {}
    font, of_face = "", ""
    if "font" in named:
        from microsite.pipeline.faces import heading_face

        font, of_face, files = heading_face(folders)
    sheets: dict[str, str] = {}
    if "stylesheet" in named:
        made = [of_face, tint_css(), flag_css(flags.values())]
        for template, sheet in _styles(folders, parts_of(templates), made, problems).items():
            sheets[template] = hashed_name("assets/site.css", sheet)
            files[sheets[template]] = sheet
        if len(problems) > before:
            return {}, None
    shown = touched = ""
    if mark and "icon" in named:
        drawn = icon(mark)
        shown = hashed_name("assets/icon.svg", drawn)
        files[shown] = drawn
    folder = ""
    if "scripts" in named:
        sources = folders.overlaid("assets/js")
        folder, behaviours = scripts({path: read_small(one) for path, one in sources.items()})
        files |= behaviours
    if mark and "touch_icon" in named:
        touched, pixels = _touch_icon(folders, mark)
        files[touched] = pixels
    facts = {path: one for path, one in photos.items() if isinstance(one, PhotoFacts)}
    return files, Media(
        photos=facts,
        flags=flags,
        stylesheets=sheets,
        scripts=folder,
        font=font,
        icon=shown,
        touch_icon=touched,
        mark=_inline(mark) if mark else None,
        horizon=_inline(horizon) if horizon else None,
        is_shared="picture" in named,
    )


def cut_face(folders: Folders, templates: Mapping[str, str]) -> None:
    """Have the heading face cut, if templates name it, for `prepare_media` to find."""
    if "font" in words_of(templates):
        from microsite.pipeline.faces import heading_face

        heading_face(folders)


def _flags(
    drawings: Mapping[str, Found], slugs: Iterable[str], problems: list[Problem]
) -> dict[str, Flag]:
    flags: dict[str, Flag] = {}
    for slug in ("default", *sorted(slugs)):
        found = drawings.get(f"flags/{slug}.svg")
        if found and (flag := _made(found, partial(read_flag, slug), problems)):
            flags[slug] = flag
    return flags


def _illustration(
    drawings: Mapping[str, Found], name: str, problems: list[Problem]
) -> Illustration | None:
    found = drawings.get(f"{name}.svg")
    return _made(found, partial(read_illustration, name), problems) if found else None


def _styles(
    folders: Folders,
    uses: Mapping[str, Collection[str]],
    made: Sequence[str],
    problems: list[Problem],
) -> dict[str, bytes]:
    """The style sheet of each template: kept from an earlier build, else put together now."""
    found = folders.overlaid("assets/css")
    parts = {path: _made(one, bytes, problems) or b"" for path, one in found.items()}
    kept, key = (
        folders.kept("styles"),
        digest(STYLES, parts, {t: sorted(u) for t, u in uses.items()}, made),
    )
    said = cache.load(kept, key)
    if said is not None:
        return {template: text.encode() for template, text in json.decode(said).items()}
    try:
        sheets = stylesheets(parts, uses, made)
    except Fault as fault:
        problems.append(problem_of(fault, Place(found[str(fault.values["file"])].where)))
        return {}
    texts = {template: sheet.decode() for template, sheet in sheets.items()}
    cache.save(kept, key, json.encode(texts))
    cache.keep_only(kept, {key})
    return sheets


def _made(found: Found, make: Callable[[bytes], T], problems: list[Problem]) -> T | None:
    """What `make` makes of a file; None, and a problem at the file, where it cannot."""
    try:
        return make(read_small(found))
    except Fault as fault:
        problems.append(problem_of(fault, Place(found.where)))
        return None


def _touch_icon(folders: Folders, mark: Illustration) -> tuple[str, bytes]:
    """Path and bytes of the icon for home screens: kept from an earlier build, else made now."""
    kept, drawn = folders.kept("touch-icon"), touch_icon(mark)
    key = digest(drawn, TOUCH_SIDE)
    data = cache.load(kept, key)
    if data is None:
        from microsite.media.rasters import png, rasterise

        data = png(rasterise(drawn, TOUCH_SIDE, TOUCH_SIDE))
        cache.save(kept, key, data)
    cache.keep_only(kept, {key})
    return hashed_name("assets/touch-icon.png", data), data


def _inline(made: Illustration) -> Drawing:
    return Drawing(made.view_box, made.fit, Markup(made.markup))  # noqa: S704 # redrawn from an allow-list
