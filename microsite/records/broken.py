"""What broken fields most likely mean, judged by where and why the YAML reader stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from microsite.problems import N_, Fault
from microsite.records.quotes import QUOTES

Spot = tuple[int, int]  # line and column, counted from 0

_SIGNS = ("alias", "anchor", "tag", "cannot start any token")
_NO_SPACE = re.compile(r"[\s-]*\w+:(?!//)\S")
_WIDE = re.compile(r"[\s-]*\w+\s*：")


def explain(
    reason: str, at: Spot, opened: Spot | None, lines: Sequence[str]
) -> tuple[Fault, int, int]:
    """The likeliest slip, with its line and column in `lines`, counted from 0.

    `reason` is libyaml's, in English; `at` is where it stopped, `opened` where the thing began
    in which it stopped. What is not recognised is described in general.
    """
    line, column = min(at[0], len(lines) - 1), at[1]
    text = lines[line]
    opening = opened or (line, column)
    if text[: column + 1].endswith("\t"):
        return _tab(_is_inside(lines, line)), line, column
    if "quoted scalar" in reason and "end of stream" in reason:
        return _quote(), *opening
    if "flow sequence" in reason or "flow mapping" in reason:
        return _bracket(), *opening
    if any(sign in reason for sign in _SIGNS):
        return special(), *opening
    if "could not find expected ':'" in reason:
        return not_named(lines[opening[0]]), *opening
    if "mapping values" in reason:
        if ": " in text[:column]:
            return _second_colon(text), line, column
        if (unnamed := _without_name(lines, line)) is not None:
            first = lines[unnamed]
            return not_named(first), unnamed, len(first) - len(first.lstrip(" -"))
    if text.startswith(" ") and not _is_inside(lines, line):
        return _indented(), line, 0
    return _unclear(), line, column


def special() -> Fault:
    """The fault of a value that begins with a sign that YAML keeps for itself."""
    message = N_("A value cannot begin with a sign such as & * ! @ or %.")
    mend = N_('Put the value between quotation marks, such as "@name".')
    return Fault("fields-special", message, mend)


def not_named(text: str = "") -> Fault:
    """The fault of a line (`text`) that is not a field's name, a colon and a value."""
    message = N_("Fields are written one a line, as “name: value”.")
    mend = N_("Write the name of the field, a colon, a space and the value.")
    if _WIDE.match(text):
        mend = N_("Replace the wide “：” by “:” and a space.")
    elif _NO_SPACE.match(text):
        mend = N_("Put a space after the colon.")
    return Fault("fields-not-named", message, mend)


def _without_name(lines: Sequence[str], line: int) -> int | None:
    """The first field of the fields that `line` goes on with, if it lacks its colon.

    The reader takes it for a value that goes on over several lines, until a colon comes.
    """
    first = None
    for index in range(line - 1, -1, -1):
        text = lines[index].strip()
        if not text or text.startswith("#"):
            continue
        if ": " in text:  # what follows goes on with its value
            return None
        if text.endswith(":"):  # what follows are its fields
            return first
        first = index
    return first


def _is_inside(lines: Sequence[str], line: int) -> bool:
    """Whether a line that is indented stands among the fields of a group or the items of a list."""
    for before in reversed(lines[:line]):
        if before.strip() and not before.lstrip().startswith("#"):
            return before.rstrip().endswith(":") or before.startswith((" ", "\t", "-"))
    return False


def _tab(is_inside: bool) -> Fault:
    message = N_("There is a tab here, which fields cannot be indented with.")
    mend = N_("Replace it by two spaces.") if is_inside else N_("Delete it.")
    return Fault("fields-tab", message, mend)


def _indented() -> Fault:
    message = N_("This line begins with a space, but it belongs to no group.")
    return Fault("fields-indented", message, N_("Delete the space at its beginning."))


def _quote() -> Fault:
    message = N_("The quotation mark that opens here is not closed.")
    return Fault("fields-quote", message, N_("Put the same mark at the end of the value."))


def _bracket() -> Fault:
    message = N_("A bracket opens here, and its end or a comma is missing.")
    mend = N_("Put a comma between values and close the bracket, such as [11, 12, 1].")
    return Fault("fields-bracket", message, mend)


def _second_colon(text: str) -> Fault:
    message = N_("There is a second colon with a space here.")
    mend = N_("Put the value between quotation marks, since it has “: ” in it.")
    if text.partition(": ")[2].lstrip().startswith(tuple(QUOTES)):
        mend = N_('Put straight quotation marks (") in place of the curly ones.')
    return Fault("fields-colon", message, mend)


def _unclear() -> Fault:
    message = N_("The fields cannot be understood from here on.")
    mend = N_(
        "Check the lines up to here: “name: value” with a space after the colon, spaces instead "
        "of tabs, lists indented alike, and quotes around a value that has “: ” or “ #” in it."
    )
    return Fault("fields-broken", message, mend)
