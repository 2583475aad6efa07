"""A file that is made of many parts, some of which are put in anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct


class Spliced(Struct, frozen=True):
    """The bytes of a file, and the length of each of its parts, in their order."""

    data: bytes
    head: int  # bytes before the first part
    lengths: Sequence[int]


def splice(head: bytes, parts: Sequence[bytes], between: bytes, tail: bytes) -> Spliced:
    """The file of these parts."""
    return Spliced(head + between.join(parts) + tail, len(head), list(map(len, parts)))


def spliced(before: Spliced, between: bytes, parts: Mapping[int, bytes]) -> Spliced:
    """The file with other parts at some places, counted from 0."""
    data: list[bytes] = []
    lengths = list(before.lengths)
    at = done = 0
    start = before.head
    for place in sorted(parts):
        start += sum(before.lengths[at:place]) + len(between) * (place - at)
        at = place
        data += [before.data[done:start], parts[place]]
        done = start + before.lengths[place]
        lengths[place] = len(parts[place])
    return Spliced(b"".join([*data, before.data[done:]]), before.head, lengths)
