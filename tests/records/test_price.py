"""Prices: what people type becomes one amount or a range, and reads back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.problems import Fault
from microsite.records.price import LIMIT, Price, read_price, spanning

AMOUNTS = st.decimals("0.01", LIMIT - 1, places=2)
RANGES = st.tuples(AMOUNTS, AMOUNTS).map(sorted)


def price(low, high=None):
    return Price(Decimal(low), Decimal(high or low))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("180", price("180")),
        (180, price("180")),
        (" 95.50 ", price("95.50")),
        ("๑,๒๕๐", price("1250")),
        ("1,250,000", price("1250000")),
        ("120-250", price("120", "250")),
        ("120 – 250", price("120", "250")),
        ("๑๒๐-๒๕๐", price("120", "250")),
        ({"from": 120, "to": "250"}, price("120", "250")),
        ("180-180", price("180")),
    ],
)
def test_what_people_type_is_a_price(typed, meant):
    assert read_price(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("ถามร้าน", "1 80", "1,25", True, [180], {"from": 1}, {"from": 1, "to": []}, None, "٣٠"),
        *("-180", "180-", "-", "", "1-2-3", "180 บาท", "1e3", "NaN", "180.555", "๑,๒", "１８０"),
    ],
)
def test_what_is_no_price_says_so(typed):
    with pytest.raises(Fault) as caught:
        read_price(typed)
    assert caught.value.rule == "price-not-a-number"


@pytest.mark.parametrize("typed", ["0", "0-20", "10000000", "9" * 5000])
def test_what_no_product_costs_says_so(typed):
    with pytest.raises(Fault) as caught:
        read_price(typed)
    assert caught.value.rule == "price-out-of-range"


def test_a_range_that_runs_backwards_says_how_it_runs_forwards():
    with pytest.raises(Fault) as caught:
        read_price("250-120")
    fault = caught.value
    assert fault.rule == "price-backwards"
    assert fault.remedy.format(**fault.values) == "Write the lower price first: 120-250."


@pytest.mark.parametrize("typed", ["ถามร้าน", "-180", "180-ขึ้นไป"])
def test_a_slip_is_shown_as_it_was_typed(typed):
    with pytest.raises(Fault) as caught:
        read_price(typed)
    assert typed.endswith(str(caught.value.values["typed"]))
    assert caught.value.values["typed"] != ""


@given(RANGES)
def test_a_price_survives_the_spreadsheet(ends):
    typed = Price(*ends)
    assert read_price(str(typed)) == typed


@given(st.text())
def test_any_text_is_a_price_or_says_why_not(typed):
    try:
        read = read_price(typed)
    except Fault as fault:
        assert fault.rule.startswith("price-")
    else:
        assert 0 < read.low <= read.high < LIMIT


@given(st.lists(RANGES, min_size=1))
def test_several_prices_span_from_the_lowest_to_the_highest(ranges):
    spanned = spanning([Price(*ends) for ends in ranges])
    assert spanned.low == min(low for low, _ in ranges)
    assert spanned.high == max(high for _, high in ranges)


def test_no_price_spans_nothing():
    assert spanning([]) is None
