"""A build gives the same bytes wherever, whenever and however it runs; a fault changes nothing."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

SAMPLE = Path(__file__).resolve().parents[1] / "examples" / "sample-market"
WITH_PHOTOS = """photos:
  - {file: one.png, alt: หนึ่ง}
  - {file: two.png, alt: สอง}"""
CLOCKS = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))  # shows programs another day
FAULTY = "---\nname: ของผิด\nsummary: ผิด\nenterprise: nobody\ncategory: sample-goods\n---\n"


def tree(folder):
    """Every file with its bytes, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(folder):
    """What the file system knows of every file and folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted((folder, *folder.rglob("*")))
    }


@pytest.fixture
def tiny(copy_of, tmp_path):
    """A folder with the smallest of all sites."""
    return copy_of("tiny", tmp_path / "tiny")


def test_the_same_site_is_the_same_bytes_on_any_computer(sample_dist, copy_of, run, tmp_path):
    there = tmp_path / "elsewhere" / "ตลาด"
    other = copy_of("sample-market", there, photos_of=sample_dist.content.parent)
    content = other / "content"
    moved = content.rename(tmp_path / "moved")  # written again, last file first
    for path in sorted(moved.rglob("*"), reverse=True):
        if path.is_file():
            again = content / path.relative_to(moved)
            again.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, again)
            os.utime(again, (1, 1))
    done = run(
        *("--site", "ตลาด", "--jobs", "1", "--language", "th"),
        cwd=other.parent,
        PYTHONHASHSEED="7",
        LC_ALL="th_TH.UTF-8",
        TZ="Asia/Bangkok",
        SOURCE_DATE_EPOCH="86400",
    )
    assert done.returncode == 0, done.stderr.decode()
    again, first = tree(other / "dist"), tree(sample_dist.dist)
    assert again.keys() == first.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_the_clock_of_the_computer_changes_nothing(sample_dist, copy_of, run, tmp_path):
    if not CLOCKS:
        answer = "libfaketime is not installed (Debian, Ubuntu: apt-get install libfaketime)"
        if os.environ.get("MICROSITE_FAKETIME") == "required":
            pytest.fail(answer)
        pytest.skip(answer)
    site = copy_of("sample-market", tmp_path / "site", photos_of=sample_dist.content.parent)
    later = {"LD_PRELOAD": str(CLOCKS[0]), "FAKETIME": "+1000d"}
    told = subprocess.run(
        [sys.executable, "-c", "import time; print(time.time())"],
        env={**os.environ, **later},
        capture_output=True,
        check=True,
    )
    assert float(told.stdout) > time.time() + 999 * 86_400
    done = run("--site", site, "--jobs", "3", **later)
    assert done.returncode == 0, done.stderr.decode()
    again, first = tree(site / "dist"), tree(sample_dist.dist)
    assert again.keys() == first.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_photos_are_the_same_bytes_whoever_encodes_them(copy_of, run, tmp_path):
    trees = []
    for jobs in ("1", "2"):
        site = copy_of("tiny", tmp_path / jobs)
        photos = site / "assets" / "photos"
        photos.mkdir(parents=True)
        with Image.open(SAMPLE / "assets" / "photos" / "mango-soap" / "bars.webp") as taken:
            for name, width in (("one", 1280), ("two", 700)):
                taken.resize((width, 375)).save(photos / f"{name}.png")
        entry = site / "content" / "th" / "products" / "sample-squid.md"
        text = entry.read_text(encoding="utf-8").replace("price: 180", WITH_PHOTOS)
        entry.write_text(text, encoding="utf-8")
        done = run("--site", site, "--jobs", jobs, "--quiet", PYTHONHASHSEED=jobs)
        assert done.returncode == 0, done.stdout.decode()
        trees.append(tree(site / "dist"))
    assert len([name for name in trees[0] if name.endswith(".avif")]) >= 4
    assert trees[0] == trees[1]


def test_building_again_touches_no_file(tiny, run):
    run("--site", tiny)
    before = stamps(tiny / "dist")
    assert run("--site", tiny).returncode == 0
    assert stamps(tiny / "dist") == before


def test_a_commit_changes_nothing(tiny, run):
    if not (git := shutil.which("git")):
        pytest.skip("git is not installed")
    run("--site", tiny)
    before = tree(tiny / "dist")
    person = ("-c", "user.name=A person", "-c", "user.email=person@sample.example")
    for command in (("init", "-q"), ("add", "content"), ("commit", "-q", "-m", "First")):
        subprocess.run((git, *person, *command), cwd=tiny, check=True)  # noqa: S603 # as above
    shutil.rmtree(tiny / "dist")
    assert run("--site", tiny).returncode == 0
    assert tree(tiny / "dist") == before


def test_a_cache_that_is_deleted_changes_nothing(tiny, run):
    run("--site", tiny)
    before = tree(tiny / "dist")
    shutil.rmtree(tiny / ".cache")
    assert run("--site", tiny).returncode == 0
    assert tree(tiny / "dist") == before


def test_another_day_changes_only_what_shows_what_begins_that_day(tiny, run):
    entry = tiny / "content" / "th" / "products" / "sample-squid.md"
    text = entry.read_text(encoding="utf-8")
    later = entry.with_name("later.md")
    later.write_text(text.replace("price: 180", "publish_date: 2026-12-01"), encoding="utf-8")
    days = {}
    for today in ("2026-11-24", "2026-11-30", "2026-12-01"):
        assert run("--site", tiny, today=today).returncode == 0
        days[today] = tree(tiny / "dist")
    before, on_the_day = days["2026-11-24"], days["2026-12-01"]
    assert before == days["2026-11-30"]
    new = {name for name in on_the_day if name not in before}
    assert new == {"th/products/later/index.html", "en/products/later/index.html"}
    changed = {name for name in before if on_the_day.get(name) != before[name]} - {".microsite"}
    lists = ("enterprises", "search")  # which say how many there are
    counting = {f"{tag}/{name}/index.html" for tag in ("th", "en") for name in lists}
    assert changed >= {"th/products/index.html", "th/enterprises/sample-group/index.html"}
    naming = {name for name, data in on_the_day.items() if b"products/later/" in data}
    assert changed <= naming | counting


def test_an_edit_gives_what_a_build_from_nothing_gives(tiny, run, tmp_path):
    run("--site", tiny)
    entry = tiny / "content" / "th" / "products" / "sample-squid.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("180", "220"), encoding="utf-8")
    run("--site", tiny)
    run("--site", tiny, "--output", tmp_path / "fresh")
    assert tree(tiny / "dist") == tree(tmp_path / "fresh")


def test_a_fault_leaves_the_last_good_site_as_it_was(tiny, run):
    run("--site", tiny)
    before, times = tree(tiny / "dist"), stamps(tiny / "dist")
    bad = tiny / "content" / "th" / "products" / "bad.md"
    bad.write_text(FAULTY, encoding="utf-8")
    assert run("--site", tiny).returncode == 1
    assert (tree(tiny / "dist"), stamps(tiny / "dist")) == (before, times)
    bad.unlink()
    assert run("--site", tiny).returncode == 0
    assert tree(tiny / "dist") == before


def test_a_fault_in_the_first_build_makes_no_site(tiny, run):
    (tiny / "content" / "th" / "products" / "bad.md").write_text(FAULTY, encoding="utf-8")
    assert run("--site", tiny).returncode == 1
    assert not (tiny / "dist").exists()
