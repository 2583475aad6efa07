"""Photos: measured when content is read, encoded where pages show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from microsite.digest import digest
from microsite.media.renditions import PhotoFacts, Rendition
from microsite.media.tints import TINTS
from microsite.pipeline.folders import Folders
from microsite.problems import Fault
from microsite.storage import cache
from microsite.storage.inputs import Found, read

AT_ONCE = 8  # photos being made; each takes about 80 MB where it has 12 megapixels
PHOTO_LIMIT = 40 * 1024 * 1024  # bytes of a photo as it comes from a camera


def measure_photos(folders: Folders, photos: Mapping[str, Found]) -> dict[str, PhotoFacts | Fault]:
    """What each photo measures, or why it cannot be used, by path below assets/photos/.

    Nothing where there is no site: a folder that somebody mistyped is to stay as it is.
    """
    measured: dict[str, PhotoFacts | Fault] = {}
    if not folders.has("content", "site.yaml"):
        return measured
    kept = folders.kept("photo-facts")
    for path, found in photos.items():
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


def encode_photos(
    folders: Folders,
    wanted: Mapping[str, Mapping[str, Rendition]],
    shown: Collection[str] | None,
    gone: Collection[str],
    put: Callable[[str, bytes], object],
    jobs: int,
) -> None:
    """Put the renditions that are wanted under their paths: kept from before, else made now.

    `put` is called by several threads, in no order, so that nobody holds the pictures of a site.
    `shown`: paths of all pictures that pages show, of which those that are not wanted now are kept.
    Where that is not known, all are but those that are `gone`.
    """
    kept, found = folders.kept("photos"), folders.photos()

    def encode(file: str) -> None:
        missing: list[Rendition] = []
        for path, rendition in wanted[file].items():
            data = cache.load(kept, digest(path))
            if data is None:
                missing.append(rendition)
            else:
                put(path, data)
        if missing:
            from microsite.media.photos import encode_all

            made = encode_all(read(found[file], PHOTO_LIMIT), missing)
            for path, data in made.items():
                cache.save(kept, digest(path), data)
                put(path, data)

    if wanted:
        from concurrent.futures import ThreadPoolExecutor

        # Pillow lets go of the interpreter while it works, so threads use every core; each holds
        # one photo at a time, so that memory stays below 1 GB on many cores, too.
        with ThreadPoolExecutor(min(jobs, AT_ONCE)) as pool:
            for _ in pool.map(encode, sorted(wanted)):
                pass
    if shown is None:
        cache.drop(kept, map(digest, gone))
    else:
        cache.keep_only(kept, set(map(digest, shown)))
