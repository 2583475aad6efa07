"""Names on share pictures: large enough to read, broken where words end, never between marks."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from microsite.media.lettering import SMALLEST, drawable, fitted
from microsite.media.typefaces import read_face

ROOT = Path(__file__).parents[2]
FACE = read_face((files("fontpkg_chakra_petch") / "files/ChakraPetch-Bold.ttf").read_bytes())
ROOM = {"width": 560, "height": 170, "size": 60}
WORDS = st.lists(
    st.sampled_from(
        ["ปู่", "น้ำ", "ที่", "วิสาหกิจชุมชน", "แม่บ้าน", "ตากวน-อ่าวประดู่", "By", "Nana", "of", "Fishery"]
    ),
    min_size=1,
    max_size=12,
)
LETTERS = st.text("กญฐนปผฟฬะาำเแโใไัิีึืุู่้๊๋์ๆฯ", max_size=400)


def names():
    """Every full name of an enterprise, in both languages, on all sites."""
    for path in sorted(ROOT.glob("**/content/*/enterprises/*.md")):
        if "dist" not in path.parts:
            yield yaml.safe_load(path.read_text("utf-8").split("---")[1]).get("name")


@given(WORDS)
def test_lines_are_whole_words_and_fit_the_room(words):
    text = " ".join(words)
    set_in = fitted(text, FACE, **ROOM)
    assert SMALLEST <= set_in.size <= ROOM["size"]
    assert set_in.height <= ROOM["height"]
    assert all(FACE.width(line) * set_in.size <= ROOM["width"] for line in set_in.lines)
    if not set_in.lines[-1].endswith("…"):
        assert "".join(set_in.lines).replace(" ", "") == text.replace(" ", "")
    for line in set_in.lines[1:]:
        assert unicodedata.category(line[0]) != "Mn"
    whole = re.compile(r"(?:^|(?<= )|(?<=-)|(?<=ชุมชน)|(?<=แม่บ้าน)|(?=วิสาหกิจชุมชน)|(?=แม่บ้าน))")
    broken_at = 0
    for line in set_in.lines[:-1]:
        broken_at = text.index(line, broken_at) + len(line)
        ends = text[broken_at : broken_at + 1] == " " or whole.match(text, broken_at)
        assert ends, f"“{text}” is broken behind “{line}”"


@pytest.mark.parametrize("name", sorted(filter(None, set(names()))))
def test_every_name_of_ours_is_told_whole(name):
    set_in = fitted(name, FACE, **ROOM)
    assert "".join(set_in.lines).replace(" ", "") == name.replace(" ", "")


@given(WORDS, st.sampled_from(["กลุ่ม", "Llanfair", '"ประมง']), WORDS)
def test_a_word_wider_than_a_line_starts_one_and_leaves_all_others_whole(before, syllable, after):
    long = syllable * 20
    set_in = fitted(" ".join([*before, long, *after]), FACE, **ROOM | {"height": 2000})
    starts = [at for at, line in enumerate(set_in.lines) if line.startswith(syllable * 2)]
    told = "".join(set_in.lines[: starts[0]])
    assert told.replace(" ", "") == " ".join(before).replace(" ", "")
    words = [part for word in (*before, *after) for part in word.replace("-", "- ").split()]
    assert all(any(word in line for line in set_in.lines) for word in words)


def test_what_is_cut_off_inside_a_long_word_ends_in_dots_behind_a_letter():
    lines = fitted("กลุ่ม" * 60, FACE, **ROOM).lines
    assert all(len(line) > 20 for line in lines)
    assert lines[-1].endswith("…")


@given(LETTERS)
def test_no_line_parts_a_mark_from_its_letter_however_long_a_name_runs_on(text):
    set_in = fitted(text, FACE, **ROOM)
    told = "".join(set_in.lines)
    assert bool(text.strip()) == bool(set_in.height)
    assert set_in.height <= ROOM["height"]
    assert told == text or text.startswith(told.removesuffix("…"))
    for line, following in zip(set_in.lines, set_in.lines[1:], strict=False):
        at = text.index(following.removesuffix("…"), len(line) if line else 0)
        before = text[at - 1]
        if "ก" <= before <= "ฮ":  # a letter may only be parted from what begins the next one
            assert not re.match("[\u0e30-\u0e3a\u0e45-\u0e4e]", following), (line, following)
        assert before not in "เแโใไ" or not "ก" <= following[0] <= "ฮ", (line, following)


def test_a_short_name_is_set_large_and_in_one_line():
    set_in = fitted("หัตถกรรมสุขใจ", FACE, **ROOM)
    assert (set_in.lines, set_in.size) == (("หัตถกรรมสุขใจ",), 60)


def test_a_compound_is_broken_only_around_it():
    name = "วิสาหกิจชุมชนเกษตรอินทรีย์หอมมะหาด"
    assert fitted(name, FACE, **ROOM).lines == ("วิสาหกิจชุมชน", "เกษตรอินทรีย์หอมมะหาด")


def test_lines_are_about_equally_long():
    long, short = (
        FACE.width(line) for line in fitted("Chak Luk Ya Phatthana Group", FACE, **ROOM).lines
    )
    assert min(long, short) / max(long, short) > 0.6


def test_what_is_too_long_ends_in_dots_behind_a_word():
    lines = fitted("Community Enterprise " * 20, FACE, **ROOM).lines
    assert lines[-1].endswith(("Community…", "Enterprise…"))


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("ร้านปู่  น้ำผึ้ง", "ร้านปู่ น้ำผึ้ง"),
        ("ผักสด 🥬 ปลอดสาร", "ผักสด ปลอดสาร"),
        ("ราคา ฿120 – “พิเศษ”", "ราคา ฿120 – “พิเศษ”"),
        ("ຕະຫຼາດ ชายแดน", ""),
        ("", ""),
    ],
)
def test_signs_that_the_face_lacks_are_left_out_and_foreign_letters_take_all_words_away(
    typed, drawn
):
    assert drawable(typed, FACE) == drawn
