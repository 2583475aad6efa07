"""The command line: exit codes, formats, languages, and what it says where it cannot go on."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[1] / "build.py"
PHOTO = Path(__file__).parents[1] / "examples/sample-market/assets/photos/reed-basket/table.png"
THAI = re.compile("[ก-๙]")
KEYS = {"rule", "level", "file", "line", "column", "message", "remedy"}
FAULTY = """---
name: ของผิด
summary: ผิด
enterprise: sample-group
category: sample-goods
price: ถามร้าน
---
"""
ENTRY = "content/th/products/bad.md"


@pytest.fixture
def tiny(copy_of, tmp_path):
    """A folder with the smallest of all sites."""
    return copy_of("tiny", tmp_path / "tiny")


@pytest.fixture
def warned(tiny):
    """That site with something to warn of: an entry without sources."""
    entry = tiny / "content" / "th" / "products" / "sample-squid.md"
    lines = entry.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("sources")]
    entry.write_text("".join(kept), encoding="utf-8")
    return tiny


@pytest.fixture
def faulty(warned):
    """That site with a fault, too."""
    (warned / ENTRY).write_text(FAULTY, encoding="utf-8")
    return warned


def test_a_build_says_what_it_made_and_ends_with_0(tiny, run):
    done = run(cwd=tiny)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    pages = len([*(tiny / "dist").rglob("*.html")])
    assert re.match(rf"{pages} pages in dist\. New or changed files: \d+\. Warnings: 0\.", said)


def test_a_build_with_warnings_ends_with_0(warned, run):
    done = run(cwd=warned)
    assert done.returncode == 0
    assert "Warnings: 1." in done.stdout.decode()
    assert "[sources-missing]" in done.stderr.decode()
    assert (warned / "dist" / "index.html").is_file()


def test_a_build_with_faults_ends_with_1_and_says_that_nothing_was_written(faulty, run):
    done = run(cwd=faulty)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert f"{ENTRY}:6:8  “ถามร้าน” is not a price." in said
    assert "1 error. Nothing was written; dist is as it was." in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["publish"],
        ["--format", "xml"],
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--base-url", "sample.example"],
        ["--language", "tlh"],
        ["--today", "24 November"],
        ["--site"],
    ],
)
def test_wrong_use_ends_with_2_and_builds_nothing(tiny, run, arguments):
    done = run(*arguments, cwd=tiny, today="")
    assert done.returncode == 2
    assert b"usage:" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not (tiny / "dist").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statsu"], "There is no command “statsu”.\n  Did you mean “status”?"),
        (["--language", "en", "publish"], "“publish”.\n  --help shows what there is."),
        (["build", "extra"], "“extra” is too much."),
        (["--drafs"], "There is no option --drafs here.\n  Did you mean “--drafts”?"),
        (["status", "--acept=x"], "no option --acept here.\n  Did you mean “--accept”?"),
        (["new"], "after `new`: what to begin.\n  Possible: enterprise, product"),
        (["new", "prodct", "--name", "x"], "Did you mean product?"),
        (["new", "product", "--nme", "x"], "no option --nme here.\n  Did you mean “--name”?"),
        (["export"], "after `export`: catalogue.xlsx"),
        (["schema", "pages"], "Did you mean page?"),
        (["--site"], "--site needs a value."),
        (["--drafts=yes"], "--drafts takes no value."),
        (["--today", "24 November"], "“24 November” is not a date."),
        (["--jobs", "0"], "“0” is not a number from 1 to 1000."),
        (["serve", "--port", "door"], "“door” is not a whole number."),
        (["--base-url", "sample.example"], "https://example.org"),
    ],
)
def test_wrong_use_is_told_with_what_may_have_been_meant(tiny, run, arguments, said):
    done = run(*arguments, cwd=tiny, today="")
    assert done.returncode == 2
    assert said in done.stderr.decode()
    thai = run(*arguments, cwd=tiny, today="", LC_ALL="th_TH.UTF-8", PYTHONIOENCODING="utf-8")
    told = thai.stderr.decode().splitlines()
    if "--language" not in arguments:
        assert told[0].startswith("วิธีใช้: build.py")
        assert all(THAI.search(line) for line in told)


# ---- what it refuses


def refused(done, rule):
    said = done.stderr.decode()
    assert done.returncode == 1
    assert f"[{rule}]" in said
    assert "Traceback" not in said
    return said


def test_a_folder_that_no_build_made_is_left_alone(tiny, run):
    letters = tiny / "letters" / "from-home.txt"
    letters.parent.mkdir()
    letters.write_text("dear all")
    refused(run("--output", "letters", cwd=tiny), "output-not-ours")
    assert [*letters.parent.iterdir()] == [letters]
    assert letters.read_text() == "dear all"


def test_a_file_that_no_build_wrote_is_named_and_left_alone(tiny, run):
    run(cwd=tiny)
    notes = tiny / "dist" / "th" / "notes.txt"
    notes.write_text("mine")
    assert "th/notes.txt" in refused(run(cwd=tiny), "output-foreign")
    assert notes.read_text() == "mine"


def inputs(site):
    return {
        path: path.stat().st_mtime_ns
        for name in ("content", "assets")
        for path in (site / name).rglob("*")
    }


@pytest.mark.parametrize("output", ["content", ".", "content/th", "assets"])
def test_a_site_is_never_written_over_what_people_edit(tiny, run, output):
    (tiny / "assets").mkdir()
    before = inputs(tiny)
    refused(run("--output", output, cwd=tiny), "output-overlaps-input")
    assert inputs(tiny) == before


@pytest.mark.parametrize(
    "output", [".cache", ".cache/x", "x/../.cache/x/y", "link/x", ".cache/check"]
)
def test_a_site_is_never_written_where_builds_may_delete_all(tiny, run, output):
    mine = tiny / output / "mine.txt"
    (tiny / "x").mkdir()
    (tiny / ".cache").mkdir(exist_ok=True)
    (tiny / "link").symlink_to(".cache")
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    before = set(tiny.rglob("*"))
    for place in (output, tiny / output):
        for command in ("build", "check"):
            refused(run(command, "--output", place, cwd=tiny), "output-in-cache")
    assert set(tiny.rglob("*")) == before
    assert mine.read_text() == "mine"


def test_a_site_is_never_written_into_another_output(tiny, run):
    assert run(cwd=tiny).returncode == 0
    for output in ("dist/old", "dist/th/old/x"):
        for command in ("build", "check"):
            refused(run(command, "--output", output, cwd=tiny), "output-in-output")
    assert run(cwd=tiny).returncode == 0


def test_a_folder_without_a_site_is_told_what_is_missing(tmp_path, run):
    done = run(cwd=tmp_path)
    said = refused(done, "site-missing")
    assert "content/site.yaml:1:1" in said
    assert "--site" in said
    assert not (tmp_path / "dist").exists()


def test_a_folder_that_is_not_there_is_told_too(tmp_path, run):
    refused(run("--site", "nowhere", cwd=tmp_path), "site-missing")


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "build --drafts",
        "check",
        "check --record",
        "status",
        "export x.xlsx",
        "new product",
        "serve",
    ],
)
def test_nothing_is_put_into_a_folder_that_was_mistyped(tmp_path, run, command):
    photo = tmp_path / "holiday/assets/photos/beach.png"
    photo.parent.mkdir(parents=True)
    shutil.copy(PHOTO, photo)
    before = set(tmp_path.rglob("*"))
    for folder in ("holiday", "nowhere"):
        done = run(*command.split(), "--site", folder, cwd=tmp_path)
        said = refused(done, "site-missing")
        assert f"{folder}/content/site.yaml" in said
    assert set(tmp_path.rglob("*")) == before


def test_entries_without_a_site_file_are_told_of_and_nothing_is_made(tiny, run):
    (tiny / "content/site.yaml").unlink()
    shutil.rmtree(tiny / ".cache")
    before = set(tiny.rglob("*"))
    refused(run(cwd=tiny), "site-missing")
    assert set(tiny.rglob("*")) == before


by_the_shell = pytest.mark.skipif(os.name == "nt", reason="sh closes streams and limits files")


def built_by_the_shell(site, before="", after=""):
    """A build as a scheduler starts it."""
    script = f'{before} exec "$0" "$@" {after}'
    command = ["sh", "-c", script, sys.executable, BUILD, "--today", "2026-11-24"]
    return subprocess.run(command, cwd=site, capture_output=True, timeout=280)  # noqa: S603


@by_the_shell
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_build_works_where_nobody_listens(warned, closed):
    for _ in range(2):  # the second finds nothing to do
        done = built_by_the_shell(warned, after=closed)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (warned / "dist/index.html").is_file()


@by_the_shell
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has such a disk")
@pytest.mark.parametrize("command", ["", "check", "status", "schema", "schema --table", "--help"])
def test_words_that_a_full_disk_does_not_take_are_told_as_that(tiny, command):
    for _ in range(2):  # the second build finds nothing to do
        done = built_by_the_shell(tiny, after=f"{command} >/dev/full")
        assert "No space left on device" in refused(done, "words-unwritable")
        assert b"fault of the generator" not in done.stderr
    assert built_by_the_shell(tiny).returncode == 0


@by_the_shell
@pytest.mark.parametrize("command", ["", "check", "status", "schema", "--help"])
def test_nothing_is_said_where_nobody_reads_any_more(tiny, command):
    for _ in range(2):
        done = built_by_the_shell(tiny, before="(sleep 0.1;", after=f"{command}) | true")
        assert (done.stdout, done.stderr) == (b"", b"")


@by_the_shell
def test_a_page_that_the_disk_does_not_take_is_told_as_that(tiny):
    assert built_by_the_shell(tiny).returncode == 0
    page = tiny / "dist/th/products/sample-squid/index.html"
    before = page.read_bytes()
    entry = tiny / "content/th/products/sample-squid.md"
    entry.write_text(entry.read_text("utf-8") + "\nอีกประโยค\n", encoding="utf-8")
    refused(built_by_the_shell(tiny, before="ulimit -f 1;"), "output-unwritable")
    assert page.read_bytes() == before


# ---- formats


def test_json_lists_problems_and_nothing_else(faulty, run):
    done = run("--format", "json", cwd=faulty)
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    assert {frozenset(one) for one in problems} == {frozenset(KEYS)}
    assert [(one["level"], one["rule"]) for one in problems if one["file"] == ENTRY] == [
        ("warning", "sources-missing"),
        ("error", "price-not-a-number"),
    ]
    (fault,) = (one for one in problems if one["level"] == "error")
    assert (fault["file"], fault["line"], fault["column"]) == (ENTRY, 6, 8)


def test_json_of_a_good_site_is_an_empty_list(tiny, run):
    assert json.loads(run("--format", "json", cwd=tiny).stdout) == {"problems": []}


def test_github_shows_each_problem_beside_its_line(faulty, run):
    said = (done := run("--format", "github", cwd=faulty)).stderr.decode()
    assert done.returncode == 1
    commands = [line for line in said.splitlines() if line.startswith("::")]
    assert len(commands) == 3
    assert f"::error file={ENTRY},line=6,col=8::“ถามร้าน” is not a price." in said
    assert f"::warning file={ENTRY},line=1,col=1::" in said


def test_quiet_says_nothing_of_a_good_site(tiny, run):
    done = run("--quiet", cwd=tiny)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_quiet_still_says_what_is_wrong(faulty, run):
    done = run("--quiet", cwd=faulty)
    assert done.returncode == 1
    assert "is not a price" in done.stderr.decode()


# ---- languages and terminals


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--language", "th"], {}),
        (["--language=th"], {}),
        ([], {"LC_ALL": "th_TH.UTF-8"}),
        ([], {"LANG": "th_TH.UTF-8"}),
    ],
)
def test_it_speaks_thai_where_that_is_asked_for(faulty, run, arguments, environment):
    done = run(*arguments, cwd=faulty, PYTHONIOENCODING="utf-8", **environment)
    said = done.stderr.decode()
    assert "“ถามร้าน” ไม่ใช่ราคา" in said
    assert "is not a price" not in said
    assert THAI.search(said.splitlines()[-1])


def test_english_is_asked_for_in_a_thai_place(faulty, run):
    done = run("--language", "en", cwd=faulty, LC_ALL="th_TH.UTF-8", PYTHONIOENCODING="utf-8")
    assert "is not a price" in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "utf-8"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_terminal_is_too_old_for_a_message(faulty, run, encoding, form):
    done = run("--language", "th", "--format", form, cwd=faulty, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"price-not-a-number" in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--help"]])
@pytest.mark.parametrize("encoding", ["cp874", "ascii"])
def test_no_terminal_is_too_old_for_good_news(tiny, run, arguments, encoding):
    done = run("--language", "th", *arguments, cwd=tiny, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_help_is_said_in_thai(tiny, run):
    done = run("--help", "--language", "th", cwd=tiny, PYTHONIOENCODING="utf-8")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert said.startswith("วิธีใช้: build.py")
    words = [line for line in said.splitlines() if line.strip() and "{text,json" not in line]
    assert all(THAI.search(line) for line in words)


# ---- from another folder


def test_paths_are_as_the_caller_would_open_them(faulty, run, tmp_path):
    (tmp_path / "office").mkdir()
    done = run("--site", "../tiny", "--format", "json", cwd=tmp_path / "office")
    files = {one["file"] for one in json.loads(done.stdout)["problems"]}
    assert len(files) == 2
    for file in files:
        assert (tmp_path / "office" / file).is_file(), file


def test_the_output_lies_in_the_site_or_where_the_caller_says(tiny, run, tmp_path):
    assert run("--site", "tiny", cwd=tmp_path).returncode == 0
    assert run("--site", "tiny", "--output", "public", cwd=tmp_path).returncode == 0
    assert (tmp_path / "tiny" / "dist" / "index.html").is_file()
    assert (tmp_path / "public" / "index.html").is_file()


def test_a_site_can_be_moved_with_its_output(tiny, run, tmp_path):
    run("--site", tiny)
    moved = shutil.move(tiny, tmp_path / "moved")
    done = run("--site", moved)
    assert done.returncode == 0
    assert "New or changed files: 0." in done.stdout.decode()


def test_the_day_is_that_of_source_date_epoch_where_none_is_given(tiny, run):
    entry = tiny / "content" / "th" / "products" / "sample-squid.md"
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("price: 180", "publish_date: 2026-12-01"), encoding="utf-8")
    page = tiny / "dist" / "th" / "products" / "sample-squid" / "index.html"
    run("--site", tiny, today="", SOURCE_DATE_EPOCH="1796083199")  # the last second of November
    assert not page.exists()
    run("--site", tiny, today="", SOURCE_DATE_EPOCH="1796083200")
    assert page.exists()


@pytest.mark.parametrize("epoch", ["tomorrow", "-1", "9" * 20, "9" * 5000])
def test_a_source_date_epoch_that_is_no_time_is_wrong_use(tiny, run, epoch):
    done = run("--site", tiny, today="", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("SOURCE_DATE_EPOCH is")
    assert not (tiny / "dist").exists()
    assert run("--site", tiny, SOURCE_DATE_EPOCH=epoch).returncode == 0  # a day was named


@pytest.mark.parametrize("base_url", ["https://example.org/shop", "https://example.org/shop/"])
def test_another_base_url_moves_all_links(tiny, run, base_url):
    assert run("--site", tiny, "--base-url", base_url).returncode == 0
    page = (tiny / "dist" / "th" / "index.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/shop/th/"' in page
    assert 'href="/shop/th/products/"' in page
    assert "tiny.example" not in page
