"""Spreadsheets and tables: what goes out comes back, and nothing that comes in is trusted."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.xml import DEFUSEDXML

from microsite.editing.columns import cell_of, columns_of, typed_in_cell
from microsite.editing.rows import HEADINGS, Sheet, read_rows
from microsite.editing.spreadsheet import as_workbook, read_workbook, sheet_name
from microsite.editing.tables import as_table, read_table
from microsite.language.wording import ENGLISH
from microsite.problems import Fault
from microsite.records.fields import read_values
from microsite.records.kinds import read_line
from microsite.records.schema import FOLDERS
from microsite.records.source import Entry

LANGUAGES = ("th", "en")
TYPES = [type for type, _ in FOLDERS.values()]
LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("='\"+-@,;|\\ าํ"),
    max_size=30,
).map(read_line)


def column(key, type="product"):
    return next(one for one in columns_of(type, LANGUAGES) if one.key == key)


def out(names, dialect):
    """Products with these names out to a file and back: the rows as they were read."""
    columns = [column("slug"), column("name"), column("summary [en]")]
    rows = [(f"p{n}", name or None, name or None) for n, name in enumerate(names)]
    sheet = Sheet("product", columns, rows)
    if dialect == "csv":
        typing = read_table(as_table(sheet, ENGLISH), "products.csv", "product")
    else:
        [typing] = read_workbook(as_workbook([sheet], ENGLISH, {}), "c.xlsx")
    problems = []
    read = read_rows(typing, LANGUAGES, problems)
    assert not problems
    return read


def workbook(*rows, type="product"):
    book = openpyxl.Workbook()
    book.active.title = sheet_name(type)
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refused(read, *arguments):
    with pytest.raises(Fault) as caught:
        read(*arguments)
    return caught.value.rule


@pytest.mark.parametrize("dialect", ["xlsx", "csv"])
@given(st.lists(LINES, max_size=4))
def test_text_comes_back_as_it_went_out_whatever_it_begins_with(dialect, names):
    rows = out(names, dialect)
    assert [row.slug for row in rows] == [f"p{n}" for n in range(len(names))]
    for row, name in zip(rows, names, strict=True):
        assert read_line(row.fields["th"]["name"].value) == name
        assert read_line(row.fields["en"]["summary"].value) == name


@pytest.mark.parametrize("text", ["=1+1", "+66 81 234 5678", "-5", "@SUM(A1)", "\tx", "=cmd|'/c'"])
def test_no_text_of_ours_is_a_formula_in_a_sheet(text):
    sheet = Sheet("product", [column("slug"), column("name")], [("a", text)])
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([sheet], ENGLISH, {})))
    cell = book["Products"].cell(HEADINGS + 1, 2)
    assert (cell.data_type, cell.value) == ("s", text)
    last = as_table(sheet, ENGLISH).decode("utf-8-sig").splitlines()[-1]
    assert "'" + text in last


def test_excel_knows_that_a_table_is_thai():
    sheet = Sheet("product", [column("slug"), column("name")], [("a", "ปลาหมึก")])
    assert as_table(sheet, ENGLISH).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("type", TYPES)
def test_a_sheet_has_a_column_for_every_field_and_two_for_words(type):
    keys = [one.key for one in columns_of(type, LANGUAGES)]
    assert keys[0] == "slug"
    assert len(keys) == len(set(keys))
    book = openpyxl.load_workbook(
        io.BytesIO(as_workbook([Sheet(type, columns_of(type, LANGUAGES), [])], ENGLISH, {}))
    )
    page = book[sheet_name(type)]
    assert [cell.value for cell in page[HEADINGS]] == keys
    assert page.freeze_panes == "B3"
    assert page.cell(1, 1).comment.text == "Small Latin letters, digits and hyphens."


def test_keys_and_words_to_choose_from_can_be_chosen():
    sheet = Sheet("product", columns_of("product", LANGUAGES), [])
    keys = {"category": ["seafood", "home"], "enterprise": ["a"] * 300}
    page = openpyxl.load_workbook(io.BytesIO(as_workbook([sheet], ENGLISH, keys)))
    lists = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one.formula1
        for one in page["Products"].data_validations.dataValidation
    }
    names = {cell.column_letter: cell.value for cell in page["Products"][HEADINGS]}
    chosen = {names[letter] for letter in lists}
    assert chosen == {"category", "enterprise", "kind", "availability", "featured", "draft"}
    letter = next(one for one in lists if names[one] == "category")
    at = lists[letter].split("$")[1]
    assert [cell.value for cell in page["Lists"][at][:2]] == ["seafood", "home"]


@pytest.mark.parametrize(
    ("key", "value", "cell", "typed"),
    [
        ("season", [11, 12, 1], "11; 12; 1", ["11", "12", "1"]),
        ("draft", False, "false", "false"),
        ("order", 0, 0, "0"),
        ("sources", ["a; b", "https://c.example"], "a; b\nhttps://c.example", None),
        ("marks", [{"kind": "otop", "stars": 4}], "kind: otop | stars: 4", None),
    ],
)
def test_a_value_is_a_cell_that_people_can_read(key, value, cell, typed):
    assert cell_of(column(key), value) == cell
    assert typed is None or typed_in_cell(column(key), str(cell)) == typed


@pytest.mark.parametrize(
    ("value", "said"), [(180, "180"), (180.0, "180"), (180.5, "180.5"), (True, "true")]
)
def test_numbers_that_a_sheet_makes_are_what_people_typed(value, said):
    [typing] = read_workbook(workbook(["x"], ["slug", "price"], ["a", value]), "c.xlsx")
    assert typing.rows[3][1] == said


def test_a_day_that_a_sheet_made_of_a_date_is_that_day():
    row = ["a", datetime.fromisoformat("2026-11-20")]
    [typing] = read_workbook(workbook(["x"], ["slug", "checked"], row), "c.xlsx")
    assert typing.rows[3][1] == "2026-11-20"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["", "x"], "row-unnamed"),
        (["Bad name", "x"], "slug"),
        (["a", "=1+1"], "cell-formula"),
        (["a", "#N/A"], "cell-error"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_named(row, rule):
    [typing] = read_workbook(workbook(["x"], ["slug", "name"], row), "c.xlsx")
    problems = []
    read_rows(typing, LANGUAGES, problems)
    assert [one.rule for one in problems] == [rule]
    assert typing.cell(problems[0].place.line, problems[0].place.column) in {
        "Products!A3",
        "Products!B3",
    }


@pytest.mark.parametrize(
    ("keys", "rules"),
    [
        (["name"], ["sheet-keys"]),
        (["slug", "prise"], ["column"]),
        (["slug", "name", "name"], ["column-twice"]),
        (["x", "prise"], ["sheet-keys"]),
        (["slug", "", "name"], []),
    ],
)
def test_columns_go_by_their_keys_in_any_order(keys, rules):
    [typing] = read_workbook(workbook(["x"], keys, ["a", "b", "c"]), "c.xlsx")
    problems = []
    read_rows(typing, LANGUAGES, problems)
    assert [one.rule for one in problems] == rules


@pytest.mark.parametrize(
    "rows",
    [
        (["Our products"], ["File name", "Name"], ["slug", "name"], ["a", "=1+1"]),
        (["File name", "Name"], ["a", "=1+1"], ["b", "c"]),
    ],
    ids=["a row above", "no keys"],
)
def test_keys_that_are_not_in_their_row_are_the_only_thing_said(rows):
    ours = [*rows, ["a", "bad"], ["a", "twice"]]
    [typing] = read_workbook(workbook(*ours), "c.xlsx")
    text = "".join(",".join(row) + "\n" for row in ours).encode()
    for one in (typing, read_table(text, "products.csv", "product")):
        problems = []
        assert read_rows(one, LANGUAGES, problems) == []
        assert [problem.rule for problem in problems] == ["sheet-keys"]


def test_a_column_of_somebody_is_not_told_to_be_deleted():
    [typing] = read_workbook(workbook(["x"], ["slug", "phoned on"], ["a", "b"]), "c.xlsx")
    problems = []
    read_rows(typing, LANGUAGES, problems)
    [(message, mend)] = [one.said(ENGLISH) for one in problems]
    assert message == "There is no column `phoned on`."
    assert mend == "This column is not ours: move it to another file."


def book_of(*sheets):
    """A spreadsheet of sheets: what each is called, its keys and, of hidden ones, True."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, keys, *hidden in sheets:
        page = book.create_sheet(title)
        for row in (["x"], keys, ["a", "b", "c"]) if keys else ():
            page.append(row)
        page.sheet_state = "hidden" if hidden else "visible"
    if all(hidden for _, _, *hidden in sheets):
        book.create_sheet("Sheet9")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


PRODUCT, PARTNER = ["slug", "name", "price"], ["slug", "name [en]", "website", "kind"]


@pytest.mark.parametrize(
    ("sheets", "types"),
    [
        ([("สินค้า", PRODUCT)], ["product"]),
        ([("PRODUCTS", ["slug", "name"])], ["product"]),
        ([("Products", [*PARTNER, "logo"]), ("x", PRODUCT)], ["partner", "product"]),
        ([("Products", PRODUCT), ("Sheet2", None)], ["product"]),
        ([("Products", PRODUCT), ("My notes", ["who", "when"], True)], ["product"]),
        ([("Products", PRODUCT), ("Copy", PRODUCT, True)], ["product"]),
    ],
)
def test_a_sheet_is_known_by_its_columns_whatever_it_is_called(sheets, types):
    assert [one.type for one in read_workbook(book_of(*sheets), "c.xlsx")] == types


@pytest.mark.parametrize(
    ("sheets", "rule", "named"),
    [
        ([("Products", PRODUCT), ("โน้ต", ["who", "when"])], "sheet-unknown", "“โน้ต”"),
        ([("New", ["slug", "name"]), ("Pages", ["slug"])], "sheet-unknown", "“New”"),
        ([("A", ["who"]), ("B", ["x"])], "sheet-unknown", "“A”, “B”"),
        ([("A", ["who"], True)], "sheet-unknown", "“c.xlsx”"),
        ([("Products", PRODUCT), ("Products (2)", PRODUCT)], "sheet-twice", "“Products (2)”"),
    ],
)
def test_a_sheet_that_would_be_passed_over_is_named(sheets, rule, named):
    with pytest.raises(Fault) as caught:
        read_workbook(book_of(*sheets), "c.xlsx")
    assert caught.value.rule == rule
    assert named in caught.value.message.format(**caught.value.values)


@pytest.mark.parametrize(
    ("cells", "is_refused"),
    [("A3:B3", True), ("B3:B9", True), ("A2:B2", True), ("A1:B1", False), ("D3:E4", False)],
)
def test_merged_cells_are_named_since_all_but_one_of_them_would_be_emptied(cells, is_refused):
    book = openpyxl.load_workbook(io.BytesIO(workbook(["x"], ["slug", "name"], ["a", "b"])))
    book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    try:
        read_workbook(file.getvalue(), "c.xlsx")
    except Fault as fault:
        assert is_refused
        assert (fault.rule, fault.values["ranges"]) == ("sheet-merged", cells)
    else:
        assert not is_refused


DAY = datetime.fromisoformat("2026-11-20")


@pytest.mark.parametrize(
    ("key", "value", "rules"),
    [
        ("sku", DAY, ["cell-date"]),
        ("season", DAY, ["cell-date"]),
        ("price", DAY.time(), ["cell-date"]),
        ("checked", DAY, []),
        ("sku", "2026-11-20", []),
    ],
)
def test_a_date_that_excel_made_of_something_else_is_told(key, value, rules):
    [typing] = read_workbook(workbook(["x"], ["slug", key], ["a", value]), "c.xlsx")
    problems = []
    read_rows(typing, LANGUAGES, problems)
    assert [(one.rule, one.place.line, one.place.column) for one in problems] == [
        (rule, 3, 2) for rule in rules
    ]


def test_a_date_is_no_name_of_an_entry():
    [typing] = read_workbook(workbook(["x"], ["slug", "name"], [DAY, "b"]), "c.xlsx")
    problems = []
    assert read_rows(typing, LANGUAGES, problems) == []
    assert [one.rule for one in problems] == ["cell-date"]


def test_excel_takes_no_text_of_ours_for_a_date_or_number():
    columns = [column(key) for key in ("slug", "sku", "price", "season", "order")]
    sheet = Sheet("product", columns, [("a", "3-5", "1-2", "11; 12", 7)])
    page = openpyxl.load_workbook(io.BytesIO(as_workbook([sheet], ENGLISH, {})))["Products"]
    *texts, number = page[HEADINGS + 1]
    assert [(one.number_format, one.quotePrefix) for one in texts] == [("@", True)] * 4
    assert (number.value, number.data_type) == (7, "n")


def test_a_row_stands_in_a_sheet_once():
    [typing] = read_workbook(workbook(["x"], ["slug"], ["a"], ["b"], ["a"]), "c.xlsx")
    problems = []
    assert [row.slug for row in read_rows(typing, LANGUAGES, problems)] == ["a", "b"]
    assert [(one.rule, one.values["row"]) for one in problems] == [("row-twice", 3)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_may_have_other_marks_between_its_cells(mark):
    data = f"x{mark}y\nslug{mark}name\na{mark}ปลา\n".encode("utf-8-sig")
    typing = read_table(data, "products.csv", "product")
    assert (typing.keys, typing.rows) == (["slug", "name"], {3: ["a", "ปลา"]})


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("x,y\nslug,name\na,ปลาหมึกแห้งตากแดด\n".encode("cp874"), "encoding-thai"),
        (b"slug\n\xff\x80\x81", "encoding"),
        (b'x\nslug\n"' + b"a" * 200_000, "sheet-unreadable"),
        (b"x\nslug\n" + b"a\n" * 20_001, "sheet-too-long"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(data, rule):
    assert refused(read_table, data, "products.csv", "product") == rule


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + bytes(40), workbook(["a"])[:900]])
def test_what_is_no_spreadsheet_is_refused(data):
    assert refused(read_workbook, data, "c.xlsx") == "sheet-unreadable"


def repacked(change):
    """A small spreadsheet with its first sheet's XML changed."""
    old, new = zipfile.ZipFile(io.BytesIO(workbook(["x"], ["slug"], ["a"]))), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in old.namelist():
            data = old.read(name)
            packed.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return new.getvalue()


def test_entities_that_multiply_are_refused():
    assert DEFUSEDXML
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = repacked(lambda xml: bomb + xml.replace(b"<dimension", b"<x>&b;</x><dimension"))
    assert refused(read_workbook, data, "c.xlsx") == "sheet-unreadable"


def test_a_sheet_that_unpacks_to_more_than_people_type_is_refused():
    data = repacked(lambda xml: xml + b" " * 51 * 1024 * 1024)
    assert len(data) < 100_000
    assert refused(read_workbook, data, "c.xlsx") == "sheet-too-large"


def test_a_cell_at_the_end_of_the_world_does_not_hang():
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    [typing] = read_workbook(repacked(lambda xml: xml.replace(b"</sheetData>", far)), "c.xlsx")
    assert typing.rows == {3: typing.rows[3]}


def test_a_sheet_may_not_lie_about_its_length():
    data = workbook(["x"], ["slug"], *([f"a{n}"] for n in range(30)))
    old, new = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(new, "w") as packed:
        for name in old.namelist():
            packed.writestr(name, old.read(name).replace(b'ref="A1:A32"', b'ref="A1:A5"'))
    [typing] = read_workbook(new.getvalue(), "c.xlsx")
    assert len(typing.rows) == 30


def test_a_sheet_may_not_be_longer_than_a_build_can_check():
    far = b'<row r="20003"><c r="A20003" t="n"><v>1</v></c></row></sheetData>'
    data = repacked(lambda xml: xml.replace(b"</sheetData>", far))
    assert refused(read_workbook, data, "c.xlsx") == "sheet-too-long"


@pytest.mark.parametrize("type", TYPES)
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_bytes_make_a_table_stumble(type, data):
    try:
        typing = read_table(data, "x.csv", type)
        read_rows(typing, LANGUAGES, [])
    except Fault:
        pass


def test_a_text_that_no_cell_holds_is_not_cut_short():
    sheet = Sheet("product", [column("slug"), column("ingredients")], [("a", "ก" * 32_768)])
    assert refused(as_workbook, [sheet], ENGLISH, {}) == "cell-too-long"


@given(st.lists(st.tuples(LINES.filter(bool), LINES.filter(bool)), min_size=1, max_size=3))
def test_photos_and_sources_come_back_from_their_cells(pairs):
    photos = [{"file": "a/b.jpg", "alt": alt, "credit": by} for alt, by in pairs]
    entry = Entry("product", "x", "th", "x.md", {})
    checked, _ = read_values(entry, "words")
    assert checked.values == {}
    said = typed_in_cell(column("photos"), str(cell_of(column("photos"), photos)))
    assert said == photos
