"""What an entry says in words: every text that each language has of its own, by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.fields import Checked
from microsite.records.groups import groups_in
from microsite.records.schema import FOLDERS, TYPES
from microsite.records.source import Node

_FOLDER_OF = {type: folder for folder, (type, _) in FOLDERS.items()}


class Said(Struct, frozen=True):
    """A text as typed."""

    text: str
    line: int  # where it begins in its file


def entry_name(type: str, slug: str) -> str:
    """Where an entry lies, such as `products/dried-squid`; `site`, `taxonomy`."""
    return f"{_FOLDER_OF[type]}/{slug}" if type in _FOLDER_OF else slug


def said_in(one: Checked) -> dict[str, Said]:
    """The texts of an entry: `name`, `photos[squid/rack.jpg].alt`, `places[bay].name`, `body`."""
    fields, values = one.entry.fields, one.values
    said: dict[str, Said] = {}
    for name, field in fields_of(TYPES[one.entry.type]).items():
        if name not in values:
            continue
        if field.is_word:
            said[name] = Said(values[name], fields[name].line)
        elif isinstance(field.kind, type) and has_words(field.kind):
            for key, node, group in _groups(one, name, field):
                said |= _in_group(f"{name}[{' '.join(key.split())}]", field.kind, node, group)
    if one.entry.body.strip():
        said["body"] = Said(one.entry.body, one.entry.body_line)
    return said


def _groups(one: Checked, name: str, field: Field) -> list[tuple[str, Node, Mapping[str, Any]]]:
    """Groups with what joins them across languages."""
    if field.keyed:
        nodes = one.entry.fields[name].value
        assert isinstance(nodes, dict)  # noqa: S101 # else it would have no value
        return [(key, nodes[key], group) for key, group in one.values[name].items()]
    groups = groups_in(one.entry, one.values, name)
    return [(group.get(field.joined_by, ""), node, group) for node, group in groups]


def _in_group(name: str, type: type, node: Node, group: Mapping[str, Any]) -> dict[str, Said]:
    nodes = node.value if isinstance(node.value, dict) else {}
    return {
        f"{name}.{word}": Said(group[word], nodes[word].line)
        for word, field in fields_of(type).items()
        if field.is_word and word in group and word in nodes
    }
