"""The products of each language as data: `products.json` and `products.csv`.

The columns are those that catalogues of shops take (Google Merchant Center, "Product data
specification"; Meta, "Catalog reference"), and some of our own, which they pass over. What nobody
has stated stays empty. docs/open-data.md explains them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from urllib.parse import urljoin

from microsite.records.price import Price
from microsite.records.schema import Product, Variant
from microsite.site.urls import data_path, file_of, list_path, record_path
from microsite.site.viewer import WIDE, Viewer, price_of

COLUMNS = (
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "price",
    "availability",
    "brand",
    "product_type",
    "item_group_id",
    "sku",
    "unit",
    "price_from",
    "price_to",
    "price_note",
    "stated_availability",
    "kind",
    "place",
    "checked",
)
_MANY = "additional_image_link"  # addresses, which hold no commas
# What both catalogues understand; other words of ours have no equal there.
_AVAILABILITY = {
    "in-stock": "in stock",
    "out-of-stock": "out of stock",
    "discontinued": "out of stock",
}
# A sheet would take such a text for a formula; OWASP, “CSV Injection”.
_FORMULA = re.compile(r"[=+\-@\t\r]")

Row = Mapping[str, str]


def open_data(viewers: Iterable[Viewer]) -> dict[str, bytes]:
    """Path in the output → bytes: two files a language."""
    files: dict[str, bytes] = {}
    for viewer in viewers:
        tag, rows = viewer.edition.language, list(_rows(viewer))
        files[file_of(data_path(tag, "json"))] = _as_json(rows, viewer)
        files[file_of(data_path(tag, "csv"))] = _as_table(rows)
    return files


def _rows(viewer: Viewer) -> Iterator[Row]:
    """A row a product, or one for each size or sort of it, in the order of the list.

    Products that are not translated are left out, as everywhere where the language is what counts;
    so are drafts.
    """
    for product in viewer.edition.products.values():
        if product.is_translated and not product.draft:
            if product.variants:
                yield from (_row(viewer, product, variant) for variant in product.variants)
            else:
                yield _row(viewer, product)


def _row(viewer: Viewer, product: Product, variant: Variant | None = None) -> Row:
    edition, urls = viewer.edition, viewer.urls
    maker = edition.enterprises[product.enterprise]
    # Cut as on the product's page, so that no picture is made for this alone.
    pictures = [urljoin(urls.base_url, viewer.picture(one, WIDE).src) for one in product.photos]
    price = variant.price if variant else price_of(product)
    sort = (variant.name.text if variant.name else variant.key) if variant else ""
    typed = {
        "id": f"{product.slug}:{variant.key}" if variant else product.slug,
        "title": f"{product.name} – {sort}" if sort else product.name.text,
        "description": product.summary.text,
        "link": urls.absolute(record_path(edition.language, "product", product.slug)),
        "image_link": pictures[0] if pictures else "",
        "additional_image_link": ",".join(pictures[1:]),
        "price": _money(price) if price and price.low == price.high else "",
        "availability": _AVAILABILITY.get(product.availability or "", ""),
        "brand": maker.name.text,
        "product_type": edition.categories[product.category].name.text,
        "item_group_id": product.slug if variant else "",
        "sku": (variant.sku if variant else product.sku) or "",
        "unit": product.unit.text if product.unit and not variant else "",
        "price_from": f"{price.low:.2f}" if price else "",
        "price_to": f"{price.high:.2f}" if price else "",
        "price_note": product.price_note.text if product.price_note else "",
        "stated_availability": product.availability or "",
        "kind": product.kind or "goods",
        "place": edition.places[maker.place].name.text,
        "checked": product.checked.isoformat() if product.checked else "",
    }
    return {name: typed[name] for name in COLUMNS}


def _money(price: Price) -> str:
    """As both catalogues write it."""
    return f"{price.low:.2f} THB"


def _as_json(rows: Iterable[Row], viewer: Viewer) -> bytes:
    """`{"name", "language", "link", "products": [{…}]}`; a product has what is known of it."""
    tag = viewer.edition.language
    data = {
        "name": viewer.edition.site.name.text,
        "language": tag,
        "link": viewer.urls.absolute(list_path(tag, "product")),
        "products": [
            {
                name: value.split(",") if name == _MANY else value
                for name, value in row.items()
                if value
            }
            for row in rows
        ],
    }
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _as_table(rows: Iterable[Row]) -> bytes:
    """By RFC 4180, in UTF-8 with a byte order mark, by which Excel knows Thai."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(_safe(value) for value in row.values())
    return file.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; what has to be marked for that is rare."""
    return "'" + text if _FORMULA.match(text) else text
