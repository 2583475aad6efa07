"""new, export, import and schema, as staff run them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from microsite.language.wording import ENGLISH
from microsite.pipeline.editing import open_catalogue, plan_changes
from microsite.pipeline.settings import Settings
from microsite.pipeline.sheets import as_sheets, read_sheets, write_sheets
from microsite.records.schema import FOLDERS

try:
    import pty
except ImportError:  # Windows has no such terminals; everything but the questions is tested there
    pty = None

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests/sites/tiny"
SQUID = "products/sample-squid.md"
TYPES = [type for type, _ in FOLDERS.values()]


def tree(site):
    """Every file of the content but the ledger, which commands keep."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "content").rglob("*"))
        if path.is_file() and path.parent.name != "ledger"
    }


def changed_files(before, after):
    return sorted(name for name in before | after if before.get(name) != after.get(name))


@pytest.fixture
def site(tmp_path):
    """The tiny site, to be changed."""
    shutil.copytree(TINY / "content", tmp_path / "site/content")
    return tmp_path / "site"


@pytest.fixture
def export(run, site):
    """Exports the site; what comes back is the file."""

    def export_to(name="catalogue.xlsx", *options):
        file = site.parent / name
        done = run("export", file, "--site", site, *options)
        assert done.returncode == 0, done.stderr.decode()
        return file

    return export_to


def edit(file, changes, sheet="Products"):
    """Change cells: (slug, key of the column) -> value. A slug that is not there is a new row."""
    book = openpyxl.load_workbook(file)
    page = book[sheet]
    keys = [cell.value for cell in page[2]]
    for (slug, key), value in changes.items():
        rows = {page.cell(row, 1).value: row for row in range(3, page.max_row + 1)}
        row = rows.get(slug, page.max_row + 1)
        page.cell(row, 1).value = slug
        page.cell(row, keys.index(key) + 1).value = value
    book.save(file)
    return file


def said(done):
    return done.stdout.decode() + done.stderr.decode()


def opened(site):
    problems = []
    settings = Settings(str(ROOT), str(site), str(site / "dist"), dt.date(2026, 11, 24))
    catalogue = open_catalogue(settings, problems)
    assert catalogue, problems
    return settings, catalogue


@pytest.mark.parametrize("folder", ["content", "examples/sample-market/content"])
def test_every_sheet_that_goes_out_changes_nothing_when_it_comes_back(tmp_path, folder):
    source = ROOT / folder
    shutil.copytree(source, tmp_path / "content")
    if (source.parent / "assets/photos").is_dir():
        shutil.copytree(source.parent / "assets/photos", tmp_path / "assets/photos")
    settings, catalogue = opened(tmp_path)
    for name in ("catalogue.xlsx", *(f"{folder}.csv" for folder in FOLDERS)):
        file = str(tmp_path / name)
        write_sheets(file, as_sheets(catalogue, file, ENGLISH))
        typings = read_sheets(file)
        assert sum(len(typing.rows) for typing in typings) >= 1
        plan = plan_changes(catalogue, typings, settings, ENGLISH)
        assert (plan.problems, plan.sentences, plan.files) == ([], [], {}), name
        assert plan.without_row == 0


def test_export_then_import_changes_no_byte(run, copy_of, tmp_path):
    site = copy_of("sample-market", tmp_path / "site")
    before = tree(site)
    assert run("export", tmp_path / "c.xlsx", "--site", site, "--quiet").returncode == 0
    done = run("import", tmp_path / "c.xlsx", "--site", site, "--yes")
    assert done.returncode == 0, said(done)
    assert "changes nothing" in said(done)
    assert tree(site) == before


@pytest.mark.parametrize("file", ["catalogue.xlsx", "products.csv"])
def test_a_price_changed_in_a_sheet_is_the_line_that_a_person_would_change(
    run, build, site, export, file
):
    by_hand = tree(site)
    by_hand[f"content/th/{SQUID}"] = by_hand[f"content/th/{SQUID}"].replace(
        b"price: 180", b"price: 200"
    )
    sheet = export(file)
    if file.endswith("csv"):
        sheet.write_bytes(sheet.read_bytes().replace(b",180,", b",200,"))
    else:
        edit(sheet, {("sample-squid", "price"): 200})
    done = run("import", sheet, "--site", site, "--yes", "--language", "th")
    assert done.returncode == 0, said(done)
    assert "ราคา ปลาหมึกตัวอย่าง 180 → 200 บาท" in done.stdout.decode()
    assert tree(site) == by_hand
    build(site)
    for page in ("products/sample-squid/index.html", "products/index.html"):
        for tag in ("th", "en"):
            html = (site / "dist" / tag / page).read_text("utf-8")
            assert "200" in html
            assert "180" not in html.replace("180x180", "")
            assert ('"price":"200.00"' in html) == (page != "products/index.html")


def test_one_wrong_cell_stops_all_writing_and_is_named(run, site, export):
    before = tree(site)
    wrong = {("sample-squid", "price"): "ถามร้าน", ("sample-squid", "unit"): "ถุง"}
    sheet = edit(export(), {**wrong, ("sample-squid", "enterprise"): "sample-grup"})
    done = run("import", sheet, "--site", site, "--yes", "--language", "th")
    assert done.returncode == 1
    assert "Products!Y3: “ถามร้าน” ไม่ใช่ราคา" in said(done)
    assert "Products!V3: " in said(done)
    assert "sample-group" in said(done)
    assert tree(site) == before


def test_faults_in_cells_are_listed_for_programs_too(run, site, export):
    sheet = edit(export(), {("sample-squid", "price"): "ask"})
    done = run("import", sheet, "--site", site, "--yes", "--format", "json")
    [problem] = [one for one in json.loads(done.stdout)["problems"] if one["level"] == "error"]
    assert problem["rule"] == "price-not-a-number"
    assert problem["file"] == sheet.as_posix()
    assert (problem["line"], problem["message"][:12]) == (3, "Products!Y3:")


def test_nothing_is_written_before_somebody_has_said_yes(run, site, export):
    before = tree(site)
    sheet = edit(export(), {("sample-squid", "price"): 200})
    done = run("import", sheet, "--site", site)
    assert done.returncode == 1
    assert "180 → 200" in said(done)
    assert "--yes" in said(done)
    assert tree(site) == before


def test_rows_that_are_missing_change_nothing(run, site, export):
    before = tree(site)
    sheet = export()
    book = openpyxl.load_workbook(sheet)
    book["Products"].delete_rows(3)
    book.save(sheet)
    done = run("import", sheet, "--site", site, "--yes")
    assert done.returncode == 0
    assert "1 entry has no row here and stays as it is." in said(done)
    assert tree(site) == before


def test_columns_that_are_missing_change_nothing(run, site, export):
    before = tree(site)
    sheet = export()
    book = openpyxl.load_workbook(sheet)
    page = book["Products"]
    keys = [cell.value for cell in page[2]]
    for number in range(len(keys), 1, -1):
        if keys[number - 1] not in {"slug", "unit"}:
            page.delete_cols(number)
    page.cell(3, 2).value = "ถุงใหม่"
    book.save(sheet)
    done = run("import", sheet, "--site", site, "--yes")
    assert done.returncode == 0, said(done)
    after = tree(site)
    assert changed_files(before, after) == [f"content/th/{SQUID}"]
    assert after[f"content/th/{SQUID}"].decode() == before[f"content/th/{SQUID}"].decode().replace(
        "unit: ถุงตัวอย่าง", "unit: ถุงใหม่"
    )


def test_an_empty_cell_takes_the_field_out(run, site, export):
    before = tree(site)
    sheet = edit(export(), {("sample-squid", "unit"): None})
    done = run("import", sheet, "--site", site, "--yes")
    assert done.returncode == 0, said(done)
    expected = before[f"content/th/{SQUID}"].decode().replace("unit: ถุงตัวอย่าง\n", "")
    assert tree(site)[f"content/th/{SQUID}"].decode() == expected


def test_a_new_row_becomes_a_new_entry_in_each_language(run, build, site, export):
    sheet = edit(
        export(),
        {
            ("sample-crab", "name"): "ปูตัวอย่าง",
            ("sample-crab", "name [en]"): "Sample crab",
            ("sample-crab", "summary"): "ปู: สด",
            ("sample-crab", "summary [en]"): "Fresh crab",
            ("sample-crab", "enterprise"): "sample-group",
            ("sample-crab", "category"): "sample-goods",
            ("sample-crab", "season"): "11, 12; 1",
        },
    )
    done = run("import", sheet, "--site", site, "--yes")
    assert done.returncode == 0, said(done)
    text = (site / "content/th/products/sample-crab.md").read_text("utf-8")
    assert text == (
        '---\nname: ปูตัวอย่าง\nsummary: "ปู: สด"\nenterprise: sample-group\n'
        "category: sample-goods\nseason: [11, 12, 1]\n---\n"
    )
    pages = build(site)
    assert "th/products/sample-crab/index.html" in pages
    assert "en/products/sample-crab/index.html" in pages


@pytest.mark.parametrize(
    ("changes", "cell", "mend"),
    [
        ({("sample-squid", "summary"): None}, "Products!D3", "Fill in this cell."),
        ({("sample-squid", "photos"): "file: a/b.jpg"}, "Products!", "Add `alt: …` to the line in"),
        ({("sample-squid", "photos"): "alt: squid"}, "Products!", "Add `file: …` to the line in"),
        ({("sample-squid", "sources"): None}, "Products!", "Fill in this cell."),
    ],
)
def test_what_is_missing_in_a_sheet_is_mended_in_its_cell(run, site, export, changes, cell, mend):
    sheet = edit(export(), changes)
    [(_, key)] = changes
    keys = [one.value for one in openpyxl.load_workbook(sheet)["Products"][2]]
    done = run("import", sheet, "--site", site, "--yes", "--language", "en", "--format", "json")
    found = json.loads(done.stdout)["problems"]
    [problem] = [one for one in found if one["remedy"].startswith(mend)]
    assert problem["message"].startswith(cell)
    assert (problem["line"], problem["column"]) == (3, keys.index(key) + 1)
    assert not [one for one in found if "a line that begins with" in one["remedy"]]


def test_what_is_missing_in_a_new_entry_is_mended_by_an_option(run, site):
    given = ["--slug", "crab", "--name", "ปู", "--photos", "file: a/b.jpg"]
    done = run("new", "product", *given, "--site", site, "--language", "en")
    assert done.returncode == 1
    assert "Add --enterprise …." in said(done)
    assert "Add `alt: …` to what --photos says, with | before it." in said(done)


def test_a_sheet_of_another_name_is_read_and_one_that_is_not_ours_stops_it(run, site, export):
    sheet = edit(export(), {("sample-squid", "price"): 200})
    book = openpyxl.load_workbook(sheet)
    book["Products"].title = "สินค้าของเรา"
    book.save(sheet)
    done = run("import", sheet, "--site", site)
    assert "180 → 200" in said(done)
    before = tree(site)
    book.create_sheet("โน้ต").append(["โทรหาร้าน"])
    book.save(sheet)
    done = run("import", sheet, "--site", site, "--yes", "--language", "th")
    assert done.returncode == 1
    assert "ไม่รู้จักชีต “โน้ต”" in said(done)
    assert said(done).rstrip().endswith("ยังไม่ได้เขียนอะไรลงไฟล์")
    assert tree(site) == before


def test_an_export_never_overwrites_a_file(run, site, export):
    sheet = export()
    sheet.write_bytes(b"somebody's work")
    done = run("export", sheet, "--site", site)
    assert done.returncode == 1
    assert sheet.read_bytes() == b"somebody's work"


@pytest.mark.parametrize("name", ["catalogue.ods", "things.csv", "catalogue"])
def test_a_file_of_another_kind_is_refused(run, site, name):
    for command in ("export", "import"):
        done = run(command, site.parent / name, "--site", site)
        assert done.returncode == 1
        assert "[sheet-name]" in said(done)


def test_content_with_faults_goes_out_to_no_sheet(run, site):
    file = site / "content/th" / SQUID
    file.write_text(file.read_text("utf-8").replace("price: 180", "price: ask"), "utf-8")
    done = run("export", site.parent / "catalogue.xlsx", "--site", site)
    assert done.returncode == 1
    assert "[price-not-a-number]" in said(done)
    assert said(done).rstrip().endswith("Nothing was exported.")
    assert not (site.parent / "catalogue.xlsx").exists()
    sheet = site.parent / "products.csv"
    sheet.write_text("x\nslug\n", "utf-8")
    done = run("import", sheet, "--site", site, "--yes")
    assert done.returncode == 1
    assert said(done).rstrip().endswith("Nothing was written.")


def test_a_table_shows_its_keys_below_what_people_call_them(export):
    text = export("products.csv", "--language", "th").read_text("utf-8-sig")
    labels, keys, row = csv.reader(io.StringIO(text))
    assert (labels[keys.index("price")], row[keys.index("price")]) == ("ราคา", "180")
    assert labels[keys.index("name [en]")] == "ชื่อ (en)"


GIVEN = {
    "enterprise": ["--name", "กลุ่มใหม่", "--summary", "ข้อความ", "--place", "sample-place"],
    "product": [
        *("--name", "ปูใหม่", "--summary", "ปู", "--enterprise", "sample-group"),
        *("--category", "sample-goods", "--price", "120-250", "--unit", "กิโลกรัม"),
        *("--unit-en", "kg", "--season", "1; 2", "--draft", "true"),
    ],
    "partner": ["--name", "ธนาคาร", "--kind", "bank", "--website", "https://bank.example/"],
    "article": ["--title", "ข่าว", "--summary", "ข้อความ", "--date", "2569-11-20"],
    "page": ["--title", "หน้าใหม่", "--menu", "footer"],
}


@pytest.mark.parametrize("type", TYPES)
def test_a_new_entry_of_any_type_is_valid_in_each_language(run, site, type):
    places = (site / "content/th/taxonomy.yaml").read_text("utf-8")
    place = places.split("places:\n")[1].split(":")[0].strip()
    given = [place if one == "sample-place" else one for one in GIVEN[type]]
    name = "title" if type in {"article", "page"} else "name"
    done = run("new", type, *given, f"--{name}-en", "Some New Thing", "--site", site)
    assert done.returncode == 0, said(done)
    folder = next(folder for folder, (one, _) in FOLDERS.items() if one == type)
    files = sorted((site / "content").glob(f"*/{folder}/some-new-thing.*"))
    assert [path.parts[-3] for path in files] == ["en", "th"]
    built = run("--site", site, "--format", "json", "--drafts")
    assert built.returncode == 0, said(built)
    text = files[1].read_text("utf-8")
    assert "#aliases:" in text or type == "partner"
    assert f"name: {GIVEN[type][1]}" in text or f"title: {GIVEN[type][1]}" in text


@pytest.mark.parametrize(
    ("arguments", "rule", "code"),
    [
        (["--slug", "sample-squid", "--name", "x"], "entry-exists", 1),
        (["--slug", "con"], "slug", 1),
        (["--slug", "../x"], "slug", 1),
        (["--name", "ปู"], "slug-missing", 1),
        (["--name-en", "Crab"], "required", 1),
        (["--name-en", "Crab", "--price", "ask"], "price-not-a-number", 1),
        (["--colour", "red"], "", 2),
    ],
)
def test_a_new_entry_that_cannot_be_is_refused(run, site, arguments, rule, code):
    before = tree(site)
    done = run("new", "product", *arguments, "--site", site)
    assert done.returncode == code
    assert rule in said(done)
    assert tree(site) == before


@pytest.mark.skipif(pty is None, reason="no pseudo-terminals on this system")
@pytest.mark.parametrize(
    ("arguments", "answers", "expected"),
    [
        (
            ["new", "product", "--name", "ปู", "--language", "th"],
            ["Soft crab", "", "ปูนิ่ม", "", "sample-grup", "sample-group", "sample-goods", ""],
            "content/th/products/soft-crab.md",
        ),
        (["import", "SHEET", "--language", "th"], ["ใช่"], "price: 200"),
        (["import", "SHEET", "--language", "th"], ["no"], "price: 180"),
    ],
    ids=["new", "yes", "no"],
)
def test_questions_are_asked_where_somebody_sits(site, export, arguments, answers, expected):
    sheet = edit(export(), {("sample-squid", "price"): 200})
    command = [sys.executable, ROOT / "build.py", *arguments, "--site", site]
    command = [str(sheet if one == "SHEET" else one) for one in command]
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 # our own program
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        os.close(theirs)
        os.write(ours, "".join(one + "\n" for one in answers).encode())
        out = running.communicate(timeout=60)[0].decode()
        os.close(ours)
    assert running.returncode == 0, out
    if expected.endswith(".md"):
        text = (site / expected).read_text("utf-8")
        assert "name: ปู\nsummary: ปูนิ่ม\n" in text
        assert "enterprise: sample-group\ncategory: sample-goods\n" in text
        assert "“sample-grup”" in out
    else:
        assert expected in (site / "content/th" / SQUID).read_text("utf-8")


@pytest.mark.parametrize("arguments", [["product"], ["product", "--words"], [], ["--table"]])
def test_schema_tells_what_entries_may_hold(run, arguments):
    done = run("schema", *arguments, "--language", "th")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "ราคา" in text or "--words" in arguments
    assert "--table" in arguments or json.loads(text)
