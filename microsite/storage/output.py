"""Output: a folder of finished files goes from one whole set to the next."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from microsite.digest import digest
from microsite.problems import Fault
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
from microsite.storage.paths import MARK, check_paths, folded, folders_of, is_plain, near
from microsite.storage.unchanged import line_of
from microsite.storage.whole import (
    make_folder_lasting,
    make_lasting,
    read_whole,
    unwritable,
    write_plain,
)


class Written(Struct, frozen=True):
    """How many files of the output are new, changed, left alone, deleted."""

    new: int
    changed: int
    unchanged: int
    deleted: int


class Draft(Struct, frozen=True):
    """Where files of the next set are laid ready, by as many processes as there are."""

    folder: str
    room: str
    is_first: bool  # whether there is no folder yet
    is_mended: bool  # whether a change that was cut short has been carried out just now


class Laid(Struct, frozen=True):
    """A file of the next set that was laid ready, unless it is the same as before."""

    path: str
    takes: Sequence[str]  # paths in the folder whose place it takes, itself among them
    is_same: bool
    stands: str = ""  # how it will, as `unchanged.line_of` says; "" where it is moved once more


def write_output(folder: str, files: Mapping[str, bytes], work: str) -> Written:
    """What became of the files: afterwards the folder holds exactly these.

    `files`: path below the folder, with `/` → bytes. The rest is as `begin`, `lay` and `finish`
    say, which are for sets that are too large to be held at once.
    """
    check_paths(files)
    draft = begin(folder, work)
    return finish(draft, [lay(draft, path, data) for path, data in files.items()])


def begin(folder: str, work: str) -> Draft:
    """A draft of the next set for the folder. `work`: a folder for it, best on the same disk.

    Expects that `check_output` has passed and `hold` holds.

    Raises:
        Refusal: not our folder, or a file of an earlier change cannot be written.
    """
    is_mended = finish_interrupted(folder, work)
    expect_folder(folder)
    return Draft(folder, _room(folder, work), not os.path.lexists(folder), is_mended)


def lay(draft: Draft, path: str, data: bytes) -> Laid:
    """Lay one file ready; nobody who reads the folder sees it yet.

    Raises:
        Fault: the path leads out of the folder, or some system cannot store it.
        Refusal: no room, or not allowed; the folder is as it was.
    """
    if not is_plain(path):
        discard(draft)
        check_paths([path])  # which says what is wrong with it
    try:
        if draft.is_first:
            place = f"{_beside(draft.folder)}/{path}"
            _make_folder(os.path.dirname(place))
            write_plain(place, data)
            stands = line_of(f"{draft.folder}/{path}", os.lstat(place))
            return Laid(path, (), False, stands)
        takes = _stands_at(draft.folder, path)
        is_same = takes == [path] and _holds(f"{draft.folder}/{path}", data)
        if not is_same:
            journal.stage(draft.room, digest(path), data)
    except OSError as error:
        discard(draft)
        raise unwritable(f"{draft.folder}/{path}", error) from error
    return Laid(path, takes, is_same)


def _make_folder(folder: str) -> None:
    """As `os.makedirs`, for folders most of which are missing while the one above is there."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def discard(draft: Draft) -> None:
    """Remove what was laid ready."""
    shutil.rmtree(_beside(draft.folder), ignore_errors=True)
    journal.discard(draft.room)


def finish(
    draft: Draft,
    laid: Sequence[Laid],
    kept: Collection[str] | None = (),
    gone: Collection[str] = (),
) -> Written:
    """What became of the files: afterwards the folder holds these and what is `kept` of before.

    Where that is None, nothing has changed there since a build, and all is kept but what is `gone`.

    Where the folder has files already, new ones appear first and then the changed ones, each in
    this order: pages stand before the lists and maps that lead to them.

    Every file is whole at every moment, old or new, and untouched where its bytes stay. A kill or
    a power cut leaves the old set, or a decision that `finish_interrupted` carries out.

    Raises:
        Fault: paths that cannot stand in one folder; nothing is written.
        Refusal: a foreign file in the way, no room, not allowed. The folder is as it was, unless
            the refusal comes so late that the change is decided: then it goes on with the next
            call.
    """
    try:
        paths = [one.path for one in laid]
        if draft.is_first:
            paths += kept or ()
            check_paths(paths)
            return _write_first(draft.folder, paths)
        before = output_paths(draft.folder, is_as_left=kept is None)
        if kept is None:
            kept = frozenset(before).difference(gone, paths)
        paths += kept
        check_paths(near(frozenset(paths).difference(before), before, paths))
        written = _decide(draft, laid, kept, before)
    except Fault:
        discard(draft)
        raise
    journal.carry_out(draft.folder, draft.room)
    return written


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


def _write_first(folder: str, paths: Sequence[str]) -> Written:
    fresh = _beside(folder)
    try:
        os.makedirs(fresh, exist_ok=True)
        write_plain(f"{fresh}/{MARK}", list_of(paths))
        make_lasting([f"{fresh}/{path}" for path in (*paths, MARK)])
        os.rename(fresh, folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    make_folder_lasting(os.path.dirname(os.path.abspath(folder)))
    return Written(new=len(paths), changed=0, unchanged=0, deleted=0)


def _decide(
    draft: Draft, laid: Sequence[Laid], kept: Collection[str], before: list[str]
) -> Written:
    folder, room = draft.folder, draft.room
    files = {*kept, *(one.path for one in laid)}
    fresh = [one for one in laid if not one.is_same]
    new = [_step(one) for one in fresh if one.takes != [one.path]]
    changed = [_step(one) for one in fresh if one.takes == [one.path]]
    place = folder
    try:
        refuse_foreign(folder, [path for one in laid for path in one.takes], before)
        gone = _gone(folder, before, files, [one.path for one in laid])
        steps = _with_lists(room, before, files, _in_order(new, changed, gone))
        for step in steps:
            place = f"{folder}/{step.path}"
            _expect_writable(folder, step.path)
        place = room
        if steps:
            journal.decide(room, steps)
    except OSError as error:
        raise unwritable(place, error) from error
    unchanged = len(files) - len(new) - len(changed)
    return Written(len(new), len(changed), unchanged, len(gone))


def _step(one: Laid) -> Step:
    return Step(one.path, digest(one.path))


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


def _gone(
    folder: str, before: Collection[str], files: Collection[str], laid: Iterable[str]
) -> list[str]:
    """What the folder has and shall not have; a new spelling of a name takes nothing away."""
    gone = [path for path in before if path not in files and os.path.lexists(f"{folder}/{path}")]
    spelled = {folded(path): path for path in laid} if gone else {}
    return [path for path in gone if not is_same(folder, path, spelled.get(folded(path)))]


def _in_order(new: list[Step], changed: list[Step], gone: list[str]) -> list[Step]:
    """Deletions last, except of what stands where a new file or its folder will be."""
    files = {one.path for one in new}
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
    meanwhile = sorted([*before, *frozenset(files).difference(before)])  # soon sorted: most is
    after = [path for path in meanwhile if path in files]
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
