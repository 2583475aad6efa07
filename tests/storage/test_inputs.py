"""What people have put into a folder."""

from __future__ import annotations

import os
import socket

import pytest

from microsite.problems import Fault, Refusal
from microsite.storage.inputs import overlay, read, scan


def put(folder, *paths, data=b"x"):
    for path in paths:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def fault_of(found, limit=1000):
    with pytest.raises(Fault) as caught:
        read(found, limit)
    return caught.value


def test_every_file_is_found_in_order_with_its_size(tmp_path):
    put(tmp_path, "th/products/squid.md", "site.yaml", "th/ปลาหมึก.jpg", "en/a.md", data=b"12345")
    found = scan(str(tmp_path))
    assert list(found) == ["en/a.md", "site.yaml", "th/products/squid.md", "th/ปลาหมึก.jpg"]
    assert {one.size for one in found.values()} == {5}
    assert {one.kind for one in found.values()} == {"file"}
    assert found["site.yaml"].mtime_ns == (tmp_path / "site.yaml").stat().st_mtime_ns
    assert all((tmp_path / path).samefile(one.where) for path, one in found.items())


def test_a_folder_that_is_missing_has_nothing_in_it(tmp_path):
    assert scan(str(tmp_path / "illustrations")) == {}


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "~$squid.md", "#squid.md#", "squid.md~", "squid#", "Thumbs.db", "desktop.ini"],
)
def test_what_programs_leave_behind_is_ignored(tmp_path, name):
    put(tmp_path, name, f"deep/{name}", f"folder/{name}/x", "kept.md")
    assert list(scan(str(tmp_path))) == ["kept.md"]


def test_names_that_only_look_like_leftovers_are_found(tmp_path):
    put(tmp_path, "a.b", "a~b", "a#b", "thumbs.dbx")
    assert list(scan(str(tmp_path))) == ["a#b", "a.b", "a~b", "thumbs.dbx"]


def test_a_link_is_found_as_a_link_and_never_followed(tmp_path):
    put(tmp_path, "outside/secret.md", "in/real.md")
    (tmp_path / "in/file.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "in/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/nowhere").symlink_to("missing")
    found = scan(str(tmp_path / "in"))
    kinds = {path: one.kind for path, one in found.items()}
    assert kinds == {
        "file.md": "link",
        "folder": "link",
        "loop": "link",
        "nowhere": "link",
        "real.md": "file",
    }
    for path in ("file.md", "folder", "loop", "nowhere"):
        assert fault_of(found[path]).rule == "file-not-regular"


def test_a_pipe_or_a_socket_is_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door.md"))
        found = scan(str(tmp_path))
        assert [one.kind for one in found.values()] == ["other", "other"]
        assert {fault_of(one).rule for one in found.values()} == {"file-not-regular"}


def test_a_file_that_becomes_a_pipe_after_it_was_found_is_not_waited_for(tmp_path):
    put(tmp_path, "a.md")
    found = scan(str(tmp_path))["a.md"]
    (tmp_path / "a.md").unlink()
    os.mkfifo(tmp_path / "a.md")
    assert fault_of(found).rule == "file-not-regular"


def test_a_file_that_is_gone_when_it_is_read_is_named(tmp_path):
    put(tmp_path, "th/a.md")
    found = scan(str(tmp_path))["th/a.md"]
    (tmp_path / "th/a.md").unlink()
    fault = fault_of(found)
    assert (fault.rule, fault.values["path"]) == ("file-unreadable", "th/a.md")


@pytest.mark.parametrize(("size", "fits"), [(0, True), (64_000, True), (64_001, False)])
def test_a_file_is_read_up_to_the_limit_and_no_further(tmp_path, size, fits):
    put(tmp_path, "a.md", data=b"a" * size)
    found = scan(str(tmp_path))["a.md"]
    if fits:
        assert read(found, 64_000) == b"a" * size
    else:
        fault = fault_of(found, 64_000)
        assert (fault.rule, fault.values["size"], fault.values["limit"]) == (
            "file-too-large",
            65,
            64,
        )


def test_a_file_that_grows_after_it_was_found_is_still_bounded(tmp_path):
    put(tmp_path, "a.md")
    found = scan(str(tmp_path))["a.md"]
    put(tmp_path, "a.md", data=b"a" * 5_000)
    assert fault_of(found).values == {"path": "a.md", "size": 5, "limit": 1}


def test_a_file_in_place_of_a_folder_is_refused_by_name(tmp_path):
    put(tmp_path, "content")
    with pytest.raises(Refusal) as caught:
        scan(str(tmp_path / "content"))
    assert caught.value.rule == "folder-unreadable"
    assert caught.value.values["path"] == str(tmp_path / "content")


def test_a_sites_own_files_go_before_ours(tmp_path):
    put(tmp_path / "site", "base.css", "own.css", data=b"site")
    put(tmp_path / "ours", "base.css", "parts/card.css", data=b"ours")
    found = overlay(str(tmp_path / "site"), str(tmp_path / "missing"), str(tmp_path / "ours"))
    assert [(path, read(one, 100)) for path, one in found.items()] == [
        ("base.css", b"site"),
        ("own.css", b"site"),
        ("parts/card.css", b"ours"),
    ]
