"""Where each value of an entry's fields begins and ends, for replacing it and nothing around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

import yaml
from msgspec import Struct
from msgspec.structs import replace

from microsite.problems import N_, Fault

Style = Literal["", "'", '"', "|", ">", "flow", "block"]


class Piece(Struct, frozen=True):
    """A value as typed. Offsets count characters of the text; comments belong to no value."""

    value: str | list[Piece] | dict[str, Piece]
    start: int
    end: int  # behind its last character
    style: Style  # of text: plain, quoted, or a block of lines; of a list or fields: how bracketed
    key_start: int = -1  # of its key, if it has one
    key_end: int = -1

    @property
    def items(self) -> list[Piece]:
        """What a list holds."""
        return cast("list[Piece]", self.value)

    @property
    def fields(self) -> dict[str, Piece]:
        """What named fields hold."""
        return cast("dict[str, Piece]", self.value)


def outline(text: str) -> Piece | None:
    """The fields in a text that `records.source` can read, its line ends `\\n`; None of no fields.

    Raises:
        Fault: not written as fields are.
    """
    root: Piece | None = None
    waiting: list[tuple[Piece, Piece | None]] = []  # what is open, and the key that waits in it
    try:
        events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                root = _place(waiting, root, _scalar(event, text))
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
                style: Style = "flow" if event.flow_style else "block"
                start = _marks(event)[0]
                waiting.append((Piece(value, start, start, style), None))
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                piece, _ = waiting.pop()
                children = piece.items if isinstance(piece.value, list) else piece.fields.values()
                end = max((child.end for child in children), default=piece.start)
                if piece.style == "flow":
                    end = _marks(event)[1]
                root = _place(waiting, root, replace(piece, end=end))
    except yaml.YAMLError:
        raise Fault("fields-broken", N_("The fields cannot be understood from here on.")) from None
    return root


def _marks(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _scalar(event: Any, text: str) -> Piece:
    start, end = _marks(event)
    style: Style = event.style or ""
    value = "" if not style and event.value in {"~", "null"} else event.value
    if style in {"|", ">"}:  # blank lines, and the start of the next line, belong to nobody
        end = start + len(text[start:end].rstrip())
    return Piece(value, start, end, style)


def _place(waiting: list[tuple[Piece, Piece | None]], root: Piece | None, piece: Piece) -> Piece:
    """Put a finished piece where it belongs; what comes back is the outermost one so far."""
    if not waiting:
        return piece
    container, key = waiting[-1]
    if isinstance(container.value, list):
        container.value.append(piece)
    elif key is None:
        waiting[-1] = (container, piece)
    else:
        named = replace(piece, key_start=key.start, key_end=key.end)
        container.value.setdefault(str(key.value), named)  # type: ignore[union-attr] # fields
        waiting[-1] = (container, None)
    return root or container
