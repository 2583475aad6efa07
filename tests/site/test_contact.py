"""The ways to a maker: in one order, each by an address that opens the right app."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records.schema import Contact, Position
from microsite.site.contact import channels, line_code, map_address

ORDER = [
    *("line", "phone", "facebook", "whatsapp", "instagram", "tiktok"),
    *("email", "website", "shopee", "lazada"),
]
ALL = Contact(
    lazada="https://www.lazada.co.th/shop/a",
    shopee="https://shopee.co.th/a",
    website="https://a.example",
    email="a@a.example",
    tiktok="a",
    instagram="a",
    whatsapp="02-000-0000",
    facebook="a",
    phone="02-000-0000",
    line="@sample",
)


def test_all_ways_stand_in_one_order():
    assert [one.kind for one in channels(ALL)] == ORDER


@given(st.sets(st.sampled_from(ORDER)))
def test_those_that_are_stated_keep_it(kinds):
    some = Contact(**{kind: getattr(ALL, kind) for kind in kinds})
    assert [one.kind for one in channels(some)] == [kind for kind in ORDER if kind in kinds]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_official_account_opens_with_the_whole_message(message):
    (line,) = channels(Contact(line="@sample"), message)
    start = "https://line.me/R/oaMessage/%40sample/?"
    assert line.url.startswith(start)
    assert unquote(line.url.removeprefix(start)) == message
    assert urlsplit(line.url).fragment == ""


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("sample.person", "https://line.me/ti/p/~sample.person"),
        ("https://lin.ee/abc", "https://lin.ee/abc"),
        ("https://line.me/R/ti/p/%40sample", "https://line.me/R/ti/p/%40sample"),
    ],
)
def test_where_line_takes_no_message_the_address_is_the_plain_one(typed, url):
    assert [one.url for one in channels(Contact(line=typed), "hello")] == [url]


def test_without_a_message_an_official_account_is_added_as_a_friend():
    assert channels(Contact(line="@sample"))[0].url == "https://line.me/R/ti/p/%40sample"


@pytest.mark.parametrize("contact", [None, Contact(), Contact(phone="02-000-0000")])
def test_without_line_there_is_no_code(contact):
    assert line_code(contact) is None


def test_a_point_opens_on_the_map():
    address = map_address(Position(lat=12.71, lon=101.15))
    assert address == "https://www.google.com/maps/search/?api=1&query=12.71,101.15"
    assert map_address(None) == ""
