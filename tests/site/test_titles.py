"""Titles: 5 to 70 characters, and no two pages of one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.site.titles import Naming, title_of, told_apart

SITE = "ตลาดตัวอย่าง อ่าวสมมุติ"
LONG = "วิสาหกิจชุมชนแปรรูปอาหารทะเลพื้นบ้าน กลุ่มแม่บ้านริมอ่าวสมมุติ หมู่ศูนย์"
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=90)
NAMINGS = st.builds(
    Naming,
    name=NAMES,
    short=st.just("") | NAMES,
    site=NAMES,
    form=st.sampled_from(["{title}", "{title} หน้า 2"]),
    apart=st.lists(NAMES, max_size=3).map(tuple),
)


def titles(*namings):
    return told_apart(list(map(title_of, namings)), namings)


@pytest.mark.parametrize(
    ("naming", "title"),
    [
        (Naming("กะปิ", site=SITE), f"กะปิ · {SITE}"),
        (Naming(LONG, "แม่บ้านริมอ่าว", SITE), f"แม่บ้านริมอ่าว · {SITE}"),
        (Naming(LONG[:50], site=SITE), LONG[:50]),
        (Naming(LONG, site=SITE), "วิสาหกิจชุมชนแปรรูปอาหารทะเลพื้นบ้าน กลุ่มแม่บ้านริมอ่าวสมมุติ…"),
        (Naming("ก", site="ข" * 80), "ก · " + "ข" * 65 + "…"),
        (Naming("{0}", site="{x}"), "{0} · {x}"),
    ],
)
def test_a_title_says_as_much_as_there_is_room_for(naming, title):
    assert title_of(naming) == title


def test_the_number_of_a_page_is_not_cut():
    assert title_of(Naming(LONG, site=SITE, form="{title} หน้า 2")).endswith("… หน้า 2")


def test_products_of_one_name_say_their_makers():
    of = [Naming("กะปิ", site="ตลาด", apart=(maker,)) for maker in ("กลุ่มริมหาด", "กลุ่มริมคลอง")]
    assert titles(*of) == ["กะปิ (กลุ่มริมหาด) · ตลาด", "กะปิ (กลุ่มริมคลอง) · ตลาด"]


def test_products_of_one_name_and_maker_say_what_else_differs():
    of = [Naming("กะปิ", apart=("กลุ่มริมหาด", unit)) for unit in ("กระปุก", "ไห")]
    third = Naming("กะปิ", apart=("กลุ่มริมคลอง", "ไห"))
    assert titles(*of, third) == ["กะปิ (กระปุก)", "กะปิ (ไห)", "กะปิ (กลุ่มริมคลอง)"]


def test_a_page_with_nothing_of_its_own_keeps_its_title():
    assert titles(Naming("ข่าวของเรา"), Naming("ข่าวของเรา", apart=("ปีใหม่",))) == [
        "ข่าวของเรา",
        "ข่าวของเรา (ปีใหม่)",
    ]


def test_where_nothing_differs_pages_are_numbered():
    assert titles(*[Naming("กะปิไห")] * 3) == ["กะปิไห", "กะปิไห (2)", "กะปิไห (3)"]


@given(NAMINGS)
@example(Naming("ก", site="ข" * 80))
@example(Naming("ก " + "ข" * 80, site="ค"))
def test_every_title_has_5_to_70_characters(naming):
    assert 5 <= len(title_of(naming)) <= 70
    assert all(5 <= len(title_of(naming, apart)) <= 70 for apart in naming.apart)


@given(st.lists(NAMINGS, max_size=6))
def test_no_two_titles_are_the_same(namings):
    told = titles(*namings, *namings)
    assert len(told) == len(set(told))
    assert all(5 <= len(title) <= 70 for title in told)
