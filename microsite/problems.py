"""Problems: what is wrong, where, and how to mend it; how a list of them is shown."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Literal

from msgspec import Struct, field

from microsite.language.wording import Wording

Level = Literal["error", "warning", "note"]

LONGEST = 160  # characters of a line that are quoted; of a longer one, the part around the caret
BEFORE_CARET = 60


def N_(message: str) -> str:
    """The message itself, marked for the catalogues; whoever shows it translates it."""
    return message


class Fault(Exception):
    """What is wrong with a value, by someone who need not know where it stands.

    `message` and `remedy` are English message ids; `{names}` in them are filled from `values`.
    """

    def __init__(self, rule: str, message: str, remedy: str = "", /, **values: object) -> None:
        super().__init__(rule, message, remedy, values)
        self.rule = rule
        self.message = message
        self.remedy = remedy
        self.values: Mapping[str, object] = values

    def __reduce__(self) -> tuple[Callable[..., Fault], tuple[str, str, str]]:
        """How another process may tell it."""
        return partial(type(self), **self.values), (self.rule, self.message, self.remedy)


class Refusal(Fault):
    """Why a command will not go on at all: the output folder is not ours, a lock is held."""


class Place(Struct, frozen=True, order=True):
    """A position in a file: line and column count from 1, in characters."""

    file: str  # as the caller would open it, with "/"
    line: int = 1
    column: int = 1


class Problem(Struct, frozen=True):
    """One finding, not yet in anybody's language."""

    place: Place
    rule: str
    message: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    level: Level = "error"
    line_text: str = ""  # the line of the file, to quote
    width: int = 0  # characters from the column on that the finding is about

    def said(self, wording: Wording) -> tuple[str, str]:
        """Message and remedy in the wording's language."""
        return _fill(wording, self.message, self.values), _fill(wording, self.remedy, self.values)


def problem_of(
    fault: Fault, place: Place, *, level: Level = "error", line_text: str = "", width: int = 0
) -> Problem:
    """The fault at its place."""
    return Problem(
        place, fault.rule, fault.message, fault.remedy, fault.values, level, line_text, width
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Without repetitions, file by file, from top to bottom."""
    unique = {(p.place, p.rule, p.message, str(p.values)): p for p in problems}
    return sorted(unique.values(), key=lambda p: (p.place, p.rule, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them keeps the site from being built."""
    return any(problem.level == "error" for problem in problems)


def as_text(problems: Iterable[Problem], wording: Wording) -> str:
    """Like a good compiler: place and message, the line with a caret, the remedy, the rule."""
    return "\n\n".join(_one_as_text(problem, wording) for problem in problems)


def as_json(problems: Iterable[Problem], wording: Wording) -> str:
    """`{"problems": [{rule, level, file, line, column, message, remedy}]}`."""
    rows = []
    for problem in problems:
        message, remedy = problem.said(wording)
        place = problem.place
        rows.append(
            {
                "rule": problem.rule,
                "level": problem.level,
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "message": message,
                "remedy": remedy,
            }
        )
    return json.dumps({"problems": rows}, indent=2)  # ASCII: valid in every encoding of a pipe


def as_github(problems: Iterable[Problem], wording: Wording) -> str:
    """Workflow commands that GitHub shows beside the line of content."""
    rows = []
    for problem in problems:
        message, remedy = problem.said(wording)
        command = "notice" if problem.level == "note" else problem.level
        place = problem.place
        file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        text = f"{message} {remedy} [{problem.rule}]".replace("%", "%25").replace("\n", "%0A")
        rows.append(
            f"::{command} file={file},line={place.line},col={place.column}::"
            + text.replace("\r", "%0D")
        )
    return "\n".join(rows)


def _one_as_text(problem: Problem, wording: Wording) -> str:
    message, remedy = problem.said(wording)
    place = problem.place
    if problem.level == "warning":
        message = wording.gettext("Warning: {message}").format(message=message)
    elif problem.level == "note":
        message = wording.gettext("Note: {message}").format(message=message)
    lines = [f"{place.file}:{place.line}:{place.column}  {message}"]
    if problem.line_text.strip():
        first = max(0, place.column - 1 - BEFORE_CARET) if len(problem.line_text) > LONGEST else 0
        quoted = problem.line_text[first : first + LONGEST]
        before = quoted[: place.column - 1 - first]
        marked = quoted[place.column - 1 - first :][: problem.width]
        gutter = f"    {place.line} | "
        lines.append(gutter + _printable(quoted))
        if marked:
            bar = " " * (len(gutter) - 2) + "| "
            lines.append(bar + " " * cells(before) + "^" * max(1, cells(marked)))
    lines.append(f"  {remedy}   [{problem.rule}]" if remedy else f"  [{problem.rule}]")
    return "\n".join(lines)


def _fill(wording: Wording, message: str, values: Mapping[str, object]) -> str:
    shown = {name: _printable(str(value)) for name, value in values.items()}
    return wording.gettext(message).format(**shown) if message else ""


def _printable(text: str) -> str:
    """Control characters, which a terminal would obey, as visible marks."""
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)


def cells(text: str) -> int:
    """Columns on a terminal: marks above and below a letter take none, wide letters two."""
    count = 0
    for char in text:
        if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            continue
        count += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return count
