"""What a command costs: time, processor time and memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BETWEEN = 0.01  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of all processes


class CommandFailed(Exception):
    """A command ended with another code than 0; the text is what it said."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """What the command costs, started in a folder with more environment.

    Raises:
        CommandFailed: it ended with another code than 0.
    """
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = _started(command, folder, environment, told)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # or it would be waited for again
        if process.returncode:
            told.seek(0)
            raise CommandFailed(f"{' '.join(command)}\n{told.read().decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime)


def peak(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> int | None:
    """The most memory in bytes that all its processes held together, in a run of its own.

    Proportional set size: what several share is counted once (man 5 proc_pid_smaps). None where
    the system does not tell (only Linux does).

    Raises:
        CommandFailed: it ended with another code than 0.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        run(command, folder, environment)
        return None
    most = 0
    with tempfile.TemporaryFile() as told:
        process = _started(command, folder, environment, told)
        ended = threading.Event()

        def look() -> None:
            nonlocal most
            while not ended.wait(BETWEEN):
                most = max(most, sum(map(_held, _family(process.pid))))

        watcher = threading.Thread(target=look)
        watcher.start()
        code = process.wait()
        ended.set()
        watcher.join()
        if code:
            told.seek(0)
            raise CommandFailed(f"{' '.join(command)}\n{told.read().decode(errors='replace')}")
    return most


def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], told: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 # commands of ours
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=told,
        stderr=subprocess.STDOUT,
    )


def _family(parent: int) -> Iterator[int]:
    """The process and all that came from it."""
    yield parent
    try:
        for task in Path(f"/proc/{parent}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _family(int(child))
    except OSError:  # it has ended meanwhile
        return


def _held(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
