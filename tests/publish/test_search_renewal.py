"""A few entries anew: the same bytes as if all had been made again, and few of them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from microsite.publish.search_entries import Findable, Label, PageKind, Text
from microsite.publish.search_index import MOST_WHOLE, renewed, search_files
from microsite.records.schema import Words

LABELS = (Label.DESCRIPTION, Label.STOCK_NUMBER, Label.STORAGE)
KINDS = (PageKind.PRODUCT, PageKind.NEWS)
LETTERS = 'กขคปลาหมึกำน้ี่ เแABcé01-"\\'
TEXT = st.text(LETTERS, min_size=1, max_size=40) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8
)
WORDS = st.builds(Words, TEXT.filter(str.strip), st.sampled_from(["", "en"]))
COUNT = MOST_WHOLE + 30
MANY = "".join(map(chr, range(0x4E00, 0x9000)))


def entry(number):
    return Findable(
        path=f"products/p-{number}/",
        kind=KINDS[number % 2],
        flag="default",
        name=Words(f"ปลา{number}หมึก"),
        others=(Words(f"Squid {number}", "en"),),
        maker=Words("กลุ่มประมง"),
        summary=Words("ตากแห้ง แดดเดียว" * (number % 3)) if number % 3 else None,
        texts=tuple(Text(label, Words(f"{label.value} กุ้งแห้ง {number}")) for label in LABELS),
    )


def made(entries):
    """What a search stands on, and its shards by path."""
    shards = {}
    search = search_files(entries, shards.__setitem__, language="th", home="/th/", said=str)
    return search, shards


ENTRIES = [entry(number) for number in range(COUNT)]
BEFORE, SHARDS = made(ENTRIES)
CHANGES = st.dictionaries(
    st.integers(0, COUNT - 1),
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(KINDS),
            "flag": st.sampled_from(["default", "sea"]),
            "name": WORDS,
            "others": st.lists(WORDS, max_size=2).map(tuple),
            "maker": st.none() | WORDS,
            "summary": st.none() | WORDS,
            "texts": st.lists(st.builds(Text, st.sampled_from(LABELS), WORDS), max_size=4).map(
                tuple
            ),
        },
    ),
    max_size=5,
)


def with_changes(entries, changes):
    """All entries, and those of them that changed, by path."""
    after = [replace(one, **changes.get(number, {})) for number, one in enumerate(entries)]
    return after, {after[number].path: after[number] for number in changes}


@settings(max_examples=10)
@given(st.lists(CHANGES, min_size=1, max_size=2))
def test_entries_anew_give_the_files_of_a_whole_making(rounds):
    entries, search, files = ENTRIES, BEFORE, dict(SHARDS)
    for changes in rounds:
        entries, changed = with_changes(entries, changes)
        whole, shards = made(entries)
        part = renewed(search.kept, files.__getitem__, changed)
        assert part is not None
        assert part.search == whole
        assert set(part.gone) == files.keys() - shards.keys()
        assert {path: data for path, data in shards.items() if path not in files} == {
            path: data for path, data in part.shards.items() if path not in files
        }
        for path in part.gone:
            del files[path]
        files |= part.shards
        assert files == shards
        search = part.search


def test_a_word_more_reads_and_writes_few_files():
    asked = []

    def previous_file(path):
        asked.append(path)
        return SHARDS[path]

    one = ENTRIES[99]
    anew = replace(one, texts=(*one.texts, Text(LABELS[0], Words("ฉลากฟ้า"))))
    part = renewed(BEFORE.kept, previous_file, {one.path: anew})
    assert len(SHARDS) > 100
    assert len(asked) == len(set(asked)) < 12
    assert len(part.shards) == len(part.gone) == len(asked) + 1  # cards are written, not read


def test_nothing_changed_is_nothing_new():
    part = renewed(BEFORE.kept, SHARDS.__getitem__, {})
    assert part.search == BEFORE
    assert not part.shards
    assert not part.gone


@pytest.mark.parametrize(
    "change",
    [
        {"path": "products/new/"},
        {"texts": tuple(Text(LABELS[0], Words(MANY[::step])) for step in (1, -1, 2, -2, 3, -3))},
    ],
    ids=["an entry more", "many more shards"],
)
def test_what_goes_deeper_is_left_to_a_whole_making(change):
    anew = replace(ENTRIES[7], **change)
    assert renewed(BEFORE.kept, SHARDS.__getitem__, {anew.path: anew}) is None


def test_a_shard_that_somebody_touched_is_not_trusted():
    def touched(path):
        return SHARDS[path] + b" "

    anew = replace(ENTRIES[7], summary=Words("อื่น"))
    assert renewed(BEFORE.kept, touched, {anew.path: anew}) is None


def test_an_index_of_one_file_keeps_nothing():
    search, shards = made(ENTRIES[:9])
    assert (search.kept, shards) == (b"", {})
    assert renewed(search.kept, shards.__getitem__, {}) is None


def test_what_is_kept_is_small():
    assert len(BEFORE.kept) < 100 * COUNT
    assert json.loads(BEFORE.kept)
