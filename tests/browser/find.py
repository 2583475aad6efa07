"""A Chromium for the browser tests: where it is, and how to get one (`make test` asks first)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
ARGUMENTS = [
    "--no-sandbox",  # as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this computer
]
PATIENCE = 600  # seconds for a download


def find_chromium() -> Path | None:
    """The program: what CHROME names, else one of the system, else Playwright's own.

    A CHROME that leads nowhere is no browser at all: nobody should test another one unawares.
    """
    if named := os.environ.get("CHROME"):
        found = shutil.which(named)
        return Path(found) if found else None
    for name in (*NAMES, *APPLICATIONS):
        if found := shutil.which(name):
            return Path(found)
    return _of_playwright()


def _of_playwright() -> Path | None:
    # Playwright itself knows the place, but only once it is started, which takes a second.
    folders = {
        "darwin": Path.home() / "Library" / "Caches" / "ms-playwright",
        "win32": Path.home() / "AppData" / "Local" / "ms-playwright",
    }
    folder = folders.get(sys.platform, Path.home() / ".cache" / "ms-playwright")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", folder))
    programs = ("chrome", "chrome-headless-shell", "headless_shell", "chrome.exe", "Chromium")
    found = [
        path
        for name in programs
        for path in sorted(folder.glob(f"chromium*/**/{name}"))
        if path.is_file() and os.access(path, os.X_OK)
    ]
    return found[-1] if found else None


def get_chromium() -> None:
    """Tries to install one: the system's where we may, else Playwright's for this user."""
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        _try(apt, "update", "-qq")
        _try(apt, "install", "-y", "-qq", "chromium", "fonts-noto-core")
    if find_chromium() is None:
        _try(sys.executable, "-m", "playwright", "install", "chromium")


def _try(*command: str) -> None:
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, timeout=PATIENCE, check=False)  # noqa: S603 # constant
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)  # noqa: T201 # a script


def main() -> int:
    """Says on one line which browser the tests will drive; 0 also without one."""
    if find_chromium() is None and not os.environ.get("CHROME"):
        get_chromium()
    found = find_chromium()
    print(  # noqa: T201 # a script
        f"Browser tests drive {found}"
        if found
        else "No Chromium was found, so the browser tests are left out. "
        "Install one, or name it: CHROME=/path/to/chrome make test"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
