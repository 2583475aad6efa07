"""Output: a folder of finished files goes from one whole set to the next."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from microsite.digest import digest
from microsite.problems import Refusal
from microsite.storage import journal
from microsite.storage.journal import Step
from microsite.storage.owned import (
    expect_folder,
    is_same,
    leaves,
    list_of,
    output_paths,
    refuse_foreign,
)
from microsite.storage.paths import MARK, check_paths, folded, folders_of
from microsite.storage.whole import (
    make_folder_lasting,
    make_lasting,
    read_whole,
    unwritable,
    write_plain,
)


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of the output are new, changed, left alone, deleted."""

    new: int
    changed: int
    unchanged: int
    deleted: int


def write_output(folder: str, files: Mapping[str, bytes], work: str) -> Written:
    """What became of the files: afterwards the folder holds exactly these.

    `files`: path below the folder, with `/` → bytes. Where the folder has files already, new ones
    appear first and then the changed ones, each in this order: pages stand before the lists and
    maps that lead to them. `work`: a folder for what is not decided yet, best on the same disk.

    Every file is whole at every moment, old or new, and untouched where its bytes stay. A kill or
    a power cut leaves the old set, or a decision that `finish_interrupted` carries out. Expects
    that `check_output` has passed and `hold` holds.

    Raises:
        Fault: paths that cannot stand in one folder; nothing is written.
        Refusal: not our folder, a foreign file in the way, no room, not allowed. The folder is as
            it was, unless the refusal comes so late that the change is decided: then it goes on
            with the next call.
    """
    check_paths(files)
    finish_interrupted(folder, work)
    expect_folder(folder)
    if os.path.lexists(folder):
        return _write_changes(folder, files, _room(folder, work))
    return _write_first(folder, files)


def finish_interrupted(folder: str, work: str) -> bool:
    """Whether a build that was cut short had decided on a change; the folder has it now.

    What such a build had not decided is removed, and the folder is as it was.

    Raises:
        Refusal: a file cannot be written; the next call goes on from there.
    """
    shutil.rmtree(_beside(folder), ignore_errors=True)
    return journal.carry_out(folder, _room(folder, work))


def read_output(folder: str, path: str) -> bytes:
    """The bytes of one file of the output.

    Raises:
        OSError: it is missing, is not an ordinary file, or may not be read.
    """
    return read_whole(f"{folder}/{path}")


def differing(folder: str, other: str) -> list[str]:
    """Paths of the files that are not the same in two outputs, sorted.

    Raises:
        Refusal: one of the folders was not made by a build.
    """
    listed = [set(output_paths(one)) for one in (folder, other)]
    both = listed[0] & listed[1]
    differ = {path for path in both if not _is_equal(f"{folder}/{path}", f"{other}/{path}")}
    return sorted(differ | (listed[0] ^ listed[1]))


def _is_equal(one: str, other: str) -> bool:
    try:
        return os.lstat(one).st_size == os.lstat(other).st_size and _holds(one, read_whole(other))
    except OSError:
        return False


def _write_first(folder: str, files: Mapping[str, bytes]) -> Written:
    fresh = _beside(folder)
    place = folder
    try:
        os.makedirs(fresh)
        for path, data in files.items():
            place = f"{folder}/{path}"
            os.makedirs(os.path.dirname(f"{fresh}/{path}"), exist_ok=True)
            write_plain(f"{fresh}/{path}", data)
        place = folder
        write_plain(f"{fresh}/{MARK}", list_of(files))
        make_lasting([f"{fresh}/{path}" for path in (*files, MARK)])
        os.rename(fresh, folder)
    except OSError as error:
        raise unwritable(place, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    make_folder_lasting(os.path.dirname(os.path.abspath(folder)))
    return Written(new=len(files), changed=0, unchanged=0, deleted=0)


def _write_changes(folder: str, files: Mapping[str, bytes], room: str) -> Written:
    before = output_paths(folder)
    new: list[Step] = []
    changed: list[Step] = []
    there: list[str] = []
    place = folder
    try:
        for number, (path, data) in enumerate(files.items()):
            place = f"{folder}/{path}"
            found = _stands_at(folder, path)
            there += found
            if found == [path] and _holds(place, data):
                continue
            journal.stage(room, str(number), data)
            (changed if found == [path] else new).append(Step(path, str(number)))
        place = folder
        refuse_foreign(folder, there, before)
        gone = _gone(folder, before, files)
        steps = _with_lists(room, before, files, _in_order(files, new, changed, gone))
        for step in steps:
            place = f"{folder}/{step.path}"
            _expect_writable(folder, step.path)
        place = room
        if steps:
            journal.decide(room, steps)
    except OSError as error:
        journal.discard(room)
        raise unwritable(place, error) from error
    except Refusal:
        journal.discard(room)
        raise
    journal.carry_out(folder, room)
    unchanged = len(files) - len(new) - len(changed)
    return Written(len(new), len(changed), unchanged, len(gone))


def _stands_at(folder: str, path: str) -> list[str]:
    """What a file at this path takes the place of: itself, all in a folder, or a file above it."""
    try:
        mode = os.lstat(f"{folder}/{path}").st_mode
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        return [one for one in folders_of(path) if os.path.isfile(f"{folder}/{one}")]
    return list(leaves(folder, path)) if stat.S_ISDIR(mode) else [path]


def _holds(place: str, data: bytes) -> bool:
    try:
        return os.lstat(place).st_size == len(data) and read_whole(place) == data
    except OSError:
        return False


def _gone(folder: str, before: Collection[str], files: Collection[str]) -> list[str]:
    """What the folder has and shall not have; a new spelling of a name takes nothing away."""
    gone = [path for path in before if path not in files and os.path.lexists(f"{folder}/{path}")]
    spelled = {folded(path): path for path in files} if gone else {}
    return [path for path in gone if not is_same(folder, path, spelled.get(folded(path)))]


def _in_order(
    files: Collection[str], new: list[Step], changed: list[Step], gone: list[str]
) -> list[Step]:
    """Deletions last, except of what stands where a file or its folder will be."""
    folders = {folder for path in files for folder in folders_of(path)} if gone else set()
    first = {path for path in gone if path in folders or any(f in files for f in folders_of(path))}
    return [
        *(Step(path) for path in gone if path in first),
        *new,
        *changed,
        *(Step(path) for path in gone if path not in first),
    ]


def _with_lists(
    room: str, before: list[str], files: Collection[str], steps: list[Step]
) -> list[Step]:
    """The steps between two changes of the list, so that it always names all that is there."""
    after = sorted(files)
    meanwhile = sorted({*before, *after})
    if meanwhile != before:
        journal.stage(room, "meanwhile", list_of(meanwhile))
        steps = [Step(MARK, "meanwhile"), *steps]
    if meanwhile != after:
        journal.stage(room, "after", list_of(after))
        steps = [*steps, Step(MARK, "after")]
    return steps


def _expect_writable(folder: str, path: str) -> None:
    """Nothing, where the file can be put there or deleted: no decision shall be stuck halfway.

    Raises:
        OSError: a name that this disk does not take, or a folder that may not be changed.
    """
    for part in path.split("/"):
        with contextlib.suppress(FileNotFoundError):
            os.lstat(f"{folder}/{part}")
    folders = [one for one in folders_of(path) if os.path.isdir(f"{folder}/{one}")]
    above = folders[0] if folders else ""
    if not os.access(f"{folder}/{above}", os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _room(folder: str, work: str) -> str:
    """One room an output, so that two never meet in it, and the same after a site has moved."""
    folder, work = os.path.realpath(folder), os.path.realpath(work)
    try:
        name = os.path.relpath(folder, work)
    except ValueError:  # another drive of Windows
        name = folder
    return f"{work}/{digest(name)}"


def _beside(folder: str) -> str:
    above, name = os.path.split(os.path.abspath(folder))
    return f"{above}/.{name}.microsite-new"
