"""Runs the benchmarks: `make bench`, or `make bench SIZES="50 real"`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks.measure import CommandFailed
from benchmarks.reading import ROOT
from benchmarks.report import report
from benchmarks.rounds import REAL, SCENARIOS, Result, measure

SIZES = (REAL, "50", "1000", "10000")
ROUNDS, ROUNDS_OF_MANY, MANY = 5, 3, 10_000


def main() -> int:
    """0 when all was measured, 1 when a build failed."""
    expected = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    expected.add_argument("sizes", nargs="*", type=_size, default=list(SIZES), help="or real")
    expected.add_argument("--rounds", type=int, help="5; 3 at 10,000 products")
    expected.add_argument("--work", type=Path, default=ROOT / ".cache" / "bench")
    expected.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=SCENARIOS)
    expected.add_argument("--plain-only", action="store_true", help="without the full templates")
    asked = expected.parse_args()
    results: list[Result] = []
    figures = asked.work / "figures.json"
    for size in asked.sizes or SIZES:
        work = asked.work / size
        _clear(work)
        rounds = asked.rounds or (ROUNDS_OF_MANY if size != REAL and int(size) >= MANY else ROUNDS)
        try:
            result = measure(
                size,
                rounds,
                work,
                _teller(),
                scenarios=asked.scenarios,
                with_full=not asked.plain_only,
            )
        except CommandFailed as failed:
            print(failed, file=sys.stderr)
            return 1
        results.append(result)
        figures.write_text(json.dumps(list(map(asdict, results)), ensure_ascii=False, indent=1))
    print(report(results))
    for size in asked.sizes or SIZES:
        _clear(asked.work / size)
    return 0


def _size(typed: str) -> str:
    if typed != REAL and not typed.isdecimal():
        raise argparse.ArgumentTypeError(f"{typed} is neither a number of products nor {REAL}")
    return typed


def _clear(work: Path) -> None:
    if work.exists():
        shutil.rmtree(work)
    work.mkdir(parents=True)


def _teller() -> Callable[[str], None]:
    start = time.perf_counter()
    return lambda said: print(f"{time.perf_counter() - start:6.0f} s  {said}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
