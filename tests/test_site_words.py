"""What little sites and the two of this project say, in the words that a visitor reads."""

import re

import pytest

LETTERS = re.compile("[a-z]", re.IGNORECASE)
PRODUCT = """---
name: {name}
summary: สินค้าสมมุติ
enterprise: sample-group
category: sample-goods
sources: [ข้อมูลสมมุติ]
{more}---
{body}
"""


def said(element):
    """The words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def add_product(site, slug, name, more="", body=""):
    text = PRODUCT.format(name=name, more=more, body=body)
    (site / "content" / "th" / "products" / f"{slug}.md").write_text(text, encoding="utf-8")


def card_names(page, folder):
    """Names on the cards of a list, in its order."""
    links = (
        link for one in page.iter() if re.fullmatch("h[2-4]", one.tag) for link in one.iter("a")
    )
    return [said(link) for link in links if folder in link.get("href", "")]


@pytest.fixture
def tiny(copy_of, tmp_path):
    """A folder with the smallest of all sites."""
    return copy_of("tiny", tmp_path / "site")


# ---- prices, dates, order


@pytest.mark.parametrize(
    ("page", "price"),
    [
        ("th/products/morning-boat/index.html", "฿1,250"),
        ("en/products/morning-boat/index.html", "THB 1,250"),
        ("th/products/durian/index.html", "฿160–200"),
        ("en/products/durian/index.html", "THB 160–200"),
        ("th/products/shrimp-paste/index.html", "฿60–180"),
    ],
)
def test_a_price_is_written_as_readers_of_the_language_write_it(sample_dist, page, price):
    main = sample_dist.pages[page].find(".//main")
    assert price in said(main)
    assert ("฿" in said(main)) is page.startswith("th/")


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ("th/news/mou-cohort-7/index.html", "14 มิถุนายน 2565"),
        ("en/news/mou-cohort-7/index.html", "14 June 2022"),
    ],
)
def test_a_date_is_in_the_era_of_the_language_and_in_that_of_machines(real_dist, page, date):
    times = [
        (said(one), one.get("datetime"))
        for one in real_dist.pages[page].find(".//main").iter("time")
    ]
    assert (date, "2022-06-14") in times


def test_names_stand_as_in_a_thai_dictionary_where_no_order_is_given(tiny, build):
    in_order = ["กะปิ", "เกลือ", "แก้ว", "ขนม", "ไข่เค็ม", "น้ำปลา", "แหอวน"]
    for slug, name in zip("gfedcba", in_order, strict=True):  # slugs run the other way
        add_product(tiny, slug, name)
    pages = build(tiny)
    names = card_names(pages["th/products/index.html"], "/products/")
    assert [name for name in names if name in in_order] == in_order


# ---- what is shown, and what is not


def test_a_maker_without_products_has_a_page(sample_dist):
    for tag in ("th", "en"):
        page = sample_dist.pages[f"{tag}/enterprises/sample-newcomers/index.html"]
        assert card_names(page, "/products/") == []
        assert said(page.find(".//main"))


@pytest.mark.parametrize(("tag", "words"), [("th", "เลิกจำหน่าย"), ("en", "No longer made")])
def test_a_product_that_is_no_longer_made_says_so(sample_dist, tag, words):
    pages = sample_dist.pages
    assert words in said(pages[f"{tag}/products/pineapple-jam/index.html"].find(".//main"))
    assert words not in said(pages[f"{tag}/products/reed-basket/index.html"].find(".//main"))


@pytest.mark.parametrize(
    "words", ["0001/2563", "00-0-00000-0-0001", "02-000-0000", "@sample-fishers"]
)
def test_what_people_copy_is_written_as_it_is_registered(sample_dist, words):
    assert words in said(sample_dist.pages["th/products/dried-squid/index.html"].find(".//main"))


@pytest.mark.parametrize("tag", ["th", "en"])
def test_a_mark_is_shown_while_it_is_valid_and_not_after(sample_dist, tag):
    squid = said(sample_dist.pages[f"{tag}/products/dried-squid/index.html"].find(".//main"))
    mango = said(sample_dist.pages[f"{tag}/products/mango-leather/index.html"].find(".//main"))
    assert "0001/2563" in squid
    assert "00-0-00000-0-0003" in mango.replace("\N{NON-BREAKING HYPHEN}", "-")
    assert "0002/2560" not in mango


def test_two_products_of_one_name_are_told_apart_in_their_titles(tiny, build):
    add_product(tiny, "jar", "กะปิ", "unit: กระปุก\n")
    add_product(tiny, "pot", "กะปิ", "unit: ไห\naliases: [/th/products/old-pot/]\n")
    pages = build(tiny)
    titles = {name: said(page.find(".//title")) for name, page in pages.items()}
    assert titles["th/products/jar/index.html"] == "กะปิ (กระปุก) · ตลาดตัวอย่าง"
    assert titles["th/products/pot/index.html"] == "กะปิ (ไห) · ตลาดตัวอย่าง"
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize(
    "more", ["draft: true\n", "publish_date: 2026-11-25\n", "expiry_date: 2026-11-24\n"]
)
def test_the_name_of_what_is_not_on_the_site_leads_nowhere(tiny, build, more):
    add_product(tiny, "shy", "ของที่ยังไม่ลง", more)
    add_product(tiny, "open", "ของที่ลงแล้ว", body="คู่กับ[ของอีกชิ้น](product:shy)และ[](product:shy)")
    pages = build(tiny)
    main = pages["th/products/open/index.html"].find(".//main")
    assert "คู่กับของอีกชิ้นและของที่ยังไม่ลง" in said(main)
    assert not [name for name in pages if "shy" in name]
    links = {link.get("href", "") for page in pages.values() for link in page.iter("a")}
    assert not [link for link in links if "shy" in link]


def test_a_long_list_is_cut_into_pages_that_lead_to_all_products(tiny, build):
    for number in range(149):
        add_product(tiny, f"p-{number}", f"ของชิ้นที่ {number}")
    pages = build(tiny)
    files = ["index.html", "page/2/index.html", "page/3/index.html"]
    lists = [pages[f"th/products/{file}"] for file in files]
    assert "th/products/page/4/index.html" not in pages
    names = [card_names(page, "/products/") for page in lists]
    assert [len(of_page) for of_page in names] == [60, 60, 30]
    assert len({name for of_page in names for name in of_page}) == 150
    titles = [said(page.find(".//title")) for page in lists]
    told = [page.find(".//meta[@name='description']").get("content") for page in lists]
    assert (len(set(titles)), len(set(told))) == (3, 3)
    assert ("2" in titles[1], "3" in titles[2]) == (True, True)
    address = "/th/products/"
    ways = [
        {rel: one.get("href") for one in page.iter("a") if (rel := one.get("rel"))}
        for page in lists
    ]
    assert [way.get("prev") for way in ways] == [None, address, f"{address}page/2/"]
    assert [way.get("next") for way in ways] == [f"{address}page/2/", f"{address}page/3/", None]


def test_a_list_of_120_stands_on_one_page(tiny, build):
    for number in range(119):
        add_product(tiny, f"p-{number}", f"ของชิ้นที่ {number}")
    pages = build(tiny)
    assert len(card_names(pages["th/products/index.html"], "/products/")) == 120
    assert "th/products/page/2/index.html" not in pages


MAKER = """---
name: {name}
summary: กลุ่มสมมุติ
place: {place}
sources: [ข้อมูลสมมุติ]
---
"""


def add_makers(site, number, *, place="sample-village"):
    for count in range(number):
        text = MAKER.format(name=f"กลุ่มที่ {count}", place=place)
        (site / f"content/th/enterprises/maker-{count}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", ["enterprises", "places/sample-village"])
def test_many_makers_are_listed_in_pages_too(tiny, build, path):
    add_makers(tiny, 129)
    pages = build(tiny)
    lists = [pages[f"th/{path}/{file}index.html"] for file in ("", "page/2/", "page/3/")]
    assert f"th/{path}/page/4/index.html" not in pages
    names = [card_names(page, "/enterprises/") for page in lists]
    assert [len(of_page) for of_page in names] == [60, 60, 10]
    assert len({name for of_page in names for name in of_page}) == 130
    assert len({said(page.find(".//title")) for page in lists}) == 3
    assert all("130 กลุ่ม" in said(page.find(".//main")) for page in lists)
    assert f"/th/{path}/page/2/" in [one.get("href") for one in lists[0].iter("a")]
    # Its one product stands on the first page of the place, and on no other.
    on_place = [0, 0, 0] if path == "enterprises" else [1, 0, 0]
    assert [len(card_names(page, "/products/")) for page in lists] == on_place


def test_a_place_does_not_tell_its_makers_again_on_each_page_of_its_products(tiny, build):
    for number in range(149):
        add_product(tiny, f"p-{number}", f"ของชิ้นที่ {number}")
    pages = build(tiny)
    files = ("", "page/2/", "page/3/")
    lists = [pages[f"th/places/sample-village/{file}index.html"] for file in files]
    counts = [len(card_names(page, "/enterprises/sample-group/")) for page in lists]
    assert counts == [1, 0, 0]


@pytest.mark.parametrize(
    ("number", "shown", "in_menu"), [(119, 120, (120, False, False)), (120, 24, (1, True, True))]
)
def test_home_and_lists_lead_to_many_makers_by_one_link(tiny, build, number, shown, in_menu):
    add_makers(tiny, number)
    for count in range(number):
        add_product(tiny, f"p-{count}", f"ของชิ้นที่ {count}")
        path = tiny / f"content/th/products/p-{count}.md"
        path.write_text(path.read_text("utf-8").replace("sample-group", f"maker-{count}"), "utf-8")
    pages = build(tiny)
    home, products = (pages[f"th/{path}index.html"].find(".//main") for path in ("", "products/"))
    assert len(card_names(home, "/th/enterprises/")) == shown
    menu = next(one for one in products.iter("nav") if one.get("aria-labelledby") == "makers-menu")
    ways = [(one.get("href"), said(one)) for one in menu.iter("a")]
    on_home = [(one.get("href"), said(one)) for one in home.iter("a")]
    to_all = ("/th/enterprises/", "ผู้ผลิตทั้งหมด121"), ("/th/enterprises/", "ดูทั้งหมด (121 กลุ่ม)")
    assert (len(ways), to_all[0] in ways, to_all[1] in on_home) == in_menu


# ---- other languages, other source languages


def test_any_language_can_be_the_source(copy_of, build, tmp_path):
    pages = build(copy_of("swapped", tmp_path))
    assert said(pages["th/products/rope-mat/index.html"].find(".//h1")) == "พรมเชือก"
    page = pages["th/products/net-bag/index.html"]
    heading = page.find(".//h1")
    assert (said(heading), heading.get("lang")) == ("Net bag", "en")
    assert "/en/products/net-bag/" in [one.get("href") for one in page.find(".//main").iter("a")]
    assert not [one for one in page.iter("link") if one.get("rel") == "alternate"]
    assert pages["index.html"].find(".//meta[@http-equiv='refresh']").get("content")[-4:] == "/en/"


def test_a_third_language_needs_content_and_a_catalogue_only(copy_of, build, tmp_path):
    pages = build(copy_of("three", tmp_path))
    page = pages["zh/products/rice-cake/index.html"]
    assert page.get("lang") == "zh"
    assert "THB 1,250" in said(page.find(".//main"))
    menu = [said(one) for one in page.find(".//header").find(".//nav").iter("a")]
    ways = [said(one) for one in page.iter("a") if one.get("href") in {"/zh/", "/zh/products/"}]
    assert menu and ways
    assert not [words for words in menu + ways if LETTERS.search(words)]
    named = {one.get("hreflang") for one in page.iter("link") if one.get("rel") == "alternate"}
    assert named == {"th", "en", "zh", "x-default"}
    others = {one.get("lang"): one.get("href") for one in page.iter("a") if one.get("lang")}
    assert others == {"th": "/th/products/rice-cake/", "en": "/en/products/rice-cake/"}


def test_a_language_without_interface_words_gets_english_ones_and_a_warning(copy_of, run, tmp_path):
    site = copy_of("three", tmp_path)
    (site / "locale" / "zh" / "messages.po").unlink()
    done = run("--site", site)
    assert done.returncode == 0
    assert b"[catalogue-missing]" in done.stderr
    page = (site / "dist" / "zh" / "products" / "index.html").read_text(encoding="utf-8")
    assert "All products" in page


def test_a_site_that_has_one_word_of_its_own_keeps_ours_for_the_rest(tiny, build):
    before = said(build(tiny)["th/products/index.html"].find(".//main"))
    assert "สินค้าทั้งหมด" in before
    (tiny / "locale" / "th").mkdir(parents=True)
    words = 'msgid ""\nmsgstr ""\n\nmsgid "All products"\nmsgstr "ของดีทุกอย่าง"\n'
    (tiny / "locale" / "th" / "messages.po").write_text(words, encoding="utf-8")
    after = said(build(tiny)["th/products/index.html"].find(".//main"))
    assert after == before.replace("สินค้าทั้งหมด", "ของดีทุกอย่าง")
