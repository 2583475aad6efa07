"""Share pictures: those that pages name, kept from an earlier build or drawn now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import compress

from microsite.digest import digest
from microsite.media.renditions import SHARED, SHARED_BYTES
from microsite.media.share_pictures import ShareDrawing
from microsite.pipeline.folders import Folders
from microsite.problems import Fault, Place, Problem, problem_of
from microsite.storage import cache


def draw_share_pictures(
    folders: Folders,
    drawn: Mapping[str, ShareDrawing],
    shown: Collection[str] | None,
    gone: Collection[str],
    problems: list[Problem],
    put: Callable[[str, bytes], object],
    jobs: int,
) -> None:
    """Put the pictures under their paths; a flag that cannot be drawn is a problem.

    `put` is called as by `encode_photos`. `shown`: paths of all pictures that pages show, of which
    those that are not drawn now are kept. Where that is not known, all are but those that are
    `gone`.
    """
    kept = folders.kept("share-pictures")
    missing = [drawn[path] for path in _missing(kept, sorted(drawn), put, jobs)]
    if missing:
        faults: dict[str, Fault] = {}  # by flag
        for drawing, made in zip(missing, _draw_all(missing, jobs), strict=True):
            if isinstance(made, bytes):
                cache.save(kept, digest(drawing.path), made)
                put(drawing.path, made)
            elif not drawing.pieces or not faults:
                faults[drawing.flag.slug] = made
        for slug, fault in sorted(faults.items()):
            where = folders.drawings()[f"flags/{slug}.svg"].where
            problems.append(problem_of(fault, Place(where)))
    if shown is None:
        cache.drop(kept, map(digest, gone))
    else:
        cache.keep_only(kept, set(map(digest, shown)))


def _missing(
    kept: str, paths: Sequence[str], put: Callable[[str, bytes], object], jobs: int
) -> list[str]:
    """Those that are not in the folder `kept`; what is there is put under its path."""
    if not paths:
        return []
    from concurrent.futures import ThreadPoolExecutor

    def is_missing(path: str) -> bool:
        data = cache.load(kept, digest(path))
        if data is not None:
            put(path, data)
        return data is None

    with ThreadPoolExecutor(jobs) as pool:
        return list(compress(paths, pool.map(is_missing, paths)))


def _draw_all(drawings: Sequence[ShareDrawing], jobs: int) -> Iterator[bytes | Fault]:
    """Each as JPEG, or why not. Pillow leaves room for other threads, resvg none."""
    from concurrent.futures import ThreadPoolExecutor
    from importlib.resources import as_file, files

    from microsite.media.rasters import jpeg_within, rasterise
    from microsite.media.share_svg import share_svg
    from microsite.media.typefaces import read_face
    from microsite.pipeline.faces import FACE

    font = files(FACE[0]) / FACE[1]
    face = read_face(font.read_bytes())

    def draw(drawing: ShareDrawing) -> bytes | Fault:
        try:
            return jpeg_within(
                rasterise(share_svg(drawing, face), *SHARED, face=file), SHARED_BYTES
            )
        except Fault as fault:
            return fault

    with as_file(font) as place, ThreadPoolExecutor(jobs) as pool:
        file = str(place)
        yield from pool.map(draw, drawings)
