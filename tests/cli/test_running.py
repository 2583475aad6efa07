"""Ctrl-C: a command ends at once, with one line, and the last good site stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

BUILD = Path(__file__).parents[2] / "build.py"
SQUID = "content/th/products/sample-squid.md"
SAID = {
    "en": "Stopped. Every page that is there is whole; the next build makes what is missing.",
    "th": "หยุดแล้ว ทุกหน้าที่มีอยู่ยังสมบูรณ์ สร้างครั้งหน้าจะทำส่วนที่ขาดให้",
}
TOO_EARLY = "Stopped. · หยุดแล้ว"  # for a language
PATIENCE = 60

pytestmark = pytest.mark.skipif(os.name == "nt", reason="presses Ctrl-C as POSIX does")


@pytest.fixture(autouse=True)
def _heard():
    """Ctrl-C is heard by whom we start, also where it is not to be heard by us, as in a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def started(site, *arguments, **environment):
    """A command in a group of its own, as a shell starts it."""
    return subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, BUILD, "--today", "2026-11-24", *arguments],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **environment},
        start_new_session=True,
    )


def pressed(process):
    """What the command and all its copies say once Ctrl-C has been pressed at their terminal."""
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in told
    return told


def wait_until_there(site, pattern):
    until = time.monotonic() + PATIENCE
    while not any(site.glob(pattern)):
        assert time.monotonic() < until, f"no {pattern}"
        time.sleep(0.005)


def with_large_photo(site):
    """The product with a photo that takes seconds to make."""
    (site / "assets/photos").mkdir(parents=True)
    photo = Image.radial_gradient("L").resize((3600, 2400)).convert("RGB")
    photo.save(site / "assets/photos/rack.jpg")
    fields = "photos:\n  - file: rack.jpg\n    alt: ปลาหมึกบนแผงตาก\nsources:"
    entry = site / SQUID
    entry.write_text(entry.read_text("utf-8").replace("sources:", fields), "utf-8")


def files_of(dist):
    return {path: path.read_bytes() for path in sorted(dist.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_build_that_is_stopped_says_so_and_leaves_the_last_good_site(
    copy_of, run, tmp_path, language
):
    site = copy_of("tiny", tmp_path / "tiny")
    assert run(cwd=site).returncode == 0
    before = files_of(site / "dist")
    with_large_photo(site)
    process = started(site, "--language", language)
    wait_until_there(site, ".cache/output/*/staged/*")
    assert pressed(process) == f"\n{SAID[language]}\n"
    assert process.returncode == 1
    assert files_of(site / "dist") == before
    assert run(cwd=site).returncode == 0
    assert files_of(site / "dist").keys() > before.keys()


def test_no_process_of_a_build_shows_a_traceback_whenever_it_is_stopped(copy_of, run, tmp_path):
    site = copy_of("sample-market", tmp_path / "site")
    for number in range(6):
        process = started(site, "--jobs", "4", "--quiet", "--output", str(number))
        wait_until_there(site, f".{number}.microsite-new")
        time.sleep(number / 100)
        assert pressed(process).endswith(f"\n{SAID['en']}\n")
        assert not (site / str(number)).exists()
    assert run("--quiet", cwd=site).returncode == 0


@pytest.mark.parametrize("loaded", ["microsite.storage.unchanged", "microsite.problems", "yaml"])
def test_what_is_stopped_while_it_is_being_loaded_says_so_too(copy_of, tmp_path, loaded):
    process = started(
        copy_of("tiny", tmp_path / "tiny"), "--language", "en", PYTHONPROFILEIMPORTTIME="1"
    )
    for line in process.stderr:
        if line.rpartition("|")[2].strip() == loaded:
            break
    assert pressed(process).splitlines()[-1] in {TOO_EARLY, SAID["en"]}
    assert process.returncode == 1


def test_who_is_not_to_hear_of_ctrl_c_goes_on(copy_of, tmp_path):
    site = copy_of("tiny", tmp_path / "tiny")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a script starts what it leaves alone
    process = started(site, "--quiet")
    signal.signal(signal.SIGINT, before)
    wait_until_there(site, ".dist.microsite-new")
    assert pressed(process) == ""
    assert process.returncode == 0


def test_other_commands_say_that_they_were_stopped(copy_of, tmp_path):
    site = copy_of("tiny", tmp_path / "tiny")
    with_large_photo(site)
    process = started(site, "check", "--language", "th")
    wait_until_there(site, ".cache/.check.microsite-new/th/index.html")
    assert pressed(process) == "\nหยุดแล้ว\n"
    assert process.returncode == 1
