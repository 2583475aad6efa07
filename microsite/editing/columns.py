"""The columns of a sheet, derived from the record types: one a field and language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from microsite.editing.entries import Path
from microsite.editing.notation import group_in, group_said, items_in, lines_said
from microsite.editing.scalars import Typed
from microsite.language.wording import Wording
from microsite.problems import N_
from microsite.records import kinds
from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.kinds import Kind
from microsite.records.price import Price
from microsite.records.schema import TYPES

SLUG = "slug"  # the first column: which entry a row is
Cell = str | int | Decimal | float

_BETWEEN = "; "  # of words in one cell


class Column(Struct, frozen=True):
    """A field of an entry in one language."""

    path: Path  # ("price",), or ("contact", "line") in a group; () for the file name
    language: str  # whose file it is in
    is_source: bool  # that is the source language
    field: Field | None = None
    above: Field | None = None  # the field whose group this one is in

    @property
    def key(self) -> str:
        """What the sheet knows it by: `contact.line`, `name`, `name [en]`."""
        name = ".".join(self.path) or SLUG
        return name if self.is_source else f"{name} [{self.language}]"

    @property
    def option(self) -> str:
        """What the command line knows it by: `--contact-line`, `--name-en`."""
        name = "--" + "-".join(self.path).replace("_", "-")
        return name if self.is_source else f"{name}-{self.language}"

    @property
    def is_groups(self) -> bool:
        """Whether a cell holds groups, one a line."""
        return self.field is not None and not isinstance(self.field.kind, Kind)

    @property
    def kind(self) -> Kind | None:
        """The kind of its values, where they are single."""
        return self.field.kind if self.field and isinstance(self.field.kind, Kind) else None

    @property
    def is_required(self) -> bool:
        """Whether every entry has it."""
        is_due = self.field is not None and self.field.required and self.is_source
        return is_due and (self.above is None or self.above.required)

    def label(self, wording: Wording) -> str:
        """What people call it."""
        if self.field is None:
            return wording.gettext(N_("File name"))
        said = wording.gettext(self.field.label)
        if self.above is not None:
            group = wording.gettext(self.above.label)
            said = wording.gettext(N_("{group}: {label}")).format(group=group, label=said)
        if self.field.is_word or (self.is_groups and not self.is_source):
            label = wording.gettext(N_("{label} ({language})"))
            said = label.format(label=said, language=self.language)
        return said

    def help(self, wording: Wording) -> str:
        """What to write in it, or ""."""
        if self.field is None:
            return wording.gettext(N_("Small Latin letters, digits and hyphens."))
        parts = [wording.gettext(self.field.help)] if self.field.help else []
        if self.is_groups:
            parts.append(wording.gettext(N_("One a line, as name: value | name: value.")))
        elif self.field.many:
            parts.append(wording.gettext(N_("One a line.")))
        return " ".join(parts)


def columns_of(type: str, languages: Sequence[str]) -> list[Column]:
    """The columns of a type: file name, then each field; a word once a language, side by side."""
    source, *others = languages
    columns = [Column((), source, True)]
    for name, field in fields_of(TYPES[type]).items():
        if isinstance(field.kind, Kind) or field.many:
            is_mixed = not isinstance(field.kind, Kind) and has_words(field.kind)
            columns.append(Column((name,), source, True, field))
            if field.is_word or is_mixed:
                columns += [Column((name,), tag, False, field) for tag in others]
        else:
            columns += [
                Column((name, inner), source, True, declared, field)
                for inner, declared in fields_of(field.kind).items()
            ]
    return columns


def typed(value: Any) -> Typed:
    """A value as a person types it; its kind reads it back."""
    if isinstance(value, dict):
        return {name: typed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [typed(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def cell_of(column: Column, value: Any) -> Cell | None:
    """A value as a cell of a sheet shows it; numbers as numbers, so that a sheet can sort them."""
    if value is None or value in ("", [], ()):
        return None
    if column.field is not None and column.field.many:
        if column.is_groups:
            return lines_said(group_said(_in_order(column, one)) for one in value)
        said = [str(typed(one)) for one in value]
        return _BETWEEN.join(said) if _is_words(column) else lines_said(said)
    if isinstance(value, Price) and value.low == value.high:
        return value.low
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return str(typed(value))


def typed_in_cell(column: Column, text: str) -> Typed:
    """What the text of a cell says, as it would be typed in an entry.

    Raises:
        Fault: a group that is not written as groups are.
    """
    if column.field is None or not column.field.many:
        return text.strip()
    items = items_in(text, is_word=_is_words(column))
    return [group_in(item) for item in items] if column.is_groups else list(items)


def _is_words(column: Column) -> bool:
    return column.kind is kinds.MONTH or (column.kind is not None and bool(column.kind.refers_to))


def _in_order(column: Column, group: dict[str, Any]) -> dict[str, Typed]:
    """The group as typed, its fields in their declared order."""
    assert column.field is not None  # noqa: S101 # only lists of groups come here
    declared = column.field.kind
    names = fields_of(declared) if isinstance(declared, type) else {}
    return {name: typed(group[name]) for name in names if name in group}
