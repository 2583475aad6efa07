"""The text of a new entry, with comments that say what else it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from microsite.editing.scalars import Typed, lines_of
from microsite.language.wording import Wording
from microsite.problems import N_
from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.kinds import Kind
from microsite.records.schema import TYPES


def new_entry(
    type: str,
    fields: Mapping[str, Typed],
    wording: Wording,
    *,
    is_source: bool,
    is_markdown: bool,
    is_guided: bool = True,
) -> str:
    """A file with these fields; the others, if it is guided, as comments to be filled in.

    `is_source`: in the source language, with facts; else words only.
    """
    lines = _headed(wording) if is_guided else []
    for name, field in fields_of(TYPES[type]).items():
        is_mixed = not isinstance(field.kind, Kind) and has_words(field.kind)
        if name in fields:
            lines += lines_of(name, fields[name])
        elif is_guided and (is_source or field.is_word or is_mixed):
            lines += _guide(name, field, wording, is_source)
    if is_markdown:
        lines = ["---", *lines, "---"]
    return "\n".join(lines) + "\n"


def _headed(wording: Wording) -> list[str]:
    said = N_(
        "To use a field, take the # away from its lines and write at their end. "
        "The line above says what belongs there."
    )
    return [f"# {wording.gettext(said)}"]


def _guide(name: str, field: Field, wording: Wording, is_source: bool) -> Iterator[str]:
    """The lines of a field that is not filled in: without their first # they are a field."""
    yield _remark(field, wording)
    if not isinstance(field.kind, type):
        yield from [f"#{name}:", "#  - "] if field.many else [f"#{name}: "]
        return
    yield f"#{name}:"
    dash = "- " if field.many else ""
    for inner, declared in fields_of(field.kind).items():
        if not is_source and not declared.is_word and inner != field.joined_by:
            continue
        yield _remark(declared, wording)
        is_group = isinstance(declared.kind, type)
        yield f"#  {dash}{inner}:" + ("" if is_group else " ")
        dash = "  " if field.many else ""
        if isinstance(declared.kind, type):
            yield from (f"#  {dash}  {one}: " for one in fields_of(declared.kind))


def _remark(field: Field, wording: Wording) -> str:
    said = [wording.gettext(one) for one in (field.label, field.help) if one]
    return "# " + " · ".join(said)
