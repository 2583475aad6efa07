"""A build with nothing to do: says what it said, loads nothing, and misses no change."""

from __future__ import annotations

import os
import shutil
import sys
import time

import pytest

HEAVY = ["jinja2", "markdown", "babel", "PIL", "yaml", "fontTools", "argparse", "msgspec"]
PRODUCT = "content/th/products/sample-squid.md"


@pytest.fixture
def site(copy_of, tmp_path):
    """The smallest site, with something to warn of, old enough to be trusted."""
    site = copy_of("tiny", tmp_path / "tiny")
    entry = site / PRODUCT
    kept = [one for one in entry.read_text("utf-8").splitlines(True) if not one.startswith("sour")]
    entry.write_text("".join(kept), "utf-8")
    time.sleep(0.05)
    return site


def modules_of(run, site, *arguments):
    """The modules that a build loads, and what it said."""
    done = run(*arguments, cwd=site, PYTHONPROFILEIMPORTTIME="1")
    lines = done.stderr.decode().splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    told = "\n".join(line for line in lines if not line.startswith("import time:"))
    return loaded, done.stdout.decode(), told


def test_nothing_to_do_loads_nothing_and_warns_again(site, run):
    first = run(cwd=site)
    before = {path: path.stat().st_mtime_ns for path in (site / "dist").rglob("*")}
    loaded, said, told = modules_of(run, site)
    assert not loaded & set(HEAVY)
    assert "New or changed files: 0. Warnings: 1." in said
    assert told.strip() == first.stderr.decode().strip()
    assert "[sources-missing]" in told
    assert {path: path.stat().st_mtime_ns for path in (site / "dist").rglob("*")} == before


def edit(path):
    """Other bytes of the same length, and times set back to what they were."""
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"sample", b"simple"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


CHANGES = {
    "an entry, its times set back": lambda site: edit(site / PRODUCT),
    "an entry more": lambda site: shutil.copy(
        site / PRODUCT, site / "content/th/products/other.md"
    ),
    "an entry less": lambda site: (site / PRODUCT).unlink(),
    "an entry renamed": lambda site: (site / PRODUCT).rename(
        site / "content/th/products/renamed.md"
    ),
    "a folder called like an entry": lambda site: (site / "content/th/products/x.md").mkdir(),
    "a template of its own": lambda site: (site / "templates").mkdir(),
    "a page taken away": lambda site: (site / "dist/index.html").unlink(),
    "a page written over": lambda site: edit(site / "dist/th/index.html"),
    "the list of what is ours": lambda site: (site / "dist/.microsite").unlink(),
    "the whole output": lambda site: shutil.rmtree(site / "dist"),
    "a file that no build wrote": lambda site: (site / "dist/mine.txt").write_bytes(b""),
    "what was kept": lambda site: (site / ".cache/unchanged").write_bytes(b"odd"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_noticed(site, run, change):
    run(cwd=site)
    CHANGES[change](site)
    if change == "a template of its own":
        (site / "templates/404.html").write_text("gone", "utf-8")
    loaded, _, _ = modules_of(run, site)
    assert "microsite.pipeline.build" in loaded


@pytest.mark.parametrize(
    "more", [("--drafts",), ("--today", "2027-01-01"), ("--base-url", "https://other.example")]
)
def test_another_question_gets_another_answer(site, run, more):
    run(cwd=site)
    loaded, _, _ = modules_of(run, site, *more)
    assert "jinja2" in loaded


def test_a_file_that_was_saved_just_now_is_looked_at_again(site, run):
    (site / PRODUCT).touch()
    run(cwd=site)
    os.utime(site / PRODUCT, (time.time() + 3600,) * 2)  # as if the clock had been set back since
    run(cwd=site)
    loaded, _, _ = modules_of(run, site)
    assert "jinja2" in loaded


@pytest.mark.parametrize("edited", [PRODUCT, "content/site.yaml", "templates/404.html"])
def test_places_are_told_as_the_site_is_named_now(site, run, edited):
    outside = ("--site", site.name, "--output", f"{site.name}/dist")
    told = run(*outside, cwd=site.parent).stderr.decode()
    assert f"{site.name}/{PRODUCT}:" in told
    (site / "templates").mkdir()
    with (site / edited).open("a", encoding="utf-8") as file:
        file.write("\n")
    time.sleep(0.05)
    assert run(cwd=site).stderr.decode().startswith(f"{PRODUCT}:")


def test_faults_are_never_an_answer(site, run):
    run(cwd=site)
    (site / PRODUCT).write_text("---\nname: x\n---\n", "utf-8")
    assert [run(cwd=site).returncode for _ in range(2)] == [1, 1]


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its times tell too little")
