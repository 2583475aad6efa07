"""What is doubtful in words as they were typed: letters, signs, claims, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from microsite.problems import N_, Fault, Problem
from microsite.records.claims import claims_in, may_claim
from microsite.records.declarations import fields_of
from microsite.records.garbled import Kind, garbled_in
from microsite.records.kinds import SOURCE
from microsite.records.quotes import is_quoted, quoted_words
from microsite.records.schema import TYPES
from microsite.records.source import Entry, Node

MOST = 20  # claims told of one entry; who has more needs no list
_NO_CLAIM = {"allergens", "credit", "sources"}  # who should avoid it, who took it, where it stands
_WITH_CLAIMS = {"food", "goods"}
_CUT = re.compile(r"\s+(#\S.*)")  # a note has a space after its #


class Typed(Struct, frozen=True):
    """A text that somebody typed into a declared field, or a body (`node` is None)."""

    text: str
    field: str
    node: Node | None
    is_word: bool
    is_free: bool  # whether it is shown as it was typed, whatever it is


def texts_in(entry: Entry) -> Iterator[Typed]:
    """Every text in the fields of an entry, then its body."""
    yield from _texts(entry.fields, TYPES[entry.type])
    if entry.body:
        yield Typed(entry.body, "body", None, True, True)


def check_letters(entry: Entry, texts: Sequence[Typed]) -> Iterator[Problem]:
    """A warning for letters that were lost or mistaken on the way here."""
    if next(garbled_in("\n".join(one.text for one in texts)), None) is None:
        return  # as of most entries, by one look
    for one in texts:
        for kind, start, width in garbled_in(one.text):
            fault = _garbled(kind, one.text[start : start + width])
            yield _problem(entry, one, start, width, fault)


def check_signs(entry: Entry, texts: Sequence[Typed]) -> Iterator[Problem]:
    """A warning for text that # hides, and for curly quotes around a whole value."""
    for one in texts:
        node = one.node
        if node is None or not one.is_free or not node.end_line:
            continue
        if cut := _CUT.match(entry.lines[node.end_line - 1], node.end_column - 1):
            message = N_("The rest of this line is not shown: “{rest}”.")
            mend = N_('Put the value between quotation marks ("); for a note, put a space after #.')
            rest = cut[1].rstrip()
            fault = Fault("hash-cut", message, mend, rest=rest)
            at = Node(rest, node.end_line, cut.start(1) + 1, len(rest))
            yield entry.problem(fault, at, level="warning")
        if is_quoted(one.text):
            yield entry.problem(quoted_words(one.text), node, level="warning")


def check_claims(entry: Entry, texts: Sequence[Typed], kind: str) -> Iterator[Problem]:
    """A warning for each claim in the words of a product of this kind."""
    words = [one for one in texts if one.is_word and one.field not in _NO_CLAIM]
    if kind in _WITH_CLAIMS and may_claim("\n".join(one.text for one in words)):
        yield from islice(_claims(entry, words, is_food=kind == "food"), MOST)


def _claims(entry: Entry, words: Sequence[Typed], *, is_food: bool) -> Iterator[Problem]:
    told: set[str] = set()
    for one in words:
        for claim in claims_in(one.text, is_food=is_food):
            if claim.typed.casefold() not in told:
                told.add(claim.typed.casefold())
                fault = _claim(claim.typed, is_food=is_food)
                yield _problem(entry, one, claim.start, claim.width, fault)


def _texts(nodes: Mapping[str, Node], type: type) -> Iterator[Typed]:
    fields = fields_of(type)
    for name, node in nodes.items():
        field = fields.get(name)
        if field is None:
            continue
        is_free = field.is_word or field.kind is SOURCE
        if isinstance(node.value, str):
            yield Typed(node.value, name, node, field.is_word, is_free)
            continue
        held = node.value if isinstance(node.value, list) else [node]
        if field.keyed and isinstance(node.value, dict):
            held = list(node.value.values())
        for item in held:
            if isinstance(item.value, str):
                yield Typed(item.value, name, item, field.is_word, is_free)
            elif isinstance(item.value, dict) and not hasattr(field.kind, "read"):
                yield from _texts(item.value, field.kind)


def _problem(entry: Entry, typed: Typed, start: int, width: int, fault: Fault) -> Problem:
    text = typed.text
    if typed.node is None:
        line = entry.body_line + text.count("\n", 0, start)
        column = start - text.rfind("\n", 0, start)
        return entry.problem_at(fault, line, column, width, level="warning")
    return entry.problem(
        fault, _found(entry, typed.node, text[start : start + width]), level="warning"
    )


def _found(entry: Entry, node: Node, words: str) -> Node:
    """Where words of a value stand in its file, which may be on a later line; else the value."""
    assert isinstance(node.value, str)  # noqa: S101 # texts_in gives no other
    last = min(len(entry.lines), node.line + 1 + len(node.value))
    for line in range(node.line, last + 1):
        at = entry.lines[line - 1].find(words, node.column - 1 if line == node.line else 0)
        if at >= 0:
            return Node(words, line, at + 1, len(words))
    return node


def _garbled(kind: Kind, typed: str) -> Fault:
    messages = {
        "lost": N_("Letters were lost here when the text was saved or copied."),
        "mistaken": N_("“{typed}” is what words become when they are read in a wrong encoding."),
        "mark": N_("A vowel or tone mark stands here without a letter to carry it."),
    }
    mend = N_("Type the word again, or copy it once more from where it came.")
    return Fault("text-garbled", messages[kind], mend, typed=typed[:40])


def _claim(typed: str, *, is_food: bool) -> Fault:
    mend = N_("Say how it is made, how it tastes or how it is used; or leave the words out.")
    if is_food:
        message = N_(
            "“{typed}” may be a claim that needs a permit before food is advertised with it."
        )
        return Fault("food-claim", message, mend, typed=typed)
    message = N_("“{typed}” may be a claim of healing, which is allowed for medicines only.")
    return Fault("health-claim", message, mend, typed=typed)
