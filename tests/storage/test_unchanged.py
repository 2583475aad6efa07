"""How files stand is told without opening one: what has changed in between, and what may have."""

from __future__ import annotations

import os
import sys
import time

import pytest

from microsite.storage.unchanged import (
    difference,
    is_sure,
    look,
    look_at_all,
    look_meanwhile,
    looked_again,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its times tell too little")
LONG_AGO = 1_000_000_000 * 10**9  # nanoseconds


@pytest.fixture
def folder(tmp_path):
    for name in ("changed", "gone", "moved", "same"):
        (tmp_path / name).write_text(name, "utf-8")
    time.sleep(0.05)
    return tmp_path


def now(folder):
    return look([str(folder)], time.time_ns())


def test_it_is_told_what_has_changed_come_and_gone(folder):
    before = now(folder)
    (folder / "changed").write_text("otherwise", "utf-8")
    (folder / "gone").unlink()
    (folder / "moved").rename(folder / "come")
    time.sleep(0.05)
    other, some = difference(before, now(folder))
    assert other == {f"{folder}/changed"}
    assert some == {f"{folder}/{name}" for name in ("gone", "moved", "come")}


def test_a_change_is_told_whose_times_were_set_back(folder):
    before, found = now(folder), (folder / "changed").stat()
    (folder / "changed").write_text("CHANGED", "utf-8")
    os.utime(folder / "changed", ns=(found.st_atime_ns, found.st_mtime_ns))
    assert difference(before, now(folder))[0] == {f"{folder}/changed"}


def test_what_was_saved_just_before_a_look_may_have_changed_since(folder):
    (folder / "same").touch()
    unsure = look([str(folder)], LONG_AGO)
    assert not is_sure(unsure)
    assert difference(unsure, unsure)[0] == {
        f"{folder}/{name}" for name in ("changed", "gone", "moved", "same")
    }
    time.sleep(0.05)
    assert is_sure(now(folder))
    assert difference(now(folder), now(folder)) == (set(), set())


def test_names_that_cannot_be_told_apart_tell_nothing(folder):
    before = now(folder)
    (folder / "one\nother").write_text("x", "utf-8")
    assert difference(before, now(folder)) is None
    assert difference("", now(folder)) is None


def test_a_process_that_looks_meanwhile_sees_the_same(folder):
    (folder / "วัน\n๑").write_bytes(b"")
    assert look_meanwhile(str(folder))() == look_at_all(str(folder))


def test_looking_again_at_what_has_changed_is_as_good_as_looking_at_all(folder):
    before = look_at_all(str(folder))
    (folder / "changed").write_text("otherwise", "utf-8")
    (folder / "gone").unlink()
    (folder / "a new one").write_text("x", "utf-8")
    paths = ["changed", "gone", "a new one", "never there"]
    assert looked_again(before, str(folder), paths) == look_at_all(str(folder))
