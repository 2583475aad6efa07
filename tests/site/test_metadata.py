"""What machines read in the head of a page: descriptions, addresses, languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.site.later import Later
from microsite.site.metadata import described, head
from microsite.site.urls import Urls

URLS = Urls("https://x.example/shop")
TAGS = ("th", "en", "de")


def of(tag, **translated):
    done = {one: translated.get(one, True) for one in TAGS}
    path = f"/{tag}/products/squid/"
    return head(path, tag, TAGS, URLS, title="ปลาหมึก", told=Later(str), translated=done)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (["ปลาหมึกกล้วยตัวกลาง ผ่าซีกแล้วตากแดด", "กลุ่มริมหาด"], "ปลาหมึกกล้วยตัวกลาง ผ่าซีกแล้วตากแดด"),
        (["อร่อย", "กะปิ", "กลุ่มริมหาด", "อ่าวไทย"], "อร่อย · กะปิ · กลุ่มริมหาด"),
        (["Fine", "", "Fine squid", "fish", "from the sea"], "Fine · Fine squid · fish"),
        (["Squid", "squid", "Squid", "sold by the sea"], "Squid · squid · sold by the sea"),
        (["Short"], "Short"),
    ],
)
def test_a_short_description_is_completed_from_what_is_known(parts, told):
    assert described(parts) == told


@given(st.lists(st.text(max_size=250), max_size=5))
@example(["ดี " + "ก" * 250])
@example(["ดี " + "เก" * 125])
def test_a_description_is_never_too_long_and_too_short_only_for_want_of_words(parts):
    told = described([*parts, "ของดีจากกลุ่มริมหาดทั้งปี"])
    assert 20 <= len(told) <= 200


def test_translated_pages_name_each_other_and_the_source_language_for_all_others():
    addresses = {tag: f"https://x.example/shop/{tag}/products/squid/" for tag in TAGS}
    for tag in TAGS:
        page = of(tag)
        assert {one.language: one.absolute for one in page.alternates} == addresses
        assert (page.canonical, page.default) == (addresses[tag], addresses["th"])


def test_an_untranslated_page_stands_alone_and_nobody_names_it():
    english = of("en", en=False)
    assert (english.alternates, english.default) == ((), "")
    assert english.canonical == "https://x.example/shop/en/products/squid/"
    for tag in ("th", "de"):
        assert [one.language for one in of(tag, en=False).alternates] == ["th", "de"]


def test_a_page_without_any_translation_names_no_languages():
    page = of("th", en=False, de=False)
    assert (page.alternates, page.default) == ((), "")


def test_other_languages_are_told_to_social_networks_in_their_way():
    assert [one.locale for one in of("th").alternates] == ["th_TH", "en_US", "de_DE"]
