"""A few entries anew: the same bytes as if all had been made again, and few of them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.publish.search_entries import Findable, Text
from microsite.publish.search_index import MOST_WHOLE, renewed, search_files
from microsite.records.schema import Words

LABELS = ("คำอธิบาย", "รหัส", "ที่เก็บ")
KINDS = ("สินค้า", "ข่าว")
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
        texts=tuple(Text(label, Words(f"{label} กุ้งแห้ง {number}")) for label in LABELS),
    )


ENTRIES = [entry(number) for number in range(COUNT)]
BEFORE = search_files(ENTRIES, language="th", home="/th/")
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
    entries, made, files = ENTRIES, BEFORE, dict(BEFORE.shards)
    for changes in rounds:
        entries, changed = with_changes(entries, changes)
        whole = search_files(entries, language="th", home="/th/")
        part = renewed(made.kept, files.__getitem__, changed)
        assert part is not None
        assert (part.index, part.kept) == (whole.index, whole.kept)
        assert set(part.gone) == files.keys() - whole.shards.keys()
        assert {path: data for path, data in whole.shards.items() if path not in files} == {
            path: data for path, data in part.shards.items() if path not in files
        }
        for path in part.gone:
            del files[path]
        files |= part.shards
        assert files == whole.shards
        made = part


def test_a_word_more_reads_and_writes_few_files():
    asked = []

    def previous_file(path):
        asked.append(path)
        return BEFORE.shards[path]

    one = ENTRIES[99]
    anew = replace(one, texts=(*one.texts, Text(LABELS[0], Words("ฉลากฟ้า"))))
    part = renewed(BEFORE.kept, previous_file, {one.path: anew})
    assert len(BEFORE.shards) > 100
    assert len(asked) == len(set(asked)) < 12
    assert len(part.shards) == len(part.gone) == len(asked) + 1  # cards are written, not read


def test_nothing_changed_is_nothing_new():
    part = renewed(BEFORE.kept, BEFORE.shards.__getitem__, {})
    assert (part.index, part.kept) == (BEFORE.index, BEFORE.kept)
    assert not part.shards
    assert not part.gone


@pytest.mark.parametrize(
    "change",
    [
        {"path": "products/new/"},
        {"kind": "ใหม่"},
        {"texts": (Text("ใหม่", Words("ปลา")),)},
        {"texts": tuple(Text(LABELS[0], Words(MANY[::step])) for step in (1, -1, 2, -2, 3, -3))},
    ],
    ids=["an entry more", "another kind", "another label", "many more shards"],
)
def test_what_goes_deeper_is_left_to_a_whole_making(change):
    anew = replace(ENTRIES[7], **change)
    assert renewed(BEFORE.kept, BEFORE.shards.__getitem__, {anew.path: anew}) is None


def test_the_last_entry_of_its_kind_is_left_to_a_whole_making():
    entries = [replace(ENTRIES[0], kind="แปลก"), *ENTRIES[1:]]
    made = search_files(entries, language="th", home="/th/")
    assert renewed(made.kept, made.shards.__getitem__, {entries[0].path: ENTRIES[0]}) is None


def test_a_shard_that_somebody_touched_is_not_trusted():
    def touched(path):
        return BEFORE.shards[path] + b" "

    anew = replace(ENTRIES[7], summary=Words("อื่น"))
    assert renewed(BEFORE.kept, touched, {anew.path: anew}) is None


def test_an_index_of_one_file_keeps_nothing():
    made = search_files(ENTRIES[:9], language="th", home="/th/")
    assert (made.kept, made.shards) == (b"", {})
    assert renewed(made.kept, made.shards.__getitem__, {}) is None


def test_what_is_kept_is_small():
    assert len(BEFORE.kept) < 100 * COUNT
    assert json.loads(BEFORE.kept)
