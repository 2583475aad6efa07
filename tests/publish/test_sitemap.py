"""Search engines find every page that is theirs, and the days they are told are true."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest

from microsite.publish.listing import listed
from microsite.publish.sitemap import sitemap

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TODAY = dt.date(2026, 11, 24)
LARGEST = 50 * 1024 * 1024  # bytes; sitemaps.org


def listed_pages(planned):
    return [listed(plan.make(), planned.source.viewer.urls) for plan in planned.plans]


def read(data, root):
    """Address -> day of a sitemap or its index, checked by the schemas of sitemaps.org."""
    tree = ElementTree.fromstring(data)  # noqa: S314 # our own
    assert tree.tag == SPACE + root
    found = {}
    for one in tree:
        assert one.tag == SPACE + {"urlset": "url", "sitemapindex": "sitemap"}[root]
        parts = [part.tag for part in one]
        assert parts in ([SPACE + "loc"], [SPACE + "loc", SPACE + "lastmod"])
        address, day = one[0].text, one[1].text if len(one) > 1 else None
        assert re.fullmatch(r"https?://[!-~]{1,2000}", address)
        assert address not in found
        found[address] = dt.date.fromisoformat(day) if day else None
    assert 1 <= len(found) <= 50_000
    assert len(data) <= LARGEST
    return found


def canonical(page):
    links = [one for one in page.iter("link") if one.get("rel") == "canonical"]
    return links[0].get("href") if links else None


def test_the_sitemap_names_the_translated_pages_and_no_others(site):
    wanted = set()
    for name, page in site.pages.items():
        address = f"{site.base_url}/{name.removesuffix('index.html')}"
        languages = [one.get("hreflang") for one in page.iter("link") if one.get("hreflang")]
        if canonical(page) == address and (languages or name.startswith("th/")):
            wanted.add(address)
    named = read((site.dist / "sitemap.xml").read_bytes(), "urlset")
    assert set(named) == wanted
    assert len(named) > 50


def test_robots_may_read_everything_and_are_led_to_the_sitemap(site):
    lines = (site.dist / "robots.txt").read_text("utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {site.base_url}/sitemap.xml"]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("th/products/dried-squid/", "2026-11-20"),  # checked
        ("en/products/dried-squid/", "2026-11-20"),
        ("th/news/new-racks/", "2026-10-05"),  # date, typed as 2569-10-05
        ("th/news/", "2026-11-16"),  # of the newest article on it
        ("th/", "2026-11-16"),
        ("en/enterprises/sample-orchard/", "2026-11-16"),  # news of it, newer than `checked`
        ("th/products/orchard-walk/", "2026-11-16"),  # never confirmed; news of its maker
        ("th/about/", None),
        ("th/products/", None),
    ],
)
def test_the_day_of_a_page_is_the_latest_that_it_shows(sample_dist, path, day):
    named = read((sample_dist.dist / "sitemap.xml").read_bytes(), "urlset")
    found = named[f"{sample_dist.base_url}/{path}"]
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("checked: 2026-11-01\npublish_date: 2026-11-03", dt.date(2026, 11, 3)),
        ("checked: 2027-01-01\npublish_date: 2026-11-03", dt.date(2026, 11, 3)),
        ("checked: 2027-01-01", None),
    ],
)
def test_no_day_lies_ahead(copy_of, plan_folder, tmp_path, typed, day):
    file = copy_of("tiny", tmp_path) / "content/th/products/sample-squid.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("price: 180", f"price: 180\n{typed}"), "utf-8")
    _, planned = plan_folder(tmp_path)
    urls = planned.viewers["th"].urls
    named = read(sitemap(listed_pages(planned), urls, TODAY)["sitemap.xml"], "urlset")
    assert named[urls.absolute("/th/products/sample-squid/")] == day


def test_drafts_that_are_shown_are_not_named(copy_of, plan_folder, tmp_path):
    _, planned = plan_folder(copy_of("sample-market", tmp_path), drafts=True)
    drafts = {page.path for page in planned.plans if page.is_draft}
    urls = planned.viewers["th"].urls
    named = read(sitemap(listed_pages(planned), urls, TODAY)["sitemap.xml"], "urlset")
    assert "/th/products/fish-floss/" in drafts
    assert not {urls.absolute(path) for path in drafts} & set(named)


@pytest.mark.parametrize("most", [1, 7, 40])
def test_a_large_site_has_several_sitemaps_and_an_index(planned, most):
    urls = planned.viewers["th"].urls
    whole = read(sitemap(listed_pages(planned), urls, TODAY)["sitemap.xml"], "urlset")
    files = sitemap(listed_pages(planned), urls, TODAY, most)
    index = read(files.pop("sitemap.xml"), "sitemapindex")
    assert files.pop("robots.txt")
    assert {urls.absolute("/" + path) for path in files} == set(index)
    parts = [read(data, "urlset") for data in files.values()]
    assert max(map(len, parts)) == most
    assert sum(map(len, parts)) == len(whole)
    assert {address: day for part in parts for address, day in part.items()} == whole


def test_the_order_of_pages_makes_no_difference(planned):
    urls = planned.viewers["th"].urls
    files = sitemap(listed_pages(planned), urls, TODAY)
    assert sitemap(listed_pages(planned)[::-1], urls, TODAY) == files
