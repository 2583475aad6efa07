"""A folder of finished files, from one whole set to the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.problems import Fault, Refusal
from microsite.storage.output import (
    Written,
    begin,
    finish,
    finish_interrupted,
    lay,
    read_output,
    write_output,
)
from microsite.storage.owned import check_output, output_paths
from microsite.storage.paths import folders_of

# A disk in memory: there the many builds of a property need not wait for a real one.
MEMORY = next((disk for disk in ["/dev/shm"] if Path(disk).is_dir()), None)  # noqa: S108 -- a disk

PATHS = st.sampled_from(
    ["index.html", "a", "a/b", "a/b/c", "a/b/d", "a/e", "ก/ข.html", "z/index.html", "z/list.xml"]
)


def without_conflicts(files):
    return {
        path: data
        for path, data in files.items()
        if not any(folder in files for folder in folders_of(path))
    }


FILE_SETS = st.dictionaries(PATHS, st.binary(max_size=2)).map(without_conflicts)


def tree(folder):
    """Path → bytes of all files but our list."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if path != ".microsite"}


def stamps(folder):
    return {
        path: (os.lstat(f"{folder}/{path}").st_mtime_ns, os.lstat(f"{folder}/{path}").st_ino)
        for path in tree(folder)
    }


@pytest.fixture
def dist(tmp_path):
    return str(tmp_path / "site/dist")


@pytest.fixture
def work(tmp_path):
    return str(tmp_path / "site/.cache/work")


@settings(max_examples=60)
@given(st.lists(FILE_SETS, min_size=1, max_size=5))
def test_after_each_build_the_folder_holds_exactly_its_files(file_sets):
    with tempfile.TemporaryDirectory(dir=MEMORY) as site:
        dist, work = f"{site}/dist", f"{site}/.cache/work"
        before = {}
        for files in file_sets:
            kept = {path for path in files if files[path] == before.get(path)}
            new = files.keys() - before.keys()
            old_stamps = stamps(dist)
            written = write_output(dist, files, work)
            assert tree(dist) == files
            assert output_paths(dist) == sorted(files)
            assert {path: stamps(dist)[path] for path in kept} == {
                path: old_stamps[path] for path in kept
            }
            assert written == Written(
                new=len(new),
                changed=len(files.keys() - new - kept),
                unchanged=len(kept),
                deleted=len(before.keys() - files.keys()),
            )
            folders = {path for path in Path(dist).rglob("*") if path.is_dir()}
            assert {str(f.relative_to(dist)) for f in folders} == {
                folder for path in files for folder in folders_of(path)
            }
            check_output(dist, [work])
            assert not Path(site, ".cache").exists() or not list(Path(work).iterdir())
            before = files


def test_a_build_into_an_empty_folder_is_like_the_first(dist, work):
    Path(dist).mkdir(parents=True)
    assert write_output(dist, {"th/index.html": b"x"}, work) == Written(1, 0, 0, 0)
    check_output(dist, [])
    assert tree(dist) == {"th/index.html": b"x"}


def test_many_files_are_written_like_few(dist, work):
    files = {f"th/{number}/index.html": b"%d" % number for number in range(250)}
    assert write_output(dist, files, work).new == 250
    changed = {path: data + b"!" for path, data in files.items()}
    assert write_output(dist, changed, work) == Written(0, 250, 0, 0)
    assert tree(dist) == changed
    assert read_output(dist, "th/7/index.html") == b"7!"


def test_a_file_that_someone_changed_or_removed_in_the_output_is_mended(dist, work):
    files = {"a.html": b"aaa", "b.html": b"bbb", "c.html": b"ccc"}
    write_output(dist, files, work)
    Path(dist, "a.html").write_bytes(b"AAA")
    Path(dist, "b.html").unlink()
    assert write_output(dist, files, work) == Written(new=1, changed=1, unchanged=1, deleted=0)
    assert tree(dist) == files


def test_a_link_in_place_of_a_file_is_replaced_and_what_it_leads_to_stays(tmp_path, dist, work):
    write_output(dist, {"a.html": b"aaa"}, work)
    (tmp_path / "mine").write_bytes(b"aaa")
    Path(dist, "a.html").unlink()
    Path(dist, "a.html").symlink_to(tmp_path / "mine")
    write_output(dist, {"a.html": b"new"}, work)
    assert not Path(dist, "a.html").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"aaa"


@pytest.mark.parametrize("mine", ["b.html", "b.html/mine", "th"])
def test_a_foreign_file_in_the_way_is_refused_and_still_there(dist, work, mine):
    write_output(dist, {"a.html": b"a"}, work)
    Path(dist, mine).parent.mkdir(exist_ok=True)
    Path(dist, mine).write_bytes(b"mine")
    before = tree(dist)
    with pytest.raises(Refusal) as caught:
        write_output(dist, {"a.html": b"A", "b.html": b"b", "th/c.html": b"c"}, work)
    assert caught.value.rule == "output-foreign"
    assert caught.value.values["files"] == mine
    assert tree(dist) == before
    assert not list(Path(work).iterdir())


def test_an_empty_folder_in_the_way_gives_place(dist, work):
    write_output(dist, {"a.html": b"a"}, work)
    Path(dist, "b.html/deep/er").mkdir(parents=True)
    write_output(dist, {"a.html": b"a", "b.html": b"b"}, work)
    assert tree(dist) == {"a.html": b"a", "b.html": b"b"}


def test_paths_that_cannot_stand_in_one_folder_change_nothing(dist, work):
    write_output(dist, {"a.html": b"a"}, work)
    for files in ({"../x": b""}, {"b": b"", "B": b""}, {"b": b"", "b/c": b""}):
        with pytest.raises(Fault) as caught:
            write_output(dist, {"a.html": b"A", **files}, work)
        assert caught.value.rule == "output-path"
        assert tree(dist) == {"a.html": b"a"}


def test_a_name_that_the_disk_does_not_take_is_named_and_nothing_changes(dist, work):
    long = "ก" * 90 + ".html"
    for before in ({}, {"a.html": b"a"}):
        if before:
            write_output(dist, before, work)
        with pytest.raises(Refusal) as caught:
            write_output(dist, {"a.html": b"A", f"th/{long}": b"x"}, work)
        assert caught.value.rule == "output-unwritable"
        assert caught.value.values["path"] == f"{dist}/th/{long}"
        assert tree(dist) == before
        assert not list(Path(dist).parent.glob(".dist*"))
        assert write_output(dist, {"a.html": b"a"}, work).deleted == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_that_may_not_be_written_is_named_before_anything_changes(dist, work):
    before = {"a.html": b"a", "th/b.html": b"b"}
    write_output(dist, before, work)
    Path(dist, "th").chmod(0o555)
    with pytest.raises(Refusal) as caught:
        write_output(dist, {"a.html": b"A", "th/b.html": b"B"}, work)
    Path(dist, "th").chmod(0o755)
    assert caught.value.values["path"] == f"{dist}/th/b.html"
    assert tree(dist) == before
    assert not finish_interrupted(dist, work)


def test_on_a_disk_that_ignores_case_a_new_spelling_keeps_the_file(dist, work):
    write_output(dist, {"Squid.html": b"squid", "a.html": b"a"}, work)
    Path(dist, "squid.html").hardlink_to(Path(dist, "Squid.html"))  # as such a disk shows it
    written = write_output(dist, {"squid.html": b"squid", "a.html": b"a"}, work)
    assert written == Written(new=0, changed=0, unchanged=2, deleted=0)
    check_output(dist, [])
    assert Path(dist, "squid.html").read_bytes() == b"squid"


SMALL_DISK = """
import resource, sys
from microsite.problems import Refusal
from microsite.storage.output import write_output
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # like a full disk: writing stops halfway
try:
    write_output(sys.argv[1], {"a.html": b"A", "big.html": b"x" * 2000}, sys.argv[2])
except Refusal as refusal:
    print(refusal.rule, refusal.values["path"])
"""


@pytest.mark.parametrize("before", [{}, {"a.html": b"a"}])
def test_a_full_disk_is_named_and_the_old_site_stays(dist, work, pytestconfig, before):
    if before:
        write_output(dist, before, work)
    said = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", SMALL_DISK, dist, work],
        capture_output=True,
        check=True,
        cwd=pytestconfig.rootpath,
    )
    assert said.stdout.decode() == f"output-unwritable {dist}/big.html\n"
    assert tree(dist) == before
    assert tree(work) == {}
    assert not list(Path(dist).parent.glob(".dist*"))


@pytest.mark.skipif(MEMORY is None, reason="there is only one disk here")
def test_a_cache_on_another_disk_works_as_well(dist):
    with tempfile.TemporaryDirectory(dir=MEMORY) as work:
        write_output(dist, {"a.html": b"a", "b.html": b"b", "c/d.html": b"d"}, work)
        if Path(dist).stat().st_dev == Path(work).stat().st_dev:
            pytest.skip("both folders are on one disk here")
        written = write_output(dist, {"a.html": b"A", "b.html": b"b", "e/f.html": b"f"}, work)
        assert written == Written(new=1, changed=1, unchanged=1, deleted=1)
        assert tree(dist) == {"a.html": b"A", "b.html": b"b", "e/f.html": b"f"}
        check_output(dist, [])
        assert not list(Path(work).iterdir())


def test_two_outputs_of_a_site_do_not_meet(tmp_path, work):
    dist, preview = str(tmp_path / "dist"), str(tmp_path / ".cache/preview")
    write_output(dist, {"a.html": b"a"}, work)
    write_output(preview, {"b.html": b"b"}, work)
    write_output(dist, {"a.html": b"A"}, work)
    assert (tree(dist), tree(preview)) == ({"a.html": b"A"}, {"b.html": b"b"})


@pytest.mark.parametrize("before", [{}, {"a.html": b"a"}])
@pytest.mark.parametrize("path", ["../out.html", "/out.html", "a/../../out.html", ".microsite"])
def test_no_file_is_laid_ready_outside(dist, work, tmp_path, before, path):
    if before:
        write_output(dist, before, work)
    there = sorted(tmp_path.rglob("*"))
    with pytest.raises(Fault):
        lay(begin(dist, work), path, b"x")
    assert sorted(tmp_path.rglob("*")) == there


def test_what_is_kept_stays_unread_and_the_rest_goes(dist, work):
    write_output(dist, {"a.html": b"a", "b.html": b"b", "c.html": b"c"}, work)
    draft = begin(dist, work)
    written = finish(draft, [lay(draft, "b.html", b"B")], kept=["a.html"])
    assert written == Written(new=0, changed=1, unchanged=1, deleted=1)
    assert [read_output(dist, path) for path in ("a.html", "b.html")] == [b"a", b"B"]
