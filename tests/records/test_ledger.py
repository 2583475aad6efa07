"""Translations by text: what counts as a change of the source, and what the ledger remembers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records.fields import read_values
from microsite.records.ledger import (
    HEADER,
    Row,
    as_text,
    blocks_of,
    compare,
    fingerprint,
    lines_of,
    pairs,
    read_ledger,
    rows_in,
)
from microsite.records.source import read_entry

FIELDS = {"th": "name: ปลาหมึก\nsummary: ตากแดดสองวัน\n", "en": "name: Squid\nsummary: Two days\n"}
BODY = {"th": "ย่อหน้าแรก\n\nย่อหน้าที่สอง\n\nย่อหน้าที่สาม\n", "en": "One\n\nTwo\n\nThree\n"}
FACTS = "enterprise: group\ncategory: food\nprice: 180\n"
NOTHING = frozenset()
WORDS = st.text("กขคงเแาำ่้็ abc\n", min_size=1, max_size=40)
TEXTS = st.lists(st.sampled_from(["หนึ่ง", "สอง", "สาม", "สี่", "ห้า"]), min_size=1, max_size=6)
MARKS = st.text("0123456789abcdef", min_size=16, max_size=16)
NAMES = st.text("กa/[]. -", min_size=1, max_size=10)
ROWS = st.builds(Row, st.just("en"), NAMES, NAMES, st.integers(1, 99), MARKS, MARKS)


def rows_of(text, file="x"):
    """The rows of a ledger, and what is wrong with it."""
    lines, problems = read_ledger(text, file)
    return frozenset().union(*map(rows_in, lines.values())), problems


def read(fields, body, tag, slug="squid"):
    file = f"content/{tag}/products/{slug}.md"
    data = f"---\n{fields}---\n{body}".encode()
    entry, problems = read_entry(data, type="product", slug=slug, language=tag, file=file)
    one, more = read_values(entry, "all" if tag == "th" else "words")
    assert problems + more == []
    return one


def entries(th=BODY["th"], en=BODY["en"], *, fields=None, facts=FACTS, slug="squid"):
    """A Thai product and its English words."""
    said = {**FIELDS, **(fields or {})}
    return [read(said["th"] + facts, th, "th", slug), read(said["en"], en, "en", slug)]


def compared(ledger, checked, accepted=()):
    return compare(ledger, pairs(checked, ["th", "en"]), accepted)


def recorded(*more, **changed):
    return compared(NOTHING, entries(*more, **changed))[0]


def news(outdated):
    return [(one.pair.field, [block.text for block in one.new], one.gone) for one in outdated]


# ---- what is a change


@pytest.mark.parametrize(
    "changed",
    [
        entries(),
        entries(facts=FACTS.replace("180", "200")),
        entries(facts=FACTS + "season: [1]\nchecked: 2026-11-20\n"),
        entries(" ย่อ หน้าแรก \n\n\n \t\nย่อหน้า\nที่สอง\n\nย่อหน้า\u200bที่สาม"),
        entries(BODY["th"].replace("น้", "น้้")),
        entries("ย่อหน้าที่สาม\n\nย่อหน้าแรก\n\nย่อหน้าที่สอง"),
        entries(fields={"th": "summary:   ตากแดด  สองวัน\nname: ปลา หมึก\n"}),
        entries(fields={"th": FIELDS["th"] + "unit: ถุง\n"}),
    ],
    ids=["nothing", "price", "facts", "spaces", "marks", "order", "fields", "untranslated word"],
)
def test_what_does_not_change_the_text_makes_no_translation_outdated(changed):
    ledger = recorded()
    after, outdated = compared(ledger, changed)
    assert outdated == []
    assert {row.source for row in after} == {row.source for row in ledger}


def test_a_changed_sentence_is_told_with_its_paragraph_and_line():
    changed = entries(BODY["th"].replace("ที่สอง", "ที่สอง ซึ่งใหม่"))
    ledger, [found] = compared(recorded(), changed)
    assert news([found]) == [("body", ["ย่อหน้าที่สอง ซึ่งใหม่"], 1)]
    assert found.new[0].line == 10
    assert changed[0].entry.lines[found.new[0].line - 1] == found.new[0].text
    assert ledger == recorded()


@pytest.mark.parametrize("at", range(4))
def test_a_paragraph_put_between_others_is_one_new_paragraph(at):
    blocks = BODY["th"].strip().split("\n\n")
    blocks.insert(at, "แทรกใหม่")
    _, outdated = compared(recorded(), entries("\n\n".join(blocks)))
    assert news(outdated) == [("body", ["แทรกใหม่"], 0)]


def test_a_paragraph_that_is_taken_out_is_told_too():
    _, outdated = compared(recorded(), entries("ย่อหน้าแรก\n\nย่อหน้าที่สาม"))
    assert news(outdated) == [("body", [], 1)]


def test_a_field_that_the_source_drops_leaves_an_outdated_translation():
    both = {tag: FIELDS[tag] + "storage: x\n" for tag in FIELDS}
    _, outdated = compared(recorded(fields=both), entries(fields={"en": both["en"]}))
    assert news(outdated) == [("storage", [], 1)]


def test_the_words_of_photos_and_sizes_count_by_what_joins_them():
    def with_photos(first, last):
        listed = {
            "th": f"photos:\n  - file: a.jpg\n    alt: {first}\n  - file: b.jpg\n    alt: {last}\n",
            "en": "photos:\n  - file: b.jpg\n    alt: Rack\n  - file: a.jpg\n    alt: Bag\n",
        }
        return entries(fields={tag: FIELDS[tag] + listed[tag] for tag in FIELDS})

    ledger, _ = compared(NOTHING, with_photos("ถุง", "แผง"))
    _, outdated = compared(ledger, with_photos("ถุง", "แผงไม้"))
    assert news(outdated) == [("photos[b.jpg].alt", ["แผงไม้"], 1)]


@given(WORDS, st.data())
def test_spaces_never_change_a_fingerprint(text, data):
    at = data.draw(st.integers(0, len(text)))
    space = data.draw(st.sampled_from([" ", "\n", "\t", "\u00a0", "\u200b", "\u3000"]))
    assert fingerprint(text[:at] + space + text[at:]) == fingerprint(text)


def test_fingerprints_in_ledgers_that_people_have_committed_still_hold():
    """A change here makes every outdated translation of every site look right."""
    assert fingerprint("น้ำปลา ๒ ขวด") == "a37449d51cb3922d"


@given(TEXTS)
def test_a_text_is_cut_at_blank_lines_and_each_paragraph_knows_its_line(texts):
    text = "\n \n\n".join(texts)
    blocks = blocks_of(text, line=7)
    assert [block.text for block in blocks] == texts
    assert all(text.split("\n")[block.line - 7] == block.text for block in blocks)


# ---- what is remembered


@given(TEXTS, TEXTS)
def test_a_translation_is_outdated_until_it_changes_or_is_accepted(before, after):
    ledger = recorded("\n\n".join(before))
    changed = entries("\n\n".join(after))
    kept, outdated = compared(ledger, changed)
    assert bool(outdated) == (sorted(before) != sorted(after))
    assert compared(kept, changed) == (kept, outdated)  # looking again changes nothing

    accepted, none = compared(kept, changed, {"content/en/products/squid.md"})
    assert none == []
    assert accepted == recorded("\n\n".join(after))
    assert compared(accepted, changed) == (accepted, [])

    mended = entries("\n\n".join(after), "Another")
    assert compared(kept, mended) == (recorded("\n\n".join(after), "Another"), [])


def test_a_source_that_goes_back_to_what_it_was_makes_the_translation_right_again():
    kept, outdated = compared(recorded(), entries("อย่างอื่น"))
    assert outdated
    assert compared(kept, entries()) == (recorded(), [])


def test_the_lines_of_deleted_entries_go():
    both = [*entries(), *entries(slug="crab")]
    ledger, _ = compared(NOTHING, both)
    assert {row.entry for row in ledger} == {"products/squid", "products/crab"}
    assert compared(ledger, entries()) == (recorded(), [])


def test_two_lines_that_a_merge_brings_together_are_settled_by_the_one_that_holds():
    ours, _ = compared(recorded(), entries("อย่างอื่น"))
    theirs = recorded("อย่างอื่น")
    both = frozenset(ours | theirs)
    after, outdated = compared(both, entries("อย่างอื่น\n\nย่อหน้าที่สอง\n\nย่อหน้าที่สาม"))
    assert outdated == []
    assert len(after) == len(ours)


# ---- the file


@given(st.sets(ROWS))
def test_a_ledger_is_read_back_as_it_was_written(rows):
    assert rows_of(as_text(lines_of(frozenset(rows)))) == (frozenset(rows), [])


@given(st.sets(ROWS, min_size=1), st.randoms(use_true_random=False))
def test_the_order_and_the_line_ends_of_a_ledger_do_not_count(rows, chance):
    text = as_text(lines_of(frozenset(rows)))
    lines = text.splitlines()
    chance.shuffle(lines)
    read_again, problems = rows_of("\r\n".join(lines))
    assert problems == []
    assert as_text(lines_of(read_again)) == text


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", "en\tproducts/squid", "en\tp\tname\t0\t" + "0" * 16 + "\t" + "0" * 16, "\0"],
)
def test_a_broken_line_is_dropped_with_a_warning_at_its_place(line):
    [row] = list(recorded(fields={"th": FIELDS["th"]}))[:1]
    text = as_text(lines_of(frozenset([row]))).replace(HEADER, f"{HEADER}\n{line}")
    ledger, [problem] = rows_of(text, "content/ledger/translations.tsv")
    assert ledger == {row}
    assert (problem.level, problem.place.line, problem.rule) == ("warning", 2, "ledger-line")


@given(st.text())
def test_whatever_stands_in_a_ledger_it_is_read(text):
    ledger, problems = rows_of(text)
    assert rows_of(as_text(lines_of(ledger))) == (ledger, [])
    assert len(problems) <= 20


def test_a_new_paragraph_changes_no_line_of_another_field():
    before, after = recorded(), recorded(BODY["th"] + "\nใหม่", BODY["en"] + "\nNew")
    assert {row.field for row in before ^ after} == {"body"}
