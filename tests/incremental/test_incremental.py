"""Whatever is done to a site between builds, the next build gives what a build from nothing gives.

A sequence of edits by chance for each edit that there is to begin with (MICROSITE_SEQUENCES says
how many, at least 50 are wanted); `make torture` takes 500.
MICROSITE_SEED=17 repeats the one with that seed. Of a sequence that fails, what is not needed for
that is left out first.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path
from random import Random  # noqa: TID251 # what a build may not have; its seed is told
from typing import Any

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "examples" / "sample-market"
EDITING = runpy.run_path(str(HERE / "edits.py"))
EDITS, Asked, Nothing = (EDITING[name] for name in ("EDITS", "Asked", "Nothing"))
MEMORY = next((disk for disk in ["/dev/shm"] if Path(disk).is_dir()), None)  # noqa: S108 # a disk
ONE = os.environ.get("MICROSITE_SEED")
SEEDS = [int(ONE)] if ONE else range(int(os.environ.get("MICROSITE_SEQUENCES", len(EDITS))))
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP")  # what a build may need to start at all
INPUTS = ("content", "assets", "templates", "locale")
PICTURES = ("photos", "share-pictures", "face", "touch-icon")  # what takes longest to make
SMALL = (
    "add a sentence",
    "change a price",
    "change a summary",
    "change a translation",
    "change a template",
    "leave a field unfinished",
    "say other words of a photo",
    "touch without a change",
    "write over a file of the output",
    "delete files of the output",
)
SHOWN = 8  # differing files of which a failure tells
ENOUGH = (  # of the sample market for every kind of page
    "products/(dried-squid|indigo-scarf|mango|mango-leather|morning-boat|fish-floss|woven-coaster)",
    "enterprises/.*",
    "articles/.*",
    "partners/sample-(founder|member|association)",
    "pages/(about|contact|questions)",
)


@dataclass(frozen=True)
class Step:
    """What is done before a build, and how it is built then."""

    edits: tuple[str, ...]
    number: int  # of its own chance
    times_set_back: bool = False  # of the files that were there before
    killed_at: int = 0  # the change of the disk before which a first try dies; 0: none does


@dataclass(frozen=True)
class Outcome:
    """What became of a build."""

    code: int
    said: str
    files: dict[str, bytes] = field(repr=False)  # of the output


class Wrong(Exception):
    """A build did not give what it should have."""


class Builds:
    """The program beside this file, which builds; one for all sequences of a process."""

    def __init__(self, folder: Path) -> None:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.process = subprocess.Popen(  # noqa: S603 # our own program
            [sys.executable, HERE / "builds.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)},
            encoding="utf-8",
        )
        self.first = self.ask("begin", folder, Asked())

    def ask(
        self, what: str, folder: Path | None = None, asked: Any = None, kill: int = 0
    ) -> dict[str, Any]:
        said = {"do": what}
        if folder:
            said |= {"cwd": str(folder), "arguments": arguments(asked), "kill": kill}
        self.process.stdin.write(json.dumps(said) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def __enter__(self) -> Builds:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def arguments(asked: Any) -> list[str]:
    typed = ["--site", "site", "--language", "en"]
    typed += ["--output", asked.output, "--today", asked.today, "--jobs", str(asked.jobs)]
    typed += ["--drafts"] if asked.drafts else []
    return typed + (["--base-url", asked.base_url] if asked.base_url else [])


# What is edited


@dataclass(frozen=True)
class Market:
    """A small site whose pictures are made, and who builds it."""

    site: Path
    builds: Builds
    from_nothing: Builds  # in processes that have made no build before
    known: dict[str, Outcome]


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Market]:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "small-market"
    own = base / "own-market"
    with ExitStack() as stack:
        with FileLock(f"{folder}.lock"):  # the pictures are made once for all processes
            if not folder.exists():
                make_small_market(folder / "site")
                begin_to_build(folder, stack)
            shutil.copytree(folder, own)
        both = [begin_to_build(own, stack) for _ in range(2)]
        yield Market(own / "site", *both, {})


def begin_to_build(folder: Path, stack: ExitStack) -> Builds:
    """Who has built the site in a folder once, of which pictures are left."""
    builds = stack.enter_context(Builds(folder))
    assert builds.first["code"] == 0, builds.first["err"]
    keep_only_pictures(folder / "site")
    shutil.rmtree(folder / "dist")
    return builds


def make_small_market(site: Path) -> None:
    """The sample market with fewer entries, and photos that are quick to encode."""
    for part in ("content", "assets"):
        shutil.copytree(SAMPLE / part, site / part)
    there = sorted(site.glob("content/*/*/*"))
    is_kept = re.compile("|".join(ENOUGH)).fullmatch
    gone = [path for path in there if not is_kept(f"{path.parent.name}/{path.stem}")]
    for path in gone:
        path.unlink()
    said = ""
    for path in sorted(site.glob("content/*/*/*")):
        words = path.read_text("utf-8")
        for one in gone:
            words = EDITING["without_reference"](words, one)
        path.write_text(words, "utf-8")
        said += words
    for path in sorted(site.glob("assets/photos/*/*")):
        if path.relative_to(site / "assets/photos").as_posix() in said:
            EDITING["draw_photo"](path, Random(path.name), 640)  # noqa: S311 # no secret
        else:
            path.unlink()


def keep_only_pictures(site: Path) -> None:
    for kept in sorted((site / ".cache").iterdir()):
        if kept.name not in PICTURES:
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()


def copy_pictures(site: Path, to: Path) -> None:
    """What one site has made of PICTURES and the other has not."""
    for name in PICTURES:
        for path in sorted((site / ".cache" / name).glob("*/*")):
            place = to / ".cache" / path.relative_to(site / ".cache")
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def inputs_of(site: Path) -> dict[str, bytes]:
    there = (path for name in INPUTS for path in sorted(site.glob(f"{name}/**/*")))
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in there if path.is_file()
    }


def put_back(site: Path, inputs: dict[str, bytes]) -> None:
    """Have the site's inputs be these; those that are so already are not touched."""
    now = inputs_of(site)
    for path in now.keys() - inputs.keys():
        (site / path).unlink()
    for path, data in inputs.items():
        if now.get(path) != data:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)


def tree(folder: Path) -> dict[str, bytes]:
    there = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


# What is done


def does_stay(seed: int) -> bool:
    """Whether one process makes all builds."""
    return seed % 2 == 1


def sequence(seed: int) -> list[Step]:
    """Three or four steps; the first edit goes through all there are as the seeds do.

    Where one process stays, most others are such as people do while a preview is open.
    """
    chance, names = Random(seed), list(EDITS)  # noqa: S311 # no secret
    steps = []
    for n in range(chance.choice([3, 3, 4])):
        small = does_stay(seed) and chance.random() < 0.75
        edits = [names[seed % len(names)] if n == 0 else chance.choice(SMALL if small else names)]
        if chance.random() < 0.25:
            edits.append(chance.choice(names))
        steps.append(
            Step(
                tuple(edits),
                chance.getrandbits(32),
                times_set_back=chance.random() < 0.25,
                killed_at=int(2 ** (chance.random() * 9)) if chance.random() < 0.2 else 0,
            )
        )
    return steps


@dataclass
class Play:
    """A site that is edited, and its twin, which is built from nothing each time."""

    folder: Path
    twin: Path
    market: Market
    stays: bool  # whether one process makes all builds, as a preview does
    known: dict[str, Outcome]  # what builds from nothing gave before
    asked: Any = field(default_factory=Asked)
    done: list[str] = field(default_factory=list)  # told where something went wrong

    def take(self, step: Step) -> None:
        """Do a step and build; mend what kept the site from being built, and build again.

        Raises:
            Wrong: with what is not as it should be.
        """
        site, asked = self.folder / "site", replace(self.asked)
        before = inputs_of(site)
        times = {path: (site / path).stat().st_mtime_ns for path in before}
        self.done.append(f"{step}")
        for name in step.edits:
            try:
                chance = Random(f"{step.number} {name}")  # noqa: S311 # no secret
                did = EDITS[name](site, chance, self.asked)
            except Nothing:
                did = "there was nothing to do that to"
            self.done.append(f"    {name}: {did}")
        after = inputs_of(site)
        if step.times_set_back:
            for path in before.keys() & after.keys():
                if before[path] != after[path]:
                    os.utime(site / path, ns=(times[path], times[path]))
        if step.killed_at:
            self.kill(step.killed_at)
        if self.build(was_killed=bool(step.killed_at)) != 0:
            self.done.append("    could not be built, so all that was taken back")
            self.asked = asked
            put_back(site, before)
            if self.build(was_killed=False) != 0:
                raise Wrong("Mended, and still not to be built.")

    def kill(self, change: int) -> None:
        if self.stays:
            self.market.builds.ask("leave")
        answer = self.market.builds.ask("build", self.folder, self.asked, change)
        self.done.append(
            "    a build died" if answer["code"] is None else "    a build did not die"
        )
        if self.stays:
            self.market.builds.ask("stay")

    def build(self, *, was_killed: bool) -> int:
        """The exit code, where all is as a build from nothing has it."""
        output = self.folder / self.asked.output
        before, stamps = tree(output), stamps_of(output)
        answer = self.market.builds.ask("build", self.folder, self.asked)
        built = Outcome(answer["code"], answer["err"], tree(output))
        clean = self.from_nothing()
        wrong = []
        if (built.code, built.said) != (clean.code, clean.said):
            wrong += [f"It ended with {built.code}, not with {clean.code}, and said:"]
            wrong += unified_diff(clean.said.splitlines(), built.said.splitlines(), lineterm="")
        if built.code == 0 and clean.code == 0:
            wrong += differences(built.files, clean.files)
        elif not was_killed:  # what a dead build had decided may be finished first
            wrong += [
                f"It has no right to write: {one}" for one in differences(built.files, before)
            ]
        if not was_killed:
            now = stamps_of(output)
            wrong += [
                f"rewritten with the bytes that it had: {path}"
                for path in sorted(before.keys() & built.files.keys())
                if before[path] == built.files[path] and stamps[path] != now[path]
            ][:SHOWN]
        if wrong:
            raise Wrong("\n".join(wrong))
        return built.code

    def from_nothing(self) -> Outcome:
        """What a build gives that has neither an output nor anything kept but PICTURES."""
        inputs = inputs_of(self.folder / "site")
        key = hashlib.sha256(repr((sorted(inputs.items()), self.asked)).encode()).hexdigest()
        if key not in self.known:
            put_back(self.twin / "site", inputs)
            keep_only_pictures(self.twin / "site")
            copy_pictures(self.folder / "site", self.twin / "site")
            output = self.twin / self.asked.output
            shutil.rmtree(output, ignore_errors=True)
            answer = self.market.from_nothing.ask("build", self.twin, self.asked)
            self.known[key] = Outcome(answer["code"], answer["err"], tree(output))
        return self.known[key]


def stamps_of(folder: Path) -> dict[str, tuple[int, int]]:
    found = {path: path.stat() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        path.relative_to(folder).as_posix(): (one.st_mtime_ns, one.st_ino)
        for path, one in found.items()
    }


def differences(built: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    """Of which files the one is not the other, and where; nothing where they are equal."""
    told = [f"missing: {path}" for path in sorted(wanted.keys() - built.keys())]
    told += [f"left over: {path}" for path in sorted(built.keys() - wanted.keys())]
    for path in sorted(built.keys() & wanted.keys()):
        if built[path] != wanted[path]:
            told.append(f"differs: {path}{where(built[path], wanted[path])}")
    more = [f"and {len(told) - SHOWN} files more"] if len(told) > SHOWN else []
    return told[:SHOWN] + more


def where(built: bytes, wanted: bytes) -> str:
    """The surroundings of the first byte that differs, as it is and as it should be."""
    pairs = enumerate(zip(built, wanted, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(built), len(wanted)))
    told = {"is": built, "should be": wanted}
    return "".join(
        f"\n    {what}: …{data[max(0, at - 60) : at + 100].decode(errors='replace')!r}"
        for what, data in told.items()
    )


def played(steps: list[Step], market: Market, *, stays: bool) -> str:
    """What was done and what came out wrong, up to the first step where something did."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder, twin = Path(name, "edited"), Path(name, "twin")
        for each in (folder, twin):
            shutil.copytree(market.site, each / "site")
        play = Play(folder, twin, market, stays, dict(market.known))
        if stays:
            market.builds.ask("stay")
        try:
            play.take(Step((), 0))
            market.known.update(play.known)  # where all sequences begin
            for step in steps:
                play.take(step)
        except Wrong as wrong:
            return "\n".join([*play.done, str(wrong)])
        finally:
            if stays:
                market.builds.ask("leave")
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_build_after_any_edits_gives_what_a_build_from_nothing_gives(seed, market):
    steps, stays = sequence(seed), does_stay(seed)
    wrong = played(steps, market, stays=stays)
    for step in steps[:-1] if wrong else []:
        fewer = [one for one in steps if one is not step]
        if still := played(fewer, market, stays=stays):
            steps, wrong = fewer, still
    if wrong:
        how = "one process made all builds" if stays else "each build had a process of its own"
        pytest.fail(f"MICROSITE_SEED={seed} repeats this; {how}\n{wrong}", pytrace=False)
