"""What a browser makes of each kind of page: no overflow, no fault, nothing in the way."""

from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PHONE, DESK = (360, 740), (1280, 800)
NARROW = (320, 640)
KINDS = {  # at least one page of each kind, with much on it and with little
    "sample_dist": [
        "",
        "enterprises/",
        "enterprises/sample-fishers/",
        "enterprises/sample-newcomers/",
        "products/",
        "categories/seafood/",
        "places/imagined-bay/",
        "products/dried-squid/",
        "products/indigo-scarf/",
        "products/orchard-walk/",
        "products/pineapple-jam/",
        "products/woven-coaster/",
        "partners/",
        "news/",
        "news/year-end-market/",
        "how-to-buy/",
        "search/",
        "search/?q=sample",
    ],
    "real_dist": ["", "enterprises/chananwat-leather/", "products/leather-goods/", "about/"],
}
OPENED = [
    *(
        (site, f"/{tag}/{path}")
        for site, of in KINDS.items()
        for path in of
        for tag in ("th", "en")
    ),
    ("sample_dist", "/404.html"),
    ("sample_under_path", "/th/products/dried-squid/"),
]

MEASURES = Path(__file__).with_name("measures.js")


@pytest.fixture(scope="module", params=OPENED, ids=lambda one: " ".join(one))
def opened(request, browser):
    """A page on a phone, by day; what went wrong on the way is noted in `trouble`."""
    name, path = request.param
    site = request.getfixturevalue(name)
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_init_script(path=MEASURES)
    page, trouble = context.new_page(), []
    host = urlsplit(site.served).netloc

    def note(said):
        if said.type != "log":
            trouble.append(f"{said.text} {said.location['url']}")

    page.on("console", note)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda one: trouble.append(f"failed: {one.url}"))
    page.on("response", lambda one: trouble.append(one.url) if one.status >= 400 else None)
    page.on("request", lambda one: trouble.append(one.url) if host not in one.url else None)
    page.goto(site.served + path, wait_until="load")
    if "?q=" in path:  # whoever scrolls before results have come sees the footer make room for them
        page.locator(".hit").first.wait_for()
    yield SimpleNamespace(page=page, trouble=trouble, path=path)
    context.close()


@pytest.fixture
def page(opened):
    """The page as it was when it was opened."""
    show(opened.page, PHONE)
    opened.page.evaluate("scrollTo(0, 0)")
    return opened.page


def show(page, size, colours="light"):
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_a_page_loads_without_fault_from_its_own_host(opened, page):
    for size in (PHONE, DESK):
        show(page, size)
        page.evaluate("measures.scrollThrough()")
    assert opened.trouble == []


def test_a_page_leaves_nothing_behind(page):
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_nothing_moves_while_it_loads(page):
    page.evaluate("measures.scrollThrough()")
    assert page.evaluate("measures.shifted()") < 0.001


def test_a_page_is_as_wide_as_the_screen(page):
    for size in (NARROW, PHONE, (768, 1024), DESK):
        show(page, size)
        assert page.evaluate("measures.overflow()") == [], size
        assert page.evaluate("measures.lostText()") == [], size


@pytest.mark.parametrize("change", ["enlarge", "spread"])  # WCAG 2.2, 1.4.4 and 1.4.12
def test_a_page_fits_with_letters_twice_as_large_or_wider_spaced(page, change):
    for size in (NARROW, DESK):
        show(page, size)
        page.evaluate(f"measures.{change}(true)")
        try:
            assert page.evaluate("measures.overflow()") == [], size
            assert page.evaluate("measures.cutHeadings()") == [], size
            assert page.evaluate("measures.lostText()") == [], size
        finally:
            page.evaluate(f"measures.{change}(false)")


def test_headings_are_whole(page):
    for size in (NARROW, DESK):
        show(page, size)
        assert page.evaluate("measures.cutHeadings()") == []


def test_numbers_and_the_spaces_around_words_stay(page):
    for size in (NARROW, DESK):
        show(page, size)
        assert page.evaluate("measures.cutNumbers()") == [], size
        assert page.evaluate("measures.swallowed()") == [], size


def test_thai_lines_have_room_for_their_marks(page):
    assert page.evaluate("measures.tightLines()") == []


def test_a_finger_hits_every_link(page):
    for size in (NARROW, DESK):
        show(page, size)
        assert page.evaluate("measures.smallTargets()") == [], size


def test_a_page_is_open_to_everyone(opened, page):
    # Each kind in both, and each language in one: what the rules look at is the same markup.
    show(page, *((DESK, "dark") if opened.path.startswith("/en/") else (PHONE, "light")))
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_keyboard_reaches_everything_with_a_ring_that_nothing_covers(page, size):
    show(page, size)
    page.evaluate("measures.walk()")
    for _ in range(page.evaluate("measures.stopsToMake()")):
        page.keyboard.press("Tab")
    walked = page.evaluate("measures.walked()")
    assert walked == {"first": "#main", "lost": [], "missed": []}


def test_the_skip_link_leads_to_the_content(page):
    page.evaluate("document.querySelector(\"a[href='#main']\").focus()")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    below = "document.querySelector('main').compareDocumentPosition(document.activeElement) & 4"
    assert page.evaluate(f"{inside} || Boolean({below})")


def test_the_root_leads_on_to_the_source_language(browser, sample_under_path):
    page = browser.new_page()
    page.goto(f"{sample_under_path.served}/")
    page.wait_for_url("**/shop/th/")
    assert page.evaluate("document.documentElement.lang") == "th"
    page.close()


def test_name_and_price_are_seen_above_the_contact_bar_of_a_phone(browser, sample_dist):
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{sample_dist.served}/th/products/dried-squid/")
    price = page.locator(".buy__line").bounding_box()
    assert price["y"] + price["height"] <= page.locator(".contact-bar").bounding_box()["y"]
    page.close()


def test_many_thumbnails_keep_to_one_row_which_the_keyboard_scrolls(browser, sample_dist):
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{sample_dist.served}/th/products/dried-squid/")
    row = page.locator(".gallery__thumbnails")
    high = row.bounding_box()["height"]
    twelve = "while (one.children.length < 12) one.append(one.lastElementChild.cloneNode(true))"
    row.evaluate(f"(one) => {{ {twelve} }}")
    assert row.bounding_box()["height"] == high
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    row.locator("a").last.focus()
    last = row.locator("a").last.bounding_box()
    assert last["x"] + last["width"] <= PHONE[0]
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_ways_to_a_maker_stand_two_beside_each_other(browser, sample_dist, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{sample_dist.served}/th/products/dried-squid/")
    boxes = [one.bounding_box() for one in page.locator(".channels__list a").all()]
    assert len({box["x"] for box in boxes}) == 2
    assert {box["width"] for box in boxes} == {boxes[0]["width"]}
    pairs = zip(boxes[::2], boxes[1::2], strict=True)
    assert all((a["y"], a["height"]) == (b["y"], b["height"]) for a, b in pairs)
    page.close()


def test_each_way_says_what_it_does_and_to_whom(browser, sample_dist):
    page = browser.new_page()
    page.goto(f"{sample_dist.served}/en/products/dried-squid/")
    for name in (
        "Chat on LINE @sample-fishers",
        "Call 02-000-0000",
        "Chat on WhatsApp 02-000-0000",
        "Facebook sample.fishers.imagined.bay",
        "E-mail fishers@sample-market.example",
        "Shop on Lazada shop/sample-fishers",
    ):
        assert page.get_by_role("link", name=name, exact=True).count() == 1, name
    page.close()
