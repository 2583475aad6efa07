"""The strict outside checks of both built sites: `make audit` runs them all and writes the figures.

Needs Node 18, Java 17, nginx, openssl and a Chromium; takes half an hour on two idle cores. One or
more names of steps run only these: `tests/audit/audit.py markup browser`; then nothing is written.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import host
import lookout
import markup
import memory
import observatory
import weights
from PIL import Image

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS = ROOT / ".cache" / "audit"
QUALITY = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- figures: make audit writes them -->\n", "<!-- end of the figures -->"
SITES = {"real": ROOT, "sample": ROOT / "examples" / "sample-market"}
TYPES = {  # each type of page, by its path; of several pages the heaviest stands for all
    "home": "index.html",
    "makers": "enterprises/index.html",
    "maker": "enterprises/*/index.html",
    "products": "products/index.html",
    "product": "products/*/index.html",
    "category": "categories/*/index.html",
    "place": "places/*/index.html",
    "partners": "partners/index.html",
    "all news": "news/index.html",
    "news": "news/*/index.html",
    "search": "search/index.html",
    "page": "[!cenps]*/index.html",
}
KB = 1024
MOST = {"product": 14 * KB, "list of 60": 20 * KB, "js": 6 * KB, "font": 16 * KB}


@dataclass
class Found:
    """What one step says: lines for people, and what is wrong."""

    figures: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


Dists = dict[str, Path]


def main(names: list[str]) -> int:
    """0 where nothing is wrong."""
    steps: dict[str, Callable[[Dists], Found]] = {
        "markup": check_markup,
        "lighthouse": check_lighthouse,
        "browser": check_browser,
        "weights": check_weights,
        "metadata": check_metadata,
        "structured": check_structured,
        "headers": check_headers,
        "memory": check_memory,
    }
    found: dict[str, Found] = {}
    with tempfile.TemporaryDirectory() as folder:
        dists = build_sites(Path(folder))
        get_tools()
        for name in names or steps:
            found[name] = steps[name](dists)
            print(f"\n{name}")
            for line in found[name].figures:
                print(f"  {line}")
            for line in found[name].wrong:
                print(f"  WRONG {line}")
    if not names:
        record(found)
    return int(any(one.wrong for one in found.values()))


def build_sites(folder: Path) -> Dists:
    """Both sites, as they would be published."""
    for name, site in SITES.items():
        command = [sys.executable, "build.py", "--site", site, "--output", folder / name, "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 # our own command
    return {name: folder / name for name in SITES}


def get_tools() -> None:
    """What npm brings, in the versions of the lock; again only after that has changed."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    done = TOOLS / "installed.json"
    for file in (*HERE.glob("package*.json"), *HERE.glob("*.mjs")):
        shutil.copy(file, TOOLS)
    if not done.exists() or done.read_bytes() != lock:
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=TOOLS, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        done.write_bytes(lock)


def check_markup(dists: Dists) -> Found:
    """The Nu HTML checker, on pages, styles and drawings."""
    found = Found()
    for name, dist in dists.items():
        with host.hosted(dist) as address:
            number, said = markup.check(TOOLS, dist, address, lookout.paths_of(dist))
        found.figures.append(f"Nu HTML checker, {name}: {number} files, {len(said)} messages")
        found.wrong += [f"{name}: {one}" for one in said]
    return found


def heaviest(dist: Path) -> dict[str, str]:
    """Type and language to the path of the page that stands for it, as it is linked."""
    chosen: dict[str, str] = {}
    for language in sorted(path.parent for path in dist.glob("*/index.html")):
        for kind, pattern in TYPES.items():
            pages = sorted(language.glob(pattern), key=lambda path: (-path.stat().st_size, path))
            if pages:
                name = pages[0].relative_to(dist).as_posix().removesuffix("index.html")
                chosen[f"{kind} {language.name}"] = f"/{name}"
    return chosen | {"not found": "/404.html"}


def check_lighthouse(dists: Dists) -> Found:
    """Lighthouse, mobile, on the heaviest page of each type and language."""
    found, browser = Found(), runpy.run_path(str(lookout.BROWSER / "find.py"))
    for name, dist in dists.items():
        kinds = {path: kind for kind, path in heaviest(dist).items()}
        with host.hosted(dist) as address:
            done = subprocess.run(
                ["node", "lighthouse.mjs"],  # noqa: S607
                cwd=TOOLS,
                input=json.dumps([address + path for path in kinds]).encode(),
                stdout=subprocess.PIPE,
                check=True,
                env={
                    **os.environ,
                    "CHROME_PATH": str(browser["find_chromium"]()),
                    "CHROME_ARGUMENTS": json.dumps(browser["ARGUMENTS"]),
                },
            )
        pages = [json.loads(line) for line in done.stdout.splitlines()]
        for one in pages:
            one["path"] = one["url"].removeprefix(address)
            if set(one["scores"].values()) != {100} or one["shift"] != 0 or one["error"]:
                scores = " · ".join(map(str, one["scores"].values()))
                lacks = "; ".join(one["lacks"]) or one["error"] or ""
                found.wrong.append(
                    f"{name} {kinds[one['path']]} {one['path']}: "
                    f"{scores}, CLS {one['shift']} {lacks}"
                )
        worst = {kind: min(one["scores"][kind] for one in pages) for kind in pages[0]["scores"]}
        found.figures.append(
            f"Lighthouse {pages[0]['version']} mobile, {name}: {len(pages)} pages, lowest "
            + ", ".join(f"{kind} {score}" for kind, score in worst.items())
            + f"; largest shift {max(one['shift'] for one in pages):g}; largest paint after "
            f"{max(one['paint'] for one in pages) / 1000:.1f} s at most; "
            f"{sum(one['runs'] > 1 for one in pages)} measured three times"
        )
    return found


def check_browser(dists: Dists) -> Found:
    """Every page in Chromium: axe, room, targets, keyboard, requests, cookies."""
    found = Found()
    for name, dist in dists.items():
        with host.hosted(dist) as address:
            looked = lookout.look(address, lookout.paths_of(dist), len(os.sched_getaffinity(0)))
        wrong = [f"{name} {one.path} {what}" for one in looked for what in one.wrong]
        found.figures.append(
            f"Chromium, {name}: {len(looked)} pages, axe {sum(one.looks for one in looked)} times, "
            f"{sum(one.stops for one in looked)} stops of the keyboard, {len(wrong)} findings"
        )
        found.wrong += wrong
    return found


def check_weights(dists: Dists) -> Found:
    """Bytes of code that a first visit fetches."""
    found = Found()
    for name, dist in dists.items():
        pages = sorted(dist.glob("*/**/index.html"))
        weighed = {path: weights.weigh(dist, path) for path in pages}
        for kind, glob in (("product", "*/products/*/"), ("list", "*/products/")):
            path = max(dist.glob(f"{glob}index.html"), key=lambda one: weighed[one].code)
            one = weighed[path]
            listed = f" of {weights.cards(path)} cards" if kind == "list" else ""
            found.figures.append(
                f"Heaviest {kind}{listed}, {name}: {one.code / KB:.1f} KB (HTML "
                f"{one.html / KB:.1f}, CSS {one.css / KB:.1f}, JS {one.js / KB:.1f})"
            )
            if kind == "product" and one.code > MOST["product"]:
                found.wrong.append(f"{name} {path.relative_to(dist)}: {one.code} bytes")
        for part in ("js", "font"):
            most = max(getattr(one, part) for one in weighed.values())
            found.figures.append(f"Most {part} of a page, {name}: {most / KB:.1f} KB")
            if most > MOST[part]:
                found.wrong.append(f"{name}: {most} bytes of {part}")
    return found


def check_metadata(dists: Dists) -> Found:
    """What published pictures tell of place, person and camera: ExifTool's word, and Pillow's."""
    found, tool = Found(), shutil.which("exiftool")
    groups = ["-EXIF:all", "-XMP:all", "-IPTC:all", "-GPS:all", "-ICC_Profile:all", "-Comment"]
    for name, dist in dists.items():
        files = [path for path in sorted(dist.rglob("*.*")) if path.suffix in lookout.PICTURES]
        for path in files:
            with Image.open(path) as picture:
                if picture.getexif() or {"xmp", "comment", "icc_profile"} & set(picture.info):
                    found.wrong.append(f"{name} {path.name}: carries metadata")
        if tool and files:
            done = subprocess.run(  # noqa: S603
                [tool, "-q", "-json", *groups, *files], capture_output=True, check=False
            )
            for one in json.loads(done.stdout or b"[]"):
                if told := set(one) - {"SourceFile"}:
                    found.wrong.append(f"{name} {one['SourceFile']}: {sorted(told)}")
        by = "Pillow and ExifTool" if tool else "Pillow (no ExifTool here)"
        found.figures.append(f"Metadata by {by}, {name}: {len(files)} pictures looked into")
    return found


def check_structured(dists: Dists) -> Found:
    """What pages tell search engines: Google's rules, and the names of schema.org."""
    done = subprocess.run(  # noqa: S603
        ["node", "structured.mjs", *dists.values()],  # noqa: S607
        cwd=TOOLS,
        capture_output=True,
        check=False,  # 1: there are faults
    )
    *faults, last = (done.stdout or done.stderr).decode().strip().splitlines()
    return Found([f"Structured data, both sites: {last}"], faults if done.returncode else [])


def check_headers(dists: Dists) -> Found:
    """MDN's HTTP Observatory: on nginx with our settings, and on a host that sends no headers."""
    found = Found()
    for name, dist in dists.items():
        figures, wrong = observatory.check(TOOLS, dist)
        found.figures += [f"HTTP Observatory, {name}, {one}" for one in figures]
        found.wrong += [f"{name} {one}" for one in wrong]
    return found


def check_memory(_: Dists) -> Found:
    """Peak memory of a first build with many large photos."""
    found, measured = Found(), memory.measure(ROOT)
    found.figures.append(
        f"First build with {measured.photos} photos of 12 megapixels: {measured.peak} MB at most, "
        f"{measured.seconds} s, {measured.jobs} at once"
    )
    if measured.peak > memory.MOST:
        found.wrong.append(f"{measured.peak} MB, {memory.MOST} are meant to be the most")
    return found


def record(found: dict[str, Found]) -> None:
    """Writes date, machine and figures into docs/quality.md."""
    text = QUALITY.read_text("utf-8")
    today = dt.datetime.now(dt.UTC).date()
    lines = [f"Measured on {today} on {machine()}.", ""]
    lines += [f"- {line}" for one in found.values() for line in one.figures]
    wrong = [line for one in found.values() for line in one.wrong]
    lines += ["", f"Found wrong: {len(wrong) or 'nothing'}."]
    lines += [f"- {line}" for line in wrong]
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    QUALITY.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, "utf-8")


def machine() -> str:
    """What it was measured with, in one line."""
    browser = runpy.run_path(str(lookout.BROWSER / "find.py"))["find_chromium"]()
    tools = [
        f"Python {platform.python_version()}",
        _first_number([browser, "--version"], "Chromium"),
        _first_number(["node", "--version"], "Node"),
        _first_number(["java", "-version"], "Java"),
    ]
    cores = len(os.sched_getaffinity(0))
    return f"{platform.system()} {platform.machine()}, {cores} cores: {', '.join(tools)}"


def _first_number(command: Iterable[object], name: str) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, check=False)  # noqa: S603
    number = re.search(rb"\d+[\d.]*", done.stdout + done.stderr)
    return f"{name} {number.group().decode() if number else 'unknown'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
