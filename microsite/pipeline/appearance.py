"""Words, photos, drawings, face and styles: what pages look like and speak like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.resources import files as package_files
from typing import TypeVar

from markupsafe import Markup

from microsite.digest import digest
from microsite.language.catalogues import UnreadableCatalogue, read_catalogue
from microsite.language.wording import ENGLISH, Wording, laid_over
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
from microsite.media.renditions import PhotoFacts, Rendition
from microsite.media.tints import TINTS, tint_css
from microsite.media.typefaces import face_css, metrics, subset
from microsite.pipeline.folders import Folders, read_small, read_text
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.site.makeup import parts_of
from microsite.site.viewer import Media
from microsite.site.views import Drawing
from microsite.storage import cache
from microsite.storage.inputs import Found, read, scan

AT_ONCE = 8  # photos being made; each takes about 80 MB where it has 12 megapixels
PHOTO_LIMIT = 40 * 1024 * 1024  # bytes of a photo as it comes from a camera
T = TypeVar("T")
TOUCH_SIDE = 180  # pixels: what the largest phones ask for
FACE_FILE = "heading.woff2"
LICENCE_FILE = "assets/heading-licence.txt"
FACE = ("fontpkg_chakra_petch", "files/ChakraPetch-Bold.ttf", "LICENSE")


def read_wording(tag: str, folders: Folders, problems: list[Problem]) -> Wording:
    """The interface words of a language: the site's, over ours, over the English of the code.

    A warning where there are none.
    """
    name = f"{tag}/messages.po"
    own, ours = (scan(folder).get(name) for folder in folders.both("locale"))
    if own is None and ours is None and tag.split("-")[0] != "en":
        message = N_("There is no locale/{name}, so the interface speaks English there.")
        mend = N_("Have the words translated, or copy the file from another site.")
        place = Place(folders.of_site("content", "site.yaml"))
        fault = Fault("catalogue-missing", message, mend, name=name)
        problems.append(problem_of(fault, place, level="warning"))
    wording = replace(ENGLISH, tag=tag)
    for found in dict.fromkeys((ours, own)):  # which are one where the site is ours
        if found is not None:
            wording = laid_over(wording, _catalogue(tag, found, problems))
    return wording


def _catalogue(tag: str, found: Found, problems: list[Problem]) -> Wording:
    try:
        return read_catalogue(tag, read_small(found))
    except UnreadableCatalogue as unreadable:
        message = N_("The interface words cannot be read: {reason}.")
        mend = N_("Undo the last change to this file.")
        fault = Fault("catalogue", message, mend, reason=unreadable.reason)
        problems.append(problem_of(fault, Place(found.where, unreadable.line)))
        return replace(ENGLISH, tag=tag)


def measure_photos(folders: Folders) -> dict[str, PhotoFacts | Fault]:
    """What each photo measures, or why it cannot be used, by path below assets/photos/."""
    kept = folders.kept("photo-facts")
    measured: dict[str, PhotoFacts | Fault] = {}
    for path, found in folders.photos().items():
        try:
            data = read(found, PHOTO_LIMIT)
            measured[path] = _measured(data, kept)
        except Fault as fault:
            measured[path] = fault
    return measured


def _measured(data: bytes, kept: str) -> PhotoFacts:
    """What `measure` says, from the folder `kept` where it has said so before."""
    key = digest(data, TINTS)
    said = cache.load(kept, key)
    if said is not None:
        width, height, tint = map(int, said.split())
        return PhotoFacts(width, height, digest(data), tint)
    from microsite.media.photos import measure

    facts = measure(data)
    cache.save(kept, key, f"{facts.width} {facts.height} {facts.tint}".encode())
    return facts


def prepare_media(
    folders: Folders,
    slugs: Iterable[str],
    photos: Mapping[str, PhotoFacts | Fault],
    problems: list[Problem],
) -> tuple[dict[str, bytes], Media | None]:
    """Style sheets and face as files of the output, and all that pages must know of them.

    `slugs` are those of the enterprises. None instead of the media means that a style sheet or
    drawing has a fault.
    """
    before = len(problems)
    drawings, sheets = folders.drawings(), folders.overlaid("assets/css")
    flags: dict[str, Flag] = {}
    for slug in ("default", *sorted(slugs)):
        found = drawings.get(f"flags/{slug}.svg")
        if found and (flag := _made(found, partial(read_flag, slug), problems)):
            flags[slug] = flag
    mark = _made(drawings["mark.svg"], partial(read_illustration, "mark"), problems)
    horizon = None
    if found := drawings.get("horizon.svg"):
        horizon = _made(found, partial(read_illustration, "horizon"), problems)
    parts = {path: _made(found, bytes, problems) or b"" for path, found in sheets.items()}
    if mark is None or len(problems) > before:
        return {}, None
    face, licence, styles_of_face = _heading_face()
    font = hashed_name("assets/heading.woff2", face)
    made = [styles_of_face.replace(FACE_FILE, _name(font)), tint_css(), flag_css(flags.values())]
    try:
        styles = stylesheets(parts, parts_of(_readable_templates(folders)), made)
    except Fault as fault:
        problems.append(problem_of(fault, Place(sheets[str(fault.values["file"])].where)))
        return {}, None
    folder, behaviours = scripts(
        {path: read_small(found) for path, found in folders.overlaid("assets/js").items()}
    )
    sheets_of = {
        template: hashed_name("assets/site.css", sheet) for template, sheet in styles.items()
    }
    drawn = icon(mark)
    shown = hashed_name("assets/icon.svg", drawn)
    files = {
        font: face,
        hashed_name(LICENCE_FILE, licence): licence,
        **{sheets_of[template]: sheet for template, sheet in styles.items()},
        shown: drawn,
        **behaviours,
    }
    touched, pixels = _touch_icon(folders, mark)
    files[touched] = pixels
    facts = {path: one for path, one in photos.items() if isinstance(one, PhotoFacts)}
    behind = _inline(horizon) if horizon else None
    return files, Media(
        facts, flags, sheets_of, folder, font, shown, touched, _inline(mark), behind
    )


def encode_photos(
    folders: Folders, wanted: Mapping[str, Mapping[str, Rendition]], jobs: int
) -> dict[str, bytes]:
    """The renditions that pages show, by path: kept from an earlier build, else made now."""
    kept, found = folders.kept("photos"), folders.photos()

    def encode(file: str) -> dict[str, bytes]:
        done: dict[str, bytes] = {}
        missing: list[Rendition] = []
        for path, rendition in wanted[file].items():
            data = cache.load(kept, digest(path))
            if data is None:
                missing.append(rendition)
            else:
                done[path] = data
        if missing:
            from microsite.media.photos import encode_all

            made = encode_all(read(found[file], PHOTO_LIMIT), missing)
            for path, data in made.items():
                cache.save(kept, digest(path), data)
            done |= made
        return done

    # Pillow lets go of the interpreter while it works, so threads use every core; each holds one
    # photo at a time, so that memory stays below 1 GB on many cores, too.
    with ThreadPoolExecutor(min(jobs, AT_ONCE)) as pool:
        each = list(pool.map(encode, sorted(wanted)))
    cache.keep_only(kept, {digest(path) for done in each for path in done})
    return {path: data for done in each for path, data in sorted(done.items())}


def _readable_templates(folders: Folders) -> dict[str, str]:
    """By path; rendering says what is wrong with those that cannot be read."""
    texts: dict[str, str] = {}
    for path, found in folders.overlaid("templates").items():
        with suppress(Fault):
            texts[path] = read_text(found)
    return texts


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


def _heading_face() -> tuple[bytes, bytes, str]:
    """The face cut down to what is read here, its licence, and styles that name FACE_FILE."""
    package = package_files(FACE[0])
    whole, licence = ((package / name).read_bytes() for name in FACE[1:])
    return subset(whole), licence, face_css(FACE_FILE, metrics(whole))


def _inline(made: Illustration) -> Drawing:
    return Drawing(made.view_box, made.fit, Markup(made.markup))  # noqa: S704 # redrawn from an allow-list


def _name(path: str) -> str:
    return path.rpartition("/")[2]
