"""The groups in lists of an entry, such as its photos, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microsite.problems import N_, Fault, Problem
from microsite.records.source import Entry, Node


def groups_in(
    entry: Entry, values: Mapping[str, Any], name: str
) -> Iterator[tuple[Node, Mapping[str, Any]]]:
    """The groups of a list with their nodes, where all of the list could be read."""
    node = entry.fields.get(name)
    items = values.get(name) or []
    nodes = (
        [item for item in node.value if not item.is_empty]
        if node and isinstance(node.value, list)
        else []
    )
    if len(nodes) == len(items):
        yield from zip(nodes, items, strict=True)


def below(node: Node, name: str) -> Node:
    """The value of a field inside a group, or the group where it is missing."""
    return node.value.get(name, node) if isinstance(node.value, dict) else node


def unread(typed: Mapping[str, Node], values: Mapping[str, Any]) -> set[str]:
    """The fields that hold something which has not become a value."""
    return {name for name, node in typed.items() if name not in values and not node.is_empty}


def check_repeated(
    entry: Entry, values: Mapping[str, Any], name: str, by: str
) -> Iterator[Problem]:
    """A problem for each group of a list whose field `by` says what an earlier one said."""
    seen: set[str] = set()
    for node, item in groups_in(entry, values, name):
        typed = item.get(by)
        if typed in seen:
            message = N_("“{typed}” stands twice in `{name}`.")
            fault = Fault("repeated", message, N_("Keep one of the two."), typed=typed, name=name)
            yield entry.problem(fault, below(node, by))
        elif typed is not None:
            seen.add(typed)
