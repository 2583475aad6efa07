"""Text cut to a length: where a word ends, and never between a letter and its marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.language.shortening import shortened

SQUID = "ปลาหมึกกล้วยตัวกลาง ผ่าซีกแล้วตากแดดบนแผงไม้ไผ่สองวัน ปิ้งแล้วหอม"
UNSPACED = "กลุ่มแม่บ้านเกษตรอินทรีย์ตำบลริมคลองและกลุ่มประมงเรือเล็กหน้าหาด"
MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
WRITTEN = st.text(st.sampled_from("กขคงนมรลเแโใไะาำๆฯ ab." + MARKS), max_size=120)


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("สั้นอยู่แล้ว", 20, "สั้นอยู่แล้ว"),
        ("a  line\nof words", 20, "a line of words"),
        (SQUID, 60, "ปลาหมึกกล้วยตัวกลาง ผ่าซีกแล้วตากแดดบนแผงไม้ไผ่สองวัน…"),
        (UNSPACED, 60, "กลุ่มแม่บ้านเกษตรอินทรีย์ตำบลริมคลอง…"),
        ("เกาะ " + UNSPACED, 60, "เกาะ กลุ่มแม่บ้านเกษตรอินทรีย์ตำบลริมคลอง…"),
        ("ลวดลายของเรือกอและสีสดที่จอดเรียงรายริมหาด ยาว ๆ", 30, "ลวดลายของเรือกอและสีสดที่จอด…"),
        ("กลุ่มทอผ้าฝ้ายย้อมครามใต้ถุนเรือน", 31, "กลุ่มทอผ้าฝ้ายย้อมครามใต้ถุน…"),
        ("Dried squid, bamboo racks, two days", 14, "Dried squid…"),
        ("Rindfleischetikettierungsgesetz", 12, "Rindfleisch…"),
    ],
)
def test_a_cut_stands_where_a_word_ends(text, longest, shown):
    assert shortened(text, longest) == shown


def test_a_compound_is_cut_as_little_as_it_is_broken_across_lines():
    assert shortened("ก" * 30 + "เรือเล็กหลายลำ", 37) == "ก" * 30 + "…"


@given(WRITTEN | st.text(max_size=120), st.integers(2, 90))
def test_what_is_left_is_short_enough_and_how_the_text_begins(text, longest):
    line, cut = " ".join(text.split()), shortened(text, longest)
    assert len(cut) <= longest
    assert cut == line or (cut.endswith("…") and line.startswith(cut[:-1]))
    assert cut == line or len(line) > longest


@given(WRITTEN, st.integers(2, 60))
def test_no_mark_loses_its_letter_and_no_vowel_its_consonant(text, longest):
    line, cut = " ".join(text.split()), shortened(text, longest).removesuffix("…")
    rest = line[len(cut) :]
    if cut and rest and any(_is_whole(line, place) for place in range(1, longest)):
        assert _is_whole(line, len(cut)), (cut, rest)


def _is_whole(line, place):
    after, before = line[place : place + 1], line[place - 1]
    return bool(after) and not (
        unicodedata.category(after)[0] == "M" or after in "ะาำๆฯ" or before in "เแโใไ"
    )
