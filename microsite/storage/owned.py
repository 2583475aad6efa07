"""Ownership: whether an output folder is ours to write, and which of its files are."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator, Sequence

from microsite.problems import N_, Refusal
from microsite.storage.paths import MARK, folded, is_plain
from microsite.storage.whole import NotOrdinary, read_whole, unwritable

_VERSION = (
    "microsite 1: the files below were written by the generator; it replaces and deletes them"
)
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # left behind by whoever looks into a folder
_SHOWN = 5


def check_output(folder: str, inputs: Sequence[str], *, is_as_left: bool = False) -> None:
    """Nothing, where the folder is missing, empty or ours: a build may write there.

    `inputs`: the folders that people edit. `is_as_left`: nothing in the folder has changed since a
    build, which is known already.

    Raises:
        Refusal: the folder is a link or a file, may not be written, lies in another output,
            overlaps an input, was not made by a build, or holds files that no build wrote; these
            are named, and stay.
    """
    expect_folder(folder)
    _expect_open(folder)
    outer = _output_around(folder)
    if outer:
        message = N_("The output folder “{folder}” lies in “{outer}”, which a build has written.")
        mend = N_("Choose another output folder.")
        raise Refusal("output-in-output", message, mend, folder=folder, outer=outer)
    for one in inputs:
        if _lies_in(folder, one) or _lies_in(one, folder):
            raise Refusal(
                "output-overlaps-input",
                N_("The output folder “{folder}” and “{input}”, which people edit, overlap."),
                N_("Choose another output folder."),
                folder=folder,
                input=one,
            )
    if not is_as_left:
        refuse_foreign(folder, _not_litter(folder), output_paths(folder))


def refuse_kept(folder: str, kept: str) -> None:
    """Nothing, where the folder does not lie in the one for results of earlier builds.

    Raises:
        Refusal: it does, or is that one.
    """
    if _lies_in(folder, kept):
        message = N_("The output folder cannot be “{folder}”: a build may delete all in “{kept}”.")
        mend = N_("Choose another output folder.")
        raise Refusal("output-in-cache", message, mend, folder=folder, kept=kept)


def output_paths(folder: str, *, is_as_left: bool = False) -> list[str]:
    """The paths of the files that a build wrote there, sorted; none for a missing folder.

    `is_as_left` as for `check_output`.

    Raises:
        Refusal: the folder was not made by a build.
    """
    try:
        text = read_whole(f"{folder}/{MARK}").decode()
    except FileNotFoundError:
        if not _not_litter(folder):
            return []
        text = ""
    except (NotOrdinary, UnicodeDecodeError):
        text = ""
    except OSError as error:
        raise unwritable(folder, error) from error
    version, *paths = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if version != _VERSION or not (is_as_left or all(map(is_plain, paths))):
        raise Refusal(
            "output-not-ours",
            N_("The folder “{folder}” is not empty, and no build has made it."),
            N_("Choose a new or empty output folder; this one stays as it is."),
            folder=folder,
        )
    return paths


def list_of(paths: Collection[str]) -> bytes:
    """The file that makes a folder ours; `output_paths` reads it back."""
    return "".join(f"{line}\n" for line in (_VERSION, *sorted(paths))).encode()


def clear(folder: str) -> None:
    """Remove a folder with all that is in it: one that nobody but builds has anything in."""
    shutil.rmtree(folder, ignore_errors=True)


def expect_folder(folder: str) -> None:
    """Nothing, where the folder is a folder or missing.

    Raises:
        Refusal: it is a link, or a file.
    """
    if os.path.islink(os.path.normpath(folder)):
        raise Refusal(
            "output-link",
            N_("The output folder “{folder}” is a link."),
            N_("Name the folder that it leads to, or remove the link."),
            folder=folder,
        )
    _expect_no_file(folder)


def _expect_no_file(folder: str) -> None:
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise Refusal(
            "output-not-a-folder",
            N_("“{folder}” is a file, and the output needs a folder."),
            N_("Choose another output folder, or move the file away."),
            folder=folder,
        )


def refuse_foreign(folder: str, paths: Collection[str], listed: Collection[str]) -> None:
    """Nothing, where the list names all these paths of things in the folder.

    Raises:
        Refusal: it does not; the first five are named.
    """
    foreign = sorted(frozenset(paths) - frozenset(listed))
    if foreign:  # a disk that ignores case may show a name in another one
        shown = {folded(path): path for path in listed}
        foreign = [one for one in foreign if not is_same(folder, one, shown.get(folded(one)))]
    closed = next((one for one in foreign if _is_ours_closed(folder, one, listed)), "")
    if closed:
        reason = OSError(errno.EACCES, os.strerror(errno.EACCES))
        raise unwritable(f"{folder}/{closed}", reason)
    if foreign:
        more = ["…"] if len(foreign) > _SHOWN else []
        raise Refusal(
            "output-foreign",
            N_("The output folder “{folder}” holds files that no build wrote: {files}"),
            N_("Move them elsewhere; they have not been touched."),
            folder=folder,
            files=", ".join(foreign[:_SHOWN] + more),
        )


def leaves(folder: str, below: str = "") -> Iterator[str]:
    """Paths in the folder of all that is no folder, or is one that may not be opened.

    `below`: look only there. Our own list does not count.
    """
    waiting = [below]
    while waiting:
        top = waiting.pop()
        try:
            with os.scandir(f"{folder}/{top}") as entries:
                found = list(entries)
        except FileNotFoundError:
            continue
        except OSError:
            yield top
            continue
        for entry in found:
            path = f"{top}/{entry.name}" if top else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif not path.startswith(MARK):
                yield path


def is_same(folder: str, one: str, other: str | None) -> bool:
    """Whether two paths lead to one file of the folder."""
    return other is not None and _same_place(f"{folder}/{one}", f"{folder}/{other}")


def _expect_open(folder: str) -> None:
    """Nothing, where files may be put into the folder, or one that is missing be made.

    Raises:
        Refusal: they may not, or a file is in the way.
    """
    there = os.path.abspath(folder)
    while not os.path.lexists(there) and there != os.path.dirname(there):
        there = os.path.dirname(there)
    _expect_no_file(there)
    if not os.access(there, os.W_OK | os.X_OK):
        message = N_("Nothing may be written into “{folder}”.")
        mend = N_("Choose another output folder, or ask for the right to write there.")
        raise Refusal("output-closed", message, mend, folder=there)


def _is_ours_closed(folder: str, one: str, listed: Collection[str]) -> bool:
    """Whether it is a folder with files of ours, into which nobody may look."""
    is_folder = os.path.isdir(f"{folder}/{one}") and not os.path.islink(f"{folder}/{one}")
    return is_folder and any(path.startswith(f"{one}/") for path in listed)


def _output_around(folder: str) -> str:
    """The output in which a folder lies: its next build would find foreign files; "" where none."""
    above = os.path.dirname(os.path.realpath(folder))
    while not os.path.lexists(f"{above}/{MARK}"):
        if above == os.path.dirname(above):
            return ""
        above = os.path.dirname(above)
    return above


def _not_litter(folder: str) -> list[str]:
    return [path for path in leaves(folder) if os.path.basename(path) not in _LITTER]


def _lies_in(inner: str, outer: str) -> bool:
    """By what is on the disk, so in any spelling, and for folders that do not exist yet."""
    inner, outer = os.path.realpath(inner), os.path.realpath(outer)
    while inner != outer and not _same_place(inner, outer):
        parent = os.path.dirname(inner)
        if parent == inner:
            return False
        inner = parent
    return True


def _same_place(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
