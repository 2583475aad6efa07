"""Texts in a browser: where they begin, and that their words stay whole."""

import pytest

pytestmark = pytest.mark.browser

BROKEN_WORDS = """() => [...document.querySelectorAll(".prose td, .prose th")].filter((cell) => {
    const range = document.createRange(), walker = document.createTreeWalker(cell, 4);
    while (walker.nextNode())
        for (const found of walker.currentNode.data.matchAll(/[A-Za-z]+/g)) {
            range.setStart(walker.currentNode, found.index);
            range.setEnd(walker.currentNode, found.index + found[0].length);
            if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) return true;
        }
    return false;
}).map((cell) => cell.textContent)"""


def test_words_of_a_table_stay_whole_on_a_phone(browser, sample_dist):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{sample_dist.served}/en/marks/")
    assert page.locator(".prose td").count() > 9
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()


@pytest.mark.parametrize("path", ["th/marks/", "th/news/", "th/news/year-end-market/"])
def test_a_text_begins_below_the_way_back(browser, sample_dist, path):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{sample_dist.served}/{path}")
    left = "(selector) => document.querySelector(selector).getBoundingClientRect().left"
    assert page.evaluate(left, "main h1") == page.evaluate(left, ".crumbs a")
    page.close()
