"""What a browser makes of each kind of page: no overflow, no fault, nothing in the way."""

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

SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
    }).observe({type: "layout-shift", buffered: true});
"""
SCROLL_THROUGH = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(done));
    }
    await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
    scrollTo(0, 0);
}"""
OVERFLOW = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = (one) => one !== document.body && getComputedStyle(one).overflowX !== "visible";
    const inScroller = (one) => one && (scrolls(one) || inScroller(one.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
      .filter((one) => !inScroller(one.parentElement))
      .map((one) => one.tagName + "." + one.getAttribute("class")).concat(root.scrollWidth);
}"""
CUT_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3")]
    .filter((one) => one.clientHeight && one.scrollHeight > one.clientHeight + 1)
    .map((one) => one.textContent.trim())"""
# Two marks above a Thai letter and one below it must fit into a line.
TIGHT_LINES = """async () => {
    await document.fonts.ready;
    const pen = document.createElement("canvas").getContext("2d");
    const tight = [];
    for (const one of document.querySelectorAll("h1, h2, h3, main p, main li, main a")) {
      if (!/[ก-๙]/.test(one.textContent) || one.closest("[hidden]")) continue;
      const style = getComputedStyle(one);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const ink = pen.measureText("ซื้อ ปู่");
      const height = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
      if (height > parseFloat(style.lineHeight) + 0.5)
        tight.push(`${one.className || one.tagName}: ${height} in ${style.lineHeight}`);
    }
    return [...new Set(tight)];
}"""
FROM_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
}"""
FOCUSED = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    let ring = false;
    for (let at = one; at && at !== document.documentElement; at = at.parentElement) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(at, part);
        ring ||= style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      }
    }
    const inside = box.top < innerHeight && box.bottom > 0 && box.left < innerWidth;
    return {
      what: one.tagName + " " + (one.getAttribute("href") ?? ""),
      href: one.getAttribute("href"),
      isSeen: ring && inside && box.width > 0 && getComputedStyle(one).opacity > 0.9,
    };
}"""


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
    context.add_init_script(SHIFTS)
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
        page.evaluate(SCROLL_THROUGH)
    assert opened.trouble == []


def test_nothing_moves_while_it_loads(page):
    page.evaluate(SCROLL_THROUGH)
    assert page.evaluate("window.shifts") < 0.02


def test_a_page_is_as_wide_as_the_screen(page):
    for size in (NARROW, PHONE, (768, 1024), DESK):
        show(page, size)
        assert page.evaluate(OVERFLOW) == [], size


def test_a_page_fits_with_letters_twice_as_large(page):
    show(page, NARROW)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    try:
        assert page.evaluate(OVERFLOW) == []
        assert page.evaluate(CUT_HEADINGS) == []
    finally:
        page.evaluate("document.documentElement.removeAttribute('style')")


def test_headings_are_whole(page):
    for size in (NARROW, DESK):
        show(page, size)
        assert page.evaluate(CUT_HEADINGS) == []


def test_thai_lines_have_room_for_their_marks(page):
    assert page.evaluate(TIGHT_LINES) == []


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")])
def test_a_page_is_open_to_everyone(page, size, colours):
    show(page, size, colours)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_keyboard_is_followed_by_a_ring(page, size):
    show(page, size)
    page.evaluate(FROM_THE_TOP)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert (first["href"], first["isSeen"]) == ("#main", True)
    lost = []
    for _ in range(20):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if not at["isSeen"]:
            lost.append(at["what"])
    assert lost == []


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
