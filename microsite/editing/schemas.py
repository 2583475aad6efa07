"""What entries may hold, derived from the record types: JSON Schema, and a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from microsite.language.wording import Wording
from microsite.problems import N_
from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.kinds import Kind
from microsite.records.schema import FOLDERS, TYPES

Scope = Literal["all", "words"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LEFT_OUT: Mapping[str, Any] = {
    "enum": [None, "", []]
}  # a field without a value is a field left out
KINDS: Mapping[str, str] = {
    "line": N_("a line of text"),
    "text": N_("text"),
    "date": N_("a day, 2026-11-20"),
    "year": N_("a year, 2567 or 2024"),
    "whole": N_("a whole number"),
    "yes-no": N_("true or false"),
    "month": N_("a month, 1 to 12"),
    "price": N_("a price, 180 or 120-250"),
    "address": N_("a web address"),
    "source": N_("a web address or words"),
    "phone": N_("a phone number"),
    "email": N_("an e-mail address"),
    "line-id": N_("a LINE id or address"),
    "photo": N_("a photo"),
    "alias": N_("an old path"),
    "language": N_("a language"),
    "number": N_("a number"),
    "profile": N_("a name or address"),
    "key": N_("the key of another entry"),
}


def json_schema(type: str, wording: Wording, scope: Scope = "all") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the fields of a file, with labels and help in a language.

    `scope` "words": of a translation. It knows the form of what is typed; whether an entry or
    photo is there, only a build can tell.
    """
    schema = _group(TYPES[type], wording, scope, _joins(type))
    if type not in {"site", "taxonomy"}:
        schema["properties"]["body"] = {"type": ["string", "null"]}
    return {"$schema": DRAFT, "title": type, **schema}


def _joins(type: str) -> set[str]:
    """Facts inside groups that a translation repeats, because they join the languages."""
    return {field.joined_by for field in fields_of(TYPES[type]).values() if field.joined_by}


def _group(type: type, wording: Wording, scope: Scope, joins: set[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, field in fields_of(type).items():
        is_mixed = not isinstance(field.kind, Kind) and has_words(field.kind)
        if scope == "words" and not (field.is_word or is_mixed or name in joins):
            continue
        is_due = field.required and (scope == "all" or name in joins)
        properties[name] = _field(field, wording, scope, joins, is_due=is_due)
        if is_due:
            required.append(name)
    group = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**group, "required": required} if required else group


def _field(
    field: Field, wording: Wording, scope: Scope, joins: set[str], *, is_due: bool
) -> dict[str, Any]:
    if isinstance(field.kind, Kind):
        value: dict[str, Any] = dict(field.kind.schema)
    else:
        value = _group(field.kind, wording, scope, joins)
    if field.many:
        value = {"type": "array", "items": {"anyOf": [value, _LEFT_OUT]}}
    elif field.keyed:
        value = {"type": "object", "additionalProperties": value}
    told = {"title": wording.gettext(field.label)}
    if field.help:
        told["description"] = wording.gettext(field.help)
    if is_due:
        return {**told, "allOf": [value, {"not": _LEFT_OUT}]}
    return {**told, "anyOf": [value, _LEFT_OUT]}


def field_table(wording: Wording, types: Iterable[str] = tuple(TYPES)) -> str:
    """Tables in Markdown, one a type and group, of what every field is called and takes."""
    said = wording.gettext
    heads = [N_("Field"), N_("Name"), N_("What to write"), N_("Written"), N_("Needed")]
    head = "| " + " | ".join(said(one) for one in heads) + " |\n" + "|---" * len(heads) + "|"
    folders = {type: folder for folder, (type, _) in FOLDERS.items()}
    parts: list[str] = []
    groups: dict[str, type] = {}
    for type in types:
        file = f"{folders[type]}/" if type in folders else f"{type}.yaml"
        rows = [_row(name, field, wording) for name, field in fields_of(TYPES[type]).items()]
        parts.append("\n".join([f"## {type} (`{file}`)", "", head, *rows]))
        groups |= _groups_in(TYPES[type])
    for name, group in groups.items():
        rows = [_row(inner, field, wording) for inner, field in fields_of(group).items()]
        parts.append("\n".join([f"## `{name}`", "", head, *rows]))
    return "\n\n".join(parts)


def _groups_in(type: type) -> dict[str, type]:
    """Groups by the name of the field that holds them, and groups inside of these."""
    found: dict[str, Any] = {}
    for name, field in fields_of(type).items():
        if not isinstance(field.kind, Kind):
            found |= {name: field.kind, **_groups_in(field.kind)}
    return found


def _row(name: str, field: Field, wording: Wording) -> str:
    said = wording.gettext
    if not isinstance(field.kind, Kind):
        kind = said(N_("the fields of `{name}` below")).format(name=name)
    elif options := field.kind.schema.get("enum"):
        written = dict.fromkeys(f"`{one}`" for one in options) if isinstance(options, list) else ()
        kind = ", ".join(written)
    else:
        kind = said(KINDS.get(field.kind.name, field.kind.name))
    if field.many:
        kind = said(N_("list: {kind}")).format(kind=kind)
    where = N_("in each language") if field.is_word else N_("once")
    if not isinstance(field.kind, Kind) and has_words(field.kind):
        where = N_("once; its words in each language")
    help = said(field.help) if field.help else ""
    told = f"{kind} · {help}" if help else kind
    needed = said(N_("yes")) if field.required else ""
    return f"| `{name}` | {said(field.label)} | {told} | {said(where)} | {needed} |"
