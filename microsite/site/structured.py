"""What search engines read of a product: JSON-LD by schema.org."""

from __future__ import annotations

import json

from markupsafe import Markup

from microsite.records.price import Price
from microsite.records.schema import Enterprise, Product, Words

_SERVICES = {"service", "visit"}
_AVAILABILITY = {
    "in-stock": "InStock",
    "made-to-order": "MadeToOrder",
    "out-of-stock": "OutOfStock",
    "discontinued": "Discontinued",
}
# What could end the script element or begin another.
_UNSAFE = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def product_data(
    product: Product, price: Price | None, maker: Enterprise, url: str, picture: str
) -> Markup:
    """The product with its offer; nothing where no price is known.

    `url` and `picture` ("" without a photo) are absolute. Source: Google Search Central, "Product
    snippet structured data": a product without an offer is not valid.
    """
    if price is None:
        return Markup()
    is_service = product.kind in _SERVICES
    by = {"@type": "Organization", "name": str(maker.name)}
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Service" if is_service else "Product",
        "name": str(product.name),
        "description": str(product.summary),
        "url": url,
        "provider" if is_service else "brand": by,
        "offers": _offer(price, product.availability, product.unit, url),
    }
    if picture:
        data["image"] = picture
    if product.sku and not is_service:
        data["sku"] = product.sku
    return _script(data)


def _offer(
    price: Price, availability: str | None, unit: Words | None, url: str
) -> dict[str, object]:
    offer: dict[str, object] = {"priceCurrency": "THB", "url": url}
    if price.low == price.high:
        offer |= {"@type": "Offer", "price": f"{price.low:.2f}"}
    else:
        ends = {"lowPrice": f"{price.low:.2f}", "highPrice": f"{price.high:.2f}"}
        offer |= {"@type": "AggregateOffer", **ends}
    if availability in _AVAILABILITY:
        offer["availability"] = f"https://schema.org/{_AVAILABILITY[availability]}"
    if unit is not None:
        offer["description"] = str(unit)
    return offer


def _script(data: dict[str, object]) -> Markup:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True)
    for char, escaped in _UNSAFE.items():
        text = text.replace(char, escaped)
    return Markup(text)  # noqa: S704 # nothing in it can end its script element
