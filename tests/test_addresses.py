"""An address that was published keeps answering, or the author is told that it would not."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path
from random import Random  # noqa: TID251 # seeded: each run takes the same steps

import pytest
import yaml

from microsite.pipeline.build import build
from microsite.pipeline.checking import check
from microsite.pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
LEDGER = "content/ledger/addresses.txt"
DAY = dt.date(2026, 11, 24)


def settings(site, *, drafts=False):
    return Settings(str(ROOT), str(site), str(site / "dist"), DAY, drafts=drafts)


def recorded(site):
    return (site / LEDGER).read_text("utf-8").splitlines()


def told(site):
    """What `check` says of addresses that are gone."""
    problems = check(settings(site), is_recorded=False)
    assert not [one for one in problems if one.level == "error"], problems
    return [one for one in problems if one.rule == "address-gone"]


def said(problems):
    """The addresses that are named."""
    return {address for one in problems for address in one.values["addresses"].split(", ")}


def answered(site):
    """What a visitor finds in the output: each page's address, and where an old one leads."""
    found = {}
    for path in (site / "dist").rglob("index.html"):
        address = "/" + path.relative_to(site / "dist").as_posix().removesuffix("index.html")
        to = re.search(r'http-equiv="refresh" content="0; ?url=([^"]+)"', path.read_text("utf-8"))
        found[address] = to[1] if to else ""
    return found


def add_aliases(entry, line):
    """Does what a remedy says: the line stands in the fields, in place of an older one."""
    text = re.sub("(?m)^aliases:.*\n", "", entry.read_text("utf-8"))
    entry.write_text(text.replace("---\n", f"---\n{line}\n", 1), "utf-8")


@pytest.fixture
def tiny(copy_of, tmp_path):
    site = copy_of("tiny", tmp_path / "tiny")
    check(settings(site), is_recorded=True)
    return site


def test_record_writes_every_address_of_the_site_once_sorted(copy_of, run, tmp_path):
    site = copy_of("sample-market", tmp_path)
    assert run("check", "--record", "--site", site).returncode == 0
    assert run("--site", site, "--quiet").returncode == 0
    lines = recorded(site)
    assert lines == sorted(set(lines))
    assert set(lines) == answered(site).keys() - {"/"}
    assert "/th/products/scarf/" in lines  # an old address, which leads on


def test_record_forgets_nothing_and_writes_only_what_is_new(tiny):
    before = (tiny / LEDGER).stat()
    check(settings(tiny), is_recorded=True)
    assert (tiny / LEDGER).stat().st_mtime_ns == before.st_mtime_ns
    with (tiny / LEDGER).open("a", encoding="utf-8") as file:
        file.write("/aa/gone/\n")
    check(settings(tiny), is_recorded=True)
    assert recorded(tiny)[0] == "/aa/gone/"


def test_check_alone_and_a_build_record_nothing(copy_of, run, tmp_path):
    site = copy_of("tiny", tmp_path)
    assert run("check", "--site", site).returncode == 0
    assert run("--site", site).returncode == 0
    assert not (site / LEDGER).exists()


def test_drafts_were_never_published(copy_of, run, tmp_path):
    site = copy_of("sample-market", tmp_path)
    (site / LEDGER).unlink()
    assert run("check", "--record", "--drafts", "--site", site).returncode == 0
    assert not (site / LEDGER).exists()


def test_a_site_with_faults_keeps_its_ledger(tiny, run):
    before = (tiny / LEDGER).read_bytes()
    squid = tiny / "content/th/products/sample-squid.md"
    squid.rename(squid.with_name("squid.md"))
    squid.with_name("squid.md").write_text("---\nname: ปลาหมึก\n---\n", "utf-8")
    assert run("check", "--record", "--site", tiny).returncode == 1
    assert (tiny / LEDGER).read_bytes() == before


def rename(site, slug, new):
    for file in site.glob(f"content/*/products/{slug}.*"):
        file.rename(file.with_name(new + file.suffix))


def test_a_product_that_is_renamed_is_kept_by_the_line_that_check_proposes(tiny, run):
    rename(tiny, "sample-squid", "fresh-squid")
    done = run("check", cwd=tiny)
    assert done.returncode == 0
    line = recorded(tiny).index("/en/products/sample-squid/") + 1
    place = f"content/ledger/addresses.txt:{line}:1"
    assert f"{place}  Warning: Published before, and gone now: " in done.stderr.decode()
    [problem] = told(tiny)
    assert said([problem]) == {"/en/products/sample-squid/", "/th/products/sample-squid/"}
    entry = tiny / "content/th/products/fresh-squid.md"
    assert Path(problem.values["file"]) == entry
    add_aliases(entry, problem.values["line"])
    assert told(tiny) == []
    assert run(cwd=tiny).returncode == 0
    assert answered(tiny)["/en/products/sample-squid/"] == "/en/products/fresh-squid/"

    check(settings(tiny), is_recorded=True)
    rename(tiny, "fresh-squid", "night-squid")
    [problem] = told(tiny)  # the old address came along
    add_aliases(tiny / "content/th/products/night-squid.md", problem.values["line"])
    assert told(tiny) == []
    assert run(cwd=tiny).returncode == 0
    found = answered(tiny)
    assert found["/th/products/sample-squid/"] == found["/th/products/fresh-squid/"]


def test_an_entry_that_becomes_one_of_another_type_is_found(tiny):
    text = (tiny / "content/th/products/sample-squid.md").read_text("utf-8")
    rename(tiny, "sample-squid", "other")
    page = tiny / "content/th/pages/sample-squid.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: เรื่องปลาหมึก\n---\n" + text.split("---\n")[2], "utf-8")
    [problem] = told(tiny)
    assert Path(problem.values["file"]) == page


def given_up(site):
    """What is told of languages that are on the site no more."""
    found = check(settings(site), is_recorded=False)
    return [one for one in found if one.rule == "address-language"]


def test_a_language_that_is_given_up_is_told_of_once_and_can_lead_to_the_other(tiny, run):
    shared = tiny / "content/site.yaml"
    shared.write_text(re.sub(r"\[th, en\]", "[th]", shared.read_text("utf-8")), "utf-8")
    english = [line for line in recorded(tiny) if line.startswith("/en/")]
    assert told(tiny) == []
    (problem,) = given_up(tiny)
    assert (problem.values["tag"], problem.values["count"]) == ("en", len(english))
    assert problem.place.line == recorded(tiny).index("/en/") + 1
    add_aliases(
        tiny / "content/th/products/sample-squid.md", "aliases: [/en/products/sample-squid/]"
    )
    (problem,) = given_up(tiny)
    assert problem.values["count"] == len(english) - 1
    assert run(cwd=tiny).returncode == 0
    assert answered(tiny)["/en/products/sample-squid/"] == "/th/products/sample-squid/"


def test_a_build_warns_and_goes_through(tiny, run):
    rename(tiny, "sample-squid", "fresh-squid")
    done = run(cwd=tiny)
    assert done.returncode == 0
    assert b"[address-gone]" in done.stderr
    assert (tiny / "dist/th/products/fresh-squid/index.html").exists()


def test_what_a_person_takes_out_of_the_ledger_is_no_longer_asked_for(tiny):
    rename(tiny, "sample-squid", "fresh-squid")
    left = [line for line in recorded(tiny) if "sample-squid" not in line]
    (tiny / LEDGER).write_text("\n".join([*left, ""]), "utf-8")
    assert told(tiny) == []


def test_a_ledger_from_windows_is_as_good(tiny, run):
    data = (tiny / LEDGER).read_bytes()
    (tiny / LEDGER).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    rename(tiny, "sample-squid", "fresh-squid")
    assert len(said(told(tiny))) == 2
    check(settings(tiny), is_recorded=True)
    assert set(recorded(tiny)) > set(data.decode().splitlines())


def test_record_keeps_comments_and_what_is_clearly_an_address(tiny):
    base = yaml.safe_load((tiny / "content/site.yaml").read_text("utf-8"))["base_url"]
    typed = {
        f"{base}/th/market/one/": "/th/market/one/",
        f"{base.upper().replace('HTTPS', 'http')}/th/%E0%B8%9B%E0%B8%B9": "/th/ปู/",
        "/th/market/two": "/th/market/two/",
        "th/market/three/": "/th/market/three/",
    }
    no_address = ["/th/../up/", "=======", "https://else.example/th/", f"{base}/th/?q=a"]
    before = recorded(tiny)
    lines = ["# from the old site", *typed, *no_address, *before, "# /th/ is the home page"]
    (tiny / LEDGER).write_text("\n".join([*lines, ""]), "utf-8")
    problems = check(settings(tiny), is_recorded=True)
    odd = [one.line_text for one in problems if one.rule == "address-line"]
    assert sorted(odd) == sorted(no_address)
    comments = ["# from the old site", "# /th/ is the home page"]
    assert recorded(tiny) == [*comments, *sorted({*before, *typed.values()})]


def test_a_ledger_that_cannot_be_read_is_told_and_left_alone(tiny, run, tmp_path):
    (tmp_path / "elsewhere.txt").write_text("/th/\n", "utf-8")
    (tiny / LEDGER).unlink()
    (tiny / LEDGER).symlink_to(tmp_path / "elsewhere.txt")
    done = run("check", "--record", cwd=tiny)
    assert done.returncode == 0
    assert b"content/ledger/addresses.txt:1:1  Warning" in done.stderr
    assert (tmp_path / "elsewhere.txt").read_text("utf-8") == "/th/\n"


def test_the_ledgers_of_two_people_merge_by_themselves(tmp_path):
    shutil.copyfile(ROOT / ".gitattributes", tmp_path / ".gitattributes")
    files = [LEDGER, f"examples/sample-market/{LEDGER}"]
    for command in (["init", "--quiet"], ["check-attr", "merge", *files]):
        done = subprocess.run(  # noqa: S603 # our own words
            ["git", *command],  # noqa: S607
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
    assert done.stdout.decode().count("merge: union") == len(files)


# ---- two hundred entries, changed in random order

PRODUCT = """---
name: {name}
summary: สินค้าตัวอย่างที่แต่งขึ้น
enterprise: sample-newcomers
category: {category}
sources: [แต่งขึ้น]
---
"""
ARTICLE = """---
title: {name}
summary: ข่าวตัวอย่างที่แต่งขึ้น
date: 2026-10-01
sources: [แต่งขึ้น]
---
"""
CATEGORIES = ("seafood", "orchard", "textiles", "home", "spices", "toys")
WORDS = ("squid", "mango", "basket", "paste", "cloth", "crab")


class Author:
    """Somebody who changes a site all the time, and does only at times what `check` proposes."""

    def __init__(self, site, seed):
        self.site, self.count = site, 0
        self.chance = Random(seed)  # noqa: S311 # no secret
        terms = site / "content/th/taxonomy.yaml"
        more = "categories:\n  spices: {name: เครื่องเทศ}\n  toys: {name: ของเล่น}\n"
        terms.write_text(terms.read_text("utf-8").replace("categories:\n", more, 1), "utf-8")
        for _ in range(200):
            self.add()

    def new_slug(self):
        self.count += 1
        return f"{self.chance.choice(WORDS)}-{self.count}"

    def ours(self, folder="*"):
        found = self.site.glob(f"content/th/{folder}/*.md")
        return sorted(path for path in found if re.search(r"-\d+$", path.stem))

    def pick(self, folder="*"):
        return self.chance.choice(self.ours(folder))

    def add(self):
        slug, is_news = self.new_slug(), self.chance.random() < 0.2
        text = (ARTICLE if is_news else PRODUCT).format(
            name=f"ของ {slug}", category=self.chance.choice(CATEGORIES)
        )
        folder = "articles" if is_news else "products"
        (self.site / f"content/th/{folder}/{slug}.md").write_text(text, "utf-8")

    def rename(self):
        path = self.pick()
        path.rename(path.with_name(f"{self.new_slug()}.md"))

    def delete(self):
        self.pick().unlink()

    def recategorise(self):
        path = self.pick("products")
        new = f"category: {self.chance.choice(CATEGORIES)}"
        path.write_text(re.sub("(?m)^category: .*$", new, path.read_text("utf-8")), "utf-8")

    def hide_or_show(self):
        path = self.pick()
        text = path.read_text("utf-8")
        other = text.replace("draft: true\n", "") if "draft:" in text else ""
        path.write_text(other or text.replace("---\n", "---\ndraft: true\n", 1), "utf-8")

    def empty_a_category(self):
        key = self.chance.choice(CATEGORIES[-2:])
        for path in self.ours("products"):
            if f"category: {key}\n" in path.read_text("utf-8"):
                path.unlink()

    def follow(self, problems):
        """Does most of what the remedies say, where they name a file."""
        for problem in problems:
            entry = Path(str(problem.values.get("file", "")))
            if problem.level == "warning" and entry in self.ours() and self.chance.random() < 0.7:
                add_aliases(entry, merged(entry, problem.values["line"]))

    def work(self):
        steps = [self.rename] * 30 + [self.delete, self.recategorise, self.add] * 15
        self.chance.choice([*steps, *[self.hide_or_show] * 10, self.empty_a_category])()


def merged(entry, line):
    """The line together with what another remedy has put there a moment ago."""
    there = re.search("(?m)^aliases: (.*)$", entry.read_text("utf-8"))
    both = [*yaml.safe_load(there[1] if there else "[]"), *yaml.safe_load(line)["aliases"]]
    return f"aliases: [{', '.join(dict.fromkeys(both))}]"


@pytest.mark.slow
def test_every_address_ever_published_answers_or_somebody_was_told(sample_dist, copy_of, tmp_path):
    site = copy_of("sample-market", tmp_path, photos_of=sample_dist.content.parent)
    author = Author(site, seed=1)
    ever = set()
    for _ in range(4):  # fifty changes, then the site is published
        built = build(settings(site))
        assert built.written is not None, built.problems
        ever |= answered(site).keys()
        check(settings(site), is_recorded=True)
        for _ in range(50):
            author.work()
        author.follow(told(site))
    named = said(told(site))
    assert build(settings(site)).written is not None
    found = answered(site)
    assert not ever - found.keys() - named
    assert len(ever - found.keys()) > 20  # some are gone, and some lead on
    led = {to for to in found.values() if to}
    assert len(led) > 10
    assert all(found[to] == "" for to in led)
