"""Which browser the tests drive, and that nothing stops where there is none."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

FIND = Path(__file__).with_name("find.py")


@pytest.fixture
def find(monkeypatch, tmp_path):
    """The search, on a computer without a browser."""
    for name in ("CHROME", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    searched = runpy.run_path(str(FIND))
    searched["find_chromium"].__globals__["APPLICATIONS"] = ()
    return searched["find_chromium"]


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_where_there_is_no_browser_none_is_found(find):
    assert find() is None


def test_a_browser_of_the_system_goes_before_that_of_playwright(find, tmp_path):
    cache = tmp_path / "home" / ".cache" / "ms-playwright"
    if sys.platform == "darwin":
        cache = tmp_path / "home" / "Library" / "Caches" / "ms-playwright"
    downloaded = program(cache / "chromium-1234" / "chrome-linux" / "chrome")
    assert find() == downloaded
    installed = program(tmp_path / "bin" / "google-chrome")
    assert find() == installed


def test_chrome_names_the_browser_and_nothing_else_is_driven(find, monkeypatch, tmp_path):
    program(tmp_path / "bin" / "chromium")
    mine = program(tmp_path / "mine" / "my-chrome")
    monkeypatch.setenv("CHROME", str(mine))
    assert find() == mine
    monkeypatch.setenv("CHROME", str(mine.with_name("gone")))
    assert find() is None


def test_make_test_goes_on_without_a_browser_and_says_so_on_one_line(tmp_path):
    environment = {**os.environ, "CHROME": str(tmp_path / "gone"), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(  # noqa: S603 # our own script
        [sys.executable, FIND], env=environment, capture_output=True, timeout=30
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert b"CHROME" in done.stdout
