"""Content files that commands change: all of them or none, and nothing outside the folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from msgspec import Struct

from microsite.problems import N_, Refusal
from microsite.storage.paths import is_plain
from microsite.storage.whole import (
    NotOrdinary,
    make_folder_lasting,
    make_lasting,
    read_whole,
    unwritable,
    write_plain,
)


class Rewritten(Struct, frozen=True):
    """The bytes of a file before, None where there is none yet, and after."""

    before: bytes | None
    after: bytes


def write_content(folder: str, files: Mapping[str, Rewritten]) -> None:
    """Write files below a folder, by path: each is whole, old or new, at any moment.

    Raises:
        Refusal: a path that leads out of the folder, a file that has changed since it was read,
            no room, or not allowed. No file has been changed then, unless the disk failed between
            two renames.
    """
    for path, file in files.items():
        _expect_inside(folder, path)
        _expect_unchanged(f"{folder}/{path}", file.before)
    staged: dict[str, str] = {}
    path = folder
    try:
        for path, file in files.items():
            target = f"{folder}/{path}"
            above, _, name = target.rpartition("/")
            os.makedirs(above, exist_ok=True)
            staged[target] = f"{above}/.{name}.{os.getpid()}.new"  # no entry: it begins with a dot
            write_plain(staged[target], file.after)
        make_lasting(staged.values())
        for path, beside in staged.items():
            os.replace(beside, path)
        for above in sorted({os.path.dirname(target) for target in staged}):
            make_folder_lasting(above)
    except OSError as error:
        for beside in staged.values():
            with contextlib.suppress(OSError):
                os.unlink(beside)
        raise unwritable(path, error) from error


def write_beside(path: str, data: bytes) -> None:
    """Write a file that somebody asked for by name, such as a spreadsheet.

    Raises:
        Refusal: something of that name is there, no room, or not allowed.
    """
    try:
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError:
        message = N_("There is already a “{path}”.")
        mend = N_("Choose another name, or move the file away: it may hold somebody's work.")
        raise Refusal("file-exists", message, mend, path=path) from None
    except OSError as error:
        raise unwritable(path, error) from error


def read_named(path: str, limit: int) -> bytes:
    """The bytes of a file that somebody named, at most one more than the limit.

    Raises:
        Refusal: missing, not a file, or not to be opened.
    """
    try:
        return read_whole(path, limit + 1)
    except NotOrdinary:
        message, mend = N_("“{path}” is not a file of its own."), N_("Name the file itself.")
        raise Refusal("file-unreadable", message, mend, path=path) from None
    except OSError as error:
        message = N_("“{path}” cannot be opened ({reason}).")
        mend = N_("Check its name, and that no other program holds it.")
        reason = error.strerror or error
        raise Refusal("file-unreadable", message, mend, path=path, reason=reason) from error


def _expect_inside(folder: str, path: str) -> None:
    above = os.path.realpath(os.path.dirname(f"{folder}/{path}"))
    inside = os.path.commonpath([os.path.realpath(folder), above]) == os.path.realpath(folder)
    if not is_plain(path) or ".." in path.split("/") or not inside:
        message = N_("“{path}” does not lie in the folder of the content.")
        mend = N_("Put the folder itself there instead of a link to it.")
        raise Refusal("content-outside", message, mend, path=path)


def _expect_unchanged(path: str, before: bytes | None) -> None:
    try:
        now: bytes | None = read_whole(path)
    except FileNotFoundError:
        now = None
    except OSError as error:
        raise unwritable(path, error) from error
    if now != before:
        message = N_("“{path}” has been changed meanwhile.")
        mend = N_("Start again, so that nothing is lost.")
        raise Refusal("content-changed", message, mend, path=path)
