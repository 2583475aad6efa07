"""What search engines read of a product or service with a price: what it is, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.records.price import Price
from microsite.records.schema import Product
from microsite.site.structured import Node, stated
from microsite.site.views import VariantView

_SERVICES = {"service", "visit"}
# Kinds of availability that schema.org knows; it has no word for seasons or appointments.
_AVAILABILITY = {
    "in-stock": "InStock",
    "made-to-order": "MadeToOrder",
    "out-of-stock": "OutOfStock",
}


def product_data(
    product: Product,
    price: Price | None,
    *,
    url: str,
    category: str,
    maker: Node,
    pictures: Sequence[str],
    variants: Sequence[VariantView],
    awards: Sequence[str],
    numbers: Sequence[tuple[str, str]],
) -> list[Node]:
    """The product with its offer; nothing where the page shows no price.

    `url` and `pictures` are absolute; `numbers` are what is on its label: name and number. The
    page of a discontinued product shows no price. Stars of a competition are an award, no rating.
    Source: Google Search Central, "Product snippet structured data": a product without an offer,
    review or rating is not valid; "Merchant listing": a picture shows the product, so what is
    drawn for sharing is none; "General guidelines": nothing that the page does not show.
    """
    if price is None or product.availability == "discontinued":
        return []
    is_service = product.kind in _SERVICES
    label = [{"@type": "PropertyValue", "name": name, "value": number} for name, number in numbers]
    said = stated(image=list(pictures), award=list(awards))
    if not is_service:
        said |= stated(sku=product.sku, additionalProperty=label)
    return [
        {
            "@type": "Service" if is_service else "Product",
            "@id": f"{url}#product",
            "name": product.name.text,
            "description": product.summary.text,
            "url": url,
            "category": category,
            "provider" if is_service else "brand": maker,
            "offers": _offers(product, price, variants, url),
            **said,
        }
    ]


def _offers(product: Product, price: Price, variants: Sequence[VariantView], url: str) -> Node:
    """One offer; where sizes or sorts have prices of their own, those, inside one range."""
    singles = [
        {
            **_priced(one.price),
            **_terms(product, url),
            "name": one.name.text,
            **stated(sku=one.sku),
        }
        for one in variants
        if one.price
    ]
    if len(singles) == 1:
        return singles[0]
    offer = {**_priced(price), **_terms(product, url)}
    if singles and offer["@type"] == "AggregateOffer":
        offer |= {"offerCount": len(singles), "offers": singles}
    return offer


def _terms(product: Product, url: str) -> Node:
    availability = _AVAILABILITY.get(product.availability or "")
    return {
        "url": url,
        **stated(
            availability=availability and f"https://schema.org/{availability}",
            description=product.unit.text if product.unit else "",
        ),
    }


def _priced(price: Price) -> dict[str, object]:
    """In digits with a point and two decimals, as Google reads it."""
    if price.low == price.high:
        return {"@type": "Offer", "priceCurrency": "THB", "price": f"{price.low:.2f}"}
    ends = {"lowPrice": f"{price.low:.2f}", "highPrice": f"{price.high:.2f}"}
    return {"@type": "AggregateOffer", "priceCurrency": "THB", **ends}
