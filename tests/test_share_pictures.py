"""What a chat shows beside a link to a page: a picture that is there, light, and about the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]


@pytest.fixture
def shared(site):
    """What each page but redirects and 404.html says of its picture."""
    return {
        name: {
            one.get("property"): one.get("content")
            for one in page.iter("meta")
            if one.get("property", "").startswith("og:image")
        }
        for name, page in site.pages.items()
        if page.find(".//meta[@http-equiv='refresh']") is None and name != "404.html"
    }


def test_every_page_has_a_picture_that_chats_can_fetch_and_show(site, shared):
    for name, said in shared.items():
        file = said["og:image"].removeprefix(f"{site.base_url}/")
        data = (site.dist / file).read_bytes()
        assert len(data) < 120_000, name
        with Image.open(BytesIO(data)) as image:
            stated = (int(said["og:image:width"]), int(said["og:image:height"]))
            assert (image.format, image.size) == ("JPEG", stated), name
        assert stated == (1200, 630), name
        assert said["og:image:type"] == "image/jpeg"
        assert said["og:image:alt"], name


def test_no_picture_is_made_that_no_page_shows(site, shared):
    made = {path.name for path in (site.dist / "assets" / "share").iterdir()}
    assert made == {said["og:image"].rpartition("/")[2] for said in shared.values()}


def test_a_maker_has_a_picture_in_each_language_and_its_products_share_it(real_dist):
    def picture(path):
        page = real_dist.pages[f"{path}/index.html"]
        return page.find(".//meta[@property='og:image']").get("content")

    thai, english = (picture(f"{tag}/enterprises/takuan-ao-pradu") for tag in ("th", "en"))
    assert thai != english
    makers = {
        picture(name.removesuffix("/index.html"))
        for name in real_dist.pages
        if name.startswith("th/enterprises/") and name != "th/enterprises/index.html"
    }
    assert len(makers) == 9
    products = {
        picture(name.removesuffix("/index.html"))
        for name in real_dist.pages
        if name.startswith("th/products/") and name != "th/products/index.html"
    }
    assert products <= makers


def test_a_product_with_a_photo_shows_it(sample_dist):
    page = sample_dist.pages["en/products/dried-squid/index.html"]
    said = page.find(".//meta[@property='og:image']").get("content")
    alt = page.find(".//meta[@property='og:image:alt']").get("content")
    assert "/assets/share/dried-squid-rack-" in said
    assert alt.startswith("Squid pegged in two rows")


def test_a_new_name_is_drawn_anew_and_the_old_picture_forgotten(copy_of, build, tmp_path):
    folder = copy_of("sample-market", tmp_path)
    build(folder)
    kept, made = folder / ".cache" / "share-pictures", folder / "dist" / "assets" / "share"
    before = {path.name for path in made.iterdir()}
    words = folder / "content" / "en" / "enterprises" / "sample-fishers.md"
    text = words.read_text("utf-8").replace("short_name: Sample Fishers", "short_name: Anglers")
    words.write_text(text, "utf-8")
    build(folder)
    after = {path.name for path in made.iterdir()}
    (old,), (new,) = before - after, after - before
    assert old.startswith("sample-fishers-en-")
    assert new.startswith("sample-fishers-en-")
    drawn = [name for name in after if name.startswith(("sample-", "site-"))]
    assert len([path for path in kept.rglob("*") if path.is_file()]) == len(drawn)


def test_a_flag_that_cannot_be_drawn_is_named_and_nothing_is_written(copy_of, run, tmp_path):
    folder = copy_of("tiny", tmp_path)
    flags = folder / "assets" / "illustrations" / "flags"
    flags.mkdir(parents=True)
    usual = (ROOT / "assets" / "illustrations" / "flags" / "default.svg").read_text("utf-8")
    huge = '<path d="M0 0h1v1z" transform="scale(1{0} 1{0})" stroke="#000"/>'.format("0" * 20)
    head = usual[: usual.index("<path", usual.index('id="cloth"'))]
    (flags / "default.svg").write_text(f"{head}{huge}</symbol></svg>", "utf-8")
    done = run("--site", folder)
    assert done.returncode == 1
    assert b"assets/illustrations/flags/default.svg:1:1" in done.stderr
    assert b"drawing-beyond-bounds" in done.stderr
    assert not (folder / "dist").exists()
