"""What the search index holds, how it is cut, and how little of it an edit changes."""

import gzip
import json
import re

import pytest
from msgspec.structs import replace

from microsite.publish.search_entries import Findable, Label, PageKind, Text
from microsite.publish.search_index import MOST_WHOLE, search_files
from microsite.records.schema import Words

SOUNDS = ("กา", "ปลา", "ผ้า", "น้ำ", "ข้าว", "ไม้", "หวาน", "แดง", "ทอ", "ตาก", "เล", "คลอง", "เกลือ")


def made_up(count):
    """Products whose words are put together from a few syllables."""

    def word(number, length):
        return "".join(
            SOUNDS[(number * 7 + at * at) % 13 if at else number % 13] for at in range(length)
        )

    return [
        Findable(
            path=f"products/p-{number}/",
            kind=PageKind.PRODUCT,
            flag="default",
            name=Words(word(number, 3)),
            others=(Words(f"Thing {number}", "en"),),
            summary=Words(word(number * 3, 9)),
            texts=(
                Text(Label.DESCRIPTION, Words(" ".join(word(number + at, 8) for at in range(9)))),
            ),
        )
        for number in range(count)
    ]


def made(entries):
    """Every file of an index, by path."""
    files = {}
    made = search_files(entries, files.__setitem__, language="th", home="/th/", said=str)
    return {"index.json": made.index, **files}


def index_of(site, tag):
    return json.loads((site.dist / tag / "search" / "index.json").read_text("utf-8"))


def test_a_small_site_has_one_file_and_a_large_one_shards():
    short = [replace(one, texts=()) for one in made_up(MOST_WHOLE + 1)]
    assert list(made(short[:MOST_WHOLE])) == ["index.json"]
    assert len(made(short)) > 10


def test_much_text_is_cut_into_shards_however_few_its_pages():
    long = replace(made_up(1)[0], texts=(Text(Label.DESCRIPTION, Words("ปลาหมึกแห้ง" * 20_000)),))
    assert len(made([long, *made_up(9)])) > 1


@pytest.mark.parametrize("count", [1, 400, 3000])
def test_no_file_is_large(count):
    files = made(made_up(count))
    assert max(len(gzip.compress(data)) for data in files.values()) < 100_000


def test_equal_entries_give_equal_files():
    assert made(made_up(600)) == made(made_up(600))


def test_an_edit_of_one_product_leaves_nearly_all_files():
    entries = made_up(2000)
    before = made(entries)
    text = Text(Label.DESCRIPTION, Words(entries[999].texts[0].words.text + " กุ้งฝอยใหม่"))
    entries[999] = replace(entries[999], texts=(text,))
    after = made(entries)
    assert len(before) > 250
    assert len(set(after) - set(before)) < 30
    assert [path for path in before.keys() & after.keys() if before[path] != after[path]] == [
        "index.json"
    ]


def test_a_new_product_moves_no_border_but_its_own():
    entries = made_up(2000)
    before = made(entries)
    entries.insert(999, replace(entries[0], path="products/new/"))
    after = made(entries)
    groups = [path for path in before if re.search("cards|texts", path)]
    bodies = {before[path] for path in groups} - set(after.values())
    assert 0 < len(bodies) <= 4


def test_every_page_that_can_be_found_is_in_the_index_once(sample_dist):
    for tag in ("th", "en"):
        paths = [entry[0] for entry in index_of(sample_dist, tag)["entries"]]
        assert len(paths) == len(set(paths))
        there = {
            name.removeprefix(f"{tag}/").removesuffix("index.html")
            for name in sample_dist.pages
            if re.match(
                f"{tag}/(products|enterprises|news|categories|places)/(?!page/)[^/]+/", name
            )
            and "refresh" not in (sample_dist.dist / name).read_text("utf-8")
        }
        assert there <= set(paths)
        for path in paths:
            page, _, fragment = path.partition("#")
            html = (sample_dist.dist / tag / page / "index.html").read_text("utf-8")
            assert not fragment or f'id="{fragment}"' in html


def test_what_is_not_on_the_site_is_not_in_its_index(sample_dist):
    for path in sample_dist.dist.glob("*/search/index.json"):
        assert "ปลาหยอง" not in path.read_text("utf-8")


def test_names_stand_in_every_language_and_say_which(sample_dist):
    for tag, name, other in [
        ("th", ["ทุเรียนต้นเก่า"], [["Old-tree durian", "en"]]),
        ("en", ["Old-tree durian"], [["ทุเรียนต้นเก่า", "th"]]),
    ]:
        (found,) = (e for e in index_of(sample_dist, tag)["entries"] if e[0] == "products/durian/")
        assert (found[3], found[4]) == (name, other)


def test_links_without_words_of_their_own_are_found_by_the_name_they_take(sample_dist):
    (maker,) = (
        entry
        for entry in index_of(sample_dist, "th")["entries"]
        if entry[0] == "enterprises/sample-fishers/"
    )
    assert "กะปิเคยหมักไห หมักในไห" in maker[-1][0][1]


def test_three_characters_are_listed_but_for_spaces_emoji_and_marks_in_front():
    one = Findable("p/", PageKind.PRODUCT, "default", Words("น้ำปลา ab 🦑นก中文字"))
    files = made([one, *made_up(MOST_WHOLE)])
    listed = {
        gram
        for path, data in files.items()
        if "grams" in path
        for gram, lists in json.loads(data).items()
        if any(list.startswith("$") for list in lists)  # the first entry
    }
    as_written = {"น", "น้", "น้ำ", "ปลา", "นก中", "ก中文", "中文字"}
    assert listed == as_written | {"นำ", "นำป", "ลาa", "าab"}
