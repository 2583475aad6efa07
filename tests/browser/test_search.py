"""The search in a browser: what is found, what is said of it, and what it takes."""

import gzip
import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microsite.language.writing import loose_key, search_key
from microsite.publish.search_entries import Findable, Label, PageKind, Text
from microsite.publish.search_index import search_files
from microsite.records.schema import Words

pytestmark = pytest.mark.browser

CASES = Path(__file__).parents[1] / "cases"
HITS = (
    "() => [...document.querySelectorAll('#results li a')].map((one) => one.getAttribute('href'))"
)
THAI = st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)
# Python and the browser know different versions of Unicode; what is in neither's is left out.
KNOWN = st.characters(exclude_categories=["Cn", "Cs", "Co"])


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [tuple(json.loads(f'"{cell}"') for cell in row) for row in rows]


@pytest.fixture
def page(browser):
    """A page of a phone, which must not stumble."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def search(page, typed):
    """Links of the results of what is typed on the search page, once they are all there."""
    page.fill(".search input", typed)
    shows = "(typed) => document.querySelector('.search').dataset.shows === typed"
    page.wait_for_function(shows, arg=typed)
    return page.evaluate(HITS)


# ---- keys


@pytest.fixture(scope="module")
def keys(browser, sample_dist):
    """What the browser makes of many texts: their keys and loose keys."""
    (module,) = sample_dist.dist.glob("assets/scripts-*/search-key.js")
    page = browser.new_page()
    page.goto(f"{sample_dist.served}/th/search/")
    address = f"{urlsplit(sample_dist.served).path}/{module.relative_to(sample_dist.dist)}"

    def made(texts):
        return page.evaluate(
            """async ([address, texts]) => {
                const { searchKey, looseKey } = await import(address);
                return texts.map(searchKey).map((key) => [key, looseKey(key)]);
            }""",
            [address, texts],
        )

    yield made
    page.close()


def test_the_browser_compares_by_the_keys_of_the_case_file(keys):
    rows = cases("search-keys.tsv")
    assert len(rows) > 50
    assert keys([typed for typed, _ in rows]) == [[key, loose_key(key)] for _, key in rows]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(KNOWN) | st.text(THAI | st.sampled_from(" \u200b\u00ad,-")), max_size=60))
def test_the_browser_compares_any_text_as_the_build_does(keys, texts):
    expected = [[search_key(text), loose_key(search_key(text))] for text in texts]
    assert keys(texts) == expected


# ---- what is found


@pytest.fixture(scope="module")
def at_search(browser, sample_dist):
    """Results of many words on the sample market, from one open page a language."""
    pages = {}
    for tag in ("th", "en"):
        pages[tag] = browser.new_page()
        pages[tag].goto(f"{sample_dist.served}/{tag}/search/")
    yield lambda tag, typed: search(pages[tag], typed)
    for page in pages.values():
        page.close()


@pytest.mark.parametrize(("typed", "expected"), cases("searches.tsv"))
def test_what_is_looked_for_is_among_the_first_five(at_search, sample_dist, typed, expected):
    assert sample_dist.link(expected) in at_search(expected[:2], typed)[:5]


def test_sixty_searches_are_tried_and_two_thirds_are_inside_thai_words():
    typed = [words for words, _ in cases("searches.tsv")]
    assert len(typed) >= 60
    assert sum(bool(re.match("[ก-๙]", words)) for words in typed) >= 40


@pytest.mark.parametrize("typed", ["ม", "หม", "๕", "-"])
def test_one_or_two_letters_find_beginnings_of_names_only(at_search, sample_dist, typed):
    found = at_search("th", typed)
    entries = json.loads((sample_dist.dist / "th/search/index.json").read_text("utf-8"))["entries"]
    keys = {
        sample_dist.link(f"th/{path}"): [search_key(one[0]) for one in (name, *others)]
        for path, _, _, name, others, *_ in entries
    }
    begins = {link for link, names in keys.items() if any(n.startswith(typed) for n in names)}
    assert set(found) == begins or len(found) == 12


def test_of_one_letter_the_beginnings_are_marked_that_were_looked_for(page, sample_dist):
    page.goto(f"{sample_dist.served}/th/search/?q=ก")
    page.wait_for_selector("#results mark")
    before = "(marks) => marks.map((mark) => mark.previousSibling?.textContent ?? '')"
    assert set(page.eval_on_selector_all("#results mark", before)) == {""}


def test_names_come_first_then_summaries_then_the_rest(at_search, sample_dist):
    found = at_search("th", "มะม่วง")
    names = ["mango", "mango-leather", "mango-soap"]
    assert set(found[:3]) == {sample_dist.link(f"th/products/{slug}/") for slug in names}
    assert found[2] == sample_dist.link("th/products/mango-soap/")  # in the middle of its name
    assert len(found) > 3


# ---- what is said


def test_a_result_says_where_the_words_are_and_shows_them(page, sample_dist):
    page.goto(f"{sample_dist.served}/th/search/?q={quote('กระดอง')}")
    hit = page.locator("#results li").first
    hit.wait_for()
    assert "พบในคำอธิบาย" in hit.inner_text()
    assert hit.locator("mark").all_inner_texts() == ["กระดอง"]
    assert "พบ 1 รายการ" in page.locator("[role=status]").inner_text()


def test_a_name_in_the_other_language_is_marked_as_such(page, sample_dist):
    page.goto(f"{sample_dist.served}/th/search/?q=sun-dried")
    excerpt = page.locator("#results .hit__excerpt").first
    excerpt.wait_for()
    assert excerpt.get_attribute("lang") == "en"


def test_no_result_says_so_and_offers_categories(page, sample_dist):
    page.goto(f"{sample_dist.served}/en/search/")
    assert search(page, "xyzzy") == []
    assert "“xyzzy”" in page.locator("[role=status]").inner_text()
    assert page.locator(".search__ways").is_visible()
    search(page, "squid")
    assert not page.locator(".search__ways").is_visible()


def test_the_address_keeps_what_was_typed_and_back_restores_it(page, sample_dist):
    page.goto(f"{sample_dist.served}/th/products/")
    page.goto(f"{sample_dist.served}/th/search/")
    found = search(page, "คราม")
    assert f"q={quote('คราม')}" in page.url
    page.locator("#results a").first.click()
    page.wait_for_url(f"**{found[0]}")
    page.go_back()
    page.locator("#results li").first.wait_for()
    assert (page.input_value(".search input"), page.evaluate(HITS)) == ("คราม", found)
    assert quote("คราม") in page.locator(".languages a").get_attribute("href")


@pytest.mark.parametrize("path", ["th/", "th/products/", "en/news/", "404.html"])
def test_every_page_leads_to_the_search(browser, sample_dist, path):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{sample_dist.served}/{path}")
    page.locator("header input[name=q]").fill("squid")
    page.keyboard.press("Enter")
    page.locator("#results li").first.wait_for()
    assert page.url.endswith("/search/?q=squid")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{sample_dist.served}/{path}")
    assert page.locator("header a[href$='/search/']").is_visible()
    page.close()


def test_a_site_below_a_path_finds_its_own_pages(page, sample_under_path):
    page.goto(f"{sample_under_path.served}/th/search/")
    assert search(page, "ปลาหมึก")[0] == "/shop/th/products/dried-squid/"


def test_without_scripts_the_page_says_so_and_leads_on(browser, sample_dist):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sample_dist.served}/th/search/?q=x")
    assert page.locator("noscript").is_visible()
    for path in ("products/", "enterprises/", "categories/seafood/"):
        assert page.locator(f"main a[href='/th/{path}']").first.is_visible()
    context.close()


@pytest.mark.parametrize("part", ["search", "search-key"])
def test_where_a_script_is_kept_away_the_page_says_so_and_leads_on(browser, sample_dist, part):
    page = browser.new_page()
    page.route(f"**/{part}.js", lambda route: route.abort())
    page.goto(f"{sample_dist.served}/th/search/?q=x")
    page.locator(".search__late").wait_for(state="visible")
    assert page.locator("main a[href='/th/products/']").first.is_visible()
    page.close()


def test_a_search_on_its_way_says_so(page, sample_dist):
    held = []
    page.route("**/search/index.json", lambda route: held.append(route))
    page.goto(f"{sample_dist.served}/th/search/?q={quote('กระดอง')}")
    status = page.locator("[role=status]")
    status.filter(has_text="กำลังค้นหา…").wait_for()
    held.pop().continue_()
    status.filter(has_text="พบ 1 รายการ").wait_for()


def test_a_search_that_is_answered_at_once_does_not_flash(page, sample_dist):
    page.clock.install(time=0)
    page.goto(f"{sample_dist.served}/th/search/")
    page.clock.pause_at(3600)  # so that whatever is on its way is there at once
    page.evaluate(
        """() => new MutationObserver(() => {
            const { textContent } = document.querySelector("[role=status]");
            (window.heard ??= []).push(textContent);
        }).observe(document.querySelector("[role=status]"), { childList: true })"""
    )
    search(page, "กระดอง")
    page.clock.run_for(1000)
    heard = page.evaluate("() => window.heard")
    assert heard[-1] == "พบ 1 รายการ"
    assert "กำลังค้นหา…" not in heard


@pytest.mark.parametrize("late", ["**/search/index.json", "**/search.js"])
def test_nothing_moves_when_a_search_that_finds_nothing_is_answered_late(page, sample_dist, late):
    held = []
    page.add_init_script(path=Path(__file__).with_name("measures.js"))
    page.route(late, lambda route: held.append(route))
    page.goto(f"{sample_dist.served}/en/search/?q=qqqqzzz", wait_until="commit")
    page.wait_for_timeout(700)
    held.pop().continue_()
    page.locator(".search__nothing").wait_for(state="visible")
    page.wait_for_timeout(100)
    assert page.evaluate("measures.shifted()") < 0.001


def test_of_a_long_search_only_the_beginning_is_repeated(page, sample_dist):
    typed = "ที่" * 1000
    page.goto(f"{sample_dist.served}/th/search/?q={quote(typed)}")
    status = page.locator("[role=status]")
    status.filter(has_text="ไม่พบ").wait_for()
    assert typed[:60] + "…" in status.inner_text()
    assert page.input_value(".search input") == typed[:200]
    page.fill(".search input", "")
    page.locator(".search input").press_sequentially("x" * 210)
    assert page.input_value(".search input") == "x" * 200


def test_scripts_of_a_search_weigh_little(sample_dist):
    (folder,) = sample_dist.dist.glob("assets/scripts-*")
    parts = folder.glob("search*.js")
    assert sum(len(gzip.compress(path.read_bytes())) for path in parts) < 6 * 1024


# ---- a large site


@pytest.fixture(scope="module")
def large(sample_dist, serve, tmp_path_factory):
    """The search page of the sample market over 700 made-up products; their entries."""
    folder = tmp_path_factory.mktemp("large")
    shutil.copytree(sample_dist.dist / "assets", folder / "assets", symlinks=True)
    (folder / "th" / "search").mkdir(parents=True)
    shutil.copy(sample_dist.dist / "th/search/index.html", folder / "th/search/index.html")
    entries = made_up(700)
    files = {}
    made = search_files(entries, files.__setitem__, language="th", home="/th/", said=str)
    for path, data in {"th/search/index.json": made.index, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return serve(folder), entries, folder


GOODS = ("ปลาหมึก", "กะปิ", "น้ำพริก", "ผ้าคราม", "ตะกร้า", "ทุเรียน", "สบู่", "ขนมเปี๊ยะ", "ปูม้า", "เสื่อกก")
MANNERS = ("แดดเดียว", "โบราณ", "แม่บ้าน", "ย้อมมือ", "ริมคลอง", "หอมกรุ่น", "บ้านสวน")
COLOURS = ("แดง", "เขียว", "ขาว", "ม่วง", "ทอง", "ดำ", "เงิน", "ฟ้า", "ส้ม", "น้ำตาล")
SAYINGS = ("ทำทีละน้อย", "ตากบนแผงไม้ไผ่", "ส่งทุกวันพุธ", "ห่อด้วยใบตอง", "เก็บได้สามเดือน", "สั่งล่วงหน้า")


def made_up(count):
    """Products whose names and texts are made of a few words, so that they differ by little."""
    return [
        Findable(
            path=f"products/p-{number}/",
            kind=PageKind.PRODUCT,
            flag="default",
            name=Words(GOODS[number % 10] + MANNERS[number % 7] + COLOURS[number // 10 % 10]),
            others=(Words(f"Thing {number}", "en"),),
            summary=Words(
                SAYINGS[number % 6] + COLOURS[number // 7 % 10] + SAYINGS[number // 6 % 6]
            ),
            texts=(
                Text(
                    Label.DESCRIPTION,
                    Words("".join(SAYINGS[number // at % 6] for at in (1, 3, 5, 7))),
                ),
                Text(Label.STOCK_NUMBER, Words(f"SK-{number:04d}")),
            ),
        )
        for number in range(count)
    ]


def by_hand(entries, typed):
    """Paths of what has every word that is typed, best first: the search without its index."""
    ranked = []
    for number, one in enumerate(entries):
        names = [search_key(words.text) for words in (one.name, *one.others)]
        texts = [search_key(text.words.text) for text in one.texts]
        ranks = []
        for word in search_key(typed).split():
            places = [
                any(name.startswith(word) for name in names),
                any(word in name for name in names),
                word in search_key(one.summary.text),
                any(word in text for text in texts),
            ]
            ranks.append(places.index(True) if True in places else None)
        if None not in ranks:
            ranked.append((sum(ranks), number, f"/th/{one.path}"))
    return [path for *_, path in sorted(ranked)]


@pytest.mark.parametrize(
    "typed",
    ["ปลาหมึก", "หมึกแดด", "คลองเขียว", "ไม้ไผ่", "บ้านสวนทอง", "ใบตองเก็บ", "วันพุธทำทีละ", "น้ำพริก ไม้ไผ่",
     "sk-0421", "๐๖๙๙", "Thing 12", "กะ", "ส", "ขนมเปี๊ยะ ส้ม พุธ", "ไม่มีคำนี้"],
)  # fmt: skip
def test_an_index_in_shards_finds_what_is_there_in_its_order(page, large, typed):
    served, entries, _ = large
    page.goto(f"{served}/th/search/")
    assert search(page, typed) == by_hand(entries, typed)[:12]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("นำพรกโบราณ", None), ("นำพริก", "น้ำพริก"), ("ขนม เปียะ", "ขนมเปี๊ยะ"), ("sk0007", "sk-0007")],
)
def test_an_index_in_shards_forgives_marks_and_spaces(page, large, typed, meant):
    served, entries, _ = large
    page.goto(f"{served}/th/search/")
    expected = by_hand(entries, meant)[:12] if meant else []
    assert search(page, typed) == expected


def test_more_results_are_shown_at_the_press_of_a_button(page, large):
    served, entries, _ = large
    page.goto(f"{served}/th/search/")
    search(page, "ปลาหมึก")
    assert "มากกว่า 12" in page.locator("[role=status]").inner_text()
    page.locator(".search__more button").click()
    page.wait_for_function("() => document.querySelectorAll('#results li').length === 24")
    assert page.evaluate(HITS) == by_hand(entries, "ปลาหมึก")[:24]


def test_what_is_typed_letter_by_letter_ends_as_if_it_had_been_pasted(page, large):
    served, entries, _ = large
    page.goto(f"{served}/th/search/")
    typed = "หมึกแดดเดียวเขียว"
    field = page.locator(".search input")
    for letter in typed:
        field.press_sequentially(letter)
    assert search(page, typed) == by_hand(entries, typed)[:12]
    assert quote(typed) in page.url


@pytest.mark.parametrize("typed", ["ปลาหมึกแดดเดียว", "ทำทีละน้อย", "ใบตอง ส่งทุกวัน"])
def test_few_files_tell_where_a_word_may_be(page, large, typed):
    served, entries, _ = large
    page.goto(f"{served}/th/search/")
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    assert len(by_hand(entries, typed)) >= 5  # or it would be searched loosely too
    assert search(page, typed) == by_hand(entries, typed)[:12]
    assert 0 < sum("grams" in url for url in asked) <= 4


@pytest.mark.parametrize("typed", ["หมึกแดด", "วันพุธทำทีละ", "sk-0421"])
def test_little_is_fetched_before_a_result_is_shown(page, large, typed):
    served, _, folder = large
    page.goto(f"{served}/th/search/")
    asked = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path.lstrip("/")))
    search(page, typed)
    data = [gzip.compress((folder / path).read_bytes()) for path in asked]
    assert len(data) > 3
    assert sum(map(len, data)) < 100_000


@pytest.mark.parametrize("typed", ["หมึกแดด", "ดำ พุธ", "เงิน สวน"])
def test_the_first_result_is_shown_as_soon_as_it_is_known(page, large, typed):
    served, entries, _ = large
    page.clock.install(time=0)
    page.goto(f"{served}/th/search/")
    page.clock.pause_at(3600)  # so that what waits for a while would never come
    page.fill(".search input", typed)
    page.locator("#results li").first.wait_for()
    assert page.evaluate(HITS)[0] == by_hand(entries, typed)[0]
