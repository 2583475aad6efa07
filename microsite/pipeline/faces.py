"""The heading face: cut and measured once, and kept as long as the font is the same."""

from __future__ import annotations

import os
from importlib.util import find_spec

from msgspec import json

from microsite.media.bundles import hashed_name
from microsite.media.faces import FaceMetrics, cut_of, face_css
from microsite.pipeline.folders import Folders
from microsite.storage import cache
from microsite.storage.whole import read_whole

FACE = ("fontpkg_chakra_petch", "files/ChakraPetch-Bold.ttf", "LICENSE")


def heading_face(folders: Folders) -> tuple[str, str, dict[str, bytes]]:
    """Path of the face in the output, its styles, and its files: face and licence."""
    whole, licence = _of_package(FACE[1]), _of_package(FACE[2])
    face, measured = _cut(whole, folders.kept("face"))
    font = hashed_name("assets/heading.woff2", face)
    styles = face_css(font.rpartition("/")[2], measured)
    return font, styles, {font: face, hashed_name("assets/heading-licence.txt", licence): licence}


def _cut(whole: bytes, kept: str) -> tuple[bytes, FaceMetrics]:
    """The face cut down to what is read here, and its measures, from the folder `kept` if there."""
    key = cut_of(whole)
    said = cache.load(kept, key)
    if said is not None:
        measures, _, face = said.partition(b"\n")
        return face, FaceMetrics(*json.decode(measures))
    from microsite.media.typefaces import metrics, subset

    face, measured = subset(whole), metrics(whole)
    values = [getattr(measured, name) for name in FaceMetrics.__match_args__]
    cache.save(kept, key, json.encode(values) + b"\n" + face)
    cache.keep_only(kept, {key})
    return face, measured


def _of_package(name: str) -> bytes:
    """A file beside the font's package; `importlib.resources` would take 10 ms to find it."""
    found = find_spec(FACE[0])
    if found is None or found.origin is None:
        raise ModuleNotFoundError(FACE[0], name=FACE[0])
    return read_whole(f"{os.path.dirname(found.origin)}/{name}")
