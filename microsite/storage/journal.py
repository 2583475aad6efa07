"""The journal: what was decided about an output folder, carried out also after an interruption."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Sequence

from msgspec import Struct

from microsite.storage.paths import MARK, folders_of, is_plain
from microsite.storage.whole import (
    make_folder_lasting,
    make_lasting,
    read_whole,
    seal,
    unseal,
    unwritable,
    write_plain,
    write_whole,
)

_MOVING = f"{MARK}-moving"


class Step(Struct, frozen=True):
    """One file of the output is replaced by a staged one, or deleted."""

    path: str  # below the output folder
    staged: str = ""  # its name among the staged files; none: delete


def stage(room: str, name: str, data: bytes) -> None:
    """Lay a file ready under a name; `decide` takes it.

    Raises:
        OSError: no room, or not allowed.
    """
    folder = f"{room}/staged"
    os.makedirs(folder, exist_ok=True)
    write_plain(f"{folder}/{name}", data)


def decide(room: str, steps: Sequence[Step]) -> None:
    """From here on the steps will be carried out, in this order, whatever interrupts them.

    Raises:
        OSError: no room, or not allowed; nothing is decided.
    """
    make_lasting([f"{room}/staged/{step.staged}" for step in steps if step.staged])
    make_folder_lasting(f"{room}/staged")
    rows = json.dumps([[step.path, step.staged] for step in steps])
    write_whole(f"{room}/journal", seal("journal", rows.encode()), lasting=True)


def carry_out(folder: str, room: str) -> bool:
    """Whether there was a decision; if so, it is carried out. The room is gone in any case.

    Each step may have been done before. A damaged journal is no decision: the folder stays.

    Raises:
        Refusal: a file cannot be written now; the decision stands, and the next call goes on.
    """
    usable = os.path.isdir(folder) and not os.path.islink(os.path.normpath(folder))
    steps = _decided(room) if usable else []
    for step in steps:
        target = f"{folder}/{step.path}"
        try:
            if step.staged:
                _place(f"{room}/staged/{step.staged}", target, f"{folder}/{_MOVING}")
            else:
                _delete(folder, step.path)
        except OSError as error:
            raise unwritable(target, error) from error
    if steps:
        with contextlib.suppress(OSError):
            os.unlink(f"{folder}/{_MOVING}")
    discard(room)
    return bool(steps)


def discard(room: str) -> None:
    """Remove the room with all that is staged; the journal first: what is left is then no decision.

    Raises:
        Refusal: the journal cannot be removed.
    """
    try:
        os.unlink(f"{room}/journal")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unwritable(f"{room}/journal", error) from error
    shutil.rmtree(room, ignore_errors=True)


def _decided(room: str) -> list[Step]:
    try:
        rows = unseal("journal", read_whole(f"{room}/journal"))
    except OSError:
        return []
    steps = [Step(*row) for row in json.loads(rows)] if rows else []
    return steps if all(is_plain(step.path) or step.path == MARK for step in steps) else []


def _place(staged: str, target: str, moving: str) -> None:
    if not os.path.lexists(staged):  # done before the interruption
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(target) and not os.path.islink(target):
        _remove_empty(target)
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # the room is on another disk: bring the file over first, then move it all the same
        write_plain(moving, read_whole(staged))
        make_lasting([moving])
        os.replace(moving, target)
        os.unlink(staged)


def _delete(folder: str, path: str) -> None:
    target = f"{folder}/{path}"
    if os.path.isdir(target) and not os.path.islink(target):
        return  # it was deleted before the interruption, and a new folder stands there
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(target)
    for parent in folders_of(path):
        try:
            os.rmdir(f"{folder}/{parent}")
        except FileNotFoundError:
            continue
        except OSError:  # others still need it
            break


def _remove_empty(folder: str) -> None:
    for below, _, _ in os.walk(folder, topdown=False):
        os.rmdir(below)
