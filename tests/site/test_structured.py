"""What search engines read of each page of the real and the sample site, held to their rules."""

import copy
import json
import re
import runpy
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records.price import LIMIT, Price
from microsite.records.schema import Product, Words
from microsite.site.structured import graph
from microsite.site.structured_products import product_data
from microsite.site.views import VariantView

RULES = runpy.run_path(str(Path(__file__).with_name("structured_rules.py")))
faults, things = RULES["faults"], RULES["things"]
PAGE = "https://x.example/th/products/kapi/"
AMOUNTS = st.decimals("0.01", LIMIT - 1, places=2)
SCRIPT = ".//script[@type='application/ld+json']"
MAIN = {  # what a page of each kind is about, besides the way down to it
    "home": {"WebSite"},
    "products": {"ItemList"},
    "enterprises": {"ItemList"},
    "categories": {"ItemList"},
    "places": {"ItemList"},
    "partners": {"ItemList"},
    "news": {"ItemList"},
    "product": {"Product", "Service"},
    "enterprise": {"Organization", "LocalBusiness"},
    "article": {"NewsArticle", "Event"},
    "page": set(),
}
OF_ONE = {"products": "product", "enterprises": "enterprise", "news": "article"}


def kind_of(name):
    """What kind of page lies at `th/products/dried-squid/index.html`."""
    section, *rest = name.split("/")[1:-1] or ["home"]
    is_one = rest and rest[0] != "page"
    return OF_ONE.get(section, section) if is_one else section if section in MAIN else "page"


def data_of(page):
    found = page.findall(SCRIPT)
    assert len(found) <= 1
    return json.loads(found[0].text) if found else None


def told(site):
    """Data of each page that has any, by its path."""
    data = {name: data_of(page) for name, page in site.pages.items()}
    return {name: one for name, one in data.items() if one}


def thing(site, path, *types):
    """The one thing of these types that a page is about."""
    graph = data_of(site.pages[f"{path}/index.html"])["@graph"]
    (found,) = (one for one in graph if one["@type"] in types)
    return found


def said(page):
    return " ".join("".join(page.find("body").itertext()).replace("\xa0", " ").split())


# ---- every page


def test_every_page_tells_something_once_in_its_head_and_leading_pages_nothing(site):
    for name, page in site.pages.items():
        is_leading = page.find(".//meta[@http-equiv='refresh']") is not None
        expected = 0 if is_leading or name == "404.html" else 1
        assert len(page.find("head").findall(SCRIPT)) == len(page.findall(SCRIPT)), name
        assert len(page.findall(SCRIPT)) == expected, name


def test_all_that_is_told_keeps_to_the_rules(site):
    for name, data in told(site).items():
        address = f"{site.base_url}/{name.removesuffix('index.html')}"
        assert list(faults(data, address, site.base_url)) == [], name


def test_every_page_tells_what_it_is_about(site):
    for name, data in told(site).items():
        types = {one["@type"] for one in data["@graph"]}
        kind = kind_of(name)
        if kind != "home":
            assert "BreadcrumbList" in types, name
            types.remove("BreadcrumbList")
        assert types <= MAIN[kind], name
        assert types or kind in {"page", "product", "search"}, name


def test_every_address_on_the_site_that_is_told_is_there(site):
    for name, data in told(site).items():
        for one in things(data):
            for key in ("url", "item", "image"):
                values = one.get(key, [])
                for url in [values] if isinstance(values, str) else values:
                    if not url.startswith(site.base_url + "/"):
                        continue
                    path = urlsplit(url.removeprefix(site.base_url + "/")).path
                    assert (site.dist / path).exists(), f"{name}: {url}"


def test_what_is_told_is_also_shown(site):
    """Google's general guidelines: nothing that people do not see on the page."""
    for name, data in told(site).items():
        shown = said(site.pages[name])
        for one in things(data):
            if one["@type"] in {"Product", "Service", "NewsArticle", "Event", "Place"}:
                title = one.get("name") or one["headline"]
                assert title.removesuffix("…") in shown, f"{name}: {title}"
            if one["@type"] == "Offer":
                price = f"{float(one['price']):,.2f}".removesuffix(".00")
                assert price in shown, f"{name}: {price}"


def test_the_crumbs_told_are_those_shown(site):
    for name, data in told(site).items():
        shown = [
            one.get("href") for one in site.pages[name].findall(".//nav[@class='crumbs wrap']//a")
        ]
        for one in data["@graph"]:
            if one["@type"] == "BreadcrumbList":
                items = [item["item"] for item in one["itemListElement"][:-1]]
                assert [site.prefix + item.removeprefix(site.base_url) for item in items] == shown


# ---- products and services


def test_a_picture_that_is_told_is_a_photo_of_the_product(sample_dist):
    """Never the card that is drawn for sharing."""
    found = set()
    for name, data in told(sample_dist).items():
        for one in things(data):
            if one["@type"] in {"Product", "Service"}:
                page = sample_dist.pages[name]
                shown = {sample_dist.prefix + urlsplit(url).path for url in one.get("image", ())}
                drawn = page.find(".//meta[@property='og:image']").get("content")
                assert drawn not in one.get("image", ())
                assert bool(shown) == (page.find(".//main//article//picture") is not None), name
                found.add(bool(shown))
    assert found == {True, False}


@pytest.mark.parametrize("tag", ["th", "en"])
def test_a_price_is_told_in_each_language(sample_dist, tag):
    offer = thing(sample_dist, f"{tag}/products/dried-squid", "Product")["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "180.00", "THB")
    assert offer["availability"] == "https://schema.org/InStock"


def test_a_range_has_two_ends(sample_dist):
    offer = thing(sample_dist, "th/products/steamed-crab", "Product")["offers"]
    assert offer["@type"] == "AggregateOffer"
    assert (offer["lowPrice"], offer["highPrice"]) == ("350.00", "450.00")
    assert "offers" not in offer


def test_sizes_with_prices_of_their_own_are_offers_of_one_product(sample_dist):
    offer = thing(sample_dist, "en/products/indigo-scarf", "Product")["offers"]
    assert (offer["lowPrice"], offer["highPrice"]) == ("590.00", "890.00")
    assert offer["offerCount"] == len(offer["offers"]) > 1
    assert all(one["price"] and one["name"] for one in offer["offers"])


def test_of_several_sizes_the_one_with_a_price_is_offered_by_its_name():
    price = Price(Decimal(60), Decimal(60))
    sizes = [VariantView(Words("เล็ก"), price, "K-1"), VariantView(Words("ใหญ่"), None, None)]
    (made,) = told_of(price=price, variants=sizes)
    offer = made["offers"]
    assert (offer["@type"], offer["name"], offer["sku"]) == ("Offer", "เล็ก", "K-1")
    assert offer["price"] == "60.00"


@given(st.tuples(AMOUNTS, AMOUNTS).map(sorted))
def test_an_amount_is_told_in_digits_with_a_point(ends):
    (made,) = told_of(price=Price(*ends))
    assert list(faults(graph_of(made), PAGE, "https://x.example")) == []
    offer = made["offers"]
    told = [offer["price"]] * 2 if "price" in offer else [offer["lowPrice"], offer["highPrice"]]
    assert list(map(Decimal, told)) == ends


def told_of(**facts):
    """What is told of a product that is little more than its price."""
    names = dict.fromkeys(("name", "summary"), Words("กะปิ"))
    product = Product(slug="kapi", is_translated=True, is_outdated=False, kind="food", **names)
    maker = {"@type": "Organization", "@id": PAGE, "name": "กลุ่ม", "url": PAGE}
    rest = {"variants": (), "awards": (), "numbers": (), "pictures": [PAGE], "category": "อาหาร"}
    price = facts.pop("price")
    return product_data(product, price, url=PAGE, maker=maker, **{**rest, **facts})


def graph_of(*things):
    return {"@context": "https://schema.org", "@graph": things}


def test_a_visit_is_a_service(sample_dist):
    visit = thing(sample_dist, "th/products/morning-boat", "Service", "Product")
    assert (visit["@type"], visit["provider"]["@type"]) == ("Service", "Organization")


@pytest.mark.parametrize("slug", ["orchard-walk", "pineapple-jam"])
def test_without_a_price_on_the_page_there_is_no_product(sample_dist, slug):
    for tag in ("th", "en"):
        data = data_of(sample_dist.pages[f"{tag}/products/{slug}/index.html"])
        assert [one["@type"] for one in data["@graph"]] == ["BreadcrumbList"]


def test_nothing_is_offered_on_the_real_site_while_no_price_is_known(real_dist):
    types = {one["@type"] for data in told(real_dist).values() for one in things(data)}
    assert not types & {"Product", "Service", "Offer", "AggregateOffer"}


def test_stars_are_an_award_and_nobody_rates_anything(site):
    for name, data in told(site).items():
        keys = {key for one in things(data) for key in one}
        assert not keys & {"aggregateRating", "review", "starRating"}, name


def test_stars_and_numbers_are_told_in_the_language_of_the_page(sample_dist):
    awards = [
        thing(sample_dist, f"{tag}/products/dried-squid", "Product")["award"]
        for tag in ("th", "en")
    ]
    assert awards == [["OTOP 4 ดาว 2567"], ["OTOP 4 stars 2024"]]
    numbers = thing(sample_dist, "en/products/dried-squid", "Product")["additionalProperty"]
    assert ("Food serial number", "00-0-00000-0-0001") in [
        (one["name"], one["value"]) for one in numbers
    ]


def test_an_untranslated_product_is_told_in_the_words_that_its_page_shows(sample_dist):
    coaster = thing(sample_dist, "en/products/woven-coaster", "Product")
    assert coaster["name"] == "ที่รองแก้วผ้าทอ"
    assert coaster["url"] == f"{sample_dist.base_url}/en/products/woven-coaster/"
    assert coaster["brand"]["name"].startswith("Sample Weavers")


# ---- makers, news, the site


def test_a_maker_with_an_address_is_a_local_business(sample_dist):
    maker = thing(sample_dist, "en/enterprises/sample-fishers", "LocalBusiness")
    assert maker["address"]["streetAddress"] == "The beach pavilion, Moo 0, Imagined Bay"
    assert (maker["telephone"], maker["foundingDate"]) == ("+6620000000", "2018")
    assert "https://www.facebook.com/sample.fishers.imagined.bay" in maker["sameAs"]
    assert maker["geo"]["latitude"] == 12.4


def test_a_maker_without_an_address_is_an_organisation_somewhere(real_dist, sample_dist):
    maker = thing(real_dist, "th/enterprises/mundin-farm", "Organization")
    assert maker["location"] == {"@type": "Place", "name": "บ้านฉาง"}
    assert not maker.keys() & {"address", "telephone", "email", "geo", "sameAs"}


def test_news_of_an_event_tells_when_and_where(sample_dist):
    path = "en/news/year-end-market"
    event = thing(sample_dist, path, "Event")
    assert (event["startDate"], event["endDate"]) == ("2026-12-12", "2026-12-13")
    assert event["location"]["name"] == "The open ground behind the beach, Imagined Bay"
    article = thing(sample_dist, path, "NewsArticle")
    assert (article["datePublished"], article["inLanguage"]) == ("2026-11-16", "en")
    assert len(article["about"]) == 3


def test_news_without_an_event_tells_of_none(sample_dist):
    data = data_of(sample_dist.pages["th/news/new-racks/index.html"])
    assert [one["@type"] for one in data["@graph"]] == ["NewsArticle", "BreadcrumbList"]


def test_the_site_is_told_by_its_names_in_all_languages(sample_dist):
    home = thing(sample_dist, "th", "WebSite")
    assert (home["name"], home["inLanguage"]) == ("ตลาดตัวอย่าง อ่าวสมมุติ", "th")
    assert home["alternateName"] == ["Sample Market of Imagined Bay"]


# ---- the text of the script, and the rules themselves


@given(st.text())
def test_no_words_end_the_script(text):
    told = graph([{"@type": "Thing", "name": text}])
    assert not re.search("[<>&\u2028\u2029]", told)
    assert json.loads(told)["@graph"][0]["name"] == text


def test_nothing_to_say_is_no_script():
    assert graph([]) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda of: of["Product"].pop("offers"), "offers"),
        (lambda of: of["Product"].update(brandd="x"), "brandd"),
        (lambda of: of["Product"].update(aggregateRating={"@type": "AggregateRating"}), "Rating"),
        (lambda of: of["Product"].update(image=[]), "image"),
        (lambda of: of["Product"].update(url="/th/"), "url"),
        (lambda of: of["Product"]["offers"].update(price="๑๘๐"), "price"),
        (lambda of: of["Product"]["offers"].update(price="1,250.00"), "price"),
        (lambda of: of["Product"]["offers"].update(priceCurrency="บาท"), "priceCurrency"),
        (lambda of: of["Product"]["offers"].update(availability="in-stock"), "availability"),
        (lambda of: of["BreadcrumbList"]["itemListElement"].pop(0), "position"),
        (lambda of: of["BreadcrumbList"]["itemListElement"][0].pop("item"), "item"),
        (lambda of: of["BreadcrumbList"].update(itemListElement=[]), "itemListElement"),
    ],
)
def test_the_rules_find_what_breaks_them(sample_dist, change, word):
    name = "th/products/dried-squid/index.html"
    data = copy.deepcopy(data_of(sample_dist.pages[name]))
    change({one["@type"]: one for one in data["@graph"]})
    address = f"{sample_dist.base_url}/th/products/dried-squid/"
    found = list(faults(data, address, sample_dist.base_url))
    assert found
    assert any(word in fault for fault in found)
