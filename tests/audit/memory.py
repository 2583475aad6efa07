"""How much memory a build takes that has many photos from phones to make smaller."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image, ImageFilter

MOST = 1000  # MB
PHOTOS = 200
SIZE = (4000, 3000)
_CHILD = """
import json, os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # kB; bytes on macOS
print(json.dumps([done.returncode, used // (1000 if sys.platform != "darwin" else 1_000_000)]))
"""


@dataclass(frozen=True)
class Measured:
    """What a first build took."""

    photos: int
    peak: int  # MB
    seconds: int
    jobs: str


def measure(root: Path, jobs: str = "", photos: int = PHOTOS) -> Measured:
    """Builds a site of two photos a product, with nothing kept from before."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(root / "tests" / "sites" / "tiny", site, dirs_exist_ok=True)
        _add_products(site, photos // 2)
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(partial(_take, site), range(photos)))
        build = [sys.executable, root / "build.py", "--site", site, "--quiet"]
        build += ["--jobs", jobs] if jobs else []
        started = time.monotonic()
        done = subprocess.run(  # noqa: S603 # our own command
            [sys.executable, "-c", _CHILD, *map(str, build)], stdout=subprocess.PIPE, check=True
        )
        seconds = round(time.monotonic() - started)
    code, peak = json.loads(done.stdout)
    assert code == 0, "the build failed"
    return Measured(photos, peak, seconds, jobs or "as many as there are cores")


def _add_products(site: Path, number: int) -> None:
    for language in ("th", "en"):
        folder = site / "content" / language / "products"
        text = (folder / "sample-squid.md").read_text("utf-8")
        for product in range(number):
            photos = "".join(
                f"  - {{file: p{product}/{each}.jpg, alt: Sample {each}}}\n" for each in (0, 1)
            )
            own = text.replace("---\n", f"---\nphotos:\n{photos}", 1)
            own = own.replace("name: ", f"name: {product} ")
            (folder / f"p{product}.md").write_text(own, "utf-8")


def _take(site: Path, number: int) -> None:
    """Blotches of colour under grain: about as hard to pack as what a phone takes."""
    hues = [Image.effect_noise((40, 30), 90 + number % 40) for _ in "RGB"]
    blotches = Image.merge("RGB", hues)
    grain = Image.effect_noise(SIZE, 40).filter(ImageFilter.GaussianBlur(1)).convert("RGB")
    picture = Image.blend(blotches.resize(SIZE, Image.Resampling.BICUBIC), grain, 0.35)
    exif = Image.Exif()
    exif[0x0112] = 6 if number % 3 == 0 else 1  # every third lies on its side
    path = site / "assets" / "photos" / f"p{number // 2}" / f"{number % 2}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=90, exif=exif)
