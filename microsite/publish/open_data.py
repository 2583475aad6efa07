"""The products of each language as data: `products.json` and `products.csv`.

The columns are those that catalogues of shops take (Google Merchant Center, "Product data
specification"; Meta, "Catalog reference"), and some of our own, which they pass over. What nobody
has stated stays empty. docs/open-data.md explains them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from urllib.parse import urljoin

from msgspec import json

from microsite.publish.spliced import Spliced, splice
from microsite.records.library import Library
from microsite.records.price import Price
from microsite.records.schema import Product, Variant
from microsite.site.urls import list_path, record_path
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
BOM = "\ufeff"
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


FORMATS = ("json", "csv")
BETWEEN = {"json": b",\n", "csv": b""}  # what stands between two products in each format


def slugs_in_data(library: Library, viewer: Viewer) -> list[str]:
    """The products that the data of a language tell, in the order of the list.

    Those that are not translated are left out, as everywhere where the language is what counts; so
    are drafts.
    """
    contents = library.contents
    translated = frozenset(contents.lists[viewer.edition.language].translated)
    return [
        slug
        for slug in viewer.edition.products
        if slug in translated and ("product", slug) not in contents.drafts
    ]


def product_in_data(viewer: Viewer, slug: str) -> dict[str, bytes]:
    """By format, what tells of a product: a row, or one for each size or sort of it."""
    product = viewer.edition.products[slug]
    rows = [_row(viewer, product, variant) for variant in product.variants or (None,)]
    return {"json": _as_json(rows), "csv": _as_table(rows)}


def data_file(viewer: Viewer, format: str, parts: Sequence[bytes]) -> Spliced:
    """The data of a language in one format; `parts` are its products in that format.

    JSON: `{"name", "language", "link", "products": [{…}]}`; a product has what is known of it.
    CSV: by RFC 4180, in UTF-8 with a byte order mark, by which Excel knows Thai.
    """
    if format == "csv":
        return splice(_as_table([dict(zip(COLUMNS, COLUMNS, strict=True))], BOM), parts, b"", b"")
    tag = viewer.edition.language
    data = {
        "name": viewer.edition.site.name.text,
        "language": tag,
        "link": viewer.urls.absolute(list_path(tag, "product")),
        "products": ["-"] if parts else [],
    }
    head, _, tail = _indented(data).partition(b'  "-"')
    return splice(head, parts, BETWEEN["json"], tail + b"\n")


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
        "unit": product.unit.text if product.unit else "",
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


def _as_json(rows: Iterable[Row]) -> bytes:
    """The rows as they stand in the list of the file."""
    told = [
        {name: value.split(",") if name == _MANY else value for name, value in row.items() if value}
        for row in rows
    ]
    return b",\n".join(b"  " + _indented(row).replace(b"\n", b"\n  ") for row in told)


def _indented(value: object) -> bytes:
    return json.format(json.encode(value), indent=1)


def _as_table(rows: Iterable[Row], start: str = "") -> bytes:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow(_safe(value) for value in row.values())
    return (start + file.getvalue()).encode()


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; what has to be marked for that is rare."""
    return "'" + text if _FORMULA.match(text) else text
