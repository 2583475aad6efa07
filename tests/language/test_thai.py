"""Thai: marks, digits, era, and telling Thai from other bytes."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.language.thai import (
    arabic_digits,
    in_buddhist_era,
    is_mended,
    is_thai,
    looks_thai,
    mend,
    split_at_compounds,
)

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B))
# Mostly marks, so that they meet in every order.
MARKS = st.text(
    st.sampled_from(
        "กนเแา\u0e31\u0e33\u0e34\u0e35\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4c\u0e4d\u0e4e"
    )
)
SENTENCE = "กลุ่มแม่บ้านแปรรูปอาหารทะเลมาบตาพุดทำน้ำปลาแท้และกะปิ ๒๐๐ กรัม"
REAL = [
    "เก้าวิสาหกิจชุมชน มาบตาพุดคอมเพล็กซ์",
    "น้ำปลา กะปิ ปลาหมึกแห้ง กุ้งแห้ง",
    "ผึ้งโพรง น้ำผึ้ง ผลิตภัณฑ์จากผึ้ง",
    "ณัฏฐ์ สิทธิ์ พันธุ์ ศุกร์ จันทร์ ลักษมณ์ องค์",
    "ก็ เก็บ เต็ม ฯลฯ ต่าง ๆ ไปรษณีย์ฯ",
    "ญี่ปุ่น ฐาน ปฏิบัติ ฤๅษี ฦๅชา",
    "จําเป็น".replace("ํา", "ำ"),
    "คำ​ที่​ตัด​ไว้",
    "กฺวา พุทฺโธ สํโยค",
    "Thai: ปลา (fish), 200 กรัม\n\n- ข้อหนึ่ง\n- ข้อสอง\t๑๒๓\r\n",
]


@pytest.mark.parametrize("text", REAL)
def test_text_that_looks_right_stays_as_it_is(text):
    assert mend(text) == unicodedata.normalize("NFC", text) == text


@given(THAI | MARKS | st.text())
def test_mending_twice_is_mending_once(text):
    assert mend(mend(text)) == mend(text)


@given(THAI | MARKS | st.text(), st.integers(0, 9), st.integers(0, 9))
def test_of_mended_text_every_part_is_mended(text, start, end):
    if is_mended(text):
        assert mend(text[start:end]) == text[start:end]


@given(THAI | MARKS | st.text())
def test_what_is_found_to_be_right_would_not_be_changed(text):
    long_way = mend(f"{text}\ufeff")  # a mark of byte order is never right
    assert mend(text) == long_way


@given(THAI | MARKS | st.text())
@example("ก\u0e38\u0e4c\u0e3a")  # marks that meet only when the one between them has moved
def test_mended_text_is_nfc(text):
    assert unicodedata.is_normalized("NFC", mend(text))


@pytest.mark.parametrize("text", ["น้ำ\u00adปลา", "\ufeffน้ำปลา", "น\u0e49\u0e4d\u0e32ปลา"])
def test_what_only_a_program_sees_is_mended(text):
    assert mend(text) == "น้ำปลา"


@given(MARKS, MARKS)
def test_mending_adds_no_mark_and_loses_no_letter(before, after):
    text = f"{before}ปลา{after}"
    assert set(mend(text)) <= set(text) | set("แ\u0e33")
    for letter in "กนป":
        assert mend(text).count(letter) == text.count(letter)


@pytest.mark.parametrize(
    "marks", ["\u0e48\u0e34", "\u0e33", "\u0e4d", "\u0e33\u0e48", "\u0e38\u0e38", "เ"]
)
def test_a_hostile_run_of_marks_takes_no_time(marks):
    started = time.perf_counter()
    mend("ก" + marks * 100_000)
    assert time.perf_counter() - started < 2  # a quadratic one would take minutes


@given(st.integers(min_value=0))
def test_thai_digits_become_the_same_number(number):
    thai = str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert arabic_digits(thai) == str(number)


@given(st.text().filter(lambda text: not set(text) & set("๐๑๒๓๔๕๖๗๘๙")))
def test_no_other_digit_is_touched(text):
    assert arabic_digits(text) == text


@given(st.dates())
def test_the_year_in_a_pattern_is_543_more_and_quoted(day):
    assert in_buddhist_era("d MMMM y", day.year) == f"d MMMM '{day.year + 543}'"


@pytest.mark.parametrize(
    "pattern, written",
    [("d/M/yy", "d/M/'65'"), ("EEEE'ที่' d 'yy' y", "EEEE'ที่' d 'yy' '2565'"), ("d MMM", "d MMM")],
)
def test_only_the_year_of_a_pattern_changes(pattern, written):
    assert in_buddhist_era(pattern, date(2022, 6, 14).year) == written


@pytest.mark.parametrize(
    "char, answer", [("ก", True), ("๙", True), ("่", True), ("a", False), ("ກ", False)]
)
def test_thai_letters_are_told_from_others(char, answer):
    assert is_thai(char) is answer


def test_a_file_in_windows_874_is_recognised():
    assert looks_thai(SENTENCE.encode("cp874").decode("cp874"))


@pytest.mark.parametrize(
    "data",
    [
        b"plain English",
        "Café crème, pâté, déjà vu, naïve, façade".encode("latin-1"),
        "Größe, Öl, Äpfel, Straße, für, müssen".encode("cp1252"),
        "À bientôt, Âge, Îles".encode("cp1252"),
        "éèêé".encode("cp1252"),
        "“Sun-dried” – squid’s".encode("cp1252"),
        "ปลา".encode()[:-1] + b" broken UTF-8",
    ],
)
def test_other_bytes_are_not_taken_for_thai(data):
    assert not looks_thai(data.decode("cp874", "replace"))


def test_a_compound_word_is_a_piece_of_its_own():
    name = "วิสาหกิจชุมชนแม่บ้านประมงเรือเล็กตากวน"
    pieces = split_at_compounds(name)
    assert pieces[1::2] == ["วิสาหกิจชุมชน", "แม่บ้าน", "เรือเล็ก"]
    assert "".join(pieces) == name
