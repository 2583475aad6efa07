"""Builds that are killed, at every change that they make to the disk, and killed again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from microsite.storage.output import finish_interrupted, write_output
from microsite.storage.owned import check_output

OLD = {
    "index.html": b"old index",
    "th/kept.html": b"kept",
    "far/away/index.html": b"gone",
    "file": b"a file that becomes a folder",
    "folder/a": b"a folder that",
    "folder/b/c": b"becomes a file",
}
NEW = {
    "index.html": b"new index",
    "th/kept.html": b"kept",
    "th/new/index.html": b"new page",
    "file/inside": b"in the folder",
    "folder": b"the file",
    "sitemap.xml": b"map",
}

# Each site is left as a child has left it that died just before its n-th change. The system tells
# of every change (https://docs.python.org/3/library/audit_events.html), so none is left out.
KILLS = f"""
import os, shutil, signal, sys
from microsite.storage.output import finish_interrupted, write_output

CHANGES = {{"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}}

def killed_before(change, act, site):
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        assert status in (0, signal.SIGKILL), status
        return status == signal.SIGKILL
    seen = 0
    def count(event, args):
        nonlocal seen
        if event in CHANGES:
            seen += 1
            if seen == change:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    act(site)
    sys.exit()

def build(site):
    write_output(site + "/dist", {NEW!r}, site + "/work")

def finish(site):
    finish_interrupted(site + "/dist", site + "/work")

os.chdir(sys.argv[1])
os.mkdir("first")
os.mkdir("later")
write_output("later/dist", {OLD!r}, "later/work")
for start in "first", "later":
    change, killed = 0, True
    while killed:
        change += 1
        site = f"{{start}}-{{change:03}}"
        shutil.copytree(start, site)
        killed = killed_before(change, build, site)
        again, killed_again = change % 3, killed
        while killed_again:
            again += 3
            twice = f"{{site}}-{{again:03}}"
            shutil.copytree(site, twice)
            killed_again = killed_before(again, finish, twice)
"""


# A disk in memory: there the hundreds of builds need not wait for a real one.
MEMORY = next((disk for disk in ["/dev/shm"] if Path(disk).is_dir()), None)  # noqa: S108 -- a disk


@pytest.fixture(scope="module")
def killed(pytestconfig):
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        subprocess.run(  # noqa: S603 -- our own words
            [sys.executable, "-c", KILLS, folder], check=True, cwd=pytestconfig.rootpath
        )
        yield Path(folder)


@pytest.fixture
def copies(killed):
    """The killed sites of a name, to be changed."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield lambda name: [
            shutil.copytree(site, Path(folder, site.name)) for site in sorted(killed.glob(name))
        ]


def finish(site):
    return finish_interrupted(str(site / "dist"), str(site / "work"))


def tree(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if path != ".microsite"}


def outcomes_after(sites, mend):
    """How often the folder is missing, the old and the new whole; with `mend` it must be one."""
    outcomes = {"none": 0, "old": 0, "new": 0}
    for site in sites:
        mend(site)
        files = tree(site / "dist")
        names = {name for name, whole in {"old": OLD, "new": NEW}.items() if files == whole}
        assert names or not (site / "dist").exists(), (site.name, files)
        outcomes[names.pop() if names else "none"] += 1
        assert not list(site.glob(".dist*")), site.name
        assert not list(site.glob("work/*")), site.name
        check_output(str(site / "dist"), [str(site / "work")])
    return outcomes


def test_every_file_is_whole_whenever_a_build_dies(killed):
    mixed = 0
    for site in killed.glob("*-*"):
        files = tree(site / "dist")
        for path, data in files.items():
            assert data in (OLD.get(path), NEW.get(path)), (site.name, path)
        mixed += files not in (OLD, NEW)
    assert mixed > 20  # else no build died at a moment that matters


def test_the_next_start_makes_the_old_or_the_new_site_whole(copies):
    def leave_no_empty_folder(site):
        finish(site)
        assert all(any(path.iterdir()) for path in site.glob("dist/**/")), site.name

    outcomes = outcomes_after(copies("later-*"), leave_no_empty_folder)
    assert outcomes["none"] == 0
    assert min(outcomes["old"], outcomes["new"]) > 10


def test_a_first_build_that_dies_leaves_no_half_site(copies):
    outcomes = outcomes_after(copies("first-*"), finish)
    assert outcomes["old"] == 0
    assert min(outcomes["none"], outcomes["new"]) > 1


@pytest.mark.parametrize("cache_is_lost", [False, True])
def test_the_next_build_needs_nothing_that_the_dead_one_knew(copies, cache_is_lost):
    def build(site):
        if cache_is_lost:
            shutil.rmtree(site / "work", ignore_errors=True)
        check_output(str(site / "dist"), [])
        write_output(str(site / "dist"), NEW, str(site / "work"))

    sites = copies("*-*")
    assert outcomes_after(sites, build) == {"none": 0, "old": 0, "new": len(sites)}
    assert len(sites) > 100


def test_the_caller_hears_whether_the_site_has_changed(copies):
    def inodes(site):
        return {path: os.lstat(site / "dist" / path).st_ino for path in tree(site / "dist")}

    for site in copies("later-*"):
        before = inodes(site)
        finished = finish(site)
        assert finished or inodes(site) == before, site.name
        assert not finish(site)
