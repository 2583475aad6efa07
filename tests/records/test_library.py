"""Facts joined with words: what each language shows, in which order, and what it hides."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records.fields import read_values
from microsite.records.library import join
from microsite.records.price import Price
from microsite.records.schema import Body, Photo, Words
from microsite.records.source import read_entry
from microsite.site.viewer import price_of

TODAY = dt.date(2026, 11, 24)
FOLDERS = {"product": "products", "enterprise": "enterprises", "article": "articles"}
SITE = [
    ("site", "site", "", "format: 1\nbase_url: https://x.example\nlanguages: [th, en]\n"),
    ("site", "site", "th", "name: ตลาด\ntagline: ของดี\nfooter: ขอบคุณ\n"),
    ("taxonomy", "taxonomy", "th", "categories: {food: {name: ของกิน}}\nplaces: {v: {name: บ้าน}}\n"),
]
MAKER = "name: กลุ่ม\nsummary: กลุ่มหนึ่ง\nplace: v\n"
SQUID = "name: ปลาหมึก\nsummary: ของกิน\nenterprise: group\ncategory: food\n"


def library(*files, languages=("th", "en"), drafts=False, today=TODAY):
    """The library of little files: (type, slug, language, fields)."""
    checked = []
    for type, slug, language, fields in [*SITE, *files]:
        name = f"content/{language}/{FOLDERS.get(type, '')}/{slug}.yaml"
        entry, problems = read_entry(
            fields.encode(), type=type, slug=slug, language=language, file=name
        )
        is_source = language == languages[0]
        scope = "all" if is_source else "words" if language else "facts"
        scope = "words" if type == "site" and language else scope
        one, more = read_values(entry, scope)
        assert problems + more == []
        checked.append(one)
    return join(checked, languages, today=today, drafts=drafts)


def maker(fields=MAKER, slug="group", language="th"):
    return ("enterprise", slug, language, fields)


def product(fields=SQUID, slug="squid", language="th"):
    return ("product", slug, language, fields)


def test_facts_are_the_same_in_every_language_and_words_are_its_own():
    made = library(
        maker(),
        product(SQUID + "price: 180\nunit: ถุง\n"),
        product("name: Squid\nsummary: Food\nunit: bag\n", language="en"),
    )
    thai, english = (made.editions[tag].products["squid"] for tag in ("th", "en"))
    assert (thai.name, english.name) == (Words("ปลาหมึก"), Words("Squid"))
    assert (thai.unit, english.unit) == (Words("ถุง"), Words("bag"))
    assert thai.price == english.price == Price(Decimal(180), Decimal(180))
    assert thai.is_translated
    assert english.is_translated


def test_an_optional_word_that_a_language_lacks_is_borrowed_and_says_from_where():
    made = library(
        maker(),
        product(SQUID + "unit: ถุง\nbody: เนื้อหา\n"),
        product("name: Squid\nsummary: Food\n", language="en"),
    )
    english = made.editions["en"].products["squid"]
    assert english.unit == Words("ถุง", "th")
    assert english.body == Body("content/th/products/squid.yaml", "th")
    assert english.is_translated
    assert made.source.products["squid"].unit == Words("ถุง")
    assert english.delivery is None


@pytest.mark.parametrize("english", [[], [product("name: Squid\n", language="en")]])
def test_an_entry_that_lacks_a_required_word_is_untranslated(english):
    made = library(maker(), product(), *english)
    squid = made.editions["en"].products["squid"]
    assert not squid.is_translated
    assert squid.summary == Words("ของกิน", "th")
    assert squid.name == (Words("Squid") if english else Words("ปลาหมึก", "th"))


def test_words_of_photos_are_joined_by_file_and_those_of_sizes_by_key():
    made = library(
        maker(),
        product(
            SQUID + "photos:\n  - {file: a.jpg, alt: ราว, credit: นิด}\n  - {file: b.jpg, alt: ถุง}\n"
            "variants:\n  - {key: s, name: เล็ก, price: 95}\n  - {key: l, name: ใหญ่}\n"
        ),
        product(
            "name: Squid\nsummary: Food\nphotos: [{file: b.jpg, alt: Bag}]\n"
            "variants: [{key: l, name: Large}, {key: s, name: Small}]\n",
            language="en",
        ),
    )
    squid = made.editions["en"].products["squid"]
    assert squid.photos == (
        Photo(file="a.jpg", alt=Words("ราว", "th"), credit=Words("นิด", "th")),
        Photo(file="b.jpg", alt=Words("Bag")),
    )
    assert [(one.key, one.name) for one in squid.variants] == [
        ("s", Words("Small")),
        ("l", Words("Large")),
    ]
    assert squid.variants[0].price == Price(Decimal(95), Decimal(95))


def test_names_of_terms_and_words_of_the_site_are_borrowed_too():
    english = library(
        maker(), ("taxonomy", "taxonomy", "en", "places: {v: {name: Village}}\n")
    ).editions["en"]
    assert english.categories["food"].name == Words("ของกิน", "th")
    assert english.places["v"].name == Words("Village")
    assert english.site.name == Words("ตลาด", "th")
    assert english.site.footer == Words("ขอบคุณ", "th")
    assert english.site.notice is None
    assert english.site.base_url == "https://x.example"


@pytest.mark.parametrize(
    ("fields", "is_on"),
    [
        ("", True),
        ("draft: true\n", False),
        ("draft: false\n", True),
        ("publish_date: 2026-11-24\n", True),
        ("publish_date: 2026-11-25\n", False),
        ("expiry_date: 2026-11-25\n", True),
        ("expiry_date: 2026-11-24\n", False),
        ("publish_date: 2026-11-01\nexpiry_date: 2026-11-30\n", True),
    ],
)
def test_an_entry_is_on_the_site_from_its_first_day_to_the_day_before_its_last(fields, is_on):
    made = library(maker(), product(SQUID + fields))
    for tag, edition in made.editions.items():
        assert ("squid" in edition.products) == is_on
        assert (("product", "squid") in edition.hidden) != is_on
        if not is_on:
            borrowed = "" if tag == "th" else "th"
            assert edition.hidden["product", "squid"] == Words("ปลาหมึก", borrowed)


def test_a_product_goes_with_its_maker():
    made = library(maker(MAKER + "draft: true\n"), product()).source
    assert made.products == {}
    assert set(made.hidden) == {("enterprise", "group"), ("product", "squid")}
    assert made.products_in == {}


def test_drafts_are_on_the_site_when_they_are_asked_for_and_the_early_are_not():
    files = [maker(MAKER + "draft: true\n"), product(SQUID + "publish_date: 2026-12-01\n")]
    made = library(*files, drafts=True).source
    assert list(made.enterprises) == ["group"]
    assert made.products == {}


def test_lists_follow_order_then_the_dictionary_of_the_language():
    names = {
        "a": ("เรือ", ""),
        "b": ("ขนม", ""),
        "c": ("ฮวก", "order: 2\n"),
        "d": ("กล้วย", "order: 9\n"),
    }
    files = [
        product(SQUID.replace("ปลาหมึก", name) + order, slug)
        for slug, (name, order) in names.items()
    ]
    english = {"a": "apple", "b": "Zebra", "c": "x", "d": "y"}
    files += [product(f"name: {name}\nsummary: x\n", slug, "en") for slug, name in english.items()]
    made = library(maker(), *files)
    assert list(made.editions["th"].products) == ["c", "d", "b", "a"]
    assert list(made.editions["en"].products) == ["c", "d", "a", "b"]
    assert [one.slug for one in made.source.products_of["group"]] == ["c", "d", "b", "a"]


def test_the_latest_news_comes_first():
    news = [
        ("article", slug, "th", f"title: ข่าว\nsummary: x\ndate: {date}\n")
        for slug, date in [("old", "2565-06-14"), ("new", "2026-11-01"), ("older", "2021-01-01")]
    ]
    assert list(library(*news).source.articles) == ["new", "old", "older"]


def test_terms_keep_the_order_of_their_file():
    fields = "categories: {z: {name: ก}, a: {name: ฮ}, m: {name: ข}}\n"
    made = library(("taxonomy", "taxonomy", "th", fields))
    assert list(made.source.categories) == ["z", "a", "m"]


@given(st.lists(st.integers(1, 10_000), max_size=6))
def test_the_price_of_a_product_spans_those_of_its_sizes(prices):
    sizes = "".join(f"  - {{key: k{n}, price: {price}}}\n" for n, price in enumerate(prices))
    made = library(maker(), product(SQUID + "variants:\n" + sizes + "  - {key: unknown}\n"))
    price = price_of(made.source.products["squid"])
    if prices:
        assert (price.low, price.high) == (min(prices), max(prices))
    else:
        assert price is None


def test_any_language_may_be_the_source():
    made = library(
        ("site", "site", "en", "name: Market\ntagline: Good things\n"),
        (
            "taxonomy",
            "taxonomy",
            "en",
            "categories: {food: {name: Food}}\nplaces: {v: {name: V}}\n",
        ),
        maker("name: Group\nsummary: A group\nplace: v\n", language="en"),
        product(SQUID.replace("ปลาหมึก", "Squid"), language="en"),
        languages=("en", "th"),
    )
    assert made.editions["th"].products["squid"].name == Words("Squid", "en")
    assert made.editions["th"].categories["food"].name == Words("ของกิน")
    assert made.source.language == "en"
