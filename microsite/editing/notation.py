"""Lists and groups in one cell of a sheet: a line an item, `name: value | name: value`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from microsite.editing.scalars import Typed
from microsite.problems import N_, Fault

_SIGN = re.compile(r"\\[\\|n]|.", re.DOTALL)
_MEANING = {"\\\\": "\\", "\\|": "|", "\\n": "\n"}
_BAR = "\0"  # cannot be typed: the readers of sheets refuse control characters


def lines_said(items: Iterable[str]) -> str:
    """Items, one a line."""
    return "\n".join(items)


def items_in(text: str, *, is_word: bool) -> list[str]:
    """The items of a list: one a line; words (keys, months) also between `;` or `,`."""
    parts = re.split(r"[;,\n]" if is_word else r"\n", text)
    return [part.strip() for part in parts if part.strip()]


def group_said(group: dict[str, Typed]) -> str:
    """`file: a.jpg | focus.x: 0.5`: a group in one line; `group_in` reads it back."""
    return " | ".join(f"{name}: {_escaped(said)}" for name, said in _flat(group, ""))


def group_in(text: str) -> dict[str, Typed]:
    """The group that a line of a cell says.

    Raises:
        Fault: a part that is not `name: value`, or that says a thing twice.
    """
    group: dict[str, Typed] = {}
    marked = "".join(
        _BAR if sign == "|" else _MEANING.get(sign, sign) for sign in _SIGN.findall(text)
    )
    for part in marked.split(_BAR):
        name, colon, said = part.partition(":")
        *above, last = (one.strip() for one in name.split("."))
        inside: Typed = group
        for one in above:
            inside = inside.setdefault(one, {}) if isinstance(inside, dict) else {}
        if not colon or not last or not isinstance(inside, dict) or last in inside:
            message = N_("“{part}” is not of the form “name: value”.")
            mend = N_("Write one item a line, its values as name: value, with | between them.")
            raise Fault("cell-form", message, mend, part=part.strip())
        if said.strip():
            inside[last] = said.strip()
    return group


def _flat(group: dict[str, Typed], before: str) -> Iterable[tuple[str, str]]:
    for name, value in group.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")
