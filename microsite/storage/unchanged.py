"""Whether files stand as they were left, told without opening one: name, times, size, inode.

A build with nothing to do needs no more than this, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from microsite.storage.names import LIKE_FILES, is_ignored

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL
except ImportError:
    from hashlib import blake2b

# Two saves within one tick of a disk's clock can leave the same times.
_TICK = 20_000_000  # nanoseconds, of disks that count in parts of a second
_LONG_TICK = 2_000_000_000  # of disks that count in seconds
_BETWEEN = "\0"
MANY = 4000  # files of an output from which it is worth a process to look at them
_UNSURE = "\t?"  # at the end of a line: it may say the same when the file is another


def can_tell() -> bool:
    """Whether the system's times tell every change: Windows keeps none that cannot be set back."""
    return sys.platform != "win32"


def look(folders: Iterable[str], now: int) -> str:
    """What people have put into the folders and those below, as one text; "" if it cannot be seen.

    `now` in nanoseconds since 1970: what changed just before may change again unnoticed, and is
    marked.
    """
    lines: list[str] = []
    try:
        for entry, found in _walk(folders, is_ignored, LIKE_FILES):
            newest = max(found.st_mtime_ns, found.st_ctime_ns)
            mark = "" if is_settled(newest, now) else _UNSURE
            lines.append(line_of(entry.path, found) + mark)
    except OSError:
        return ""
    return "\n".join(sorted(lines))


def is_sure(look: str) -> bool:
    """Whether an equal look later would tell that nothing has changed."""
    return bool(look) and _UNSURE not in look


def difference(before: str, now: str) -> tuple[set[str], set[str]] | None:
    """Paths of files that are others now, or may be, and of those that have come or gone.

    Between two answers of `look` for absolute folders; None if that cannot be told.
    """
    if not before or not now or not can_tell():
        return None
    was, there = set(before.split("\n")), set(now.split("\n"))
    unsure = [line for line in was if line.endswith(_UNSURE) and line in there]
    old, new = was - there, there - was
    if not all(line.startswith("/") and "\t" in line for line in old | new):
        return None  # a name of two lines
    gone, come, unknown = ({line.partition("\t")[0] for line in of} for of in (old, new, unsure))
    return (gone & come) | unknown, gone ^ come


def is_settled(changed: int, now: int) -> bool:
    """Whether what changed then would show another time if it were changed again from now on."""
    tick = _TICK if changed % 1_000_000_000 else _LONG_TICK
    return changed < now - tick


def look_at_all(folder: str) -> str:
    """Everything in a folder and those below, whoever put it there; "" if it cannot be seen."""
    try:
        lines = [line_of(entry.path, found) for entry, found in _walk([folder], lambda _: False)]
    except OSError:
        return ""
    return "\n".join(sorted(lines))


def look_meanwhile(folder: str) -> Callable[[], str]:
    """As `look_at_all`, by a copy of this process that begins at once, where that can be done.

    To be called before anything is loaded that would not bear it.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return lambda: look_at_all(folder)
    pipe, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(pipe)
            with os.fdopen(writing, "wb") as file:
                file.write(look_at_all(folder).encode("utf-8", "surrogateescape"))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    said: list[str] = []

    def answer() -> str:
        if not said:
            with os.fdopen(pipe, "rb") as file:
                look = file.read().decode("utf-8", "surrogateescape")
            is_whole = os.waitpid(child, 0)[1] == 0
            said.append(look if is_whole else look_at_all(folder))
        return said[0]

    return answer


def line_of(path: str, found: os.stat_result) -> str:
    """How a file stands, as a line of the texts that `look_at_all` and others give."""
    return (
        f"{path}\t{found.st_mode}\t{found.st_mtime_ns}\t{found.st_ctime_ns}"
        f"\t{found.st_size}\t{found.st_ino}"
    )


def looked_again(look: str, folder: str, paths: Iterable[str]) -> str:
    """What `look_at_all` would say now, if only these files have come, gone or changed since."""
    lines = {line.partition("\t")[0]: line for line in look.split("\n") if line}
    for path in paths:
        where = f"{folder}/{path}"
        try:
            lines[where] = line_of(where, os.lstat(where))
        except FileNotFoundError:
            lines.pop(where, None)
        except OSError:
            return ""
    return "\n".join(sorted(lines.values()))


def is_as_seen(look: str) -> bool:
    """Whether all files stand as `look_at_all` has seen them; others may have come."""
    try:
        for line in look.split("\n"):
            path = line.partition("\t")[0]
            if line_of(path, os.lstat(path)) != line:
                return False
    except OSError:
        return False
    return True


def are_as_seen(look: str, folder: str, paths: Iterable[str]) -> bool:
    """Whether these files stand as `look_at_all` has seen them."""
    lines = look.split("\n")
    for where in (f"{folder}/{path}" for path in paths):
        try:
            line = line_of(where, os.lstat(where))
        except OSError:
            return False
        at = bisect_left(lines, line)  # as they are sorted
        if at == len(lines) or lines[at] != line:
            return False
    return True


def _walk(
    folders: Iterable[str], is_left_out: Callable[[str], bool], like_files: tuple[str, ...] = ()
) -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    waiting = list(folders)
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if is_left_out(entry.name) or entry.name == "__pycache__":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    if not entry.name.endswith(like_files):
                        continue
                yield entry, entry.stat(follow_symlinks=False)


def keep(place: str, parts: Sequence[str]) -> None:
    """Write the parts for `recall`.

    Raises:
        OSError: no room, or not allowed.
    """
    data = _BETWEEN.join(parts).encode("utf-8", "surrogateescape")
    beside = f"{place}.{os.getpid()}.new"
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(beside, "wb") as file:
        file.write(_checksum(data) + data)
    os.replace(beside, place)


def recall(place: str) -> list[str]:
    """The parts that were kept there; none where a single bit is not as it was."""
    try:
        with open(place, "rb") as file:
            kept = file.read()
    except OSError:
        return []
    data = kept[32:]
    if kept[:32] != _checksum(data):
        return []
    return data.decode("utf-8", "surrogateescape").split(_BETWEEN)


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=32).digest()
