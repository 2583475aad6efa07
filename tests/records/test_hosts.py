"""Addresses of shops and social sites: the hosts that people copy them from."""

from __future__ import annotations

import pytest

from microsite.problems import Fault
from microsite.records.declarations import fields_of
from microsite.records.schema import Contact

KNOWN = {
    "line": [
        "https://line.me/R/ti/p/@x",
        "https://page.line.me/abc",
        "https://lin.ee/AbC",
        "@shop",
    ],
    "facebook": [
        "https://www.facebook.com/shop",
        "https://m.facebook.com/shop",
        "https://web.facebook.com/profile.php?id=1",
        "https://fb.com/shop",
        "https://fb.me/shop",
        "https://m.me/shop",
        "sample.shop",
    ],
    "instagram": ["https://instagram.com/shop", "https://www.instagram.com/shop/?hl=th", "@shop"],
    "tiktok": [
        "https://www.tiktok.com/@shop",
        "https://vt.tiktok.com/ZS1/",
        "https://shop.tiktok.com/view/product/1",
    ],
    "shopee": [
        "https://shopee.co.th/shop",
        "https://www.shopee.co.th/shop?utm_source=x",
        "https://s.shopee.co.th/1",
        "https://th.shp.ee/abc",
        "https://shope.ee/abc",
    ],
    "lazada": ["https://www.lazada.co.th/shop/x", "https://s.lazada.co.th/s.1"],
}
OTHERS = {
    "line": ["https://line.me.evil.example/x", "https://example.org/line.me"],
    "facebook": ["https://facebook.com.evil.example/x", "https://notfacebook.com/x"],
    "instagram": ["https://instagram.evil.example/x"],
    "tiktok": ["https://tiktok.com@evil.example/x", "javascript:alert(1)"],
    "shopee": ["https://shopee.com.evil.example/x", "shopee.co.th/shop", "https://lazada.co.th/x"],
    "lazada": ["https://evil.example/?https://lazada.co.th", "https://lazada.co.th:8080/x"],
}


def pairs(table):
    return [(name, typed) for name, all_typed in table.items() for typed in all_typed]


@pytest.mark.parametrize(("name", "typed"), pairs(KNOWN))
def test_an_address_on_a_known_host_stays_as_it_is_typed(name, typed):
    assert fields_of(Contact)[name].kind.read(typed) == typed


@pytest.mark.parametrize(("name", "typed"), pairs(OTHERS))
def test_an_address_elsewhere_is_refused(name, typed):
    with pytest.raises(Fault):
        fields_of(Contact)[name].kind.read(typed)
