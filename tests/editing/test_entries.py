"""Changed entries: what was asked for is there, and every other byte is as it was."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.editing.entries import changed, typed_in
from microsite.editing.scalars import in_brackets, lines_of
from microsite.problems import Fault
from microsite.records.outline import outline
from microsite.records.source import Node, read_entry

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("content", "examples/sample-market/content", "tests/sites/tiny/content")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in {".md", ".yaml"}
)
SQUID = (ROOT / "examples/sample-market/content/th/products/dried-squid.md").read_text("utf-8")
MARKS = "\ufeff\u0085\u2028\u2029\r"  # what a reader takes for a line end, or leaves out
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff" + MARKS)
    | st.sampled_from("\n'\"#:-[]{},&*!|>%@` 0า่")
)
NAMES = st.sampled_from(["name", "price", "unit", "no", "ก ข"])
TYPED = st.recursive(
    TEXT.filter(bool),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


def diff(before, after):
    """The lines that differ, with - and +."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def read(text, name="x.md"):
    data = text.encode()
    entry, problems = read_entry(data, type="product", slug="x", language="th", file=name)
    assert not problems
    return {key: plain(node) for key, node in entry.fields.items()}, entry.body


def plain(node):
    if isinstance(node, Node):
        return plain(node.value)
    if isinstance(node, dict):
        return {key: plain(one) for key, one in node.items()}
    return [plain(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_asked_for_changes_nothing(path):
    text = path.read_bytes().decode()
    assert changed(text, {}) == text
    section = text.split("---\n")[1] if path.suffix == ".md" else text
    same = typed_in(outline(section))
    assert changed(text, {(key,): value for key, value in same.items()}) == text


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_new_price_is_a_new_line_whatever_ends_lines(ends, mark):
    text = mark + SQUID.replace("\n", ends)
    after = changed(text, {("price",): "200"})
    assert after == text.replace("price: 180", "price: 200")


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("price: 180  # since May\n", {("price",): "200"}, "price: 200  # since May\n"),
        ("price:\nunit: x\n", {("price",): "200"}, "price: 200\nunit: x\n"),
        ("price: # later\n", {("price",): "200"}, "price: 200 # later\n"),
        ("sku: '0100'\n", {("sku",): "a'b"}, "sku: 'a''b'\n"),
        ('sku: "a"\n', {("sku",): 'say "b"'}, 'sku: "say \\"b\\""\n'),
        ("name: a\n", {("name",): "no"}, 'name: "no"\n'),
        ("name: a\n", {("name",): "08 1234"}, "name: 08 1234\n"),
        ("name: a\n", {("name",): "081234"}, 'name: "081234"\n'),
        ("name: a\n", {("name",): "a: b # c"}, 'name: "a: b # c"\n'),
        ("name: a", {("price",): "1"}, "name: a\nprice: 1"),
        ("a: 1\n# about b\nb: 2\n", {("a",): None}, "# about b\nb: 2\n"),
        ("a: |\n  one\n  two\n\n# c\nb: 1\n", {("a",): "x\ny"}, "a: |-\n  x\n  y\n\n# c\nb: 1\n"),
        ("a: >-\n  one\n  two\nb: 1\n", {("a",): "one"}, "a: one\nb: 1\n"),
        ("map: {lat: 1, lon: 2}\n", {("map", "lat"): "3"}, "map: {lat: 3, lon: 2}\n"),
        ("map: { lat: 1,  lon: 2 }\n", {("map", "lon"): "3"}, "map: { lat: 1,  lon: 3 }\n"),
        ("map: {lat: 1,}\n", {("map", "lon"): "3"}, "map: {lat: 1, lon: 3}\n"),
        ("c:\n  line: a\n", {("c", "line"): None}, ""),
        ("c:\n    line: a\n", {("c", "phone"): "b"}, "c:\n    line: a\n    phone: b\n"),
        ("name: a\n", {("c", "line"): "@b"}, 'name: a\nc:\n  line: "@b"\n'),
        ("s: [5, 6, 7]\n", {("s",): ["5", "7", "8"]}, "s: [5, 7, 8]\n"),
        ("s: ['5', 6]\n", {("s",): ["4", "5", "6"]}, "s: [4, '5', 6]\n"),
        ("s:\n- a\n- b # c\n- d\n", {("s",): ["a", "d", "e"]}, "s:\n- a\n- d\n- e\n"),
        ("s: x\n", {("s",): ["1", "2"]}, "s: [1, 2]\n"),
        ("price: {from: 1, to: 2}\n", {("price",): "1-3"}, "price: 1-3\n"),
        (
            "p:\n  - f: a\n    t: b\n  - f: c\n",
            {("p",): [{"f": "c", "t": "d"}]},
            "p:\n  - f: c\n    t: d\n",
        ),
        ("p:\n  - t: b\n    f: a\n", {("p",): [{"f": "a"}]}, "p:\n  - f: a\n"),
        ("{a: 1, b: }\n", {("b",): "2", ("c",): "x"}, "{a: 1, b: 2, c: x}\n"),
        ("---\n---\nprose\n", {("name",): "a"}, "---\nname: a\n---\nprose\n"),
    ],
)
def test_a_change_keeps_comments_quotes_and_brackets(before, changes, after):
    assert changed(before, changes) == after


def test_a_new_field_stands_where_its_like_stand():
    order = ["name", "enterprise", "price", "unit"]
    text = "unit: x\nenterprise: a\nname: b\n"
    after = "unit: x\nenterprise: a\nprice: 1\nname: b\n"
    assert changed(text, {("price",): "1"}, order) == after
    assert changed("unit: x\n", {("name",): "b"}, order) == "name: b\nunit: x\n"


def test_the_prose_below_is_never_touched():
    prose = "---\nname: not a field\n---\n\tprice: 180\r\n  "
    text = "---\nname: a\n---\n" + prose
    assert changed(text, {("name",): "b", ("price",): "1"}).endswith("---\n" + prose)


def test_what_cannot_be_changed_by_position_is_refused():
    with pytest.raises(Fault) as caught:
        changed("? a\n: b\n", {("a",): ["x", "y"]})
    assert caught.value.rule == "entry-unchangeable"


@given(TYPED)
def test_whatever_is_written_reads_back(value):
    for text in ("\n".join(lines_of("key", value)) + "\n", f"key: {in_brackets(value)}\n"):
        assert read(text, "x.yaml")[0] == {"key": value}, text


@given(st.dictionaries(NAMES, TYPED | st.none(), max_size=3), st.sampled_from(["\n", "\r\n"]))
def test_every_change_reads_back_and_only_its_field_is_another(changes, ends):
    before, body = read(SQUID)
    text = changed(SQUID.replace("\n", ends), {(key,): value for key, value in changes.items()})
    after, body_after = read(text)
    assert body_after == body
    assert after == {
        key: value for key, value in {**before, **changes}.items() if value is not None
    }
    if "name" not in changes:
        assert "name: ปลาหมึกแห้งอ่าวสมมุติ" + ends in text
    gone = {line[1:].split(":")[0].strip() for line in diff(SQUID, text) if line[0] == "-"}
    assert gone <= {"name", "price", "unit"}


ITEMS = st.lists(
    st.fixed_dictionaries({"file": st.sampled_from("abcd")}, optional={"alt": TEXT.filter(bool)}),
    max_size=4,
)


@given(ITEMS, ITEMS, st.booleans())
def test_any_list_of_photos_becomes_any_other(old, new, is_flow):
    said = [f"photos: {in_brackets(old)}"] if is_flow else lines_of("photos", old)
    text = "name: x\n" + "\n".join(said) + "\n# the end\n"
    after = changed(text, {("photos",): new})
    assert read(after, "x.yaml")[0].get("photos", []) == new
    assert after.startswith("name: x\n")
    assert after.endswith("\n# the end\n")
    assert changed(after, {("photos",): new}) == after
