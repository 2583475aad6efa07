"""Locks: one build of a site at a time, and one preview."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator

from microsite.problems import N_, Refusal
from microsite.storage.whole import unwritable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE, PAUSE = 40, 0.05  # tries, and seconds between them
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


def hold(cache_folder: str) -> contextlib.AbstractContextManager[None]:
    """Keep every other build of this site out while the block runs; the end of the process, by
    whatever cause, lets them in again. The file `lock` in the cache folder stays: two builds must
    meet at the same one.

    A build of a moment is waited for, such as that of a preview after an edit.

    Raises:
        Refusal: another build is running, or the cache folder is none or cannot be written.
    """
    running = Refusal(
        "build-running",
        N_("Another build of this site is running."),
        N_("Wait until it has finished, or end it, and start again."),
    )
    return _hold(f"{cache_folder}/lock", running, tries=PATIENCE)


def hold_preview(cache_folder: str) -> contextlib.AbstractContextManager[None]:
    """Keep every other preview of this site out, as `hold` does builds; builds may come and go.

    Raises:
        Refusal: the site has a preview, or the cache folder cannot be written.
    """
    running = Refusal(
        "preview-running",
        N_("A preview of this site is open already."),
        N_("Use that one, or end it with Ctrl-C first."),
    )
    return _hold(f"{cache_folder}/preview-lock", running)


@contextlib.contextmanager
def _hold(path: str, running: Refusal, tries: int = 1) -> Iterator[None]:
    folder = os.path.dirname(path)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        message = N_("“{path}” is not a folder, and a build needs one of that name.")
        mend = N_("Move it away or give it another name; a build makes the folder itself.")
        raise Refusal("cache-not-a-folder", message, mend, path=folder)
    try:
        os.makedirs(folder, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        while not _take(handle):
            tries -= 1
            if not tries:
                raise running
            time.sleep(PAUSE)
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
