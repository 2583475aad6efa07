"""Inputs: which files people have put into a folder, found by name and read within bounds."""

from __future__ import annotations

import os
import stat
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from microsite.problems import N_, Fault, Refusal
from microsite.storage.names import is_ignored
from microsite.storage.unchanged import can_tell, is_settled
from microsite.storage.whole import NotOrdinary, read_whole

Kind = Literal["file", "link", "other"]


class Found(Struct, frozen=True):
    """One thing below a folder as it was when it was looked at; a folder only in a file's place."""

    path: str  # below the folder, with "/"
    where: str  # what to open
    kind: Kind
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int  # also moves where mtime was set back; on Windows the time of creation
    inode: int  # 0 on Windows


def scan(folder: str, like_files: tuple[str, ...] = ()) -> dict[str, Found]:
    """Everything below the folder, path → what is there, in order of path; {} if it is missing.

    Left out are names that begin with `.`, `~` or `#` or end in `~` or `#`, and what Windows
    leaves behind. A link is found as a link, never followed, wherever it leads, and a folder as
    such where its name has one of the endings of files.

    Raises:
        Refusal: a folder may not be opened.
    """
    found: list[Found] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        for entry in _entries(f"{folder}/{below}"):
            if is_ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(like_files):
                waiting.append(f"{below}{entry.name}/")
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # an editor's passing file
                continue
            path = below + entry.name
            found.append(_found(path, f"{folder}/{path}", status))
    found.sort(key=attrgetter("path"))
    return {one.path: one for one in found}


def find(folder: str, path: str) -> Found | None:
    """What is at a path below the folder, unless that is nothing or a folder."""
    where = f"{folder}/{path}"
    try:
        status = os.lstat(where)
    except OSError:
        return None
    return None if stat.S_ISDIR(status.st_mode) else _found(path, where, status)


def overlay(*folders: str) -> dict[str, Found]:
    """As `scan`, of several folders laid one upon another: an earlier one goes before a later."""
    found: dict[str, Found] = {}
    for folder in reversed(folders):
        found |= scan(folder)
    return dict(sorted(found.items()))


def read(found: Found, limit: int) -> bytes:
    """The file's bytes, at most `limit` of them.

    Raises:
        Fault: larger than that, not an ordinary file (any more), or not to be opened.
    """
    if found.kind == "file" and found.size > limit:
        raise _too_large(found, found.size, limit)
    try:
        data = read_whole(found.where, limit + 1)
        if len(data) > limit:  # it has grown since it was found
            raise _too_large(found, max(len(data), os.lstat(found.where).st_size), limit)
    except NotOrdinary:
        raise Fault(
            "file-not-regular",
            N_("“{path}” is not a file of its own but a link, a folder or a device."),
            N_("Put the file itself in this place."),
            path=found.path,
        ) from None
    except OSError as error:
        raise Fault(
            "file-unreadable",
            N_("“{path}” cannot be opened ({reason})."),
            N_("Check that you may read it and that no other program holds it."),
            path=found.path,
            reason=error.strerror,
        ) from error
    return data


def clock_of_disk(folder: str) -> int:
    """What the disk of a folder says of the time, in nanoseconds since 1970; 0 if it says nothing.

    Times of files are to be compared with this one, not with that of the computer.
    """
    place = f"{folder}/clock"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(place, "wb") as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return 0


def stands(found: Found, now: int) -> str:
    """How a file stands; "" where an equal answer later would not tell that it is unchanged."""
    newest = max(found.mtime_ns, found.ctime_ns)
    if not can_tell() or not is_settled(newest, now):
        return ""
    return f"{found.mtime_ns} {found.ctime_ns} {found.size} {found.inode}"


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Refusal(
            "folder-unreadable",
            N_("The folder “{path}” cannot be opened ({reason})."),
            N_("Check that it is a folder and that you may read it."),
            path=folder.rstrip("/"),
            reason=error.strerror,
        ) from error


def _found(path: str, where: str, status: os.stat_result) -> Found:
    if stat.S_ISREG(status.st_mode):
        kind: Kind = "file"
    elif stat.S_ISLNK(status.st_mode):
        kind = "link"
    else:
        kind = "other"
    return Found(
        path=path,
        where=where,
        kind=kind,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )


def _too_large(found: Found, size: int, limit: int) -> Fault:
    return Fault(
        "file-too-large",
        N_("“{path}” is {size} kB; at most {limit} kB are read."),
        N_("Make the file smaller, or divide it."),
        path=found.path,
        size=-(-size // 1000),  # rounded up, so that it shows as more than the limit
        limit=limit // 1000,
    )
