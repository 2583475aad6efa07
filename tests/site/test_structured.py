"""What search engines read of a product, in the sample: prices as they stand in content."""

import json
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from microsite.records.price import Price
from microsite.records.schema import Enterprise, Product, Words
from microsite.site.structured import product_data

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(site, path):
    found = SCRIPT.search((site.dist / path / "index.html").read_text(encoding="utf-8"))
    return json.loads(found[1]) if found else None


def test_a_price_is_told_to_search_engines_in_each_language(sample_dist):
    for tag in ("th", "en"):
        offer = data_of(sample_dist, f"{tag}/products/dried-squid")["offers"]
        assert (offer["@type"], offer["price"], offer["priceCurrency"]) == (
            "Offer",
            "180.00",
            "THB",
        )


def test_a_range_has_two_ends(sample_dist):
    offer = data_of(sample_dist, "th/products/indigo-scarf")["offers"]
    assert offer["@type"] == "AggregateOffer"
    assert (offer["lowPrice"], offer["highPrice"]) == ("590.00", "890.00")


def test_a_visit_is_a_service(sample_dist):
    assert data_of(sample_dist, "th/products/morning-boat")["@type"] == "Service"


def test_without_a_price_nothing_is_said(sample_dist, real_dist):
    assert data_of(sample_dist, "th/products/orchard-walk") is None
    assert data_of(real_dist, "th/products/leather-goods") is None


@given(st.text())
def test_no_name_ends_the_script(name):
    product = Product(
        slug="x",
        is_translated=True,
        is_outdated=False,
        name=Words(name),
        summary=Words("</script><script>"),
    )
    maker = Enterprise(
        slug="y", is_translated=True, is_outdated=False, name=Words(name), summary=Words("")
    )
    price = Price(Decimal(1), Decimal(1))
    told = product_data(product, price, maker, "https://x.example/", "")
    assert "<" not in told
    assert json.loads(told)["name"] == name
