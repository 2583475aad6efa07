"""The products as data: complete, the same in both files, and harmless in a spreadsheet."""

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from microsite.publish.open_data import (
    COLUMNS,
    FORMATS,
    data_file,
    product_in_data,
    slugs_in_data,
)
from microsite.records.price import Price
from microsite.records.schema import Words


def table(data):
    """The rows of a CSV file, as a spreadsheet or a shop's catalogue reads them."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    rows = list(reader)
    assert tuple(reader.fieldnames) == COLUMNS
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def data_of(site, tag):
    folder = site.dist / tag
    rows = table((folder / "products.csv").read_bytes())
    return rows, json.loads((folder / "products.json").read_bytes())


@pytest.fixture(params=["th", "en"])
def tag(request):
    return request.param


def test_both_files_say_the_same(site, tag):
    rows, told = data_of(site, tag)
    assert told["language"] == tag
    assert told["link"] == f"{site.base_url}/{tag}/products/"
    many = "additional_image_link"
    as_table = [
        {name: ",".join(value) if name == many else value for name, value in one.items()}
        for one in told["products"]
    ]
    assert as_table == [{name: text for name, text in row.items() if text} for row in rows]


def test_every_translated_product_is_there_and_leads_to_its_page(site, tag):
    rows, _ = data_of(site, tag)
    assert len({row["id"] for row in rows}) == len(rows) > 10
    wanted = set()
    for name, page in site.pages.items():
        is_product = name.startswith(f"{tag}/products/") and name.count("/") == 3
        is_named = any(one.get("hreflang") == tag for one in page.iter("link"))
        leads_on = page.find(".//meta[@http-equiv='refresh']") is not None
        if is_product and (is_named or tag == "th") and not leads_on:
            wanted.add(f"{site.base_url}/{name.removesuffix('index.html')}")
    assert {row["link"] for row in rows} == wanted


def test_every_picture_that_is_named_is_a_jpeg_of_the_site(site, tag):
    rows, _ = data_of(site, tag)
    named = {row["image_link"] for row in rows}
    named |= {one for row in rows for one in row["additional_image_link"].split(",")}
    for address in named - {""}:
        file = site.dist / address.removeprefix(f"{site.base_url}/")
        assert file.read_bytes().startswith(b"\xff\xd8\xff"), address


def test_what_nobody_has_stated_is_empty(real_dist, tag):
    rows, _ = data_of(real_dist, tag)
    for row in rows:
        for name in ("price", "price_from", "price_to", "availability", "checked", "sku"):
            assert row[name] == "", (row["id"], name)
        assert row["title"] and row["description"] and row["brand"] and row["product_type"]


@pytest.mark.parametrize(
    ("id", "said"),
    [
        (
            "dried-squid",
            {"price": "180.00 THB", "availability": "in stock", "unit": "200 g bag"},
        ),
        ("shrimp-paste:large", {"price": "180.00 THB", "item_group_id": "shrimp-paste"}),
        ("mango", {"price": "", "price_from": "60.00", "price_to": "90.00", "availability": ""}),
        ("pineapple-jam", {"availability": "out of stock", "stated_availability": "discontinued"}),
        ("morning-boat", {"kind": "visit", "availability": "", "price": "1250.00 THB"}),
        ("orchard-walk", {"price": "", "price_from": "", "image_link": ""}),
    ],
)
def test_a_row_says_what_is_known(sample_dist, id, said):
    rows, _ = data_of(sample_dist, "en")
    [row] = [row for row in rows if row["id"] == id]
    assert {name: row[name] for name in said} == said


def test_the_list_of_products_leads_to_both_files(site, tag):
    links = {one.get("href") for one in site.pages[f"{tag}/products/index.html"].iter("a")}
    assert {site.link(f"{tag}/products.csv"), site.link(f"{tag}/products.json")} <= links


def test_excel_shows_thai_and_programs_find_no_mark_in_json(sample_dist):
    assert (sample_dist.dist / "th/products.csv").read_bytes().startswith(b"\xef\xbb\xbfid,title,")
    assert (sample_dist.dist / "th/products.json").read_bytes().startswith(b"{")


def test_drafts_are_not_data(copy_of, plan_folder, tmp_path):
    _, planned = plan_folder(copy_of("sample-market", tmp_path), drafts=True)
    assert "fish-floss" in planned.viewers["th"].edition.products
    for data in open_data(planned, planned.viewers.values()).values():
        assert b"fish-floss" not in data


def test_a_list_without_a_product_to_tell_leads_to_data_without_one(build, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    products = [*(site / "content" / "th" / "products").glob("*.md")]
    assert products
    for path in products:
        path.write_text(path.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    pages = build(site, "--drafts")
    links = {one.get("href") for one in pages["th/products/index.html"].iter("a")}
    assert {"/th/products.csv", "/th/products.json"} <= links
    assert table((site / "dist/th/products.csv").read_bytes()) == []
    assert json.loads((site / "dist/th/products.json").read_bytes())["products"] == []


def open_data(planned, viewers):
    """Path in the output → bytes."""
    files = {}
    for viewer in viewers:
        slugs = slugs_in_data(planned.source.library, viewer)
        parts = [product_in_data(viewer, slug) for slug in slugs]
        for format in FORMATS:
            whole = data_file(viewer, format, [part[format] for part in parts])
            files[f"{viewer.edition.language}/products.{format}"] = whole.data
    return files


def with_product(planned, **changes):
    """The viewer of English with one product only, which is changed so."""
    viewer = planned.viewers["en"]
    product = replace(viewer.edition.products["dried-squid"], **changes)
    return replace(viewer, edition=replace(viewer.edition, products={"dried-squid": product}))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_becomes_a_formula_and_every_text_comes_back(planned, text):
    files = open_data(planned, [with_product(planned, name=Words(text), summary=Words(text))])
    [row] = table(files["en/products.csv"])
    assert row["title"] == row["description"] != ""
    assert row["title"][0] not in "=+-@\t\r"
    assert row["title"].removeprefix("'") == text.removeprefix("'")
    [told] = json.loads(files["en/products.json"])["products"]
    assert told["title"] == text


@given(st.tuples(*[st.decimals("0.01", 9_999_999, places=2)] * 2).map(sorted))
def test_a_price_is_written_as_catalogues_write_it(planned, ends):
    files = open_data(planned, [with_product(planned, price=Price(*ends))])
    [row] = table(files["en/products.csv"])
    assert [Decimal(row["price_from"]), Decimal(row["price_to"])] == ends
    amount, _, currency = row["price"].partition(" ")
    if ends[0] == ends[1]:
        assert (Decimal(amount), currency) == (ends[0], "THB")
    else:
        assert row["price"] == ""
