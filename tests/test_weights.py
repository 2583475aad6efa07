"""How little a phone on slow data has to fetch before it shows a page."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parent / "audit" / "weights.py"))
weigh, cards = AUDIT["weigh"], AUDIT["cards"]
KB = 1024
LANGUAGES = ("th", "en")
CARDS = 60  # a page of a list has no more


@pytest.fixture(scope="module")
def full_list(build, copy_of, sample_dist, tmp_path_factory):
    """The sample market with so many products that its list is just full."""
    site = copy_of("sample-market", tmp_path_factory.mktemp("full"))
    copy_of("sample-market", site, photos_of=sample_dist.content.parent)
    shown = sample_dist.pages["th/products/index.html"].iter("a")
    links = {one.get("href") for one in shown if one.get("class") == "product-card__link"}
    add_products(site / "content", links, CARDS)
    build(site)
    return site / "dist"


def add_products(content, links, number):
    """Copies until so many are shown, each with words of two others in its name."""
    source = sorted((content / "th" / "products").glob("*.md"))
    # what is sold no more, or not yet, stands on no list
    kept = [one for one in source if f"/th/products/{one.stem}/" in links]
    listed = len(links)
    for language in LANGUAGES:
        files = [content / language / "products" / one.name for one in kept]
        texts = [one.read_text("utf-8") if one.exists() else "" for one in files]
        names = [re.findall(r"^name: (.+)$", text, re.MULTILINE) for text in texts]
        names = [name for found in names for name in found]
        for count in range(number - listed):
            one, other = names[count % len(names)], names[(count * 5 + 3) % len(names)]
            text = texts[count % len(texts)]
            text = re.sub(
                r"^name: .+$", f"name: {one[:14]} {other[-14:]} {count}", text, flags=re.M
            )
            text = re.sub(r"^(price:) \d+$", rf"\1 {count * 137 % 1980 + 20}", text, flags=re.M)
            text = re.sub(r"^(aliases|sku|featured): .+\n", "", text, flags=re.M)
            if text:
                (content / language / "products" / f"more-{count}.md").write_text(text, "utf-8")


def all_pages(site):
    return {name: weigh(site.dist, site.dist / name, site.prefix) for name in site.pages}


def test_a_product_page_is_light(site):
    heavy = {
        name: weight
        for name, weight in all_pages(site).items()
        if re.match(r"\w+/products/(?!page/)[\w-]+/", name) and weight.code > 14 * KB
    }
    assert not heavy


def test_a_full_list_is_light(full_list):
    for language in LANGUAGES:
        page = full_list / language / "products" / "index.html"
        assert cards(page) == CARDS
        assert weigh(full_list, page).code <= 20 * KB, weigh(full_list, page)


def test_pages_of_others_do_not_grow_with_more_and_more_makers(
    build, copy_of, sample_dist, tmp_path
):
    site = copy_of("sample-market", tmp_path, photos_of=sample_dist.content.parent)
    makers = site / "content" / "th" / "enterprises"
    newcomers = (makers / "sample-newcomers.md").read_text("utf-8")
    pages = [site / "dist" / language / "products/dried-squid/index.html" for language in LANGUAGES]
    weights = []
    for more in (20, 21):  # beside the five of the market
        for number in range(more):
            (makers / f"newcomers-{number}.md").write_text(newcomers, "utf-8")
        build(site)
        weights.append([page.stat().st_size for page in pages])
    assert weights[0] == weights[1]


def test_the_heading_face_is_light(site):
    sizes = {weight.font for weight in all_pages(site).values()} - {0}
    assert sizes and max(sizes) <= 16 * KB


def test_scripts_are_light_before_a_search_begins(site):
    heavy = {name: weight.js for name, weight in all_pages(site).items() if weight.js > 6 * KB}
    assert not heavy
