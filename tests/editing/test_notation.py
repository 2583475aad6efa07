"""Lists and groups in a cell: what is exported reads back, whatever people have written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.editing.notation import group_in, group_said, items_in
from microsite.problems import Fault

SAID = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\\|:\nn "), min_size=1
).filter(lambda text: text == text.strip())


@given(st.dictionaries(st.sampled_from(["file", "alt", "credit"]), SAID), SAID)
def test_a_group_reads_back(group, across):
    group = {**group, "focus": {"x": across, "y": "0.5"}}
    line = group_said(group)
    assert "\n" not in line
    assert group_in(line) == group


@pytest.mark.parametrize("line", ["rack.jpg", "file", "a: 1 | a: 2", "a: 1 | a.b: 2", ": x", "|"])
def test_a_line_that_is_no_group_says_so(line):
    with pytest.raises(Fault) as caught:
        group_in(line)
    assert caught.value.rule == "cell-form"


@pytest.mark.parametrize("text", ["11; 12; 1", "11,12,1", "11\n12\n1", " 11 ;\n12,, 1\n"])
def test_months_may_be_listed_as_people_list_things(text):
    assert items_in(text, is_word=True) == ["11", "12", "1"]


def test_a_comma_belongs_to_a_source():
    assert items_in("Smith, 2020; p. 3\nhttps://a.example/;b", is_word=False) == [
        "Smith, 2020; p. 3",
        "https://a.example/;b",
    ]
