"""Kinds of field: what people type is what is meant, and nothing else gets through."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.problems import Fault
from microsite.records import addresses, kinds, numbers
from microsite.records.declarations import fields_of
from microsite.records.schema import TYPES, Contact, Position

FACEBOOK = fields_of(Contact)["facebook"].kind
SHOPEE = fields_of(Contact)["shopee"].kind
LATITUDE = fields_of(Position)["lat"].kind


def every_kind():
    """Each kind that a field of any record or group has."""
    found, waiting = {}, list(TYPES.values())
    while waiting:
        for field in fields_of(waiting.pop()).values():
            if isinstance(field.kind, kinds.Kind):
                found[id(field.kind)] = field.kind
            else:
                waiting.append(field.kind)
    return list(found.values())


def rule(read, typed):
    with pytest.raises(Fault) as caught:
        read(typed)
    return caught.value.rule


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", dt.date(2026, 11, 20)),
        ("2569-11-20", dt.date(2026, 11, 20)),
        ("๒๕๖๙-๑๑-๒๐", dt.date(2026, 11, 20)),
        ("2026-1-2", dt.date(2026, 1, 2)),
        ("2567-02-29", dt.date(2024, 2, 29)),
        ("2024-02-29", dt.date(2024, 2, 29)),
    ],
)
def test_a_day_may_be_written_in_either_era(typed, day):
    assert numbers.read_date(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2569-02-29",
            "2026-02-29",
            "2026-13-01",
            "20/11/2569",
            "20-11-2569",
            "2026",
            "",
            "0000-01-01",
        ),
        *("2026-11-20T10:00", "٢٠٢٦-١١-٢٠", "tomorrow"),
    ],
)
def test_a_day_that_is_none_says_so(typed):
    assert rule(numbers.read_date, typed) == "date"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)))
def test_a_day_reads_the_same_in_both_eras(day):
    assert numbers.read_date(day.isoformat()) == day
    assert numbers.read_date(f"{day.year + 543}-{day:%m-%d}") == day


@pytest.mark.parametrize(("typed", "year"), [("2567", 2024), ("๒๕๖๗", 2024), ("1998", 1998)])
def test_a_year_may_be_written_in_either_era(typed, year):
    assert numbers.read_year(typed) == year


@pytest.mark.parametrize(
    "typed",
    [
        *("0812345678", "081-234-5678", "081 234 5678", "038-123-456", "038123456", "02-123-4567"),
        *("+66812345678", "+66 81 234 5678", "๐๘๑-๒๓๔-๕๖๗๘"),
    ],
)
def test_a_phone_number_is_kept_as_it_is_typed_with_arabic_digits(typed):
    assert addresses.read_phone(typed) == typed.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "081-234-5678, 038-123-456",
            "081-234-567a",
            "12345678",
            "08123456789",
            "1669",
            "",
            "+661",
        ),
        *("081--234-5678", "081-234-5678 ต่อ 9", "tel:0812345678", "+1 212 555 0100", "٠٨١٢٣٤٥٦٧٨"),
    ],
)
def test_what_is_not_one_phone_number_says_so(typed):
    assert rule(addresses.read_phone, typed) == "phone"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "@sample",
            "sample.group",
            "sample_1",
            "https://line.me/ti/p/~sample",
            "https://lin.ee/AbC",
        ),
        *("https://page.line.me/sample",),
    ],
)
def test_a_line_id_or_its_address_is_kept(typed):
    assert addresses.read_line_id(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("กลุ่มตัวอย่าง", "@", "a b", "@a@b", "https://evil.example/line.me", "https://notline.me/x"),
        *("https://line.me.evil.example/x", "javascript:alert(1)", "line.me/x"),
    ],
)
def test_what_is_no_line_id_says_so(typed):
    assert rule(addresses.read_line_id, typed) == "line-id"


@pytest.mark.parametrize(
    "typed",
    [
        *("samplegroup", "@sample.group", "https://www.facebook.com/sample"),
        *(
            "https://m.facebook.com/sample?id=1",
            "https://facebook.com/sample",
            "https://m.me/sample",
        ),
    ],
)
def test_a_name_or_address_on_facebook_is_kept(typed):
    assert FACEBOOK.read(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("https://evil.example/facebook.com", "https://facebook.com.evil.example/x"),
        *("https://evilfacebook.com/x", "https://facebook.com@evil.example/x", "//facebook.com/x"),
        *("https://evil.example\\@facebook.com/x", "https://facebook.com:8443/x", "facebook.com/x"),
        *(
            "javascript://facebook.com/%0aalert(1)",
            "https://face book.com/x",
            "กลุ่ม ตัวอย่าง",
            "กลุ่มตัวอย่าง",
            "กลอง",
            "",
        ),
    ],
)
def test_what_leads_elsewhere_than_facebook_says_so(typed):
    assert rule(FACEBOOK.read, typed) == "profile"


@pytest.mark.parametrize("typed", ["sample", "https://shopee.co.th.evil.example/x", "shopee.co.th"])
def test_a_shop_is_an_address_on_the_host_of_shops(typed):
    assert rule(SHOPEE.read, typed) == "shop-address"
    assert SHOPEE.read("https://shopee.co.th/sample") == "https://shopee.co.th/sample"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "www.example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org",
            "https://",
        ),
        *(
            "https://localhost/",
            "https://user:word@example.org/",
            'https://example.org/"onclick="x',
        ),
        *(
            "https://example.org/a b",
            "https://[bad/",
            "https://example.org:99999/",
            "//example.org",
        ),
    ],
)
def test_what_is_no_web_address_says_so(typed):
    assert rule(addresses.read_address, typed) == "address"


@pytest.mark.parametrize("typed", ["https://ตัวอย่าง.ไทย/หน้า", "http://example.org/a?b=c#d"])
def test_a_web_address_is_kept(typed):
    assert addresses.read_address(typed) == typed


@pytest.mark.parametrize("typed", ["ISBN: 978-0", "หนังสือ: ของดี", "คุยกับกลุ่ม", "www.example.org"])
def test_a_source_may_be_plain_words(typed):
    assert kinds.read_source(typed) == typed


def test_a_source_that_looks_like_an_address_must_be_one():
    assert rule(kinds.read_source, "htps://example.org/") == "address"


@pytest.mark.parametrize(
    "typed", ["https://example.org", "https://example.org/", "https://example.org/shop/"]
)
def test_the_address_of_a_site_has_no_slash_at_its_end(typed):
    assert addresses.read_base_url(typed) == typed.rstrip("/")


@pytest.mark.parametrize(
    "typed", ["example.org", "https://", "https://example.org/?a", "https://example.org/#a", "ก"]
)
def test_what_cannot_be_the_address_of_a_site_says_so(typed):
    assert rule(addresses.read_base_url, typed) == "base-url"


@pytest.mark.parametrize("path", ["/..", "/.", "/shop/../up", "/./shop", "/shop/.."])
def test_the_address_of_a_site_has_no_steps_up(path):
    assert rule(addresses.read_base_url, f"https://example.org{path}") == "base-url"


@pytest.mark.parametrize("login", ["me", "me:secret", ":secret", ""])
def test_the_address_of_a_site_holds_no_login_and_the_message_does_not_repeat_it(login):
    with pytest.raises(Fault) as caught:
        addresses.read_base_url(f"https://{login}@example.org/")
    assert (caught.value.rule, caught.value.values) == ("base-url-login", {})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("HTTPS://Example.ORG/Shop", "https://example.org/Shop"),
        ("https://example.org/..shop/.well", "https://example.org/..shop/.well"),
        ("http://LOCALHOST:8000", "http://localhost:8000"),
    ],
)
def test_the_host_of_a_site_is_written_in_small_letters(typed, read):
    assert addresses.read_base_url(typed) == read


@pytest.mark.parametrize(
    "slug", ["dried-squid", "a", "7", "404", "a" * 80, "console", "com10", "pages"]
)
def test_a_file_name_that_works_everywhere_is_taken(slug):
    kinds.check_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        *(
            "Dried",
            "ปลาหมึก",
            "a b",
            "a_b",
            "-a",
            "",
            "a" * 81,
            "a.b",
            "é",
            "page",
            "con",
            "aux",
            "nul",
        ),
        *("prn", "com1", "lpt9", "a\n"),
    ],
)
def test_a_file_name_that_fails_somewhere_is_refused(slug):
    assert rule(kinds.check_slug, slug) == "slug"


@pytest.mark.parametrize("typed", ["squid/rack.jpg", "rack.JPG", "a.b/c.webp", "a/b/c.jpeg"])
def test_a_photo_is_named_by_its_path(typed):
    assert kinds.read_photo(f"assets/photos/{typed}") == kinds.read_photo(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "../rack.jpg",
            "a/../b.jpg",
            "/rack.jpg",
            "rack",
            "ปลา.jpg",
            "a b.jpg",
            "a//b.png",
        ),
        *("https://example.org/rack.jpg", "rack.jpg?x", "a\\b.jpg", ".hidden.jpg", "a..b.jpg"),
    ],
)
def test_what_cannot_be_a_photo_says_so(typed):
    assert rule(kinds.read_photo, typed) == "photo-name"


@pytest.mark.parametrize("typed", ["squid/IMG_0012.HEIC", "logo.svg", "ปลา หมึก.tiff", "a.gif"])
def test_a_photo_in_another_format_is_told_apart_from_a_wrong_name(typed):
    assert rule(kinds.read_photo, typed) == "photo-format"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "/",
            "old",
            "/th/old",
            "https://example.org/old/",
            "//example.org/",
            "/assets/x/",
            "/th/../x/",
        ),
        *("/th/old/?x", "/th/a b/", "/th/old/#x", "", "/th//old/"),
        *("/th/feed.xml/", "/th/products.csv/", "/robots.txt/"),  # files of the site, no folders
    ],
)
def test_what_is_no_old_address_says_so(typed):
    assert rule(addresses.read_alias, typed) == "alias"


@pytest.mark.parametrize("typed", ["/th/products/old-name/", "/shop/", "/th/สินค้าเก่า/", "/a.b/c_d/"])
def test_an_old_address_is_kept(typed):
    assert addresses.read_alias(typed) == typed


@pytest.mark.parametrize(("typed", "meant"), [("true", True), ("Yes", True), ("no", False)])
def test_yes_and_no_may_be_said_in_words(typed, meant):
    assert kinds.read_yes_no(typed) is meant


@pytest.mark.parametrize("typed", ["4.9", "21.1", "12,68", "nan", "inf", "1e1", "", "12.68°"])
def test_a_point_outside_thailand_says_so(typed):
    assert rule(LATITUDE.read, typed) == "number-range"
    assert LATITUDE.read("๑๒.๖๘") == 12.68


@given(st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text()))
def test_every_kind_reads_anything_or_says_why_not(typed):
    for kind in every_kind():
        try:
            kind.read(typed)
        except Fault as fault:
            fault.message.format(**fault.values)
            fault.remedy.format(**fault.values)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_an_address_that_is_taken_breaks_out_of_no_attribute(typed):
    for start in ("", "https://", "https://line.me/", "https://www.facebook.com/"):
        for kind in (kinds.ADDRESS, kinds.LINE_ID, FACEBOOK):
            try:
                read = kind.read(start + typed)
            except Fault:
                continue
            assert not re.search(r"[\s\"<>\\]", read)
            assert read.startswith(("https://", "http://")) or not re.search(r"[/:]", read)
