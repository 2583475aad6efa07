"""Claims: what food and goods may not promise, told from words that only look like it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records import claims
from microsite.records.claims import claims_in

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "cases/claims.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def found(text, *, is_food=True):
    return [claim.typed for claim in claims_in(text, is_food=is_food)]


@pytest.mark.parametrize(("text", "in_food", "in_goods"), ROWS, ids=[row[0] for row in ROWS])
def test_a_promise_is_told_from_plain_words(text, in_food, in_goods):
    assert ",".join(found(text)) == in_food
    assert ",".join(found(text, is_food=False)) == in_goods


@pytest.mark.parametrize(
    "typed",
    ["ลดน\u0e49\u0e33หนัก", "ลดน\u0e4d\u0e49าหนัก", "ลดน\u0e49\u0e4dาหนัก", "ลด\u200bน้ำ\u2060หนัก"],
)
def test_a_promise_is_found_however_it_is_typed(typed):
    (claim,) = claims_in(f"ช่วย{typed}ได้", is_food=True)
    assert f"ช่วย{typed}ได้"[claim.start : claim.start + claim.width] == typed


@given(st.text("รักษาบำรุงเก็บ \n\u200bcures best", max_size=200))
def test_a_promise_is_where_it_is_said_to_be(text):
    for claim in claims_in(text, is_food=True):
        there = text[claim.start : claim.start + claim.width]
        assert there.replace("\u200b", "") == claim.typed
        assert unicodedata.category(there[0]) != "Cf"


@given(st.data())
@pytest.mark.parametrize(
    "pattern",
    [*claims._HEALING_THAI, *claims._FOOD_THAI, *claims._HEALING_ENGLISH, *claims._FOOD_ENGLISH],
)
def test_whatever_a_word_begins_with_it_is_looked_for(pattern, data):
    alone = re.sub(r"\(\?<![^)]*\)", "", pattern)
    assert found(data.draw(st.from_regex(alone, fullmatch=True)))
