"""Rows of entries as a spreadsheet file (xlsx), and back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from microsite.editing.columns import Cell, Column, typed
from microsite.editing.recognising import sheet_name, titled, type_of_sheet
from microsite.editing.rows import HEADINGS, Sheet, Typing
from microsite.language.wording import Wording
from microsite.problems import N_, Fault
from microsite.records.schema import FOLDERS

UNPACKED_LIMIT = 50 * 1024 * 1024  # bytes of what is packed into the file
ROWS_LIMIT = 20_000
_COLUMNS_LIMIT = 300
_CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
_LISTS = "Lists"
_WIDEST, _NARROWEST = 60, 12
_DATES = (date, time, timedelta)  # what a sheet makes of a text that looks like one
_NAMED = 5  # ranges of cells that a message names
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref=["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")


def as_workbook(
    sheets: Iterable[Sheet], wording: Wording, keys: Mapping[str, Sequence[str]]
) -> bytes:
    """A spreadsheet with a sheet a type; `keys` are what may be referred to, by type.

    Raises:
        Fault: a text longer than a cell holds.
    """
    sheets = list(sheets)
    for sheet in sheets:
        _expect_short(sheet)
    book = Workbook(write_only=True)
    lists: dict[str, list[str]] = {}
    for sheet in sheets:
        _write(book, sheet, wording, keys, lists)
    page = book.create_sheet(_LISTS)
    page.sheet_state = "hidden"
    longest = max(map(len, lists.values()), default=0)
    for row in range(longest):
        page.append([said[row] if row < len(said) else None for said in lists.values()])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(
    book: Any,
    sheet: Sheet,
    wording: Wording,
    keys: Mapping[str, Sequence[str]],
    lists: dict[str, list[str]],
) -> None:
    page = book.create_sheet(sheet_name(sheet.type))
    page.freeze_panes = f"B{HEADINGS + 1}"
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = _width(sheet, number - 1, column, wording)
        page.column_dimensions[letter].number_format = "@"  # what is typed stays as typed
        if options := _options(column, keys):
            name = ",".join(options)
            lists.setdefault(name, list(options))
            at = get_column_letter(list(lists).index(name) + 1)
            choose = DataValidation(
                type="list",
                formula1=f"{_LISTS}!${at}$1:${at}${len(options)}",
                allow_blank=True,
                showErrorMessage=False,  # import says what is wrong, in words
            )
            choose.add(f"{letter}{HEADINGS + 1}:{letter}{ROWS_LIMIT + HEADINGS}")
            page.data_validations.append(choose)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    grey = Font(color="777777", size=9)
    heads, names = [], []
    for column in sheet.columns:
        star = " *" if column.is_required else ""
        head = WriteOnlyCell(page, column.label(wording) + star)
        head.font, head.alignment = bold, wrapped
        if help := column.help(wording):
            head.comment = Comment(help, "microsite", height=90, width=260)
        heads.append(head)
        key = WriteOnlyCell(page, column.key)
        key.font = grey
        names.append(key)
    page.append(heads)
    page.append(names)
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _expect_short(sheet: Sheet) -> None:
    for slug, *values in sheet.rows:
        if any(isinstance(value, str) and len(value) > _CELL_LIMIT for value in values):
            message = N_(
                "A text of “{slug}” is longer than a cell of a spreadsheet holds ({limit})."
            )
            mend = N_("Move the longer part into the text of the entry.")
            raise Fault("cell-too-long", message, mend, slug=slug, limit=_CELL_LIMIT)


def _cell(page: Any, value: Cell | None) -> Any:
    if value is None or not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value)
    cell.data_type = "s"  # text, whatever it begins with: never a formula
    cell.number_format = "@"  # nor, once somebody edits it, a day that Excel makes of 1-2
    cell.quotePrefix = True
    return cell


def _options(column: Column, keys: Mapping[str, Sequence[str]]) -> Sequence[str]:
    kind = column.kind
    if kind is None or column.field is None or column.field.many:
        return ()
    if kind.refers_to:
        return keys.get(kind.refers_to, ())
    if kind.name == "yes-no":
        return ("true", "false")
    options = kind.schema.get("enum", ()) if kind.name == "choice" else ()
    return [str(one) for one in options] if isinstance(options, list | tuple) else ()


def _width(sheet: Sheet, index: int, column: Column, wording: Wording) -> int:
    said = (max(map(len, str(row[index] or "").split("\n"))) for row in sheet.rows[:200])
    longest = max(said, default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(column.label(wording)) // 2 + 2))


def read_workbook(data: bytes, file: str) -> list[Typing]:
    """The sheets of a spreadsheet that hold entries; hidden ones only if they are named like ours.

    Raises:
        Fault: not a spreadsheet, larger than one that people fill in, a sheet of no type that we
            know, two of one type, or merged cells.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _unreadable(file) from None
    if unpacked > UNPACKED_LIMIT:
        message = N_("“{file}” holds more than {limit} MB.")
        mend = N_("Take pictures and other sheets out of it.")
        limit = UNPACKED_LIMIT // 1024 // 1024
        raise Fault("sheet-too-large", message, mend, file=file, limit=limit)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return _typings(book, packed, file)
    except Fault:
        raise
    # What openpyxl raises for files that are not as they should be; the last from defusedxml.
    except (zipfile.BadZipFile, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        raise _unreadable(file) from error
    except (ParseError, ValueError, EOFError, NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined] # zlib, as zipfile has it
        raise _unreadable(file) from error


def _typings(book: Any, packed: zipfile.ZipFile, file: str) -> list[Typing]:
    found: dict[str, Typing] = {}
    unknown: list[str] = []
    for page in book.worksheets:
        page.reset_dimensions()  # a sheet may lie about how long it is
        keys = _keys(page)
        is_shown = page.sheet_state == "visible"
        type = type_of_sheet(page.title, keys) if is_shown or titled(page.title) else ""
        if not type:
            if is_shown and page.title != _LISTS and not _is_blank(page):
                unknown.append(page.title)
            continue
        if type in found:
            message = N_("The sheets “{first}” and “{second}” hold entries of the same type.")
            mend = N_("Put all rows into one of them, and move the other to a file of its own.")
            raise Fault("sheet-twice", message, mend, first=found[type].name, second=page.title)
        # Of what is merged Excel keeps the first cell only: the others would come in as emptied.
        _expect_unmerged(page.title, packed.read(page._worksheet_path), len(keys))
        found[type] = _typing(page, type, file, keys)
    names = ", ".join(sheet_name(type) for type, _ in FOLDERS.values())
    if unknown:
        message = N_("Nothing is known of this sheet: {sheets}.")
        mend = N_(
            "If it holds entries, put the keys back into row {row} and call it like one of "
            "{names}; if not, hide it or move it to another file."
        )
        sheets = ", ".join(f"“{title}”" for title in unknown)
        raise Fault("sheet-unknown", message, mend, sheets=sheets, row=HEADINGS, names=names)
    if not found:
        message = N_("“{file}” has no sheet with entries.")
        mend = N_("Export it anew; its sheets are called {names}.")
        raise Fault("sheet-unknown", message, mend, file=file, names=names)
    return list(found.values())


def _keys(page: Any) -> list[str]:
    heads = list(page.iter_rows(min_row=HEADINGS, max_row=HEADINGS, max_col=_COLUMNS_LIMIT))
    keys = [_said(cell, 0, 0, {}).strip() for cell in heads[0]] if heads else []
    while keys and not keys[-1]:
        keys.pop()
    return keys


def _is_blank(page: Any) -> bool:
    rows = page.iter_rows(max_row=ROWS_LIMIT, max_col=_COLUMNS_LIMIT, values_only=True)
    return all(value is None for row in rows for value in row)


def _expect_unmerged(title: str, xml: bytes, width: int) -> None:
    """Headings of people may be merged; keys and entries may not."""
    merged = []
    for said in _MERGED.findall(xml):
        first, _, _, last = range_boundaries(said.decode())
        if (last or 0) >= HEADINGS and (first or 0) <= width:
            merged.append(said.decode())
    if merged:
        message = N_("Cells of the sheet “{sheet}” are merged: {ranges}.")
        mend = N_("Unmerge them, and write into each cell what belongs there.")
        ranges = ", ".join(merged[:_NAMED]) + (" …" if len(merged) > _NAMED else "")
        raise Fault("sheet-merged", message, mend, sheet=title, ranges=ranges)


def _typing(page: Any, type: str, file: str, keys: list[str]) -> Typing:
    faults: dict[tuple[int, int], Fault] = {}
    dates: set[tuple[int, int]] = set()
    rows: dict[int, list[str]] = {}
    last = ROWS_LIMIT + HEADINGS
    width = max(1, len(keys))
    below = page.iter_rows(min_row=HEADINGS + 1, max_row=last + 1, max_col=width)
    for number, cells in enumerate(below, start=HEADINGS + 1):
        said = [_said(cell, number, at, faults) for at, cell in enumerate(cells, start=1)]
        dates |= {
            (number, at) for at, cell in enumerate(cells, start=1) if isinstance(cell.value, _DATES)
        }
        if any(said):
            rows[number] = said
    if last + 1 in rows:
        message = N_("The sheet has more than {limit} rows.")
        mend = N_("Divide it, and read it in parts.")
        raise Fault("sheet-too-long", message, mend, limit=ROWS_LIMIT)
    return Typing(type, file, page.title, keys, rows, faults, frozenset(dates))


def _said(cell: Any, row: int, column: int, faults: dict[tuple[int, int], Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        message = N_("This cell holds a formula.")
        faults[row, column] = Fault("cell-formula", message, N_("Write what it comes to instead."))
    elif cell.data_type == "e":
        message = N_("This cell shows the error {typed}.")
        mend = N_("Write the value itself.")
        faults[row, column] = Fault("cell-error", message, mend, typed=value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool | int | float | date):
        return str(typed(value))
    return str(value)


def _unreadable(file: str) -> Fault:
    message = N_("“{file}” cannot be read as a spreadsheet.")
    mend = N_("Save it as an Excel workbook (.xlsx), or export it anew.")
    return Fault("sheet-unreadable", message, mend, file=file)
