"""How dates, money, months, lists and names read, and how names sort and compare."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.language import cldr
from microsite.language.writing import (
    format_date,
    format_date_range,
    format_money,
    format_months,
    format_number,
    format_year,
    is_language_tag,
    join_list,
    language_name,
    loose_key,
    og_locale,
    search_key,
    sort_key,
    text_direction,
)

CASES = Path(__file__).parents[1] / "cases"
NBSP = "\u00a0"
TAGS = ["th", "en", "zh", "my", "lo", "km", "ja", "de", "ar", "pt-BR", "zh-Hant", "th-TH", "en-US"]
THAI_MONTHS = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]  # fmt: skip
ENGLISH_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


IN_THAI_ORDER = [row[0] for row in cases("thai-order.tsv")]
SEARCH_KEYS = [[json.loads(f'"{cell}"') for cell in row] for row in cases("search-keys.tsv")]


@given(st.dates())
def test_a_thai_date_is_the_real_day_in_a_year_543_later(day):
    assert format_date(day, "th") == f"{day.day} {THAI_MONTHS[day.month - 1]} {day.year + 543}"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_an_english_date_is_day_month_year(day):
    assert format_date(day, "en") == f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize(
    "tag, written",
    [
        ("th", "29 กุมภาพันธ์ 2567"),
        ("th-TH", "29 กุมภาพันธ์ 2567"),
        ("en", "29 February 2024"),
        ("en-US", "February 29, 2024"),
        ("zh", "2024年2月29日"),
        ("de", "29. Februar 2024"),
        ("lo", "29 ກຸມພາ 2024"),
    ],
)
def test_a_leap_day_exists_in_every_language(tag, written):
    assert format_date(date(2024, 2, 29), tag) == written


@pytest.mark.parametrize(
    "start, end, thai, english",
    [
        ("2022-06-14", "2022-06-16", "14–16 มิถุนายน 2565", "14–16 June 2022"),
        ("2022-06-14", "2022-06-14", "14 มิถุนายน 2565", "14 June 2022"),
        ("2022-06-30", "2022-07-02", "30 มิถุนายน – 2 กรกฎาคม 2565", "30 June – 2 July 2022"),
        ("2022-12-30", "2023-01-02", "30 ธันวาคม 2565 – 2 มกราคม 2566",
         "30 December 2022 – 2 January 2023"),
        ("2024-02-29", "2024-03-01", "29 กุมภาพันธ์ – 1 มีนาคม 2567", "29 February – 1 March 2024"),
    ],
)  # fmt: skip
def test_a_range_of_days_repeats_only_what_differs(start, end, thai, english):
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert format_date_range(*days, "th") == thai
    assert format_date_range(*days, "en") == english


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 800), st.sampled_from(["th", "en"])
)
def test_a_range_of_days_ends_like_its_last_day(start, length, tag):
    end = start + timedelta(days=length)
    assert format_date_range(start, end, tag).endswith(format_date(end, tag))


@pytest.mark.parametrize("tag", TAGS)
def test_no_date_needs_a_space_that_faces_lack(tag):
    written = format_date_range(date(2022, 12, 30), date(2023, 1, 2), tag)
    assert not set(written) & set("\u2009\u202f")
    assert "2022" in written or "2565" in written


def test_a_year_stands_in_the_era_of_the_language():
    assert (format_year(2022, "th"), format_year(2022, "en")) == ("2565", "2022")


@pytest.mark.parametrize(
    "months, thai, english",
    [
        ([], "", ""),
        ([5], "พ.ค.", "May"),
        ([3, 4], "มี.ค.–เม.ย.", "Mar–Apr"),
        ([3, 5], "มี.ค., พ.ค.", "Mar, May"),
        ([3, 4, 5, 9], "มี.ค.–พ.ค., ก.ย.", "Mar–May, Sept"),
        ([11, 12, 1], "พ.ย.–ม.ค.", "Nov–Jan"),
        ([1, 12, 11, 11], "พ.ย.–ม.ค.", "Nov–Jan"),
        ([12, 1, 6], "มิ.ย., ธ.ค.–ม.ค.", "Jun, Dec–Jan"),
        (range(1, 13), "ม.ค.–ธ.ค.", "Jan–Dec"),
        ([m for m in range(1, 13) if m != 6], "ก.ค.–พ.ค.", "Jul–May"),
    ],
)
def test_months_that_follow_each_other_are_one_run(months, thai, english):
    assert format_months(list(months), "th") == thai
    assert format_months(list(months), "en") == english


@given(st.sets(st.integers(1, 12)))
def test_every_month_of_a_season_is_in_its_runs_and_no_other(months):
    names = [format_months([month], "th") for month in range(1, 13)]
    read = set()
    for run in filter(None, format_months(list(months), "th").split(", ")):
        ends = [names.index(name) for name in run.split("–")]
        length = (ends[-1] - ends[0]) % 12
        read |= {(ends[0] + step) % 12 + 1 for step in range(length + 1)}
    assert read == months


@pytest.mark.parametrize(
    "tag, written",
    [
        ("zh", "2月"),
        ("ar", "فبراير"),
        ("km", "កុម្ភៈ"),
        ("ja", "2月"),
        ("ko", "2월"),
        ("de", "Feb"),
        ("lo", "ກ.ພ."),
        ("my", "ဖေ"),
        ("th", "ก.พ."),
        ("en", "Feb"),
        ("zh-Hant", "2月"),
        ("he", "פבר׳"),
    ],
)
def test_no_language_borrows_the_months_of_the_one_before(tag, written):
    assert format_months([2], tag) == written


@pytest.mark.parametrize(
    "low, high, thai, english",
    [
        ("1250", "1250", "฿1,250", "THB 1,250"),
        ("120", "180", "฿120–180", "THB 120–180"),
        ("89.50", "89.50", "฿89.50", "THB 89.50"),
        ("89.5", "120.00", "฿89.50–120", "THB 89.50–120"),
        ("1000000", "1000000", "฿1,000,000", "THB 1,000,000"),
        ("0.25", "1E+3", "฿0.25–1,000", "THB 0.25–1,000"),
    ],
)
def test_money_reads_as_on_a_price_tag(low, high, thai, english):
    assert format_money(Decimal(low), Decimal(high), "th") == thai
    assert format_money(Decimal(low), Decimal(high), "en") == english.replace(" ", NBSP)


@given(st.decimals("0.01", 9_999_999, places=2), st.sampled_from(["th", "en"]))
def test_no_satang_of_an_amount_is_lost(amount, tag):
    written = format_money(amount, amount, tag)
    assert Decimal(written.removeprefix("฿").removeprefix(f"THB{NBSP}").replace(",", "")) == amount


def test_other_languages_write_money_with_their_own_separators():
    assert format_money(Decimal("1250.5"), Decimal("1250.5"), "de") == f"THB{NBSP}1.250,50"


@pytest.mark.parametrize(
    "n, tag, written",
    [(0, "th", "0"), (1250, "th", "1,250"), (1250, "de", "1.250"), (1250, "fr", f"1{NBSP}250")],
)
def test_a_number_has_the_separators_of_the_language(n, tag, written):
    assert format_number(n, tag) == written


@pytest.mark.parametrize(
    "items, thai, english",
    [
        ([], "", ""),
        (["กะปิ"], "กะปิ", "กะปิ"),
        (["กะปิ", "น้ำปลา"], "กะปิและน้ำปลา", "กะปิ and น้ำปลา"),
        (["กะปิ", "น้ำปลา", "ปลาร้า"], "กะปิ น้ำปลา และปลาร้า", "กะปิ, น้ำปลา and ปลาร้า"),
        (["{0}", "{1}", "{x}"], "{0} {1} และ{x}", "{0}, {1} and {x}"),
    ],
)
def test_a_list_reads_as_a_sentence(items, thai, english):
    assert join_list(items, "th") == thai
    assert join_list(tuple(items), "en") == english


@given(st.permutations(IN_THAI_ORDER))
def test_shuffled_thai_names_come_back_in_dictionary_order(shuffled):
    assert sorted(shuffled, key=lambda name: sort_key(name, "th")) == IN_THAI_ORDER


@pytest.mark.parametrize("one, other", list(pairwise(IN_THAI_ORDER)))
def test_each_thai_name_stands_before_the_next(one, other):
    assert sort_key(one, "th") < sort_key(other, "th")


def test_a_name_typed_with_marks_in_an_odd_order_sorts_like_the_right_one():
    assert sort_key("น\u0e4d\u0e49าตาล", "th")[:2] == sort_key("น้ำตาล", "th")[:2]


@pytest.mark.parametrize(
    "names",
    [
        ["Angst", "Ångström", "Apple", "banana", "Banana", "Zebra"],
        ["cafe", "Cafe", "café", "cafes"],
        ["10 ways", "2 ways", "apple"],
        ["New York", "Newark"],
        ["“squid” 1", "squid (dried)", "Squid, fresh", "Squids"],
        ["Zebra", "กะปิ", "เกลือ", "แก้ว", "ขนม"],
    ],
)
def test_names_in_english_lists_go_word_by_word(names):
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, "en")) == names


@given(st.lists(st.text()), st.sampled_from(["th", "en", "zh"]))
def test_any_names_have_one_order_however_they_come(names, tag):
    def in_order(some):
        return sorted(sort_key(name, tag) for name in some)

    assert in_order(names) == in_order(names[::-1])


@pytest.mark.parametrize("typed, key", SEARCH_KEYS)
def test_what_is_typed_finds_what_is_meant(typed, key):
    assert search_key(typed) == key


@given(st.text() | st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)))
def test_a_search_key_is_its_own_key(text):
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_latin_text_is_keyed_and_sorted_by_itself_as_beside_thai(text):
    key = search_key(text)
    assert search_key(f"ก {text} ก") == (f"ก {key} ก" if key else "ก ก")
    assert loose_key(f"{key}ก") == f"{loose_key(key)}ก"
    words, marks, _ = sort_key(text, "en")
    with_thai = sort_key(f"{text} ก", "en")
    assert (with_thai[0][:-1], with_thai[1][:-1]) == (words, marks)


@given(st.text(), st.text())
def test_what_cannot_be_seen_does_not_hide_a_product(before, after):
    assert search_key(f"{before}\u200b{after}") == search_key(before + after)


@pytest.mark.parametrize(
    "tag, name, direction, locale",
    [
        ("th", "ไทย", "ltr", "th_TH"),
        ("en", "English", "ltr", "en_US"),
        ("zh", "中文", "ltr", "zh_CN"),
        ("zh-Hant", "中文 (繁體)", "ltr", "zh_TW"),
        ("pt-BR", "Português (Brasil)", "ltr", "pt_BR"),
        ("ar", "العربية", "rtl", "ar_EG"),
        ("he", "עברית", "rtl", "he_IL"),
        ("my", "မြန်မာ", "ltr", "my_MM"),
        ("lo", "ລາວ", "ltr", "lo_LA"),
        ("ka", "ქართული", "ltr", "ka_GE"),
        ("sr-Latn", "Srpski (latinica)", "ltr", "sr_RS"),
        ("es-419", "Español (Latinoamérica)", "ltr", "es_ES"),
        ("eo", "Esperanto", "ltr", "eo"),
    ],
)
def test_a_language_is_named_and_placed_as_its_readers_know_it(tag, name, direction, locale):
    assert (language_name(tag), text_direction(tag), og_locale(tag)) == (name, direction, locale)


@pytest.mark.parametrize("tag", TAGS)
def test_tags_of_known_languages_are_tags(tag):
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "text",
    ["", "TH", "th_TH", "pt-br", "th-", "-th", "thai", "xx", "und", "root", "zh-Thai", "th-US",
     "th\n", " th", "ไทย", "en-GB-oxendict", "x-th", "../th", "iw", "iw-IL", "t" * 5000],
)  # fmt: skip
def test_anything_else_is_no_tag(text):
    assert not is_language_tag(text)


OURS = st.sampled_from(["en", "th"])
DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


@pytest.mark.parametrize("tag", ["en", "th"])
def test_what_is_written_out_of_our_languages_is_what_cldr_says(tag):
    assert is_language_tag(tag)
    assert cldr.is_known(tag, tag, None)
    assert language_name(tag) == cldr.own_name(tag)
    assert text_direction(tag) == cldr.direction(tag)
    assert og_locale(tag) == cldr.with_territory(tag)
    for month in range(1, 13):
        assert format_months([month], tag) == cldr.short_months(tag)[month]


@given(OURS, DAYS, DAYS)
def test_our_languages_write_days_as_cldr_does(tag, one, other):
    others = {"th": "th-TH", "en": "en-001"}  # the same, by way of CLDR
    assert format_date(one, tag) == format_date(one, others[tag])
    start, end = sorted([one, other])
    for last in (end, start.replace(day=28), start.replace(month=12, day=31)):
        assert format_date_range(start, last, tag) == format_date_range(start, last, others[tag])


@given(OURS, st.integers(0, 10**12), st.decimals(0, 10**7, places=2))
def test_our_languages_write_numbers_as_cldr_does(tag, number, amount):
    others = {"th": "th-TH", "en": "en-001"}
    assert format_number(number, tag) == cldr.decimal(number, tag)
    whole = amount.quantize(1)
    for low, high in ((amount, amount), (whole, whole), (min(amount, whole), max(amount, whole))):
        assert format_money(low, high, tag) == format_money(low, high, others[tag])


@given(OURS, st.lists(st.text(max_size=5), max_size=5))
def test_our_languages_write_lists_as_cldr_does(tag, items):
    assert join_list(items, tag) == cldr.listed(items, tag)
