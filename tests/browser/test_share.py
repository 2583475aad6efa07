"""Passing a page on, with and without scripts, and the code that a phone scans."""

from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.browser

PAGES = ["products/dried-squid/", "enterprises/sample-fishers/", "news/year-end-market/"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@contextmanager
def opened(browser, address, script="", **options):
    context = browser.new_context(**{"viewport": PHONE, **options})
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(address, wait_until="load")
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("tag", ["th", "en"])
def test_without_scripts_a_page_is_passed_on_by_links(browser, sample_dist, tag, path):
    with opened(browser, f"{sample_dist.served}/{tag}/{path}", java_script_enabled=False) as page:
        found = page.locator(".share a").evaluate_all("(all) => all.map((one) => one.href)")
        assert page.locator(".share button").count() == 0
    whole = f"{sample_dist.base_url}/{tag}/{path}".replace(":", "%3A")
    assert found == [
        f"https://social-plugins.line.me/lineit/share?url={whole}",
        f"https://www.facebook.com/sharer/sharer.php?u={whole}",
    ]


@pytest.mark.parametrize("path", PAGES)
def test_the_address_is_copied_and_that_is_said(browser, sample_dist, path):
    address = f"{sample_dist.served}/en/{path}"
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, address, permissions=allowed) as page:
        page.get_by_role("button", name="Copy the link").click()
        page.locator(".share").get_by_role("status").filter(
            has_text="The link is copied"
        ).wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{sample_dist.base_url}/en/{path}"


def test_where_copying_fails_that_is_said(browser, sample_dist):
    broken = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
    with opened(browser, f"{sample_dist.served}/th/{PAGES[0]}", broken) as page:
        page.get_by_role("button", name="คัดลอกลิงก์").click()
        page.locator(".share").get_by_role("status").filter(has_text="คัดลอกลิงก์ไม่ได้").wait_for()


def test_a_phone_that_can_offers_its_own_apps(browser, sample_dist):
    script = "navigator.share = async (what) => { window.shared = what; };"
    with opened(browser, f"{sample_dist.served}/en/{PAGES[0]}", script) as page:
        page.get_by_role("button", name="Another way").click()
        shared = page.evaluate("window.shared")
        title = page.title()
    assert shared == {"title": title, "url": f"{sample_dist.base_url}/en/{PAGES[0]}"}


def test_what_a_browser_cannot_do_is_not_offered(browser, sample_dist):
    script = "delete Navigator.prototype.share; delete Navigator.prototype.clipboard;"
    with opened(browser, f"{sample_dist.served}/en/{PAGES[0]}", script) as page:
        assert page.locator(".share a").count() == 2
        assert page.locator(".share button").count() == 0


CODE = """(svg) => {
    const box = svg.getBoundingClientRect();
    const [ground, code] = svg.querySelectorAll("path");
    return {
      width: box.width, height: box.height,
      ground: getComputedStyle(ground).fill, code: getComputedStyle(code).stroke,
    };
}"""


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES[:2])
def test_a_code_to_scan_is_dark_on_white_on_wide_screens_and_paper(
    browser, sample_dist, path, colours
):
    with opened(browser, f"{sample_dist.served}/th/{path}", color_scheme=colours) as page:
        code = page.locator(".line-code svg")
        assert code.count() == 1
        assert not code.is_visible()
        for size, media, least in ((DESK, "screen", 96), (PHONE, "print", 96)):
            page.set_viewport_size(size)
            page.emulate_media(media=media, color_scheme=colours)
            assert code.is_visible()
            drawn = code.evaluate(CODE)
            assert drawn["width"] == drawn["height"] >= least  # 96 px are an inch
            assert (drawn["ground"], drawn["code"]) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
