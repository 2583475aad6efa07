"""Decisions about an output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from microsite.problems import Refusal
from microsite.storage.journal import Step, carry_out, decide, stage


@pytest.fixture
def room(tmp_path):
    return str(tmp_path / "room")


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    (folder / "th").mkdir(parents=True)
    (folder / "th/old.html").write_bytes(b"old")
    (folder / "index.html").write_bytes(b"old")
    return folder


def prepare(room):
    stage(room, "0", b"new")
    decide(room, [Step("index.html", "0"), Step("th/old.html")])


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html")}


OLD = {"index.html": b"old", "th/old.html": b"old"}
NEW = {"index.html": b"new"}


def test_a_decision_is_carried_out_once(dist, room):
    prepare(room)
    assert carry_out(str(dist), room)
    assert tree(dist) == NEW
    assert not (dist / "th").exists()
    assert not Path(room).exists()
    (dist / "index.html").write_bytes(b"later")
    assert not carry_out(str(dist), room)
    assert tree(dist) == {"index.html": b"later"}


def test_what_is_staged_but_not_decided_is_removed(dist, room):
    stage(room, "0", b"new")
    assert not carry_out(str(dist), room)
    assert tree(dist) == OLD
    assert not Path(room).exists()


def test_a_journal_with_a_changed_byte_is_no_decision(dist, room):
    prepare(room)
    good = Path(room, "journal").read_bytes()
    for at in range(len(good)):
        stage(room, "0", b"new")
        Path(room, "journal").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        assert not carry_out(str(dist), room), at
        assert tree(dist) == OLD
        assert not Path(room).exists()


def test_a_journal_cut_short_is_no_decision(dist, room):
    prepare(room)
    good = Path(room, "journal").read_bytes()
    for size in range(len(good)):
        stage(room, "0", b"new")
        Path(room, "journal").write_bytes(good[:size])
        assert not carry_out(str(dist), room), size
        assert tree(dist) == OLD


@pytest.mark.parametrize("path", ["../mine.html", "/mine.html", "th/../../mine.html", ""])
def test_a_decision_about_files_outside_is_none(tmp_path, dist, room, path):
    (tmp_path / "mine.html").write_bytes(b"mine")
    stage(room, "0", b"new")
    decide(room, [Step("index.html", "0"), Step(path)])
    assert not carry_out(str(dist), room)
    assert tree(dist) == OLD
    assert (tmp_path / "mine.html").read_bytes() == b"mine"


def test_a_file_that_was_on_its_way_from_another_disk_is_cleared_away(dist, room):
    prepare(room)
    (dist / ".microsite-moving").write_bytes(b"ne")
    assert carry_out(str(dist), room)
    assert not (dist / ".microsite-moving").exists()


def test_a_decision_about_a_folder_that_is_gone_makes_no_half_site(tmp_path, room):
    prepare(room)
    assert not carry_out(str(tmp_path / "gone"), room)
    assert not (tmp_path / "gone").exists()


def test_a_decision_that_cannot_be_carried_out_now_stands_until_it_can(dist, room):
    stage(room, "0", b"new")
    stage(room, "1", b"new")
    decide(room, [Step("index.html", "0"), Step("th", "1"), Step("th/old.html")])
    with pytest.raises(Refusal) as caught:
        carry_out(str(dist), room)
    assert caught.value.rule == "output-unwritable"
    assert caught.value.values["path"] == f"{dist}/th"
    (dist / "th/old.html").rename(dist / "moved-away.html")
    assert carry_out(str(dist), room)
    assert (dist / "th").read_bytes() == b"new"
