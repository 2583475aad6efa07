"""Whole files: read without hanging, written without tearing, known again by their checksum."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterable

from microsite.digest import digest
from microsite.problems import N_, Refusal

_HEADER = b"microsite 1\n"
_HEAD = len(_HEADER) + 32 + 1  # with the digest and its line end
_FEW = 200  # up to here, syncing file by file (0.33 ms each) beats syncing the whole disk


class NotOrdinary(OSError):
    """A link, a folder, a pipe or a device stands where a file was expected."""


def read_whole(path: str, at_most: int = -1) -> bytes:
    """The bytes of an ordinary file, all of them or the first `at_most`.

    Raises:
        NotOrdinary: anything but a file; a link is not followed, a pipe not waited for.
        OSError: missing, or may not be read.
    """
    _expect_ordinary(os.lstat(path).st_mode)
    with open(path, "rb", opener=_open_at_once) as file:
        status = os.fstat(file.fileno())
        _expect_ordinary(status.st_mode)  # it may have changed in between
        if not 0 <= status.st_size < at_most:
            return file.read(at_most)
        # Room for what may be read costs more than reading what is there.
        data = file.read(status.st_size + 1)
        has_grown = len(data) > status.st_size
        return data + file.read(at_most - len(data)) if has_grown else data


def write_plain(path: str, data: bytes) -> None:
    """Write a file that nobody reads yet.

    Raises:
        OSError: no room, or not allowed; a full disk may show only when the file is closed.
    """
    with open(path, "wb") as file:
        file.write(data)


def write_whole(path: str, data: bytes, *, lasting: bool = False) -> None:
    """Write a file that others read: whoever opens it finds the old bytes or the new ones.

    `lasting`: a power cut after the return does not lose it.

    Raises:
        OSError: no room, or not allowed; the old file stays.
    """
    beside = f"{path}.{os.getpid()}-{threading.get_ident()}.new"
    try:
        write_plain(beside, data)
        if lasting:
            make_lasting([beside])
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    if lasting:
        make_folder_lasting(os.path.dirname(path))


def make_lasting(paths: Iterable[str]) -> None:
    """Bring the bytes of these files to the disk itself, so that a power cut cannot lose them."""
    paths = list(paths)
    if len(paths) > _FEW and hasattr(os, "sync"):
        make_all_lasting()
        return
    for path in paths:
        with open(path, "rb+") as file:
            os.fsync(file.fileno())


def make_all_lasting() -> None:
    """The same for all files, where the system can do so; with thousands, it takes a second."""
    if hasattr(os, "sync"):
        os.sync()


def make_folder_lasting(folder: str) -> None:
    """Bring the names in a folder to the disk itself, where the system can do so."""
    with contextlib.suppress(OSError):  # Windows opens no folders, some network disks sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def seal(name: str, value: bytes) -> bytes:
    """The value behind a version line and a checksum of name and value; `unseal` reads it."""
    return _head(name, value) + value


def unseal(name: str, sealed: bytes) -> bytes | None:
    """The value that was sealed under this name; None if a single bit is not as it was."""
    value = sealed[_HEAD:]
    return value if _head(name, value) == sealed[:_HEAD] else None


def _head(name: str, value: bytes) -> bytes:
    return _HEADER + digest(name, value).encode() + b"\n"


def unwritable(path: str, error: OSError) -> Refusal:
    """The refusal that says which file could not be written, and why the system would not."""
    return Refusal(
        "output-unwritable",
        N_("“{path}” cannot be written ({reason})."),
        N_("Check that the disk has room and that you may write there."),
        path=path,
        reason=error.strerror or error,
    )


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _expect_ordinary(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotOrdinary
