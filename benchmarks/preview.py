"""How long the preview takes from a saved file to its new page on the disk."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.contestants import Contestant
from benchmarks.measure import CommandFailed
from benchmarks.reading import ROOT

EDITS = 15
BETWEEN = 0.7  # seconds from a new page to the next edit; what is kept has been written by then
LOOK = 0.001  # seconds
PATIENCE = 60  # seconds


def latency(one: Contestant, edited: str) -> float:
    """The median in seconds, over edits of the words of a product; `edited` is its file below home.

    Raises:
        CommandFailed: the preview ended, or an edit never came through.
    """
    source, (language, type, name) = one.home / edited, Path(edited).parts[1:]
    page = one.home / ".cache" / "preview" / language / type / Path(name).stem / "index.html"
    words = source.read_text("utf-8")
    command = [sys.executable, "build.py", "serve", "--site", str(one.home), "--port", "0"]
    with subprocess.Popen(  # noqa: S603 # our own words
        command,
        cwd=ROOT,
        env={**os.environ, **one.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as preview:
        try:
            if not any("http://127.0.0.1:" in line for line in preview.stdout or ()):
                raise CommandFailed(f"{' '.join(command)}\nThe preview ended.")
            return statistics.median(_took(one, edited, page, number) for number in range(EDITS))
        finally:
            preview.send_signal(signal.SIGINT)
            preview.communicate()
            source.write_text(words, "utf-8", newline="\n")


def _took(one: Contestant, edited: str, page: Path, number: int) -> float:
    """Seconds of one edit."""
    time.sleep(BETWEEN)
    before = page.stat().st_mtime_ns
    start = time.perf_counter()
    one.edit_words(edited, number)
    while page.stat().st_mtime_ns == before:
        if time.perf_counter() - start > PATIENCE:
            raise CommandFailed(f"{page} stays as it was")
        time.sleep(LOOK)
    return time.perf_counter() - start
