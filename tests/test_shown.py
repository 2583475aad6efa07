"""Whatever is stated of a product or a maker stands on its page, in every language."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec import Struct

from microsite.language.writing import format_date, format_money, format_months, format_year
from microsite.pipeline.folders import Folders
from microsite.pipeline.reading import read_site
from microsite.records.declarations import fields_of
from microsite.records.marks import is_current
from microsite.records.price import Price
from microsite.records.schema import Mark, Position, Words

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 24)
# They place an entry or a photo, or say when it is on the site; nobody reads them.
UNSEEN = {"order", "featured", "publish_date", "expiry_date", "aliases", "draft", "key", "file"}
UNSEEN |= {"focus", "short_name"}  # the short name stands on cards and in titles
GONE = {"price", "price_note"}  # what can no longer be bought has no price
SAID = {
    **{"goods": "", "food": "Food", "service": "Service", "visit": "Visit"},
    **{"in-stock": "In stock", "made-to-order": "Made to order"},
    **{"by-appointment": "By appointment", "seasonal": "", "out-of-stock": "Out of stock"},
    **{"discontinued": "No longer made", "otop": "OTOP", "fda-food": "Food serial number"},
    **{"cosmetic": "Cosmetic notification number", "tcps": "Community product standard"},
    "gi": "Geographical indication",
}


@pytest.fixture
def reading(site):
    found = read_site(Folders(str(ROOT), str(site.content.parent)), [], today=TODAY, drafts=False)
    assert found is not None
    return found


def shown(page):
    """All that a page says, and what stands behind its links and pictures, in single spaces."""
    main = page.find(".//main")
    behind = (unquote(one.get(name) or "") for one in main.iter() for name in ("href", "alt"))
    words = "".join(main.itertext()).replace("\N{NON-BREAKING HYPHEN}", "-")
    return " ".join("\n".join([words, *behind]).split())


def stated(record, edition, gettext, left_out=()):
    """Name and wording of every value of a record, however deep."""
    for name in fields_of(type(record)).keys() - UNSEEN - set(left_out):
        value = getattr(record, name)
        several = value if isinstance(value, tuple) and name != "season" else (value,)
        for one in several:
            if one is None or (isinstance(one, Mark) and not is_current(one.expires, TODAY)):
                continue
            if isinstance(one, Struct) and fields_of(type(one)):
                yield from ((f"{name}.{of}", said) for of, said in stated(one, edition, gettext))
            else:
                yield name, wording(name, one, edition, gettext)


def wording(name, value, edition, gettext):
    """How a visitor reads a value, or where it leads."""
    tag = edition.language
    if isinstance(value, Price):
        return format_money(value.low, value.high, tag)
    if isinstance(value, dt.date):
        return format_date(value, tag)
    if name in {"founded", "year"}:
        return format_year(value, tag)
    if name == "season":
        return format_months(value, tag) if value else ""
    if name in {"kind", "availability"}:
        return gettext(SAID[value]) if SAID[value] else ""
    terms = {"category": edition.categories, "place": edition.places}
    records = {"enterprise": edition.enterprises, "mentor": edition.partners}
    if name in terms:
        return terms[name][value].name.text
    if name in records:
        return (records[name][value].short_name or records[name][value].name).text
    return value.text if isinstance(value, Words) else str(value)


@pytest.mark.parametrize(("type", "folder"), [("enterprises", "enterprises"), ("products",) * 2])
def test_every_word_and_fact_is_on_its_page(site, reading, type, folder):
    missing, seen = [], 0
    for tag, edition in reading.library.editions.items():
        gettext = reading.wordings[tag].gettext
        for slug, record in getattr(edition, type).items():
            text = shown(site.pages[f"{tag}/{folder}/{slug}/index.html"])
            gone = GONE if getattr(record, "availability", "") == "discontinued" else ()
            for name, said in stated(record, edition, gettext, gone):
                seen += 1
                words = " ".join(unquote(said).removeprefix("@").split())
                if words not in text:
                    missing.append((tag, slug, name, words))
    assert seen > 50
    assert missing == []


def test_a_product_names_the_map_the_mentor_and_the_news_of_its_maker(site, reading):
    for tag, edition in reading.library.editions.items():
        for slug, product in edition.products.items():
            maker = edition.enterprises[product.enterprise]
            text = shown(site.pages[f"{tag}/products/{slug}/index.html"])
            if isinstance(maker.map, Position):
                assert f"query={maker.map.lat},{maker.map.lon}" in text
            if maker.mentor:
                assert f"/{tag}/partners/#{maker.mentor}" in text
            told = [one for one in edition.articles.values() if maker.slug in one.enterprises]
            assert [one.slug for one in told[:3] if one.title.text not in text] == []


def links(page):
    return {one.get("href") for one in page.find(".//main").iter("a")}


def test_line_opens_with_the_product_and_its_address_in_the_language_of_the_page(sample_dist):
    for tag, names in {
        "th": ["ปลาหมึกแห้งอ่าวสมมุติ"],
        "en": ["Sun-dried squid of Imagined Bay", "ปลาหมึกแห้งอ่าวสมมุติ"],
    }.items():
        page = sample_dist.pages[f"{tag}/products/dried-squid/index.html"]
        (line,) = {unquote(one) for one in links(page) if "line.me/R/oaMessage" in one}
        assert line.startswith("https://line.me/R/oaMessage/@sample-fishers/?")
        message = line.split("?", 1)[1]
        assert message.endswith(f" {sample_dist.base_url}/{tag}/products/dried-squid/")
        assert [one for one in names if one not in message] == []


def test_where_no_contact_is_confirmed_the_button_leads_to_the_contact_page(real_dist):
    for name, page in real_dist.pages.items():
        tag, _, below = name.partition("/")
        if below.startswith(("products/", "enterprises/")) and below.count("/") == 2:
            buttons = [one for one in page.iter("a") if "button" in one.get("class", "").split()]
            to = [one.get("href") for one in buttons if one.get("href") != f"/{tag}/search/"]
            assert to == [f"/{tag}/contact/"], name
            assert not [one for one in links(page) if one.startswith(("tel:", "mailto:"))]


def test_what_is_no_longer_made_leads_to_its_maker_and_its_kind_and_is_recommended_nowhere(
    sample_dist,
):
    page = sample_dist.pages["th/products/pineapple-jam/index.html"]
    buttons = [one for one in page.find(".//main").iter("a") if "button" in one.get("class", "")]
    assert [one.get("href") for one in buttons] == [
        "/th/enterprises/sample-orchard/",
        "/th/categories/orchard/",
    ]
    beside = [
        name
        for name, one in sample_dist.pages.items()
        if "/products/" in name and name.count("/") == 3
        for link in one.iter("a")
        if "product-card__link" in link.get("class", "") and "pineapple-jam" in link.get("href")
    ]
    assert beside == []
