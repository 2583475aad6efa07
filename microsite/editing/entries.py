"""An entry's text with some of its fields changed and every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import cast

from microsite.editing.scalars import Typed, in_brackets, item_lines, lines_of, scalar
from microsite.problems import N_, Fault
from microsite.records.outline import Piece, outline

Path = tuple[str, ...]  # ("price",) or ("contact", "line")
Edit = tuple[int, int, str]  # from, to, and what stands there instead

_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_UNUSUAL = re.compile("[\r\x85\u2028\u2029\ufeff]")
_PIECE = re.compile(r"\r\n?|.", re.DOTALL)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def changed(text: str, changes: Mapping[Path, Typed | None], order: Sequence[str] = ()) -> str:
    """The text of a file with these fields changed; None takes a field out.

    `text` is as stored, with its own line ends and byte order mark, and can be read by
    `records.source`. A new field stands behind those that come before it in `order`.

    Raises:
        Fault: the fields are written in a way that cannot be changed by position.
    """
    usual, offsets = _usual(text)
    start, end = _fields_in(usual)
    section = usual[start:end]
    root = outline(section)
    old = root if root and isinstance(root.value, dict) else Piece({}, 0, 0, "block")
    wanted = _wanted(cast("dict[str, Typed]", typed_in(old)), changes)
    edits: list[Edit] = []
    if old.style == "flow":
        edits.append((old.start, old.end, _in_flow(section, old, wanted)))
    else:
        _change_fields(section, old, wanted, order, edits)
    edited = _applied(section, edits)
    read = outline(edited)
    if _full(typed_in(read) if read else {}) != _full(wanted):
        message = N_("The fields are written in a way that only a person can change.")
        raise Fault("entry-unchangeable", message, N_("Change this file by hand."))
    line_end = match[0] if (match := _BREAK.search(text)) else "\n"
    moved = [
        (offsets[start + at], offsets[start + to], said.replace("\n", line_end))
        for at, to, said in edits
        if section[at:to] != said
    ]
    return _applied(text, moved)


def typed_in(piece: Piece) -> Typed:
    """What was typed, without its places."""
    if isinstance(piece.value, dict):
        return {key: typed_in(one) for key, one in piece.value.items()}
    if isinstance(piece.value, list):
        return [typed_in(one) for one in piece.value]
    return piece.value


def _usual(text: str) -> tuple[str, Sequence[int]]:
    """The text with line ends `\\n` and no marks, and where each of its characters stood."""
    if not _UNUSUAL.search(text):
        return text, range(len(text) + 1)
    pieces = [one for one in _PIECE.finditer(text) if one[0] != "\ufeff"]
    usual = "".join("\n" if _BREAK.fullmatch(one[0]) else one[0] for one in pieces)
    return usual, [*(one.start() for one in pieces), len(text)]


def _fields_in(text: str) -> tuple[int, int]:
    """From where to where fields stand: between two lines `---`, or throughout."""
    fences = _FENCE.finditer(text)
    first, last = next(fences, None), next(fences, None)
    if first and last and first.start() == 0:
        return min(first.end() + 1, last.start()), last.start()
    return 0, len(text)


def _wanted(old: dict[str, Typed], changes: Mapping[Path, Typed | None]) -> dict[str, Typed]:
    """All fields as they shall be; a group that has nothing left goes."""
    wanted = dict(old)
    for path, value in changes.items():
        name, *rest = path
        if rest:
            before = wanted.get(name)
            group = before if isinstance(before, dict) else {}
            value = _wanted(group, {tuple(rest): value}) or None
        if value is None or value in ("", [], {}):
            wanted.pop(name, None)
        else:
            wanted[name] = value
    return wanted


def _full(value: Typed) -> Typed:
    """The value without what is empty: a field without a value is no field."""
    if not isinstance(value, dict):
        return value
    return {key: _full(one) for key, one in value.items() if one not in ("", [])}


def _change_fields(
    text: str, old: Piece, new: Mapping[str, Typed], order: Sequence[str], edits: list[Edit]
) -> None:
    kept: list[str] = []
    pieces = list(old.fields.items())
    for index, (key, piece) in enumerate(pieces):
        if key in new:
            kept.append(key)
            _change(text, piece, new[key], edits)
        elif typed_in(piece) in ("", []):
            kept.append(key)
        else:
            following = pieces[index + 1][1] if index + 1 < len(pieces) else None
            edits.append(_without_field(text, piece, following))
    added = [key for key in new if key not in old.fields]
    place = {key: index for index, key in enumerate(order)}
    added.sort(key=lambda key: place.get(key, len(place)))
    behind: dict[str, list[str]] = {}
    for key in added:
        earlier = [one for one in kept if place.get(one, -1) < place.get(key, len(place))]
        anchor = max(earlier, key=lambda one: place.get(one, -1), default="") if order else ""
        anchor = anchor or (kept[-1] if kept and not order else "")
        behind.setdefault(anchor, []).append(key)
    margin = _column(text, pieces[0][1].key_start) if pieces else 0
    for anchor, keys in behind.items():
        said = "\n".join(line for key in keys for line in lines_of(key, new[key], margin))
        if anchor:
            at = _line_end(text, old.fields[anchor].end)
            edits.append((at, at, "\n" + said))
        else:
            at = _line_start(text, pieces[0][1].key_start) if pieces else len(text)
            before = "\n" if at and text[at - 1] != "\n" else ""
            edits.append((at, at, f"{before}{said}\n"))


def _change(text: str, piece: Piece, new: Typed, edits: list[Edit]) -> None:
    if typed_in(piece) == new:
        return
    is_block = piece.style == "block"
    if isinstance(piece.value, str) and isinstance(new, str):
        edits.append((piece.start, piece.end, _replaced(text, piece, new)))
    elif isinstance(piece.value, dict) and isinstance(new, dict):
        if not is_block:
            edits.append((piece.start, piece.end, _in_flow(text, piece, new)))
        elif new.keys() & piece.fields.keys():
            _change_fields(text, piece, new, (), edits)
        else:
            edits.append(_rewritten(text, piece, new))
    elif isinstance(piece.value, list) and isinstance(new, list):
        if is_block:
            _change_items(text, piece, new, edits)
        else:
            edits.append((piece.start, piece.end, _in_flow(text, piece, new)))
    else:
        edits.append(_rewritten(text, piece, new))


def _change_items(text: str, old: Piece, new: list[Typed], edits: list[Edit]) -> None:
    items = old.items
    dashes = [text.rfind("-", 0, one.start) for one in items]
    margin = _column(text, dashes[0])
    last: int | None = None
    for before, after in _paired([typed_in(one) for one in items], new):
        if before is None:
            said = "\n".join(item_lines(new[cast("int", after)], margin))
            if last is None:
                at = _line_start(text, dashes[0])
                edits.append((at, at, said + "\n"))
            else:
                at = _line_end(text, items[last].end)
                edits.append((at, at, "\n" + said))
        elif after is None:
            edits.append(_whole_lines(text, dashes[before], items[before].end))
        else:
            last = before
            _change(text, items[before], new[after], edits)


def _paired(old: list[Typed], new: list[Typed]) -> list[tuple[int | None, int | None]]:
    """Which item became which, in the order of the new list; None where there is no other."""
    matcher = SequenceMatcher(None, [*map(_name_of, old)], [*map(_name_of, new)], autojunk=False)
    pairs: list[tuple[int | None, int | None]] = []
    for _, a, to_a, b, to_b in matcher.get_opcodes():
        both = min(to_a - a, to_b - b)
        pairs += [(a + n, b + n) for n in range(both)]
        pairs += [(n, None) for n in range(a + both, to_a)]
        pairs += [(None, n) for n in range(b + both, to_b)]
    return pairs


def _name_of(item: Typed) -> str:
    """What an item goes by: its first field, such as the file of a photo."""
    return str(next(iter(item.items()), "")) if isinstance(item, dict) else str(item)


def _replaced(text: str, piece: Piece, new: str) -> str:
    """New text in the place of old text, in a line of fields."""
    at = piece.key_start if piece.key_start >= 0 else piece.start
    column = _column(text, at)
    said = scalar(new, piece.style, indent=column + 2)
    return said if piece.end > piece.start else " " + said


def _rewritten(text: str, piece: Piece, new: Typed) -> Edit:
    """The whole value of a field anew, since another form of value stands there."""
    if piece.key_start < 0:
        column = _column(text, piece.start)
        said = "\n".join(item_lines(new, column - 2)).lstrip(" ").removeprefix("- ")
        return piece.start, piece.end, said
    key = text[piece.key_start : piece.key_end]
    first, *rest = lines_of(key, new, _column(text, piece.key_start))
    return piece.key_start, piece.end, "\n".join([first.lstrip(" "), *rest])


def _in_flow(text: str, piece: Piece, new: Typed) -> str:
    """A value between brackets with what is new in it; spaces and quotes of the rest stay."""
    if isinstance(piece.value, str) and isinstance(new, str):
        is_same = piece.value == new
        return text[piece.start : piece.end] if is_same else scalar(new, piece.style, in_flow=True)
    if isinstance(piece.value, dict) and isinstance(new, dict):
        children = list(piece.fields.values())
        keys = list(piece.fields)
        gone = [key for key in keys if key not in new and typed_in(piece.fields[key]) != ""]
        stay = [(index, key) for index, key in enumerate(keys) if key not in gone]
        said = [_field_in_flow(text, children[index], new.get(key)) for index, key in stay]
        added = [in_brackets({key: new[key]})[1:-1] for key in new if key not in keys]
        is_same = not gone and not added
    elif isinstance(piece.value, list) and isinstance(new, list):
        children = piece.items
        pairs = [pair for pair in _paired([typed_in(one) for one in children], new) if pair]
        said = [
            in_brackets(new[after])
            if before is None
            else _in_flow(text, children[before], new[after])
            for before, after in pairs
            if after is not None
        ]
        added = []
        is_same = all(None not in pair for pair in pairs)
    else:
        return in_brackets(new)
    starts = [one.key_start if one.key_start >= 0 else one.start for one in children]
    if not children:
        return text[piece.start] + ", ".join([*said, *added]) + text[piece.end - 1]
    ends = [one.end for one in children]
    before_first, behind_last = text[piece.start : starts[0]], text[ends[-1] : piece.end]
    if is_same:
        between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        return before_first + "".join(
            part + gap for part, gap in zip(said, [*between, behind_last], strict=True)
        )
    return before_first + ", ".join([*said, *added]) + behind_last.lstrip(", ").rjust(1)


def _field_in_flow(text: str, piece: Piece, new: Typed | None) -> str:
    before = text[piece.key_start : piece.start]
    if new is None or typed_in(piece) == new:
        return before + text[piece.start : piece.end]
    if piece.start == piece.end:  # nothing stood there
        before = before.rstrip() + (" " if before.rstrip().endswith(":") else ": ")
    return before + _in_flow(text, piece, new)


def _without_field(text: str, piece: Piece, following: Piece | None) -> Edit:
    """A field goes with its lines; where it stands behind a `-`, the next field takes its place."""
    is_first = not text[_line_start(text, piece.key_start) : piece.key_start].strip(" ")
    if is_first or following is None:
        return _whole_lines(text, piece.key_start, piece.end)
    return piece.key_start, following.key_start, ""


def _whole_lines(text: str, start: int, end: int) -> Edit:
    return _line_start(text, start), min(_line_end(text, end) + 1, len(text)), ""


def _applied(text: str, edits: list[Edit]) -> str:
    in_order = sorted(edits, key=lambda edit: edit[:2])  # two at one place stay as they came
    for start, end, said in reversed(in_order):
        text = text[:start] + said + text[end:]
    return text


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)
