"""The fields of one entry become typed values; what does not is a Problem at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from microsite.problems import N_, Fault, Problem
from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.kinds import Kind, check_slug, did_you_mean
from microsite.records.quotes import is_quoted, without_quotes
from microsite.records.schema import TYPES
from microsite.records.source import Entry, Node

Scope = Literal["all", "words", "facts"]

# Values of a record or group by field: what a kind read, lists of such, groups as such mappings.
# What was left out is not in it.
Values = dict[str, Any]


class Checked(Struct, frozen=True):
    """An entry with the values that could be read from it."""

    entry: Entry
    values: Values

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the record in all languages."""
        return self.entry.type, self.entry.slug


def read_values(
    entry: Entry, scope: Scope, *, source_file: str = ""
) -> tuple[Checked, list[Problem]]:
    """The typed values of an entry, and everything that is wrong with single fields.

    `scope` says what the file may hold: "all" in the source language, "words" in a further one,
    "facts" in the site.yaml that all languages share. `source_file` is where facts belong.
    """
    reader = _Reader(entry, scope, source_file)
    values = reader.group(entry.fields, TYPES[entry.type], inside="")
    return Checked(entry, values), reader.problems


def missing_words(type: type, values: Mapping[str, Any]) -> list[str]:
    """The required words that values lack."""
    return [
        name
        for name, field in fields_of(type).items()
        if field.is_word and field.required and name not in values
    ]


def is_missing(name: str, node: Node | None) -> Fault:
    """The fault of a required field; `node` is what stands there, if anything does."""
    if node is None:
        message = N_("`{name}` is missing.")
        mend = N_("Add a line that begins with `{name}: `.")
    else:
        message = N_("`{name}` is empty, and it is needed.")
        mend = N_("Write the value after the colon.")
    return Fault("required", message, mend, name=name)


class _Reader:
    """Walks one entry; collects problems instead of stopping at the first."""

    def __init__(self, entry: Entry, scope: Scope, source_file: str) -> None:
        self.entry, self.scope, self.source_file = entry, scope, source_file
        self.problems: list[Problem] = []

    def group(
        self, nodes: Mapping[str, Node], type: type, *, inside: str, at: Node | None = None
    ) -> Values:
        fields = fields_of(type)
        values: Values = {}
        for name, node in nodes.items():
            field = fields.get(name)
            if field is None:
                self._unknown(name, node, list(fields), inside)
            elif self._is_allowed(field, name, node, inside) and not node.is_empty:
                value = self._value(field, name, node)
                if value is not None:
                    values[name] = value
        self._missing(fields, nodes, at)
        return values

    def _value(self, field: Field, name: str, node: Node) -> Any:
        if field.keyed:
            return self._keyed(field, name, node)
        if not field.many:
            return self._single(field.kind, name, node)
        if not isinstance(node.value, list):
            message = N_("`{name}` is a list.")
            mend = N_("Write each value on a line of its own that begins with “- ”.")
            self._add(Fault("not-a-list", message, mend, name=name), node)
            return None
        return [
            value
            for item in node.value
            if not item.is_empty and (value := self._single(field.kind, name, item)) is not None
        ]

    def _keyed(self, field: Field, name: str, node: Node) -> Values | None:
        if not isinstance(node.value, dict):
            self._add(_not_named(name), node)
            return None
        if self.scope == "all":
            for key, item in node.value.items():
                self._check_key(key, item)
        read = {key: self._single(field.kind, key, item) for key, item in node.value.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _check_key(self, key: str, node: Node) -> None:
        """A key becomes a step of an address, as the name of a file does."""
        try:
            check_slug(key)
        except Fault:
            message = N_("“{key}” cannot be a key: addresses are made of keys.")
            mend = N_("Use small Latin letters, digits and hyphens, such as dried-seafood.")
            fault = Fault("term-key", message, mend, key=key)
            self._add(fault, node, at_key=True, width=len(key))

    def _single(self, kind: Kind | type, name: str, node: Node) -> Any:
        if not isinstance(kind, Kind):
            if isinstance(node.value, dict):
                return self.group(node.value, kind, inside=name, at=node)
            self._add(_not_named(name), node)
            return None
        try:
            return kind.read(_plain(node))
        except Fault as fault:
            is_curly = isinstance(node.value, str) and is_quoted(node.value)
            self._add(without_quotes(fault) if is_curly else fault, node)
            return None

    def _is_allowed(self, field: Field, name: str, node: Node, inside: str) -> bool:
        group = field.kind if isinstance(field.kind, type) else None
        is_mixed = group is not None and has_words(group)
        joins = inside and self._joins(name)
        if self.scope == "all" or is_mixed or joins:
            return True
        if self.scope == "words" and not field.is_word:
            message = N_("`{name}` is a fact, and facts are stated once, in {file}.")
            mend = N_("Delete it here; if it has changed, change it there.")
            fault = Fault("fact-in-translation", message, mend, name=name, file=self.source_file)
            self._add(fault, node, at_key=True, width=len(name))
            return False
        if self.scope == "facts" and field.is_word:
            message = N_("`{name}` is said in each language, in a file of its own.")
            mend = N_("Move it to {file}.")
            fault = Fault("word-beside-facts", message, mend, name=name, file=self.source_file)
            self._add(fault, node, at_key=True, width=len(name))
            return False
        return True

    def _joins(self, name: str) -> bool:
        """Whether a fact inside a group is what joins it across languages."""
        declared = fields_of(TYPES[self.entry.type]).values()
        return any(field.joined_by == name for field in declared)

    def _missing(
        self, fields: Mapping[str, Field], nodes: Mapping[str, Node], at: Node | None
    ) -> None:
        for name, field in fields.items():
            is_due = field.required and not (self.scope == "facts" and field.is_word)
            if self.scope == "words":
                is_due = field.required and at is not None and self._joins(name)
            if is_due and (name not in nodes or nodes[name].is_empty):
                node = nodes.get(name)
                self._add(is_missing(name, node), node or at)

    def _unknown(self, name: str, node: Node, known: list[str], inside: str) -> None:
        near = did_you_mean(name, known)
        names = ", ".join(known)
        if inside:
            message = N_("`{inside}` has no field `{name}`.")
        else:
            message = N_("There is no field `{name}` here.")
        mend = N_("Did you mean `{near}`?") if near else N_("The fields are: {names}.")
        fault = Fault(
            "unknown-field", message, mend, name=name, inside=inside, near=near, names=names
        )
        self._add(fault, node, at_key=True, width=len(name))

    def _add(self, fault: Fault, node: Node | None, **more: Any) -> None:
        self.problems.append(self.entry.problem(fault, node, **more))


def _plain(node: Node) -> object:
    """The value as plain text, lists and dicts, for a kind to read."""
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(item) for key, item in node.value.items()}
    return node.value


def _not_named(name: str) -> Fault:
    message = N_("`{name}` has fields of its own.")
    mend = N_("Write them on the lines below it, each indented by two spaces.")
    return Fault("not-a-group", message, mend, name=name)
