"""Paths in the output: names that every computer can store, and no two that one would confuse."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from microsite.problems import N_, Fault

MARK = ".microsite"  # names that begin so, at the top of an output, are the generator's own

# Windows takes none of these characters and drops dots and spaces at the end; NTFS naming rules:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_PART = re.compile(
    r'[^\x00-\x1f\x7f-\x9f\ud800-\udfff\\<>:"|?*]*[^\x00-\x20\x7f-\x9f\ud800-\udfff\\<>:"|?*.]'
)


def check_paths(paths: Iterable[str]) -> None:
    """Nothing, where all of these can be files of one folder, after a move to any system too.

    Raises:
        Fault: a path that leads out of the folder or that some system cannot store; two of which
            some system takes a file or a folder for the same (case, Unicode form); one that would
            be a file and a folder.
    """
    files: set[str] = set()
    folders: set[str] = set()
    spellings: dict[str, str] = {}
    for path in paths:
        files.add(path)
        if not is_plain(path):
            raise Fault(
                "output-path",
                N_("“{path}” is not a file name that every computer can store."),
                N_("Use letters, digits and hyphens, and “/” between folders."),
                path=path,
            )
        for part in (path, *folders_of(path)):
            if part in folders:  # and so are those above it
                break
            other = spellings.setdefault(folded(part), part)
            if other != part:
                raise Fault(
                    "output-path",
                    N_("“{path}” and “{other}” are one and the same on many computers."),
                    N_("Give one of them another name; capital letters make no difference."),
                    path=part,
                    other=other,
                )
            if part != path:
                folders.add(part)
    for folder in sorted(files & folders):
        raise Fault(
            "output-path",
            N_("“{folder}” would have to be a file, and a folder that holds “{path}”."),
            N_("Give one of them another name."),
            path=min(path for path in files if path.startswith(f"{folder}/")),
            folder=folder,
        )


def near(new: Iterable[str], before: Sequence[str], paths: Iterable[str]) -> list[str]:
    """The paths that one of the new ones could be confused with.

    `before`: sorted paths of which no two could. Where the folder of a new one is among theirs,
    that is what lies in it and is spelt alike; else all that begins alike.
    """
    folders: set[str] = set()
    alike: set[str] = set()
    tops: set[str] = set()
    for path in new:
        folder = path[: path.rfind("/") + 1]
        at = bisect_left(before, folder)
        if folder and at < len(before) and before[at].startswith(folder):
            folders.add(folder)
            alike.add(folded(path))
        else:
            tops.add(_top(path))
    begin, spelt = tuple(folders), tuple(alike)
    return [
        path
        for path in paths
        if (path.startswith(begin) and folded(path).startswith(spelt))
        or (tops and _top(path) in tops)
    ]


def _top(path: str) -> str:
    return folded(path.partition("/")[0])


def is_plain(path: str) -> bool:
    """Whether the path stays below its folder, can be stored anywhere, and is not our own mark."""
    return not path.startswith(MARK) and all(map(_is_part, path.split("/")))


@lru_cache(maxsize=100_000)
def _is_part(part: str) -> bool:
    return bool(_PART.fullmatch(part))


def folded(path: str) -> str:
    """The form in which file systems that ignore case and Unicode form compare names."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def folders_of(path: str) -> Iterator[str]:
    """`a/b` and `a` of `a/b/c`: the folders it lies in, innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
