"""One headless Chromium for the tests of a module."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

FIND = Path(__file__).with_name("find.py")
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


@pytest.fixture(scope="module")  # not longer: its event loop would stand in other tests' way
def browser() -> Iterator[Browser]:
    """The browser; the test is skipped where there is none, unless MICROSITE_BROWSER=required."""
    program = runpy.run_path(str(FIND))["find_chromium"]()
    if program is None:
        answer = "no Chromium was found: install one, or name it with CHROME=/path/to/chrome"
        if os.environ.get("MICROSITE_BROWSER") == "required":
            pytest.fail(answer)
        pytest.skip(answer)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()
