"""What problems say of the cells of a sheet, where their entry came from one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from microsite.editing.columns import SLUG
from microsite.editing.rows import HEADINGS, Row, Typing
from microsite.language.wording import Wording
from microsite.problems import N_, Place, Problem

_ALT = ("photo-alt-missing", "photo-alt-borrowed")


def at_cells(
    problems: Iterable[Problem], rows: Mapping[str, Row], wording: Wording
) -> list[Problem]:
    """The problems with the cell in their message, and the sheet as their file.

    `rows` are the rows by the file of the entry that they became. A fault speaks the language of
    the wording from here on.
    """
    return [_at_cell(problem, rows.get(problem.place.file), wording) for problem in problems]


def _at_cell(problem: Problem, row: Row | None, wording: Wording) -> Problem:
    if row is None:
        return problem
    line, column = problem.place.line, problem.place.column
    name = "sources" if problem.rule == "sources-missing" else str(problem.values.get("name", ""))
    name = "photos" if problem.rule in _ALT else name
    group = "" if line <= HEADINGS else row.typing.keys[column - 1].partition(".")[0]
    spelt = (f"{name} [{row.language}]", name, f"{group}.{name}")
    own = next((row.columns[key] for key in spelt if key in row.columns), 0)
    if line <= HEADINGS or (own and problem.rule == "required"):
        line, column = row.number, own or row.columns[SLUG]  # what is missing: its empty cell
    if problem.rule in {"required", "sources-missing", *_ALT}:
        problem = _with_remedy(problem, row, column, is_own=column == own)
    place = Place(row.typing.file, line, column)
    return in_cell(replace(problem, place=place, line_text=""), row.typing, wording)


def _with_remedy(problem: Problem, row: Row, column: int, *, is_own: bool) -> Problem:
    """The problem of what is missing, mended in a cell or by an option, not by a line of a file."""
    if column == row.columns[SLUG]:
        return problem  # there is no column for it: it is mended in the file
    option = row.typing.names[column - 1] if row.typing.names else ""
    name = "alt" if problem.rule in _ALT else problem.values.get("name", "")
    is_empty = not any(map(str.strip, row.typing.rows[row.number][column - 1 : column]))
    if is_empty and problem.rule in _ALT:
        mend = N_("Fill in this cell, one photo a line: `file: … | alt: …`.")
        mend = N_("Add {option} with `file: … | alt: …`.") if option else mend
    elif is_empty or (is_own and problem.rule not in _ALT):
        mend = N_("Add {option} ….") if option else N_("Fill in this cell.")
    else:
        mend = N_("Add `{name}: …` to the line in this cell, with | before it.")
        mend = N_("Add `{name}: …` to what {option} says, with | before it.") if option else mend
    values = {**problem.values, "option": option, "name": name}
    return replace(problem, remedy=mend, values=values)


def in_cell(problem: Problem, typing: Typing, wording: Wording) -> Problem:
    """A problem whose place is a cell, with the cell in its message."""
    message, mend = problem.said(wording)
    cell = typing.cell(problem.place.line, problem.place.column)
    if typing.names:
        problem = replace(problem, place=Place(typing.file))
    values = {"cell": cell, "message": message, "remedy": mend}
    return replace(problem, message="{cell}: {message}", remedy="{remedy}", values=values)
