"""One file's bytes: whatever they are, an entry or what keeps it from being one."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.records.source import FIELDS_LIMIT, FILE_LIMIT, read_entry

NAMES = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")), min_size=1)
PIECES = st.lists(
    st.sampled_from([*"-:[]{}&*!|>'\"#%@`?,~ \t\n\r\0\ufeff\x85กำ", "---", "\n", "a: ", "- "])
)


def read(text, name="content/th/pages/about.md"):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return read_entry(data, type="page", slug="about", language="th", file=name)


def fields(text):
    entry, problems = read(text)
    assert problems == []
    return {name: plain(node) for name, node in entry.fields.items()}


def plain(node):
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {name: plain(item) for name, item in node.value.items()}
    return node.value


def rules(text, **more):
    return [problem.rule for problem in read(text, **more)[1]]


@given(st.binary() | PIECES.map("".join) | PIECES.map(lambda made: f"---\n{''.join(made)}\n---\n"))
def test_any_bytes_are_an_entry_or_a_problem_at_a_place(data):
    for name in ("about.md", "about.yaml"):
        entry, problems = read(data, name)
        assert entry is not None or problems
        for problem in problems:
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            problem.message.format(**problem.values)
            problem.remedy.format(**problem.values)


@given(st.dictionaries(NAMES, LINES))
def test_what_is_typed_between_quotation_marks_comes_back(typed):
    quoted = {name: text.replace("'", "''") for name, text in typed.items()}
    lines = [f"{name}: '{text}'\n" for name, text in quoted.items()]
    assert fields(f"---\n{''.join(lines)}---\n") == typed


@given(st.dictionaries(NAMES, st.from_regex(r"[ก-๙a-zA-Z0-9.,+-]{2,20}x", fullmatch=True)))
def test_plain_words_come_back(typed):
    lines = [f"{name}: x{text}\n" for name, text in typed.items()]
    assert fields(f"---\n{''.join(lines)}---\n") == {name: f"x{t}" for name, t in typed.items()}


def test_words_stay_words():
    typed = {"a": "no", "b": "0812345678", "c": "12:30", "d": "2567-02-29", "e": ".nan", "f": "1e9"}
    lines = [f"{name}: {text}\n" for name, text in typed.items()]
    assert fields(f"---\n{''.join(lines)}---\n") == typed


def test_nothing_may_be_said_as_nothing_or_by_its_yaml_name():
    entry, _ = read('---\na:\nb: ~\nc: null\nd: ""\ne: "null"\n---\n')
    assert [name for name, node in entry.fields.items() if not node.is_empty] == ["e"]


def test_a_value_knows_its_line_and_column():
    entry, _ = read("---\ntitle: เก้า\nphotos:\n  - {file: a.jpg, alt: ปู}\n---\nเนื้อหา\n")
    title, photo = entry.fields["title"], entry.fields["photos"].value[0]
    assert (title.line, title.column, title.width) == (2, 8, 4)
    assert (title.key_line, title.key_column) == (2, 1)
    assert (photo.value["alt"].line, photo.value["alt"].column) == (4, 24)
    assert (entry.body, entry.body_line) == ("เนื้อหา\n", 6)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_every_way_to_end_a_line_reads_the_same(end):
    text = "---\ntitle: x\n---\nข้อความ\n"
    assert read(text.replace("\n", end))[0] == read(text)[0]


def test_a_byte_order_mark_is_no_part_of_the_text():
    text = "---\ntitle: x\n---\nข้อความ\n"
    assert read(codecs.BOM_UTF8 + text.encode())[0] == read(text)[0]
    assert read(text.replace("ข้อ", "\ufeffข้อ"))[0] == read(text)[0]


@pytest.mark.parametrize(
    ("body", "text", "line", "indent"),
    [
        ("body: |\n  หนึ่ง\n  สอง\n", "หนึ่ง\nสอง\n", 2, 2),
        ("body: >-\n    หนึ่ง\n", "หนึ่ง", 2, 4),
        ("body: |2\n    หนึ่ง\n", "  หนึ่ง\n", 2, 2),
        ("body: |\n\n  หนึ่ง\n", "\nหนึ่ง\n", 2, 2),
        ("body: หนึ่ง\n", "หนึ่ง", 1, 6),
        ('body: "หนึ่ง"\n', "หนึ่ง", 1, 7),
        ("body:\n", "", 1, 5),
    ],
)
def test_a_body_that_is_a_field_knows_where_it_stands(body, text, line, indent):
    entry, problems = read(body, "about.yaml")
    assert problems == []
    assert (entry.body, entry.body_line, entry.body_indent) == (text, line, indent)
    assert "body" not in entry.fields


def test_a_field_that_stands_twice_keeps_its_first_value_and_the_others():
    entry, problems = read("---\na: 1\na: {b: 2}\nc: 3\n---\n")
    assert [problem.rule for problem in problems] == ["duplicate-key"]
    assert {name: plain(node) for name, node in entry.fields.items()} == {"a": "1", "c": "3"}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("a: &a x\n", "fields-special"),
        ("a: [*a]\n", "fields-special"),
        ("a: !!int ''\n", "fields-special"),
        ("a: !!python/object:os.system x\n", "fields-special"),
        ("a: `x`\n", "fields-special"),
        ("? [a]\n: x\n", "fields-not-named"),
        ("'': x\n", "fields-not-named"),
        ("a:\n\t- x\n", "fields-tab"),
        ("a: 1\n\tb: 2\n", "fields-tab"),
        ("a: 'x\n", "fields-quote"),
        ("a: {x: 1\n", "fields-bracket"),
        ("a: b: c\n", "fields-colon"),
        ("a: x\nb\nc: 1\n", "fields-not-named"),
        ("a: 1\n- b\n", "fields-broken"),
        ('a: "x" y\n', "fields-broken"),
        ('a: "\\0"\n', "control-character"),
        ('a: "\\ud800"\n', "fields-broken"),
    ],
)
def test_what_yaml_would_read_in_its_own_way_is_refused(fields, rule):
    assert rules(f"---\n{fields}---\n") == [rule]
    assert rules(fields, name="about.yaml") == [rule]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGES = "a0: &a0 {k: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k: 1}}\n" for n in range(2000))


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        MERGES,
        "a: " + "[" * 100_000,
        "a: " + "[" * 60_000,
        "a: " + "{a: " * 15_000,
        "- " * 30_000,
        "k: 1\n" * 200_000,
        "k: 1\n" * 13_000,
        "? " * 30_000,
        "a: [" + "x," * 30_000 + "]\n",
        "a: " + "'" * 60_000,
        "\t" * 60_000,
        "a: |\n" + " x\n" * 20_000,
    ],
    ids=lambda text: f"{text[:12]!r} {len(text)}",
)
def test_no_file_takes_long_to_read(text):
    started = time.process_time()
    for name, whole in (("about.yaml", text), ("about.md", f"---\n{text}\n---\n")):
        entry, problems = read(whole, name)
        assert entry is not None or problems
    assert time.process_time() - started < 1


def test_a_file_is_read_up_to_its_limits():
    assert rules("---\ntitle: x\n---\n" + "x" * (FILE_LIMIT - 17)) == []
    assert rules("---\ntitle: x\n---\n" + "x" * FILE_LIMIT) == ["file-too-large"]
    assert rules(f"---\ntitle: {'x' * (FIELDS_LIMIT - 8)}\n---\n") == []
    assert rules(f"---\ntitle: {'x' * FIELDS_LIMIT}\n---\n") == ["fields-too-large"]


def test_thai_windows_files_show_what_they_seem_to_say():
    data = "---\ntitle: เกี่ยวกับเรา\n---\n".encode("cp874")
    problem = read(data)[1][0]
    assert (problem.rule, problem.place.line) == ("encoding-thai", 2)
    assert problem.values["text"] == "title: เกี่ยวกับเรา"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-32"])
def test_other_encodings_are_named_as_such(codec):
    assert rules("---\ntitle: café\n---\n".encode(codec)) == ["encoding"]
