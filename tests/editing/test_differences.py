"""What a sheet changes, in words, and that what it does not change stays as it was typed."""

from __future__ import annotations

import pytest

from microsite.editing.differences import Difference, sentences
from microsite.editing.entries import changed
from microsite.language.wording import ENGLISH
from microsite.records.fields import read_values
from microsite.records.source import read_entry

TYPED = """\
name: squid
price: "๑๘๐"  # Thai digits
season: ["๕", 6]
checked: 2569-11-20
contact:
  phone: "02-000-0000"
variants:
  - {key: small, name: Small, price: "๙๕"}
  - {key: large, name: Large, price: 190}
photos:
  - alt: a rack
    file: a.jpg
  - {file: b.jpg, alt: a bag}
marks:
  - {kind: otop, stars: 4, year: 2567}
"""


def read(text, type="product"):
    entry, problems = read_entry(
        text.encode(), type=type, slug="squid", language="th", file="squid.yaml"
    )
    assert not problems
    return read_values(entry, "all")[0]


def between(before, after, type="product"):
    return Difference(read(before, type), read(after, type), True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"๑๘๐"', "180"),
        ("2569-11-20", "2026-11-20"),
        ('"๕"', "5"),
        ("year: 2567", "year: 2024"),
        ("alt: a rack\n    file: a.jpg", "file: a.jpg\n    alt: a  rack"),
    ],
)
def test_what_means_the_same_is_no_change(old, new):
    assert old in TYPED
    assert between(TYPED, TYPED.replace(old, new)).names == []


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('"๑๘๐"', "200", '+price: "200"  # Thai digits', "Price of squid: 180 → 200 baht"),
        ("6]", "6, 7]", '+season: ["๕", 6, 7]', "Season of squid: 5; 6 → 5; 6; 7"),
        (
            "price: 190",
            "price: 200",
            "+  - {key: large, name: Large, price: 200}",
            "Sizes and sorts: Price of squid (large): 190 → 200 baht",
        ),
        (
            "a rack",
            "racks",
            "+  - alt: racks",
            "Photos: What the photo shows (th) of squid (a.jpg): a rack → racks",
        ),
        (
            "year: 2567}",
            "year: 2567}\n  - {kind: gi, name: x}",
            "+  - kind: gi",
            "Marks of squid: kind: gi | name: x",
        ),
        ("name: squid", "name: crab", "+name: crab", "Name (th) of crab: squid → crab"),
        (
            "checked: 2569-11-20\n",
            "",
            "-checked: 2569-11-20",
            "Last confirmed of squid: 2026-11-20 is taken out",
        ),
    ],
)
def test_a_change_is_one_line_and_one_sentence(old, new, line, sentence):
    one = between(TYPED, TYPED.replace(old, new))
    name = one.after.values["name"]
    assert list(sentences(one, ENGLISH, name)) == [sentence]
    after = changed(TYPED, one.changes())
    lines_before, lines_after = TYPED.split("\n"), after.split("\n")
    gone = [f"-{one}" for one in lines_before if one not in lines_after]
    come = [f"+{one}" for one in lines_after if one not in lines_before]
    assert line in gone + come
    assert len(gone) <= 1
    assert read(after).values == one.after.values


def test_another_order_of_photos_is_said():
    text = "name: a\nphotos:\n  - {file: a.jpg}\n  - {file: b.jpg}\n"
    other = "name: a\nphotos:\n  - {file: b.jpg}\n  - {file: a.jpg}\n"
    assert list(sentences(between(text, other), ENGLISH, "a")) == ["Photos of a: in another order"]


def test_a_channel_is_named_with_its_group():
    text = "name: a\ncontact:\n  phone: 02-000-0000\n"
    other = "name: a\ncontact:\n  line: '@abc'\n  phone: 02-000-0000\n"
    one = between(text, other, "enterprise")
    assert list(sentences(one, ENGLISH, "a")) == ["Contact: LINE of a: @abc"]
    after = changed(text, one.changes())
    assert after == 'name: a\ncontact:\n  phone: 02-000-0000\n  line: "@abc"\n'
