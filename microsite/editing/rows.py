"""Entries become the rows of a sheet, and a row becomes entries whose places are its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from microsite.editing.columns import SLUG, Cell, Column, cell_of, columns_of, typed_in_cell
from microsite.editing.scalars import Typed
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records import kinds
from microsite.records.fields import Checked
from microsite.records.kinds import check_slug, did_you_mean
from microsite.records.source import Entry, Node

HEADINGS = 2  # rows above the entries: what people call the columns, and the keys of the columns
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")


class Sheet(Struct, frozen=True):
    """The rows of one type as they go out."""

    type: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | None]]


class Typing(Struct, frozen=True):
    """The cells of one type as they come in: rows and columns count from 1."""

    type: str
    file: str  # the file that was read
    name: str  # of the sheet in it, or "" where the file has no sheets
    keys: Sequence[str]  # of the columns, in their order
    rows: Mapping[int, Sequence[str]]
    faults: Mapping[tuple[int, int], Fault] = field(default_factory=dict)  # by row and column
    dates: frozenset[tuple[int, int]] = frozenset()  # cells that the sheet takes for dates
    names: Sequence[str] = ()  # of the columns, where nobody sees cells

    def cell(self, row: int, column: int) -> str:
        """What people call a cell: `Products!D7`."""
        if self.names:
            return self.names[column - 1]
        letters, rest = "", column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{self.name}!{letters}{row}" if self.name else f"{letters}{row}"

    def problem(self, fault: Fault, row: int, column: int) -> Problem:
        """The fault in a cell."""
        return problem_of(fault, Place(self.file, row, column))


class Row(Struct, frozen=True):
    """What one row says of its entry in each language; the nodes' places are the cells."""

    typing: Typing
    number: int
    slug: str
    columns: Mapping[str, int]  # where each key stands
    fields: Mapping[str, Mapping[str, Node]]  # language -> field -> as typed; "" where emptied
    inner: Mapping[str, frozenset[str]]  # group -> its fields that have a column
    language: str = ""  # of the entry that it became


def sheet_of(type: str, languages: Sequence[str], checked: Iterable[Checked]) -> Sheet:
    """Every entry of a type, a row each, in the order of their file names."""
    columns = columns_of(type, languages)
    found: dict[str, dict[str, Checked]] = {}
    for one in checked:
        if one.entry.type == type:
            found.setdefault(one.entry.slug, {})[one.entry.language] = one
    rows = [
        [_value(column, slug, by_language) for column in columns]
        for slug, by_language in sorted(found.items())
    ]
    return Sheet(type, columns, rows)


def _value(column: Column, slug: str, by_language: Mapping[str, Checked]) -> Cell | None:
    if not column.path:
        return slug
    one = by_language.get(column.language)
    value: Any = one.values if one else None
    for name in column.path:
        value = value.get(name) if value else None
    return cell_of(column, value)


def read_rows(typing: Typing, languages: Sequence[str], problems: list[Problem]) -> list[Row]:
    """The rows that could be read; what could not is added to the problems."""
    known = {column.key: column for column in columns_of(typing.type, languages)}
    where: dict[str, int] = {}
    if SLUG not in typing.keys:  # then whatever stands there is no row of keys
        message = N_("There is no column `{key}`, which says which entry a row is.")
        mend = N_("Put the keys of the columns back into row {row}, as in a fresh export.")
        fault = Fault("sheet-keys", message, mend, key=SLUG, row=HEADINGS)
        problems.append(typing.problem(fault, HEADINGS, 1))
        return []
    for number, key in enumerate(typing.keys, start=1):
        if key in where:
            problems.append(typing.problem(_twice(key), HEADINGS, number))
        elif key and key not in known:
            problems.append(typing.problem(_no_column(key, list(known)), HEADINGS, number))
        if key:
            where.setdefault(key, number)
    columns = {known[key]: number for key, number in where.items() if key in known}
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, cells in typing.rows.items():
        if not any(cell.strip() for cell in cells):
            continue
        slug = _cell(cells, where[SLUG])
        try:
            _expect_no_date(typing, number, where[SLUG])
            _check_name(slug, seen)
        except Fault as fault:
            problems.append(typing.problem(fault, number, where[SLUG]))
            continue
        seen[slug] = number
        row = Row(typing, number, slug, where, {tag: {} for tag in languages}, _inner(columns))
        _fill(row, columns, cells, problems)
        rows.append(row)
    return rows


def _fill(
    row: Row, columns: Mapping[Column, int], cells: Sequence[str], problems: list[Problem]
) -> None:
    for column, number in columns.items():
        if not column.path:
            continue
        text = _BREAKS.sub("\n", _cell(cells, number)).replace("\ufeff", "")
        try:
            if (number_fault := row.typing.faults.get((row.number, number))) is not None:
                raise number_fault
            if column.kind is not kinds.DATE:
                _expect_no_date(row.typing, row.number, number)
            if found := _CONTROLS.search(text):
                message = N_("There is an invisible control character here ({code}).")
                mend = N_("Delete it: retype the words around it.")
                code = f"U+{ord(found[0]):04X}"
                raise Fault("control-character", message, mend, code=code)
            said = typed_in_cell(column, text)
        except Fault as fault:
            problems.append(row.typing.problem(fault, row.number, number))
            continue
        node = _node(said, row.number, number)
        name, *inner = column.path
        fields = row.fields[column.language]
        assert isinstance(fields, dict)  # noqa: S101 # made above
        if not inner:
            fields[name] = node
            continue
        group = fields.setdefault(name, Node({}, row.number, number, 1, row.number, number))
        assert isinstance(group.value, dict)  # noqa: S101 # made above
        group.value[inner[0]] = node


def _node(said: Typed, row: int, column: int) -> Node:
    value: Any = said
    if isinstance(said, dict):
        value = {name: _node(one, row, column) for name, one in said.items()}
    elif isinstance(said, list):
        value = [_node(one, row, column) for one in said]
    return Node(value, row, column, 1, row, column)


def _inner(columns: Iterable[Column]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for column in columns:
        if column.above is not None:
            groups.setdefault(column.path[0], set()).add(column.path[1])
    return {name: frozenset(inner) for name, inner in groups.items()}


def merged(row: Row, language: str, old: Entry | None, new: Entry) -> Entry:
    """The entry with what its row says; fields without a column stay, their place is the row.

    `new` is what the entry is called if it does not exist yet.
    """
    entry = old or new
    fields = {name: _at(node, row.number) for name, node in entry.fields.items()}
    for name, node in row.fields[language].items():
        before = entry.fields.get(name)
        if name in row.inner and before is not None and isinstance(before.value, dict):
            others = {
                key: _at(one, row.number)
                for key, one in before.value.items()
                if key not in row.inner[name]
            }
            assert isinstance(node.value, dict)  # noqa: S101 # a group with columns of its own
            node = replace(node, value={**others, **node.value})
        fields[name] = node
    return replace(entry, fields=dict(_present(fields, row.inner)), lines=())


def _present(
    fields: Mapping[str, Node], groups: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Node]]:
    """Fields that say anything: an empty cell is a field left out."""
    for name, node in fields.items():
        if name in groups and isinstance(node.value, dict):
            inside = {key: one for key, one in node.value.items() if not one.is_empty}
            if inside:
                yield name, replace(node, value=inside)
        elif not node.is_empty:
            yield name, node


def _at(node: Node, row: int) -> Node:
    """The node with the row's first cell as its place."""
    value: Any = node.value
    if isinstance(value, dict):
        value = {key: _at(one, row) for key, one in value.items()}
    elif isinstance(value, list):
        value = [_at(one, row) for one in value]
    return Node(value, row, 1, 1, row, 1)


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number - 1].strip() if number <= len(cells) else ""


def _check_name(slug: str, seen: Mapping[str, int]) -> None:
    if not slug:
        message = N_("This row does not say which entry it is.")
        raise Fault("row-unnamed", message, N_("Write the file name of the entry here."))
    check_slug(slug)
    if slug in seen:
        message = N_("“{slug}” already stands in row {row}.")
        raise Fault("row-twice", message, N_("Keep one of the two."), slug=slug, row=seen[slug])


def _expect_no_date(typing: Typing, row: int, column: int) -> None:
    if (row, column) in typing.dates:
        message = N_("Excel has made a date of this cell.")
        mend = N_("Set the cell to “Text”, and type it again.")
        raise Fault("cell-date", message, mend)


def _no_column(key: str, known: list[str]) -> Fault:
    near = did_you_mean(key, known)
    message = N_("There is no column `{key}`.")
    mend = N_("This column is not ours: move it to another file.")
    return Fault(
        "column", message, N_("Did you mean `{near}`?") if near else mend, key=key, near=near
    )


def _twice(key: str) -> Fault:
    message = N_("The column `{key}` stands here twice.")
    mend = N_("Keep one of the two, and move the other to another file.")
    return Fault("column-twice", message, mend, key=key)
