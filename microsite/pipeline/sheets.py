"""Spreadsheets and tables on disk: the catalogue as one, and what somebody typed into it."""

from __future__ import annotations

from microsite.editing.rows import Typing, sheet_of
from microsite.language.wording import Wording
from microsite.pipeline.editing import Catalogue
from microsite.problems import N_, Refusal
from microsite.records.schema import FOLDERS
from microsite.storage.content import read_named, write_beside

LIMIT = 50 * 1024 * 1024  # bytes of a file that is read as a sheet


def as_sheets(catalogue: Catalogue, file: str, wording: Wording) -> bytes:
    """The catalogue as a spreadsheet (`.xlsx`), or one type as a table (`products.csv`).

    Raises:
        Refusal: a file name of another kind.
        Fault: a text longer than a cell holds.
    """
    type = _type_of(file)
    if type:
        from microsite.editing.tables import as_table

        return as_table(sheet_of(type, catalogue.languages, catalogue.checked), wording)
    from microsite.editing.spreadsheet import as_workbook

    sheets = [
        sheet_of(type, catalogue.languages, catalogue.checked) for type, _ in FOLDERS.values()
    ]
    return as_workbook(sheets, wording, catalogue.keys())


def write_sheets(file: str, data: bytes) -> None:
    """Write an export.

    Raises:
        Refusal: there is such a file already, or it cannot be written.
    """
    write_beside(file, data)


def read_sheets(file: str) -> list[Typing]:
    """What stands in a spreadsheet or table.

    Raises:
        Fault: a file that is none, or larger than one that people fill in.
    """
    type = _type_of(file)
    data = read_named(file, LIMIT)
    if type:
        from microsite.editing.tables import read_table

        return [read_table(data, file, type)]
    from microsite.editing.spreadsheet import read_workbook

    return read_workbook(data, file)


def _type_of(file: str) -> str:
    """The type of which a table is; "" for a spreadsheet, which has all."""
    stem, _, ending = file.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if ending.lower() == "xlsx":
        return ""
    if ending.lower() == "csv" and stem.lower() in FOLDERS:
        return FOLDERS[stem.lower()][0]
    message = N_("“{file}” is neither a spreadsheet nor the table of a type.")
    mend = N_("Name it like catalogue.xlsx, or like one of {names}.")
    names = ", ".join(f"{folder}.csv" for folder in FOLDERS)
    raise Refusal("sheet-name", message, mend, file=file, names=names)
