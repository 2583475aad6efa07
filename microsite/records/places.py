"""Which file below content/ is which entry, by its path alone."""

from __future__ import annotations

from typing import NamedTuple

from microsite.language.writing import is_language_tag
from microsite.problems import N_, Fault
from microsite.records.kinds import check_slug, did_you_mean
from microsite.records.schema import FOLDERS

_ENDINGS = ("md", "yaml")


class Located(NamedTuple):
    """What a file is the entry of. A tuple, because thousands of them are looked up."""

    type: str
    slug: str
    language: str  # "" for what all languages share

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the entry in all languages."""
        return self.type, self.slug


def locate(path: str, *, is_regular: bool) -> Located | None:
    """The entry at a path below content/, or None for a file that is none of ours.

    Ours are site.yaml, everything in a folder that is named like a language, and nothing else. A
    link in place of an entry is that entry, so that others may name it; who reads it is told.

    Raises:
        Fault: a file that stands in our folders and is no entry, or whose name cannot be a slug; a
            link or special file that is no entry, for it may be a folder of them.
    """
    folder, _, name = path.rpartition("/")
    language, _, kind = folder.partition("/")
    if path == "site.yaml":
        return Located("site", "site", "")
    if not is_language_tag(path.split("/")[0]):
        return None
    stem, _, ending = name.rpartition(".")
    if kind in FOLDERS and ending in _ENDINGS:
        check_slug(stem)
        return Located(FOLDERS[kind][0], stem, language)
    if not kind and name in {"site.yaml", "taxonomy.yaml"}:
        return Located(stem, stem, language)
    _expect_regular(name, is_regular)
    if kind in FOLDERS:
        message = N_("“{name}” is not an entry.")
        mend = N_("Entries end in .md or .yaml; photos go into assets/photos.")
        raise Fault("file-kind", message, mend, name=name)
    near = did_you_mean(kind or name, [*FOLDERS, "site.yaml", "taxonomy.yaml"])
    message = N_("No entry is read from here.")
    if near:
        mend = N_("Did you mean “{near}”?")
    else:
        mend = N_("Entries lie in one of the folders {folders}.")
    raise Fault("file-misplaced", message, mend, near=near, folders=", ".join(FOLDERS))


def paths_of(located: Located) -> list[str]:
    """Where below content/ the file of an entry may lie, as `locate` knows it."""
    type, slug, language = located
    if not language:
        return ["site.yaml"]
    for folder, (of, *_) in FOLDERS.items():
        if of == type:
            return [f"{language}/{folder}/{slug}.{ending}" for ending in _ENDINGS]
    return [f"{language}/{type}.yaml"]


def _expect_regular(name: str, is_regular: bool) -> None:
    if not is_regular:
        message = N_(
            "“{name}” is a link, a special file or a folder called like a file, which is not read."
        )
        raise Fault(
            "file-not-regular", message, N_("Put the file or folder itself there."), name=name
        )
