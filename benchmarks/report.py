"""The figures of all sizes as tables, beside what this project wants to reach."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.rounds import COLD, FULL, NOTHING, PLAIN, PRICE, REAL, WORDS, Result, Row

HUGO = "Hugo"
# At most so many times the wall time of Hugo's cold build; the last is of memory.
GOALS = {
    ("10000", PLAIN, COLD): 0.8,
    ("10000", FULL, COLD): 1.2,
    ("10000", FULL, WORDS): 0.05,
    ("10000", FULL, PRICE): 0.06,
    ("10000", FULL, NOTHING): 0.03,
    (REAL, PLAIN, COLD): 1.6,
    (REAL, PLAIN, WORDS): 1.0,
    (REAL, PLAIN, NOTHING): 0.4,
}
MEMORY_GOAL = 0.4  # of Hugo's, at 10,000 products
PREVIEW_GOALS = {REAL: 0.1, "10000": 0.5}  # seconds
GROWTH_GOALS = {COLD: 11, WORDS: 6}  # times the time, from 1,000 to 10,000 products
QUIET = 0.05  # part of the processors that others may use in a run that counts


def report(results: Sequence[Result]) -> str:
    """All of it in Markdown."""
    lines = [_machine(), ""]
    for result in results:
        lines += [*_of_size(result), ""]
    return "\n".join([*lines, *_growth(results)]).rstrip() + "\n"


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {_memory()}, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}."
    )


def _memory() -> str:
    try:
        total = Path("/proc/meminfo").read_text("ascii").split()[1]
    except OSError:
        return "memory unknown"
    return f"{int(total) / 1024 / 1024:.0f} GB of memory"


def _of_size(result: Result) -> Iterator[str]:
    name = "The real site" if result.size == REAL else f"{int(result.size):,} products"
    yield f"### {name}: {result.pages:,} pages"
    yield ""
    yield f"{_quiet(result)} Photos and share pictures, drawn once: {result.drawing:.1f} s of CPU."
    yield ""
    hugo = next(
        (one for one in result.rows if (one.contestant, one.scenario) == (HUGO, COLD)), None
    )
    yield "| | | wall | CPU | peak memory | wall ÷ Hugo | CPU ÷ Hugo | memory ÷ Hugo | goal |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for row in result.rows:
        yield _row(row, hugo, result.size)
    yield ""
    if result.preview is not None:
        goal = PREVIEW_GOALS.get(result.size)
        wanted = f", goal {goal} s" if goal else ""
        yield f"- In the preview, from a saved file to its new page: {result.preview:.3f} s{wanted}"
    for other, comparison in result.comparisons.items():
        yield f"- Pages of this, plain, and of {other}: {comparison}"


def _quiet(result: Result) -> str:
    said = f"Load before: {result.load:.1f}."
    if result.others is None:
        return said
    said += f" Others used {result.others:.0%} of the processors meanwhile"
    return f"{said}." if result.others < QUIET else f"{said}: **too much, so times are too long**."


def _row(row: Row, hugo: Row | None, size: str) -> str:
    goal = GOALS.get((size, row.contestant, row.scenario))
    times = (f"{row.wall / hugo.wall:.3g} ×", f"{row.cpu / hugo.cpu:.3g} ×") if hugo else ("", "")
    memory = f"{row.peak / 1024 / 1024:.0f} MB" if row.peak else ""
    against = f"{row.peak / hugo.peak:.2f} ×" if hugo and hugo.peak and row.peak else ""
    wanted = f"{goal} ×" if goal else ""
    if wanted and against and size != REAL:
        wanted += f", memory {MEMORY_GOAL} ×"
    cells = (
        row.contestant,
        row.scenario,
        f"{row.wall:.3f} s",
        f"{row.cpu:.3f} s",
        memory,
        *times,
        against,
        wanted,
    )
    return f"| {' | '.join(cells)} |"


def _growth(results: Iterable[Result]) -> Iterator[str]:
    wall = {
        (result.size, row.contestant, row.scenario): row.wall
        for result in results
        for row in result.rows
    }
    for contestant in (PLAIN, FULL):
        for scenario, goal in GROWTH_GOALS.items():
            small, large = (wall.get((size, contestant, scenario)) for size in ("1000", "10000"))
            if small and large:
                grown = f"{large / small:.1f} ×, goal {goal} ×"
                yield f"From 1,000 to 10,000 products, {contestant}, {scenario}: {grown}  "
