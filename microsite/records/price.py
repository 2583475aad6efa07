"""Prices: what people type into `price`, as the one value that pages, feeds and sheets share."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from microsite.language.thai import arabic_digits
from microsite.problems import N_, Fault

LIMIT = Decimal(10_000_000)  # baht; above it a slip of the finger is likelier than a product
_AMOUNT = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?", re.ASCII)
_DASH = re.compile(r"\s*[-–]\s*")


class Price(Struct, frozen=True):
    """One amount (`low == high`) or a range, in baht with at most two decimals."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        """As a person types it, `180` or `120-250`; `read_price` reads it back."""
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"


def read_price(typed: object) -> Price:
    """Read `180`, `"๑,๒๕๐"`, `"120-250"` or `{"from": 120, "to": 250}`.

    Raises:
        Fault: not a number, outside 0 to LIMIT, or a range that runs backwards.
    """
    if isinstance(typed, dict) and typed.keys() == {"from", "to"}:
        ends = [typed["from"], typed["to"]]
    elif isinstance(typed, dict | list):
        message = N_("A price is one number, or a range from one number to another.")
        mend = N_("Write digits only, such as 180, or 120-250 where the price varies.")
        raise Fault("price-not-a-number", message, mend)
    else:
        ends = _DASH.split(str(typed).strip(), maxsplit=1)
        # A dash in front is a slip to be shown whole, not a range without a beginning.
        ends = ends if all(ends) else [str(typed)]
    low, high = _amount(ends[0]), _amount(ends[-1])
    if low > high:
        mend = N_("Write the lower price first: {high}-{low}.")
        raise Fault("price-backwards", N_("The range runs backwards."), mend, low=low, high=high)
    return Price(low, high)


def spanning(prices: list[Price]) -> Price | None:
    """The range from the lowest to the highest of several prices, or none of none."""
    if not prices:
        return None
    return Price(min(price.low for price in prices), max(price.high for price in prices))


def _amount(typed: object) -> Decimal:
    text = arabic_digits(str(typed)).strip()
    if not _AMOUNT.fullmatch(text):
        mend = N_("Write digits only, such as 180, or 120-250 where the price varies.")
        raise Fault("price-not-a-number", N_("“{typed}” is not a price."), mend, typed=typed)
    amount = Decimal(text.replace(",", ""))
    if not 0 < amount < LIMIT:
        mend = N_("Leave the field out while the price is not known.")
        raise Fault("price-out-of-range", N_("No product costs {typed} baht."), mend, typed=typed)
    return amount
