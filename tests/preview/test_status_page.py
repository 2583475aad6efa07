"""The page of the preview that tells what is left to do, and the ledger that the preview keeps."""

from __future__ import annotations

import http.client
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from microsite.language.wording import ENGLISH
from microsite.preview.status_page import status_page
from microsite.records.ledger import Block, Outdated, Pair
from microsite.records.standing import Count, Late, Standing

ROOT = Path(__file__).parents[2]
SQUID = "content/{}/products/sample-squid.md"
LEDGER = "content/ledger/translations.tsv"
SENTENCE = "เนื้อหาของปลาหมึกตัวอย่าง"
PATIENCE = 20  # seconds


@pytest.fixture
def preview(tmp_path):
    """A site, and what answers at an address of its preview."""
    made = shutil.ignore_patterns(".cache", "dist")
    site = Path(shutil.copytree(ROOT / "tests/sites/tiny", tmp_path / "site", ignore=made))
    command = [sys.executable, "build.py", "serve", "--site", site, "--port", "0"]
    with subprocess.Popen(  # noqa: S603 # our own words
        [*command, "--language", "en"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        address = next(line for line in process.stdout if "/__status/" in line).split()[-1]
        port = int(address.split(":")[2].split("/")[0])

        def get(path):
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                connection.request("GET", path)
                return connection.getresponse().read().decode()

        yield site, get
        process.send_signal(signal.SIGINT)
        process.stdout.read()


@pytest.mark.slow
def test_the_preview_takes_note_of_translations_and_tells_what_is_outdated(preview):
    site, get = preview
    assert (site / LEDGER).is_file()
    assert "Outdated: the text" not in get("/__status/")
    path = site / SQUID.format("th")
    path.write_text(path.read_text("utf-8").replace(SENTENCE, f"{SENTENCE} <ใหม่>"), "utf-8")
    until = time.monotonic() + PATIENCE
    while "Outdated: the text" not in get("/__status/"):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert f"{SENTENCE} &lt;ใหม่&gt;" in get("/__status/")
    while "The original of this page" not in get("/en/products/sample-squid/"):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert not list((site / ".cache/preview").rglob("*__status*"))


@pytest.mark.slow
def test_the_preview_builds_for_the_ledger_only_when_somebody_else_has_changed_it(preview):
    site, get = preview
    get("/")
    ledger, clock = site / LEDGER, site / ".cache/clock"  # which each build sets
    before = ledger.read_bytes()
    path = site / SQUID.format("en")
    path.write_text(path.read_text("utf-8") + "\nAnother sentence.\n", "utf-8")
    until = time.monotonic() + PATIENCE
    while ledger.read_bytes() == before:
        assert time.monotonic() < until
        time.sleep(0.01)
    built = clock.stat().st_mtime_ns
    time.sleep(2)
    assert clock.stat().st_mtime_ns == built
    ledger.write_bytes(before)
    while clock.stat().st_mtime_ns == built:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_what_people_typed_stands_on_the_page_as_plain_text():
    block = Block("<script>alert(1)</script>", 3)
    pair = Pair("en", "products/x", "body", "content/en/<b>.md", "content/th/x.md", (block,), "0")
    late = Late("en", "products/x", pair.file, (Outdated(pair, (block,), 1),))
    count = Count("en", "product", 1, 0, 1)
    html = status_page(Standing((count,), (late,), (), (), (), ()), ENGLISH).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "content/en/&lt;b&gt;.md" in html


def test_a_site_that_has_faults_so_far_says_so():
    assert "once the faults are mended" in status_page(None, ENGLISH).decode()
