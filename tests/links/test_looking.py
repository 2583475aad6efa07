"""What `check` finds in a finished site that is not whole."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import struct
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH
from microsite.links.heads import jpeg_size
from microsite.links.inside import Target, target_of
from microsite.links.looking import look, look_over, read_all
from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings
from microsite.problems import as_text
from microsite.site.urls import Urls, file_of

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 24)
BASE = "https://tiny.example"
SQUID, GROUP = "th/products/sample-squid/index.html", "th/enterprises/sample-group/index.html"
ENTRY = "content/th/products/sample-squid.md"


def settings(site, output, base_url=""):
    return Settings(str(ROOT), str(site), str(output), TODAY, base_url)


@pytest.fixture(scope="module")
def tiny(copy_of, tmp_path_factory):
    """The smallest site, built at the root of a host and below a path."""
    site = copy_of("tiny", tmp_path_factory.mktemp("tiny"))
    for name, base_url in (("dist", ""), ("shop", f"{BASE}/shop")):
        assert build(settings(site, site / name, base_url)).written
    return site


@pytest.fixture
def dist(tiny, tmp_path):
    """A finished site that a test may spoil."""
    return Path(shutil.copytree(tiny / "dist", tmp_path / "dist"))


def spoil(dist, file, old, new):
    """Puts `new` where the pattern `old` is found, in one file or all that match."""
    found = [path for path in dist.glob(file) if re.search(old, path.read_text("utf-8"))]
    assert found, f"{old} is in no {file}"
    for path in found:
        path.write_text(re.sub(old, new, path.read_text("utf-8"), count=1), "utf-8")


def seen(dist, base_url=BASE, origins=None):
    return look_over(read_all(str(dist), base_url, origins or {}))


def told(problems):
    return {(one.rule, one.level) for one in problems}


@pytest.mark.parametrize(("folder", "base_url"), [("dist", BASE), ("shop", f"{BASE}/shop")])
def test_a_site_as_it_is_built_is_whole(tiny, folder, base_url):
    assert seen(tiny / folder, base_url) == []


def test_a_site_with_drafts_is_whole(copy_of, tmp_path):
    site = copy_of("tiny", tmp_path / "tiny")
    for tag in ("th", "en"):
        entry = site / f"content/{tag}/products/sample-squid.md"
        words = entry.read_text("utf-8")
        if tag == "th":
            words = words.replace("---\n", "---\ndraft: true\n", 1)
        entry.with_name("another.md").write_text(words, "utf-8")
    build(replace(settings(site, site / "dist"), drafts=True))
    assert (site / "dist/en/products/another/index.html").exists()
    assert seen(site / "dist") == []


def test_a_site_that_was_built_for_another_address_does_not_hold(tiny):
    assert "link-past" in {rule for rule, _ in told(seen(tiny / "dist", f"{BASE}/shop"))}


SPOILT = {
    "link-dead": ("error", SQUID, 'href="/th/products/"', 'href="/th/product/"'),
    "link-place": ("error", SQUID, 'href="#main"', 'href="#mein"'),
    "link-slash": ("warning", SQUID, 'href="/th/products/"', 'href="/th/products"'),
    "picture-gone": ("error", SQUID, "<main", '<img src="/assets/a.jpg" alt=""><main'),
    "file-gone": ("error", SQUID, r"/assets/site-\w+\.css", "/assets/site-0.css"),
    "loaded-from-elsewhere": ("error", SQUID, "<main", '<img src="//x.example/a.jpg"><main'),
    "data-broken": ("error", "th/products.json", r"\}", ""),
    "title-length": ("warning", SQUID, "<title>[^<]+", "<title>ปลา"),
    "title-twice": ("warning", "th/*/index.html", "<title>[^<]+", "<title>ของในตลาด"),
    "description-length": (
        "warning",
        SQUID,
        'name="description" content="[^"]+',
        'name="description',
    ),
    "canonical": ("error", SQUID, r'<link rel="canonical"[^>]+>', ""),
    "alternates": ("error", SQUID, r'<link rel="alternate" hreflang="en"[^>]+>', ""),
    "alternates-default": ("error", SQUID, r'<link rel="alternate" hreflang="x-d[^>]+>', ""),
    "structured-data": ("error", SQUID, r'\{"@context"', '"@context"'),
    "share-picture": ("error", SQUID, r'(image" content="\S+)th-\w+\.jpg', r"\1th-0.jpg"),
    "sitemap-lacks": ("error", "sitemap.xml", r"<url><loc>\S+/en/</loc></url>", ""),
    "sitemap-page": ("error", "sitemap.xml", "/en/</loc>", "/</loc>"),
}


@pytest.mark.parametrize("rule", SPOILT)
def test_what_is_not_whole_is_found(dist, rule):
    level, file, old, new = SPOILT[rule]
    spoil(dist, file, old, new)
    assert (rule, level) in told(seen(dist))


def test_every_rule_of_the_pages_is_broken_here():
    form = re.compile(r'(?:Fault\(|: \()\s*"([a-z-]+)"')
    named = {
        rule
        for name in ("inside", "heads", "looking")
        for rule in form.findall((ROOT / f"microsite/links/{name}.py").read_text("utf-8"))
    }
    apart = {"link-past", "sitemap-gone", "file-lost"}
    assert len(named) > 15
    assert named == SPOILT.keys() | apart


def test_a_link_beside_a_site_below_a_path_leads_out_of_it(tiny, tmp_path):
    shop = Path(shutil.copytree(tiny / "shop", tmp_path / "shop"))
    spoil(shop, SQUID, 'href="/shop/th/products/"', 'href="/th/products/"')
    (problem,) = seen(shop, f"{BASE}/shop")
    assert problem.rule == "link-past"
    assert problem.values["address"] == "/th/products/"


def test_a_file_that_is_gone_is_missed_by_the_list_and_by_the_pages(dist):
    (dist / SQUID).unlink()
    (dist / "sitemap.xml").unlink()
    rules = {rule for rule, _ in told(seen(dist))}
    assert {"file-lost", "sitemap-gone", "link-dead", "structured-data", "alternates"} <= rules


def test_a_picture_for_sharing_is_as_large_as_the_page_says(dist):
    spoil(dist, SQUID, 'image:width" content="1200"', 'image:width" content="1000"')
    (problem,) = seen(dist)
    assert (problem.values["said"], problem.values["size"]) == ("1000×630", "1200×630")


def test_a_picture_for_sharing_is_light_enough(dist):
    (picture,) = dist.glob("assets/share/sample-group-th-*.jpg")
    picture.write_bytes(picture.read_bytes() + bytes(120_000))
    assert told(seen(dist)) == {("share-picture", "error")}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("assets/site-*.css", "^", '@font-face { src: url("/assets/gone.woff2") }'),
        ("assets/scripts-*/search.js", "^", 'import { x } from "./gone.js";'),
        ("th/products.csv", r"/th/products/sample-squid/", "/th/products/gone/"),
        ("th/products.json", r"/th/products/sample-squid/", "/th/products/gone/"),
        ("robots.txt", "sitemap.xml", "gone.xml"),
        (SQUID, r'"url":"[^"]+sample-squid/"', f'"url":"{BASE}/th/gone/"'),
    ],
)
def test_files_beside_the_pages_are_looked_into(dist, file, old, new):
    spoil(dist, file, old, new)
    problems = seen(dist)
    assert problems
    assert all("gone" in str(problem.values["address"]) for problem in problems)


def test_a_fault_on_every_page_is_told_once_with_how_many_they_are(dist):
    spoil(dist, "**/*.html", 'href="/th/products/"', 'href="/th/gone/"')
    (problem,) = seen(dist)
    pages = [path for path in dist.rglob("*.html") if "/th/gone/" in path.read_text("utf-8")]
    assert problem.values["count"] == len(pages) > 5


def test_a_dead_place_on_every_page_is_told_once_with_how_many_they_are(dist):
    spoil(dist, "**/*.html", 'href="#main"', 'href="#mein"')
    (problem,) = seen(dist)
    pages = [path for path in dist.rglob("*.html") if "#mein" in path.read_text("utf-8")]
    assert (problem.rule, problem.values["address"]) == ("link-place", "#mein")
    assert problem.values["count"] == len(pages) > 5


def test_dead_places_of_two_other_pages_are_told_apart(dist):
    for page in ("products", "enterprises"):
        spoil(dist, SQUID, f'href="/th/{page}/"', f'href="/th/{page}/#mein"')
    assert len([one for one in seen(dist) if one.rule == "link-place"]) == 2


def test_a_fault_is_told_at_its_place_and_with_the_content_file(dist):
    spoil(dist, SQUID, '<a class="skip-link"', '<a href="/th/gone/">x</a>\n\\g<0>')
    thai = read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())
    problems = seen(dist, origins={SQUID: ENTRY})
    line = (dist / SQUID).read_text("utf-8").split('href="/th/gone/"')[0].count("\n") + 1
    said = as_text(problems, ENGLISH).split("\n")
    assert said == [
        f"{dist}/{SQUID}:{line}:1  “/th/gone/” leads to nothing. Pages with this link: 1.",
        f"  If it does not stand in {ENTRY}, a template or `base_url` makes it: "
        "mend it there.   [link-dead]",
    ]
    assert f"ถ้าไม่ได้อยู่ใน {ENTRY}" in as_text(problems, thai)


def test_a_title_is_mended_in_the_content_file(dist):
    spoil(dist, SQUID, "<title>[^<]+", "<title>ปลา")
    (problem,) = seen(dist, origins={SQUID: ENTRY})
    assert problem.place.file == ENTRY


# ---- content, and what an earlier build left


def test_content_is_checked_as_it_would_be_built(copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    found = look(settings(site, site / "dist"))
    assert (found.problems, found.is_output_there) == ([], False)
    assert not (site / "dist").exists()


@pytest.mark.parametrize("damage", [Path.unlink, lambda mark: mark.write_bytes(b"")])
def test_pages_that_are_made_to_be_looked_over_need_no_care(copy_of, tmp_path, damage):
    site = copy_of("tiny", tmp_path / "tiny")
    before = look(settings(site, site / "dist")).problems
    damage(site / ".cache/check/.microsite")
    (site / ".cache/check/mine.txt").write_bytes(b"")
    assert look(settings(site, site / "dist")).problems == before


def test_an_output_that_is_as_it_should_be_is_looked_at_once(tiny):
    found = look(settings(tiny, tiny / "dist"))
    assert (found.is_output_there, found.differing, found.only_there) == (True, [], [])


def test_what_somebody_broke_in_the_output_is_told_apart_from_the_content(tiny, dist):
    spoil(dist, SQUID, 'href="/th/products/"', 'href="/th/gone/"')
    found = look(settings(tiny, dist))
    assert (found.problems, found.differing) == ([], [SQUID])
    (problem,) = found.only_there
    assert (problem.rule, problem.place.file) == ("link-dead", f"{dist}/{SQUID}")
    assert "build.py" in problem.remedy


def test_an_output_for_another_address_is_older_and_not_broken(tiny):
    found = look(settings(tiny, tiny / "shop"))
    assert (found.problems, found.only_there) == ([], [])
    assert SQUID in found.differing


def test_a_folder_that_no_build_made_is_told_of_and_not_read(tiny, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    found = look(settings(tiny, tmp_path))
    assert [(one.rule, one.level) for one in found.refused] == [("output-not-ours", "error")]
    assert not found.is_output_there


# ---- addresses

STEPS = st.lists(st.text("กาขaz09-._ %?#", min_size=1, max_size=5), max_size=3)


@given(STEPS, st.sampled_from(["", "/shop", "/a/b"]), st.booleans())
def test_a_link_leads_to_the_file_of_its_page(steps, prefix, is_absolute):
    steps = [step for step in steps if step.strip(".")]
    path = "/" + "".join(f"{step}/" for step in steps)
    urls = Urls(f"https://x.example{prefix}")
    link = (urls.absolute if is_absolute else urls.link)(quote(path))
    assert target_of(link, "th/a/index.html", urls) == Target(file_of(path), "")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("", Target("th/a/index.html", "")),
        ("#x", Target("th/a/index.html", "x")),
        ("#%E0%B8%81", Target("th/a/index.html", "ก")),
        ("#top", Target("th/a/index.html", "")),
        ("../b/?q=1#x", Target("th/b/index.html", "x")),
        ("https://x.example/shop", Target("index.html", "")),
        ("/shopping/", Target("", "")),
        ("/", Target("", "")),
        ("//y.example/", None),
        ("http://x.example/shop/", None),
        ("mailto:a@x.example", None),
        ("tel:+66810000000", None),
        ("https://[x", None),
    ],
)
def test_where_an_address_leads(address, target):
    assert target_of(address, "th/a/index.html", Urls("https://x.example/shop")) == target


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"GIF89a", b"\xff\xd8\xff\xe0\x00\x00" * 4])
def test_what_is_no_jpeg_has_no_size(data):
    assert jpeg_size(data) == (0, 0)


def test_the_size_of_a_jpeg_stands_behind_what_cameras_write_first():
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 630, 1200) + bytes(8)
    assert jpeg_size(b"\xff\xd8\xff\xe1\x00\x06Exif" + frame) == (1200, 630)
