"""Codes that a phone reads from a screen or from paper: QR codes as one path of a drawing."""

from __future__ import annotations

from functools import lru_cache

QUIET = 4  # modules of white on every side, without which readers fail (ISO/IEC 18004)


@lru_cache  # a maker's code stands on every page of theirs, and takes long to make
def code_path(address: str) -> tuple[int, str]:
    """The side of the code in modules, quiet zone included, and `d` of its dark modules.

    The path is to be stroked with a width of 1. Of the smallest size that holds the address, with
    as much of it to spare for dirt and folds as fits (levels L to H).
    """
    import segno  # noqa: PLC0415 # 35 ms, for it loads what could send codes over the network

    made = segno.make_qr(address)
    path, at = [], (0, 0)
    for row, modules in enumerate(made.matrix):
        for start, length in _runs(modules):
            path.append(_move(at, (start, row)) + f"h{length}")
            at = (start + length, row)
    side = len(made.matrix) + 2 * QUIET
    return side, f"M{QUIET} {QUIET + 0.5:g}" + "".join(path)


def _runs(modules: bytearray) -> list[tuple[int, int]]:
    """Start and length of each row of dark modules that touch."""
    found: list[tuple[int, int]] = []
    for column, is_dark in enumerate(modules):
        if is_dark and found and sum(found[-1]) == column:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((column, 1))
    return found


def _move(at: tuple[int, int], to: tuple[int, int]) -> str:
    across, down = to[0] - at[0], to[1] - at[1]
    return f"m{across}{'' if down < 0 else ' '}{down}" if across or down else ""
