"""Interface words: read by Babel once, then kept as plain JSON until their files change."""

from __future__ import annotations

from msgspec import json
from msgspec.structs import replace

from microsite.digest import digest
from microsite.language.wording import ENGLISH, UnreadableCatalogue, Wording, laid_over
from microsite.pipeline.folders import Folders, joined, read_small
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.storage import cache
from microsite.storage.inputs import Found, scan

RECIPE = 1  # raised with each change to how catalogues are read


def read_wording(tag: str, folders: Folders, problems: list[Problem]) -> Wording:
    """The interface words of a language: the site's, over ours, over the English of the code.

    A warning where there are none.
    """
    name = f"{tag}/messages.po"
    own, ours = (scan(folder).get(name) for folder in folders.both("locale"))
    # What is made of our own files is kept beside them, as Python keeps its compiled modules.
    shelves = {own: folders.kept("catalogues"), ours: joined(folders.home, ".cache", "catalogues")}
    if own is None and ours is None and tag.split("-")[0] != "en":
        message = N_("There is no locale/{name}, so the interface speaks English there.")
        mend = N_("Have the words translated, or copy the file from another site.")
        place = Place(folders.of_site("content", "site.yaml"))
        fault = Fault("catalogue-missing", message, mend, name=name)
        problems.append(problem_of(fault, place, level="warning"))
    wording = replace(ENGLISH, tag=tag)
    for found in dict.fromkeys((ours, own)):  # which are one where the site is ours
        if found is not None:
            wording = laid_over(wording, _catalogue(tag, found, shelves[found], problems))
    return wording


def kept_catalogue(tag: str, po: bytes, kept: str) -> Wording:
    """What `read_catalogue` says of the bytes, from below the folder `kept` if it has said so.

    Raises:
        UnreadableCatalogue: as `read_catalogue`.
    """
    kept, key = f"{kept}/{tag}", digest(RECIPE, po)
    said = cache.load(kept, key)
    if said is not None:
        single, plural, rule = json.decode(said)
        return Wording(tag, single, {one: tuple(forms) for one, forms in plural.items()}, rule)
    from microsite.language.catalogues import read_catalogue  # loads Babel, 30 ms

    read = read_catalogue(tag, po)
    cache.save(kept, key, json.encode([read.single, read.plural, read.rule]))
    cache.keep_only(kept, {key})
    return read


def _catalogue(tag: str, found: Found, kept: str, problems: list[Problem]) -> Wording:
    try:
        return kept_catalogue(tag, read_small(found), kept)
    except UnreadableCatalogue as unreadable:
        message = N_("The interface words cannot be read: {reason}.")
        mend = N_("Undo the last change to this file.")
        fault = Fault("catalogue", message, mend, reason=unreadable.reason)
        problems.append(problem_of(fault, Place(found.where, unreadable.line)))
        return replace(ENGLISH, tag=tag)
