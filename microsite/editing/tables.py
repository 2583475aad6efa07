"""Rows of entries of one type as comma-separated values (csv), and back."""

from __future__ import annotations

import csv
import re
from io import StringIO

from microsite.editing.columns import SLUG, Cell
from microsite.editing.rows import HEADINGS, Sheet, Typing
from microsite.editing.spreadsheet import ROWS_LIMIT, UNPACKED_LIMIT
from microsite.language.thai import looks_thai
from microsite.language.wording import Wording
from microsite.problems import N_, Fault

# A sheet would take such a text for a formula; OWASP, “CSV Injection”.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MADE_SAFE = re.compile(r"''*[=+\-@\t\r]")


def as_table(sheet: Sheet, wording: Wording) -> bytes:
    """The rows in UTF-8 with a byte order mark, by which Excel knows Thai."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_safe(column.label(wording)) for column in sheet.columns)
    writer.writerow(column.key for column in sheet.columns)
    for row in sheet.rows:
        writer.writerow(_safe(value) for value in row)
    return file.getvalue().encode("utf-8-sig")


def read_table(data: bytes, file: str, type: str) -> Typing:
    """The rows of a table, with commas, semicolons or tabs between the cells.

    Raises:
        Fault: not in UTF-8, not a table, or longer than one that people fill in.
    """
    if len(data) > UNPACKED_LIMIT:
        message = N_("“{file}” holds more than {limit} MB.")
        mend = N_("Divide it, and read it in parts.")
        limit = UNPACKED_LIMIT // 1024 // 1024
        raise Fault("sheet-too-large", message, mend, file=file, limit=limit)
    text = _decoded(data, file)
    try:
        rows = _rows(text)
    except csv.Error:
        message = N_("“{file}” cannot be read as a table.")
        mend = N_("Save it as “CSV UTF-8”, or export it anew.")
        raise Fault("sheet-unreadable", message, mend, file=file) from None
    keys = [cell.strip() for cell in rows[1]] if len(rows) > 1 else []
    below = {
        number: [_taken_off(cell) for cell in cells]
        for number, cells in enumerate(rows[HEADINGS:], start=HEADINGS + 1)
        if any(cells)
    }
    return Typing(type, file, "", keys, below)


def _rows(text: str) -> list[list[str]]:
    """The cells, with whatever between them that makes the file name a column of its own."""
    found: list[list[str]] = []
    for mark in ",;\t":
        found = []
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True):
            found.append(row)
            if len(found) == HEADINGS and SLUG not in row:
                break
            if len(found) > ROWS_LIMIT + HEADINGS:
                message = N_("The sheet has more than {limit} rows.")
                mend = N_("Divide it, and read it in parts.")
                raise Fault("sheet-too-long", message, mend, limit=ROWS_LIMIT)
        else:
            return found
    return found


def _decoded(data: bytes, file: str) -> str:
    mend = N_("Save it as “CSV UTF-8”, or export it anew.")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        is_thai = looks_thai(data.decode("cp874"))
    except UnicodeDecodeError:
        is_thai = False
    if is_thai:
        message = N_("“{file}” is saved as Windows-874 (TIS-620).")
        raise Fault("encoding-thai", message, mend, file=file)
    raise Fault("encoding", N_("“{file}” is not saved as UTF-8."), mend, file=file)


def _safe(value: Cell | None) -> str:
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and _FORMULA.match(text) else text


def _taken_off(text: str) -> str:
    return text[1:] if _MADE_SAFE.match(text) else text
