"""The lock: one build of a site at a time."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator

from microsite.problems import N_, Refusal
from microsite.storage.whole import unwritable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextlib.contextmanager
def hold(cache_folder: str) -> Iterator[None]:
    """Keep every other build of this site out while the block runs; the end of the process, by
    whatever cause, lets them in again. The file `lock` in the cache folder stays: two builds must
    meet at the same one.

    Raises:
        Refusal: another build is running, or the cache folder cannot be written.
    """
    path = f"{cache_folder}/lock"
    try:
        os.makedirs(cache_folder, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        if not _take(handle):
            raise Refusal(
                "build-running",
                N_("Another build of this site is running."),
                N_("Wait until it has finished, or end it, and start again."),
            )
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # some network disks know no locks: build all the same
        return error.errno not in _HELD
    return True
