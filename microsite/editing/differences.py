"""What a sheet changes: entry by entry, as fields to write and as sentences to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from microsite.editing.columns import Column, cell_of, typed
from microsite.editing.entries import Path
from microsite.editing.notation import group_said
from microsite.editing.scalars import Typed
from microsite.language.wording import Wording
from microsite.problems import N_
from microsite.records import kinds
from microsite.records.declarations import Field, fields_of
from microsite.records.fields import Checked
from microsite.records.kinds import Kind
from microsite.records.schema import TYPES
from microsite.records.source import Node

_LONGEST = 60  # characters of a value that a sentence shows


class Difference(Struct, frozen=True):
    """An entry before and after, in one language."""

    before: Checked | None  # None: there is no such file yet
    after: Checked
    is_source: bool

    @property
    def names(self) -> list[str]:
        """The fields that differ, in their declared order."""
        old = self.before.values if self.before else {}
        return [
            name
            for name in fields_of(TYPES[self.after.entry.type])
            if _stated(old.get(name)) != _stated(self.after.values.get(name))
        ]

    def changes(self) -> dict[Path, Typed | None]:
        """What to change in the file; parts that stay are as they were typed."""
        fields = self.before.entry.fields if self.before else {}
        old = self.before.values if self.before else {}
        declared = fields_of(TYPES[self.after.entry.type])
        return {
            (name,): as_typed(
                fields.get(name),
                old.get(name),
                self.after.values.get(name),
                _named_by(declared[name]),
            )
            for name in self.names
        }


def _stated(value: Any) -> Any:
    """None for what is the same as leaving the field out."""
    return None if value is False or value in ([], {}) else value


def _named_by(field: Field) -> str:
    """By which of its fields an item of a list is known, such as the file of a photo."""
    return (
        "" if isinstance(field.kind, Kind) else field.joined_by or next(iter(fields_of(field.kind)))
    )


def as_typed(node: Node | None, old: Any, new: Any, by: str = "") -> Typed | None:
    """A new value as typed; every part of it that was there before as a person typed it then.

    `by` is the field by which an item of a list is known.
    """
    if new is None:
        return None
    if node is not None and old == new and type(old) is type(new):
        return _plain(node)
    if isinstance(new, dict) and isinstance(old, dict) and node and isinstance(node.value, dict):
        names = [*(name for name in node.value if name in new), *new]
        parts = {name: as_typed(node.value.get(name), old.get(name), new[name]) for name in names}
        return {name: part for name, part in parts.items() if part is not None}
    if isinstance(new, list) and isinstance(old, list) and node and isinstance(node.value, list):
        nodes = [one for one in node.value if not one.is_empty]
        if len(nodes) == len(old):
            parts_of = [_counterpart(one, old, by) for one in new]
            return [
                typed(one) if at is None else as_typed(nodes[at], old[at], one) or ""
                for one, at in zip(new, parts_of, strict=True)
            ]
    return typed(new)


def _counterpart(item: Any, old: list[Any], by: str) -> int | None:
    """Where the item stood before: itself, else the one that goes by the same name."""
    if item in old:
        return old.index(item)
    names = [one.get(by) if isinstance(one, dict) else None for one in (item, *old)]
    return names[1:].index(names[0]) if names[0] is not None and names[0] in names[1:] else None


def _plain(node: Node) -> Typed:
    if isinstance(node.value, dict):
        return {key: _plain(one) for key, one in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(one) for one in node.value]
    return node.value


def sentences(one: Difference, wording: Wording, name: str) -> Iterator[str]:
    """What changes in the entry that is called `name`, a sentence a field."""
    entry = one.after.entry
    if one.before is None and one.is_source:
        said = wording.gettext(N_("New: {name} ({file})"))
        yield said.format(name=name, file=entry.file)
        return
    if one.before is None:
        said = wording.gettext(N_("{name}: translated into “{language}” ({file})"))
        yield said.format(name=name, language=entry.language, file=entry.file)
        return
    for field_name in one.names:
        field = fields_of(TYPES[entry.type])[field_name]
        old, new = one.before.values.get(field_name), one.after.values.get(field_name)
        column = Column((field_name,), entry.language, one.is_source, field)
        if isinstance(field.kind, Kind):
            yield _sentence(column, name, old, new, wording)
        elif not field.many:
            yield from _inside(column, name, old or {}, new or {}, wording)
        else:
            yield from _items(column, name, old or [], new or [], wording)


def _items(
    column: Column, name: str, old: list[Any], new: list[Any], wording: Wording
) -> Iterator[str]:
    """A sentence for each value of a photo, mark or variant that differs, and for each that is new
    or gone.
    """
    by = _named_by(column.field) if column.field else ""
    before, after = ({one.get(by): one for one in items} for items in (old, new))
    if len(before) < len(old) or len(after) < len(new) or [*before] == [*after] == []:
        yield _sentence(column, name, old, new, wording)
        return
    for item in dict.fromkeys([*before, *after]):
        if item in before and item in after:
            form = wording.gettext(N_("{name} ({item})"))
            called = form.format(name=name, item=item)
            yield from _inside(column, called, before[item], after[item], wording)
        else:
            was = [before[item]] if item in before else None
            now = [after[item]] if item in after else None
            yield _sentence(column, name, was, now, wording)
    if [one for one in before if one in after] != [one for one in after if one in before]:
        form = wording.gettext(N_("{label} of {name}: in another order"))
        yield form.format(label=column.label(wording), name=name)


def _inside(
    column: Column, name: str, old: dict[str, Any], new: dict[str, Any], wording: Wording
) -> Iterator[str]:
    group = column.field
    if group is None or isinstance(group.kind, Kind):
        return
    for inner, field in fields_of(group.kind).items():
        before, after = old.get(inner), new.get(inner)
        if before != after:
            inside = Column((*column.path, inner), column.language, column.is_source, field, group)
            yield _sentence(inside, name, before, after, wording)


def _sentence(column: Column, name: str, old: Any, new: Any, wording: Wording) -> str:
    said = wording.gettext
    values = {
        "label": column.label(wording),
        "name": name,
        "before": _shown(column, old),
        "after": _shown(column, new),
    }
    is_price = column.kind is kinds.PRICE
    if old is None:
        form = N_("{label} of {name}: {after}")
        form = N_("{label} of {name}: {after} baht") if is_price else form
    elif new is None:
        form = N_("{label} of {name}: {before} is taken out")
    else:
        form = N_("{label} of {name}: {before} → {after}")
        form = N_("{label} of {name}: {before} → {after} baht") if is_price else form
    return said(form).format(**values)


def _shown(column: Column, value: Any) -> str:
    shown = group_said(value) if isinstance(value, dict) else cell_of(column, value)
    text = str("" if shown is None else shown).replace("\n", " / ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def name_in(values: Mapping[str, Any], slug: str) -> str:
    """What an entry is called, or its file name where it has no name yet."""
    return str(values.get("name") or values.get("title") or slug)
