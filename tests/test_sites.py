"""What holds for every page of a site: its head, its languages, its outline."""

import io
import re
from itertools import pairwise

import pytest
from PIL import Image

THAI = re.compile("[ก-ฺเ-๙]")  # letters, marks and digits; ฿ stands in every language
LEVEL = re.compile("h[1-6]")


def said(element):
    """The words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def head_link(page, rel):
    return [one for one in page.iter("link") if one.get("rel") == rel]


def alternates(page):
    """The same page in each language; a feed is an alternate, too, of another kind."""
    named = [one for one in head_link(page, "alternate") if one.get("type") is None]
    return {one.get("hreflang"): one.get("href") for one in named}


def has_class(element, name):
    return name in element.get("class", "").split()


def is_redirect(page):
    return page.find(".//meta[@http-equiv='refresh']") is not None


@pytest.fixture
def pages(site):
    """The pages that people stay on: not `/`, and not old addresses."""
    return {name: page for name, page in site.pages.items() if not is_redirect(page)}


@pytest.fixture
def of_language(pages):
    """These pages without 404.html, which speaks all languages."""
    return {name: page for name, page in pages.items() if name != "404.html"}


@pytest.fixture
def untranslated(sample_dist):
    """The page of the sample that has no English words."""
    return sample_dist.pages["en/products/woven-coaster/index.html"]


# ---- the head


def test_every_page_says_its_language(of_language):
    for name, page in of_language.items():
        assert (name, page.get("lang")) == (name, name.split("/")[0])


def test_every_title_is_short_and_no_two_are_the_same(site):
    titles = {}
    for name, page in site.pages.items():
        title = said(page.find(".//title"))
        assert 5 <= len(title) <= 70, f"{name}: {title}"
        titles.setdefault(title, []).append(name)
    assert not [names for names in titles.values() if len(names) > 1]


def test_every_page_is_described_in_one_or_two_lines(site):
    for name, page in site.pages.items():
        described = page.find(".//meta[@name='description']").get("content")
        assert 20 <= len(described) <= 200, name


def properties(page):
    """What a page tells social networks, by name; each a list, since some may be there again."""
    found = {}
    for one in page.iter("meta"):
        name = one.get("property") or one.get("name", "")
        if name.startswith(("og:", "article:", "twitter:")):
            found.setdefault(name, []).append(one.get("content"))
    return found


def test_every_page_tells_social_networks_what_it_tells_search_engines(site, pages):
    for name, page in pages.items():
        told = properties(page)
        title, described = page.find(".//title"), page.find(".//meta[@name='description']")
        assert told["og:title"] == [said(title)], name
        assert told["og:description"] == [described.get("content")], name
        assert told.get("og:url", []) == [one.get("href") for one in head_link(page, "canonical")]
        other = {"th": "en_US", "en": "th_TH"}[page.get("lang")]
        assert told["og:locale"] != [other]
        assert told.get("og:locale:alternate", []) == ([other] if alternates(page) else []), name
        assert len(told["og:site_name"]) == len(told["og:type"]) == 1


def test_news_is_an_article_with_its_day_and_all_else_is_of_the_website(sample_dist):
    days = {
        name: properties(page).get("article:published_time")
        for name, page in sample_dist.pages.items()
        if properties(page)["og:type"] == ["article"]
    }
    assert days == {
        f"{tag}/news/{slug}/index.html": [day]
        for tag in ("en", "th")
        for slug, day in (("new-racks", "2026-10-05"), ("year-end-market", "2026-11-16"))
    }


def test_an_old_address_is_shared_like_the_page_that_it_leads_to(sample_dist):
    old = properties(sample_dist.pages["th/news/market/index.html"])
    new = properties(sample_dist.pages["th/news/year-end-market/index.html"])
    for name in ("og:title", "og:description", "og:url", "og:image", "og:image:alt"):
        assert old[name] == new[name]


def test_every_page_is_canonical_to_itself_and_an_old_address_to_the_new_one(site):
    for name, page in site.pages.items():
        canonical = [one.get("href") for one in head_link(page, "canonical")]
        if name == "404.html":
            assert canonical == []
        elif is_redirect(page):
            to = page.find(".//meta[@http-equiv='refresh']").get("content").partition("url=")[2]
            assert canonical == [site.base_url + to.removeprefix(site.prefix)]
        else:
            assert canonical == [site.base_url + "/" + name.removesuffix("index.html")]


def test_no_page_hides_from_search_engines(site):
    assert not [name for name, page in site.pages.items() if page.find(".//meta[@name='robots']")]


# ---- languages


def test_every_page_leads_to_the_same_page_in_the_other_language(site, of_language):
    for name, page in of_language.items():
        tag, _, rest = name.partition("/")
        other = {"th": "en", "en": "th"}[tag]
        there = [
            link
            for link in page.iter("a")
            if link.get("href") == site.link(f"{other}/{rest}") and link.get("lang") == other
        ]
        assert there, name


def test_translated_pages_name_each_other_and_nothing_else(site, of_language):
    by_address = {
        site.base_url + site.link(n)[len(site.prefix) :]: p for n, p in of_language.items()
    }
    for address, page in by_address.items():
        named = alternates(page)
        if named:
            assert set(named) == {"th", "en", "x-default"}
            assert named[page.get("lang")] == address
            assert named["x-default"] == named["th"]
            for there in named.values():
                assert alternates(by_address[there]) == named


def test_pages_that_lead_on_and_404_name_no_languages(site):
    for name, page in site.pages.items():
        if name == "404.html" or is_redirect(page):
            assert alternates(page) == {}, name


def test_only_pages_without_a_translation_lack_alternates(sample_dist):
    without = [
        name
        for name, page in sample_dist.pages.items()
        if not alternates(page) and not is_redirect(page) and name != "404.html"
    ]
    assert without == [
        "en/products/woven-coaster/index.html",
        "th/products/woven-coaster/index.html",
    ]


def test_an_untranslated_page_says_so_and_leads_to_the_original(sample_dist, untranslated):
    original = sample_dist.link("th/products/woven-coaster/")
    main = untranslated.find(".//main")
    assert [one for one in main.iter("a") if one.get("href") == original]
    (story,) = (one for one in main.iter() if has_class(one, "prose"))
    assert (story.get("lang"), said(story)[:12]) == ("th", "ผ้าหัวม้วนท้")
    translated = sample_dist.pages["en/products/dried-squid/index.html"].find(".//main")
    original = sample_dist.link("th/products/dried-squid/")
    assert not [one for one in translated.iter("a") if one.get("href") == original]


def test_no_page_names_an_untranslated_one_by_hreflang(sample_dist):
    for name, page in sample_dist.pages.items():
        for link in (*page.iter("a"), *page.iter("link")):
            if "/en/products/woven-coaster/" in link.get("href", ""):
                assert link.get("hreflang") is None, name


def test_borrowed_words_are_marked_as_thai(pages):
    unmarked = []
    for name, page in pages.items():
        if page.get("lang") == "en":
            unmarked += [(name, text) for text in thai_outside(page.find("body"), "en")]
    assert not unmarked


def thai_outside(element, language):
    """Thai words that no `lang="th"` is around; what an author typed in English prose may be."""
    language = element.get("lang", language)
    if has_class(element, "prose") and element.get("lang") is None and language != "th":
        return
    texts = [element.text, *(element.get(name) for name in ("alt", "aria-label", "title"))]
    if language != "th" and element.tag not in {"script", "style"}:
        yield from (text.strip() for text in texts if text and THAI.search(text))
    for child in element:
        yield from thai_outside(child, language)
        if language != "th" and child.tail and THAI.search(child.tail):
            yield child.tail.strip()


# ---- the outline


def test_every_page_has_one_h1_and_headings_in_order(pages):
    for name, page in pages.items():
        levels = [int(one.tag[1]) for one in page.iter() if LEVEL.fullmatch(one.tag)]
        assert levels[:1] == [1] or name == "404.html", name
        assert levels.count(1) == 1 or name == "404.html", name
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)


def test_every_page_but_home_shows_the_way_to_it(site, of_language):
    for name, page in of_language.items():
        ways = [one for one in page.iter("nav") if has_class(one, "crumbs")]
        tag = name.split("/")[0]
        if name == f"{tag}/index.html":
            assert ways == [], name
        else:
            assert len(ways) == 1, name
            links = [one.get("href") for one in ways[0].iter("a")]
            assert links[0] == site.link(f"{tag}/"), name


def test_every_page_has_one_main_part_and_a_way_to_it(pages):
    for name, page in pages.items():
        mains = [one.get("id") for one in page.iter("main")]
        assert len(mains) == 1, name
        assert next(page.find("body").iter("a")).get("href") == f"#{mains[0]}", name


def test_no_id_stands_twice_and_every_label_is_there(site):
    referring = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    for name, page in site.pages.items():
        ids = [one.get("id") for one in page.iter() if one.get("id") is not None]
        assert len(ids) == len(set(ids)), name
        named = {i for one in page.iter() for key in referring for i in one.get(key, "").split()}
        assert named <= set(ids), name


def test_no_page_carries_styles_or_scripts_in_its_markup(site):
    for name, page in site.pages.items():
        for element in page.iter():
            wrong = [key for key in element.attrib if key == "style" or key.startswith("on")]
            assert not wrong, (name, element.tag, wrong)
            if element.tag == "script" and element.get("type") != "application/ld+json":
                assert element.get("src"), name


def test_every_picture_says_what_it_shows_and_how_large_it_is(site):
    for name, page in site.pages.items():
        for picture in page.iter("img"):
            assert {"alt", "width", "height"} <= set(picture.keys()), name


# ---- files


def test_no_picture_carries_a_place_or_a_camera(sample_dist, copy_of, tmp_path):
    taken = copy_of("sample-market", tmp_path) / "assets" / "photos" / "morning-boat" / "dawn.jpg"
    assert b"Exif" in taken.read_bytes()
    seen = 0
    for path in sample_dist.dist.rglob("*.*"):
        data = path.read_bytes()
        assert b"Exif" not in data, path
        if path.suffix in {".jpg", ".jpeg", ".webp", ".avif", ".png"}:
            with Image.open(io.BytesIO(data)) as picture:
                assert not picture.getexif(), path
                assert not {"exif", "xmp", "comment", "photoshop"} & set(picture.info), path
            seen += 1
    assert seen > 100
