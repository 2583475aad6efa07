"""One headless Chromium for the tests of a module."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

FIND = Path(__file__).with_name("find.py")


@pytest.fixture(scope="module")  # not longer: its event loop would stand in other tests' way
def browser() -> Iterator[Browser]:
    """The browser; the test is skipped where there is none, unless MICROSITE_BROWSER=required."""
    find = runpy.run_path(str(FIND))
    program = find["find_chromium"]()
    if program is None:
        answer = "no Chromium was found: install one, or name it with CHROME=/path/to/chrome"
        if os.environ.get("MICROSITE_BROWSER") == "required":
            pytest.fail(answer)
        pytest.skip(answer)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=find["ARGUMENTS"])
        yield chromium
        chromium.close()
