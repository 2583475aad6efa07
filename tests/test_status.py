"""`status`: what is outdated, missing or without a price, wherever the files come from."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SQUID = "content/{}/products/sample-squid.md"
LEDGER = "content/ledger/translations.tsv"
SENTENCE = "เนื้อหาของปลาหมึกตัวอย่าง"
NEW = "เนื้อหาของปลาหมึกตัวอย่าง ตากแดดสองวัน"


@pytest.fixture
def tiny(copy_of, tmp_path):
    """The smallest of all sites, with English words for its product on record."""
    site = copy_of("tiny", tmp_path / "tiny")
    (site / SQUID.format("en")).write_text(
        "---\nname: Sample squid\nsummary: An invented product\nunit: bag\n---\nAbout it\n", "utf-8"
    )
    return site


@pytest.fixture
def status(run):
    """What `status` says of a site, as a value."""

    def ask(site, *arguments):
        done = run("status", "--site", site, "--format", "json", *arguments)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        return json.loads(done.stdout)

    return ask


def edit(site, old, new, file="content/th/products/sample-squid.md"):
    path = site / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def late(told):
    return [
        (one["entry"], field["field"], [block["text"] for block in field["new"]])
        for one in told["outdated"]
        for field in one["fields"]
    ]


def git(folder, *arguments):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(  # noqa: S603 # our own words
        ["git", *who, *arguments],  # noqa: S607
        cwd=folder,
        env=clean | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_status_takes_note_of_translations_and_then_tells_what_has_changed(tiny, status):
    assert late(status(tiny)) == []
    edit(tiny, "price: 180", "price: 200")
    edit(tiny, "name: ปลาหมึก", "name:  ปลา หมึก")
    assert late(status(tiny)) == []
    edit(tiny, SENTENCE, NEW)
    assert late(status(tiny)) == [("products/sample-squid", "body", [NEW])]


def test_a_translation_that_is_changed_or_accepted_is_no_longer_outdated(tiny, status):
    status(tiny)
    edit(tiny, SENTENCE, NEW)
    assert late(status(tiny))
    before = (tiny / LEDGER).read_bytes()
    assert late(status(tiny, "--accept", tiny / SQUID.format("en"))) == []
    assert (tiny / LEDGER).read_bytes() != before
    assert late(status(tiny)) == []
    edit(tiny, NEW, SENTENCE)
    assert late(status(tiny))
    edit(tiny, "About it", "All about it", SQUID.format("en"))
    assert late(status(tiny)) == []


@pytest.mark.parametrize("file", [SQUID.format("th"), "content/en/nowhere.md", "content/site.yaml"])
def test_what_is_no_translation_cannot_be_accepted(tiny, run, file):
    done = run("status", "--accept", file, cwd=tiny)
    assert done.returncode == 1
    assert f"“{file}” is not a translation." in done.stderr.decode()
    assert not (tiny / LEDGER).exists()


def test_a_file_to_accept_is_named_as_it_is_seen_from_here(tiny, run, status):
    status(tiny)
    edit(tiny, SENTENCE, NEW)
    done = run(
        "status",
        "--accept",
        "sample-squid.md",
        "--site",
        "../../..",
        cwd=tiny / "content/en/products",
    )
    assert done.returncode == 0, done.stderr.decode()
    assert late(status(tiny)) == []


def test_the_answer_is_the_same_in_a_shallow_clone_after_a_squash_and_without_git(tiny, status):
    told = status(tiny)
    git(tiny, "init", "-b", "main")
    (tiny / ".gitignore").write_text(".cache/\n", "utf-8")
    git(tiny, "add", ".")
    git(tiny, "commit", "-m", "All of it")
    git(tiny, "checkout", "-b", "edits")
    edit(tiny, SENTENCE, NEW)
    told = status(tiny)
    assert late(told) == [("products/sample-squid", "body", [NEW])]
    git(tiny, "commit", "-am", "A sentence")
    edit(tiny, "price: 180", "price: 200")
    git(tiny, "commit", "-am", "A price")

    clone = tiny.parent / "clone"
    git(tiny.parent, "clone", "--depth", "1", f"file://{tiny}", "clone")
    assert late(status(clone)) == late(told)

    git(tiny, "checkout", "main")
    git(tiny, "merge", "--squash", "edits")
    git(tiny, "commit", "-m", "Squashed")
    assert late(status(tiny)) == late(told)
    assert git(tiny, "status", "--porcelain") == ""

    (clone / ".git").rename(tiny.parent / "away")
    assert late(status(clone)) == late(told)


def test_a_merge_of_two_people_s_ledgers_leaves_nothing_to_mend_by_hand(tiny, run, status):
    status(tiny)
    (tiny / ".gitignore").write_text(".cache/\ndist/\n", "utf-8")
    (tiny / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(tiny, "init", "-b", "main")
    git(tiny, "add", ".")
    git(tiny, "commit", "-m", "All of it")
    git(tiny, "checkout", "-b", "other")
    edit(tiny, "About it", "More about it", SQUID.format("en"))
    status(tiny)
    git(tiny, "commit", "-am", "More")
    git(tiny, "checkout", "main")
    edit(tiny, "bag", "big bag", SQUID.format("en"))
    edit(tiny, "An invented", "An imagined", SQUID.format("en"))
    status(tiny)
    git(tiny, "commit", "-am", "Bigger")
    git(tiny, "merge", "other")
    told = status(tiny)
    assert (told["outdated"], told["problems"]) == ([], [])
    assert status(tiny) == told


def test_a_build_reads_the_ledger_tells_the_visitor_and_writes_nothing(tiny, build, status):
    page = "en/products/sample-squid/index.html"
    build(tiny)
    assert not (tiny / LEDGER).exists()
    status(tiny)
    before = (tiny / LEDGER).read_bytes()
    edit(tiny, SENTENCE, NEW)
    made = build(tiny)
    assert (tiny / LEDGER).read_bytes() == before
    notice = made[page].find(".//div[@class='notice']")
    assert "The original of this page has changed" in "".join(notice.itertext())
    [link] = notice.findall(".//a")
    assert link.get("href") == "/th/products/sample-squid/"
    alternates = {one.get("hreflang") for one in made[page].findall(".//link[@hreflang]")}
    assert alternates == {"th", "en", "x-default"}
    others = {name for name, one in made.items() if one.find(".//div[@class='notice']") is not None}
    assert others == {page}

    status(tiny, "--accept", tiny / SQUID.format("en"))
    assert build(tiny)[page].find(".//div[@class='notice']") is None


def test_status_writes_only_when_something_has_changed(tiny, status):
    status(tiny)
    os.utime(tiny / LEDGER, (1, 1))
    status(tiny)
    assert (tiny / LEDGER).stat().st_mtime == 1


def test_a_ledger_from_windows_is_as_good(tiny, status):
    status(tiny)
    before = (tiny / LEDGER).read_bytes()
    (tiny / LEDGER).write_bytes(b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n"))
    edit(tiny, SENTENCE, NEW)
    told = status(tiny)
    assert late(told) == [("products/sample-squid", "body", [NEW])]
    assert told["problems"] == []


def test_faults_come_first_and_leave_the_ledger_alone(tiny, run, status):
    status(tiny)
    before = (tiny / LEDGER).read_bytes()
    edit(tiny, "price: 180", "price: ถามร้าน")
    edit(tiny, "About it", "More about it", SQUID.format("en"))
    done = run("status", cwd=tiny)
    assert done.returncode == 1
    assert "“ถามร้าน” is not a price." in done.stderr.decode()
    assert (tiny / LEDGER).read_bytes() == before


def test_a_ledger_that_leads_elsewhere_is_left_alone(tiny, run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tiny / "content/ledger").symlink_to(tmp_path / "elsewhere")
    done = run("status", cwd=tiny)
    assert "“content/ledger” is a link to somewhere else." in done.stderr.decode()
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert run(cwd=tiny).returncode == 0


def test_what_is_missing_is_counted_and_named(tiny, run, status):
    edit(tiny, "unit: bag\n", "", SQUID.format("en"))
    (tiny / "content/en/enterprises/sample-group.md").unlink()
    edit(tiny, "price: 180\n", "")
    told = status(tiny)
    counts = {one.pop("type"): one for one in told["translations"]}
    assert counts["product"] == {"language": "en", "translated": 1, "missing": 0, "outdated": 0}
    assert counts["enterprise"] == {"language": "en", "translated": 0, "missing": 1, "outdated": 0}
    assert [one["entry"] for one in told["missing"]] == ["enterprises/sample-group"]
    assert [(one["entry"], one["fields"]) for one in told["borrowed"]] == [
        ("products/sample-squid", ["unit"])
    ]
    assert told["without_price"] == [f"{tiny}/{SQUID.format('th')}"]
    assert len(told["never_checked"]) == 2

    said = run("status", cwd=tiny).stdout.decode()
    assert "Products on the site without a price: 1\n  content/th/products/sample-squid.md" in said
    assert "There is no file for English yet." in said


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        ("", 0),
        ("price:", 1),
        ("variants: [{key: a, name: ก, price: 90}]", 0),
        ("variants: [{key: a, name: ก}]", 1),
        ("availability: discontinued", 0),
        ("draft: true", 0),
    ],
)
def test_a_build_notes_once_that_prices_are_missing(tiny, run, change, notes):
    if change:
        edit(tiny, "price: 180", change)
        edit(tiny, "unit: bag\n", "", SQUID.format("en"))
    done = run("--format", "json", cwd=tiny)
    told = json.loads(done.stdout)["problems"]
    assert done.returncode == 0
    found = [one for one in told if one["rule"] == "products-without-price"]
    assert len(found) == notes
    assert all(
        (one["level"], one["file"], one["line"]) == ("note", "content/site.yaml", 1)
        for one in found
    )
    assert "products-without-price" not in run("--quiet", cwd=tiny).stderr.decode()


def test_the_columns_of_the_table_stand_below_each_other_in_thai_too(tiny, run):
    said = run("status", "--language", "th", cwd=tiny).stdout.decode()
    rows = said.split("\n\n")[0].splitlines()
    marks = "ัิีึืฺุู็่้๊๋์ํ๎"
    widths = {len([char for char in row if char not in marks]) for row in rows}
    assert len(rows) > 3
    assert len(widths) == 1


def test_the_sample_market_has_one_outdated_translation(copy_of, status, tmp_path):
    site = copy_of("sample-market", tmp_path / "sample")
    before = (site / LEDGER).read_bytes()
    told = status(site)
    assert [one["entry"] for one in told["outdated"]] == ["products/mango"]
    assert (site / LEDGER).read_bytes() == before, "run build.py status, and commit the ledger"
