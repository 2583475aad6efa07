"""Garbled text: what other programs make of Thai is told from Thai."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.language.thai import mend
from microsite.records.garbled import garbled_in
from microsite.records.kinds import read_line

WORDS = ["ปลาหมึกแห้ง", "น้ำพริกเผา", "เธอเน้นเนื้อแน่น", "เก้าวิสาหกิจชุมชน", "ผู้ก่อตั้ง", "ฤๅษี", "ๆ", "ก็"]


def kinds(text):
    return [kind for kind, _, _ in garbled_in(text)]


@given(st.lists(st.sampled_from([*WORDS, " ", "Café “x” 200 g – ½", "São João", "à la carte"])))
def test_plain_words_are_not_garbled(words):
    assert kinds(" ".join(words)) == []


@pytest.mark.parametrize("word", WORDS[:5])
@pytest.mark.parametrize("encoding", ["cp874", "cp1252", "latin-1"])
def test_thai_that_was_read_in_another_encoding_is_found(word, encoding):
    read = word.encode().decode(encoding, "replace")
    assert kinds(f"abc {read} abc") == ["mistaken"]


@pytest.mark.parametrize("word", WORDS[:5])
def test_windows_thai_that_was_read_as_latin_is_found(word):
    assert kinds(word.encode("cp874").decode("latin-1")) == ["mistaken"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ปลา\ufffd", "lost"),
        ("ปลา ่", "mark"),
        ("a\u0e34", "mark"),
        ("It\u00e2\u20ac\u2122s", "mistaken"),
    ],
)
def test_what_was_lost_or_has_nothing_to_stand_on_is_found(typed, kind):
    ((found, start, width),) = garbled_in(f"ก {typed}")
    assert found == kind
    assert typed.endswith(f"ก {typed}"[start : start + width]) or width < len(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("น\u200bำ\u0e49", "น้ำ"),
        ("\ufeffปลา\u2060 \u200bหมึก\u200d", "ปลา หมึก"),
        ("เเกง", "แกง"),
        ("ที\u0e48\u0e48", "ที่"),
        ("นํ้าพริก", "น้ำพริก"),
        ("squid\u200b bag", "squid bag"),
        ("👩\u200d🌾 สวน", "👩\u200d🌾 สวน"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
    ],
)
def test_what_never_shows_is_left_out_and_marks_are_mended(typed, read):
    assert read_line(typed) == read


@given(st.text("กนำ่้ํา ิีเแ\u200b", max_size=60))
def test_mending_twice_is_mending_once(text):
    assert read_line(read_line(text)) == read_line(text)
    assert mend(mend(text)) == mend(text)
