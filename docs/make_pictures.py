"""The pictures of the README, from real builds: `make pictures` writes docs/pictures/ anew."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from find import ARGUMENTS, find_chromium  # noqa: E402 # the same browser as the tests'

GAP, GROUND = 24, "#8fa5a2"
# picture -> what stands side by side: site, path, width and height of the window, colour scheme
SHEETS = {
    "home": [("real", "/th/", 1280, 860, "light")],
    "night": [("real", "/en/", 1280, 860, "dark")],
    "phones": [
        ("real", "/th/enterprises/takuan-ao-pradu/", 360, 780, "light"),
        ("sample", "/th/products/", 360, 780, "light"),
        ("sample", "/th/products/dried-squid/", 360, 780, "light"),
        ("sample", "/en/products/indigo-scarf/", 360, 780, "dark"),
    ],
    "product": [("sample", "/en/products/dried-squid/", 1280, 860, "light")],
}


def main() -> None:
    """Build both sites, take the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = {"real": ROOT, "sample": ROOT / "examples" / "sample-market"}
        with served(sites, Path(folder)) as addresses:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            for name, windows in SHEETS.items():
                shots = [
                    shot(browser, addresses[site] + path, width, height, scheme)
                    for site, path, width, height, scheme in windows
                ]
                side_by_side(shots).save(PICTURES / f"{name}.png", optimize=True)
            browser.close()


@contextmanager
def served(sites: dict[str, Path], folder: Path) -> Iterator[dict[str, str]]:
    """Addresses of the sites, built and served on this computer while the block runs."""
    servers = {}
    for name, site in sites.items():
        output = folder / name
        command = [sys.executable, "build.py", "--site", site, "--output", output, "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 # our own command
        handler = functools.partial(_Silent, directory=str(output))
        servers[name] = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=servers[name].serve_forever, daemon=True).start()
    try:
        yield {name: f"http://127.0.0.1:{one.server_port}" for name, one in servers.items()}
    finally:
        for one in servers.values():
            one.shutdown()
            one.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: requests are not news."""


def shot(browser: Browser, address: str, width: int, height: int, scheme: str) -> Image.Image:
    """The window as a person sees it once everything has arrived and come to rest."""
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type] # light or dark
        reduced_motion="reduce",
    )
    page.goto(address, wait_until="networkidle")
    png = page.screenshot()
    page.close()
    return Image.open(BytesIO(png)).convert("RGB")


def side_by_side(shots: list[Image.Image]) -> Image.Image:
    """One picture, with a ground around the windows where there are several."""
    if len(shots) == 1:
        return shots[0]
    width = sum(one.width for one in shots) + GAP * (len(shots) + 1)
    sheet = Image.new("RGB", (width, max(one.height for one in shots) + 2 * GAP), GROUND)
    left = GAP
    for one in shots:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    return sheet


if __name__ == "__main__":
    main()
