"""Changed content: all of it is written or none, and nothing outside its folder."""

from __future__ import annotations

import os
import sys

import pytest

from microsite.problems import Refusal
from microsite.storage.content import Rewritten, read_named, write_beside, write_content


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "th").mkdir(parents=True)
    (folder / "th/a.md").write_bytes(b"a")
    (folder / "th/b.md").write_bytes(b"b")
    return folder


def refused(content, files):
    before = {path: path.read_bytes() for path in content.parent.rglob("*") if path.is_file()}
    with pytest.raises(Refusal) as caught:
        write_content(str(content), files)
    assert {path: path.read_bytes() for path in before} == before
    assert set(before) == {path for path in content.parent.rglob("*") if path.is_file()}
    return caught.value.rule


def test_files_are_changed_and_made(content):
    write_content(
        str(content), {"th/a.md": Rewritten(b"a", b"A"), "en/products/c.md": Rewritten(None, b"C")}
    )
    found = {
        path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*.*")
    }
    assert found == {"th/a.md": b"A", "th/b.md": b"b", "en/products/c.md": b"C"}


@pytest.mark.parametrize("before", [b"x", None])
def test_what_somebody_has_changed_meanwhile_is_not_overwritten(content, before):
    files = {"th/b.md": Rewritten(b"b", b"B"), "th/a.md": Rewritten(before, b"A")}
    assert refused(content, files) == "content-changed"


@pytest.mark.parametrize("path", ["../x.md", "th/../../x.md", "th/a:b.md", "/etc/x.md"])
def test_nothing_is_written_outside_the_folder(content, path):
    assert refused(content, {path: Rewritten(None, b"x")}) == "content-outside"


def test_a_linked_folder_does_not_lead_out(content):
    outside = content.parent / "outside"
    outside.mkdir()
    (content / "en").symlink_to(outside, target_is_directory=True)
    assert refused(content, {"en/a.md": Rewritten(None, b"x")}) == "content-outside"
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_keeps_everything(content):
    (content / "en").mkdir(mode=0o500)
    files = {"th/a.md": Rewritten(b"a", b"A"), "en/a.md": Rewritten(None, b"x")}
    assert refused(content, files) == "output-unwritable"


def test_a_file_in_the_way_of_a_folder_keeps_everything(content):
    files = {"th/a.md": Rewritten(b"a", b"A"), "th/b.md/c.md": Rewritten(None, b"x")}
    assert refused(content, files) in {"output-unwritable", "content-outside"}


def test_a_file_that_somebody_named_is_never_overwritten(tmp_path):
    path = tmp_path / "catalogue.xlsx"
    write_beside(str(path), b"first")
    with pytest.raises(Refusal) as caught:
        write_beside(str(path), b"second")
    assert caught.value.rule == "file-exists"
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_file_that_is_none_says_so(tmp_path, name):
    with pytest.raises(Refusal) as caught:
        read_named(str(tmp_path / name), 10)
    assert caught.value.rule == "file-unreadable"
