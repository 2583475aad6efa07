"""One size of a site, built by all in turns: what each scenario costs each contestant."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.catalogue import write_site
from benchmarks.contestants import Contestant, hugo, ours, pelican
from benchmarks.equal import compare
from benchmarks.measure import Cost, peak, run
from benchmarks.preview import latency
from benchmarks.reading import ROOT, told

REAL = "real"
PLAIN, FULL = "this, plain", "this, full"
COLD, WORDS, PRICE, NOTHING = "cold", "words of one product", "a price", "nothing changed"
SCENARIOS = (COLD, WORDS, PRICE, NOTHING)
MOST_FOR_PELICAN = 1_000  # products
SETTLED = 0.1  # seconds between a change and the build after it, as when a person types


@dataclass(frozen=True, slots=True)
class Row:
    """What one scenario costs one contestant: medians."""

    contestant: str
    scenario: str
    runs: int
    wall: float  # seconds
    cpu: float  # seconds, of all processes
    peak: int | None = None  # bytes, of all processes together; measured of cold builds


@dataclass(frozen=True, slots=True)
class Result:
    """Of one size."""

    size: str  # products, or "real"
    pages: int
    comparisons: dict[str, str]  # contestant → how its pages differ from our plain ones
    rows: list[Row]
    preview: float | None  # seconds from an edit to its page, with our own templates
    drawing: float  # seconds of CPU that photos and share pictures took, once
    load: float  # of the last minute before, on the average
    others: float | None  # part of the processors that others used meanwhile, 0 to 1


def measure(
    size: str,
    rounds: int,
    work: Path,
    say: Callable[[str], None],
    *,
    scenarios: Collection[str] = SCENARIOS,
    with_full: bool = True,
) -> Result:
    """Lay the site out in the folder `work`, have it built by all, `rounds` times in turns."""
    load, busy, start = os.getloadavg()[0], _busy(), time.perf_counter()
    say(f"{size}: laying out")
    site = _site(size, work)
    languages = told(site)
    contestants = [ours(PLAIN, site, work / "plain", plain=True)]
    if with_full:
        contestants.append(ours(FULL, site, work / "full", plain=False))
    others = [hugo(languages, work / "hugo", work / "hugo-cache")]
    if size != REAL and int(size) <= MOST_FOR_PELICAN:
        others.append(pelican(languages, work / "pelican"))
    contestants += filter(None, others)
    say(f"{size}: drawing")
    fullest, first = _drawn(contestants)

    source, edition = next((tag, one.edition) for tag, one in languages.items())
    slugs = list(edition.products)
    edited = f"content/{source}/products/{slugs[len(slugs) // 2]}.md"
    turns = _Turns(contestants, edited, work)
    for number in range(rounds):
        say(f"{size}: round {number + 1} of {rounds}")
        turns.cold()
        if number == 0:  # nothing has been edited yet
            say(f"{size}: comparing pages")
            built = contestants[0].built
            comparisons = {one.name: str(compare(built, one.built)) for one in turns.others}
            pages = len(list(built.rglob("*.html")))
        turns.again(number, scenarios)
    say(f"{size}: memory")
    peaks = turns.peaks()
    say(f"{size}: preview")
    shown = latency(fullest, edited) if with_full else None
    rows = [
        _row(one.name, scenario, turns.costs[one.name, scenario], peaks[one.name])
        for one in contestants
        for scenario in SCENARIOS
        if (one.name, scenario) in turns.costs
    ]
    elapsed = (time.perf_counter() - start) * (os.cpu_count() or 1)
    share = None if busy is None else max(0.0, (_busy() or 0) - busy) / elapsed
    cold = next(row.cpu for row in rows if (row.contestant, row.scenario) == (fullest.name, COLD))
    drawing = max(0.0, first.cpu - cold)
    return Result(size, pages, comparisons, rows, shown, drawing, load, share)


def _site(size: str, work: Path) -> Path:
    if size == REAL:
        return ROOT
    write_site(work / "site", int(size))
    return work / "site"


def _drawn(contestants: Sequence[Contestant]) -> tuple[Contestant, Cost]:
    """Who shows most pictures, and what that one's very first build costs.

    Each contestant that keeps pictures draws those that its templates show.
    """
    keeping = [one for one in contestants if one.is_incremental]
    costs = [run(one.command, one.folder, one.environment) for one in keeping]
    return keeping[-1], costs[-1]


class _Turns:
    """Builds of all contestants, one after the other, and what they have cost so far."""

    def __init__(self, contestants: Sequence[Contestant], edited: str, work: Path) -> None:
        """`edited` is the file of a product, below the home of each."""
        self.contestants, self.edited, self.aside = contestants, edited, work / "aside"
        self.costs: dict[tuple[str, str], list[Cost]] = {}

    @property
    def others(self) -> list[Contestant]:
        """Those that are not this generator."""
        return [one for one in self.contestants if not one.is_incremental]

    def cold(self) -> None:
        """Each from nothing."""
        for one in self.contestants:
            one.forget(self.aside)
            self._build(one, COLD)

    def again(self, number: int, scenarios: Collection[str]) -> None:
        """Each after the edits that it can profit from, and after none."""
        for one in self.contestants:
            if one.is_incremental and WORDS in scenarios:
                one.edit_words(self.edited, number)
                self._build(one, WORDS)
        for one in self.contestants:
            if one.is_incremental and PRICE in scenarios:
                one.edit_price(self.edited, number)
                self._build(one, PRICE)
        for one in self.contestants:
            if NOTHING in scenarios:
                self._build(one, NOTHING)

    def peaks(self) -> dict[str, int | None]:
        """Bytes by contestant, of a cold build that is not timed: looking costs time."""
        found = {}
        for one in self.contestants:
            one.forget(self.aside)
            found[one.name] = peak(one.command, one.folder, one.environment)
        return found

    def _build(self, one: Contestant, scenario: str) -> None:
        time.sleep(SETTLED)
        cost = run(one.command, one.folder, one.environment)
        self.costs.setdefault((one.name, scenario), []).append(cost)


def _row(name: str, scenario: str, costs: Sequence[Cost], most: int | None) -> Row:
    wall = statistics.median(one.wall for one in costs)
    cpu = statistics.median(one.cpu for one in costs)
    return Row(name, scenario, len(costs), wall, cpu, most if scenario == COLD else None)


def _busy() -> float | None:
    """Seconds of processor time that others have used since the machine was started, or None."""
    try:
        first = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _, _, irq, soft, *_ = (int(one) / os.sysconf("SC_CLK_TCK") for one in first)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return user + nice + system + irq + soft - sum(one.ru_utime + one.ru_stime for one in used)
