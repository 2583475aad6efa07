"""Prose as it was typed: where something needs another look, before and beside reading it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Literal

from msgspec import Struct

from microsite.language.thai import mend as mend_thai
from microsite.problems import N_, Fault, Level

MOST_HINTS = 20  # of one kind in a text; who has more needs no list
BYTES = 64 * 1024  # some twenty pages of Thai; more is another document pasted in by mistake

_MARK = re.compile(r"[ \t]*(?:>|(?:[*+:-]|\d+\.)(?=[ \t]))")  # opens a quote, list or definition
_WITH_MARK = re.compile(r"\n([ \t]*(?:[>*+:-]|\d+\.).*)")  # a line that may begin with one
_NOTE = re.compile(r" {0,3}\[\^[^\]]*\]:")  # says what a footnote is, does not refer to it
_DEFINITION = re.compile(r"(?:[ \t>*+-]|\d+\.)*:[ \t]")  # says what a term means
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_HTML = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:[\s/][^<>]*)?>|<!--")
_UNDERSCORES = re.compile(r"(?<!_)__(?=[^\s_])([^_\n]+)(?<!\s)__(?!_)")
_THAI_BESIDE = re.compile(r"[\u0e01-\u0e5b]__|__[\u0e01-\u0e5b]")
_NO_LIST = re.compile(r"\n[ \t>]*((?:(?:\d{1,3}\.|[-+])(?=[^\W\d_])|•)\S{0,12})")


class Remark(Struct, frozen=True):
    """A fault at `width` characters from `start` on, counted from 0 in the whole text."""

    fault: Fault
    start: int
    width: int
    level: Level = "error"


class _Bound(Struct, frozen=True):
    """At most `limit` of what `count` counts in a line, summed up within `within`.

    Python-Markdown needs time that grows with the square of each of these. Measured with 64 kB at
    the limit, one kind at a time: none takes more than a second (version 3.11).
    """

    rule: str
    within: Literal["line", "block", "body"]
    limit: int
    most: Callable[[str], int]  # of a body: a number that no line or block of it exceeds
    counter: Callable[[], Callable[[str], int]]  # what counts in one line after the other
    message: str
    remedy: str


def too_much(body: str) -> list[Remark]:
    """What makes the text too costly to read: the first place for each kind, else nothing."""
    data = body.encode("utf-8", "surrogatepass") if 4 * len(body) > BYTES else b""
    if len(data) > BYTES:
        start = len(data[:BYTES].decode("utf-8", "ignore"))
        message = N_("The text is longer than {limit} kB.")
        mend = N_("Split it over two entries, or make it shorter.")
        return [Remark(Fault("prose-too-long", message, mend, limit=BYTES // 1024), start, 0)]
    bounds = [bound for bound in _bounds() if bound.most(body) > bound.limit]
    return [remark for bound in bounds for remark in _first_beyond(bound, body)]


def too_deep(body: str) -> Remark:
    """That lists and quotes lie too deep inside each other, at the line that lies deepest."""
    fault = Fault(
        "prose-too-deep",
        N_("Lists or quotes lie inside each other too deep to be shown."),
        N_("Use at most three levels."),
    )
    lines = list(_lines(body))
    start, line = max(lines, key=lambda item: _nesting(item[1]) + _indent(item[1]))
    return Remark(fault, start, len(line))


def without_code(body: str) -> str:
    """The text, equally long, with characters between backticks that stand for nothing."""
    if "`" not in body:
        return body
    blocks = body.split("\n\n")
    return "\n\n".join(_CODE.sub(_blank, block) for block in blocks)


def hints(body: str, shown: str) -> Iterator[Remark]:
    """Warnings about marks that do nothing, for a text without code and what is shown of it."""
    seen: set[str] = set()
    for found in _HTML.finditer(body):
        name = (found[1] or "").lower()
        if name not in seen:
            seen.add(name)
            message = N_("“{typed}” is shown as it is typed.")
            mend = N_("Use **bold**, lists and blank lines; HTML has no effect here.")
            fault = Fault("prose-html", message, mend, typed=found[0][:40])
            yield _warning(fault, found.start(), len(found[0]))
    if "__" in body:
        yield from islice(_underscores(body, shown), MOST_HINTS)
    for found in islice(_NO_LIST.finditer(f"\n{body}"), MOST_HINTS):
        message = N_("“{typed}” does not begin a list.")
        mend = N_("Begin the line with a hyphen or a number, then a space: “- …” or “1. …”")
        fault = Fault("prose-no-list", message, mend, typed=found[1])
        yield _warning(fault, found.start(1) - 1, len(found[1]))


def _underscores(body: str, shown: str) -> Iterator[Remark]:
    for found in _UNDERSCORES.finditer(body):
        around = body[max(0, found.start() - 1) : found.end() + 1]
        if _THAI_BESIDE.search(around) and mend_thai(around.strip("\n")) in shown:
            message = N_("“{typed}” stays as typed: underscores beside Thai do not make bold.")
            mend = N_("Use asterisks: **{words}**")
            fault = Fault("prose-underscores", message, mend, typed=found[0], words=found[1])
            yield _warning(fault, found.start(), len(found[0]))


def finder(body: str) -> Callable[[str], tuple[int, int]]:
    """A function from an address to start and width of the next place where it is typed.

    The last place serves again where an address is used more often than it is typed; `(0, 0)`
    stands for one that is not found at all.
    """
    last: dict[str, int] = {}
    used_up: set[str] = set()

    def find(address: str) -> tuple[int, int]:
        typed = address or "]()"
        at = last.get(typed, -1)
        while typed not in used_up:
            at = body.find(typed, at + 1)
            if at < 0:
                used_up.add(typed)
            elif not address or _is_address(body, at, at + len(typed)):
                last[typed] = at
                break
        return (last[typed], len(typed)) if typed in last else (0, 0)

    return find


def _is_address(body: str, start: int, end: int) -> bool:
    before = body[max(0, start - 40) : start].rstrip()
    return before.endswith(("](", "]:", "<")) and body[end : end + 1] in {*" \t\r\n)>\"'", ""}


def _warning(fault: Fault, start: int, width: int) -> Remark:
    return Remark(fault, start, width, "warning")


@cache
def _bounds() -> tuple[_Bound, ...]:
    return (
        _Bound(
            "prose-too-many-brackets",
            "block",
            100,
            _number_of("["),
            lambda: _number_of("["),
            N_("This paragraph has more than {limit} square brackets."),
            N_("Put a blank line between its parts."),
        ),
        _Bound(
            "prose-too-many-backticks",
            "block",
            200,
            _number_of("`"),
            lambda: _number_of("`"),
            N_("This paragraph has more than {limit} backticks."),
            N_("Put a blank line between its parts."),
        ),
        _Bound(
            "prose-too-many-stars",
            "block",
            2000,
            _number_of("*", "_"),
            lambda: _number_of("*", "_"),
            N_("This paragraph has more than {limit} asterisks and underscores."),
            N_("Put a blank line between its parts."),
        ),
        _Bound(
            "prose-too-many-definitions",
            "block",
            30,
            _number_of(":"),
            lambda: lambda line: bool(_DEFINITION.match(line)),
            N_("This paragraph explains more than {limit} terms."),
            N_("Put a blank line between its parts."),
        ),
        _Bound(
            "prose-too-many-columns",
            "line",
            20,
            _number_of("|"),
            lambda: _columns,
            N_("This table has more than {limit} columns."),
            N_("Make two tables of it, or turn columns into rows."),
        ),
        _Bound(
            "prose-too-many-cells",
            "body",
            10_000,
            lambda body: body.count("|") and (body.count("|") + 1) * (body.count("\n") + 1),
            _cell_counter,
            N_("The text has more than {limit} table cells."),
            N_("Split it over two entries, or make it shorter."),
        ),
        _Bound(
            "prose-too-deep",
            "line",
            20,
            lambda body: max(map(_nesting, _WITH_MARK.findall(f"\n{body}")), default=0),
            lambda: _nesting,
            N_("This line has more than {limit} marks of lists or quotes."),
            N_("Use at most three levels."),
        ),
        _Bound(
            "prose-too-many-angles",
            "body",
            1000,
            _number_of("<"),
            lambda: _number_of("<"),
            N_("The text has more than {limit} “<”."),
            N_("Take out HTML that came along when the text was pasted."),
        ),
        _Bound(
            "prose-too-many-headings",
            "body",
            1000,
            _number_of("\n"),
            lambda: _headings,
            N_("The text has more than {limit} headings."),
            N_("Split it over two entries, or make it shorter."),
        ),
        _Bound(
            "prose-too-many-notes",
            "body",
            200,
            _number_of("[^"),
            lambda: lambda line: line.count("[^") - bool(_NOTE.match(line)),
            N_("The text has more than {limit} footnotes."),
            N_("Split it over two entries, or make it shorter."),
        ),
    )


def _number_of(*marks: str) -> Callable[[str], int]:
    return lambda text: sum(map(text.count, marks))


def _first_beyond(bound: _Bound, body: str) -> Iterator[Remark]:
    total = 0
    count = bound.counter()
    for start, line in _lines(body):
        if bound.within == "line" or (bound.within == "block" and not line.strip(" \t\r")):
            total = 0
        total += count(line)
        if total > bound.limit:
            fault = Fault(bound.rule, bound.message, bound.remedy, limit=bound.limit)
            yield Remark(fault, start, len(line))
            return


def _lines(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in body.split("\n"):
        yield start, line
        start += len(line) + 1


def _nesting(line: str) -> int:
    marks = at = 0
    while found := _MARK.match(line, at):
        marks, at = marks + 1, found.end()
    return marks


def _indent(line: str) -> int:
    return (len(line) - len(line.lstrip())) // 4


def _columns(line: str) -> int:
    row = line.strip(" \t\r>")
    return row.count("|") + 1 - row.startswith("|") - (len(row) > 1 and row.endswith("|"))


def _cell_counter() -> Callable[[str], int]:
    """Cells of one line after the other: a short row, too, is filled up to the table's width."""
    widest = 1

    def count(line: str) -> int:
        nonlocal widest
        widest = max(widest, _columns(line)) if line.strip(" \t\r") else 1
        return widest if widest > 1 else 0

    return count


def _headings(line: str) -> int:
    core = line.strip().lstrip("> \t")
    return bool(core) and (core[0] == "#" or not core.strip("=") or not core.strip("-"))


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\0", code[0])
