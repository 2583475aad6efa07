"""Whether an output folder may be written."""

from __future__ import annotations

import os

import pytest

from microsite.problems import Refusal
from microsite.storage.output import write_output
from microsite.storage.owned import check_output, output_paths


def refusal_of(folder, *inputs):
    with pytest.raises(Refusal) as caught:
        check_output(str(folder), [str(one) for one in inputs])
    return caught.value


def build(site, **files):
    built = {f"{name}.html": b"x" for name in files or {"index": 1}}
    write_output(str(site / "dist"), built, str(site / "work"))
    return site / "dist"


def test_a_missing_an_empty_and_a_built_folder_may_be_written(tmp_path):
    check_output(str(tmp_path / "new/dist"), [str(tmp_path / "content")])
    (tmp_path / "empty/deep/er").mkdir(parents=True)
    check_output(str(tmp_path / "empty"), [])
    assert output_paths(str(tmp_path / "empty")) == []
    check_output(str(build(tmp_path)), [str(tmp_path / "content")])
    assert output_paths(str(tmp_path / "dist")) == ["index.html"]


def test_a_folder_that_no_build_made_is_refused(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    assert refusal_of(tmp_path).rule == "output-not-ours"
    with pytest.raises(Refusal):
        write_output(str(tmp_path), {"index.html": b"x"}, str(tmp_path.parent / "work"))
    assert [path.name for path in tmp_path.rglob("*")] == ["photo.jpg"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace(b"microsite 1", b"microsite 9"),
        lambda text: b"",
        lambda text: text + b"../../etc/passwd\n",
        lambda text: text + b"/etc/passwd\n",
        lambda text: text + b"\xff\n",
    ],
)
def test_a_folder_whose_list_we_did_not_write_is_refused(tmp_path, damage):
    mark = build(tmp_path) / ".microsite"
    mark.write_bytes(damage(mark.read_bytes()))
    assert refusal_of(tmp_path / "dist").rule == "output-not-ours"


def test_a_list_that_git_has_given_windows_line_ends_is_read(tmp_path):
    mark = build(tmp_path, a=1, b=1) / ".microsite"
    mark.write_bytes(mark.read_bytes().replace(b"\n", b"\r\n"))
    assert output_paths(str(tmp_path / "dist")) == ["a.html", "b.html"]


def test_a_list_that_is_a_link_is_not_ours(tmp_path):
    mark = build(tmp_path) / ".microsite"
    mark.rename(tmp_path / "list")
    mark.symlink_to(tmp_path / "list")
    assert refusal_of(tmp_path / "dist").rule == "output-not-ours"


@pytest.mark.parametrize("end", ["", "/", "//"])
def test_a_link_is_refused_wherever_it_leads(tmp_path, end):
    (tmp_path / "empty").mkdir()
    for name, target in {"link": "empty", "dangling": "nowhere"}.items():
        (tmp_path / name).symlink_to(tmp_path / target)
        assert refusal_of(f"{tmp_path}/{name}{end}").rule == "output-link"
        with pytest.raises(Refusal):
            write_output(f"{tmp_path}/{name}{end}", {"a": b"x"}, str(tmp_path / "work"))
    assert not list((tmp_path / "empty").iterdir())


def test_a_file_is_refused(tmp_path):
    (tmp_path / "dist").write_bytes(b"mine")
    assert refusal_of(tmp_path / "dist").rule == "output-not-a-folder"


def test_a_file_above_is_named(tmp_path):
    (tmp_path / "notes").write_bytes(b"mine")
    refusal = refusal_of(tmp_path / "notes/dist/new")
    assert refusal.rule == "output-not-a-folder"
    assert refusal.values["folder"] == str(tmp_path / "notes")


@pytest.mark.parametrize("is_link", [False, True])
def test_what_stands_in_place_of_a_folder_of_ours_is_foreign(tmp_path, is_link):
    write_output(str(tmp_path / "dist"), {"th/index.html": b"x"}, str(tmp_path / "work"))
    (tmp_path / "dist/th").rename(tmp_path / "elsewhere")
    if is_link:
        (tmp_path / "dist/th").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "dist/th").write_bytes(b"mine")
    refusal = refusal_of(tmp_path / "dist")
    assert (refusal.rule, refusal.values["files"]) == ("output-foreign", "th")


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
@pytest.mark.parametrize("output", [".", "new", "new/er"])
def test_a_folder_that_may_not_be_written_is_named(tmp_path, output):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    refusal = refusal_of(closed / output)
    assert refusal.rule == "output-closed"
    assert refusal.values["folder"] == str(closed)


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may look everywhere")
def test_a_folder_of_ours_that_may_not_be_opened_is_not_called_foreign(tmp_path):
    write_output(str(tmp_path / "dist"), {"th/index.html": b"x"}, str(tmp_path / "work"))
    (tmp_path / "dist/th").chmod(0)
    refusal = refusal_of(tmp_path / "dist")
    (tmp_path / "dist/th").chmod(0o755)
    assert refusal.rule == "output-unwritable"
    assert refusal.values["path"] == f"{tmp_path}/dist/th"


@pytest.mark.parametrize(
    "output", ["content", "content/", "content/th", "content/new", ".", "..", "x/../content", "in"]
)
def test_an_output_that_would_mix_with_what_people_edit_is_refused(tmp_path, output):
    site = tmp_path / "site"
    (site / "content/th").mkdir(parents=True)
    (site / "in").mkdir()
    (site / "in/assets").symlink_to(site / "content")
    refusal = refusal_of(site / output, site / "templates", site / "in/assets", site / "in")
    assert refusal.rule == "output-overlaps-input"


@pytest.mark.parametrize("output", ["templates", "templates/x", "."])
def test_an_input_that_does_not_exist_yet_counts_as_well(tmp_path, output):
    refusal = refusal_of(tmp_path / output, tmp_path / "templates")
    assert refusal.rule == "output-overlaps-input"


def test_an_output_reached_through_a_link_above_it_is_compared_by_where_it_is(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "other").symlink_to(tmp_path / "content")
    assert refusal_of(tmp_path / "other/dist", tmp_path / "content").rule == "output-overlaps-input"


def test_neighbours_with_like_names_are_no_overlap(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "Content").mkdir()
    check_output(str(tmp_path / "content-dist"), [str(tmp_path / "content")])
    check_output(str(tmp_path / "Content"), [str(tmp_path / "content")])


def test_foreign_files_are_named_the_first_five_and_stay(tmp_path):
    dist = build(tmp_path)
    names = [f"mine-{number}.html" for number in range(7)]
    for name in names:
        (dist / name).write_bytes(b"mine")
    refusal = refusal_of(dist)
    assert refusal.rule == "output-foreign"
    assert refusal.values["files"] == ", ".join([*names[:5], "…"])
    assert all((dist / name).read_bytes() == b"mine" for name in names)


def test_a_foreign_link_pipe_and_folder_are_files_too(tmp_path):
    dist = build(tmp_path)
    (dist / "th").symlink_to(tmp_path)
    os.mkfifo(dist / "pipe")
    (dist / "folder/deep").mkdir(parents=True)
    (dist / "folder/deep/mine").write_bytes(b"mine")
    assert refusal_of(dist).values["files"] == "folder/deep/mine, pipe, th"


def test_what_a_file_manager_leaves_behind_stops_no_build_and_stays(tmp_path):
    dist = build(tmp_path)
    (dist / ".DS_Store").write_bytes(b"finder")
    check_output(str(dist), [])
    assert build(tmp_path, other=1) == dist
    assert sorted(path.name for path in dist.iterdir()) == [".DS_Store", ".microsite", "other.html"]
